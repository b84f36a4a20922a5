"""Weights of a choice: odds by hand, samples that stand for many, and what cannot be learned."""

import numpy as np
import pytest

from hanse.engines import faults
from hanse.engines.matching.choice import choice_weights


def test_weights_are_found_again():
    """Ten alternatives, chosen by a known law; the estimate of 4,000 choices comes near it."""
    lot = np.random.default_rng(1)
    signals = lot.normal(size=(4000, 10, 2))
    utility = signals @ np.array([1.5, 0.5]) + lot.gumbel(size=(4000, 10))
    chosen = utility == utility.max(axis=1, keepdims=True)
    weights = choice_weights(
        signals.reshape(-1, 2), np.repeat(np.arange(4000), 10), chosen.ravel(), ridge=0.0
    )
    assert weights.tolist() == pytest.approx([1.5, 0.5], abs=0.07)


def test_a_sample_that_stands_for_all_gives_the_weights_of_all():
    x = np.r_[1.0, np.zeros(30)][:, None]
    one = np.zeros(31, dtype=bool)
    one[0] = True
    two = np.r_[False, True, np.zeros(29, dtype=bool)]
    full = choice_weights(np.tile(x, (2, 1)), np.repeat([0, 1], 31), np.r_[one, two], ridge=0.01)
    sample = np.array([[1.0], [0.0], [1.0], [0.0], [0.0]])
    sampled = choice_weights(
        sample,
        np.array([0, 0, 1, 1, 1]),
        np.array([True, False, False, True, False]),
        standing_for=np.array([1.0, 30.0, 1.0, 1.0, 29.0]),
        ridge=0.0,
    )
    unpenalised = choice_weights(
        np.tile(x, (2, 1)), np.repeat([0, 1], 31), np.r_[one, two], ridge=0.0
    )
    assert sampled[0] == pytest.approx(unpenalised[0], abs=1e-3)
    assert full[0] < unpenalised[0]


def test_a_signal_that_speaks_against_a_partner_is_not_heard():
    x = np.array([[1.0], [0.0], [1.0], [0.0]])
    assert choice_weights(x, np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]) > 0)[0] == 0


def test_weights_stay_where_they_are_drawn_to():
    x = np.array([[1.0], [0.0], [1.0], [0.0]])
    chosen = np.array([1, 0, 0, 1]) > 0
    drawn = choice_weights(x, np.array([0, 0, 1, 1]), chosen, ridge=1e6, around=np.array([0.7]))
    assert drawn[0] == pytest.approx(0.7, abs=1e-4)


@pytest.mark.parametrize(
    ("signals", "chooser", "chosen", "fault"),
    [
        (np.ones((2, 1)), [0], [True, False], faults.WrongShape),
        (np.array([[np.nan], [1.0]]), [0, 0], [True, False], faults.NotFinite),
        (np.ones((2, 1)), [0, 0], [False, False], faults.TooFew),
        (np.ones((0, 1)), [], [], faults.TooFew),
    ],
)
def test_choices_that_teach_nothing_are_refused(signals, chooser, chosen, fault):
    with pytest.raises(fault):
        choice_weights(signals, np.array(chooser, dtype=int), np.array(chosen, dtype=bool))
