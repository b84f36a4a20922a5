"""A hit as the list shows it: who, where, how large, how fresh, and why it was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hanse.commons.competences.queries import Concept, broader_of, concepts_in, label
from hanse.directory.models import Fact, Organisation, SearchRow
from hanse.directory.queries.search import Asked, is_fresh
from hanse.directory.queries.vocabularies import shown, word_of
from hanse.directory.rules.searching import PLACES
from hanse.directory.words import FIELDS, State
from hanse.kit.folding import words_with_places
from hanse.kit.stemming import tokens_of, tokens_of_word

ROUND_ABOUT = 70
Span = tuple[int, int]


@dataclass(frozen=True)
class Why:
    """Where an asked thing was found: the field, the words around it with marks, its meaning."""

    field: str
    text: SafeString
    meaning: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Hit:
    organisation: Organisation
    place: str
    members: int | None
    confirmed_on: date | None
    whys: Sequence[Why]

    @property
    def is_fresh(self) -> bool:
        return is_fresh(self.confirmed_on)

    @property
    def is_listed(self) -> bool:
        return self.organisation.state == State.LISTED


def hits_of(numbers: Iterable[int], asked: Sequence[Asked]) -> list[Hit]:
    """The organisations with these numbers, in this order, in three queries."""
    wanted = [int(number) for number in numbers]
    organisations = Organisation.objects.in_bulk(wanted)
    rows = SearchRow.objects.in_bulk(wanted)
    facts = facts_read_by_search(wanted) if asked else {}
    return [
        Hit(
            organisation=organisations[number],
            place=place_of(organisations[number]),
            members=rows[number].members if number in rows else None,
            confirmed_on=rows[number].confirmed_on if number in rows else None,
            whys=whys(facts.get(number, ()), asked),
        )
        for number in wanted
        if number in organisations
    ]


def place_of(organisation: Organisation) -> str:
    """City, region and country, each once."""
    region = word_of("region", organisation.region) if organisation.region else ""
    parts = [organisation.city or region, word_of("country", organisation.country)]
    if region and organisation.city and region.casefold() not in organisation.city.casefold():
        parts.insert(1, region)
    return ", ".join(part for part in parts if part)


def facts_read_by_search(numbers: Sequence[int]) -> Mapping[int, Sequence[Fact]]:
    """Public facts in the order in which the search weighs their fields."""
    rank = {
        field: place
        for place, (field, _weight) in enumerate(sorted(PLACES, key=lambda one: -one[1]))
    }
    found: defaultdict[int, list[Fact]] = defaultdict(list)
    said = Fact.objects.filter(
        organisation__in=numbers, ended_at__isnull=True, is_public=True, field__in=list(rank)
    )
    for fact in said:
        found[fact.organisation_id].append(fact)
    for facts in found.values():
        facts.sort(key=lambda fact: (rank[fact.field], fact.pk))
    return found


def whys(facts: Sequence[Fact], asked: Sequence[Asked]) -> list[Why]:
    """One reason for each asked thing, a fact with the very words before one with the meaning."""
    given: list[Why] = []
    for one in asked:
        why = next(filter(None, (by_words(fact, one) for fact in facts)), None)
        why = why or next(filter(None, (by_meaning(fact, one) for fact in facts)), None)
        why = why or scattered(facts, one)
        if why and why not in given:
            given.append(why)
    return given


def by_words(fact: Fact, asked: Asked) -> Why | None:
    """All the words of the asked thing stand in this fact."""
    if fact.field == "competence":
        return None
    text = shown(fact.field, fact.value)
    spans = spans_of(text, set(asked.stems))
    if not set(asked.stems) <= set(tokens_of(text)):
        return None
    return Why(str(FIELDS[fact.field].label), snippet(text, spans), lang=fact.language)


def scattered(facts: Sequence[Fact], asked: Asked) -> Why | None:
    """The words stand in several facts: the first that has one of them."""
    for fact in facts:
        text = shown(fact.field, fact.value)
        if spans := spans_of(text, set(asked.stems)):
            return Why(str(FIELDS[fact.field].label), snippet(text, spans), lang=fact.language)
    return None


def by_meaning(fact: Fact, asked: Asked) -> Why | None:
    """The fact names the concept in other words or another language, or something narrower."""
    if asked.concept is None:
        return None
    reader = get_language() or "en"
    meaning = label(asked.concept, reader)
    if fact.field == "competence":
        if not is_within(str(fact.value), asked.concept):
            return None
        text = word_of("competence", str(fact.value))
        return Why(str(FIELDS["competence"].label), snippet(text, [(0, len(text))]), meaning)
    text = str(fact.value)
    spans = [
        (found.start, found.end)
        for found in concepts_in(text)
        if is_within(found.concept.slug, asked.concept)
    ]
    if not spans:
        return None
    return Why(str(FIELDS[fact.field].label), snippet(text, spans), meaning, fact.language)


def is_within(slug: str, concept: Concept) -> bool:
    """Whether a concept is the asked one or narrower."""
    return slug == concept.slug or concept.slug in {one.slug for one in broader_of(slug)}


def spans_of(text: str, stems: set[str]) -> list[Span]:
    return [
        (start, end)
        for word, start, end in words_with_places(text)
        if stems & set(tokens_of_word(word))
    ]


def snippet(text: str, spans: Sequence[Span]) -> SafeString:
    """The text around the first span, with every span in it marked."""
    first = spans[0][0] if spans else 0
    begin = text.rfind(" ", 0, max(0, first - ROUND_ABOUT)) + 1 if first > ROUND_ABOUT else 0
    end = len(text)
    if end - begin > 3 * ROUND_ABOUT:
        cut = text.find(" ", begin + 2 * ROUND_ABOUT + max(0, first - begin))
        end = cut if cut != -1 else end
    parts: list[SafeString | str] = ["…"] if begin else []
    at = begin
    for start, stop in spans:
        if start < at or stop > end:
            continue
        parts += [text[at:start], format_html("<mark>{}</mark>", text[start:stop])]
        at = stop
    parts += [text[at:end], "…" if end < len(text) else ""]
    return format_html_join("", "{}", ((part,) for part in parts))


def also_searched(asked: Sequence[Asked], most: int = 6) -> list[tuple[str, str]]:
    """Labels in other languages under which the concepts were looked for, with their language."""
    said: list[tuple[str, str]] = []
    for one in asked:
        if one.concept:
            said += [
                (language, labels[0])
                for language, labels in one.concept.labels.items()
                if language not in one.languages and labels
            ]
    return list({words: (language, words) for language, words in said}.values())[:most]


def read_as(asked: Sequence[Asked]) -> str:
    """The language in which the concepts were written; empty where several could be meant."""
    spoken = [set(one.languages) for one in asked if one.concept]
    common = set.intersection(*spoken) if spoken else set()
    return word_of("language", common.pop()) if len(common) == 1 else ""
