import pytest

from hanse.engines.regional.coagglomeration import coagglomeration
from hanse.engines.regional.coagglomeration_pairs import coagglomeration_pairs

CELLS = {
    "region": ["a", "b", "c"] * 3,
    "sector": ["x"] * 3 + ["y"] * 3 + ["z"] * 3,
    "value": [6, 3, 1, 10, 0, 10, 1, 2, 7],
}


def test_a_group_of_two_is_their_pair():
    two = {name: column[:6] for name, column in CELLS.items()}
    area = {"region": ["a", "b", "c"], "value": [5, 3, 2]}
    group = coagglomeration(two, reference=area)["coagglomeration"].to_pylist()
    pair = coagglomeration_pairs(two, reference=area)["coagglomeration"].to_pylist()
    # by region: 0.1 times 0, 0 times -0.3, -0.1 times 0.3
    assert pair == pytest.approx([-0.03 / 0.62])
    assert group == pytest.approx(pair)


def test_a_group_is_the_weighted_mean_of_its_pairs():
    pairs = coagglomeration_pairs(CELLS)["coagglomeration"].to_pylist()
    weights = [10 * 20, 10 * 10, 20 * 10]
    wanted = sum(w * p for w, p in zip(weights, pairs, strict=True)) / sum(weights)
    assert coagglomeration(CELLS)["coagglomeration"].to_pylist() == pytest.approx([wanted])


def test_plants_of_the_1997_form_cancel():
    """The formula with plants, as published: any split of the cells into plants gives the same."""
    cells = {"region": list("abab"), "sector": list("xxyy"), "value": [8, 2, 3, 7]}
    area = {"region": ["a", "b"], "value": [1, 1]}
    x2, w = 0.5, 0.5
    g = (0.55 - 0.5) ** 2 + (0.45 - 0.5) ** 2
    gs = [2 * 0.3**2, 2 * 0.2**2]
    hs = [0.4, 0.7]
    gammas = [(one - (1 - x2) * h) / ((1 - x2) * (1 - h)) for one, h in zip(gs, hs, strict=True)]
    plants = sum(w**2 * h for h in hs)
    own = sum(c * w**2 * (1 - h) for c, h in zip(gammas, hs, strict=True))
    wanted = (g / (1 - x2) - plants - own) / (1 - 2 * w**2)
    found = coagglomeration(cells, reference=area)["coagglomeration"].to_pylist()
    assert found == pytest.approx([wanted])


def test_groups_and_a_group_of_one():
    cells = {**CELLS, "group": ["g"] * 6 + ["h"] * 3}
    found = coagglomeration(cells).to_pylist()
    assert [row["group"] for row in found] == ["g", "h"]
    assert [row["sectors"] for row in found] == [2, 1]
    assert found[1]["reason"] == "single_unit"
