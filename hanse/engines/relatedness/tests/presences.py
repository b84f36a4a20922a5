"""Presence matrices for the tests of this folder."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

PRESENCES = arrays(bool, st.tuples(st.integers(1, 8), st.integers(1, 8)))


def linked(rows: int, columns: int, seed: int = 1, share: float = 0.4) -> np.ndarray:
    """A presence matrix without structure, large enough to be connected."""
    return np.random.default_rng(seed).random((rows, columns)) < share


def shuffled(shape: tuple[int, int], seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return generator.permutation(shape[0]), generator.permutation(shape[1])
