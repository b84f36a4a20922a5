"""Relatedness and complexity of a release: product space, densities, rankings with uncertainty."""

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hanse.observatory.actions.structure.mixes import Mix

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

DRAWS = 80
IMPUTATIONS = 20
HALF = 0.5
STEPS = 200
SEED = 2018
BAND = (0.05, 0.95)


def related_tables(
    all_mixes: Sequence[Mix], income: Mapping[tuple[str, int], float]
) -> dict[str, "pa.Table"]:
    """`proximities` (sector x other x year), `densities` (region x sector x year), `complexity`.

    income    GDP per head of a region in a year. An eigenvector has no sign of its own: the end
              where incomes are higher is called complex. With the sectors of regions of one
              continent, diversity, which decides between countries, hardly says anything.
    """
    import pyarrow as pa

    proximities: list[pa.Table] = []
    densities: list[pa.Table] = []
    rankings: list[pa.Table] = []
    for mix in all_mixes:
        towards = [income.get((code, mix.year)) for code in mix.regions]
        near, dense, ranked = _of_year(mix, towards)
        proximities.append(near)
        densities.append(dense)
        rankings.append(ranked)
    return {
        "proximities": pa.concat_tables(proximities).sort_by(
            [("sector", "ascending"), ("year", "ascending"), ("other", "ascending")]
        ),
        "densities": pa.concat_tables(densities).sort_by(
            [("region", "ascending"), ("year", "ascending"), ("sector", "ascending")]
        ),
        "complexity": pa.concat_tables(rankings),
        "sector_places": _places(all_mixes),
    }


