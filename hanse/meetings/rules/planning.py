"""What an organiser asks of a plan, and what two plans do differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

MOST_SECONDS, MOST_FAIRNESS = 900, 99
# Meetings that can be promised to every newcomer.
MOST_PROMISED = 30


@dataclass(frozen=True)
class Wanted:
    """What is asked of the engine.

    seconds    a cap on the run; None: until the budget of steps is used up
    steps      the budget; None: what suits the size of the event
    fairness   most breaks that somebody may have more than somebody else; None: no such rule
    newcomers  meetings that every newcomer gets before anything else is weighed
    """

    seconds: int | None = 60
    steps: int | None = None
    seed: int = 0
    fairness: int | None = None
    newcomers: int = 0

    def told(self) -> dict[str, Any]:
        return asdict(self)


def wanted_of(told: Mapping[str, Any]) -> Wanted:
    known = Wanted.__dataclass_fields__
    return Wanted(**{key: value for key, value in told.items() if key in known})


@dataclass(frozen=True)
class Standing:
    """A meeting as people have it or as a plan wants it: rows by their numbers."""

    parties: frozenset[int]
    slot: int
    table: int | None
    representatives: frozenset[int]


@dataclass(frozen=True)
class Changes:
    """What one plan does differently from another, by the parties of each meeting."""

    kept: Sequence[frozenset[int]]
    moved: Sequence[frozenset[int]]
    added: Sequence[frozenset[int]]
    dropped: Sequence[frozenset[int]]

    @property
    def concerned(self) -> set[int]:
        """Parties for whom something changes."""
        return {one for pair in (*self.moved, *self.added, *self.dropped) for one in pair}

    @property
    def count(self) -> int:
        return len(self.moved) + len(self.added) + len(self.dropped)


def changes_between(before: Iterable[Standing], after: Iterable[Standing]) -> Changes:
    """Kept is what stays in its slot, at its table, with the same people."""
    was = {one.parties: one for one in before}
    will = {one.parties: one for one in after}
    both = [pair for pair in was if pair in will]
    return Changes(
        kept=[pair for pair in both if was[pair] == will[pair]],
        moved=[pair for pair in both if was[pair] != will[pair]],
        added=[pair for pair in will if pair not in was],
        dropped=[pair for pair in was if pair not in will],
    )


def gap(value: int, bound: int) -> float | None:
    """How far a plan is at most from the best: 1 - value / bound; None where nothing is wished.

    >>> gap(98, 100)
    0.02
    >>> gap(0, 0) is None
    True
    """
    return None if bound <= 0 else round(1 - value / bound, 6)
