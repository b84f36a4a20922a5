"""Rooms of the organisers' desk that others keep: `project/wiring.py` binds them."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise

# The name of an address with series and event in it, and what the room is called.
Way = tuple[str, str | Promise]
_ways: list[Way] = []


def bind_desk_ways(ways: Sequence[Way]) -> None:
    """Say which rooms others keep; called by the wiring."""
    _ways[:] = ways


def desk_ways() -> list[Way]:
    """In the order of the wiring."""
    return list(_ways)
