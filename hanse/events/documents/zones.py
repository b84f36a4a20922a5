"""The rules of a time zone as a calendar file carries them (VTIMEZONE, RFC 5545, 3.6.5).

Written as yearly rules where the clocks of these years follow one, as Europe's and America's do:
some programs do not read long lists of days. Else each change is written for itself.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STEP = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """The clocks change: the hour that the clock showed then, the offsets, the name after it."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def rule(self) -> tuple[int, int, int]:
        """Month, which of its weekdays (-1: the last), weekday."""
        last = self.local.day + 7 > calendar.monthrange(self.local.year, self.local.month)[1]
        which = -1 if last else (self.local.day - 1) // 7 + 1
        return self.local.month, which, self.local.weekday()


def zone_component(zone: str, moments: Iterable[datetime]) -> Timezone:
    """The rules of a zone for the years of these moments, from the year before on."""
    years = {at.year for at in moments}
    first, last = min(years) - 1, max(years) + 1
    made: Any = Timezone()
    made.add("tzid", zone)
    for part in _parts(ZoneInfo(zone), first, last):
        made.add_component(part)
    return made


def _parts(zone: ZoneInfo, first: int, last: int) -> list[Any]:
    changes = changes_between(zone, first, last)
    if not changes:
        at = datetime(first, 1, 1, tzinfo=zone)
        offset = at.utcoffset() or timedelta()
        still = Change(at.replace(tzinfo=None), offset, offset, at.tzname() or "", is_summer=False)
        return [_part(still)]
    kinds: dict[tuple[Any, ...], list[Change]] = defaultdict(list)
    for one in changes:
        kinds[one.is_summer, one.before, one.after, one.name].append(one)
    if all(_is_yearly(ones, first, last) for ones in kinds.values()):
        return [_part(ones[0], yearly=True) for ones in kinds.values()]
    return [_part(one) for one in changes]


def _is_yearly(changes: Sequence[Change], first: int, last: int) -> bool:
    same = {(one.rule, one.local.time()) for one in changes}
    return len(same) == 1 and len(changes) == last - first + 1


def changes_between(zone: ZoneInfo, first: int, last: int) -> list[Change]:
    """Every change of the clocks from the first to the last of these years."""
    found = []
    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while at < end:
        if _offset(at, zone) != _offset(at + STEP, zone):
            found.append(_change(_moment_between(at, at + STEP, zone), zone))
        at += STEP
    return found


def _moment_between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the new offset."""
    before = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high


def _change(at: datetime, zone: ZoneInfo) -> Change:
    before = _offset(at - timedelta(seconds=1), zone)
    there = at.astimezone(zone)
    return Change(
        local=(at + before).replace(tzinfo=None),
        before=before,
        after=_offset(at, zone),
        name=there.tzname() or "",
        is_summer=bool(there.dst()),
    )


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _part(change: Change, *, yearly: bool = False) -> Any:
    made: Any = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    made.add("dtstart", change.local)
    if yearly:
        month, which, weekday = change.rule
        made.add("rrule", {"freq": "yearly", "bymonth": month, "byday": f"{which}{DAYS[weekday]}"})
    made.add("tzoffsetfrom", change.before)
    made.add("tzoffsetto", change.after)
    made.add("tzname", change.name)
    return made
