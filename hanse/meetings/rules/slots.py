"""Slots made from a span of hours, and tables from numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from hanse.kit.numbers import day, weekday
from hanse.kit.refusals import Refusal
from hanse.meetings.rules.refusing import refusal

MOST_SLOTS = 400
MOST_TABLES = 500

Span = tuple[datetime, datetime]
# When the event is open on a day; None: nobody said from when, or until when.
Open = tuple[time | None, time | None]


def slots_made(starts: datetime, ends: datetime, minutes: int, pause: int) -> list[Span]:
    """As many slots of so many minutes as fit, with the pause between each and the next.

    >>> from datetime import datetime
    >>> ten, noon = datetime(2027, 1, 19, 10), datetime(2027, 1, 19, 12, 30)
    >>> len(slots_made(ten, noon, 25, 0)), len(slots_made(ten, noon, 25, 5))
    (6, 5)
    >>> [f"{one:%H:%M}" for one, _end in slots_made(ten, noon, 40, 10)]
    ['10:00', '10:50', '11:40']

    Moments with a zone are in universal time, so that minutes pass evenly when the clocks change.
    """
    made: list[Span] = []
    at, length = starts, timedelta(minutes=minutes)
    while at + length <= ends and len(made) <= MOST_SLOTS:
        made.append((at, at + length))
        at += length + timedelta(minutes=pause)
    return made


def why_no_slots(
    made: list[Span], held: Iterable[Span], starts: datetime, ends: datetime, zone: tzinfo
) -> Refusal | None:
    """Nothing fits, too many, or one lies over another; said on the clock of a zone."""
    others = list(held)
    if not made:
        begin, end = (f"{one.astimezone(zone):%H:%M}" for one in (starts, ends))
        return refusal("no_slots", starts=begin, ends=end)
    if len(made) + len(others) > MOST_SLOTS:
        return refusal("too_many_slots", most=MOST_SLOTS)
    for begins, stops in made:
        if any(begins < other_ends and other < stops for other, other_ends in others):
            there = begins.astimezone(zone)
            return refusal("slots_overlap", slot=f"{day(there.date())}, {there:%H:%M}")
    return None


def why_not_open(made: Iterable[Span], hours: Mapping[date, Open], zone: tzinfo) -> Refusal | None:
    """A slot lies within the hours of its day, where the event has said some."""
    for begins, ends in made:
        starts, stops = (one.astimezone(zone).replace(tzinfo=None) for one in (begins, ends))
        said = hours.get(starts.date(), (None, None))
        opens = datetime.combine(starts.date(), said[0] or time.min)
        closes = datetime.combine(starts.date(), said[1] or time.max)
        if any(said) and (starts < opens or stops > closes):
            return refusal(
                "outside_its_day",
                day=weekday(starts.date()),
                opens=f"{opens:%H:%M}",
                closes=f"{closes:%H:%M}",
            )
    return None
