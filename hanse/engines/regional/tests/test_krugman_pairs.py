from hanse.engines.regional.krugman_pairs import krugman_pairs


def test_every_pair_once():
    cells = {
        "region": ["a", "a", "b", "c"],
        "sector": ["x", "y", "x", "y"],
        "value": [10, 10, 20, 60],
    }
    found = krugman_pairs(cells).to_pylist()
    assert [(row["region"], row["other"], row["krugman"]) for row in found] == [
        ("a", "b", 1.0),
        ("a", "c", 1.0),
        ("b", "c", 2.0),
    ]


def test_an_empty_region_is_compared_with_nobody():
    cells = {"region": ["a", "b"], "sector": ["x", "x"], "value": [10, 0]}
    assert krugman_pairs(cells)["reason"].to_pylist() == ["region_empty"]


def test_sectors_over_regions_within_a_year():
    cells = {
        "region": ["a", "b", "a", "b"] * 2,
        "sector": ["x", "x", "y", "y"] * 2,
        "year": [1] * 4 + [2] * 4,
        "value": [1, 1, 1, 3, 1, 0, 0, 1],
    }
    found = krugman_pairs(cells, of="sector", by="year").to_pylist()
    assert [(row["year"], row["sector"], row["other"], row["krugman"]) for row in found] == [
        (1, "x", "y", 0.5),
        (2, "x", "y", 2.0),
    ]
