"""What happened on the day, as JSON, in the numbering of the event's own file:

    {"now": slot, "changes": [
        {"kind": "absent", "participant": p, "from": slot},
        {"kind": "table_closed", "table": t, "from": slot},
        {"kind": "slot_removed", "slot": s},
        {"kind": "slot_delayed", "slot": s, "minutes": n},
        {"kind": "wish_added", "participants": [p, q], "weight": w}]}

`now` is the first slot that has not begun; `from` is `now` where it is left out.
"""

from collections.abc import Mapping
from typing import Any

from hanse.engines.meetings.faults import Unreadable
from hanse.engines.meetings.formats import from_json
from hanse.engines.meetings.market import Market, Meeting
from hanse.engines.meetings.repair import (
    Absent,
    Change,
    SlotDelayed,
    SlotRemoved,
    TableClosed,
    WishAdded,
)

MOST_MINUTES = 1440
KEYS = {
    "absent": {"participant", "from"},
    "table_closed": {"table", "from"},
    "slot_removed": {"slot"},
    "slot_delayed": {"slot", "minutes"},
    "wish_added": {"participants", "weight"},
}


def read_changes(text: str, market: Market, *, origin: int = 0) -> tuple[int, list[Change]]:
    """`now` and the changes, numbered from 0; Unreadable says which line is wrong."""
    told = from_json(text)
    if not isinstance(told, dict) or not isinstance(told.get("changes"), list):
        raise Unreadable('{"now": slot, "changes": [...]} is expected')
    now = number(told, "now", "now") - origin
    if not 0 <= now <= len(market.slots):
        raise Unreadable(f"now: there is no slot {told['now']}")
    rows = enumerate(told["changes"])
    return now, [change(one, f"change {place}", now, origin) for place, one in rows]


def change(told: Any, where: str, now: int, origin: int) -> Change:
    """One line."""
    kind = told.get("kind") if isinstance(told, dict) else None
    if kind not in KEYS:
        raise Unreadable(f"{where}: kind is one of {', '.join(KEYS)}")
    if unknown := told.keys() - KEYS[kind] - {"kind"}:
        raise Unreadable(f"{where}: unknown key {min(unknown)!r}")
    start = number(told, "from", where) - origin if "from" in told else now
    match kind:
        case "absent":
            return Absent(number(told, "participant", where) - origin, start)
        case "table_closed":
            return TableClosed(number(told, "table", where) - origin, start)
        case "slot_removed":
            return SlotRemoved(number(told, "slot", where) - origin)
        case "slot_delayed":
            minutes = number(told, "minutes", where)
            if not 0 < minutes <= MOST_MINUTES:
                raise Unreadable(f"{where}: minutes from 1 to {MOST_MINUTES}, not {minutes}")
            return SlotDelayed(number(told, "slot", where) - origin, minutes)
    people = told.get("participants")
    if not isinstance(people, list) or len(people) not in (2, 3):
        raise Unreadable(f"{where}: participants are two or three numbers")
    seated = [number({"participant": one}, "participant", where) - origin for one in people]
    weight = number(told, "weight", where) if "weight" in told else 1
    return WishAdded(Meeting(tuple((one,) for one in seated), weight=weight))


def number(told: Mapping[str, Any], key: str, where: str) -> int:
    """A whole number under a key."""
    value = told.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unreadable(f"{where}: {key} is {value!r}, a whole number is expected")
    return value
