"""Groups of related industries, from Europe's own figures (after Delgado, Porter and Stern)."""

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from hanse.engines.faults import NothingGiven
from hanse.observatory.actions.structure.mixes import Mix

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

NUMBERS = range(8, 17)  # of groups: fewer mix what is unlike, more leave divisions alone
METHODS = ("ward", "average", "kmeans")
SEEDS = (0, 1, 2, 3, 4)
SMALLEST = 2
MARGIN = 0.05  # of correlation: nearer than that to another group, a division is moved
CARRIES = 0.5  # classes: what a division must hold of a traded cluster to be linked through it
LEAST_REGIONS = 10
STRENGTHS = ("group", "year", "region", "persons", "lq", "bound")


def group_tables(
    all_mixes: Sequence[Mix], traded: "pa.Table", sector_years: "pa.Table"
) -> dict[str, "pa.Table"]:
    """`groups` (a division each), `group_scores` (a configuration each), `group_moves` (its log),
    `group_strengths` (group x region x year).

    Similarities: locational correlation of persons employed, of local units, and proximity, over
    the regions where both divisions are published, in the year with most published cells. The best
    of the grid by the mean of their validation scores is cleaned and kept. Groups are numbered by
    size.
    """
    import numpy as np

    from hanse.engines.definition.choice import candidates
    from hanse.engines.definition.cleaning import cleaned
    from hanse.engines.definition.validation import average_relatedness

    mix = max(all_mixes, key=lambda one: (int(one.known.sum()), one.year))
    kept, similarities = _similarities(mix)
    divisions = [mix.divisions[place] for place in kept]
    numbers = [number for number in NUMBERS if number < len(kept)]
    if not numbers:
        return {**_tables(mix.year, [], [], []), "group_strengths": _strengths([], all_mixes, {})}
    found = candidates(similarities, numbers, methods=METHODS, seeds=SEEDS)
    best = found[0]
    own = similarities[best.similarity]
    result = cleaned(best.labels, own, smallest=SMALLEST, margin=MARGIN)
    order = np.argsort(-np.bincount(result.labels), kind="stable")
    number_of = {int(label): place + 1 for place, label in enumerate(order)}
    near = average_relatedness(result.labels, own).industries
    moved = {move.industry for move in result.moves}
    groups = [
        {
            "group": number_of[int(label)],
            "sector": divisions[place],
            "own": near[place, label],
            **_next(near[place], int(label), number_of),
            "moved": place in moved,
        }
        for place, label in enumerate(result.labels)
    ]
    scores = [
        {
            "similarity": one.similarity,
            "method": one.method,
            "number": one.number,
            "seed": one.seed,
            "cluster": float(np.mean([score.cluster for score in one.scores.values()])),
            "industry": float(np.mean([score.industry for score in one.scores.values()])),
            "overall": one.overall,
            "chosen": one is best,
            **_agreement(one.labels, divisions, traded),
        }
        for one in found
    ]
    moves = [
        {
            "step": step + 1,
            "sector": divisions[move.industry],
            "origin": number_of.get(int(move.origin), 0),
            "target": number_of[int(result.labels[move.industry])],
            "reason": move.reason,
            "own": move.own,
            "other": move.other,
        }
        for step, move in enumerate(result.moves)
    ]
    return {
        **_tables(mix.year, groups, scores, moves),
        "group_strengths": _strengths(groups, all_mixes, _references(sector_years)),
    }


Reference = dict[tuple[str, int], tuple[int, int]]


def _references(sector_years: "pa.Table") -> Reference:
    """Persons of Europe in a sector and in all, by sector and year."""
    rows = sector_years.select(
        ["sector", "year", "reference_persons", "reference_total"]
    ).to_pylist()
    return {
        (row["sector"], row["year"]): (row["reference_persons"] or 0, row["reference_total"] or 0)
        for row in rows
    }


