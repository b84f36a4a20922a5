"""Regions x industries with clusters planted in them, for the tests of this folder."""

import numpy as np

SIZES = (5, 4, 3, 6)


def planted(regions: int = 60, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Persons employed, and the cluster each industry was planted in."""
    generator = np.random.default_rng(seed)
    truth = np.repeat(np.arange(len(SIZES)), SIZES)
    strength = generator.lognormal(3, 1, (regions, len(SIZES)))
    x = strength[:, truth] * generator.lognormal(0, 0.25, (regions, len(truth)))
    return np.ceil(x), truth
