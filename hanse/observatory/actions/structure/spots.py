"""Hot spots of a release: where high values lie among high ones, tested, sector by sector."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hanse.observatory.actions.structure.mixes import Mix

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

PERMUTATIONS = 999
SEED = 2018
RATE = 0.1  # of the regions marked, on average at most so many wrongly
FLOOR = 1 / 16  # quotients below count alike: a doubling down there is a few persons
LEAST_REGIONS = 30  # with fewer known regions nothing is tested
KINDS = {1: "hot", 2: "low_among_high", 3: "cold", 4: "high_among_low"}
COLUMNS = {
    "region": "text", "lq": "figure", "lag": "figure", "local_moran": "figure", "p": "figure",
    "p_adjusted": "figure", "g_star": "figure", "kind": "text", "neighbours": "count",
}  # fmt: skip
Touching = Mapping[str, Sequence[str]]


def spot_tables(all_mixes: Sequence[Mix], touching: Touching) -> dict[str, "pa.Table"]:
    """`hot_spots` (sector x year x region) and `spatial_years` (sector x year).

    Values are doublings of the location quotient (its logarithm to base 2) of published figures:
    quotients themselves are so skewed that a test of them sees little but its largest values. A
    region that is not published is nobody's neighbour; `lag` is the neighbours' mean quotient.
    p is the pseudo p-value of local Moran (conditional permutations, two-sided), p_adjusted that of
    Benjamini and Hochberg over the regions of a sector and year; kind tells what is below `RATE`.
    """
    import pyarrow as pa

    spots: list[pa.Table] = []
    whole: list[dict[str, Any]] = []
    for place, sector in enumerate(all_mixes[0].divisions):
        for mix in all_mixes:
            known = mix.known[:, place]
            if known.sum() < LEAST_REGIONS:
                continue
            local, overall = _of_sector(mix, place, touching)
            about = {"sector": sector, "year": mix.year}
            spots.append(_rows(about, local))
            whole.append({**about, **overall})
    nothing = _rows({"sector": "", "year": 0}, {name: [] for name in COLUMNS})
    return {
        "hot_spots": pa.concat_tables([nothing, *spots]),
        "spatial_years": _whole(whole),
    }


def _of_sector(
    mix: Mix, place: int, touching: Touching
) -> tuple[dict[str, Any], dict[str, float | int]]:
    import numpy as np

    from hanse.engines.spatial.false_discovery import false_discovery
    from hanse.engines.spatial.local_g import local_g
    from hanse.engines.spatial.local_moran import local_moran
    from hanse.engines.spatial.moran import moran
    from hanse.engines.spatial.weights import from_neighbours

    rows = np.flatnonzero(mix.known[:, place] & ~np.isnan(mix.quotients[:, place]))
    codes = [mix.regions[row] for row in rows]
    at = {code: number for number, code in enumerate(codes)}
    lists = [[at[other] for other in touching.get(code, ()) if other in at] for code in codes]
    quotients = mix.quotients[rows, place]
    values = np.log2(np.maximum(quotients, FLOOR))
    weights = from_neighbours(lists, style="W")
    local = local_moran(
        values,
        weights,
        permutations=PERMUTATIONS,
        alternative="two_sided",
        seed=SEED + 100 * place + mix.year,
    )
    pseudo = local.i if local.p_permutation is None else local.p_permutation
    adjusted = false_discovery(pseudo, rate=RATE)
    whole = moran(values, weights, count="connected")
    counts = np.diff(weights.indptr)
    return (
        {
            "region": codes,
            "lq": quotients,
            "lag": np.where(counts > 0, weights.lag(quotients), np.nan),
            "local_moran": local.i,
            "p": pseudo,
            "p_adjusted": adjusted.adjusted,
            "g_star": local_g(values, from_neighbours(lists), star=True).z,
            "kind": _kinds(local.quadrant, adjusted.rejected, counts),
            "neighbours": counts,
        },
        {
            "moran": whole.i,
            "expected": whole.expected,
            "z": whole.randomisation.z,
            "p": whole.randomisation.p,
            "regions": len(codes),
            "isolated": int((counts == 0).sum()),
        },
    )


def _kinds(
    quadrant: "NDArray[np.int64]", rejected: "NDArray[np.bool_]", counts: "NDArray[np.int64]"
) -> list[str]:
    return [
        "no_neighbours" if not count else KINDS.get(int(where), "none") if is_one else "none"
        for where, is_one, count in zip(quadrant, rejected, counts, strict=True)
    ]


def _rows(about: Mapping[str, Any], columns: Mapping[str, Any]) -> "pa.Table":
    import pyarrow as pa

    count = len(columns["region"])
    made = {
        "sector": pa.array([about["sector"]] * count, pa.string()),
        "year": pa.array([about["year"]] * count, pa.int16()),
    }
    kinds = {"text": pa.string(), "figure": pa.float64(), "count": pa.int16()}
    for name, kind in COLUMNS.items():
        made[name] = pa.array(columns[name], kinds[kind], from_pandas=True)
    return pa.table(made)


def _whole(rows: Sequence[Mapping[str, Any]]) -> "pa.Table":
    import pyarrow as pa

    whole = {"sector": pa.string(), "year": pa.int16()}
    counts = dict.fromkeys(("regions", "isolated"), pa.int16())
    figures = dict.fromkeys(("moran", "expected", "z", "p"), pa.float64())
    kinds = {**whole, **figures, **counts}
    return pa.table(
        {
            name: pa.array([row[name] for row in rows], kind, from_pandas=True)
            for name, kind in kinds.items()
        }
    )
