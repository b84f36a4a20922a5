"""Propose what may be one organisation, merge two profiles, take a merge apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.actions.indexing import index
from hanse.directory.actions.moving import give_back, take_along
from hanse.directory.models import (
    Administrator,
    Duplicate,
    Fact,
    Membership,
    Merge,
    Organisation,
    Participation,
)
from hanse.directory.rules.duplicates import (
    PROPOSED_FROM,
    Agreement,
    agreement_of_names,
    bearing_words,
    weight_of,
)
from hanse.directory.words import FIELDS, IDENTIFIERS, REFUSALS, DuplicateState, State
from hanse.kit.announce import announce
from hanse.kit.refusals import Refusal, Refused

LOOKED_AT = (*IDENTIFIERS, "website")
NAMES = ("name", "other_name", "short_name")
# A page or word that so many share tells nobody apart.
TOO_COMMON = 12
Pair = tuple[int, int]


def refusal(code: str, **facts: object) -> Refused:
    return Refused(Refusal(code, REFUSALS[code], facts))


@transaction.atomic
def propose_duplicates(among: Iterable[int] | None = None) -> int:
    """Look for pairs that may be one; how many new ones. `among`: pairs with one of these only."""
    agreements = agreements_by_pair(set(among) if among is not None else None)
    known = set(Duplicate.objects.values_list("first", "second"))
    fresh = [
        Duplicate(
            first_id=first,
            second_id=second,
            evidence=[[one.what, one.value] for one in said],
            weight=weight_of(said),
        )
        for (first, second), said in sorted(agreements.items())
        if weight_of(said) >= PROPOSED_FROM and (first, second) not in known
    ]
    Duplicate.objects.bulk_create(fresh)
    return len(fresh)


def agreements_by_pair(among: set[int] | None) -> dict[Pair, list[Agreement]]:
    living = Q(organisation__state__in=[State.MERGED, State.RETIRED])
    said = Fact.objects.filter(ended_at__isnull=True).exclude(living)
    found: defaultdict[Pair, list[Agreement]] = defaultdict(list)
    keyed = said.filter(field__in=LOOKED_AT).exclude(key="")
    for (field, key), numbers in _grouped(
        keyed.values_list("organisation", "field", "key")
    ).items():
        for pair in _pairs(numbers, among):
            found[pair].append(Agreement(field, key))
    names: defaultdict[int, list[str]] = defaultdict(list)
    for number, name in said.filter(field__in=NAMES).values_list("organisation", "value"):
        names[number].append(name)
    by_word = _grouped(
        (number, "word", word)
        for number, all_names in names.items()
        for name in all_names
        for word in bearing_words(name)
    )
    alike = {pair for numbers in by_word.values() for pair in _pairs(numbers, among)}
    country = dict(Organisation.objects.values_list("pk", "country"))
    city = dict(Organisation.objects.exclude(city="").values_list("pk", "city"))
    for first, second in alike | found.keys():
        if country[first] != country[second]:
            continue
        if named := agreement_of_names(names[first], names[second]):
            found[first, second].append(named)
            if first in city and bearing_words(city[first]) == bearing_words(city.get(second, "")):
                found[first, second].append(Agreement("city", city[first]))
    return found


def _grouped(rows: Iterable[tuple[int, str, str]]) -> dict[tuple[str, str], set[int]]:
    groups: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for number, what, key in rows:
        groups[what, key].add(number)
    return groups


def _pairs(numbers: set[int], among: set[int] | None) -> Iterator[Pair]:
    if len(numbers) > TOO_COMMON:
        return
    for pair in combinations(sorted(numbers), 2):
        if among is None or among & set(pair):
            yield pair


@dataclass(frozen=True)
class OrganisationsMerged:
    """One profile took another in; what others keep about the other one goes along."""

    merged: Merge


@dataclass(frozen=True)
class MergeUndone:
    """They are two again."""

    merged: Merge


@transaction.atomic
def call_different(duplicate: Duplicate, *, by: Any) -> None:
    """The two are two; they are not proposed again."""
    _decide(duplicate, DuplicateState.DIFFERENT, by=by)
    record(
        "call_different",
        duplicate,
        by=by,
        after={"pair": [duplicate.first_id, duplicate.second_id]},
    )


@transaction.atomic
def merge(kept: Organisation, gone: Organisation, *, by: Any) -> Merge:
    """One profile takes the other in: its facts, members, projects and administrators.

    What is said once only stays as the kept one says it. The other's address leads here from now
    on. Everything that moves is written down, so that `undo_merge` can move it back.
    """
    if kept.pk == gone.pk:
        raise refusal("same_organisation")
    locked = Organisation.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk])
    if any(one.state == State.MERGED for one in locked):
        raise refusal("already_merged")
    moved = {
        "state": gone.state,
        "facts": _take_facts(kept, gone),
        "members": _move(Membership, "cluster", gone, kept, "member"),
        "clusters": _move(Membership, "member", gone, kept, "cluster"),
        "projects": _move(Participation, "organisation", gone, kept, "project"),
        "administrators": _take_administrators(kept, gone),
        "in_touch": take_along(kept, gone),
    }
    gone.state, gone.merged_into = State.MERGED, kept
    gone.save(update_fields=["state", "merged_into"])
    kept.revision += 1
    kept.save(update_fields=["revision"])
    merged = Merge.objects.create(kept=kept, gone=gone, moved=moved, by=by)
    record("merge", kept, by=by, after={"gone": gone.pk, "merge": merged.pk})
    first, second = sorted([kept.pk, gone.pk])
    for duplicate in Duplicate.objects.filter(first=first, second=second):
        _decide(duplicate, DuplicateState.MERGED, by=by)
    index([kept, gone])
    announce(OrganisationsMerged(merged))
    return merged


@transaction.atomic
def undo_merge(merged: Merge, *, by: Any) -> None:
    """Two profiles again, each with what it had; what was said since stays with the kept one."""
    held = Merge.objects.select_for_update().get(pk=merged.pk)
    if held.undone_at:
        raise refusal("merge_undone", day=held.undone_at.date())
    kept, gone = held.kept, held.gone
    if kept.state == State.MERGED:
        raise refusal("merged_on")
    now = timezone.now()
    Fact.objects.filter(pk__in=held.moved["facts"]).update(ended_at=now, ended_by=by)
    Membership.objects.filter(pk__in=held.moved["members"]).update(cluster=gone)
    Membership.objects.filter(pk__in=held.moved["clusters"]).update(member=gone)
    Participation.objects.filter(pk__in=held.moved["projects"]).update(organisation=gone)
    Administrator.objects.filter(pk__in=held.moved["administrators"]).delete()
    give_back(held.moved.get("in_touch", {}), gone)
    gone.state, gone.merged_into = held.moved["state"], None
    gone.save(update_fields=["state", "merged_into"])
    kept.revision += 1
    kept.save(update_fields=["revision"])
    held.undone_at, held.undone_by = now, by
    held.save(update_fields=["undone_at", "undone_by"])
    first, second = sorted([kept.pk, gone.pk])
    for duplicate in Duplicate.objects.filter(first=first, second=second):
        _decide(duplicate, DuplicateState.OPEN, by=by)
    record("undo_merge", kept, by=by, before={"gone": gone.pk, "merge": held.pk})
    index([kept, gone])
    announce(MergeUndone(held))


def _decide(duplicate: Duplicate, state: DuplicateState, *, by: Any) -> None:
    duplicate.state, duplicate.decided_by, duplicate.decided_at = state, by, timezone.now()
    duplicate.save(update_fields=["state", "decided_by", "decided_at"])


def _take_facts(kept: Organisation, gone: Organisation) -> list[int]:
    """Copies of what the kept one does not say yet; the other keeps its own."""
    said = list(kept.facts.filter(ended_at__isnull=True))
    fields = {fact.field for fact in said}
    values = {(fact.field, repr(fact.value), fact.language) for fact in said}
    taken = []
    for fact in gone.facts.filter(ended_at__isnull=True):
        if fact.field == "name":
            fact.field = "other_name"
        many = FIELDS[fact.field].many
        if (fact.field, repr(fact.value), fact.language) in values or (
            not many and fact.field in fields
        ):
            continue
        fact.pk, fact.organisation = None, kept
        taken.append(fact)
    # One by one: not every database tells bulk_create's numbers.
    for fact in taken:
        fact.save(force_insert=True)
    return [fact.pk for fact in taken]


def _move(
    model: type[Model], side: str, gone: Organisation, kept: Organisation, other: str
) -> list[int]:
    """Rows that change over, except where the kept one has the same already."""
    rows = model._default_manager.filter(**{side: gone})  # noqa: SLF001
    held = set(model._default_manager.filter(**{side: kept}).values_list(other, flat=True))  # noqa: SLF001
    if model is Membership:
        held.add(kept.pk)  # nobody becomes a member of itself
    moving = [pk for pk, there in rows.values_list("pk", other) if there not in held]
    model._default_manager.filter(pk__in=moving).update(**{side: kept})  # noqa: SLF001
    return moving


def _take_administrators(kept: Organisation, gone: Organisation) -> list[int]:
    held = set(kept.administrators.values_list("person", flat=True))
    return [
        Administrator.objects.create(organisation=kept, person_id=one.person_id, how=one.how).pk
        for one in gone.administrators.all()
        if one.person_id not in held
    ]
