"""Why a meeting cannot stand where somebody puts it, in the organisers' words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from hanse.engines.meetings.findings import Finding
from hanse.engines.meetings.limits import within_limits
from hanse.engines.meetings.market import Placed
from hanse.engines.meetings.timetable import Timetable
from hanse.meetings.queries.drafts import Whole
from hanse.meetings.queries.event_input import parties_of
from hanse.meetings.queries.findings import named_in, said
from hanse.meetings.queries.overtaken import said_of

# What the checker finds of people and ways that is not about one meeting's own place.
OF_OTHERS = ("walk", "newcomers", "order", "fairness")


def why_not_there(
    shown: Whole, plan: Timetable, meeting: int, faults: Sequence[Finding] = ()
) -> list[str]:
    """What is against the place of one meeting in a plan, or against leaving it out: its people,
    its table, what would go for it and must not, and what the checker found besides."""
    one = next((held for held in plan.meetings if held.meeting == meeting), None)
    if one is None:
        return [_("the organisers said that it must be held, or fixed it")]
    found = [
        *_about_people(shown, plan, one),
        *_about_table(shown, one),
        *_about_what_goes(shown, plan),
        *said((each for each in faults if each.code in OF_OTHERS), named_in(shown)),
    ]
    pin = shown.market.meetings[meeting]
    if pin.slot is not None and (pin.slot, pin.table) != (one.slot, one.table):
        found.append(_("it was fixed elsewhere when this draft began"))
    return found or [
        _("a rule of the event, such as the time to walk, or a meeting that must be held")
    ]


def names_said(shown: Whole, meeting: int) -> str:
    """Who meets; of what does not stand any more with the reason, such as “called off”."""
    parties = parties_of(shown.market, meeting)
    left = next((one for one in shown.overtaken if one.parties == parties), None)
    if left is not None:
        return said_of([left.told()], shown.names)[0]
    return " – ".join(shown.names_of(meeting))


def _about_what_goes(shown: Whole, plan: Timetable) -> Iterator[str]:
    held = {one.meeting for one in plan.meetings}
    for gone in shown.plan.meetings:
        wanted = shown.market.meetings[gone.meeting]
        if gone.meeting in held:
            continue
        name = {"names": names_said(shown, gone.meeting)}
        if wanted.slot is not None:
            yield _("%(names)s: this meeting is fixed then") % name
        elif wanted.mandatory:
            yield _("%(names)s: these must meet, and do so then") % name


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
