import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.engines import faults
from hanse.engines.regional.shift_share_analysis import shift_share_analysis

NATION = {
    "sector": [1, 2, 3, 4] * 2,
    "period": [1] * 4 + [2] * 4,
    "value": [400, 150, 150, 400, 440, 210, 135, 480],
}
CELLS = {
    "region": ["j"] * 8,
    "sector": [1, 2, 3, 4] * 2,
    "period": [1] * 4 + [2] * 4,
    "value": [90, 20, 10, 60, 100, 40, 10, 55],
}


def test_dunn_by_hand():
    found = shift_share_analysis(CELLS, reference=NATION).to_pylist()[0]
    assert found["change"] == 25
    assert found["national"] == pytest.approx(27)
    assert found["mix"] == pytest.approx(1)
    assert found["regional"] == pytest.approx(-3)
    assert found["net_shift"] == pytest.approx(-2)


def test_by_sector_the_same_sums():
    each = shift_share_analysis(CELLS, of="cell", reference=NATION)
    whole = shift_share_analysis(CELLS, reference=NATION).to_pylist()[0]
    for part in ("change", "national", "mix", "regional"):
        assert sum(each[part].to_pylist()) == whole[part]


def test_a_sector_that_is_new_in_the_nation_has_a_column_of_its_own():
    cells = {
        "region": ["a", "b", "a", "b", "a"],
        "sector": ["x", "x", "x", "x", "new"],
        "period": [1, 1, 2, 2, 2],
        "value": [10, 30, 12, 28, 7],
    }
    found = shift_share_analysis(cells).to_pylist()
    assert [row["new_in_reference"] for row in found] == [7, 0]
    assert found[0]["change"] == 9
    # the nation grows by 7 / 40, its x not at all
    assert found[0]["national"] == pytest.approx(1.75)
    assert found[0]["mix"] == pytest.approx(-1.75)
    assert found[0]["regional"] == pytest.approx(2)
    factors = shift_share_analysis(cells, form="gerfin").to_pylist()[0]
    product = factors["national"] * factors["mix"] * factors["regional"]
    assert product * factors["new_in_reference"] == pytest.approx(1.9)


def test_a_sector_that_is_new_in_the_region_has_no_rate_of_its_own():
    cells = {
        "region": ["a", "a", "b", "b"] * 2,
        "sector": ["x", "y"] * 4,
        "period": [1] * 4 + [2] * 4,
        "value": [10, 0, 10, 10, 10, 5, 10, 10],
    }
    found = shift_share_analysis(cells, form="esteban").to_pylist()[0]
    assert found["new_in_region"] == 5
    parts = ("national", "mix", "regional", "allocation", "new_in_region", "new_in_reference")
    assert sum(found[part] for part in parts) == found["change"] == 5


def test_an_unknown_cell_is_left_out_of_region_and_nation():
    cells = {
        "region": ["a", "a", "b"] * 2,
        "sector": ["x", "y", "x"] * 2,
        "period": [1] * 3 + [2] * 3,
        "value": [10, None, 10, 20, 99, 10],
    }
    found = shift_share_analysis(cells).to_pylist()
    assert (found[0]["change"], found[0]["national"], found[0]["left_out"]) == (10, 5, 1)
    each = shift_share_analysis(cells, of="cell").to_pylist()[1]
    assert (each["national"], each["regional"], each["reason"]) == (None, None, "not_known")


def test_one_period_an_empty_reference_and_a_region_from_nothing():
    assert shift_share_analysis(CELLS, last=1)["reason"].to_pylist() == ["too_few"]
    empty = {**NATION, "value": [0] * 8}
    for form in ("dunn", "gerfin"):
        found = shift_share_analysis(CELLS, reference=empty, form=form)
        assert found["reason"].to_pylist() == ["reference_empty"]
    nothing = {**CELLS, "value": [0] * 4 + [1] * 4}
    found = shift_share_analysis(nothing, reference=NATION, form="gerfin")
    assert found["reason"].to_pylist() == ["base_zero"]


def test_words_that_are_none():
    for word in ({"form": "arcelus"}, {"of": "country"}, {"periods": "all"}):
        with pytest.raises(faults.UnknownConvention):
            shift_share_analysis(CELLS, **word)
    with pytest.raises(faults.UnknownConvention, match="add up"):
        shift_share_analysis(CELLS, form="gerfin", periods="sum")


COUNTS = st.one_of(
    st.integers(0, 50), st.integers(0, 10**9), st.floats(0, 1e6, allow_subnormal=False)
)


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(COUNTS, min_size=18, max_size=18),
    form=st.sampled_from(["dunn", "esteban"]),
    of=st.sampled_from(["region", "cell"]),
    periods=st.sampled_from(["ends", "each", "sum"]),
)
def test_the_parts_add_up_exactly_to_the_change(values, form, of, periods):
    cells = {
        "region": ["a"] * 9 + ["b"] * 9,
        "sector": ["x", "y", "z"] * 6,
        "period": ([1] * 3 + [2] * 3 + [3] * 3) * 2,
        "value": [float(value) for value in values],
    }
    names = ["national", "mix", "regional", "new_in_reference"]
    names += ["allocation", "new_in_region"] if form == "esteban" else []
    for row in shift_share_analysis(cells, form=form, of=of, periods=periods).to_pylist():
        if row["reason"] is None:
            assert sum(row[name] for name in names) == row["change"]
            assert sum(row[name] for name in reversed(names)) == row["change"]
