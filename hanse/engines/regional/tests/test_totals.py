import ibis

from hanse.engines.regional.totals import region_totals


def totals(persons, sections=(10, 20)):
    cells = ibis.memtable(
        {
            "region": [1] * 5,
            "sector": [10, 11, 12, 20, 99],
            "section": [10, 10, 10, 20, None],
            "is_section": [True, False, False, True, False],
            "year": [2014] * 5,
            "persons": persons,
        },
        schema={
            "region": "int64",
            "sector": "int64",
            "section": "int64",
            "is_section": "boolean",
            "year": "int64",
            "persons": "int64",
        },
    )
    (row,) = region_totals(cells, list(sections)).to_pyarrow().to_pylist()
    return row["total"], row["total_bound"]


def test_published_sections_are_summed_and_divisions_not_counted_twice():
    assert totals([100, 60, 30, 50, 7]) == (150, False)


def test_a_section_not_published_is_the_sum_of_its_published_divisions_and_a_bound():
    assert totals([None, 60, 30, 50, 7]) == (140, True)


def test_a_division_outside_the_sections_does_not_count():
    assert totals([100, None, None, 50, 7000]) == (150, False)


def test_a_region_without_any_figure_has_no_total():
    assert totals([None] * 5) == (None, None)
