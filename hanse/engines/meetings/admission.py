"""Whether an event can be planned at all: every number in it names something."""

from collections.abc import Iterable
from math import prod

from hanse.engines.meetings.faults import MeetingTwice, OutOfRange, SelfMeeting, UnknownNumber
from hanse.engines.meetings.market import Market, Meeting

MOST_SLOTS = 1000


MOST_SEATINGS = 1_000  # of one meeting: whoever of each side may sit


def admitted(market: Market, *, twice: bool = False) -> Market:
    """The market itself, where it is sound.

    Args      `twice`: whether the same sides may ask for several meetings
    Raises    UnknownNumber, SelfMeeting, MeetingTwice, OutOfRange; the message names the row
    """
    _slots(market)
    _participants(market)
    seen: dict[tuple[tuple[int, ...], ...], int] = {}
    for number, one in enumerate(market.meetings):
        admit_meeting(market, number, one)
        sides = tuple(sorted(one.sides))
        if not twice and sides in seen:
            raise MeetingTwice(f"meetings {seen[sides]} and {number} are of the same sides")
        seen[sides] = number
    for place in market.published:
        where = f"published meeting {place.meeting}"
        _known(where, "meeting", [place.meeting], len(market.meetings))
        _known(where, "slot", [place.slot], len(market.slots))
        tables = [] if place.table is None else [place.table]
        _known(where, "table", tables, len(market.tables))
    return market


def _slots(market: Market) -> None:
    if len(market.slots) > MOST_SLOTS:
        raise OutOfRange(f"{len(market.slots)} slots, at most {MOST_SLOTS}")
    days = [one.day for one in market.slots]
    if days != sorted(days):
        raise OutOfRange("slots stand in the order of their days")
    for number, one in enumerate(market.slots):
        if one.start is not None and one.end is not None and one.end <= one.start:
            raise OutOfRange(f"slot {number} ends before it starts")
    for number, table in enumerate(market.tables):
        _known(f"table {number}", "slot", table.closed, len(market.slots))
        if market.walking:
            _known(f"table {number}", "place", [table.place], len(market.walking))
    for row in market.walking:
        if len(row) != len(market.walking) or min(row) < 0:
            raise OutOfRange("walking is a square of minutes, none below zero")
    if market.fairness is not None and market.fairness < 0:
        raise OutOfRange(f"fairness {market.fairness}: 0 or more")
    if market.newcomers < 0:
        raise OutOfRange(f"newcomers {market.newcomers}: 0 or more")


def _participants(market: Market) -> None:
    for number, one in enumerate(market.participants):
        where = f"participant {number}"
        _known(where, "slot", one.free | one.rest, len(market.slots))
        if one.table is not None:
            _known(where, "table", [one.table], len(market.tables))
        limits = [*one.most.values(), one.most_in_all, one.most_in_a_row]
        if any(limit is not None and limit < 0 for limit in limits):
            raise OutOfRange(f"{where}: a limit below zero")


def admit_meeting(market: Market, number: int, one: Meeting) -> None:
    """One meeting alone; raises as `admitted` does."""
    where = f"meeting {number}"
    if len(one.sides) not in (2, 3) or not all(one.sides):
        raise OutOfRange(f"{where}: two or three sides, each with somebody")
    people = [person for side in one.sides for person in side]
    _known(where, "participant", people, len(market.participants))
    parties = [{market.party_of(person) for person in side} for side in one.sides]
    if any(len(party) > 1 for party in parties):
        raise SelfMeeting(f"{where}: a side of several parties")
    if len(set.union(*parties)) < len(parties) or len(set(people)) < len(people):
        raise SelfMeeting(f"{where}: somebody with themselves")
    if prod(map(len, one.sides)) > MOST_SEATINGS:
        raise OutOfRange(f"{where}: more than {MOST_SEATINGS} ways to sit down")
    if one.weight < 1:
        raise OutOfRange(f"{where}: weight {one.weight}; 1 or more")
    slots = [*(one.within or ()), *([] if one.slot is None else [one.slot])]
    _known(where, "slot", slots, len(market.slots))
    _known(where, "table", [] if one.table is None else [one.table], len(market.tables))
    _known(where, "meeting", one.after, len(market.meetings))
    if number in one.after:
        raise SelfMeeting(f"{where}: before itself")


def _known(where: str, what: str, numbers: Iterable[int], count: int) -> None:
    for one in numbers:
        if not 0 <= one < count:
            raise UnknownNumber(f"{where}: there is no {what} {one}; there are {count}")
