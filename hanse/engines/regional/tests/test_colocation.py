from hanse.engines.regional.colocation import colocation

FIRMS = {"region": list("XXXYYX"), "sector": list("ABABAB")}


def test_five_of_nine_pairs():
    assert colocation(FIRMS)["colocation"].to_pylist() == [5 / 9]


def test_numbers_of_firms_in_the_place_of_firms():
    counted = {"region": list("XYXY"), "sector": list("AABB"), "value": [2, 1, 2, 1]}
    assert colocation(counted)["colocation"].to_pylist() == [5 / 9]


def test_two_that_never_meet_and_one_that_is_not_there():
    cells = {"region": list("XYX"), "sector": list("ABC"), "value": [1, 1, 0]}
    found = colocation(cells).to_pylist()
    assert [(row["sector"], row["other"], row["colocation"]) for row in found] == [
        ("A", "B", 0.0),
        ("A", "C", None),
        ("B", "C", None),
    ]
    assert found[1]["reason"] == "sector_empty"
