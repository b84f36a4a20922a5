"""One search: words and what they mean, filters with counts, one order on every database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from typing import TYPE_CHECKING

from django.utils import timezone

from hanse.commons.competences.queries import Concept, concepts_in
from hanse.commons.competences.words import SMALL_WORDS
from hanse.directory.queries.columns import UNKNOWN, Columns, columns
from hanse.directory.rules.searching import (
    BOTH,
    BY_MEANING,
    PASSAGES,
    WEIGHTS,
    WHEN_LISTED,
    WHEN_STALE,
)
from hanse.kit.folding import words_of
from hanse.kit.stemming import stem, tokens_of_word
from hanse.ports.fulltext import FullText, open_fulltext

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Where each filter of the address is looked up; several values of one are alternatives.
FILTERS: Mapping[str, str] = {
    "kind": "kind", "country": "country", "region": "region", "sector": "sector",
    "ecosystem": "ecosystem", "competence": "competence", "size": "size", "label": "label",
    "language": "language", "target": "target_country", "soon": "soon", "listed": "listed",
}  # fmt: skip
MOST_WORDS = 12
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Question:
    """What is asked: words, filters, and what of them may be read as meanings."""

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words_only: bool = False
    confirmed: bool = False
    # Regions near a place, when a distance is asked for.
    near: frozenset[str] | None = None


@dataclass(frozen=True)
class Asked:
    """One thing that must be found: some words, and the concept that they name."""

    stems: tuple[str, ...]
    concept: Concept | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Found:
    """All that was found, best first, and the counts of every filter beside it."""

    asked: Sequence[Asked]
    numbers: NDArray[np.int64]
    counts: Mapping[str, Mapping[str, int]]
    regions: Mapping[str, int]
    fresh: int

    @property
    def total(self) -> int:
        return len(self.numbers)


def search(question: Question) -> Found:
    """Who is found, in order. Counts of a filter leave that filter itself out, so that every box
    says how many its tick would bring."""
    import numpy as np

    held = columns()
    asked = meant_by(question.text, words_only=question.words_only)
    scores, base = np.ones(len(held)), held.is_found.copy()
    if asked:
        scores = reduce(np.minimum, parts := [_score(one, held) for one in asked])
        base &= scores > 0
        scores = reduce(np.add, parts)
    fresh = _fresh(held)
    if question.near is not None:
        base &= held.facets["region"].having(question.near, len(held))
    masks = _masks(question.filters, held)
    if question.confirmed:
        masks["confirmed"] = fresh
    mask = _all(base, masks.values())
    counts = {
        name: held.facets[facet].counts(_all(base, _without(masks, name)))
        for name, facet in FILTERS.items()
    }
    order = _order(mask, scores * _standing(held, fresh), held)
    return Found(
        asked=asked,
        numbers=held.numbers[order],
        counts=counts,
        regions=held.facets["region"].counts(mask),
        fresh=int(np.count_nonzero(_all(base, _without(masks, "confirmed")) & fresh)),
    )


def numbers_having(filters: Mapping[str, Sequence[str]], held: Columns) -> NDArray[np.int64]:
    """Whoever passes the filters, in the order of a search without words; nothing is counted."""
    mask = _all(held.is_found, _masks(filters, held).values())
    return held.numbers[_order(mask, _standing(held, _fresh(held)), held)]


def meant_by(text: str, *, words_only: bool = False) -> list[Asked]:
    """The words of a question in groups that must all be found: concepts first, then single words.

    Small words (of, und, de …) are left out, unless nothing else was asked.
    """
    text = text[:400]
    concepts = [] if words_only else concepts_in(text)
    groups, at = [], 0
    for found in concepts:
        groups += _words(text[at : found.start])
        stems = tuple(stem(word) for word in words_of(text[found.start : found.end]))
        groups.append(Asked(stems, found.concept, found.languages))
        at = found.end
    groups += _words(text[at:])
    bearing = [one for one in groups if one.concept or one.stems[0] not in SMALL_WORDS]
    each = {(one.stems, one.concept.slug if one.concept else ""): one for one in bearing or groups}
    return list(each.values())[:MOST_WORDS]


def _words(text: str) -> list[Asked]:
    return [Asked(tuple(tokens_of_word(word))) for word in words_of(text)]


def _score(asked: Asked, held: Columns) -> NDArray[np.float64]:
    """How well each row answers one group: the weight of the best part in which it is found.

    Rare words count more: times log(1 + rows / rows found). Words are found together when all of
    them stand in the profile; a meaning counts a little less than the words themselves.
    """
    import numpy as np

    text = open_fulltext()
    by_words = reduce(np.minimum, [_weights([token], held, text) for token in asked.stems])
    best = by_words
    if asked.concept:
        mark = f"c:{asked.concept.slug}"
        by_meaning = BY_MEANING * _weights([mark], held, text)
        best = np.maximum(by_words, by_meaning) + BOTH * np.minimum(by_words, by_meaning)
    found = int(np.count_nonzero(best))
    return best * np.log1p(len(held) / found) if found else best


def weights_of_words(stems: Sequence[str], held: Columns) -> NDArray[np.float64]:
    """Of each row the weight of the part in which all the words stand, the weakest word's."""
    import numpy as np

    text = open_fulltext()
    return reduce(np.minimum, [_weights([token], held, text) for token in stems])


def _weights(tokens: Sequence[str], held: Columns, text: FullText) -> NDArray[np.float64]:
    """Of each row the weight of its best passage that holds one of the words."""
    import numpy as np

    passages = text.holding_any(tokens)
    rows = held.rows_of(passages // PASSAGES)
    places = np.minimum(passages % PASSAGES, len(WEIGHTS) - 1)
    known = rows != UNKNOWN
    weights = np.zeros(len(held))
    np.maximum.at(weights, rows[known], np.array(WEIGHTS)[places[known]])
    return weights


def _masks(filters: Mapping[str, Sequence[str]], held: Columns) -> dict[str, NDArray[np.bool_]]:
    return {
        name: held.facets[FILTERS[name]].having(values, len(held))
        for name, values in filters.items()
        if values
    }


def _fresh(held: Columns) -> NDArray[np.bool_]:
    return held.confirmed >= (timezone.localdate() - YEAR).toordinal()


def _standing(held: Columns, fresh: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What age and a missing owner take away."""
    import numpy as np

    listed = held.facets["listed"].having(["yes"], len(held))
    return np.where(fresh, 1.0, WHEN_STALE) * np.where(listed, WHEN_LISTED, 1.0)


def _order(
    mask: NDArray[np.bool_], scores: NDArray[np.float64], held: Columns
) -> NDArray[np.int64]:
    """Best first; then the latest confirmed; then who came first."""
    import numpy as np

    rows = np.flatnonzero(mask)
    # Rounded, so that the last bits of a sum decide nothing.
    keys = (held.numbers[rows], -held.confirmed[rows], -np.round(scores[rows], 9))
    return rows[np.lexsort(keys)]


def _all(base: NDArray[np.bool_], masks: object) -> NDArray[np.bool_]:
    return reduce(lambda one, other: one & other, masks, base)  # type: ignore[call-overload, no-any-return]


def _without(masks: Mapping[str, NDArray[np.bool_]], name: str) -> list[NDArray[np.bool_]]:
    return [mask for key, mask in masks.items() if key != name]


def is_fresh(day: date | None) -> bool:
    return day is not None and day >= timezone.localdate() - YEAR
