"""Functions of dbmss and spatstat by our engines."""

from collections.abc import Callable
from typing import Any

from hanse.engines.localisation.d_function import d_function
from hanse.engines.localisation.envelopes import Envelope
from hanse.engines.localisation.k_function import k_function
from hanse.engines.localisation.kd import kd
from hanse.engines.localisation.kd_envelope import kd_envelope
from hanse.engines.localisation.l_function import l_function
from hanse.engines.localisation.m_density import m_density
from hanse.engines.localisation.m_envelope import m_envelope
from hanse.engines.localisation.m_function import m_function
from hanse.engines.localisation.window import Window, polygon, rectangle
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.inputs import points

LIKE = "dbmss"
# So many times the simulations of the peer: what is left of a difference is the peer's own.
MORE = 5


def distances(case: Case) -> list[float]:
    found = case.params.get("r") or case.expected["r"]
    return [float(one) for one in found]


def labels(case: Case) -> dict[str, Any]:
    """Reference and neighbour type; no name means all points."""
    given = case.params
    return {
        "reference": given.get("ReferenceType", given.get("type")) or None,
        "neighbour": given.get("NeighborType") or None,
    }


def window(case: Case) -> Window:
    """The window of a case: a JSON file of spatstat's, or `square 0..100`."""
    given = case.input["window"]
    if isinstance(given, str) and given.endswith(".json"):
        found = case.document("window")
        if found.get("boundary"):
            return polygon(*[list(zip(r["x"], r["y"], strict=True)) for r in found["boundary"]])
        return rectangle(found["xrange"], found["yrange"])
    low, _, high = str(given).split()[-1].partition("..")
    return rectangle((float(low), float(high)), (float(low), float(high)))


def of_kd(case: Case) -> Any:
    at = points(case)
    rule = "silverman" if case.params.get("Original", True) else "sheather_jones"
    weights = at.weights if case.params.get("Weighted") else None
    r = distances(case)
    found = kd(at.x, at.y, at.types, r, **labels(case), weights=weights, rule=rule, like=LIKE)
    return {"r": r, "Kd": found}


def of_m(case: Case) -> Any:
    at, r = points(case), distances(case)
    control = bool(case.params.get("CaseControl", False))
    found = m_function(
        at.x, at.y, at.types, r, **labels(case), weights=at.weights, case_control=control
    )
    return {"r": r, "M": found}


def of_m_density(case: Case) -> Any:
    at, r = points(case), distances(case)
    found = m_density(at.x, at.y, at.types, r, **labels(case), weights=at.weights, like=LIKE)
    return {"r": r, "m": found}


def ripley(name: str, method: Callable[..., Any]) -> Callable[[Case], Any]:
    def play(case: Case) -> Any:
        at, r = points(case), distances(case)
        who = labels(case)
        edge = str(case.params.get("correction", "")).partition(" ")[0]
        how = {"correction": edge} if edge and edge != "best" else {"like": LIKE}
        found = method(
            at.x, at.y, at.types, r, window(case), who["reference"], who["neighbour"], **how
        )
        return {"r": r, name: found}

    return play


def of_d(case: Case) -> Any:
    at, r = points(case), distances(case)
    given = case.params
    found = d_function(
        at.x, at.y, at.types, r, window(case), given["Cases"], given.get("Controls"), like=LIKE
    )
    return {"r": r, "D": found}


def enveloped(case: Case, method: Callable[..., Envelope], **options: Any) -> Any:
    """Bands, from more simulations than the peer's, so that its own chance is what is left."""
    at, r = points(case), distances(case)
    found = method(
        at.x,
        at.y,
        at.types,
        r,
        **labels(case),
        null=case.params.get("SimulationType", "RandomLocation"),
        simulations=MORE * int(case.params.get("NumberOfSimulations", 100)),
        alpha=float(case.params.get("Alpha", 0.05)),
        like=LIKE,
        **options,
    )
    whole = bool(case.params.get("Global", False))
    low, high = (found.global_low, found.global_high) if whole else (found.low, found.high)
    return {"r": r, "obs": found.observed, "lo": low, "hi": high}


def kd_band(case: Case) -> Any:
    at = points(case)
    weights = at.weights if case.params.get("Weighted") else None
    return enveloped(case, kd_envelope, weights=weights)


def m_band(case: Case) -> Any:
    return enveloped(case, m_envelope, weights=points(case).weights)


def of_l(case: Case) -> Any:
    found = ripley("K", k_function)(case)
    return {"r": found["r"], "L": l_function(found["r"], found["K"], like=LIKE)}


FUNCTIONS: dict[str, Callable[[Case], Any]] = {
    "Kdhat": of_kd,
    "Mhat": of_m,
    "mhat": of_m_density,
    "Khat": ripley("K", k_function),
    "Lhat": of_l,
    "Dhat": of_d,
    "spatstat Kest": ripley("K", k_function),
    "Kest": ripley("K", k_function),
    "KdEnvelope": kd_band,
    "MEnvelope": m_band,
}
