"""What the search reads, written anew for whatever changed: passages and a row of terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation

from hanse.commons.competences.queries import broader_of, concepts_in, labels_in, vocabulary
from hanse.commons.sectors.words import TITLES
from hanse.directory.models import Fact, Organisation, SearchRow, Tick
from hanse.directory.queries.notices import with_event_soon
from hanse.directory.rules.searching import (
    CODES,
    GIVES,
    GIVING,
    PASSAGES,
    PLACE_OF,
    WANTING,
    WANTS,
    labels_held,
    size_of,
)
from hanse.directory.rules.validation import members_of
from hanse.directory.words import ECOSYSTEMS, State
from hanse.kit.stemming import tokens_of
from hanse.ports.fulltext import open_fulltext

AT_ONCE = 500
Facts = Mapping[str, Sequence[Fact]]


@transaction.atomic
def index(organisations: Iterable[Organisation]) -> int:
    """Write what the search reads of these organisations; how many they were."""
    tick, written, waiting = next_tick(), 0, iter(organisations)
    while some := list(islice(waiting, AT_ONCE)):
        _index(some, tick)
        written += len(some)
    return written


def index_everything() -> int:
    """All over again, such as after a restore or with a new vocabulary."""
    open_fulltext().clear()
    SearchRow.objects.all().delete()
    return index(Organisation.objects.order_by("pk").iterator(AT_ONCE))


def next_tick() -> int:
    """The next number of the clock; others who change something wait until this is written."""
    Tick.objects.get_or_create(pk=1)
    Tick.objects.filter(pk=1).update(number=F("number") + 1)
    return Tick.objects.get(pk=1).number


def with_a_label_that_ended(today: date) -> QuerySet[Organisation]:
    """Organisations found under a label that they no longer hold."""
    labelled = SearchRow.objects.filter(terms__contains="label:").values("organisation")
    ended = Fact.objects.filter(
        field="label", ended_at__isnull=True, value__until__lt=today.isoformat(),
        organisation__in=labelled,
    ).exclude(value__until="")  # fmt: skip
    return Organisation.objects.filter(pk__in=ended.values("organisation"))


def _index(organisations: Sequence[Organisation], tick: int) -> None:
    text, today = open_fulltext(), timezone.localdate()
    known = set(
        SearchRow.objects.filter(organisation__in=organisations).values_list("pk", flat=True)
    )
    facts = _public_facts([one for one in organisations if one.is_found])
    soon = with_event_soon([one.pk for one in organisations], timezone.now())
    for one in organisations:
        if one.pk in known:
            text.remove(one.pk * PASSAGES, one.pk * PASSAGES + PASSAGES - 1)
    text.put(
        (one.pk * PASSAGES + place, tokens)
        for one in organisations
        if one.is_found
        for place, tokens in passages_of(facts[one.pk]).items()
    )
    SearchRow.objects.bulk_create(
        (
            row_of(one, facts[one.pk], tick, today, has_event=one.pk in soon)
            for one in organisations
        ),
        update_conflicts=True,
        unique_fields=["organisation"],
        update_fields=["tick", "terms", "members", "confirmed_on"],
    )


def _public_facts(organisations: Sequence[Organisation]) -> defaultdict[int, dict[str, list[Fact]]]:
    by_organisation: defaultdict[int, dict[str, list[Fact]]] = defaultdict(dict)
    said = Fact.objects.filter(
        organisation__in=organisations, ended_at__isnull=True, is_public=True
    )
    for fact in said.only("organisation_id", "field", "value", "language", "confirmed_at"):
        by_organisation[fact.organisation_id].setdefault(fact.field, []).append(fact)
    return by_organisation


def row_of(
    organisation: Organisation, facts: Facts, tick: int, today: date, *, has_event: bool = False
) -> SearchRow:
    if not organisation.is_found:
        return SearchRow(organisation=organisation, tick=tick)
    values = {field: [fact.value for fact in said] for field, said in facts.items()}
    members = members_of(values)
    terms = [f"kind:{organisation.kind}", f"size:{size_of(members)}"]
    terms += [f"{field}:{value}" for field in CODES for value in values.get(field, ())]
    terms += [f"label:{label}" for label in labels_held(values.get("label", ()), today)]
    terms += [f"{GIVES}:{slug}" for slug in concepts_of(facts, GIVING)]
    # What somebody looks for counts as it is named: who has something narrower has it, too.
    terms += [f"{WANTS}:{slug}" for slug in named_in(facts, WANTING)]
    terms += ["listed:yes"] if organisation.state == State.LISTED else []
    terms += ["soon:event"] if has_event and organisation.state == State.PUBLISHED else []
    return SearchRow(
        organisation=organisation,
        tick=tick,
        terms=" ".join(dict.fromkeys(terms)),
        members=members,
        confirmed_on=organisation.confirmed_at.date() if organisation.confirmed_at else None,
    )


def concepts_of(facts: Facts, fields: Sequence[str]) -> list[str]:
    """Concepts that the facts of some fields name or are, and what is broader."""
    marks = [
        mark
        for field in fields
        for fact in facts.get(field, ())
        for mark in (meaning_of(fact.value) if field == "competence" else meanings_in(fact.value))
    ]
    return [mark.removeprefix("c:") for mark in dict.fromkeys(marks)]


def named_in(facts: Facts, fields: Sequence[str]) -> list[str]:
    """The very concepts that the facts of some fields name."""
    return list(
        dict.fromkeys(
            found.concept.slug
            for field in fields
            for fact in facts.get(field, ())
            for found in concepts_in(str(fact.value))
        )
    )


def passages_of(facts: Facts) -> dict[int, list[str]]:
    """The words of each part of a profile, by its place."""
    found = {
        PLACE_OF[field]: [token for fact in said for token in words_of_fact(field, fact.value)]
        for field, said in facts.items()
        if field in PLACE_OF
    }
    return {place: list(dict.fromkeys(tokens)) for place, tokens in found.items() if tokens}


def words_of_fact(field: str, value: Any) -> Sequence[str]:
    if field == "competence":
        return [*meaning_of(value), *words_of_competence(value)]
    if field == "sector":
        return words_of_sector(value)
    if field == "ecosystem":
        return words_of_ecosystem(value)
    return [*tokens_of(str(value)), *meanings_in(str(value))]


@lru_cache(maxsize=4096)
def meanings_in(text: str) -> list[str]:
    """Marks of the concepts that a text names in any language, and of what is broader."""
    return [mark for found in concepts_in(text) for mark in meaning_of(found.concept.slug)]


@cache
def meaning_of(concept: str) -> list[str]:
    return [f"c:{slug}" for slug in (concept, *(one.slug for one in broader_of(concept)))]


@cache
def words_of_competence(concept: str) -> list[str]:
    labels = labels_in(vocabulary().concepts[concept], "en")
    return [token for label in labels for token in tokens_of(label)]


@cache
def words_of_sector(code: str) -> list[str]:
    """The code, and its title in every language of the site."""
    return [code.casefold(), *_in_every_language(TITLES, code)]


@cache
def words_of_ecosystem(code: str) -> list[str]:
    return _in_every_language(ECOSYSTEMS, code)


def _in_every_language(words: Mapping[str, Any], code: str) -> list[str]:
    tokens: list[str] = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            tokens += tokens_of(str(words.get(code, "")))
    return tokens
