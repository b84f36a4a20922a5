"""Say something about an organisation, change it, confirm it. What was said before stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.actions.addresses import give_address
from hanse.directory.actions.indexing import index
from hanse.directory.models import Fact, Organisation
from hanse.directory.rules.validation import why_not_counted
from hanse.directory.rules.values import MOST_OF_A_KIND, Said, refused
from hanse.directory.words import FIELDS, PROGRAMME_AREA, REFUSALS, State, Voice
from hanse.kit.refusals import Refusal, Refused

# Fields that the organisation itself carries as well, for lists.
MIRRORED = ("name", "country", "region", "city")
NEEDED = ("name", "country")


@dataclass(frozen=True)
class Spoken:
    """Who says it, in whose voice, and from where."""

    by: Any
    voice: Voice = Voice.ORGANISATION
    source: str = ""


@transaction.atomic
def make_organisation(
    kind: str,
    said: Iterable[Said],
    how: Spoken,
    *,
    state: State = State.DRAFT,
    is_invented: bool = False,
) -> Organisation:
    """A new profile with its first facts. Name and country are needed."""
    values = by_field(said)
    for field in NEEDED:
        if not values.get(field):
            raise refused("needed", FIELDS[field])
    organisation = Organisation(
        kind=kind,
        state=state,
        made_by=how.by,
        is_invented=is_invented,
        **{field: str(values[field][0].value) for field in MIRRORED if values.get(field)},
    )
    if organisation.is_found:
        organisation.published_at = timezone.now()
    organisation.slug = give_address(organisation)
    organisation.save()
    why_not_sayable(organisation, values)
    Fact.objects.bulk_create(
        fact_of(organisation, one, how) for values_of in values.values() for one in values_of
    )
    record("make_organisation", organisation, by=how.by, after={"kind": kind, "state": state})
    index([organisation])
    return organisation


@transaction.atomic
def change_facts(
    organisation: Organisation,
    fields: Collection[str],
    said: Iterable[Said],
    how: Spoken,
    *,
    revision: int | None = None,
    keep_stale: bool = True,
) -> list[str]:
    """Replace what is said in these fields; the names of those that changed come back.

    `revision` is the one that the writer had before them: where somebody else saved meanwhile, the
    second is refused and nothing is written. Values that stay as they are keep their date; what a
    writer sees and leaves as it is they have not confirmed.
    """
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if revision is not None and held.revision != revision:
        raise Refused(Refusal("changed_meanwhile", REFUSALS["changed_meanwhile"]))
    wanted = by_field(said)
    why_not_sayable(held, wanted)
    for field in set(NEEDED) & set(fields):
        if not wanted.get(field):
            raise refused("needed", FIELDS[field])
    before = current(held, fields)
    now = timezone.now()
    ended, begun = difference(before, [one for field in fields for one in wanted.get(field, ())])
    if not (ended or begun):
        return []
    Fact.objects.filter(pk__in=[fact.pk for fact in ended]).update(ended_at=now, ended_by=how.by)
    Fact.objects.bulk_create(fact_of(held, one, how, now) for one in begun)
    changed = sorted({fact.field for fact in ended} | {one.field for one in begun})
    _mirror(held, fields, wanted)
    held.revision += 1
    held.save()
    organisation.refresh_from_db()
    record(
        "change_facts",
        held,
        by=how.by,
        before={"fields": changed},
        after={"fields": changed, "revision": held.revision},
    )
    index([held])
    return changed


@transaction.atomic
def confirm_facts(organisation: Organisation, facts: Iterable[int], how: Spoken) -> int:
    """These facts are still true. Which of them are counted, those of others are left out."""
    now = timezone.now()
    confirmed = Fact.objects.filter(
        organisation=organisation, pk__in=list(facts), ended_at__isnull=True
    ).update(confirmed_at=now, confirmed_by=how.by, voice=how.voice)
    organisation.confirmed_at = now
    if organisation.state == State.DORMANT:
        organisation.state = State.PUBLISHED
    organisation.save(update_fields=["confirmed_at", "state"])
    record("confirm_facts", organisation, by=how.by, after={"facts": confirmed})
    index([organisation])
    return confirmed


@transaction.atomic
def retire(organisation: Organisation, *, by: Any, reason: str = "") -> None:
    """The organisation is no more, or wants to be here no more: its page says so."""
    before = organisation.state
    organisation.state = State.RETIRED
    organisation.save(update_fields=["state"])
    record(
        "retire_organisation",
        organisation,
        by=by,
        before={"state": before},
        after={"state": State.RETIRED},
        reason=reason,
    )
    index([organisation])


def by_field(said: Iterable[Said]) -> dict[str, list[Said]]:
    """Values by field, each once, in the order in which they were said."""
    values: dict[str, list[Said]] = {}
    for one in said:
        known = values.setdefault(one.field, [])
        if one.same not in [other.same for other in known]:
            known.append(one)
    return values


def why_not_sayable(organisation: Organisation, values: Mapping[str, Sequence[Said]]) -> None:
    """Raise the reason why these values cannot be said of this organisation."""
    country = values["country"][0].value if values.get("country") else organisation.country
    inside = country in PROGRAMME_AREA
    for code, said in values.items():
        field = FIELDS[code]
        if not field.is_asked(organisation.kind, inside=inside):
            raise refused("not_asked", field, kind=organisation.get_kind_display())
        if not field.many and len(said) > 1:
            raise refused("one_only", field, count=len(said))
        if len(said) > MOST_OF_A_KIND:
            raise refused("too_many", field, most=MOST_OF_A_KIND)
    if reason := why_not_counted(
        {code: said[0].value for code, said in values.items() if code.startswith("members_")}
    ):
        raise Refused(reason)


def current(organisation: Organisation, fields: Collection[str]) -> list[Fact]:
    return list(organisation.facts.filter(ended_at__isnull=True, field__in=list(fields)))


def difference(before: Sequence[Fact], wanted: Sequence[Said]) -> tuple[list[Fact], list[Said]]:
    """The facts that end and the values that begin."""
    held = {said_of(fact).same: fact for fact in before}
    kept = {one.same for one in wanted} & held.keys()
    return (
        [fact for same, fact in held.items() if same not in kept],
        [one for one in wanted if one.same not in kept],
    )


def said_of(fact: Fact) -> Said:
    return Said(fact.field, fact.value, fact.language, fact.as_of, fact.is_public)


def fact_of(
    organisation: Organisation, said: Said, how: Spoken, now: datetime | None = None
) -> Fact:
    now = now or timezone.now()
    return Fact(
        organisation=organisation,
        field=said.field,
        value=said.value,
        key=said.key,
        language=said.language,
        as_of=said.as_of,
        is_public=said.is_public,
        voice=how.voice,
        source=how.source[:300],
        began_at=now,
        began_by=how.by,
        confirmed_at=now,
        confirmed_by=how.by,
    )


def _mirror(
    organisation: Organisation, fields: Collection[str], values: Mapping[str, Sequence[Said]]
) -> None:
    for field in set(MIRRORED) & set(fields):
        said = values.get(field)
        setattr(organisation, field, str(said[0].value) if said else "")
    if "name" in fields or "country" in fields:
        organisation.slug = give_address(organisation)
