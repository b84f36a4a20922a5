"""Connected parts of the graph of regions and sectors."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

from hanse.engines.relatedness.inputs import Presence, binary

Labels = NDArray[np.intp]


def components(presence: ArrayLike) -> tuple[Labels, Labels]:
    """The connected part that each region and each sector belongs to, the largest first.

    Regions and sectors are the points of the graph, presences its lines. Without a line a point
    belongs to no part.

    Takes     presence: regions x sectors of 0 and 1
    Gives     labels of regions and of sectors: 0 the largest part (most regions, then most
              sectors, then the first region's), 1 the next; -1 a region or sector without presence
    Errors    WrongShape, NotFinite, NotNumeric, NothingGiven.

    >>> components([[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    (array([0, 0, 1]), array([ 0,  0,  1, -1]))
    """
    present = binary(presence)
    regions = np.full(present.shape[0], -1)
    sectors = np.full(present.shape[1], -1)
    if not present.any():
        return regions, sectors
    _spread(present, regions, sectors)
    rest = np.flatnonzero((regions < 0) & present.any(axis=1))
    if rest.size:
        _label(present, rest, regions, sectors)
    return _ordered(regions, sectors)


def _spread(present: Presence, regions: Labels, sectors: Labels) -> None:
    """Label 0 for all that the most diverse region reaches: nearly always everything."""
    new = np.array([int(present.sum(axis=1).argmax())])
    while new.size:
        regions[new] = 0
        reached = np.asarray(present[new].any(axis=0)) & (sectors < 0)
        sectors[reached] = 0
        new = np.flatnonzero(np.asarray(present[:, reached].any(axis=1)) & (regions < 0))


def _label(present: Presence, rest: Labels, regions: Labels, sectors: Labels) -> None:
    """Labels from 1 on for the regions outside the first part."""
    lines = csr_matrix(present[rest])
    bottom = csr_matrix((lines.shape[1], len(rest) + lines.shape[1]), dtype=bool)
    top = csr_matrix(
        (lines.data, lines.indices + len(rest), lines.indptr),
        shape=(len(rest), len(rest) + lines.shape[1]),
    )
    _, labels = connected_components(vstack([top, bottom]), directed=False)
    regions[rest] = labels[: len(rest)] + 1
    here = present[rest].any(axis=0)
    sectors[here] = labels[len(rest) :][here] + 1


def _ordered(regions: Labels, sectors: Labels) -> tuple[Labels, Labels]:
    names = np.unique(regions[regions >= 0])
    first = [int(np.flatnonzero(regions == name)[0]) for name in names]
    size = [int((regions == name).sum()) for name in names]
    width = [int((sectors == name).sum()) for name in names]
    order = np.lexsort((first, [-each for each in width], [-each for each in size]))
    place = np.full(int(names.max()) + 1, -1)
    place[names[order]] = np.arange(len(names))
    return (
        np.where(regions >= 0, place[regions], -1),
        np.where(sectors >= 0, place[sectors], -1),
    )
