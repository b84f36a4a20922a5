"""A plain form for large events: JSON, numbered from 0, of pairs who have accepted to meet.

name          text; may be left out
participants, slots, tables   numbers
blocked       by participant the list of slots in which they cannot meet
meetings      list of pairs [a, b] of participants
"""

from collections.abc import Sequence
from typing import Any

from hanse.engines.meetings.formats import Unreadable, check_sizes, from_json
from hanse.engines.meetings.market import Market, Meeting, Participant, Slot, Table

KEYS = ("participants", "slots", "tables", "blocked", "meetings")
PAIR = 2


def read_pairs(text: str) -> Market:
    """The event in a file of pairs: no meeting is mandatory, and all have weight 1.

    Gives   one day, one session; the tables are alike; no rule of fairness
    Errors  Unreadable
    """
    data = read_object(text)
    people, slots, tables = (number(data[key], key) for key in ("participants", "slots", "tables"))
    meetings = elements(data["meetings"], "meetings")
    check_sizes(people, slots, tables, len(meetings))
    blocked = elements(data["blocked"], "blocked")
    if len(blocked) != people:
        raise Unreadable(f"blocked: {len(blocked)} elements, {people} expected")
    everywhere = frozenset(range(slots))
    return Market(
        slots=(Slot(),) * slots,
        tables=(Table(),) * tables,
        participants=tuple(
            Participant(free=everywhere - slots_of(row, one, slots))
            for one, row in enumerate(blocked)
        ),
        meetings=tuple(Meeting(sides=((one,), (other,))) for one, other in pairs(meetings, people)),
        name=data.get("name", ""),
    )


def read_object(text: str) -> dict[str, Any]:
    """The object of the file, with all its keys, each once."""
    data = from_json(text, object_pairs_hook=once)
    if not isinstance(data, dict):
        raise Unreadable("an object is expected")
    if missing := [key for key in KEYS if key not in data]:
        raise Unreadable(f"{', '.join(missing)} missing")
    if unknown := sorted(set(data) - {*KEYS, "name"}):
        raise Unreadable(f"{', '.join(unknown)[:100]} not known")
    if not isinstance(data.get("name", ""), str):
        raise Unreadable("name: a text is expected")
    return data


def once(items: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; a key that is given twice is refused."""
    data: dict[str, Any] = {}
    for key, value in items:
        if key in data:
            raise Unreadable(f"{key[:100]} is given twice")
        data[key] = value
    return data


def number(value: Any, where: str) -> int:
    """A whole number; true and 1.0 are none."""
    if type(value) is not int:
        raise Unreadable(f"{where}: a number is expected, not {str(value)[:20]!r}")
    return value


def elements(value: Any, where: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise Unreadable(f"{where}: a list is expected")
    return value


def slots_of(row: Any, person: int, slots: int) -> set[int]:
    """Slots blocked for a participant."""
    where = f"blocked, participant {person}"
    found = {number(slot, where) for slot in elements(row, where)}
    for slot in found:
        if not 0 <= slot < slots:
            raise Unreadable(f"{where}: slot {slot} is not from 0 to {slots - 1}")
    return found


def pairs(meetings: list[Any], people: int) -> list[tuple[int, int]]:
    """Who meets whom; nobody meets themselves, and nobody the same partner twice."""
    seen: dict[frozenset[int], int] = {}
    found = []
    for place, row in enumerate(meetings):
        where = f"meetings, {place}"
        pair = [number(one, where) for one in elements(row, where)]
        if len(pair) != PAIR:
            raise Unreadable(f"{where}: {len(pair)} participants, {PAIR} expected")
        one, other = pair
        for person in pair:
            if not 0 <= person < people:
                raise Unreadable(f"{where}: participant {person} is not from 0 to {people - 1}")
        if one == other:
            raise Unreadable(f"{where}: participant {one} cannot meet themselves")
        if (before := seen.setdefault(frozenset(pair), place)) != place:
            raise Unreadable(f"{where}: the same two as in meeting {before}")
        found.append((one, other))
    return found
