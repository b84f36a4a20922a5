import ibis

from hanse.engines.regional.exact import ratio, whole


def test_products_beyond_sixty_four_bits_are_exact():
    t = ibis.memtable({"x": [3_000_000_000_000]})
    square = t.select(y=whole(t.x) * whole(t.x)).y.to_pyarrow().to_pylist()
    assert int(square[0]) == 9 * 10**24


def test_integers_are_not_divided_to_integers():
    t = ibis.memtable({"x": [1], "y": [2]})
    assert t.select(r=ratio(t.x, t.y)).r.to_pyarrow().to_pylist() == [0.5]
