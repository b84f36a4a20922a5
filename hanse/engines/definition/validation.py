"""Validation scores: are industries nearer to their own group than to the other groups?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import TooFew, WrongShape
from hanse.engines.relatedness.inputs import Matrix, square

Labels = NDArray[np.intp]
HIGH = 95  # percentile


@dataclass(frozen=True)
class Scores:
    """Shares (0..1) of clusters and of industries; see `validation_scores`."""

    cluster_average: float
    cluster_high: float
    industry_average: float
    industry_high: float

    @property
    def cluster(self) -> float:
        """VS-Cluster: the mean of its two versions."""
        return (self.cluster_average + self.cluster_high) / 2

    @property
    def industry(self) -> float:
        """VS-Industry: the mean of its two versions."""
        return (self.industry_average + self.industry_high) / 2

    @property
    def overall(self) -> float:
        """The mean of VS-Cluster and VS-Industry."""
        return (self.cluster + self.industry) / 2


@dataclass(frozen=True, eq=False)
class Relatedness:
    """Average similarities between industries and clusters; see `average_relatedness`."""

    industries: Matrix  # industries x clusters; own cluster without the industry itself
    clusters: Matrix  # clusters x clusters; the diagonal over pairs of different industries


def average_relatedness(labels: ArrayLike, similarity: ArrayLike) -> Relatedness:
    """Within- and between-cluster relatedness (WCR, BCR) of industries and of clusters.

    Formula   industries[i, c] = mean of M[i, j] over j in c, j other than i
              clusters[c, d]   = mean of M[i, j] over i in c, j in d, i other than j
    Takes     labels: 0 ... k - 1 for each industry, -1 for none; similarity: square
    Gives     averages over the pairs whose similarity is defined
    Unknown   NaN without such a pair: the own cluster of an industry that is alone in it.
    Errors    WrongShape where labels do not fit the matrix or skip a number; TooFew clusters
              (fewer than two); NotFinite; NotNumeric; NothingGiven.
    Source    Delgado, Porter and Stern (2016).
    """
    matrix = square(similarity, "the similarity")
    names = checked_labels(labels, len(matrix))
    known = ~np.isnan(matrix)
    np.fill_diagonal(known, False)
    belongs = (names[:, None] == np.arange(names.max() + 1)).astype(np.float64)
    values = np.where(known, matrix, 0.0) @ belongs
    pairs = known @ belongs
    with np.errstate(invalid="ignore", divide="ignore"):
        return Relatedness(values / pairs, (belongs.T @ values) / (belongs.T @ pairs))


def validation_scores(labels: ArrayLike, similarity: ArrayLike) -> Scores:
    """Validation scores of a set of clusters by one similarity matrix.

    Formula   VS-Cluster   share of clusters c with WCR[c] > the mean, or > the 95th percentile,
                           of BCR[c, d] over the other clusters d
              VS-Industry  share of industries i with WCR[i] > the mean, or > the 95th percentile,
                           of BCR[i, d] over the other clusters d
              WCR, BCR     of `average_relatedness`
    Unit      shares, 0..1
    Takes     labels and similarity as `average_relatedness`; a matrix other than the one the
              clusters were made from is the harder test
    Gives     the four shares; `overall` is the mean of VS-Cluster and VS-Industry
    Conventions  A cluster of one industry has no WCR and counts as not validated, and so does
              its industry: else splitting everything up would score best. Industries without a
              cluster (-1), or without any similarity, are not counted. Percentiles are
              interpolated linearly. Ties do not count as nearer.
    Source    Delgado, Porter and Stern (2016), section 3. The paper counts in per cent and takes
              BCR of a cluster with every other cluster, as here; how it treats clusters of one
              industry and percentiles between two values it does not say, so that figures can
              differ in single clusters.

    >>> near = [[1, .9, .1, .2], [.9, 1, .2, .1], [.1, .2, 1, .8], [.2, .1, .8, 1]]
    >>> validation_scores([0, 0, 1, 1], near).overall
    1.0
    """
    matrix = square(similarity, "the similarity")
    names = checked_labels(labels, len(matrix))
    averages = average_relatedness(names, matrix)
    counted = (names >= 0) & ~np.isnan(averages.industries).all(axis=1)
    clusters = averages.clusters
    of_clusters = _shares(clusters, np.arange(len(clusters)))
    of_industries = _shares(averages.industries[counted], names[counted])
    return Scores(*of_clusters, *of_industries)


def checked_labels(labels: ArrayLike, industries: int) -> Labels:
    """Labels that fit: whole numbers -1, 0 ... k - 1, none skipped, of two clusters at least."""
    names = np.asarray(labels)
    if names.shape != (industries,) or names.dtype.kind not in "iu":
        raise WrongShape(f"labels of shape {names.shape}, {names.dtype}; industries {industries}")
    used = np.unique(names)
    used = used[used != -1]
    if not np.array_equal(used, np.arange(len(used))):
        raise WrongShape(f"labels are not -1, 0 ... k - 1 but {used.tolist()}")
    if len(used) < 2:  # noqa: PLR2004 -- nothing is between
        raise TooFew("a validation needs two clusters")
    return names.astype(np.intp)


def _shares(averages: Matrix, own: Labels) -> tuple[float, float]:
    """Shares of rows whose value in their own column is above the mean and the 95th percentile."""
    rows = np.arange(len(own))
    within = averages[rows, own]
    between = averages.copy()
    between[rows, own] = np.nan
    told = ~np.isnan(between).all(axis=1)
    mean, high = np.full(len(own), np.nan), np.full(len(own), np.nan)
    mean[told] = np.nanmean(between[told], axis=1)
    high[told] = np.nanpercentile(between[told], HIGH, axis=1)
    with np.errstate(invalid="ignore"):
        return float((within > mean).mean()), float((within > high).mean())
