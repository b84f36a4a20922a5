"""One's own meeting: with whom, when, where; “I cannot come”; what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hanse.kit.gate import whoever
from hanse.kit.refusals import Refused
from hanse.meetings.actions.calling_off import call_off
from hanse.meetings.actions.outcomes import say_cooperation, say_outcome
from hanse.meetings.forms.outcomes import CooperationForm, OutcomeForm
from hanse.meetings.models import Marketplace, Meeting, Outcome, Representative
from hanse.meetings.pages import part_gate
from hanse.meetings.pages.market import around
from hanse.meetings.queries.own import meetings_of
from hanse.meetings.words import STANDING, MeetingState

SAID = {True: "yes", False: "no", None: ""}


@never_cache
@part_gate()
def meeting(
    request: HttpRequest, market: Marketplace, part: Representative, key: UUID
) -> HttpResponse:
    one = get_object_or_404(
        Meeting.objects.select_related("slot", "table__place").filter(seats__party=part.party_id),
        marketplace=market,
        key=key,
    )
    one.marketplace = market
    outcome = Outcome.objects.filter(meeting=one, party=part.party_id).first()
    if request.method == "POST" and _done(request, one, part):
        return redirect(request.path)
    seats = list(one.seats.select_related("party", "representative__registration"))
    now = timezone.now()
    context: dict[str, Any] = {
        "event": market.event,
        "meeting": one,
        "seats": [seat for seat in seats if seat.party_id != part.party_id],
        "own": [seat for seat in seats if seat.party_id == part.party_id],
        "zone": market.event.zone,
        "stands": one.state in STANDING,
        "has_begun": one.slot.starts_at <= now,
        "may_call_off": one.state == MeetingState.PLANNED and one.slot.starts_at > now,
        "outcome": outcome,
        "form": OutcomeForm(initial=_initial(outcome)),
        "later": CooperationForm(initial={"cooperation": outcome.cooperation if outcome else ""}),
        "asks_later": outcome is not None and outcome.asked_later_at is not None,
    }
    return render(request, "meetings/meeting.html", context)


@never_cache
@part_gate()
def own_meetings(request: HttpRequest, market: Marketplace, part: Representative) -> HttpResponse:
    """All one's meetings of an event, each with what is asked of it."""
    found = meetings_of([part])[part.pk]
    answered = Outcome.objects.filter(party=part.party_id)
    said = {one.meeting_id: one for one in answered}
    context = {
        **around(market, part),
        "zone": market.event.zone,
        "lines": [(one, said.get(one.meeting.pk)) for one in found],
        "now": timezone.now(),
    }
    return render(request, "meetings/own_meetings.html", context)


def _initial(outcome: Outcome | None) -> dict[str, str]:
    if outcome is None:
        return {}
    return {
        "took_place": SAID[outcome.took_place],
        "again": SAID[outcome.again],
        "follow_up": outcome.follow_up,
    }


def _done(request: HttpRequest, one: Meeting, part: Representative) -> bool:
    me = whoever(request)
    try:
        if "call-off" in request.POST:
            call_off(one, by=me, party=part.party)
            messages.success(request, _("Called off. The others are told; the table is free."))
        elif "cooperation" in request.POST:
            later = CooperationForm(request.POST)
            if not later.is_valid():
                messages.error(request, _("Choose one of the answers."))
                return False
            say_cooperation(one, part.party, later.cleaned_data["cooperation"], by=me)
            messages.success(request, _("Kept. Thank you."))
        else:
            form = OutcomeForm(request.POST)
            if not form.is_valid():
                messages.error(request, " ".join(str(why[0]) for why in form.errors.values()))
                return False
            say_outcome(
                one,
                part.party,
                took_place=form.said("took_place"),
                again=form.said("again"),
                follow_up=form.cleaned_data["follow_up"],
                by=me,
            )
            messages.success(request, _("Kept. Thank you."))
    except Refused as no:
        messages.error(request, str(no))
    return True
