"""An agenda: what stands in it, where two things cannot both be done, and how one walks between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# Between houses with an unknown way less than this is worth a word.
SHORT_GAP = timedelta(minutes=10)

Minutes = Callable[[int, int], int | None]


class Why(StrEnum):
    """Why something stands in an agenda."""

    BOOKED = "booked"
    WAITING = "waiting"
    SPEAKS = "speaks"
    BOOKMARKED = "bookmarked"
    # An event as a whole, as long as it has no programme.
    REGISTERED = "registered"
    EVERYBODY = "everybody"
    MEETING = "meeting"


@dataclass(frozen=True)
class Item:
    """Something in an agenda, with the clock of its place."""

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    why: Why
    kind: str = "session"
    room: str = ""
    place: int | None = None
    place_name: str = ""
    address: str = ""
    says: str = ""
    url: str = ""
    stream: str = ""
    event: str = ""
    number: int = 0
    revision: int = 0
    changed_at: datetime | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is there for this person, unlike a break for everybody."""
        return self.why not in (Why.EVERYBODY, Why.WAITING)

    @property
    def is_chosen(self) -> bool:
        """Whether one has to be there at its hour."""
        return self.is_own and self.why is not Why.REGISTERED

    @property
    def starts_there(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def ends_there(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    @property
    def day(self) -> date:
        return self.starts_there.date()

    @property
    def where(self) -> str:
        return ", ".join(part for part in (self.room, self.place_name) if part)


@dataclass(frozen=True)
class Clash:
    """Two items that one person cannot both attend: at the same time, or too far apart."""

    first: Item
    second: Item
    # None: at the same time. 0: how long the way takes is not known.
    minutes: int | None = None

    @property
    def overlaps(self) -> bool:
        return self.minutes is None


def clashes(items: Iterable[Item], minutes_between: Minutes) -> list[Clash]:
    """In the order of the second: what overlaps, and what follows before one has walked there.

    What one waits for is held against what one has, not against what one waits for as well.
    """
    meant = [one for one in items if one.is_chosen or one.why is Why.WAITING]
    meant.sort(key=lambda one: one.starts_at)
    found = []
    for place, second in enumerate(meant):
        before = [one for one in meant[:place] if one.is_chosen or second.is_chosen]
        found += [Clash(one, second) for one in before if one.ends_at > second.starts_at]
        ways = [_too_far(one, second, minutes_between) for one in _last(before, second)]
        found += [one for one in ways if one]
    return found


def _last(before: Sequence[Item], second: Item) -> list[Item]:
    """From where one comes: of what one has, and of what one waits for, the last."""
    done = [one for one in before if one.ends_at <= second.starts_at]
    kinds = [[one for one in done if one.is_chosen is has] for has in (True, False)]
    return [max(ones, key=lambda one: one.ends_at) for ones in kinds if ones]


def _too_far(first: Item, second: Item, minutes_between: Minutes) -> Clash | None:
    if first.place is None or second.place is None or first.place == second.place:
        return None
    gap, minutes = second.starts_at - first.ends_at, minutes_between(first.place, second.place)
    if minutes is None:
        return Clash(first, second, 0) if gap < SHORT_GAP else None
    return Clash(first, second, minutes) if gap < timedelta(minutes=minutes) else None


def next_of(items: Iterable[Item], now: datetime) -> Item | None:
    """What runs now or comes next of one's own; else of everything."""
    ahead = [one for one in items if one.ends_at > now]
    own = [one for one in ahead if one.is_own]
    return min(own or ahead, key=lambda one: (one.starts_at, one.key), default=None)
