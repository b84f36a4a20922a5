import numpy as np
import pytest

from hanse.engines.faults import UnknownConvention, WrongShape
from hanse.engines.relatedness import inputs
from hanse.engines.relatedness.complexity import economic_complexity, pci_by_eci_spread
from hanse.engines.relatedness.density import relatedness_density
from hanse.engines.relatedness.location_quotient import location_quotients
from hanse.engines.relatedness.outlook import complexity_outlook
from hanse.engines.relatedness.presence import presence
from hanse.engines.relatedness.product_space import product_space
from hanse.engines.relatedness.proximity import proximity


def counted(seed=1):
    """Counts with an empty region, an empty sector and a region apart from the others."""
    x = np.random.default_rng(seed).poisson(0.8, (30, 20)) * 7
    x[3] = x[:, 5] = 0
    x[4], x[:, 6] = 0, 0
    x[4, 6] = 9
    return x


@pytest.mark.parametrize("like", [None, "economiccomplexity", "ecomplexity"])
@pytest.mark.parametrize("block", [inputs.BLOCK, 64])
def test_the_same_numbers_as_the_single_methods(like, block, monkeypatch):
    monkeypatch.setattr(inputs, "BLOCK", block)
    monkeypatch.setattr("hanse.engines.relatedness.product_space.BLOCK", block)
    x = np.vstack([counted(seed) for seed in range(25)] if like is None else [counted()])
    space = product_space(x, like=like)
    present, near = presence(x), proximity(presence(x))
    both = economic_complexity(present, like=like)
    worth = pci_by_eci_spread(both) if like == "ecomplexity" else both.pci
    outlook = complexity_outlook(present, near, worth, like=like)
    for found, expected in (
        (space.presence, present),
        (space.quotients, location_quotients(x)),
        (space.proximity, near),
        (space.density, relatedness_density(present, near)),
        (space.complexity.eci, both.eci),
        (space.outlook, outlook.index),
        (space.gain, outlook.gain),
    ):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def test_blocks_instead_of_matrices():
    x = np.vstack([counted(seed) for seed in range(40)])
    whole, blocks = product_space(x), []
    streamed = product_space(
        x, keep=(), each=lambda block: blocks.append((block.rows, block.gain.copy()))
    )
    assert streamed.density is streamed.gain is streamed.quotients is None
    np.testing.assert_array_equal(np.vstack([gain for _, gain in blocks]), whole.gain)
    np.testing.assert_array_equal(streamed.outlook, whole.outlook)


@pytest.mark.parametrize("name", ["quotients", "density", "gain"])
def test_written_over_its_input(name):
    x = np.vstack([counted(seed) for seed in range(40)]).astype(float)
    whole = product_space(x)
    copy = x.copy()
    space = product_space(copy, keep=("gain",), out={name: copy})
    assert getattr(space, name) is copy
    np.testing.assert_array_equal(copy, getattr(whole, name))
    np.testing.assert_array_equal(space.gain, whole.gain)
    with pytest.raises(WrongShape):
        product_space(x, out={name: np.zeros((2, 2))})


def test_only_known_matrices_are_kept():
    with pytest.raises(UnknownConvention, match="density"):
        product_space([[1]], keep=("everything",))


def test_degenerate_matrices():
    for x in ([[1]], [[1, 2]], [[1], [2]], np.eye(3), [[0, 1], [0, 1]]):
        for like in (None, "ecomplexity", "economiccomplexity"):
            space = product_space(x, like=like)
            assert (
                np.isnan(space.complexity.eci).any() or "split_graph" in space.complexity.warnings
            )
