"""Where we knowingly do not follow a peer: one entry each, told in full in docs/differences.md.

Most of these differences lie within the tolerance of the reference cases, which allow for the
peer's rounding. A case that cannot agree is marked with its entry by `hanse observatory replay`.
"""

from collections.abc import Mapping
from typing import Any, Final

DIFFERENCES: Final[dict[str, str]] = {
    "econgeo-rounds-rca": (
        "EconGeo rounds RCA to 2 decimals before it goes on (prody, expy); we round nothing."
    ),
    "econgeo-rounds-outputs": (
        "EconGeo rounds Gini, Hoover, entropy, densities and growth before it returns them."
    ),
    "econgeo-rounds-transition-matrix": (
        "EconGeo rounds the transition matrix to 4 decimals before its eigenvectors (KCI, TCI)."
    ),
    "ecomplexity-threshold-in-floats": (
        "ecomplexity compares a rounded quotient with the threshold, so that one of exactly the "
        "threshold may count as absent; we decide in whole numbers."
    ),
    "ecomplexity-nan-year": (
        "ecomplexity turns a whole year to NaN when one region has no specialisation; we leave "
        "that region out, with its reason."
    ),
    "reat-weighted-theil": (
        "REAT's weighted Theil index is not that of the weighted values; ours is."
    ),
    "reat-weighted-gini-unsorted": (
        "REAT's weighted Gini sorts values without their weights; ours sorts both."
    ),
    "reat-coagglomeration": (
        "REAT's coagglomeration indices exceed 1; ours follow Ellison and Glaeser (1997)."
    ),
    "concentrationmetrics-eg-without-h": (
        "concentrationMetrics leaves the plants' Herfindahl out of Ellison-Glaeser; ours does not."
    ),
    "dbmss-approximates-kd": (
        "dbmss silently approximates Kd from 10,000 points on; ours says which form it computed."
    ),
    "reference-without-values": (
        "The reference holds no values for this case, so that there is nothing to agree with."
    ),
}


def holds_nothing(expected: Any) -> bool:
    """Whether a mapping of results, besides the distances `r`, holds no value at all.

    >>> holds_nothing({"r": [0, 5], "K": []})
    True
    """
    if not isinstance(expected, Mapping):
        return False
    results = [value for name, value in expected.items() if name != "r"]
    return bool(results) and all(isinstance(one, list) and not one for one in results)
