"""The graph of organisations and the projects they were in: who worked with whom, on what, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from hanse.engines import faults

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
Matrix: TypeAlias = sparse.csr_matrix


@dataclass(frozen=True)
class Graph:
    """Organisations and projects by number (position); everything else hangs on these numbers.

    organisations   n codes, ascending      projects   m codes, ascending
    country, kind   n numbers into `countries` and `kinds` (labels, ascending)
    member          n x m, 1 where an organisation was in a project
    started         m days
    programme       m x p shares of each project's programme parts (rows add up to 1, or to 0
                    where nothing is known), labels in `programmes`
    """

    organisations: Ints
    projects: Ints
    countries: tuple[str, ...]
    country: Ints
    kinds: tuple[str, ...]
    kind: Ints
    member: Matrix
    started: Days
    programmes: tuple[str, ...]
    programme: Matrix

    @property
    def size(self) -> int:
        """How many organisations there are."""
        return len(self.organisations)

    @cached_property
    def participants(self) -> Floats:
        """Organisations in each project (m)."""
        return total(self.member, axis=0)

    @cached_property
    def together(self) -> Matrix:
        """`member` of the collaborative projects alone: those of two organisations or more."""
        return self.member[:, self.collaborative].tocsr()

    @cached_property
    def collaborative(self) -> Ints:
        """Numbers of the collaborative projects."""
        return np.flatnonzero(self.participants >= 2)  # noqa: PLR2004  a pair

    @cached_property
    def collaborations(self) -> Floats:
        """Collaborative projects of each organisation (n)."""
        return total(self.together, axis=1)

    @cached_property
    def partners(self) -> Matrix:
        """n x n, 1 where two organisations share a project; nobody is a partner of itself."""
        return binary_without_diagonal(self.together @ self.together.T)

    @cached_property
    def degree(self) -> Floats:
        """Partners of each organisation (n)."""
        return np.asarray(np.diff(self.partners.indptr), dtype=np.float64)

    @cached_property
    def leaving(self) -> Matrix:
        """projects x n: the chance of each collaborative project of an organisation."""
        return (sparse.diags(inverse(self.collaborations)) @ self.together).T.tocsr()

    @cached_property
    def arriving(self) -> Matrix:
        """n x projects: the chance of each member of a collaborative project."""
        return (self.together @ sparse.diags(inverse(total(self.together, axis=0)))).tocsr()

    @cached_property
    def scaled_partners(self) -> Matrix:
        """D^-1/2 A D^-1/2: partners, divided by the root of both degrees."""
        root = sparse.diags(np.sqrt(inverse(self.degree)))
        return (root @ self.partners @ root).tocsr()

    def number(self, organisation: int) -> int:
        """The number of an organisation by its code; MissingKey where it is not in the graph."""
        place = int(np.searchsorted(self.organisations, organisation))
        if place == self.size or self.organisations[place] != organisation:
            raise faults.MissingKey(f"organisation {organisation} is in no project of this graph")
        return place

    def numbers(self, organisations: ArrayLike) -> Ints:
        """Numbers of many organisations, -1 for those that are not in the graph."""
        codes = np.asarray(organisations, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.organisations, codes), self.size - 1)
        return np.where(self.organisations[place] == codes, place, -1)


def graph(
    organisation: ArrayLike,
    project: ArrayLike,
    *,
    country: ArrayLike,
    kind: ArrayLike,
    started: ArrayLike,
    programmes: Mapping[int, str],
) -> Graph:
    """The graph of a list of participations, one row for each organisation in a project.

    Takes     organisation, project: whole numbers; country, kind: words, "" where not known;
              started: the day on which the project started; all of one length.
              programmes: project → its programme parts with ";" between
    Convention  an organisation of several countries or kinds is of the most frequent one, of the
              first in the alphabet where two are as frequent; a row that is given twice counts once
              in the graph
    Errors    NothingGiven (no row), WrongShape (rows of different length), MissingKey (a project
              without a starting day)

    >>> small = graph([1, 2, 2, 3], [7, 7, 8, 8], country=["DE", "FR", "FR", "IT"],
    ...               kind=["PRC"] * 4, started=["2015-01-01"] * 2 + ["2016-01-01"] * 2,
    ...               programmes={7: "LEIT", 8: "LEIT;SC4"})
    >>> small.partners.toarray().astype(int).tolist()
    [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    >>> small.programme.toarray().tolist()
    [[1.0, 0.0], [0.5, 0.5]]
    """
    who, what = np.asarray(organisation, dtype=np.int64), np.asarray(project, dtype=np.int64)
    days = np.asarray(started, dtype="datetime64[D]")
    words = [np.asarray(column, dtype=str) for column in (country, kind)]
    if not who.size:
        raise faults.NothingGiven("No participation: there is no graph.")
    if {len(column) for column in (what, days, *words)} != {len(who)}:
        raise faults.WrongShape("Every participation needs all of its columns.")
    if np.isnat(days).any():
        raise faults.MissingKey("A project has no starting day.")
    organisations, row = np.unique(who, return_inverse=True)
    projects, first, column = np.unique(what, return_index=True, return_inverse=True)
    member = sparse.csr_matrix(
        (np.ones(len(row)), (row, column)), shape=(len(organisations), len(projects))
    )
    member.data[:] = 1
    (countries, home), (kinds, sort) = (most_frequent(row, column) for column in words)
    names, shares = programme_shares(projects, programmes)
    return Graph(
        organisations, projects, countries, home, kinds, sort, member, days[first], names, shares
    )


def before(whole: Graph, day: np.datetime64) -> Graph:
    """The graph as it was before a day: earlier projects and the organisations that were in them.

    Country and kind of an organisation stay those of the whole graph.
    Errors    NothingGiven where nothing started before the day
    """
    projects = np.flatnonzero(whole.started < day)
    member = whole.member[:, projects].tocsr()
    known = np.flatnonzero(np.diff(member.indptr))
    if not known.size:
        raise faults.NothingGiven(f"No project started before {day}.")
    return Graph(
        whole.organisations[known],
        whole.projects[projects],
        whole.countries,
        whole.country[known],
        whole.kinds,
        whole.kind[known],
        member[known].tocsr(),
        whole.started[projects],
        whole.programmes,
        whole.programme[projects].tocsr(),
    )


def most_frequent(row: Ints, words: NDArray[np.str_]) -> tuple[tuple[str, ...], Ints]:
    """Labels in the order of the alphabet, and for each row number the most frequent one's place.

    >>> most_frequent(np.array([0, 0, 1, 1, 1]), np.array(["IT", "FR", "IT", "IT", "DE"]))
    (('DE', 'FR', 'IT'), array([1, 2]))
    """
    labels, code = np.unique(words, return_inverse=True)
    pair, count = np.unique(row * len(labels) + code, return_counts=True)
    who, which = np.divmod(pair, len(labels))
    best = np.lexsort((which, -count, who))
    _, first = np.unique(who[best], return_index=True)
    return tuple(map(str, labels)), which[best][first]


def programme_shares(
    projects: Ints, programmes: Mapping[int, str]
) -> tuple[tuple[str, ...], Matrix]:
    """Programme parts in the order of the alphabet, and their shares in each project."""
    parts = [split_parts(programmes.get(int(code), "")) for code in projects]
    names = sorted({part for one in parts for part in one})
    place = {name: number for number, name in enumerate(names)}
    rows = [number for number, one in enumerate(parts) for _ in one]
    columns = [place[part] for one in parts for part in one]
    shares = [1 / len(one) for one in parts for _ in one]
    return tuple(names), sparse.csr_matrix(
        (shares, (rows, columns)), shape=(len(projects), len(names))
    )


def split_parts(text: str) -> list[str]:
    """The programme parts of a project, each once.

    >>> split_parts("SC4; LEIT;SC4")
    ['LEIT', 'SC4']
    """
    return sorted({part.strip() for part in text.split(";")} - {""})


def binary_without_diagonal(counts: Matrix) -> Matrix:
    """1 where two different rows have something in common."""
    pairs = counts.tocsr()
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    pairs.data[:] = 1
    pairs.sort_indices()
    return pairs


def total(matrix: Matrix, *, axis: int) -> Floats:
    """Sums of the columns (axis=0) or rows (axis=1) as a plain vector."""
    return np.asarray(matrix.sum(axis=axis)).ravel()


def inverse(values: Floats) -> Floats:
    """1 / x, and 0 where x is 0."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)
