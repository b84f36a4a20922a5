from hanse.engines.regional.entry_exit import entry_exit

CELLS = {
    "region": ["a", "a", "a", "a"] * 2,
    "sector": ["u", "v", "w", "x"] * 2,
    "period": [1] * 4 + [2] * 4,
    "value": [0, 0, 5, 5, 0, 5, 0, 5],
}


def test_of_all_that_is_counted():
    found = entry_exit(CELLS, threshold=None).to_pylist()
    assert [(row["entry"], row["exit"]) for row in found] == [
        (0, None),
        (1, None),
        (None, 1),
        (None, 0),
    ]
    assert {row["reason"] for row in found} == {None}


def test_of_specialisations():
    cells = {
        "region": list("aabb") * 2,
        "sector": list("xyxy") * 2,
        "period": [1] * 4 + [2] * 4,
        "value": [9, 1, 1, 9, 1, 9, 9, 1],
    }
    found = entry_exit(cells).to_pylist()
    assert [(row["entry"], row["exit"]) for row in found] == [
        (None, 1),
        (1, None),
        (1, None),
        (None, 1),
    ]


def test_what_is_not_known_neither_enters_nor_leaves():
    found = entry_exit({**CELLS, "value": [None, *CELLS["value"][1:]]}, threshold=None).to_pylist()
    assert (found[0]["entry"], found[0]["exit"]) == (None, None)
    assert found[0]["reason"] == "not_known"
    alone = entry_exit(CELLS, threshold=None, last=1)
    assert set(alone["reason"].to_pylist()) == {"too_few"}
