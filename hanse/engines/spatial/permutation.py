"""Permutation tests: of a global statistic, and conditional ones of every unit."""

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from hanse.engines.faults import TooFew, UnknownConvention, WrongShape
from hanse.engines.random_numbers import below, checked_seed, stream
from hanse.engines.spatial.weights import Floats, Weights, Whole

PRODUCT, DIFFERENCE = 0, 1
PIECES = 64
FEW = 32  # neighbours
ALIKE = 1e-12  # relative to the values summed: two sums of the same terms in another order
ALTERNATIVES = ("folded", "two_sided", "greater", "less")


@dataclass(frozen=True)
class PermutationTest:
    """Pseudo p-values: (1 + permutations at least as extreme) / (1 + permutations)."""

    greater: float
    less: float
    two_sided: float
    permutations: int
    seed: int


def permutation_test(
    values: Floats, weights: Weights, kind: int, permutations: int, seed: int, threads: int | None
) -> PermutationTest:
    """Exchange the values among all units and see how often the sum over neighbours is reached.

    kind      PRODUCT: sum of w x_i x_j (Moran's I, G);  DIFFERENCE: of w (x_i - x_j)**2 (C)
    two_sided twice the smaller of both, at most 1
    The same seed gives the same values whatever the number of threads.
    """
    seed = checked_seed(seed)
    if permutations < 1:
        raise TooFew(f"{permutations} permutations; at least 1 needed")
    sums = np.empty(permutations + 1)

    def work(_: int, start: int, stop: int) -> None:
        fill_sums(
            start, stop, values, weights.indptr, weights.neighbours, weights.values, kind, seed,
            sums,
        )  # fmt: skip

    share_out(work, permutations + 1, threads)
    scale = float((weights.values * np.abs(values[weights.rows])).sum()) * float(
        np.abs(values).max()
    )
    above = int((sums[1:] >= sums[0] - ALIKE * scale).sum())
    below_it = int((sums[1:] <= sums[0] + ALIKE * scale).sum())
    greater, less = (above + 1) / (permutations + 1), (below_it + 1) / (permutations + 1)
    return PermutationTest(greater, less, min(1.0, 2 * min(greater, less)), permutations, seed)


def conditional_counts(
    values: Floats, weights: Weights, permutations: int, seed: int, threads: int | None
) -> Whole:
    """How often other values around a unit weigh at least, and at most, as much as its own.

    Every unit keeps its value; its neighbours' values are drawn from all other units, without
    replacement, by random numbers of this unit alone. Nothing is stored but two counts.

    Gives     (units, 2): permutations with sum_j w_ij x_j >= observed, and <= observed; sums that
              differ by rounding alone are equal
    """
    if permutations < 1:
        raise TooFew(f"{permutations} permutations; at least 1 needed")
    seed = checked_seed(seed)
    counts = np.zeros((weights.n, 2), np.int64)

    def work(_: int, start: int, stop: int) -> None:
        count_draws(
            start, stop, values, weights.indptr, weights.neighbours, weights.values, permutations,
            seed, counts,
        )  # fmt: skip

    share_out(work, weights.n, threads)
    return counts


def pseudo_p(counts: Whole, permutations: int, alternative: str) -> Floats:
    """Pseudo p-values of `conditional_counts`.

    folded    (min(greater, permutations - greater) + 1) / (permutations + 1): one-sided on the side
              the value is on, as esda reports it
    greater, less   (1 + permutations at least so large / small) / (permutations + 1)
    two_sided twice the smaller of both, at most 1
    Raises    UnknownConvention

    >>> pseudo_p(np.array([[3, 97]]), 99, "folded").tolist()
    [0.04]
    """
    if alternative not in ALTERNATIVES:
        raise UnknownConvention(f"alternative {alternative!r}; there are {', '.join(ALTERNATIVES)}")
    greater, less = counts[:, 0], counts[:, 1]
    if alternative == "folded":
        less = permutations - greater
    extreme = {"greater": greater, "less": less}.get(alternative, np.minimum(greater, less))
    p: Floats = (extreme + 1) / (permutations + 1)
    return np.minimum(2 * p, 1) if alternative == "two_sided" else p


