"""What a link in a letter opens without a log-in: answer, say yes or no, renew, end letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from hanse.commons.links.actions import link_of, use_link
from hanse.commons.links.models import LetterLink
from hanse.commons.links.words import REFUSALS as LINK_REFUSALS
from hanse.directory.access import may_speak_for
from hanse.directory.actions.digest import end_digest
from hanse.directory.actions.introductions import answer_introduction
from hanse.directory.actions.messages import Written, answer
from hanse.directory.actions.requests import renew_request, unfollow
from hanse.directory.forms.in_touch import LetterAnswerForm
from hanse.directory.mails import ANSWER, ENDING, INTRODUCTION, RENEWAL
from hanse.directory.models import (
    Introduction,
    Organisation,
    PartnerRequest,
    SavedSearch,
    Thread,
)
from hanse.directory.queries.messages import message_before
from hanse.directory.words import REFUSALS_IN_TOUCH, IntroductionAnswer, Through
from hanse.kit.gate import public
from hanse.kit.refusals import Refusal, Refused


def unknown() -> Refused:
    return Refused(Refusal("link_unknown", LINK_REFUSALS["link_unknown"]))


def speaking(link: LetterLink, number: str) -> Organisation:
    """The organisation in whose name the reader of the letter writes, as long as they may."""
    side = Organisation.objects.filter(pk=number).first()
    if side is None or link.person is None or not link.person.is_active:
        raise unknown()
    if not may_speak_for(link.person, side):
        said = REFUSALS_IN_TOUCH["speaks_no_longer"]
        raise Refused(Refusal("speaks_no_longer", said, {"name": side.name}))
    return side


def parts_of(link: LetterLink) -> tuple[str, str]:
    """The number of the thing and the number of the side."""
    thing, _colon, side = link.subject.partition(":")
    return thing, side


@public
@never_cache
def answer_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a message. The page shows what the letter told, and nothing that came later."""
    link = link_of(token, ANSWER)
    number, side_number = parts_of(link)
    side = speaking(link, side_number)
    thread = Thread.objects.select_related("opener", "other").filter(pk=number).first()
    if thread is None:
        raise unknown()
    form = LetterAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        written = Written(given["text"], slip=given["slip"], through=Through.LETTER)
        try:
            with transaction.atomic():
                use_link(link)
                answer(thread, side, written, by=link.person)
        except Refused as no:
            if no.refusal.code == "link_used":
                raise
            form.add_error(None, str(no))
        else:
            return render(request, "directory/answered.html", {"other": thread.across(side)})
    context = {
        "thread": thread,
        "side": side,
        "other": thread.across(side),
        "message": message_before(thread, side, link.made_at),
        "form": form,
    }
    return render(request, "directory/answer.html", context)


@public
@never_cache
def introduction_letter(request: HttpRequest, token: str) -> HttpResponse:
    link = link_of(token, INTRODUCTION)
    number, side_number = parts_of(link)
    side = speaking(link, side_number)
    found = Introduction.objects.select_related("organisation", "first", "second", "thread")
    introduction = found.filter(pk=number).first()
    if introduction is None or side not in (introduction.first, introduction.second):
        raise unknown()
    other = introduction.second if side == introduction.first else introduction.first
    context: dict[str, Any] = {"one": introduction, "side": side, "other": other, "done": False}
    if request.method == "POST":
        said = IntroductionAnswer.YES if "yes" in request.POST else IntroductionAnswer.NO
        with transaction.atomic():
            use_link(link)
            held = answer_introduction(introduction, side, said, by=link.person)
        context |= {"done": True, "said": said, "thread": held.thread}
    return render(request, "directory/introduction_letter.html", context)


@public
@never_cache
def renewal_letter(request: HttpRequest, token: str) -> HttpResponse:
    """One button: mail programs look at links before people do, so a look alone renews nothing."""
    link = link_of(token, RENEWAL)
    asked = PartnerRequest.objects.select_related("organisation").filter(pk=link.subject).first()
    if asked is None:
        raise unknown()
    speaking(link, str(asked.organisation_id))
    if request.method == "POST":
        with transaction.atomic():
            use_link(link)
            renew_request(asked, by=link.person)
    context = {"asked": asked, "done": request.method == "POST"}
    return render(request, "directory/renewal.html", context)


@public
@never_cache
@csrf_exempt
def end_letters(request: HttpRequest, token: str) -> HttpResponse:
    """No more such letters: a mail program's one POST (RFC 8058), or a page with one button.

    Ending twice is no mistake: the page says that it is done.
    """
    try:
        link = link_of(token, ENDING)
    except Refused as no:
        if no.refusal.code != "link_used":
            raise
        return render(request, "directory/end_letters.html", {"done": True})
    what, _colon, number = link.subject.partition(":")
    end = ENDS.get(what)
    if end is None or link.person is None:
        raise unknown()
    if request.method == "POST":
        with transaction.atomic(), translation.override(link.person.language):
            use_link(link)
            end(link.person, number)
    context = {"done": request.method == "POST", "what": what}
    return render(request, "directory/end_letters.html", context)


def _end_digest(person: Any, _number: str) -> None:
    end_digest(by=person)


def _end_following(person: Any, number: str) -> None:
    asked = PartnerRequest.objects.filter(pk=number).first()
    if asked:
        unfollow(asked, by=person)


def _end_search(person: Any, number: str) -> None:
    SavedSearch.objects.filter(person=person, pk=number).update(writes=False)


ENDS: Mapping[str, Callable[[Any, str], None]] = {
    "digest": _end_digest,
    "request": _end_following,
    "search": _end_search,
}
