"""The graph: who is in it, where from, and what it was before a day."""

import numpy as np
import pytest

from hanse.engines import faults
from hanse.engines.matching import before, graph, new_partners
from hanse.engines.matching.tests.worlds import of_projects


def test_a_project_makes_all_of_its_members_partners_once():
    small = of_projects([[1, 2, 3], [1, 2], [4]])
    assert small.partners.toarray().tolist() == [
        [0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0],
    ]  # fmt: skip
    assert small.collaborations.tolist() == [2, 2, 1, 0]
    assert small.collaborative.tolist() == [0, 1]


def test_the_most_frequent_country_counts_and_the_alphabet_where_two_are_as_frequent():
    rows = {"country": ["FR", "DE", "DE", "IT", "AT"], "kind": ["PRC"] * 5}
    made = graph(
        [1, 1, 1, 2, 2], [1, 2, 3, 1, 2], started=["2015-01-01"] * 5, programmes={}, **rows
    )
    assert [made.countries[place] for place in made.country] == ["DE", "AT"]


def test_a_row_given_twice_counts_once():
    twice = of_projects([[1, 1, 2]])
    assert twice.participants.tolist() == [2]
    assert twice.degree.tolist() == [1, 1]


def test_before_a_day_later_projects_and_newcomers_are_unknown():
    whole = of_projects([[1, 2], [2, 3]], started={0: "2015-12-31", 1: "2016-01-01"})
    earlier = before(whole, np.datetime64("2016-01-01"))
    assert earlier.organisations.tolist() == [1, 2]
    assert earlier.degree.tolist() == [1, 1]
    with pytest.raises(faults.NothingGiven):
        before(whole, np.datetime64("2015-01-01"))


def test_numbers_of_unknown_organisations():
    small = of_projects([[10, 20], [20, 30]])
    assert small.numbers([30, 31, 5, 10]).tolist() == [2, -1, -1, 0]
    assert small.number(20) == 1
    with pytest.raises(faults.MissingKey):
        small.number(31)


def test_new_partners_are_known_organisations_that_had_not_met():
    small = of_projects([[1, 2], [3], [4]])
    later = new_partners(small, [1, 2, 3, 3, 4, 9], [7, 7, 7, 8, 8, 8])
    assert np.argwhere(later.toarray()).tolist() == [[0, 2], [1, 2], [2, 0], [2, 1], [2, 3], [3, 2]]
    # The second project has three members, one of them unknown: it is too large for two.
    few = new_partners(small, [3, 4, 9], [8, 8, 8], most_participants=2)
    assert few.nnz == 0


ROW = {"country": ["DE"], "kind": ["PRC"], "started": ["2015-01-01"], "programmes": {}}


@pytest.mark.parametrize(
    ("organisations", "projects", "other", "fault"),
    [
        ([], [], {"country": [], "kind": [], "started": []}, faults.NothingGiven),
        ([1, 2], [1], {}, faults.WrongShape),
        ([1], [1], {"country": ["DE", "FR"]}, faults.WrongShape),
        ([1], [1], {"started": ["NaT"]}, faults.MissingKey),
    ],
)
def test_rows_that_make_no_graph_are_refused(organisations, projects, other, fault):
    with pytest.raises(fault):
        graph(organisations, projects, **ROW | other)


def test_later_rows_that_fit_nothing_are_refused():
    small = of_projects([[1, 2]])
    with pytest.raises(faults.NothingGiven):
        new_partners(small, [], [])
    with pytest.raises(faults.WrongShape):
        new_partners(small, [1], [1, 2])
