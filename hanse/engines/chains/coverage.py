"""Covering a chain: the fewest regions that together are strong at every stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hanse.engines import faults

MOST_STAGES = 10


@dataclass(frozen=True)
class Coverage:
    """The chosen regions, best first, and what they cover. `is_proven`: no smaller set exists."""

    regions: tuple[str, ...]
    covered: tuple[int, ...]
    uncovered: tuple[int, ...]
    is_proven: bool


def fewest_covering(
    strengths: Mapping[str, Sequence[float | None]],
    *,
    least: float = 1.0,
    fixed: Sequence[str] = (),
) -> Coverage:
    """The smallest set of regions that is strong at every stage that any region is strong at.

    Method    exact: breadth first over the 2**stages sets of covered stages. A region strong at
              no stage beyond those of another is not needed, and of regions strong at the same
              stages the one with the largest sum of strengths there stands for all; of the
              smallest sets that remain, the one with the largest such sum is given. A region
              counts as strong at a stage where its strength is at least `least`.
    Takes     strengths: region → one value a stage (such as location quotients), None = not known;
              fixed: regions that are in the set whatever it costs
    Gives     Coverage; `uncovered` are stages at which nobody is known to be strong
    Errors    TooFew (no stage), WrongShape (rows of different length, or more than 10 stages)
    Source    set cover, R. Karp (1972); solved exactly since stages are few.

    >>> fewest_covering({"a": [2, 0, 3], "b": [0, 2, 0], "c": [9, 0, 0]}).regions
    ('a', 'b')
    """
    stages = {len(row) for row in strengths.values()}
    if not stages or stages == {0}:
        raise faults.TooFew("A chain needs a stage and a region.")
    if len(stages) > 1 or max(stages) > MOST_STAGES:
        raise faults.WrongShape(f"Every region needs one value a stage, at most {MOST_STAGES}.")
    count = stages.pop()
    masks = {region: _mask(row, least) for region, row in strengths.items()}
    weight = {
        region: sum(value for value in row if value is not None and value >= least)
        for region, row in strengths.items()
    }
    reachable = 0
    for mask in masks.values():
        reachable |= mask
    start = 0
    for region in fixed:
        start |= masks.get(region, 0)
    chosen = _fewest(masks, weight, start, reachable)
    regions = (*fixed, *sorted(chosen, key=lambda region: -weight[region]))
    return Coverage(
        regions=regions,
        covered=tuple(stage for stage in range(count) if reachable >> stage & 1),
        uncovered=tuple(stage for stage in range(count) if not reachable >> stage & 1),
        is_proven=True,
    )


def _mask(row: Sequence[float | None], least: float) -> int:
    return sum(
        1 << stage for stage, value in enumerate(row) if value is not None and value >= least
    )


def _fewest(
    masks: Mapping[str, int], weight: Mapping[str, float], start: int, goal: int
) -> tuple[str, ...]:
    """Breadth first over covered stages: each round adds a region, the heaviest way is kept."""
    strongest: dict[int, str] = {}
    for region in sorted(masks, key=lambda region: (-weight[region], region)):
        strongest.setdefault(masks[region] & goal & ~start, region)
    best = {
        mask: region
        for mask, region in strongest.items()
        if not any(mask != other and mask & ~other == 0 for other in strongest)
    }
    reached: dict[int, tuple[float, tuple[str, ...]]] = {start: (0.0, ())}
    while goal & ~max(reached, key=lambda mask: (mask & goal).bit_count()):
        further: dict[int, tuple[float, tuple[str, ...]]] = {}
        for mask, (total, chosen) in reached.items():
            for adds, region in best.items():
                union = mask | adds
                if union == mask:
                    continue
                found = (total + weight[region], (*chosen, region))
                if union not in further or found[0] > further[union][0]:
                    further[union] = found
        reached = further
    return max(
        (found for mask, found in reached.items() if not goal & ~mask), key=lambda found: found[0]
    )[1]
