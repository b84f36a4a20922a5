import math

import pytest

from hanse.engines import faults
from hanse.engines.regional.theil import theil

INCOMES = {
    "region": ["a", "b", "c", "d"],
    "group": ["n", "n", "s", "s"],
    "value": [1.0, 3.0, 2.0, 2.0],
}


def test_by_hand():
    plain = {name: INCOMES[name] for name in ("region", "value")}
    shares = [1 / 8, 3 / 8, 2 / 8, 2 / 8]
    wanted = sum(s * math.log(4 * s) for s in shares)
    assert theil(plain)["theil"].to_pylist() == pytest.approx([wanted])
    wanted = sum(0.25 * math.log(0.25 / s) for s in shares)
    assert theil(plain, form="L")["theil"].to_pylist() == pytest.approx([wanted])


@pytest.mark.parametrize("form", ["T", "L"])
def test_groups_alike_differ_only_within(form):
    found = theil(INCOMES, form=form).to_pylist()[0]
    assert found["between"] == pytest.approx(0, abs=1e-15)
    assert found["between"] + found["within"] == found["theil"]


def test_weights_count_people():
    people = {"region": list("abc"), "value": [1, 4, 4]}
    heavy = {"region": list("ab"), "value": [1, 4], "weight": [1, 2]}
    for form in ("T", "L"):
        wanted = theil(people, form=form)["theil"].to_pylist()
        assert theil(heavy, form=form)["theil"].to_pylist() == pytest.approx(wanted)


def test_a_zero_is_nothing_for_t_and_has_no_l():
    cells = {"region": ["a", "b"], "value": [0, 5]}
    assert theil(cells)["theil"].to_pylist() == pytest.approx([math.log(2)])
    assert theil(cells, form="L")["reason"].to_pylist() == ["zero_value"]


def test_a_region_without_a_group_and_a_form_that_is_none():
    with pytest.raises(faults.MissingKey):
        theil({**INCOMES, "group": ["n", None, "s", "s"]})
    with pytest.raises(faults.UnknownConvention):
        theil(INCOMES, form="H")
