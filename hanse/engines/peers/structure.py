"""Structural distance between regions: several variables, each on the same scale, weighted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hanse.engines import faults

Vector = NDArray[np.float64]
LEAST_KNOWN = 0.5


@dataclass(frozen=True)
class Part:
    """One variable as seen from one region: how far every region is away, in what unit."""

    distance: Vector
    typical: float

    @classmethod
    def of_values(cls, values: Vector, place: int) -> "Part":
        """Distances |x - x_here| of a scalar variable; `typical` is the mean over all pairs."""
        known = np.sort(values[~np.isnan(values)])
        n = len(known)
        # Mean absolute difference of all pairs, from the sorted values.
        weights = 2 * np.arange(1, n + 1) - n - 1
        typical = 2 * float(weights @ known) / (n * (n - 1)) if n > 1 else np.nan
        return cls(np.abs(values - values[place]), typical)


@dataclass(frozen=True)
class Peers:
    """Distances of all regions from one, and what each variable contributes.

    distance       regions; 1 = as far as two regions are on average; NaN where too little is known
    contributions  variable → regions; squares add up to distance**2
    known          regions; share of the weights whose variable is known for both
    """

    distance: Vector
    contributions: Mapping[str, Vector]
    known: Vector


def structural_peers(parts: Mapping[str, Part], weights: Mapping[str, float]) -> Peers:
    """Distance of every region from one, over several variables.

    Formula   D(a, b) = sqrt( sum over k of w_k (d_k(a, b) / m_k)**2 / sum over k of w_k ), over the
              variables k known for both regions; d_k the distance in variable k, m_k its mean over
              all pairs of regions, w_k its weight
    Unit      1 = as unlike as two regions are on average in every variable
    Takes     parts: variable → Part; weights: variable → weight, 0 or more
    Unknown   NaN where variables with less than half of the weight are known for both
    Errors    NegativeValue, NotFinite (a weight), NothingGiven (all weights zero)
    Source    our own method, in the manner of the structural matching of the JRC and Orkestra
              (M. Navarro et al. 2014, "Regional benchmarking in the smart specialisation process"),
              whose variables and weights are others.

    >>> people = Part.of_values(np.array([1.0, 2.0, 4.0]), 0)
    >>> structural_peers({"people": people}, {"people": 1}).distance.tolist()
    [0.0, 0.5, 1.5]
    """
    weight = {name: float(weights.get(name, 0.0)) for name in parts}
    if not all(np.isfinite(list(weight.values()))):
        raise faults.NotFinite("A weight is not a finite number.")
    if min(weight.values(), default=0.0) < 0:
        raise faults.NegativeValue("A weight is below zero.")
    total = sum(weight.values())
    if not total:
        raise faults.NothingGiven("All weights are zero: nothing would be compared.")
    scaled = {name: part.distance / (part.typical or np.nan) for name, part in parts.items()}
    present = sum(weight[name] * ~np.isnan(one) for name, one in scaled.items())
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = {
            name: weight[name] * np.nan_to_num(one) ** 2 / present for name, one in scaled.items()
        }
    distance = np.sqrt(sum(squares.values()))
    known = np.asarray(present) / total
    return Peers(
        distance=np.where(known >= LEAST_KNOWN, distance, np.nan),
        contributions={name: np.sqrt(one) for name, one in squares.items()},
        known=known,
    )
