"""Files that hold an event to plan, as others publish them; each reader gives a `Market`."""

import json
from typing import Any

from hanse.engines.meetings.faults import Unreadable

LARGEST = 100_000  # participants, meetings or tables; a day has no more slots than minutes
MOST_SLOTS = 1_440 * 7
MOST_CELLS = 20_000_000  # participants times slots

__all__ = ["LARGEST", "MOST_CELLS", "MOST_SLOTS", "Unreadable", "check_sizes"]


def check_sizes(participants: int, slots: int, tables: int, meetings: int) -> None:
    """Refuse sizes below zero, and those that no event has, before anything is built for them."""
    sizes = {"participants": participants, "tables": tables, "meetings": meetings}
    for word, size in (*sizes.items(), ("slots", slots)):
        most = MOST_SLOTS if word == "slots" else LARGEST
        if not 0 <= size <= most:
            raise Unreadable(f"{size} {word}: a number from 0 to {most} is expected")
    if participants * slots > MOST_CELLS:
        raise Unreadable(f"{participants} participants in {slots} slots are too many to plan")


def from_json(text: str, **hooks: Any) -> Any:
    """What a text of JSON says; Unreadable where it is none."""
    try:
        return json.loads(text, **hooks)
    except Unreadable:
        raise
    except RecursionError:
        raise Unreadable("no JSON: lists within lists without end") from None
    except ValueError as no:
        raise Unreadable(f"no JSON: {no}") from None
