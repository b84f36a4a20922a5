"""Competences and technologies that clusters name, and where a text names them.

Labels are compared by stems, so that “recykling baterii” and “recykling baterie” are one. The
vocabulary is ours and versioned; what was found with one version is told from what another finds.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from hanse.commons.competences.words import CONJUNCTIONS, LANGUAGES, SMALL_WORDS
from hanse.kit.folding import words_of, words_with_places
from hanse.kit.stemming import stem

VERSION = "2026"
TABLE = Path(__file__).parent / f"vocabulary-{VERSION}.csv"

# Between two words of a label: “recyclage des batteries”, “recykling z baterii”.
SMALL_WORDS_BETWEEN = 2
PAIR = 2
# An acronym means something else in small letters: “ai” is “to the” in Italian.
LONGEST_ACRONYM = 5
# So few words were typed into a search box, where nobody minds their order, or capitals.
TYPED = 6

# What parts two words that stand side by side: a list of keywords names each of them.
PARTED = re.compile(r"[,;:!?|•·()/\n]|\.\s")

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """A competence or technology, with its labels by language, the usual one first."""

    slug: str
    labels: Mapping[str, tuple[str, ...]]
    broader: str
    nace: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A concept named in a text, from `start` to `end`, by a label of these languages."""

    concept: Concept
    languages: tuple[str, ...]
    start: int
    end: int
    label: str


@dataclass(frozen=True)
class _Sign:
    """A way to say a concept: one sequence of stems."""

    stems: Stems
    slug: str
    languages: tuple[str, ...]
    label: str
    is_acronym: bool
    has_and: bool
    has_marks: bool
    is_turned: bool = False

    @property
    def joint(self) -> str:
        """What joins a single letter to the next word: “e mobilità” is not “e-mobilità”."""
        is_joined = len(self.stems) > 1 and len(self.stems[0]) == 1
        return self.label[1] if is_joined else ""

    @property
    def can_be_turned(self) -> bool:
        """Whether it is a pair of words that may stand the other way round."""
        return len(self.stems) == len(set(self.stems)) == PAIR and not self.joint


@dataclass(frozen=True)
class Vocabulary:
    """Concepts by slug, and what their labels begin with."""

    concepts: Mapping[str, Concept]

    @cached_property
    def signs(self) -> Mapping[str, Sequence[_Sign]]:
        """Signs by the stem they begin with."""
        by_first = defaultdict(list)
        for sign in _signs(self.concepts.values()):
            by_first[sign.stems[0]].append(sign)
            if sign.can_be_turned:
                turned = replace(sign, stems=sign.stems[::-1], is_turned=True)
                by_first[turned.stems[0]].append(turned)
        return by_first

    @cached_property
    def folded_labels(self) -> Mapping[str, Sequence[tuple[str, str, str]]]:
        """Folded label, label and slug, by language."""
        return {
            language: [
                (" ".join(words_of(label)), label, concept.slug)
                for concept in self.concepts.values()
                for label in labels_in(concept, language)
            ]
            for language in LANGUAGES
        }


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of this version."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return vocabulary_of(map(_concept, csv.DictReader(table)))


def vocabulary_of(concepts: Iterable[Concept]) -> Vocabulary:
    """A vocabulary of these concepts; a later one takes the place of an earlier one."""
    return Vocabulary({concept.slug: concept for concept in concepts})


def labels_in(concept: Concept, language: str) -> tuple[str, ...]:
    """The labels in a language, or in English where it has none."""
    return concept.labels.get(language) or concept.labels["en"]


def label(concept: Concept, language: str) -> str:
    """The usual label in a language."""
    return labels_in(concept, language)[0]


def broader_of(slug: str, among: Vocabulary | None = None) -> tuple[Concept, ...]:
    """The broader concept, the one broader than that, and so on."""
    concepts = (among or vocabulary()).concepts
    chain = []
    while slug := concepts[slug].broader:
        chain.append(concepts[slug])
    return tuple(chain)


