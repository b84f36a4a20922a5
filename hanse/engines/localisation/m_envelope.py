"""Envelope of M: how large would it be if only chance placed the plants?"""

from typing import Any

from numpy.typing import ArrayLike

from hanse.engines.faults import TooFew
from hanse.engines.localisation.envelopes import Envelope, envelope
from hanse.engines.localisation.m_function import m_function, simulated_m
from hanse.engines.localisation.null_models import RANDOM_LOCATION, null_model
from hanse.engines.localisation.points import checked_distances


def m_envelope(
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    r: ArrayLike,
    reference: Any,
    neighbour: Any = None,
    *,
    weights: ArrayLike | None = None,
    case_control: bool = False,
    null: str = RANDOM_LOCATION,
    simulations: int = 100,
    alpha: float = 0.05,
    seed: int = 0,
    like: str | None = None,
    algorithm: str | None = None,
    test: bool = False,
    keep: bool = False,
    threads: int | None = None,
) -> Envelope:
    """M, with Monte Carlo bands under a null model (`null_model`).

    Takes     what `m_function` takes; the bands' algorithm and preset as in `global_bands`
    Exactly   the same seed gives the same bands whatever the number of threads and whatever the
              order in which the points are given.
    Raises    faults of `m_function`; UnknownConvention, TooFew
    Source    E. Marcon & F. Puech (2010) Journal of Economic Geography 10.
    """
    name = null_model(null)
    if simulations < 1:
        raise TooFew(f"{simulations} simulations; at least 1 needed")
    distances = checked_distances(r)
    observed = m_function(
        x,
        y,
        types,
        distances,
        reference,
        neighbour,
        weights=weights,
        case_control=case_control,
        threads=threads,
    )
    curves = simulated_m(
        x,
        y,
        types,
        distances,
        reference,
        neighbour,
        null=name,
        simulations=simulations,
        seed=seed,
        weights=weights,
        case_control=case_control,
        threads=threads,
    )
    return envelope(
        distances,
        observed,
        curves,
        alpha=alpha,
        seed=seed,
        null=name,
        like=like,
        algorithm=algorithm,
        test=test,
        keep=keep,
    )
