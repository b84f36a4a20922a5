"""Who gets a seat that is free: first come, first served, and a team together or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

Free = Mapping[int, int | None]


@dataclass(frozen=True)
class Waiting:
    """One in the line: their number, the pools in which they need a seat each, their team."""

    key: int
    number: int
    pools: tuple[int, ...]
    team: int | None = None


def in_line(waiting: Iterable[Waiting]) -> list[list[Waiting]]:
    """Who stands where: by number, a team at its smallest one.

    >>> line = in_line([Waiting(1, 5, (), 9), Waiting(2, 3, ()), Waiting(3, 2, (), 9)])
    >>> [[one.key for one in together] for together in line]
    [[3, 1], [2]]
    """

    def side(one: Waiting) -> tuple[bool, int]:
        return (one.team is None, one.key if one.team is None else one.team)

    together = [list(them) for _side, them in groupby(sorted(waiting, key=side), key=side)]
    for them in together:
        them.sort(key=lambda one: one.number)
    return sorted(together, key=lambda them: them[0].number)


def who_moves_up(waiting: Iterable[Waiting], free: Free, *, hold_for_teams: bool) -> list[Waiting]:
    """Who gets a seat now. `free` has the seats left of each pool, None for as many as come.

    Seats that do not suffice for a team are kept for it until they do; once `hold_for_teams` is
    over, those behind it who fit go ahead.

    >>> trio = [Waiting(number, number, (1,), 9) for number in (1, 2, 3)]
    >>> who_moves_up([*trio, Waiting(4, 4, (1,))], {1: 2}, hold_for_teams=True)
    []
    >>> going = who_moves_up([*trio, Waiting(4, 4, (1,))], {1: 2}, hold_for_teams=False)
    >>> [one.key for one in going]
    [4]
    """
    left = dict(free)
    going: list[Waiting] = []
    for together in in_line(waiting):
        needed = Counter(pool for one in together for pool in one.pools)
        if _fit(needed, left):
            going += together
            _keep(needed, left)
        elif hold_for_teams and len(together) > 1:
            _keep(needed, left)
    return going


def _fit(needed: Mapping[int, int], left: Free) -> bool:
    return all(_has(left.get(pool), count) for pool, count in needed.items())


def _has(left: int | None, count: int) -> bool:
    return left is None or left >= count


def _keep(needed: Mapping[int, int], left: dict[int, int | None]) -> None:
    for pool, count in needed.items():
        seats = left.get(pool)
        if seats is not None:
            left[pool] = max(0, seats - count)


def position_of(key: int, waiting: Iterable[Waiting]) -> int | None:
    """How many people stand in the line up to somebody, with their own team counted before them.

    >>> position_of(2, [Waiting(1, 5, (), 9), Waiting(2, 3, ()), Waiting(3, 2, (), 9)])
    3
    """
    before = 0
    for together in in_line(waiting):
        if any(one.key == key for one in together):
            return before + 1
        before += len(together)
    return None


def are_held(now: datetime, opens_at: datetime, held_until_hours: int) -> bool:
    """Whether seats are still kept for a team that waits."""
    return now < opens_at - timedelta(hours=held_until_hours)


def seats_for(pools: Sequence[int | None]) -> int | None:
    """The seats of the smallest of several pools, None where none has a limit.

    >>> seats_for([None, 40, 100]), seats_for([None])
    (40, None)
    """
    limited = [seats for seats in pools if seats is not None]
    return min(limited) if limited else None
