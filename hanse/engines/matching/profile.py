"""Programme profiles: do two organisations work under the same parts of the programme?"""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.matching.graph import Floats, Graph, inverse


def programme_profiles(graph: Graph) -> Floats:
    """Projects of each organisation by programme part: n x p, a project of two parts half in each.

    Projects of one organisation count as well: they tell what it works on.
    """
    return np.asarray((graph.member @ graph.programme).toarray(), dtype=np.float64)


def profile_directions(graph: Graph) -> Floats:
    """Profiles weighted by how rare each part is, each of length 1 (or 0): n x p.

    Formula   v(i, p) = f(i, p) ln(n / n(p)), divided by its length;  f projects of i under part p,
              n(p) organisations with a project under p
    Source    K. Sparck Jones (1972) "A statistical interpretation of term specificity".
    """
    profiles = programme_profiles(graph)
    holders = np.maximum((profiles > 0).sum(axis=0), 1)
    weighted = profiles * np.log(graph.size / holders)
    return np.asarray(weighted * inverse(np.linalg.norm(weighted, axis=1))[:, None])


def profile_cosine(graph: Graph, organisations: ArrayLike) -> Floats:
    """Cosine of the angle between programme profiles.

    Unit      0..1; 0 for an organisation without a known programme part
    Takes     organisations: numbers of q organisations
    Gives     q x n
    """
    directions = profile_directions(graph)
    return np.asarray(directions[np.asarray(organisations)] @ directions.T)
