import ibis

from hanse.engines.regional.change import industrial_change

SCHEMA = {
    "region": "int64",
    "sector": "int64",
    "year": "int64",
    "persons": "int64",
    "specialised": "boolean",
}


def change(rows):
    names = list(SCHEMA)
    table = ibis.memtable(
        {name: [row[place] for row in rows] for place, name in enumerate(names)}, schema=SCHEMA
    )
    return industrial_change(table).to_pyarrow().to_pylist()


def test_divisions_known_in_one_year_only_are_left_out():
    (row,) = change([
        (1, 10, 2010, 50, True), (1, 10, 2014, 100, True),
        (1, 11, 2010, 50, False), (1, 11, 2014, 100, True),
        (1, 12, 2010, 900, True), (1, 12, 2014, None, None),
    ])  # fmt: skip
    assert row["divisions_compared"] == 2
    assert row["structural_change"] == 0.0
    assert (row["entries"], row["exits"]) == (1, 0)


def test_an_unknown_quotient_is_neither_entry_nor_exit():
    (row,) = change([(1, 10, 2010, 50, None), (1, 10, 2014, 100, True)])
    assert (row["entries"], row["exits"]) == (0, 0)


def test_every_pair_of_years_is_compared_once():
    rows = change([(1, 10, year, 5, True) for year in (2008, 2009, 2010)])
    assert {(row["start"], row["end"]) for row in rows} == {
        (2008, 2009),
        (2008, 2010),
        (2009, 2010),
    }
