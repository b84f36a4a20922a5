"""When one may register, alone or as a team; what capacity an event may have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from hanse.events.rules.answers import refusal
from hanse.events.words import Entry, State
from hanse.kit.numbers import day as day_in_words
from hanse.kit.refusals import Refusal

LEAST_IN_TEAM = 2


@dataclass(frozen=True)
class Window:
    """What an event says about when one may register."""

    state: str
    entry: str
    opens: datetime | None
    closes: datetime | None
    zone: str
    is_over: bool


def why_not_open(window: Window, now: datetime) -> Refusal | None:
    """Of the door of the registration, whoever knocks."""
    if window.state == State.CLOSED:
        return refusal("event_closed")
    if window.state != State.PUBLISHED:
        return refusal("not_published")
    if window.is_over:
        return refusal("event_over")
    if window.entry == Entry.OPEN:
        return refusal("no_registration_needed")
    return _why_not_now(window, now)


def _why_not_now(window: Window, now: datetime) -> Refusal | None:
    if window.opens and now < window.opens:
        return refusal("not_open_yet", when=_clock(window.opens, window.zone), zone=window.zone)
    if window.closes and now >= window.closes:
        when = _clock(window.closes, window.zone)
        return refusal("no_longer_open", when=when, zone=window.zone)
    return None


def _clock(at: datetime, zone: str) -> str:
    """On the clock of the place, since that is where the event is; as the reader writes days."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{day_in_words(there.date())}, {there:%H:%M}"


def why_no_team(
    emails: Sequence[str], *, allowed: bool, most: int, seats: int | None
) -> Refusal | None:
    """`seats` are all there are for the team's kind, taken or not."""
    count = len(emails)
    if not allowed:
        return refusal("no_teams")
    if count < LEAST_IN_TEAM:
        return refusal("team_too_small")
    if count > most:
        return refusal("team_too_large", most=most, count=count)
    email, times = Counter(emails).most_common(1)[0]
    if times > 1:
        return refusal("twice_in_team", email=email)
    if seats is not None and count > seats:
        return refusal("team_beyond_seats", seats=seats, count=count)
    return None


def why_not_so_few(capacity: int | None, taken: int) -> Refusal | None:
    """Nobody loses a seat because there shall be fewer."""
    if capacity is not None and capacity < taken:
        return refusal("less_than_taken", taken=taken, capacity=capacity)
    return None
