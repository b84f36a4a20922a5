import ibis

from hanse.engines.regional.reference import country_reference, europe_reference


def area(rows):
    names = ("region", "country", "level", "sector", "section", "is_section", "year", "persons")
    return ibis.memtable(
        {name: [row[place] for row in rows] for place, name in enumerate(names)},
        schema=dict.fromkeys(names, "int64") | {"is_section": "boolean"},
    )


CELLS = [
    # Country 1 publishes section 10 and not 20; its two regions publish both, one keeps 20 secret.
    (1, 1, 0, 10, 10, True, 2014, 1000),
    (1, 1, 0, 20, 20, True, 2014, None),
    (2, 1, 2, 10, 10, True, 2014, 400),
    (2, 1, 2, 20, 20, True, 2014, 70),
    (3, 1, 2, 10, 10, True, 2014, 500),
    (3, 1, 2, 20, 20, True, 2014, None),
    # Country 5 has no regional figures: it takes no part.
    (5, 5, 0, 10, 10, True, 2014, 9999),
    (5, 5, 0, 20, 20, True, 2014, 9999),
    # Country 7 takes part with both.
    (7, 7, 0, 10, 10, True, 2014, 100),
    (7, 7, 0, 20, 20, True, 2014, 30),
    (8, 7, 2, 10, 10, True, 2014, 100),
]


def by_sector(table):
    return {row["sector"]: row for row in table.to_pyarrow().to_pylist()}


def test_country_figures_count_and_not_the_sum_of_known_regions():
    europe = by_sector(europe_reference(area(CELLS), [10, 20]))
    assert europe[10]["reference_persons"] == 1100
    assert europe[10]["reference_bound"] is False


def test_a_suppressed_country_cell_is_the_sum_of_its_regions_and_a_bound():
    europe = by_sector(europe_reference(area(CELLS), [10, 20]))
    assert europe[20]["reference_persons"] == 70 + 30
    assert europe[20]["reference_bound"] is True


def test_total_of_the_area_is_the_sum_of_its_sections():
    europe = by_sector(europe_reference(area(CELLS), [10, 20]))
    assert europe[10]["reference_total"] == 1100 + 100
    assert europe[10]["reference_total_bound"] is True


def test_a_country_without_regional_figures_takes_no_part():
    europe = by_sector(europe_reference(area(CELLS), [10, 20]))
    assert europe[10]["reference_countries"] == 2


def test_each_country_is_an_area_of_its_own():
    countries = country_reference(area(CELLS), [10, 20]).to_pyarrow().to_pylist()
    found = {(row["country"], row["sector"]): row["reference_persons"] for row in countries}
    assert found == {(1, 10): 1000, (1, 20): 70, (7, 10): 100, (7, 20): 30}
