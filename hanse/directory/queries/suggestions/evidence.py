"""How strongly each kind of evidence speaks for each organisation: arrays from 0 to 1 over rows.

A concept that few have counts more than one that many have: 1 − log(found + 1) / log(rows + 2).
What several concepts add is joined as 1 − Π(1 − part), so that more evidence never counts less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from math import log
from typing import TYPE_CHECKING

from hanse.directory.queries.columns import UNKNOWN, Columns
from hanse.directory.queries.partners import partner_scores
from hanse.directory.queries.search import weights_of_words
from hanse.directory.queries.suggestions.asked import Seeker
from hanse.directory.rules.searching import GIVES, NOT_STATED, WANTS, WEIGHTS
from hanse.directory.rules.suggesting import FULL_QUOTIENT, LEAST_QUOTIENT
from hanse.observatory.queries.figures import NoRelease, Release, best_year, serving_release
from hanse.observatory.queries.quotients import quotients
from hanse.observatory.queries.related import near_to

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def evidence(seeker: Seeker, held: Columns) -> dict[str, Array]:
    """Every kind of evidence for every row."""
    return {code: measure(seeker, held) for code, measure in MEASURES.items()}


def they_offer(seeker: Seeker, held: Columns) -> Array:
    parts = [
        rare(held, GIVES, concept) * true_of(seeker.struck_out("offers", concept), held)
        for concept in sorted(seeker.wants)
    ]
    if seeker.target_words:
        words = [weights_of_words(one.stems, held) for one in seeker.target_words]
        import numpy as np

        parts.append(reduce(np.minimum, words) / max(WEIGHTS))
    return joined(parts, held)


def they_seek(seeker: Seeker, held: Columns) -> Array:
    return joined([rare(held, WANTS, concept) for concept in sorted(seeker.answers)], held)


def sectors(seeker: Seeker, held: Columns) -> Array:
    """A sector that the seeker lacks, related to what it has or made for the target, in a region
    that is strong in it."""
    import numpy as np

    strength = np.zeros(len(held))
    for sector, near in complements(seeker).items():
        here = held.facets["sector"].having([sector], len(held))
        here = here & (true_of(seeker.struck_out("theirs", sector), held) > 0)
        if here.any():
            strength = np.maximum(strength, near * region_strength(sector, held) * here)
    return strength


def complements(seeker: Seeker) -> dict[str, float]:
    """Sectors that would complement the seeker, each with how near it is to what it has."""
    try:
        release = serving_release()
    except NoRelease:
        return {}
    return dict(_complements(release, seeker))


MOST_COMPLEMENTS = 12


def _complements(release: Release, seeker: Seeker) -> Iterable[tuple[str, float]]:
    if seeker.target_sectors:
        return [(sector, 1.0) for sector in sorted(seeker.target_sectors)]
    near: dict[str, float] = {}
    for own in seeker.sectors & release.sectors.keys():
        for one in near_to(release, own, best_year(release)):
            if one.sector.code not in seeker.sectors and one.sector.is_division:
                near[one.sector.code] = max(near.get(one.sector.code, 0.0), one.proximity)
    left = [
        (code, value) for code, value in near.items() if f"sector:{code}" not in seeker.not_true
    ]
    return sorted(left, key=lambda one: (-one[1], one[0]))[:MOST_COMPLEMENTS]


def region_strength(sector: str, held: Columns) -> Array:
    """The quotient of each row's region in a sector, from 0 below Europe's to 1 at three times."""
    import numpy as np

    strength = np.zeros(len(held))
    try:
        release = serving_release()
    except NoRelease:
        return strength
    figures = quotients(release, best_year(release))
    facet = held.facets["region"]
    by_term = np.array([scaled(figures.get(code, {}).get(sector)) for code in facet.names])
    if len(by_term):
        np.maximum.at(strength, facet.rows, by_term[facet.terms])
    return strength


def scaled(figure: object) -> float:
    value = getattr(figure, "value", None)
    if value is None or value < LEAST_QUOTIENT:
        return 0.0
    return min(1.0, 0.4 + 0.6 * (value - LEAST_QUOTIENT) / (FULL_QUOTIENT - LEAST_QUOTIENT))


def projects(seeker: Seeker, held: Columns) -> Array:
    """What the graph of past projects says, of whoever it knows."""
    import numpy as np

    numbers, scores = partner_scores(seeker.organisation.pk)
    found = np.zeros(len(held))
    rows = held.rows_of(numbers)
    found[rows[rows != UNKNOWN]] = scores[rows != UNKNOWN]
    return found


def ecosystem(seeker: Seeker, held: Columns) -> Array:
    return held.facets["ecosystem"].having(sorted(seeker.ecosystems), len(held)).astype(float)


def countries(seeker: Seeker, held: Columns) -> Array:
    """Half for being in one of the seeker's target countries, half for targeting the seeker's."""
    theirs = held.facets["country"].having(sorted(seeker.countries), len(held))
    ours = held.facets["target_country"].having([seeker.organisation.country], len(held))
    return (theirs.astype(float) + ours) / 2


def languages(seeker: Seeker, held: Columns) -> Array:
    return held.facets["language"].having(sorted(seeker.languages), len(held)).astype(float)


def size(seeker: Seeker, held: Columns) -> Array:
    known = [seeker.size] if seeker.size != NOT_STATED else []
    return held.facets["size"].having(known, len(held)).astype(float)


def events(seeker: Seeker, held: Columns) -> Array:
    """Both have an event soon at which they can be met."""
    import numpy as np

    row = held.rows_of(np.array([seeker.organisation.pk]))[0]
    if row == UNKNOWN or "event" not in held.facets["soon"].of_row(int(row)):
        return np.zeros(len(held))
    return held.facets["soon"].having(["event"], len(held)).astype(float)


MEASURES: Mapping[str, Callable[[Seeker, Columns], Array]] = {
    "they_offer": they_offer,
    "they_seek": they_seek,
    "sectors": sectors,
    "projects": projects,
    "ecosystem": ecosystem,
    "countries": countries,
    "languages": languages,
    "size": size,
    "events": events,
}


def true_of(struck_out: Sequence[int], held: Columns) -> Array:
    """Nought for the organisations of whom it is not true, one for all others."""
    import numpy as np

    kept = np.ones(len(held))
    rows = held.rows_of(np.array(struck_out, dtype=np.int64))
    kept[rows[rows != UNKNOWN]] = 0.0
    return kept


def rare(held: Columns, facet: str, term: str) -> Array:
    """Who has a term, weighed by how few have it."""
    import numpy as np

    mask = held.facets[facet].having([term], len(held)) & held.is_found
    weight = 1 - log(np.count_nonzero(mask) + 1) / log(len(held) + 2)
    return np.where(mask, weight, 0.0)


def joined(parts: Iterable[Array], held: Columns) -> Array:
    import numpy as np

    missing = np.ones(len(held))
    for part in parts:
        missing *= 1 - part
    return 1 - missing