def _places(all_mixes: Sequence[Mix]) -> "pa.Table":
    """Where sectors stand on a map on which near means related: one map for all years.

    Stress majorisation (SMACOF) of the distances 1 - mean proximity over the years, from classical
    scaling; a square from 0 to 1, to three decimals, mining above. The places carry no figure.
    """
    import numpy as np
    import pyarrow as pa

    from hanse.engines.relatedness.proximity import proximity

    near = np.nanmean([np.nan_to_num(proximity(mix.present)) for mix in all_mixes], axis=0)
    apart = (1 - near) ** 2
    np.fill_diagonal(apart, 0)
    count = len(apart)
    centred = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-centred @ apart**2 @ centred / 2)
    points = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    points *= np.where(points[0] < 0, -1, 1)
    for _ in range(STEPS):
        between = np.linalg.norm(points[:, None] - points[None], axis=2)
        pull = -np.divide(apart, between, out=np.zeros_like(apart), where=between > 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = pull @ points / count
    low, high = points.min(axis=0), points.max(axis=0)
    placed = ((points - low) / np.where(high > low, high - low, 1)).round(3)
    divisions = all_mixes[0].divisions
    return pa.table({"sector": divisions, "x": placed[:, 0], "y": placed[:, 1]})


def _of_year(
    mix: Mix, towards: Sequence[float | None]
) -> tuple["pa.Table", "pa.Table", "pa.Table"]:
    import numpy as np

    from hanse.engines.relatedness.co_occurrence import co_occurrences
    from hanse.engines.relatedness.density import relatedness_density
    from hanse.engines.relatedness.outlook import complexity_outlook
    from hanse.engines.relatedness.proximity import proximity

    present = mix.present
    near = proximity(present)
    density = relatedness_density(present, near, own=False)
    eci, pci = _index(mix, np.array(towards, dtype=np.float64))
    outlook = complexity_outlook(present, near, pci)
    regions, sectors = len(mix.regions), len(mix.divisions)
    pairs = _table(
        mix.year,
        sector=np.repeat(mix.divisions, sectors),
        other=np.tile(mix.divisions, sectors),
        proximity=near.ravel(),
        together=co_occurrences(present).astype(np.int32).ravel(),
    )
    apart = pairs["sector"].to_numpy(zero_copy_only=False) != pairs["other"].to_numpy(
        zero_copy_only=False
    )
    cells = _table(
        mix.year,
        region=np.repeat(mix.regions, sectors),
        sector=np.tile(mix.divisions, regions),
        present=present.ravel(),
        is_published=mix.known.ravel(),
        density=density.ravel(),
        gain=outlook.gain.ravel(),
    )
    low, high = _rank_bands(mix, eci)
    rankings = _table(
        mix.year,
        kind=np.array(["region"] * regions + ["sector"] * sectors),
        code=np.array([*mix.regions, *mix.divisions]),
        complexity=np.concatenate([eci, pci]),
        rank=np.concatenate([_ranks(eci), _ranks(pci)]),
        rank_low=np.concatenate([low[0], low[1]]),
        rank_high=np.concatenate([high[0], high[1]]),
        count=np.concatenate([present.sum(axis=1), present.sum(axis=0)]).astype(np.int32),
        outlook=np.concatenate([outlook.index, np.full(sectors, np.nan)]),
        unpublished=np.concatenate([(~mix.known).sum(axis=1), (~mix.known).sum(axis=0)]).astype(
            np.int32
        ),
    )
    import pyarrow as pa

    return pairs.filter(pa.array(apart)), cells, rankings


def _index(
    mix: Mix, towards: "NDArray[np.float64]"
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """ECI and PCI, the mean over draws of the cells that are not published.

    A region of which less than half is published has none.
    """
    import numpy as np

    from hanse.engines.relatedness.complexity import economic_complexity

    random = np.random.Generator(np.random.PCG64([SEED, mix.year, 0]))
    first: NDArray[np.float64] | None = None
    eci, pci = np.zeros(mix.present.shape[0]), np.zeros(mix.present.shape[1])
    for _ in range(IMPUTATIONS):
        found = economic_complexity(_drawn(mix, random))
        first = found.eci if first is None else first
        sign = _sign(found.eci, first)
        eci, pci = eci + sign * found.eci / IMPUTATIONS, pci + sign * found.pci / IMPUTATIONS
    sign = _sign(eci, towards)
    eci[mix.known.mean(axis=1) < HALF] = np.nan
    return sign * eci, sign * pci


def _drawn(mix: Mix, random: "np.random.Generator") -> "NDArray[np.bool_]":
    """Presence; a cell that is not published has its sector with the chance of those that are."""
    import numpy as np

    told = mix.known & ~np.isnan(mix.quotients)
    rate = (mix.present & told).sum(axis=0) / np.maximum(told.sum(axis=0), 1)
    drawn: NDArray[np.bool_] = np.where(told, mix.present, random.random(told.shape) < rate)
    return drawn


def _rank_bands(mix: Mix, eci: "NDArray[np.float64]") -> tuple[Any, Any]:
    """Ranks of regions and of sectors that 90 % of the draws keep within.

    A draw takes as many divisions as there are, with replacement, and draws each cell that is not
    published. A sector's rank among those drawn is carried to the scale of all.
    """
    import numpy as np

    from hanse.engines.relatedness.complexity import economic_complexity

    random = np.random.Generator(np.random.PCG64([SEED, mix.year, 1]))
    regions, sectors = mix.present.shape
    ranked = ~np.isnan(eci)
    of_regions = np.full((DRAWS, regions), np.nan)
    of_sectors = np.full((DRAWS, sectors), np.nan)
    for draw in range(DRAWS):
        taken = random.integers(sectors, size=sectors)
        found = economic_complexity(_drawn(mix, random)[:, taken])
        sign = _sign(found.eci, eci)
        of_regions[draw] = _ranks(np.where(ranked, sign * found.eci, np.nan))
        of_all = np.full(sectors, np.nan)
        of_all[taken] = sign * found.pci
        scale = (sectors - 1) / max(np.unique(taken).size - 1, 1)
        of_sectors[draw] = 1 + (_ranks(of_all) - 1) * scale
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
        bands = [
            np.round(np.nanquantile(ranks, BAND, axis=0)) for ranks in (of_regions, of_sectors)
        ]
    return [band[0] for band in bands], [band[1] for band in bands]


def _sign(index: "NDArray[np.float64]", towards: "NDArray[np.float64]") -> int:
    """+1 or -1, so that the index rises with another figure; +1 where that says nothing."""
    import numpy as np

    both = ~np.isnan(index) & ~np.isnan(towards)
    if both.sum() < 3:  # noqa: PLR2004 -- two points always lie on a line
        return 1
    return -1 if np.corrcoef(index[both], towards[both])[0, 1] < 0 else 1


def _ranks(index: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """1 = most complex; the same value, the better rank; NaN stays NaN."""
    import numpy as np

    ranks = np.full(index.shape, np.nan)
    known = ~np.isnan(index)
    ordered = np.sort(-index[known])
    ranks[known] = np.searchsorted(ordered, -index[known]) + 1
    return ranks


def _table(year: int, **columns: Any) -> "pa.Table":
    """Columns with the year; NaN becomes null, ranks whole numbers, codes a dictionary."""
    import numpy as np
    import pyarrow as pa

    rows = len(next(iter(columns.values())))
    made = {"year": pa.array(np.full(rows, year, dtype=np.int16))}
    for name, values in columns.items():
        array = np.asarray(values)
        if array.dtype.kind == "U":
            made[name] = pa.array(array.tolist(), pa.string())
        elif name.startswith("rank"):
            made[name] = pa.array(array, from_pandas=True).cast(pa.int16())
        elif array.dtype.kind == "f":
            made[name] = pa.array(array, from_pandas=True)
        else:
            made[name] = pa.array(array)
    return pa.table(made)
