"""Why a meeting cannot stand where somebody puts it, in the organisers' words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hanse.engines.meetings.limits import within_limits
from hanse.engines.meetings.market import Placed
from hanse.engines.meetings.timetable import Timetable
from hanse.meetings.queries.drafts import Whole


def why_not_there(shown: Whole, plan: Timetable, meeting: int) -> list[str]:
    """What is against the place of one meeting in a plan, or against leaving it out."""
    one = next((held for held in plan.meetings if held.meeting == meeting), None)
    if one is None:
        return [_("the organisers said that it must be held, or fixed it")]
    found = [*_about_people(shown, plan, one), *_about_table(shown, one)]
    return found or [
        _("a rule of the event, such as the time to walk, or a meeting that must be held")
    ]


def _about_people(shown: Whole, plan: Timetable, one: Placed) -> Iterator[str]:
    market = shown.market
    for person in one.participants:
        who = market.participants[person]
        name = {"name": shown.names.get(market.party_of(person), "–")}
        busy = sorted(held.slot for held in plan.meetings if person in held.participants)
        if one.slot not in who.free:
            yield _("%(name)s is not free then") % name
        elif not within_limits(market, who, busy):
            yield _("%(name)s wants no more meetings that day, or in a row") % name
        if who.online and not market.slots[one.slot].online:
            yield _("%(name)s takes part online, and this slot is at tables only") % name


def _about_table(shown: Whole, one: Placed) -> Iterator[str]:
    market = shown.market
    if one.table is None:
        return
    if not market.slots[one.slot].onsite:
        yield _("this slot is online only")
    name = {"table": shown.table_name(one.table)}
    if one.slot in market.tables[one.table].closed:
        yield _("table %(table)s is not there then") % name
    for person in one.participants:
        own = market.participants[person].table
        if own is not None and own != one.table:
            host = shown.names.get(market.party_of(person), "–")
            facts = {"name": host, "table": shown.table_name(own)}
            yield _("%(name)s hosts all meetings at table %(table)s") % facts