def share_out(work: Callable[[int, int, int], None], size: int, threads: int | None) -> None:
    """Call work(piece, start, stop) for at most 64 pieces of range(size), on several threads."""
    if threads is not None and threads < 1:
        raise WrongShape(f"threads: {threads}; at least 1")
    edges = itertools.pairwise(size * piece // PIECES for piece in range(PIECES + 1))
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        tasks = [
            pool.submit(work, piece, start, stop)
            for piece, (start, stop) in enumerate(edges)
            if start < stop
        ]
        for task in tasks:
            task.result()


@njit(cache=True, nogil=True)
def fill_sums(
    start: int,
    stop: int,
    values: Floats,
    indptr: Whole,
    neighbours: Whole,
    heavy: Floats,
    kind: int,
    seed: int,
    sums: Floats,
) -> None:
    """The sum over neighbours for permutation numbers start to stop - 1; number 0 moves nothing."""
    x = values.copy()
    for number in range(start, stop):
        x[:] = values
        if number > 0:
            state = stream(seed, number)
            for last in range(x.size - 1, 0, -1):
                state, chosen = below(state, last + 1)
                x[last], x[chosen] = x[chosen], x[last]
        total = 0.0
        for i in range(x.size):
            for entry in range(indptr[i], indptr[i + 1]):
                there = x[neighbours[entry]]
                pair = x[i] * there if kind == PRODUCT else (x[i] - there) ** 2
                total += heavy[entry] * pair
        sums[number] = total


@njit(cache=True, nogil=True)
def count_draws(
    start: int,
    stop: int,
    values: Floats,
    indptr: Whole,
    neighbours: Whole,
    heavy: Floats,
    permutations: int,
    seed: int,
    counts: NDArray[np.int64],
) -> None:
    """Counts of `conditional_counts` for units start to stop - 1."""
    size = values.size
    others = np.arange(size - 1)
    greatest = np.abs(values).max()
    for i in range(start, stop):
        first, degree = indptr[i], indptr[i + 1] - indptr[i]
        if degree == 0:
            continue
        observed = 0.0
        scale = 0.0
        for entry in range(first, first + degree):
            observed += heavy[entry] * values[neighbours[entry]]
            scale += heavy[entry] * greatest
        slack = ALIKE * scale
        drawn = np.empty(degree, np.int64)
        few = degree <= FEW and degree * FEW < size
        state = stream(seed, i)
        for _ in range(permutations):
            state = draw_few(drawn, size - 1, state) if few else draw_many(drawn, others, state)
            total = 0.0
            for place in range(degree):
                there = drawn[place]
                total += heavy[first + place] * values[there + (there >= i)]
            if total >= observed - slack:
                counts[i, 0] += 1
            if total <= observed + slack:
                counts[i, 1] += 1


@njit(cache=True, nogil=True)
def draw_few(drawn: Whole, size: int, state: np.uint64) -> np.uint64:
    """Different numbers below size: draw, and draw again what is there already."""
    for place in range(drawn.size):
        again = True
        while again:
            state, chosen = below(state, size)
            again = False
            for before in range(place):
                again |= drawn[before] == chosen
        drawn[place] = chosen
    return state


@njit(cache=True, nogil=True)
def draw_many(drawn: Whole, others: Whole, state: np.uint64) -> np.uint64:
    """The same by a part of Fisher and Yates' shuffle, for any share of the others.

    The shuffle is undone, so that what a unit draws depends on nothing drawn before.
    """
    chosen = np.empty(drawn.size, np.int64)
    for place in range(drawn.size):
        state, step = below(state, others.size - place)
        chosen[place] = place + step
        others[place], others[chosen[place]] = others[chosen[place]], others[place]
        drawn[place] = others[place]
    for place in range(drawn.size - 1, -1, -1):
        others[place], others[chosen[place]] = others[chosen[place]], others[place]
    return state
