"""Where participants book themselves: ask for a slot, answer, what one has, call it off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.commons.links.actions import link_of, use_link
from hanse.commons.links.words import REFUSALS as LINK_REFUSALS
from hanse.events.forms.numbers import as_number
from hanse.events.words import RegistrationState
from hanse.kit.gate import public, whoever
from hanse.kit.refusals import Refusal, Refused
from hanse.meetings.actions.booking import answer_request, ask_for_slot, withdraw_request
from hanse.meetings.actions.calling_off import call_off
from hanse.meetings.mails.booking import REQUEST
from hanse.meetings.models import Marketplace, Meeting, Party, Representative, SlotRequest
from hanse.meetings.pages import part_gate
from hanse.meetings.pages.market import around
from hanse.meetings.queries.booking import bookings_of, shown_requests, state_now
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.words import RequestState, Way

DOES = ("accept", "decline")


@never_cache
@part_gate()
def booked(request: HttpRequest, market: Marketplace, part: Representative) -> HttpResponse:
    if market.way != Way.BOOKING:
        return redirect("meetings:own_meetings", market.event.series.slug, market.event.slug)
    found = bookings_of(part.party)
    context = {
        **around(market, part),
        "bookings": found,
        "asked": [(one, state_now(one)) for one in found.asked],
    }
    return render(request, "meetings/booked.html", context)


@part_gate()
def ask(request: HttpRequest, market: Marketplace, part: Representative, pk: int) -> HttpResponse:
    """Whoever comes here without a press, having logged in for one, is led to the party."""
    other = get_object_or_404(Party, pk=pk, marketplace=market)
    here = [market.event.series.slug, market.event.slug]
    if request.method != "POST":
        return redirect("meetings:party", *here, other.pk)
    number = as_number(request.POST.get("slot", ""))
    slot = market.slots.filter(pk=number).first() if number is not None else None
    if slot is None:
        messages.error(request, str(refusal("slot_unknown")))
        return redirect("meetings:party", *here, other.pk)
    says = request.POST.get("says", "")[:300]
    said = "".join(sign if sign.isprintable() else " " for sign in says)
    try:
        ask_for_slot(part.party, other, slot, said, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
        return redirect("meetings:party", *here, other.pk)
    messages.success(request, _("Asked; a letter tells them."))
    return redirect("meetings:booked", *here)


@require_POST
@part_gate()
def request_done(
    request: HttpRequest, market: Marketplace, part: Representative, pk: int
) -> HttpResponse:
    """Answer a request to us, or withdraw one of ours."""
    does, me = request.POST.get("does", ""), whoever(request)
    try:
        if does == "withdraw":
            withdraw_request(get_object_or_404(SlotRequest, pk=pk, asker=part.party), by=me)
        else:
            one = get_object_or_404(shown_requests(), pk=pk, asked=part.party)
            if does not in DOES:
                raise Http404
            answer_request(one, accepts=does == "accept", by=me)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Done."))
    return redirect("meetings:booked", market.event.series.slug, market.event.slug)


@require_POST
@part_gate()
def called_off(
    request: HttpRequest, market: Marketplace, part: Representative, key: Any
) -> HttpResponse:
    meeting = get_object_or_404(Meeting, key=key, marketplace=market, seats__party=part.party)
    try:
        call_off(meeting, by=whoever(request), party=part.party)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Called off; the others get a letter."))
    return redirect("meetings:booked", market.event.series.slug, market.event.slug)


@public
@never_cache
def request_letter(request: HttpRequest, token: str, does: str) -> HttpResponse:
    """Answered by the link of a letter; opening it changes nothing."""
    if does not in DOES:
        raise Http404
    link = link_of(token, REQUEST)
    asked = (
        SlotRequest.objects.select_related("asker", "asked__marketplace__event__series", "slot")
        .filter(pk=link.subject)
        .first()
    )
    reader = asked and asked.asked.representatives.filter(
        registration__email=link.email, registration__state=RegistrationState.CONFIRMED
    ).select_related("registration__person").first()  # fmt: skip
    if not asked or not reader or asked.asked.left_at:
        raise Refused(Refusal("link_unknown", LINK_REFUSALS["link_unknown"]))
    state = state_now(asked, timezone.now())
    if state != RequestState.WAITING:
        raise Refused(refusal("request_ended", state=state.label))
    with translation.override(reader.registration.language):
        context: dict[str, Any] = {
            "asked": asked,
            "event": asked.asked.marketplace.event,
            "accepts": does == "accept",
        }
        if request.method == "POST":
            with transaction.atomic():
                use_link(link)
                me = reader.registration.person
                context["asked"] = answer_request(asked, accepts=does == "accept", by=me)
            context["done"] = True
        return render(request, "meetings/letter_request.html", context)
