"""Z-score of co-occurrence: how far from chance two sectors are found together."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.relatedness.co_occurrence import counted_together
from hanse.engines.relatedness.conventions import ECONGEO, chosen, one_of
from hanse.engines.relatedness.inputs import Matrix, binary

PRESETS = {ECONGEO: {"diagonal": "no_links"}}


def z_scores(
    presence: ArrayLike, *, diagonal: str | None = None, like: str | None = None
) -> Matrix:
    """Co-occurrences against a hypergeometric draw of regions, in standard deviations.

    Formula   Z[i, j] = (C[i, j] - m) / s       m = k[i] k[j] / N
              s**2 = m * (1 - k[i] / N) * (N - k[j]) / (N - 1)
              C  co-occurrences      k  ubiquity      N  regions
    Unit      standard deviations; 0 = by chance
    Takes     presence: regions x sectors of 0 and 1; diagonal: "nan", or "no_links" for C[i, i]
              taken as 0; like: "econgeo" (no_links)
    Gives     a symmetric square matrix, sectors x sectors
    Unknown   NaN for a sector present nowhere or everywhere, and everywhere with one region.
    Errors    WrongShape, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    D. J. Teece, R. Rumelt, G. Dosi and S. Winter (1994) "Understanding corporate
              coherence", Journal of Economic Behavior and Organization 23; EconGeo, `z_score`.

    >>> z_scores([[1, 1], [1, 1], [1, 0], [0, 0]]).round(3)
    array([[nan,  1.],
           [ 1., nan]])
    """
    how = chosen({"diagonal": "nan"}, PRESETS, like, {"diagonal": diagonal})
    one_of("diagonal", how["diagonal"], ("nan", "no_links"))
    present = binary(presence)
    regions = present.shape[0]
    size = present.sum(axis=0, dtype=np.float64)
    pairs = counted_together(present).astype(np.float64)
    np.fill_diagonal(pairs, 0 if how["diagonal"] == "no_links" else np.nan)
    mean = np.outer(size, size) / regions
    spread = mean * np.outer(regions - size, regions - size) / regions / max(regions - 1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 0, (pairs - mean) / np.sqrt(spread), np.nan)
