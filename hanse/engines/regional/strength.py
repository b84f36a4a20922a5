"""Strength rating: which tests of a scheme a region passes in a sector."""

from collections.abc import Sequence

import ibis
from ibis.expr.types import BooleanValue, Table


def in_top_share(cells: Table, ranking: str, *, counted: str) -> BooleanValue:
    """Whether the region stands in the top share of the known regions: rank <= cut, ties included.

    A region without a single person employed in the sector passes no such test, even where so few
    regions have any that zeros stand above the cut.
    Unknown where the region has no rank.

    >>> cells = ibis.memtable({"persons": [9, 0], "size_rank": [1, 2], "size_cut": [2, 2]})
    >>> cells.select(p=in_top_share(cells, "size", counted="persons")).p.to_pyarrow().to_pylist()
    [True, False]
    """
    return (cells[f"{ranking}_rank"] <= cells[f"{ranking}_cut"]) & (cells[counted] > 0)


def tests_passed(cells: Table, tests: Sequence[str], *, name: str) -> Table:
    """The number of tests passed (the stars), and how many tests are not known.

    Formula   {name} = number of tests that are met;  {name}_unknown = number that are not known
    Unit      tests, 0 to the number of tests
    Unknown   where no test is known; with some unknown, {name} is what is met so far at least.
    Source    European Cluster Observatory: one star for each of size, specialisation and focus.

    >>> cells = ibis.memtable({"a": [True, None], "b": [True, None]}, schema={
    ...     "a": "boolean", "b": "boolean"})
    >>> tests_passed(cells, ["a", "b"], name="stars").select("stars", "stars_unknown") \\
    ...     .to_pyarrow().to_pylist()
    [{'stars': 2, 'stars_unknown': 0}, {'stars': None, 'stars_unknown': 2}]
    """
    met, unknown = ibis.literal(0), ibis.literal(0)
    for test in tests:
        met = met + ibis.ifelse(cells[test].fill_null(False), 1, 0)
        unknown = unknown + ibis.ifelse(cells[test].isnull(), 1, 0)
    return cells.mutate(
        **{
            name: ibis.ifelse(unknown < len(tests), met, ibis.null("int64")),
            f"{name}_unknown": unknown,
        }
    )
