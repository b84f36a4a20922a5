"""What must be true of an event and of an open call, and what a clock at a place says."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hanse.directory.words import REFUSALS_IN_TOUCH
from hanse.kit.numbers import day
from hanse.kit.refusals import Refusal, Refused

# An event that begins within so long makes its organisation found under “has an event soon”.
SOON = timedelta(days=90)
MOST_YEARS = 10
FIRST_YEAR, LAST_YEAR = 1990, 2100


def refusal(code: str, **facts: object) -> Refusal:
    return Refusal(code, REFUSALS_IN_TOUCH[code], facts)


def moment(clock: datetime, zone: str) -> datetime:
    """What the clock of a place shows, as a moment. Of an hour that comes twice the first.

    A year far away is refused: zones are not known there, and nobody meant it.

    >>> moment(datetime(2027, 1, 12, 9), "Europe/Warsaw").isoformat()
    '2027-01-12T08:00:00+00:00'
    """
    try:
        there = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise Refused(refusal("no_zone", typed=zone[:40])) from unknown
    if far := why_no_year(clock.year):
        raise Refused(far)
    at = clock.replace(tzinfo=there).astimezone(UTC)
    if at.astimezone(there).replace(tzinfo=None) != clock:
        raise Refused(refusal("no_such_time", time=f"{day(clock)}, {clock:%H:%M}", zone=zone))
    return at


def why_no_year(year: int) -> Refusal | None:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return refusal("no_such_year", year=year, first=FIRST_YEAR, last=LAST_YEAR)


def why_no_span(starts_at: datetime, ends_at: datetime, now: datetime) -> Refusal | None:
    """Of an event from its begin to its end, or of a call from its opening to its deadline."""
    if ends_at < starts_at:
        return refusal("ends_before_start")
    if ends_at < now:
        return refusal("is_over", day=ends_at.date().isoformat())
    if ends_at > now + timedelta(days=366 * MOST_YEARS):
        return refusal("too_far", years=MOST_YEARS)
    return None


def why_no_budget(budget: Decimal | None, currency: str) -> Refusal | None:
    if budget is None:
        return None
    if budget < 0:
        return refusal("negative_budget")
    return None if currency else refusal("budget_without_currency")
