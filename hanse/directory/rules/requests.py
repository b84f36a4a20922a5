"""When a partner request stands, who may answer it, and whom a new one concerns."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from hanse.directory.words import REFUSALS_IN_TOUCH, Level
from hanse.kit.refusals import Refusal

STANDS_FOR = timedelta(days=90)
LEAST_DAYS, MOST_DAYS = 7, 365
# So long before it ends its organisation is asked whether it shall go on.
ASKED_BEFORE = timedelta(days=7)


def refusal(code: str, **facts: object) -> Refusal:
    return Refusal(code, REFUSALS_IN_TOUCH[code], facts)


def why_not_asked(by_day: date | None, stands_days: int, today: date) -> Refusal | None:
    if by_day and by_day < today:
        return refusal("not_asked_yet", day=by_day.isoformat())
    if not LEAST_DAYS <= stands_days <= MOST_DAYS:
        return refusal("no_expiry", least=LEAST_DAYS, most=MOST_DAYS)
    return None


def why_not_widened(before: str, after: str, *, others_spoke: bool) -> Refusal | None:
    """What others said among organisations is not shown to everybody afterwards."""
    if others_spoke and before == Level.SPEAKERS and after == Level.PUBLIC:
        return refusal("stays_confidential")
    return None


def why_not_standing(
    expires_at: datetime, closed_at: datetime | None, now: datetime
) -> Refusal | None:
    """A request that is closed or has run out takes no comments and no interest."""
    if closed_at:
        return refusal("request_closed", day=closed_at.date().isoformat())
    if expires_at <= now:
        return refusal("request_over")
    return None


def next_end(expires_at: datetime, now: datetime) -> datetime:
    """Renewed, a request stands for the usual time from now; never for less than it did."""
    return max(expires_at, now + STANDS_FOR)


@dataclass(frozen=True)
class Marks:
    """What an organisation or a request is about: concepts, sectors, countries."""

    competences: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Concern:
    """Why a request concerns an organisation."""

    competences: Collection[str] = field(default_factory=frozenset)
    sectors: Collection[str] = field(default_factory=frozenset)
    countries: Collection[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.competences or self.sectors)


def concern(asked: Marks, own: Marks) -> Concern:
    """What a request has in common with an organisation: a competence or a sector, and a country
    where it names any.

    >>> bool(concern(Marks(competences=frozenset({"valves"})), Marks(frozenset({"valves"}))))
    True
    >>> bool(concern(Marks(frozenset({"valves"}), countries=frozenset({"IT"})),
    ...              Marks(frozenset({"valves"}), countries=frozenset({"PL"}))))
    False
    """
    shared = asked.countries & own.countries
    if asked.countries and not shared:
        return Concern()
    return Concern(asked.competences & own.competences, asked.sectors & own.sectors, shared)


def usual_days(waits: Collection[timedelta]) -> int | None:
    """The days within which half of the answers came; none where there is no answer.

    >>> usual_days([timedelta(hours=5), timedelta(days=3), timedelta(days=9)])
    3
    """
    return round(median(wait / timedelta(days=1) for wait in waits)) if waits else None
