"""When a call takes applications: cut-offs, what opens the next one, who is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hanse.calls.words import REFUSALS
from hanse.kit.numbers import day as day_in_words
from hanse.kit.refusals import Refusal

LAST_SECOND = time(23, 59, 59)
A_SECOND = timedelta(seconds=1)
ANSWER_DAYS, LAST_ANSWER_DAYS = 14, 7
REMINDED_BEFORE = timedelta(days=3)


class Day(date):
    """A day that is written in the language of whoever reads the refusal."""

    def __str__(self) -> str:
        return day_in_words(self)


def refusal(code: str, **facts: object) -> Refusal:
    said = {name: _readable(value) for name, value in facts.items()}
    return Refusal(code, REFUSALS[code], said)


def _readable(value: object) -> object:
    return Day(value.year, value.month, value.day) if type(value) is date else value


def end_of_day(day: date, zone: str) -> datetime:
    """The last second of a day on the clock of a place.

    >>> end_of_day(date(2018, 1, 10), "Europe/Brussels").isoformat()
    '2018-01-10T22:59:59+00:00'
    >>> end_of_day(date(2018, 3, 25), "Europe/Brussels").isoformat()
    '2018-03-25T21:59:59+00:00'
    """
    return datetime.combine(day, LAST_SECOND, ZoneInfo(zone)).astimezone(UTC)


def day_there(at: datetime, zone: str) -> date:
    """The day that the clock of a place shows."""
    return at.astimezone(ZoneInfo(zone)).date()


def has_passed(at: datetime, now: datetime) -> bool:
    """Whether the second named by a deadline is over; all of that second still counts."""
    return now >= at + A_SECOND


@dataclass(frozen=True)
class CutOffTerms:
    """A cut-off, and whether everything that came by then has its answer."""

    number: int
    at: datetime
    answer_days: int
    is_evaluated: bool = False

    def answers_by(self, zone: str) -> date:
        """The day on which the last answer is promised."""
        return day_there(self.at, zone) + timedelta(days=self.answer_days)


@dataclass(frozen=True)
class CallTerms:
    """What a call says about time and places."""

    state: str
    opens_at: datetime
    zone: str
    cut_offs: Sequence[CutOffTerms]
    places_left: int
    late_until: datetime | None = None
    late_places_left: int = 0


@dataclass(frozen=True)
class Window:
    """What an application sent now belongs to: a cut-off, or the late ones."""

    cut_off: CutOffTerms | None

    @property
    def is_late(self) -> bool:
        return self.cut_off is None


def window(call: CallTerms, now: datetime) -> Window | Refusal:
    """Where an application goes that is sent now, or why none is taken.

    A later cut-off opens only once everything before it is evaluated, and only if places remain.
    """
    if call.state != "published":
        return refusal("call_closed" if call.state == "closed" else "not_published")
    if now < call.opens_at:
        return refusal("not_open_yet", day=day_there(call.opens_at, call.zone))
    coming = next((one for one in call.cut_offs if not has_passed(one.at, now)), None)
    if coming is None:
        return _late(call, now)
    before = [one for one in call.cut_offs if one.number < coming.number]
    if waiting := [one for one in before if not one.is_evaluated]:
        last = waiting[-1]
        return refusal("being_evaluated", number=last.number, day=last.answers_by(call.zone))
    if before and call.places_left <= 0:
        return refusal("no_places_left")
    return Window(coming)


def _late(call: CallTerms, now: datetime) -> Window | Refusal:
    if call.late_until is None or has_passed(call.late_until, now):
        last = call.cut_offs[-1].at if call.cut_offs else call.opens_at
        return refusal("over", day=day_there(last, call.zone))
    if call.late_places_left <= 0:
        return refusal("no_late_places_left")
    return Window(None)


def why_not_dated(
    opens_at: datetime, cut_offs: Sequence[datetime], late_until: datetime | None
) -> Refusal | None:
    if not cut_offs:
        return refusal("no_cut_off")
    if list(cut_offs) != sorted(set(cut_offs)) or cut_offs[0] <= opens_at:
        return refusal("cut_offs_in_order")
    if late_until is not None and late_until <= cut_offs[-1]:
        return refusal("late_after_last")
    return None


def why_not_redated(
    before: Sequence[datetime], after: Sequence[datetime], now: datetime
) -> Refusal | None:
    """A cut-off that has passed stays, none is put in before it, none is moved into the past."""
    passed = [at for at in before if has_passed(at, now)]
    if list(after[: len(passed)]) != passed:
        return refusal("passed_stays")
    early = [at for at in after[len(passed) :] if before and has_passed(at, now)]
    return refusal("moved_into_past", day=early[0].date()) if early else None
