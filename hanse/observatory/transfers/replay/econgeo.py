"""EconGeo's functions by our engines."""

from collections.abc import Callable
from typing import Any

from hanse.engines import regional
from hanse.engines.relatedness.association import association
from hanse.engines.relatedness.co_occurrence import co_occurrences
from hanse.engines.relatedness.complexity import economic_complexity
from hanse.engines.relatedness.cosine import cosine
from hanse.engines.relatedness.density import relatedness_density
from hanse.engines.relatedness.diversity import diversity, ubiquity
from hanse.engines.relatedness.entry import entries, exits
from hanse.engines.relatedness.jaccard import jaccard
from hanse.engines.relatedness.presence import presence
from hanse.engines.relatedness.probability import probability
from hanse.engines.relatedness.reflections import reflections
from hanse.engines.relatedness.sophistication import income_content
from hanse.engines.relatedness.z_score import z_scores
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.inputs import joined, listed, long, matrix, wide

LIKE = "econgeo"
RELATEDNESS = {
    "prob": probability,
    "association": association,
    "cosine": cosine,
    "jaccard": jaccard,
}


def quotient(case: Case) -> Any:
    column = "present" if case.params.get("binary") else "location_quotient"
    return wide(regional.location_quotient(long(matrix(case).values), like=LIKE), column)


def indicator(name: str, **options: Any) -> Callable[[Case], Any]:
    """An indicator of tables, against the population given where there is one."""

    def play(case: Case) -> Any:
        against = {"reference": listed(case.input["pop"])} if "pop" in case.input else {}
        method = getattr(regional, name)
        found = method(long(matrix(case).values), like=LIKE, **options, **against)
        return found[name].to_pylist()

    return play


def present(case: Case, key: str = "matrix") -> Any:
    """Presence of the case's matrix; a matrix of 0 and 1 without `rca` is presence already."""
    values = matrix(case, key).values
    if case.params.get("rca", True) or set(values.ravel().tolist()) - {0, 1}:
        return presence(values)
    return values


def together(case: Case) -> Any:
    return co_occurrences(present(case), own=False)


def related(case: Case) -> Any:
    method = RELATEDNESS[case.params.get("method", "prob")]
    return method(co_occurrences(present(case)), like=LIKE)


def density(case: Case) -> Any:
    return relatedness_density(present(case), related(case), like=LIKE)


def reflected(of: str) -> Callable[[Case], Any]:
    def play(case: Case) -> Any:
        found = reflections(present(case), case.params.get("steps", 20), like=LIKE)
        return getattr(found, of)

    return play


def complexity(of: str) -> Callable[[Case], Any]:
    """Up to the sign, which the peer does not fix: the one that agrees with what is expected."""

    def play(case: Case) -> Any:
        found = getattr(economic_complexity(present(case), like=LIKE), of)
        agreement = sum(
            ours * theirs
            for ours, theirs in zip(found.tolist(), _centred(case.expected), strict=True)
            if ours == ours and theirs is not None  # noqa: PLR0124 -- NaN
        )
        return found if agreement >= 0 else -found

    return play


def _centred(values: list[float | None]) -> list[float | None]:
    known = [one for one in values if one is not None]
    mean = sum(known) / max(len(known), 1)
    return [None if one is None else one - mean for one in values]


def income(of: str) -> Callable[[Case], Any]:
    return lambda case: getattr(income_content(matrix(case).values, case.input["vec"]), of)


def growth(of: str) -> Callable[[Case], Any]:
    def play(case: Case) -> Any:
        rows = joined(
            long(matrix(case).values, period=1), long(matrix(case, "matrix2").values, period=2)
        )
        return regional.growth_rate(rows, of=of, like=LIKE)["growth_rate"].to_pylist()

    return play


def moves(method: Callable[..., Any]) -> Callable[[Case], Any]:
    return lambda case: method(present(case), present(case, "matrix2"))


FUNCTIONS: dict[str, Callable[[Case], Any]] = {
    "location_quotient": quotient,
    "rca": quotient,
    "krugman_index": indicator("krugman"),
    "spec_coeff": indicator("krugman", scale=0.5),
    "herfindahl": indicator("herfindahl"),
    "hachman": indicator("hachman"),
    "entropy": indicator("entropy"),
    "gini": indicator("gini"),
    "hoover_index": indicator("hoover"),
    "hoover_gini": indicator("locational_gini", scale=1.0),
    "locational_gini": indicator("locational_gini"),
    "diversity": lambda case: diversity(present(case)),
    "ubiquity": lambda case: ubiquity(present(case)),
    "co_occurrence": together,
    "relatedness": related,
    "relatedness_density": density,
    "z_score": lambda case: z_scores(present(case), like=LIKE),
    "morc": reflected("regions"),
    "mort": reflected("sectors"),
    "kci": complexity("eci"),
    "tci": complexity("pci"),
    "prody": income("sectors"),
    "expy": income("regions"),
    "growth_ind": growth("sector"),
    "growth_reg": growth("region"),
    "entry_mat": moves(entries),
    "exit_mat": moves(exits),
}
