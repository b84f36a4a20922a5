import numpy as np
import pytest

from hanse.engines.faults import (
    DuplicateRows,
    NegativeValue,
    NotFinite,
    NothingGiven,
    TooFew,
    UnknownConvention,
    WrongShape,
)
from hanse.engines.spatial.contiguity import contiguity, rings_of
from hanse.engines.spatial.near import distance_band, k_nearest
from hanse.engines.spatial.weights import from_neighbours, styled

CHANCE = np.random.default_rng(1)


def square(x, y):
    return [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]]


def listed(weights):
    return [row.tolist() for row in np.split(weights.neighbours, weights.indptr[1:-1])]


GRID = [square(x, y) for y in range(3) for x in range(3)]


def test_queen_and_rook_on_a_chessboard():
    queen, rook = contiguity(GRID), contiguity(GRID, rule="rook")
    assert listed(queen)[4] == [0, 1, 2, 3, 5, 6, 7, 8]
    assert listed(rook)[4] == [1, 3, 5, 7]
    assert listed(rook)[0] == [1, 3]


def test_islands_holes_and_many_polygons():
    ring = [(0, 0), (9, 0), (9, 9), (0, 9)]
    hole = [(3, 3), (3, 4), (4, 4), (4, 3)]
    filled, lonely = square(3, 3), square(50, 50)
    both = rings_of({"type": "MultiPolygon", "coordinates": [lonely, [[(9, 0), (9, 9), (12, 3)]]]})
    assert rings_of({"type": "Polygon", "coordinates": [ring, hole]})[1].shape == (4, 2)
    found = contiguity([[ring, hole], filled, square(70, 70), both], rule="rook")
    assert listed(found) == [[1, 3], [0], [], [0]]
    assert found.isolated.tolist() == [False, False, True, False]
    assert len(set(found.components.tolist())) == 2
    with pytest.raises(UnknownConvention):
        rings_of({"type": "Point", "coordinates": [0, 0]})


def test_corners_within_the_tolerance_are_the_same():
    near = [square(0, 0), square(1 + 1e-8, 0)]
    assert listed(contiguity(near)) == [[], []]
    assert listed(contiguity(near, tolerance=1e-6)) == [[1], [0]]


def test_styles_sum_to_what_they_say():
    plain = from_neighbours([[1, 2], [0], [0], []])
    assert styled(plain, "W").values.tolist() == [0.5, 0.5, 1, 1]
    assert styled(plain, "C").values.sum() == 3
    assert styled(plain, "U").values.sum() == pytest.approx(1)


def test_distance_band_and_nearest_by_definition():
    x, y = CHANCE.integers(0, 9, (2, 70)).astype(float)
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    np.fill_diagonal(apart, np.inf)
    found = distance_band(x, y, 2)
    assert listed(found) == [np.flatnonzero(row <= 2).tolist() for row in apart]
    wanted = [sorted(np.argsort(row, kind="stable")[:4].tolist()) for row in apart]
    assert listed(k_nearest(x, y, 4)) == wanted


def test_many_units_in_one_place():
    """The nearest are those that come first; memory does not grow with their pairs."""
    found = k_nearest(np.zeros(3000), np.zeros(3000), 2)
    assert listed(found)[:3] == [[1, 2], [0, 2], [0, 1]]
    assert found.neighbours[6:].tolist() == [0, 1] * 2997


def test_great_circles():
    # Brussels, Antwerp, Lisbon, and two points either side of the date line.
    lon, lat = [4.35, 4.40, -9.14, 179.9, -179.9], [50.85, 51.22, 38.72, 0, 0]
    assert listed(distance_band(lon, lat, 50, metric="great_circle")) == [[1], [0], [], [4], [3]]
    assert listed(k_nearest(lon, lat, 1, metric="great_circle"))[2:] == [[0], [4], [3]]


def test_unfit():
    for lists, fault in (
        ([], NothingGiven), ([[1], [2]], WrongShape), ([[0], [0]], WrongShape),
        ([[1, 1], [0]], DuplicateRows),
    ):  # fmt: skip
        with pytest.raises(fault):
            from_neighbours(lists)
    with pytest.raises(NegativeValue):
        from_neighbours([[1], [0]], [[1], [-1]])
    with pytest.raises(NotFinite):
        from_neighbours([[1], [0]], [[1], [np.nan]])
    with pytest.raises(WrongShape):
        from_neighbours([[1], [0]], [[1], [1, 2]])
    with pytest.raises(UnknownConvention):
        from_neighbours([[1], [0]], style="S")
    with pytest.raises(TooFew):
        k_nearest([1], [1], 1)
    with pytest.raises(NotFinite):
        distance_band([1, np.inf], [1, 2], 1)
    with pytest.raises(UnknownConvention):
        distance_band([1], [1], 1, metric="miles")
    with pytest.raises(WrongShape):
        k_nearest([1, 2], [91, 0], 1, metric="great_circle")
    with pytest.raises(NotFinite):
        contiguity([[[(0, 0), (1, np.nan), (1, 1)]]])
    with pytest.raises(UnknownConvention):
        contiguity(GRID, rule="bishop")
    # One unit, and units all in one place.
    assert distance_band([1], [1], 5).isolated.all()
    assert listed(distance_band([1, 1, 1], [2, 2, 2], 0)) == [[1, 2], [0, 2], [0, 1]]
