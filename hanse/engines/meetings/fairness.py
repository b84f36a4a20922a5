"""Fairness at the end: where nothing else helps, meetings of those with too many breaks go."""

from collections.abc import Sequence

from numba import njit

from hanse.engines.meetings.arrays import FAIRNESS, PEOPLE, RELIEF, WISH, WORTH, Arrays
from hanse.engines.meetings.board import (
    ALL_BROKEN,
    ALL_COST,
    BROKEN,
    COST,
    SLOT,
    Board,
    needed,
    put,
    take,
    whole,
)
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.measures import breaks_of, must


@njit(cache=True, nogil=True)
def restore_fairness(arrays: Arrays, board: Board) -> None:
    """Take off the meetings that it takes until nobody has more breaks than the fairness.

    One by one the meeting of somebody with too many whose loss costs least, then the lightest; what
    a plan must hold stays. Where some have no breaks the rule asks no less than that.
    """
    limit = arrays.sizes[FAIRNESS]
    while limit >= 0 and not is_fair(arrays, board):
        worst = -1
        for number in range(board.sums[ALL_BROKEN]):
            person = whole(board.person[number, BROKEN])
            if worst < 0 or board.person[person, COST] > board.person[worst, COST]:
                worst = person
        if worst < 0 or not lighten(arrays, board, worst):
            break


@njit(cache=True, nogil=True)
def is_fair(arrays: Arrays, board: Board) -> bool:
    """Whether the largest number of breaks exceeds the smallest by the fairness at most.

    The cost of a participant is their breaks as long as these are within the fairness.
    """
    fewest = most = 0
    for person in range(arrays.sizes[PEOPLE]):
        cost = whole(board.person[person, COST])
        fewest = cost if person == 0 else min(fewest, cost)
        most = max(most, cost)
    return most - fewest <= whole(arrays.sizes[FAIRNESS])


@njit(cache=True, nogil=True)
def lighten(arrays: Arrays, board: Board, person: int) -> bool:
    """Take off the meeting of a participant whose loss costs least; False where none may go."""
    best, least, lightest = -1, 0, 0
    for place in range(arrays.person[person, WISH], arrays.person[person + 1, WISH]):
        meeting = whole(arrays.wish[place])
        slot = whole(board.meeting[meeting, SLOT])
        worth = whole(arrays.meeting[meeting, WORTH])
        if slot < 0 or board.at[person, slot] != meeting or worth >= arrays.sizes[RELIEF]:
            continue
        if needed(arrays, board, meeting):
            continue
        take(arrays, board, meeting)
        cost = whole(board.sums[ALL_COST])
        put(arrays, board, meeting, slot)
        if best < 0 or cost < least or (cost == least and worth < lightest):
            best, least, lightest = meeting, cost, worth
    if best >= 0:
        take(arrays, board, best)
    return best >= 0


def without_unfair(market: Market, plan: Sequence[Placed]) -> list[Placed]:
    """A plan without the meetings that have to go so that the breaks are fair, as above.

    For what the tables have left over; meetings that must be held, or before others, stay.
    """
    kept = list(plan)
    while market.fairness is not None:
        breaks = breaks_by_person(market, kept)
        most = max(breaks, default=0)
        if most - min(breaks, default=0) <= market.fairness:
            break
        person = breaks.index(most)
        staying = {before for one in kept for before in market.meetings[one.meeting].after}
        may_go = [
            one
            for one in kept
            if person in one.participants
            and not must(market, one.meeting)
            and one.meeting not in staying
        ]
        if not may_go:
            break
        kept.remove(min(may_go, key=lambda one: loss(market, kept, one)))
    return kept


def loss(market: Market, plan: Sequence[Placed], gone: Placed) -> tuple[int, int, int]:
    """What is left of unfair breaks without a meeting, its weight, and the breaks of all."""
    limit = market.fairness or 0
    breaks = breaks_by_person(market, [one for one in plan if one is not gone])
    unfair = sum(max(0, own - limit) for own in breaks)
    return unfair, market.meetings[gone.meeting].weight, sum(breaks)


def breaks_by_person(market: Market, plan: Sequence[Placed]) -> list[int]:
    """Breaks of each participant in a plan."""
    busy: list[list[int]] = [[] for _ in market.participants]
    for one in plan:
        for person in one.participants:
            busy[person].append(one.slot)
    people = zip(market.participants, busy, strict=True)
    return [breaks_of(person, own, market.slots) for person, own in people]