def concepts_in(
    text: str, among: Vocabulary | None = None, languages: Collection[str] = LANGUAGES
) -> list[Found]:
    """Concepts that a text names, in its order; where labels overlap, the longer one counts."""
    known = among or vocabulary()
    places = list(words_with_places(text))
    stems = [stem(word) for word, _start, _end in places]
    is_typed = len(places) <= TYPED
    minds_capitals = not is_typed or text != text.lower()
    said: dict[tuple[str, int, int], tuple[int, Found]] = {}
    for first, first_stem in enumerate(stems):
        for sign in known.signs.get(first_stem, ()):
            if (last := _said_until(sign.stems, first, stems, places)) is None:
                continue
            start, end = places[first][1], places[last][2]
            if sign.is_acronym and minds_capitals and text[start:end] != sign.label:
                continue
            spoken = tuple(one for one in sign.languages if one in languages)
            if not spoken or not _hangs_together(sign, text[places[first][2] : places[last][1]]):
                continue
            # “Machines for packaging” is a turn of phrase; “science data” is no data science.
            if sign.is_turned and last == first + 1 and not is_typed:
                continue
            place = (sign.slug, start, end)
            if place in said:
                spoken = tuple(dict.fromkeys(said[place][1].languages + spoken))
            found = Found(known.concepts[sign.slug], spoken, start, end, sign.label)
            said[place] = (len(sign.stems), found)
    return _longest(said.values())


def concepts_beginning(text: str, language: str, most: int = 10) -> list[tuple[Concept, str]]:
    """Concepts with a label that goes on from what was typed, each with that label.

    Labels that begin so come before labels with a later word that begins so, short before long.
    """
    typed = " ".join(words_of(text))
    if not typed:
        return []
    known = vocabulary()
    fitting = sorted(
        (not folded.startswith(typed), len(folded), written, slug)
        for folded, written, slug in known.folded_labels.get(language, known.folded_labels["en"])
        if folded.startswith(typed) or f" {typed}" in folded
    )
    first_labels: dict[str, str] = {}
    for _later, _length, written, slug in fitting:
        first_labels.setdefault(slug, written)
    return [(known.concepts[slug], written) for slug, written in first_labels.items()][:most]


def _concept(row: Mapping[str, str]) -> Concept:
    labels = {language: _parts(row[language], "|") for language in LANGUAGES if row[language]}
    return Concept(row["concept"], labels, row["broader"], _parts(row["nace"], " "))


def _parts(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark) if part.strip())


def _signs(concepts: Iterable[Concept]) -> Iterator[_Sign]:
    for concept in concepts:
        ways: dict[tuple[Stems, bool], list[tuple[str, str]]] = defaultdict(list)
        for language, labels in concept.labels.items():
            for written in labels:
                ways[label_stems(written), _is_acronym(written)].append((language, written))
        for (stems, is_acronym), said in ways.items():
            alike = [one for _language, one in said]
            yield _Sign(
                stems=stems,
                slug=concept.slug,
                languages=tuple(dict.fromkeys(language for language, _one in said)),
                label=alike[0],
                is_acronym=is_acronym,
                has_and=any(CONJUNCTIONS.intersection(words_of(one)) for one in alike),
                has_marks=any(PARTED.search(one) for one in alike),
            )


def label_stems(written: str) -> Stems:
    """The stems of a label without the small words within it; e-mobility begins with its e."""
    words = words_of(written)
    within = range(1, len(words) - 1)
    return tuple(
        stem(word) for at, word in enumerate(words) if at not in within or word not in SMALL_WORDS
    )


def _is_acronym(written: str) -> bool:
    return len(written) <= LONGEST_ACRONYM and written.upper() == written


def _said_until(
    said: Stems, first: int, stems: Sequence[str], places: Sequence[tuple[str, int, int]]
) -> int | None:
    """Where the sequence ends that begins at `first`; None where the text goes on otherwise."""
    at = first
    for wanted in said[1:]:
        at += 1
        for _ in range(SMALL_WORDS_BETWEEN):
            if at < len(stems) and stems[at] != wanted and places[at][0] in SMALL_WORDS:
                at += 1
        if at >= len(stems) or stems[at] != wanted:
            return None
    return at


def _hangs_together(sign: _Sign, between: str) -> bool:
    """Whether what stands between the first and the last word of a sign belongs to it."""
    if len(sign.stems) == 1:
        return True
    if sign.joint:
        return between.startswith(sign.joint)
    if PARTED.search(between) and not sign.has_marks:
        return False
    return sign.has_and or not CONJUNCTIONS.intersection(words_of(between))


def _longest(said: Iterable[tuple[int, Found]]) -> list[Found]:
    kept: list[Found] = []
    spans: dict[int, tuple[int, int]] = {}
    by_length = sorted(said, key=lambda one: (-one[0], one[1].end - one[1].start, one[1].start))
    for _words, found in by_length:
        span = (found.start, found.end)
        # Two concepts that one label names stand side by side, at the same place.
        taken = {spans.get(place, span) for place in range(found.start, found.end)}
        if taken == {span}:
            kept.append(found)
            spans.update(dict.fromkeys(range(found.start, found.end), span))
    return sorted(kept, key=lambda found: (found.start, found.concept.slug))
