"""Functions of the R package economiccomplexity by our engines."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from hanse.engines.relatedness.complexity import economic_complexity
from hanse.engines.relatedness.density import relatedness_density
from hanse.engines.relatedness.diversity import diversity, ubiquity
from hanse.engines.relatedness.fitness import fitness
from hanse.engines.relatedness.location_quotient import location_quotients
from hanse.engines.relatedness.outlook import complexity_outlook
from hanse.engines.relatedness.presence import presence
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.relatedness.sophistication import income_content
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.inputs import Floats, Labelled, matrix

LIKE = "economiccomplexity"


def balassa(case: Case) -> Any:
    given = matrix(case)
    discrete = case.params.get("discrete", True)
    cutoff = case.params.get("cutoff", 1)
    found = presence(given.values, cutoff) if discrete else location_quotients(given.values)
    if "country" in case.expected:
        return {
            "country": _named(case.expected["country"], given.rows, diversity(found)),
            "product": _named(case.expected["product"], given.columns, ubiquity(found)),
        }
    return _cells(case.expected, given, np.asarray(found, float))


def complexity(case: Case) -> Any:
    given = matrix(case)
    present = presence(given.values)
    method = str(case.params.get("method", "fitness"))
    if method.startswith("fitness"):
        # The peer counts the start as its first iteration.
        both = fitness(present, iterations=int(case.params.get("iterations", 20)) - 1)
        regions, sectors = both.regions, both.sectors
    else:
        found = economic_complexity(present, like=LIKE)
        regions, sectors = found.eci, found.pci
    return {
        **case.expected,
        "country": _named(case.expected["country"], given.rows, regions),
        "product": _named(case.expected["product"], given.columns, sectors),
    }


def near(case: Case) -> Any:
    given = matrix(case)
    of = "regions" if str(case.params.get("compute", "product")).startswith("c") else "sectors"
    found = proximity(presence(given.values), of=of)
    labels = given.rows if of == "regions" else given.columns
    shown = Labelled(labels, labels, found)
    expected = case.expected
    names = expected.get("products") or expected.get("countries") or expected.get("cols") or labels
    answer: dict[str, Any] = {**expected, "values": shown.of_columns(found, names)}
    if "row_sums" in expected:
        answer["row_sums"] = _named(expected["row_sums"], labels, np.nansum(found, axis=1))
    return answer


def density(case: Case) -> Any:
    given = matrix(case)
    present = presence(given.values)
    found = relatedness_density(present, proximity(present), like=LIKE)
    if isinstance(case.expected, list):
        return found
    answer = _cells(case.expected, given, found)
    if "row_means" in case.expected:
        answer["row_means"] = _named(case.expected["row_means"], given.rows, found.mean(axis=1))
    return answer


def outlook(case: Case) -> Any:
    given = matrix(case)
    present = presence(given.values)
    pci = economic_complexity(present, like=LIKE).pci
    found = complexity_outlook(present, proximity(present), pci, like=LIKE)
    answer: dict[str, Any] = {"coi": _named(case.expected["coi"], given.rows, found.index)}
    for name in ("cog", "cog_sample"):
        if name in case.expected:
            answer[name] = _cells(case.expected[name], given, found.gain)
    return answer


def productivity(case: Case) -> Any:
    given = matrix(case)
    gdp = case.table("gdp")
    known = dict(zip(gdp.iloc[:, 0].astype(str), gdp.iloc[:, 1], strict=True))
    found = income_content(given.values, [known.get(name, np.nan) for name in given.rows])
    return {
        "country": _named(case.expected["country"], given.rows, found.regions),
        "product": _named(case.expected["product"], given.columns, found.sectors),
    }


def _named(wanted: Mapping[str, Any], labels: Sequence[str], values: Floats) -> dict[str, Any]:
    """Values under the names that are expected, in their order."""
    of = dict(zip(labels, np.asarray(values, float).tolist(), strict=True))
    names = wanted["names"]
    return {"names": names, "values": [of.get(str(name)) for name in names]}


def _cells(wanted: Any, given: Labelled, values: Floats) -> Any:
    """The cells that are expected of a matrix: all, or a sample."""
    if isinstance(wanted, list):
        return values
    rows = wanted.get("countries") or wanted.get("rows") or wanted.get("loc") or given.rows
    columns = wanted.get("products") or wanted.get("cols") or wanted.get("prod") or given.columns
    return {**wanted, "values": given.sample(values, rows, columns)}


FUNCTIONS: dict[str, Callable[[Case], Any]] = {
    "balassa_index": balassa,
    "complexity_measures": complexity,
    "proximity": near,
    "density": density,
    "complexity_outlook": outlook,
    "productivity_levels": productivity,
}
