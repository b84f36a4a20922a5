import ibis

from hanse.engines.regional.growth import growth


def test_growth_is_known_only_between_two_known_neighbouring_years():
    cells = ibis.memtable(
        {
            "region": [1] * 5,
            "sector": [2] * 5,
            "year": [2008, 2009, 2011, 2012, 2013],
            "persons": [100, 150, 300, None, 10],
        }
    )
    found = growth(cells).order_by("year").growth.to_pyarrow().to_pylist()
    assert found == [None, 0.5, None, None, None]


def test_growth_from_nobody_is_not_known():
    cells = ibis.memtable(
        {"region": [1] * 2, "sector": [2] * 2, "year": [2013, 2014], "persons": [0, 5]}
    )
    assert growth(cells).order_by("year").growth.to_pyarrow().to_pylist() == [None, None]
