"""What must hold of any table: hypothesis looks for one where it does not."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hanse.engines import regional

COUNTS = st.integers(0, 10**9)
quickly = settings(max_examples=20, deadline=None)


def matrix(values, columns=4):
    rows = len(values) // columns
    return {
        "region": [f"r{row}" for row in range(rows) for _ in range(columns)],
        "sector": [f"s{column}" for _ in range(rows) for column in range(columns)],
        "value": [float(value) for value in values],
    }


matrices = st.lists(COUNTS, min_size=12, max_size=12).map(matrix)


@quickly
@given(cells=matrices, factor=st.sampled_from([2.0, 0.25, 1024.0]))
def test_a_quotient_does_not_depend_on_the_unit(cells, factor):
    larger = {**cells, "value": [value * factor for value in cells["value"]]}
    assert regional.location_quotient(larger).select(["location_quotient"]) == (
        regional.location_quotient(cells).select(["location_quotient"])
    )


@quickly
@given(cells=matrices)
def test_presence_is_decided_as_in_whole_numbers(cells):
    found = regional.location_quotient(cells).to_pylist()
    value = {(row["region"], row["sector"]): 0 for row in found}
    value |= {
        (region, sector): int(one)
        for region, sector, one in zip(
            cells["region"], cells["sector"], cells["value"], strict=True
        )
    }
    whole = sum(value.values())
    for row in found:
        r = sum(one for (region, _), one in value.items() if region == row["region"])
        s = sum(one for (_, sector), one in value.items() if sector == row["sector"])
        x = value[row["region"], row["sector"]]
        assert row["present"] == (int(x * whole >= r * s) if r and s else None)


@quickly
@given(
    values=st.lists(st.floats(1e-3, 1e6), min_size=6, max_size=6),
    weights=st.lists(st.floats(1e-3, 1e6), min_size=6, max_size=6),
    groups=st.lists(st.sampled_from("xyz"), min_size=6, max_size=6),
    form=st.sampled_from(["T", "L"]),
)
def test_theil_within_and_between_add_up_to_the_index_without_groups(values, weights, groups, form):
    rows = {"region": list(range(6)), "value": values, "weight": weights}
    whole = regional.theil(rows, form=form)["theil"][0].as_py()
    parts = regional.theil({**rows, "group": groups}, form=form).to_pylist()[0]
    assert parts["within"] + parts["between"] == parts["theil"]
    assert parts["theil"] == pytest.approx(whole, rel=1e-9, abs=1e-12)
    assert parts["within"] >= -1e-12
    assert parts["between"] >= -1e-12


@quickly
@given(cells=matrices, of=st.sampled_from(["region", "sector"]))
def test_every_index_stays_within_its_bounds(cells, of):
    units = 4 if of == "region" else 3
    bounds = {
        "herfindahl": (1 / units, 1),
        "gini": (0, 1 - 1 / units),
        "locational_gini": (0, 1),
        "hoover": (0, 1),
        "coulter": (0, 1),
        "krugman": (0, 2),
        "hachman": (0, 1),
        "theil": (0, 1.4),
        "atkinson": (0, 1),
    }
    for name, (least, most) in bounds.items():
        for value in getattr(regional, name)(cells, of=of)[name].to_pylist():
            assert value is None or least - 1e-12 <= value <= most + 1e-12


@quickly
@given(cells=matrices, seed=st.randoms())
def test_the_order_of_the_rows_does_not_matter(cells, seed):
    order = list(range(12))
    seed.shuffle(order)
    shuffled = {name: [column[at] for at in order] for name, column in cells.items()}
    for name in ("gini", "locational_gini", "krugman", "location_quotient"):
        method = getattr(regional, name)
        one, two = (method(table)[name].to_pylist() for table in (cells, shuffled))
        assert [v is None for v in one] == [v is None for v in two]
        known = [(a, b) for a, b in zip(one, two, strict=True) if a is not None]
        assert [a for a, _ in known] == pytest.approx([b for _, b in known], abs=1e-12)


@quickly
@given(cells=matrices)
def test_the_mean_distance_to_each_is_the_mean_of_the_pairs(cells):
    each = regional.krugman(cells, against="each").to_pylist()
    assume(all(row["krugman"] is not None for row in each))
    pairs = regional.krugman_pairs(cells).to_pylist()
    for row in each:
        mine = [p["krugman"] for p in pairs if row["region"] in (p["region"], p["other"])]
        assert row["krugman"] == pytest.approx(sum(mine) / len(mine), abs=1e-9)
