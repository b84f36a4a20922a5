"""Method of reflections: diversity and ubiquity, averaged back and forth."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.conventions import ECONGEO, ECONOMICCOMPLEXITY, chosen, one_of
from hanse.engines.relatedness.inputs import Matrix, binary

PRESETS = {ECONGEO: {"scale": "hundred"}, ECONOMICCOMPLEXITY: {"scale": "sample"}}
PLAIN = 2  # EconGeo leaves the first steps as they are


class Reflections(NamedTuple):
    """The values of regions (k_c) and of sectors (k_p) after the same number of steps."""

    regions: Matrix
    sectors: Matrix


def reflections(
    presence: ArrayLike, steps: int, *, scale: str | None = None, like: str | None = None
) -> Reflections:
    """Each step gives a region the average of its sectors' last values, and the other way round.

    Formula   k_c[0] = diversity                     k_p[0] = ubiquity
              k_c[n] = M k_p[n - 1] / k_c[0]         k_p[n] = M' k_c[n - 1] / k_p[0]
    Unit      even steps of regions and odd ones of sectors are in sectors, the others in regions
    Takes     presence: regions x sectors of 0 and 1; steps: 0 and more;
              scale: "none"; "hundred", from step 3 on moved to 0..100 by the smallest and the
              largest value; "sample", mean 0 and standard deviation 1 (n - 1);
              like: "econgeo" (hundred), "economiccomplexity" (sample)
    Gives     the values of regions and of sectors after that many steps
    Unknown   NaN for a region without sectors and a sector without regions; and where values that
              do not differ are to be scaled.
    Errors    WrongShape for steps below zero or values other than 0 and 1; NotFinite, NotNumeric,
              NothingGiven, UnknownConvention.
    Source    Hidalgo and Hausmann (2009) PNAS 106; EconGeo, `morc` (regions), `mort` (sectors).

    >>> reflections([[1, 1], [1, 0]], 1).regions
    array([1.5, 2. ])
    """
    how = chosen({"scale": "none"}, PRESETS, like, {"scale": scale})["scale"]
    one_of("scale", how, ("none", "hundred", "sample"))
    if steps < 0:
        raise WrongShape(f"steps={steps} is below zero")
    present = binary(presence)
    plain = how == "none" or (how == "hundred" and steps <= PLAIN)
    whole = present.astype(np.float64)
    diversity, ubiquity = whole.sum(axis=1), whole.sum(axis=0)
    regions, sectors = diversity, ubiquity
    with np.errstate(invalid="ignore"):
        for _ in range(steps):
            if not plain:
                # An average moves along with its values: scaling on the way keeps the digits that
                # would be lost in ever smaller differences, and changes no result scaled later.
                regions, sectors = _centred(regions, diversity), _centred(sectors, ubiquity)
            regions, sectors = (
                whole @ np.nan_to_num(sectors) / diversity,
                whole.T @ np.nan_to_num(regions) / ubiquity,
            )
    regions = np.where(diversity > 0, regions, np.nan)
    sectors = np.where(ubiquity > 0, sectors, np.nan)
    if plain:
        return Reflections(regions, sectors)
    return Reflections(_scaled(regions, how), _scaled(sectors, how))


def _centred(values: Matrix, size: Matrix) -> Matrix:
    kept = values[size > 0]
    spread = np.ptp(kept) if kept.size else 0.0
    return (values - kept.mean()) / spread if spread > 0 else values


def _scaled(values: Matrix, how: str) -> Matrix:
    kept = values[~np.isnan(values)]
    if kept.size < 2 or np.ptp(kept) == 0:  # noqa: PLR2004 -- no spread
        return np.full(values.shape, np.nan)
    if how == "hundred":
        return np.asarray((values - kept.min()) / np.ptp(kept) * 100)
    return np.asarray((values - kept.mean()) / kept.std(ddof=1))
