"""Economic complexity: ECI of regions and PCI of sectors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.relatedness.complexity_sign import NOTHING, complexity_sign, direction
from hanse.engines.relatedness.components import components
from hanse.engines.relatedness.conventions import (
    ECOMPLEXITY,
    ECONGEO,
    ECONOMICCOMPLEXITY,
    chosen,
    one_of,
)
from hanse.engines.relatedness.inputs import Matrix, binary
from hanse.engines.relatedness.second_vector import second_vector

OURS = {"scale": "population", "pci_scale": "own", "parts": "largest"}
PRESETS = {
    ECONGEO: {"scale": "population", "pci_scale": "own", "parts": "all"},
    ECONOMICCOMPLEXITY: {"scale": "sample", "pci_scale": "own", "parts": "all"},
    ECOMPLEXITY: {"scale": "population", "pci_scale": "eci", "parts": "all"},
}
NEAR_GAP = 1e-6  # the vector then moves by more than the millionth of a change in the data
NO_GAP = 1e-10  # two eigenvalues that float64 cannot tell apart: any mixture would be a solution

# Codes of `Complexity.warnings`.
SPLIT_GRAPH = "split_graph"  # more than one connected part
NEAR_EQUAL = "near_equal_eigenvalues"  # the second and third eigenvalue are nearly the same
NO_VARIATION = "no_variation"  # all regions have the same sectors: nothing to tell apart
SIGN_UNCERTAIN = "sign_uncertain"  # neither diversity nor ubiquity says which end is complex


@dataclass(frozen=True, eq=False)
class Complexity:
    """ECI, PCI and what they rest on. See `economic_complexity`.

    `eci_vector` and `pci_vector` are the eigenvectors before standardisation, with their sign,
    PCI of length one; `gap` is (second - third) / second eigenvalue.
    """

    eci: Matrix
    pci: Matrix
    eigenvalue: float
    gap: float
    eci_vector: Matrix
    pci_vector: Matrix
    warnings: tuple[str, ...]


def economic_complexity(
    presence: ArrayLike,
    *,
    scale: str | None = None,
    pci_scale: str | None = None,
    parts: str | None = None,
    towards: ArrayLike | None = None,
    like: str | None = None,
) -> Complexity:
    """Economic Complexity Index of regions and Product Complexity Index of sectors.

    Formula   k_c, k_p with k_c = D_c**-1 M k_p and k_p ~ D_p**-1 M' k_c, of the second largest
              eigenvalue; ECI = (k_c - mean) / sd, PCI likewise; the sign such that ECI and
              diversity, or `towards`, correlate positively (see `complexity_sign`)
              D_c  diversity      D_p  ubiquity
    Unit      standard deviations
    Takes     presence: regions x sectors of 0 and 1;
              scale: "population" (n), "sample" (n - 1), "none" for the bare eigenvectors;
              pci_scale: "own", or "eci" for PCI moved and scaled by ECI's mean and deviation;
              parts: "largest" connected part of the graph, or "all" of it: with exactly two parts
              the second vector then tells them apart and nothing else, with more it is arbitrary;
              towards: a number for each region that is known to rise with complexity, such as
              income, NaN where not known. Diversity, the peers' rule, is a matter of the
              classification: with employment by NACE, which parts manufacturing finely, it puts
              old industrial regions at the complex end;
              like: "economiccomplexity" (sample, own, all), "ecomplexity" (population, eci, all),
              "econgeo" (population, own, all; KCI and TCI are compared standardised)
    Gives     a `Complexity`
    Unknown   NaN for regions without a sector, sectors without a region, and what lies outside
              the largest part; all NaN where the second eigenvalue is zero ("no_variation") or
              not to be told from the third.
    Warnings  "split_graph", "near_equal_eigenvalues" (gap below 1e-6), "no_variation",
              "sign_uncertain".
    Errors    WrongShape, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    Hidalgo and Hausmann (2009) PNAS 106; R. Hausmann, C. A. Hidalgo et al. (2014) "The
              Atlas of Economic Complexity", MIT Press.
    Error     float64; about 1e-15 / gap, see `second_vector`.

    >>> economic_complexity([[1, 1, 1], [1, 1, 0], [1, 0, 0], [1, 0, 0]]).eci.round(6)
    array([ 1.414214,  0.471405, -0.942809, -0.942809])
    """
    how = chosen(OURS, PRESETS, like, {"scale": scale, "pci_scale": pci_scale, "parts": parts})
    one_of("scale", how["scale"], ("population", "sample", "none"))
    one_of("pci_scale", how["pci_scale"], ("own", "eci"))
    one_of("parts", how["parts"], ("largest", "all"))
    present = binary(presence)
    rising = direction(towards, present.shape[0])
    of_regions, of_sectors = components(present)
    every = int(of_regions.max()) + 1
    warnings = [SPLIT_GRAPH] if every > 1 else []
    last = 0 if how["parts"] == "largest" else every - 1
    regions = (of_regions >= 0) & (of_regions <= last)
    sectors = (of_sectors >= 0) & (of_sectors <= last)
    eci_vector, pci_vector = np.full(len(regions), np.nan), np.full(len(sectors), np.nan)
    value, gap = np.nan, np.nan
    if last > 0:
        value = gap = 1.0 if last == 1 else 0.0
        if last == 1:  # k_c = k_p = 1 in the smaller part: the second vector for the value 1
            eci_vector[regions] = of_regions[regions] == 1
            pci_vector[sectors] = of_sectors[sectors] == 1
    elif regions.any():
        inner = present if regions.all() and sectors.all() else present[regions][:, sectors]
        found = second_vector(inner) if min(inner.shape) > 1 else None
        value = found.value if found else 0.0
        if found is None or value < NOTHING:
            warnings.append(NO_VARIATION)
        else:
            gap = (value - found.next_value) / value
            warnings += [NEAR_EQUAL] if gap < NEAR_GAP else []
            if gap > NO_GAP:
                eci_vector[regions], pci_vector[sectors] = found.regions, found.sectors
    length = np.sqrt(np.nansum(pci_vector**2))
    if length > 0:
        sign, certain = complexity_sign(present, eci_vector, rising)
        warnings += [] if certain else [SIGN_UNCERTAIN]
        eci_vector *= sign / length
        pci_vector *= sign / length
    eci, pci = _standardised(eci_vector, pci_vector, how["scale"], how["pci_scale"])
    return Complexity(eci, pci, value, gap, eci_vector, pci_vector, tuple(warnings))


def pci_by_eci_spread(complexity: Complexity) -> Matrix:
    """The bare k_p over the standard deviation (n) of k_c: what ecomplexity's COG is made with."""
    _, spread = _moments(complexity.eci_vector, 0)
    return complexity.pci_vector / spread


def _standardised(eci: Matrix, pci: Matrix, scale: str, pci_scale: str) -> tuple[Matrix, Matrix]:
    if scale == "none":
        return eci.copy(), pci.copy()
    freedom = 1 if scale == "sample" else 0
    mean, spread = _moments(eci, freedom)
    other = (mean, spread) if pci_scale == "eci" else _moments(pci, freedom)
    return (eci - mean) / spread, (pci - other[0]) / other[1]


def _moments(values: Matrix, freedom: int) -> tuple[float, float]:
    kept = values[~np.isnan(values)]
    if kept.size < 2:  # noqa: PLR2004 -- one value has no spread
        return np.nan, np.nan
    spread = float(kept.std(ddof=freedom))
    return float(kept.mean()), spread if spread > 0 else np.nan
