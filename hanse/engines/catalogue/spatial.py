"""Spatial autocorrelation over a table of regions, with neighbours from pairs or from places.

neighbours   a second table, a row for each region and neighbour (its first two columns, or those
             named region and neighbour), with a column `weight` where neighbours count unlike. A
             pair and its mirror are two pairs; with `mirrored` every pair counts both ways
k            else: the k nearest by the columns x and y
distance     else: all within so far
metric       of both: "planar", or "great_circle" for degrees of longitude and latitude, in km
style        "W" rows sum to 1, "B" binary, "C", "U": as in `hanse.engines.spatial.weights.styled`
A region whose value is not known is left out, also as a neighbour.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hanse.engines import faults, reasons
from hanse.engines.catalogue.rows import Reasons, no_reasons, table_of, warned
from hanse.engines.regional.table import as_ibis
from hanse.engines.relatedness.conventions import one_of
from hanse.engines.spatial.geary import geary
from hanse.engines.spatial.getis_ord import getis_ord
from hanse.engines.spatial.local_g import local_g
from hanse.engines.spatial.local_moran import local_moran
from hanse.engines.spatial.moran import moran
from hanse.engines.spatial.near import GREAT_CIRCLE, PLANAR, distance_band, k_nearest
from hanse.engines.spatial.normal_test import NormalTest
from hanse.engines.spatial.permutation import PermutationTest
from hanse.engines.spatial.weights import Floats, Mask, Weights, from_neighbours

ONE_WAY = "one_way_pairs"  # no pair has its mirror: were they meant to count both ways?
QUADRANTS = np.array([None, "high_high", "low_high", "low_low", "high_low"], dtype=object)
LEAST = 4  # regions, below which a test is not defined


@dataclass(frozen=True, eq=False)
class Regions:
    """Regions in the order of the table, the values that are known, and who is beside whom."""

    labels: NDArray[np.object_]
    known: Mask
    values: Floats
    weights: Weights
    warnings: tuple[str, ...]

    def spread(self, found: Floats) -> Floats:
        """A figure of the known regions for all of them, NaN where the value is not known."""
        whole = np.full(len(self.labels), np.nan)
        whole[self.known] = found
        return whole

    @property
    def reasons(self) -> Reasons:
        """Why nothing can be said of a region."""
        why = no_reasons(len(self.labels))
        why[~self.known] = reasons.NOT_KNOWN
        why[np.flatnonzero(self.known)[self.weights.isolated]] = reasons.NO_NEIGHBOURS
        return why

    @property
    def why_not(self) -> str:
        """Why nothing can be said of all of them together."""
        if self.weights.isolated.all():
            return reasons.NO_NEIGHBOURS
        return reasons.TOO_FEW if len(self.values) < LEAST else reasons.NO_VARIATION


def moran_rows(
    rows: pa.Table,
    *,
    neighbours: Any = None,
    mirrored: bool = False,
    k: int = 0,
    distance: float = 0.0,
    metric: str = PLANAR,
    style: str = "W",
    count: str = "all",
    alternative: str = "two_sided",
    permutations: int = 0,
    seed: int = 0,
) -> pa.Table:
    """Moran's I of the whole table."""
    given = _regions(rows, neighbours, mirrored, k, distance, metric, style)
    found = moran(
        given.values, given.weights, count=count, alternative=alternative,
        permutations=int(permutations), seed=int(seed),
    )  # fmt: skip
    tests = {"": found.randomisation, "_normality": found.normality}
    return _whole(given, "moran", found.i, found.expected, tests, found.permutation)