def _strengths(
    groups: list[dict[str, Any]], all_mixes: Sequence[Mix], references: Reference
) -> "pa.Table":
    """Quotient of a group's divisions together; `bound` where one of them is not published."""
    import numpy as np
    import pyarrow as pa

    columns: dict[str, list[Any]] = {name: [] for name in STRENGTHS}
    for group in sorted({row["group"] for row in groups}):
        sectors = [row["sector"] for row in groups if row["group"] == group]
        for mix in all_mixes:
            at = [mix.divisions.index(sector) for sector in sectors]
            in_europe = [references.get((sector, mix.year), (0, 0)) for sector in sectors]
            reference, whole = sum(one for one, _ in in_europe), max(all_ for _, all_ in in_europe)
            known = mix.known[:, at]
            persons = np.where(known, mix.persons[:, at], 0).sum(axis=1)
            told = known.any(axis=1) & (mix.total > 0) & (reference > 0)
            for place in np.flatnonzero(told).tolist():
                quotient = persons[place] * whole / (mix.total[place] * reference)
                values = (group, mix.year, mix.regions[place], int(persons[place]), quotient)
                for name, value in zip(STRENGTHS, (*values, not known[place].all()), strict=True):
                    columns[name].append(value)
    kinds = (pa.int16(), pa.int16(), pa.string(), pa.int64(), pa.float64(), pa.bool_())
    return pa.table(
        {name: pa.array(columns[name], kind) for name, kind in zip(STRENGTHS, kinds, strict=True)}
    )


def _similarities(mix: Mix) -> tuple[list[int], dict[str, "NDArray[np.float64]"]]:
    """The three matrices, over the divisions that are known together often enough with others."""
    import numpy as np

    from hanse.engines.definition.known_pairs import correlation_where_known
    from hanse.engines.relatedness.proximity import proximity

    persons = np.where(mix.known, mix.persons, np.nan)
    matrices = {
        "employment": correlation_where_known(persons, least=LEAST_REGIONS),
        "establishments": correlation_where_known(mix.units, least=LEAST_REGIONS),
        "proximity": proximity(mix.present),
    }
    whole = np.ones(len(mix.divisions), dtype=bool)
    while True:
        # A division without a similarity to another that stays cannot be placed.
        gaps = sum(np.isnan(one[np.ix_(whole, whole)]).sum(axis=1) for one in matrices.values())
        if not len(gaps) or not np.max(gaps):
            break
        whole[np.flatnonzero(whole)[int(np.argmax(gaps))]] = False
    kept = np.flatnonzero(whole)
    return kept.tolist(), {name: one[np.ix_(kept, kept)] for name, one in matrices.items()}


def _next(
    near: "NDArray[np.float64]", own: int, number_of: dict[int, int]
) -> dict[str, float | int | None]:
    """The group that comes second, and how near it is."""
    import numpy as np

    others = near.copy()
    others[own] = np.nan
    if np.isnan(others).all():
        return {"next_group": None, "next": None}
    second = int(np.nanargmax(others))
    return {"next_group": number_of[second], "next": float(others[second])}


def _agreement(labels: Any, divisions: list[str], traded: "pa.Table") -> dict[str, float | None]:
    """How often divisions that carry the same traded cluster fall together, and by chance."""
    import numpy as np

    from hanse.engines.definition.comparison import linked_together

    place_of = {code: place for place, code in enumerate(divisions)}
    carried: dict[str, list[int]] = {}
    for row in traded.to_pylist():
        if row["share"] >= CARRIES and row["division"] in place_of:
            carried.setdefault(row["cluster"], []).append(place_of[row["division"]])
    links = np.zeros((len(divisions), len(divisions)))
    for places in carried.values():
        for one, other in combinations(places, 2):
            links[one, other] = links[other, one] = 1
    try:
        together = linked_together(labels, links)
    except NothingGiven:
        return {"together": None, "by_chance": None}
    return {"together": together.share, "by_chance": together.by_chance}


def _tables(
    year: int,
    groups: list[dict[str, Any]],
    scores: list[dict[str, Any]],
    moves: list[dict[str, Any]],
) -> dict[str, "pa.Table"]:
    import pyarrow as pa

    number, share, word = pa.int16(), pa.float64(), pa.string()
    kinds = {
        "groups": {
            "group": number,
            "sector": word,
            "own": share,
            "next_group": number,
            "next": share,
            "moved": pa.bool_(),
        },
        "group_scores": {
            "similarity": word,
            "method": word,
            "number": number,
            "seed": number,
            "cluster": share,
            "industry": share,
            "overall": share,
            "chosen": pa.bool_(),
            "together": share,
            "by_chance": share,
        },
        "group_moves": {
            "step": number,
            "sector": word,
            "origin": number,
            "target": number,
            "reason": word,
            "own": share,
            "other": share,
        },
    }
    rows = {"groups": sorted(groups, key=lambda row: (row["group"], -(row["own"] or 0)))}
    rows |= {"group_scores": scores, "group_moves": moves}
    return {
        name: pa.table(
            {"year": pa.array([year] * len(rows[name]), number)}
            | {
                column: pa.array([row[column] for row in rows[name]], kind, from_pandas=True)
                for column, kind in columns.items()
            }
        )
        for name, columns in kinds.items()
    }
