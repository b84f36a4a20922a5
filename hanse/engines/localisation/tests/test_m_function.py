import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.engines.faults import NothingGiven, TooFew, UnknownConvention
from hanse.engines.localisation.m_envelope import m_envelope
from hanse.engines.localisation.m_function import m_function, simulated_m
from hanse.engines.localisation.neighbour_sums import add_ratios, fill_totals
from hanse.engines.localisation.strips import strips, whole_weights


def by_definition(x, y, is_reference, is_neighbour, weights, r):
    total, of_type = weights.sum(), weights[is_neighbour].sum()
    out = []
    for distance in r:
        local = overall = 0.0
        for i in np.flatnonzero(is_reference):
            near = (x - x[i]) ** 2 + (y - y[i]) ** 2 <= distance * distance
            near[i] = False
            if weights[near].sum() > 0:
                own = weights[i] if is_neighbour[i] else 0
                local += weights[near & is_neighbour].sum() / weights[near].sum()
                overall += (of_type - own) / (total - weights[i])
        out.append(local / overall if overall else np.nan)
    return np.array(out)


@st.composite
def patterns(draw):
    size = draw(st.integers(4, 60))
    grid = st.lists(st.integers(0, 12), min_size=size, max_size=size)
    x, y = np.array(draw(grid), float), np.array(draw(grid), float)
    weights = np.array(draw(st.lists(st.integers(1, 9), min_size=size, max_size=size)), float)
    types = np.array(draw(st.lists(st.integers(0, 2), min_size=size - 2, max_size=size - 2)))
    return x, y, np.concatenate([[0, 1], types]), weights


@settings(max_examples=60, deadline=None)
@given(patterns(), st.integers(0, 1))
def test_definition_with_coincident_points_and_ties(pattern, neighbour):
    x, y, types, weights = pattern
    r = np.array([0.0, 1, 2, 5, 8, 20])
    found = m_function(x, y, types, r, 0, neighbour, weights=weights)
    wanted = by_definition(x, y, types == 0, types == neighbour, weights, r)
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_many_points_and_long_blocks():
    """Positions are taken in blocks: whole, and cut where their runs fill the room."""
    chance = np.random.default_rng(14)
    size = 6000
    x, y = chance.random((2, size))
    types, weights = chance.random(size) < 0.05, chance.integers(1, 99, size).astype(float)
    r = np.linspace(0.01, 0.7, 70)
    found = m_function(x, y, types, r, True, weights=weights)
    wanted = by_definition(x, y, types, types, weights, r[::23])
    np.testing.assert_allclose(found[::23], wanted, rtol=1e-12)
    made = strips(x, y)
    whole = whole_weights(weights)[made.order]
    totals = np.empty((1, size + 1, 2), np.int64)
    fill_totals(totals, whole * types[made.order], whole, 0)
    sums = np.zeros((1, 70, 2))
    everyone = np.arange(size, dtype=np.int32)[np.newaxis]
    for places in (everyone, np.flatnonzero(types[made.order]).astype(np.int32)[np.newaxis]):
        sums[:] = 0
        add_ratios(0, size, made.x, made.y, made.starts, made.box, r * r, totals, places, sums)
        assert (sums[0, :, 1] > 0).all()
    np.testing.assert_allclose(sums[0, :, 0] / sums[0, :, 1], found, rtol=1e-12)


@settings(max_examples=15, deadline=None)
@given(patterns(), st.randoms())
def test_order_and_place_of_points_do_not_matter(pattern, random):
    x, y, types, weights = pattern
    order = list(range(x.size))
    random.shuffle(order)
    r = [1, 2, 3, 9]
    how = {"null": "random_location", "simulations": 5, "seed": 4}
    here = simulated_m(x, y, types, r, 0, weights=weights, **how)
    there = simulated_m(
        x[order] + 64, y[order] - 32, types[order], r, 0, weights=weights[order], **how
    )
    np.testing.assert_array_equal(here, there)


@pytest.mark.parametrize("null", ["random_location", "random_labels", "population_independence"])
def test_the_bands_do_not_depend_on_the_number_of_threads(null):
    chance = np.random.default_rng(5)
    x, y = chance.random((2, 300))
    types, weights = chance.integers(0, 4, 300), chance.lognormal(size=300)
    r = [0.1, 0.2, 0.7]
    made = [
        m_envelope(x, y, types, r, 1, 2, weights=weights, null=null, threads=threads, keep=True)
        for threads in (1, 2, 5)
    ]
    curves = {envelope.curves.tobytes() for envelope in made}
    assert len(curves) == 1


def test_chance_alone_has_a_mean_of_one():
    chance = np.random.default_rng(6)
    x, y = chance.random((2, 400))
    types, weights = chance.integers(0, 4, 400), chance.integers(1, 50, 400)
    how = {"null": "random_labels", "simulations": 400, "seed": 1}
    curves = simulated_m(x, y, types, [0.2, 0.4], 0, weights=weights, **how)
    np.testing.assert_allclose(curves.mean(axis=0), 1, atol=0.01)


def test_undefined_and_unfit():
    x, types = [0.0, 3, 6], ["a", "b", "a"]
    assert np.isnan(m_function(x, x, types, [1], "a")).all()
    with pytest.raises(NothingGiven):
        m_function(x, x, types, [1], "a", weights=[0, 0, 0])
    with pytest.raises(TooFew, match="'c'"):
        m_function(x, x, types, [1], "c")
    with pytest.raises(UnknownConvention):
        m_function(x, x, types, [1], "a", case_control=True)
    # One point: nothing around it. One reference point only: no other of its type anywhere.
    assert np.isnan(m_function([1], [1], ["a"], [5], "a")).all()
    assert np.isnan(m_function(x, x, ["a", "b", "b"], [5], "a")).all()