def geary_rows(
    rows: pa.Table,
    *,
    neighbours: Any = None,
    mirrored: bool = False,
    k: int = 0,
    distance: float = 0.0,
    metric: str = PLANAR,
    style: str = "W",
    count: str = "all",
    alternative: str = "two_sided",
    permutations: int = 0,
    seed: int = 0,
) -> pa.Table:
    """Geary's C of the whole table."""
    given = _regions(rows, neighbours, mirrored, k, distance, metric, style)
    found = geary(
        given.values, given.weights, count=count, alternative=alternative,
        permutations=int(permutations), seed=int(seed),
    )  # fmt: skip
    tests = {"": found.randomisation, "_normality": found.normality}
    return _whole(given, "geary", found.c, found.expected, tests, found.permutation)


def getis_ord_rows(
    rows: pa.Table,
    *,
    neighbours: Any = None,
    mirrored: bool = False,
    k: int = 0,
    distance: float = 0.0,
    metric: str = PLANAR,
    style: str = "B",
    count: str = "all",
    alternative: str = "two_sided",
    permutations: int = 0,
    seed: int = 0,
) -> pa.Table:
    """G of the whole table."""
    given = _regions(rows, neighbours, mirrored, k, distance, metric, style)
    if (given.values < 0).any():
        raise faults.NegativeValue(f"{int((given.values < 0).sum())} rows are below zero.")
    found = getis_ord(
        given.values, given.weights, count=count, alternative=alternative,
        permutations=int(permutations), seed=int(seed),
    )  # fmt: skip
    tests = {"": found.randomisation}
    return _whole(given, "getis_ord", found.g, found.expected, tests, found.permutation)


def local_moran_rows(
    rows: pa.Table,
    *,
    neighbours: Any = None,
    mirrored: bool = False,
    k: int = 0,
    distance: float = 0.0,
    metric: str = PLANAR,
    style: str = "W",
    scaling: str = "n-1",
    permutations: int = 0,
    alternative: str = "folded",
    seed: int = 0,
) -> pa.Table:
    """Local Moran of every region."""
    given = _regions(rows, neighbours, mirrored, k, distance, metric, style)
    found = local_moran(
        given.values, given.weights, scaling=scaling, permutations=int(permutations),
        alternative=alternative, seed=int(seed),
    )  # fmt: skip
    quadrant = no_reasons(len(given.labels))
    quadrant[given.known] = QUADRANTS[found.quadrant]
    columns = {
        "local_moran": given.spread(found.i),
        "expected": given.spread(found.expected),
        "variance": given.spread(found.variance),
        "z": given.spread(found.z),
        "p": given.spread(found.p),
        "quadrant": pa.array(quadrant.tolist(), pa.string()),
    }
    return _local(given, columns, found.p_permutation)


def local_g_rows(
    rows: pa.Table,
    *,
    neighbours: Any = None,
    mirrored: bool = False,
    k: int = 0,
    distance: float = 0.0,
    metric: str = PLANAR,
    style: str = "B",
    star: bool = False,
    permutations: int = 0,
    alternative: str = "folded",
    seed: int = 0,
) -> pa.Table:
    """Local G of every region."""
    given = _regions(rows, neighbours, mirrored, k, distance, metric, style)
    found = local_g(
        given.values, given.weights, star=star, permutations=int(permutations),
        alternative=alternative, seed=int(seed),
    )  # fmt: skip
    columns = {
        "local_g": given.spread(found.g),
        "z": given.spread(found.z),
        "p": given.spread(found.p),
    }
    return _local(given, columns, found.p_permutation)


def _regions(
    rows: pa.Table,
    neighbours: Any,
    mirrored: bool,  # noqa: FBT001 -- handed on
    k: int,
    distance: float,
    metric: str,
    style: str,
) -> Regions:
    one_of("metric", metric, (PLANAR, GREAT_CIRCLE))
    labels = np.array(rows["region"].to_pylist(), dtype=object)
    every = rows["value"].to_numpy()
    known = ~np.isnan(every)
    if not known.any():
        raise faults.NothingGiven("No region has a value that is known.")
    warnings: tuple[str, ...] = ()
    if neighbours is not None:
        weights, warnings = _from_table(labels[known], neighbours, style, mirrored=mirrored)
    elif k or distance:
        x, y = _places(rows, known)
        weights = (
            k_nearest(x, y, int(k), metric=metric, style=style)
            if k
            else distance_band(x, y, distance, metric=metric, style=style)
        )
    else:
        raise faults.NothingGiven(
            "Neighbours are needed: a table of pairs, or columns x and y with k or distance."
        )
    return Regions(labels, known, every[known], weights, warnings)


