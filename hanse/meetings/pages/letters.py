"""Answers by the link of a letter: without a log-in, by one press, once.

Opening the link changes nothing, since programs that look through mails open every link.
"""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache

from hanse.commons.links.actions import link_of, use_link
from hanse.commons.links.models import LetterLink
from hanse.commons.links.words import REFUSALS as LINK_REFUSALS
from hanse.events.words import RegistrationState
from hanse.kit.gate import public
from hanse.kit.refusals import Refusal, Refused
from hanse.meetings.actions.wishing import answer
from hanse.meetings.mails.wishes import WISH
from hanse.meetings.models import Representative, Wish, WishLetter
from hanse.meetings.queries.times import when_in
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.words import WANTED

DOES = ("accept", "decline")


@public
@never_cache
def answer_letter(request: HttpRequest, token: str, does: str) -> HttpResponse:
    if does not in DOES:
        raise Http404
    link = link_of(token, WISH)
    wish = wish_of(link)
    if wish is None or wish.strength not in WANTED or wish.wisher.left_at:
        raise Refused(refusal("nothing_to_answer"))
    reader = reader_of(link, wish)
    with translation.override(reader.registration.language):
        event = wish.wished.marketplace.event
        context = {
            "wish": wish,
            "event": event,
            "accepts": does == "accept",
            "language": reader.registration.language,
        }
        if Wish.objects.filter(wisher=wish.wished, wished=wish.wisher).exists():
            raise Refused(refusal("answered_already"))
        if request.method == "POST":
            with transaction.atomic():
                use_link(link)
                answer(
                    wish.wished,
                    wish.wisher,
                    accepts=does == "accept",
                    by=reader.registration.person,
                )
            return render(request, "meetings/letter_answered.html", context)
        context["until"] = when_in(event.zone)(link.expires_at) if link.expires_at else ""
        return render(request, "meetings/letter.html", context)


def wish_of(link: LetterLink) -> Wish | None:
    """The wish that the letter told, as it stands now: said anew it is another row."""
    letter = WishLetter.objects.filter(pk=link.subject).first()
    if letter is None:
        return None
    return (
        Wish.objects.select_related("wisher__organisation", "wished__marketplace__event__series")
        .filter(wisher=letter.wisher_id, wished=letter.wished_id)
        .first()
    )


def reader_of(link: LetterLink, wish: Wish) -> Representative:
    """Who was written to, as long as they sit in the meetings for that party."""
    reader = (
        wish.wished.representatives.filter(
            registration__email=link.email, registration__state=RegistrationState.CONFIRMED
        )
        .select_related("registration__person")
        .first()
    )
    if reader is None or wish.wished.left_at:
        raise Refused(Refusal("link_unknown", LINK_REFUSALS["link_unknown"]))
    return reader
