"""What fits into a programme, what changed between two versions, what stands beside what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hanse.events.words import REFUSALS
from hanse.kit.folding import fold
from hanse.kit.numbers import day
from hanse.kit.refusals import Refusal

LONGEST = timedelta(hours=16)


def refusal(code: str, **facts: object) -> Refusal:
    return Refusal(code, REFUSALS[code], facts)


@dataclass(frozen=True)
class Item:
    """One item of a programme, as a version keeps it: plain values, names by their numbers."""

    key: str
    starts: datetime
    ends: datetime
    room: int | None = None
    kind: str = "session"
    title: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    visibility: str = "public"
    mode: str = "on_site"
    stream_url: str = ""
    hashtag: str = ""
    needs_booking: bool = False
    # (number of the speaker, role), in their order.
    parts: tuple[tuple[int, str], ...] = ()

    def as_record(self) -> dict[str, Any]:
        """As it stands in the JSON of a version."""
        record = {one.name: getattr(self, one.name) for one in fields(self)}
        return record | {
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
            "title": dict(self.title),
            "text": dict(self.text),
            "languages": list(self.languages),
            "parts": [list(part) for part in self.parts],
        }


def item_of(record: Mapping[str, Any]) -> Item:
    """Back from the JSON of a version; what later versions of Hanse add is left at its default."""
    known = {one.name for one in fields(Item)}
    return Item(
        **{name: value for name, value in record.items() if name in known}
        | {
            "starts": datetime.fromisoformat(record["starts"]),
            "ends": datetime.fromisoformat(record["ends"]),
            "languages": tuple(record.get("languages", ())),
            "parts": tuple((int(who), role) for who, role in record.get("parts", ())),
        }
    )


@dataclass(frozen=True)
class Hours:
    """When an event is open on a day; without hours the whole day."""

    day: date
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class Frame:
    """What a programme has to fit into: its days, the clock of the place, names to speak of."""

    hours: Sequence[Hours]
    zone: str
    rooms: Mapping[int, str] = field(default_factory=dict)
    speakers: Mapping[int, str] = field(default_factory=dict)


def why_not_in_its_day(item: Item, frame: Frame) -> Refusal | None:
    """An item lies within the hours of one day of its event, on the clock of the place."""
    if item.ends <= item.starts:
        return refusal("ends_before_it_begins")
    if item.ends - item.starts > LONGEST:
        return refusal("too_long", hours=int(LONGEST.total_seconds() // 3600))
    starts, ends = _there(item.starts, frame.zone), _there(item.ends, frame.zone)
    hours = next((one for one in frame.hours if one.day == starts.date()), None)
    if hours is None:
        days = ", ".join(day(one.day) for one in frame.hours)
        return refusal("outside_its_days", day=day(starts), days=days)
    opens = datetime.combine(hours.day, hours.opens or time.min)
    closes = datetime.combine(hours.day, hours.closes or time.max)
    if starts < opens or ends > closes:
        return refusal(
            "outside_its_day",
            day=day(hours.day),
            opens=f"{opens:%H:%M}",
            closes=f"{closes:%H:%M}",
        )
    return None


def why_not_beside(item: Item, other: Item, frame: Frame) -> Refusal | None:
    """Two items at once are in two rooms and have different people."""
    if item.key == other.key or item.starts >= other.ends or other.starts >= item.ends:
        return None
    at = {
        "title": _title(other),
        "from": _hour(other.starts, frame),
        "to": _hour(other.ends, frame),
    }
    if item.room is not None and item.room == other.room:
        return refusal("room_is_taken", room=frame.rooms.get(item.room, ""), **at)
    shared = {who for who, _role in item.parts} & {who for who, _role in other.parts}
    if shared:
        names = ", ".join(sorted((frame.speakers.get(who, "") for who in shared), key=fold))
        return refusal("speaker_in_two_rooms", names=names, **at)
    return None


def why_not_placed(item: Item, others: Iterable[Item], frame: Frame) -> list[Refusal]:
    """Everything that speaks against an item at this time and place."""
    against = [why_not_in_its_day(item, frame)]
    against += [why_not_beside(item, other, frame) for other in others]
    return [one for one in against if one is not None]


def faults_of(items: Sequence[Item], frame: Frame) -> list[tuple[Item, Refusal]]:
    """Everything that is wrong with a whole programme, such as before it is published."""
    faults = [(item, why_not_in_its_day(item, frame)) for item in items]
    running: list[Item] = []
    for item in sorted(items, key=lambda item: item.starts):
        running = [other for other in running if other.ends > item.starts]
        faults += [(item, why_not_beside(item, other, frame)) for other in running]
        running.append(item)
    return [(item, one) for item, one in faults if one is not None]


@dataclass(frozen=True)
class Change:
    """What became of an item between two versions: added, dropped, moved, changed."""

    what: str
    key: str
    title: Mapping[str, str]
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    visibility: str = "public"
    # What it was called before, where that changed; and what else changed.
    title_before: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()

    def as_record(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


PLACED = ("starts", "ends", "room")


def changes_between(before: Sequence[Item], after: Sequence[Item]) -> list[Change]:
    """Item by item, in the order of time.

    >>> a = Item("a", datetime(2018, 2, 22, 9), datetime(2018, 2, 22, 10))
    >>> [change.what for change in changes_between([], [a])]
    ['added']
    """
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    said = []
    for key in sorted({*old, *new}, key=lambda key: ((new.get(key) or old[key]).starts, key)):
        was, now = old.get(key), new.get(key)
        if was is None and now is not None:
            said.append(_change("added", now, after=_place(now)))
        elif now is None and was is not None:
            said.append(_change("dropped", was, before=_place(was)))
        elif was is not None and now is not None and was != now:
            names = [
                one.name for one in fields(Item) if getattr(was, one.name) != getattr(now, one.name)
            ]
            said.append(
                _change(
                    "moved" if set(names) & set(PLACED) else "changed",
                    now,
                    before=_place(was),
                    after=_place(now),
                    title_before=dict(was.title) if "title" in names else {},
                    fields=tuple(name for name in names if name not in (*PLACED, "title")),
                )
            )
    return said


def _change(what: str, item: Item, **more: Any) -> Change:
    return Change(what, item.key, dict(item.title), visibility=item.visibility, **more)


def _place(item: Item) -> dict[str, Any]:
    return {"starts": item.starts.isoformat(), "ends": item.ends.isoformat(), "room": item.room}


def _there(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _hour(at: datetime, frame: Frame) -> str:
    return f"{_there(at, frame.zone):%H:%M}"


def _title(item: Item) -> str:
    return item.title.get("en") or next(iter(item.title.values()), "")
