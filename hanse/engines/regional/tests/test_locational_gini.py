import pytest

from hanse.engines.regional.locational_gini import locational_gini


def test_both_scales_of_two_regions_with_a_sector_each():
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [10, 0, 0, 10]}
    assert locational_gini(cells)["locational_gini"].to_pylist() == [0.5, 0.5]
    assert locational_gini(cells, like="econgeo")["locational_gini"].to_pylist() == [0.25, 0.25]


def test_quotients_by_hand():
    people = {"region": ["a", "b", "c"], "value": [1, 1, 2]}
    cells = {"region": ["a", "b", "c"], "value": [3, 1, 0]}
    # quotients 3, 1, 0: unweighted Gini (1 * 0 + 3 * 2) / (3 * 4) = 2 / 3 - 1 / 3 * 0 ...
    unweighted = locational_gini(cells, reference=people, weighted=False)
    assert unweighted["locational_gini"].to_pylist() == pytest.approx([(3 * 2) / (3 * 4)])
    # Lorenz points (0.5, 0), (0.75, 0.25), (1, 1): area 0.25 * 0.125 + 0.25 * 0.625
    weighted = locational_gini(cells, reference=people)
    assert weighted["locational_gini"].to_pylist() == pytest.approx([1 - 2 * 0.1875])


def test_a_region_without_people_comes_last_or_does_not_count():
    people = {"region": ["a", "b"], "value": [1, 0]}
    cells = {"region": ["a", "b"], "value": [1, 1]}
    weighted = locational_gini(cells, reference=people)
    assert weighted["locational_gini"].to_pylist() == [0.5]
    unweighted = locational_gini(cells, reference=people, weighted=False)
    assert unweighted["locational_gini"].to_pylist() == [0.0]
