"""Random numbers that depend on a seed and the number of a simulation or unit, not on threads."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from hanse.engines.faults import WrongShape

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
LOW = np.uint64(0xFFFFFFFF)


def checked_seed(seed: int) -> int:
    """A seed: a whole number from 0 to 2**63 - 1; WrongShape otherwise."""
    if not isinstance(seed, int | np.integer) or not 0 <= seed < 2**63:
        raise WrongShape(f"seed: {seed!r}; a whole number from 0 to 2**63 - 1")
    return int(seed)


@njit(cache=True, nogil=True, inline="always")
def mixed(value: np.uint64) -> np.uint64:
    """The finishing function of splitmix64: every bit of the value stirs every bit of the answer.

    Source    G. L. Steele, D. Lea, C. H. Flood (2014) "Fast splittable pseudorandom number
              generators", OOPSLA; constants of D. Stafford's variant 13.
    """
    value = (value ^ (value >> np.uint64(30))) * FIRST
    value = (value ^ (value >> np.uint64(27))) * SECOND
    return value ^ (value >> np.uint64(31))


@njit(cache=True, nogil=True, inline="always")
def stream(seed: int, number: int) -> np.uint64:
    """The state from which the random numbers of a simulation, unit or permutation start."""
    return mixed(mixed(np.uint64(seed) + GOLDEN) ^ (np.uint64(number) * SECOND + FIRST))


@njit(cache=True, nogil=True, inline="always")
def below(state: np.uint64, bound: int) -> tuple[np.uint64, np.int64]:
    """The next state, and a whole number from 0 below a bound (up to 2**32), without bias.

    Source    D. Lemire (2019) "Fast random integer generation in an interval", ACM Transactions on
              Modeling and Computer Simulation 29.
    """
    limit = np.uint64(bound)
    state += GOLDEN
    product = (mixed(state) >> np.uint64(32)) * limit
    if (product & LOW) < limit:
        floor = (LOW + np.uint64(1) - limit) % limit
        while (product & LOW) < floor:
            state += GOLDEN
            product = (mixed(state) >> np.uint64(32)) * limit
    return state, np.int64(product >> np.uint64(32))


@njit(cache=True, nogil=True)
def permute(order: NDArray[np.int32], seed: int, number: int) -> None:
    """Shuffle `order` in place by Fisher and Yates, every permutation equally likely."""
    state = stream(seed, number)
    for last in range(order.size - 1, 0, -1):
        state, chosen = below(state, last + 1)
        order[last], order[chosen] = order[chosen], order[last]


@njit(cache=True, nogil=True)
def fill_permutations(
    who: NDArray[np.int32], movable: NDArray[np.int32], seed: int, first: int
) -> None:
    """For each row (one simulation) which point stands at each position; only `movable` ones move.

    who       (simulations, points), written; row s belongs to simulation number first + s
    movable   positions whose points are exchanged among each other
    """
    for row in range(who.shape[0]):
        for position in range(who.shape[1]):
            who[row, position] = position
        shuffled = movable.copy()
        permute(shuffled, seed, first + row)
        for index in range(movable.size):
            who[row, movable[index]] = shuffled[index]


@njit(cache=True, nogil=True)
def fill_uniform(values: NDArray[np.float64], seed: int, simulation: int) -> None:
    """Numbers evenly spread over [0, 1), with 53 random bits each."""
    state = stream(seed, simulation)
    for index in range(values.size):
        state += GOLDEN
        values[index] = np.float64(mixed(state) >> np.uint64(11)) * 2.0**-53
