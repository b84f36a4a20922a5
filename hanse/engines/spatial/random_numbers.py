"""Random numbers that depend on a seed and a unit's or permutation's number, not on threads."""

import numpy as np
from numba import njit

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
    """The finishing function of splitmix64.

    Source    G. L. Steele, D. Lea, C. H. Flood (2014) "Fast splittable pseudorandom number
              generators", OOPSLA; constants of D. Stafford's variant 13.
    """
    value = (value ^ (value >> np.uint64(30))) * FIRST
    value = (value ^ (value >> np.uint64(27))) * SECOND
    return value ^ (value >> np.uint64(31))


@njit(cache=True, nogil=True, inline="always")
def stream(seed: int, number: int) -> np.uint64:
    """The state a unit's or a permutation's own random numbers start from."""
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
