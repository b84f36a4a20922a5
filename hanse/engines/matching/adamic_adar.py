"""Adamic and Adar: common partners, where a partner that works with everybody counts little."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from hanse.engines.matching.graph import Floats, Graph


def adamic_adar(graph: Graph, organisations: ArrayLike) -> Floats:
    """Strength of the ties over common partners.

    Formula   AA(i, j) = sum over common partners z of 1 / ln k(z);  k partners of an organisation
    Takes     organisations: numbers of q organisations
    Gives     q x n; 0 where there is no common partner. A common partner has two partners at
              least, so that the logarithm is above zero.
    Source    L. A. Adamic, E. Adar (2003) "Friends and neighbors on the Web", Social Networks 25.
    """
    ties = graph.partners
    weight = sparse.diags(1 / np.log(np.maximum(graph.degree, 2)))
    chosen = ties[np.asarray(organisations)]
    return np.asarray((chosen @ weight @ ties).toarray(), dtype=np.float64)
