"""Functions of py-ecomplexity by our engines."""

from collections.abc import Callable
from typing import Any

import numpy as np

from hanse.engines.relatedness.complexity import economic_complexity, pci_by_eci_spread
from hanse.engines.relatedness.correlation_proximity import correlation_proximity
from hanse.engines.relatedness.density import relatedness_density
from hanse.engines.relatedness.diversity import diversity, ubiquity
from hanse.engines.relatedness.location_quotient import location_quotients
from hanse.engines.relatedness.outlook import complexity_outlook
from hanse.engines.relatedness.presence import presence
from hanse.engines.relatedness.proximity import proximity
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.inputs import Floats, Labelled, matrix

LIKE = "ecomplexity"
Decide = Callable[..., Any]


def ecomplexity(case: Case, decide: Decide = presence) -> Any:
    given = matrix(case)
    present = decide(given.values, case.params.get("rca_mcp_threshold", 1))
    quotients = location_quotients(given.values)
    near = _near(case, given, decide)
    base = quotients if case.params.get("continuous") else present
    both = economic_complexity(present, like=LIKE)
    density = relatedness_density(base, near, like=LIKE)
    outlook = complexity_outlook(present, near, pci_by_eci_spread(both), density=density, like=LIKE)
    matrices = {"rca": quotients, "mcp": present, "density": density, "cog": outlook.gain}
    answer: dict[str, Any] = {
        "loc": given.rows,
        "prod": given.columns,
        "diversity": diversity(present),
        "ubiquity": ubiquity(present),
        "eci": both.eci,
        "pci": both.pci,
        "coi": outlook.index,
        **matrices,
    }
    for name, values in matrices.items():
        wanted = case.expected.get(f"{name}_sample")
        if wanted:
            shown = given.sample(values, wanted["loc"], wanted["prod"])
            answer[f"{name}_sample"] = {**wanted, "values": shown}
    return answer


def near(case: Case, decide: Decide = presence) -> Any:
    given = matrix(case)
    return {"prod": given.columns, "values": _near(case, given, decide)}


def _near(case: Case, given: Labelled, decide: Decide) -> Floats:
    if case.params.get("continuous"):
        return correlation_proximity(location_quotients(given.values))
    form = "conditional" if case.params.get("asymmetric") else "minimum"
    present = decide(given.values, case.params.get("rca_mcp_threshold", 1))
    return proximity(present, form=form)


def in_floats(values: Floats, threshold: float) -> Any:
    """Presence as the peer decides it: the quotient rounded three times, then compared."""
    sectors, regions, whole = values.sum(axis=0), values.sum(axis=1), values.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        quotients = (values / regions[:, None]) / (sectors / whole)[None, :]
    return np.nan_to_num(quotients, nan=0.0) >= threshold


# With the peer's defect: where a case agrees so, the difference is that one and no other.
AS_THE_PEER: dict[str, dict[str, Callable[[Case], Any]]] = {
    "ecomplexity-threshold-in-floats": {
        "ecomplexity": lambda case: ecomplexity(case, in_floats),
        "proximity": lambda case: near(case, in_floats),
    }
}
FUNCTIONS: dict[str, Callable[[Case], Any]] = {"ecomplexity": ecomplexity, "proximity": near}
