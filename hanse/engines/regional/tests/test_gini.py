import pytest

from hanse.engines.regional.gini import gini


def test_by_hand():
    found = gini({"region": list("abcd"), "value": [20, 50, 20, 10]})
    assert found["gini"].to_pylist() == [0.3]


def test_normalised_one_region_has_everything():
    cells = {"region": list("abcd"), "value": [0, 0, 0, 8]}
    assert gini(cells)["gini"].to_pylist() == [0.75]
    assert gini(cells, normalised=True)["gini"].to_pylist() == [1.0]


def test_the_order_of_weighted_rows_does_not_matter():
    incomes = {"region": list("abc"), "value": [500, 2500, 1500], "weight": [10, 5, 20]}
    turned = {name: column[::-1] for name, column in incomes.items()}
    # sum over pairs of w w' |x - x'| = 2 * (50 * 2000 + 200 * 1000 + 100 * 1000)
    wanted = 2 * 400_000 / (2 * 35 * (5_000 + 12_500 + 30_000))
    assert gini(incomes)["gini"].to_pylist() == pytest.approx([wanted])
    assert gini(turned)["gini"].to_pylist() == pytest.approx([wanted])


def test_a_unit_twice_as_heavy_is_two_units():
    twice = gini({"region": list("abc"), "value": [1, 4, 4]})
    heavy = gini({"region": list("ab"), "value": [1, 4], "weight": [1, 2]})
    assert twice["gini"].to_pylist() == pytest.approx(heavy["gini"].to_pylist())


def test_unknown_weights_leave_a_unit_out():
    found = gini({"region": list("abc"), "value": [1, 1, 9], "weight": [1, 1, None]}).to_pylist()
    assert (found[0]["gini"], found[0]["left_out"]) == (0.0, 1)


def test_all_zero_and_one_region():
    assert gini({"region": list("ab"), "value": [0, 0]})["reason"].to_pylist() == ["sector_empty"]
    alone = gini({"region": ["a"], "value": [3]}, normalised=True)
    assert alone["reason"].to_pylist() == ["single_unit"]