def _places(rows: pa.Table, known: Mask) -> tuple[Floats, Floats]:
    for name in ("x", "y"):
        if name not in rows.column_names:
            raise faults.MissingColumn(f"k and distance need columns for x and y; {name} is none.")
    return rows["x"].to_numpy()[known], rows["y"].to_numpy()[known]


def _from_table(
    labels: NDArray[np.object_], table: Any, style: str, *, mirrored: bool
) -> tuple[Weights, tuple[str, ...]]:
    """Weights of a table of pairs; pairs of regions that are not in the values do not count."""
    first, second, weight = _pairs(table)
    at = {label: place for place, label in enumerate(labels)}
    found: dict[tuple[int, int], float] = {}
    for one, other, value in zip(first, second, weight, strict=True):
        if one not in at or other not in at:
            continue
        pair = at[one], at[other]
        if pair in found:
            raise faults.DuplicateRows(f"Region {one} has the neighbour {other} twice.")
        found[pair] = value
    if not found:
        raise faults.NothingGiven(
            f"No pair names two regions of the table; pairs name {first[0]}, the table {labels[0]}."
        )
    if mirrored:
        found = {pair[::-1]: value for pair, value in found.items()} | found
    lists: list[list[int]] = [[] for _ in labels]
    values: list[list[float]] = [[] for _ in labels]
    for (one_at, other_at), value in sorted(found.items()):
        lists[one_at].append(other_at)
        values[one_at].append(value)
    one_way = not any(pair[::-1] in found for pair in found)
    return from_neighbours(lists, values, style=style), (ONE_WAY,) if one_way else ()


def _pairs(table: Any) -> tuple[list[Any], list[Any], list[float]]:
    rows = as_ibis(table).to_pyarrow()
    names = rows.column_names
    if {"region", "neighbour"} <= set(names):
        first, second = "region", "neighbour"
    elif len(names) > 1:
        first, second = names[:2]
    else:
        raise faults.MissingColumn(f"Pairs need two columns; there is {', '.join(names)}.")
    if not rows.num_rows:
        raise faults.NothingGiven("The table of neighbours has no rows.")
    weight = [1.0] * rows.num_rows
    if "weight" in names:
        weight = rows["weight"].to_pylist()
        if not all(isinstance(one, int | float) for one in weight):
            raise faults.NotNumeric("Column 'weight' of the neighbours holds more than numbers.")
    return rows[first].to_pylist(), rows[second].to_pylist(), weight


def _whole(
    given: Regions,
    name: str,
    statistic: float,
    expected: float,
    tests: dict[str, NormalTest],
    permutation: PermutationTest | None,
) -> pa.Table:
    columns: dict[str, Any] = {name: [statistic], "expected": [expected]}
    for ending, test in tests.items():
        columns |= {
            f"variance{ending}": [test.variance],
            f"z{ending}": [test.z],
            f"p{ending}": [test.p],
        }
    if permutation is not None:
        columns["p_permutation"] = [permutation.two_sided]
    columns |= {"regions": [len(given.values)], "left_out": [int((~given.known).sum())]}
    return warned(table_of({}, columns, [None], given.why_not), given.warnings)


def _local(given: Regions, columns: dict[str, Any], drawn: Floats | None) -> pa.Table:
    if drawn is not None:
        columns["p_permutation"] = given.spread(drawn)
    keys = {"region": given.labels}
    answer = table_of(keys, columns, given.reasons, given.why_not)
    return warned(answer, given.warnings)
