"""The organisers' desk of the meetings: settings, slots, tables."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.events.forms.numbers import as_number
from hanse.events.models import Event
from hanse.events.pages import desk_gate
from hanse.kit.gate import whoever
from hanse.kit.numbers import figure, weekday
from hanse.kit.refusals import Refused
from hanse.meetings.access import may_plan
from hanse.meetings.actions.market import (
    add_slots,
    begin_market,
    change_market,
    change_table,
    remove_slots,
    set_tables,
)
from hanse.meetings.forms.market import MarketForm, SlotsForm, TableForm, TablesForm
from hanse.meetings.models import Marketplace, MeetingSlot, MeetingTable
from hanse.meetings.pages import market_desk_gate, market_of
from hanse.meetings.rules.slots import MOST_SLOTS

HalfDays = list[tuple[str, list[tuple[MeetingSlot, str]]]]


@desk_gate(may_plan)
def desk_market(request: HttpRequest, event: Event) -> HttpResponse:
    """Where the meetings begin, and then their settings."""
    market = market_of(event)
    if market is None:
        if request.method == "POST":
            begin_market(event, by=whoever(request))
            messages.success(request, _("This event has meetings now. Set slots and tables next."))
            return redirect("meetings:desk_market", event.series.slug, event.slug)
        return render(request, "meetings/desk_begin.html", {"event": event})
    if request.method == "POST" and "revision" not in request.POST:
        # “Begin the meetings” was pressed twice: here they are.
        return redirect("meetings:desk_market", event.series.slug, event.slug)
    form = MarketForm(market, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        me = whoever(request)
        facts, revision = form.facts, form.revision_typed
        if tried(form, lambda: change_market(market, facts, revision=revision, by=me)):
            messages.success(request, _("Kept."))
            return redirect("meetings:desk_market", event.series.slug, event.slug)
    return shown(request, market, form=form)


def tried(form: Any, do: Callable[[], object]) -> bool:
    """Whether it was done; what was against it stands above the form."""
    try:
        do()
    except Refused as no:
        form.add_error(None, str(no))
        return False
    return True


def shown(
    request: HttpRequest,
    market: Marketplace,
    *,
    form: MarketForm | None = None,
    slots_form: SlotsForm | None = None,
    tables_form: TablesForm | None = None,
) -> HttpResponse:
    forms = (form, slots_form, tables_form)
    context = {
        "market": market,
        "event": market.event,
        "form": form or MarketForm(market),
        "slots_form": slots_form or SlotsForm(market.event),
        "tables_form": tables_form or TablesForm(market),
        "half_days": half_days(market),
        "tables": tables_of(market),
        "has_plan": bool(market.published_number),
        "title": finding(market),
    }
    wrong = any(one is not None and one.errors for one in forms)
    return render(request, "meetings/desk_market.html", context, status=422 if wrong else 200)


def finding(market: Marketplace) -> str:
    slots = market.slots.filter(removed_at=None).count()
    tables = market.tables.count()
    if not slots:
        return _("There are no slots yet")
    closed = MeetingTable.closed.through.objects.filter(
        meetingtable__marketplace=market, meetingslot__removed_at=None
    ).count()
    seats = slots * tables - closed
    in_slots = ngettext("%(count)s slot", "%(count)s slots", slots) % {"count": figure(slots)}
    if not tables:
        return _("%(slots)s and no table yet") % {"slots": in_slots}
    at = ngettext("%(count)s table", "%(count)s tables", tables) % {"count": figure(tables)}
    said = ngettext(
        "%(slots)s, %(tables)s: room for %(seats)s meeting",
        "%(slots)s, %(tables)s: room for %(seats)s meetings",
        seats,
    )
    return said % {"slots": in_slots, "tables": at, "seats": figure(seats)}


def half_days(market: Marketplace) -> HalfDays:
    """Slots by session, with their hours on the clock of the place."""
    zone = ZoneInfo(market.event.zone)
    found: HalfDays = []
    slots = market.slots.filter(removed_at=None)
    for _session, ones in groupby(slots, lambda one: one.session):
        lines = [
            (one, f"{one.starts_at.astimezone(zone):%H:%M} – {one.ends_at.astimezone(zone):%H:%M}")
            for one in ones
        ]
        day = weekday(lines[0][0].starts_at.astimezone(zone).date())
        found.append((f"{day}, {lines[0][1][:5]} – {lines[-1][1][-5:]}", lines))
    return found


def tables_of(market: Marketplace) -> list[MeetingTable]:
    return list(market.tables.select_related("place").prefetch_related("closed"))


@require_POST
@market_desk_gate(may_plan)
def slots(request: HttpRequest, market: Marketplace) -> HttpResponse:
    """Add a half-day, or take slots away."""
    event, me = market.event, whoever(request)
    if "remove" in request.POST or "remove_one" in request.POST:
        chosen = _chosen_slots(request, market)
        try:
            count = remove_slots(market, chosen, by=me)
        except Refused as no:
            messages.error(request, str(no))
        else:
            said = ngettext("%(count)s slot is gone.", "%(count)s slots are gone.", count)
            if count:
                messages.success(request, said % {"count": figure(count)})
            elif "remove" in request.POST:
                messages.error(request, _("There is no such half-day any more."))
            else:
                messages.error(request, _("There is no such slot."))
        return redirect("meetings:desk_market", event.series.slug, event.slug)
    form = SlotsForm(event, request.POST)
    if form.is_valid():
        given = form.cleaned_data

        def add() -> None:
            add_slots(
                market, given["starts_at"], given["ends_at"], minutes=given["minutes"],
                pause=given["pause"], onsite=given["onsite"], online=given["online"], by=me,
            )  # fmt: skip

        if tried(form, add):
            said = _(
                "The slots are there. Everybody counts as free in them until they say otherwise."
            )
            messages.success(request, said)
            return redirect("meetings:desk_market", event.series.slug, event.slug)
    return shown(request, market, slots_form=form)


def _chosen_slots(request: HttpRequest, market: Marketplace) -> list[MeetingSlot]:
    """Slots that are still there. A half-day is sent as its slots: its number is that of another
    as soon as one before it is gone."""
    typed = request.POST.get("remove_one") or request.POST.get("remove", "")
    numbers = [as_number(one) for one in typed.split(",")[:MOST_SLOTS]]
    known = [one for one in numbers if one is not None]
    return list(market.slots.filter(pk__in=known, removed_at=None))


@require_POST
@market_desk_gate(may_plan)
def tables(request: HttpRequest, market: Marketplace) -> HttpResponse:
    event, me = market.event, whoever(request)
    form = TablesForm(market, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        if tried(form, lambda: set_tables(market, given["count"], given["place"], by=me)):
            messages.success(request, _("Kept."))
            return redirect("meetings:desk_market", event.series.slug, event.slug)
    return shown(request, market, tables_form=form)


@market_desk_gate(may_plan)
def table(request: HttpRequest, market: Marketplace, pk: int) -> HttpResponse:
    """Name and place of a table, and when it is not there."""
    one = get_object_or_404(MeetingTable, pk=pk, marketplace=market)
    one.marketplace = market
    form = TableForm(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given, me = form.cleaned_data, whoever(request)
        if tried(form, lambda: change_table(one, **given, by=me)):
            messages.success(request, _("Kept."))
            return redirect("meetings:desk_market", market.event.series.slug, market.event.slug)
    context = {
        "market": market,
        "event": market.event,
        "table": one,
        "form": form,
        "half_days": half_days(market),
    }
    return render(request, "meetings/desk_table.html", context, status=422 if form.errors else 200)
