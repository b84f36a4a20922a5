"""What the door answers, and what comes out when devices without a network meet again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hanse.events.words import RegistrationState, Verdict

ENDED = (RegistrationState.CANCELLED, RegistrationState.REFUSED)
# A clock further off than this says nothing of when somebody came.
FAR = timedelta(days=365)


class Said(StrEnum):
    """Why the door answers as it does: finer than the verdict that is kept."""

    IN = "in"
    AGAIN = "again"
    CANCELLED = "cancelled"
    NOT_CONFIRMED = "not_confirmed"
    NO_SEAT = "no_seat"
    UNKNOWN = "unknown"
    MISREAD = "misread"
    OTHER_EVENT = "other_event"
    FORGED = "forged"


VERDICTS = {
    Said.IN: Verdict.IN,
    Said.AGAIN: Verdict.AGAIN,
    Said.CANCELLED: Verdict.CANCELLED,
    Said.FORGED: Verdict.FORGED,
}


def verdict_of(said: Said) -> Verdict:
    """The answer that is kept; whoever may not come in for another reason is not on the list."""
    return VERDICTS.get(said, Verdict.UNKNOWN)


def answer_to(state: str, *, is_in: bool, has_seat: bool = True) -> Said:
    """What the door says to somebody on the list.

    >>> str(answer_to("confirmed", is_in=False)), str(answer_to("waiting", is_in=False))
    ('in', 'not_confirmed')
    """
    if state in ENDED:
        return Said.CANCELLED
    if state != RegistrationState.CONFIRMED:
        return Said.NOT_CONFIRMED
    if is_in:
        return Said.AGAIN
    return Said.IN if has_seat else Said.NO_SEAT


def answer_kept(said: Said, own: Said, *, was_offline: bool, let_in: bool) -> Said:
    """What is kept of an answer: of a device that was on its own, what it did.

    >>> str(answer_kept(Said.AGAIN, Said.IN, was_offline=True, let_in=True))
    'in'
    >>> str(answer_kept(Said.IN, Said.NO_SEAT, was_offline=True, let_in=False))
    'no_seat'
    """
    if not was_offline:
        return said
    if let_in:
        return Said.IN
    if said != Said.IN:
        return said
    return own if own != Said.IN else Said.UNKNOWN


def is_far(at: datetime, now: datetime) -> bool:
    return abs(at - now) > FAR


def believed(at: datetime, now: datetime) -> datetime:
    """The hour a device says, unless its clock runs ahead or is far off."""
    return now if at > now or is_far(at, now) else at


@dataclass(frozen=True)
class Entry:
    """Somebody was let in: who, where (0: the door of the event), when, by which device."""

    scan: int
    registration: int
    session: int
    at: datetime
    device: str
    was_offline: bool
    state: str
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Conflict:
    """What two devices, or a device and the desk, said of one person."""

    what: str
    registration: int
    session: int
    entries: tuple[Entry, ...]


def conflicts(entries: Iterable[Entry]) -> list[Conflict]:
    """Let in twice; let in though cancelled before, or never confirmed."""
    by_place: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for one in sorted(entries, key=lambda entry: (entry.at, entry.scan)):
        by_place[one.registration, one.session].append(one)
    found = []
    for (registration, session), ones in by_place.items():
        if len(ones) > 1:
            found.append(Conflict("twice", registration, session, tuple(ones)))
        if what := _why_not_in(ones[0]):
            found.append(Conflict(what, registration, session, (ones[0],)))
    return found


def _why_not_in(entry: Entry) -> str:
    if entry.state in ENDED:
        return "cancelled" if entry.ended_at is None or entry.ended_at <= entry.at else ""
    return "" if entry.state == RegistrationState.CONFIRMED else "not_confirmed"
