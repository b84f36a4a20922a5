import ibis
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.engines.regional.gaps import estimates

NAMES = ("region", "sector", "section", "is_section", "year", "persons")


def filled(section, children):
    rows = [(1, 10, 10, True, 2014, section)]
    rows += [(1, 11 + place, 10, False, 2014, value) for place, value in enumerate(children)]
    cells = ibis.memtable(
        {name: [row[place] for row in rows] for place, name in enumerate(NAMES)},
        schema=dict.fromkeys(NAMES, "int64") | {"is_section": "boolean"},
    )
    found = estimates(cells).to_pyarrow().to_pylist()
    return {row["sector"] - 11: row["persons_estimate"] for row in found}


def test_the_rest_of_the_parent_is_split_equally_over_the_missing():
    assert filled(100, [40, None, None, None]) == {1: 20.0, 2: 20.0, 3: 20.0}


def test_nothing_is_estimated_where_the_parent_is_blank():
    assert filled(None, [40, None]) == {}


def test_known_children_that_exceed_their_parent_leave_nothing_and_not_less():
    assert filled(100, [140, None]) == {1: 0.0}


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**7),
    st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=12),
)
def test_known_cells_are_left_alone_and_estimates_fill_the_parent(parent, children):
    found = filled(parent, children)
    blank = {place for place, value in enumerate(children) if value is None}
    assert set(found) == blank
    known = sum(value for value in children if value is not None)
    if blank:
        assert abs(sum(found.values()) - max(0, parent - known)) < 1e-6 * max(1, parent)
    assert all(value >= 0 for value in found.values())
