"""Localisation of a release: at which distances the regions of a sector stand together."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hanse.kit.geometry import project
from hanse.observatory.actions.structure.mixes import Mix

if TYPE_CHECKING:
    import pyarrow as pa

DISTANCES = tuple(range(100, 1050, 50))  # km; regions are too large to say anything below
BANDWIDTH = 60.0  # km, about the distance between the centres of neighbouring regions
SIMULATIONS = 99
ALPHA = 0.05
SEED = 2018
LEAST_REGIONS = 30
WITHIN = (-25.0, 34.0, 45.0, 72.0)  # west, south, east, north: without regions overseas
Places = Mapping[str, tuple[float, float]]


def localisation_tables(all_mixes: Sequence[Mix], regions: "pa.Table") -> dict[str, "pa.Table"]:
    """`localisation`: sector x year x distance, the density of distances with its bands.

    Every region stands at a point inside it, with the sector's persons (`kd_of_places`). Bands: the
    sector's shares are exchanged among regions 99 times, so that a simulated sector follows the
    geography of all employment; local at 0.05 for each distance, global for the whole curve.
    """
    import pyarrow as pa

    places = _places(regions)
    rows: list[dict[str, Any]] = []
    for place, sector in enumerate(all_mixes[0].divisions):
        for mix in all_mixes:
            rows += _curve(mix, place, sector, places)
    kinds = {"sector": pa.string(), "year": pa.int16(), "distance": pa.int16()}
    figures = ("kd", "low", "high", "global_low", "global_high", "p")
    kinds |= dict.fromkeys(figures, pa.float64())
    kinds["regions"] = pa.int16()
    columns = {
        name: pa.array([row[name] for row in rows], kind, from_pandas=True)
        for name, kind in kinds.items()
    }
    return {"localisation": pa.table(columns)}


def _places(regions: "pa.Table") -> Places:
    """Kilometres east and north of a point inside each region of the continent."""
    west, south, east, north = WITHIN
    return {
        row["code"]: project(row["lon"], row["lat"])
        for row in regions.to_pylist()
        if row["lon"] is not None and west <= row["lon"] <= east and south <= row["lat"] <= north
    }


def _curve(mix: Mix, place: int, sector: str, places: Places) -> list[dict[str, Any]]:
    import numpy as np

    from hanse.engines.localisation.kd_of_places import kd_of_places

    known = mix.known[:, place] & np.array([code in places for code in mix.regions])
    rows = np.flatnonzero(known & (mix.total > 0))
    persons = mix.persons[rows, place]
    if len(rows) < LEAST_REGIONS or (persons > 0).sum() < LEAST_REGIONS:
        return []
    at = np.array([places[mix.regions[row]] for row in rows])
    found = kd_of_places(
        at[:, 0],
        at[:, 1],
        persons,
        np.maximum(mix.total[rows], persons),
        DISTANCES,
        h=BANDWIDTH,
        simulations=SIMULATIONS,
        alpha=ALPHA,
        seed=SEED,
        test=True,
    )
    return [
        {
            "sector": sector,
            "year": mix.year,
            "distance": distance,
            "kd": found.observed[step],
            "low": found.low[step],
            "high": found.high[step],
            "global_low": found.global_low[step],
            "global_high": found.global_high[step],
            "p": found.p,
            "regions": len(rows),
        }
        for step, distance in enumerate(DISTANCES)
    ]
