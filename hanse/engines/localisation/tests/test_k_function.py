import numpy as np
import pytest

from hanse.engines.faults import TooFew, Unfit, UnknownConvention
from hanse.engines.localisation.d_function import d_function
from hanse.engines.localisation.edge_corrections import isotropic_weight, translate_weight
from hanse.engines.localisation.k_function import CORRECTIONS, k_function
from hanse.engines.localisation.l_function import l_function
from hanse.engines.localisation.simulated import curve_envelope
from hanse.engines.localisation.window import is_inside, polygon, rectangle

CHANCE = np.random.default_rng(10)
SQUARE = rectangle((0, 1), (0, 1))
# An L with a hole: neither convex nor in one piece of border.
SHAPE = polygon(
    [(0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4)], [(0.5, 0.5), (1.5, 0.5), (1, 1.5)]
)


def inside(x, y):
    return np.array([is_inside(a, b, SHAPE.edges) for a, b in zip(x, y, strict=True)])


def test_area_of_a_window_with_a_hole():
    assert SHAPE.area == pytest.approx(12 - 0.5)


def test_translate_weight_is_area_over_overlap():
    x, y = CHANCE.random((2, 200_000)) * 4
    within = inside(x, y)
    for dx, dy in ((0.3, 0.2), (-1, 0.5), (0.7, -1.1)):
        overlap = (within & inside(x + dx, y + dy)).mean() * 16
        found = SHAPE.area / translate_weight(dx, dy, SHAPE.edges, SHAPE.area)
        assert found == pytest.approx(overlap, rel=0.02)


def test_isotropic_weight_is_one_over_the_share_of_the_circle():
    turns = np.linspace(0, 2 * np.pi, 200_001)[:-1]
    for x, y, radius in ((0.2, 0.2, 0.5), (1.9, 1.9, 0.6), (3.5, 1, 2.5), (1, 3, 0.1)):
        share = inside(x + radius * np.cos(turns), y + radius * np.sin(turns)).mean()
        assert isotropic_weight(x, y, radius, SHAPE.edges) == pytest.approx(1 / share, rel=1e-4)


@pytest.mark.parametrize("correction", CORRECTIONS[1:])
def test_chance_alone_gives_circles(correction):
    r = np.array([0.05, 0.1, 0.2])
    found = [
        k_function(x, y, [0] * 200, r, SQUARE, correction=correction)
        for x, y in np.random.default_rng(13).random((40, 2, 200))
    ]
    np.testing.assert_allclose(np.mean(found, axis=0), np.pi * r**2, rtol=0.04)


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_turning_the_world_changes_nothing(correction):
    x, y = CHANCE.random((2, 60)) * 2
    types = [0] * 20 + [1] * 40
    corners = np.array([(0, 0), (2, 0), (2, 2), (0, 2)])
    turn = np.array([[0.6, 0.8], [-0.8, 0.6]])
    there = np.column_stack([x, y]) @ turn + 5
    for neighbour in (0, 1):
        how = {"correction": correction}
        here = k_function(x, y, types, [0.3, 0.5], polygon(corners), 0, neighbour, **how)
        again = k_function(
            *there.T, types, [0.3, 0.5], polygon(corners @ turn + 5), 0, neighbour, **how
        )
        np.testing.assert_allclose(here, again, rtol=1e-9)


def test_l_and_d():
    x, y = CHANCE.random((2, 90))
    types = np.array(["case"] * 30 + ["control"] * 60)
    k = [k_function(x, y, types, [0.1, 0.2], SQUARE, name) for name in ("case", "control")]
    np.testing.assert_array_equal(d_function(x, y, types, [0.1, 0.2], SQUARE, "case"), k[0] - k[1])
    np.testing.assert_allclose(l_function([0.1, 0.2], k[0]) ** 2 * np.pi, k[0])
    assert l_function([1], [np.pi], minus_r=True)[0] == 0


def test_envelope_of_uniform_positions():
    x, y = CHANCE.random((2, 50)) * 0.2
    r = np.array([0.05, 0.1])
    found = curve_envelope(
        lambda x, y, types, _: k_function(x, y, types, r, SQUARE, correction="translate"),
        x, y, [0] * 50, r, 0, null="random_position", window=SQUARE, simulations=39, test=True,
    )  # fmt: skip
    assert (found.observed > found.high).all()
    assert found.p == 1 / 40


def test_unfit():
    with pytest.raises(Unfit, match="point 1"):
        k_function([0.5, 2], [0.5, 0.5], [0, 0], [0.1], SQUARE)
    with pytest.raises(TooFew):
        k_function([0.5], [0.5], [0], [0.1], SQUARE)
    with pytest.raises(UnknownConvention, match="isotropic"):
        k_function([0.5, 0.6], [0.5, 0.5], [0, 0], [0.1], SQUARE, correction="periodic")
    assert np.isnan(k_function([0.1, 0.2], [0.5, 0.5], [0, 0], [0.3], SQUARE, correction="border"))
    # All points in one place.
    assert k_function([0.5] * 3, [0.5] * 3, [0] * 3, [0, 0.1], SQUARE).tolist() == [1, 1]
    with pytest.raises(Unfit):
        polygon([(0, 0), (1, 1), (2, 2)])
