"""The desk on the day: who is missing, a room lost, repair options, who could meet now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.events.forms.numbers import as_number
from hanse.kit.gate import whoever
from hanse.kit.refusals import Refused
from hanse.meetings.access import may_plan
from hanse.meetings.actions.repairing import (
    Repair,
    Trouble,
    choose,
    expect_again,
    meet_now,
    options_for,
)
from hanse.meetings.models import Marketplace, Party
from hanse.meetings.pages import market_desk_gate
from hanse.meetings.pages.planning import address, left_out_said
from hanse.meetings.queries.event_input import parties_of
from hanse.meetings.queries.times import when_in
from hanse.meetings.queries.today import today_of
from hanse.meetings.words import OPTIONS

MOST_LATE = 240  # minutes


def trouble_in(asked: Any) -> Trouble:
    """What was ticked; what is no number names nothing."""

    def numbers(name: str) -> tuple[int, ...]:
        found = (as_number(one) for one in asked.getlist(name))
        return tuple(sorted({one for one in found if one is not None}))

    slot, minutes = (as_number(asked.get(name, "")) for name in ("late_slot", "late_minutes"))
    late: list[tuple[int, int]] = []
    if slot is not None and minutes is not None and 0 < minutes <= MOST_LATE:
        late.append((slot, minutes))
    return Trouble(numbers("absent"), numbers("table"), numbers("slot"), tuple(late))


@never_cache
@market_desk_gate(may_plan)
def today(request: HttpRequest, place: Marketplace) -> HttpResponse:
    trouble, stands, when = trouble_in(request.GET), today_of(place), when_in(place.event.zone)
    context: dict[str, Any] = {
        "event": place.event,
        "place": place,
        "zone": place.event.zone,
        "today": stands,
        "now": when(stands.now),
        "next_at": when(stands.next.starts_at) if stands.next else "",
        "trouble": trouble,
    }
    if trouble or "all" in request.GET:
        found = options_for(place, trouble)
        context |= {"repair": found, "options": shown(found)}
    return render(request, "meetings/today.html", context)


def shown(found: Repair) -> list[dict[str, Any]]:
    """Each option with its counts and the names behind them."""
    names = dict(Party.objects.filter(marketplace=found.rows.marketplace).values_list("pk", "name"))

    def named(numbers: Any) -> list[str]:
        return [
            " – ".join(names.get(one, "–") for one in sorted(parties_of(found.market, number)))
            for number in numbers
        ]

    return [
        {
            "name": one.name,
            "title": OPTIONS[one.name],
            "option": one,
            "lost": named(one.lost),
            "gained": named(one.gained),
            "moved": named(one.moved),
            "saved": len(one.saved),
            "told": len(one.told),
        }
        for one in found.options
    ]


@require_POST
@market_desk_gate(may_plan)
def repaired(request: HttpRequest, place: Marketplace) -> HttpResponse:
    trouble = trouble_in(request.POST)
    try:
        made = choose(
            place,
            trouble,
            request.POST.get("option", ""),
            mark=request.POST.get("mark", ""),
            by=whoever(request),
        )
    except Refused as no:
        messages.error(request, str(no))
        return redirect(address(place, "today"))
    said = _("Version %(number)s is published. Only those for whom something changed are told.")
    messages.success(request, said % {"number": made.number})
    if left := left_out_said(made):
        messages.info(request, left)
    return redirect(address(place, "draft", made.draft.number))


@require_POST
@market_desk_gate(may_plan)
def came(request: HttpRequest, place: Marketplace) -> HttpResponse:
    """Somebody who was missing is there after all."""
    number = as_number(request.POST.get("back", ""))
    count = expect_again(place, [] if number is None else [number], by=whoever(request))
    if count:
        said = _("They are expected again. Take in new wishes to find them meetings.")
        messages.success(request, said)
    return redirect(address(place, "today"))


@require_POST
@market_desk_gate(may_plan)
def met(request: HttpRequest, place: Marketplace) -> HttpResponse:
    """“Free now, would like to”: put two together in the next slot."""
    pair = [as_number(request.POST.get(name, "")) for name in ("first", "second")]
    parties = [get_object_or_404(Party, pk=one, marketplace=place) for one in pair]
    slot = get_object_or_404(place.slots, pk=as_number(request.POST.get("slot", "")))
    try:
        made = meet_now(place, (parties[0].pk, parties[1].pk), slot, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
    else:
        facts = {"first": parties[0], "second": parties[1], "table": made.table}
        said = (
            _("%(first)s and %(second)s meet at table %(table)s. No letter goes out: tell them.")
            if made.table
            else _("%(first)s and %(second)s meet online. No letter goes out: tell them.")
        )
        messages.success(request, said % facts)
    return redirect(address(place, "today"))
