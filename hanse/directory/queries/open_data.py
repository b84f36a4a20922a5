"""Open data: what everybody may read of those who are found, and what each column means.

Chunk by chunk, so that two hundred thousand organisations are never in memory together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanse.directory.access import public_facts
from hanse.directory.models import Fact, Membership, Organisation, Participation
from hanse.directory.queries.vocabularies import known
from hanse.directory.rules.exchange import ABOUT, cells_of, columns_of
from hanse.directory.rules.values import Said
from hanse.directory.words import FIELDS, FOUND, Field, Kind

AT_ONCE = 1000
PUBLIC_FIELDS = [field for field in FIELDS.values() if field.is_public]
IN_LANGUAGES = [field.code for field in PUBLIC_FIELDS if field.in_language and field.many]
MEMBERSHIPS = ("cluster", "cluster_name", "member", "member_name", "since", "confirmed_on")
PROJECTS = (
    "acronym", "title", "programme", "began_on", "ended_on", "organisation", "organisation_name",
    "role", "source",
)  # fmt: skip
Record = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A line of the data dictionary."""

    column: str
    meaning: str
    unit: str
    vocabulary: str
    many: bool


# Columns -----------------------------------------------------------------------------------------


def columns() -> list[str]:
    """The columns of the table of organisations: fields, in the languages in which any text is."""
    spoken = (
        public_facts()
        .filter(field__in=IN_LANGUAGES)
        .order_by("language")
        .values_list("language", flat=True)
        .distinct()
    )
    return [*ABOUT, *columns_of(PUBLIC_FIELDS, [language for language in spoken if language])]


_ABOUT: dict[str, str | Promise] = {
    "slug": gettext_lazy("Address of the profile: /directory/organisations/…/"),
    "kind": gettext_lazy("Kind of organisation"),
    "state": gettext_lazy("published by the organisation, or listed from public pages"),
    "confirmed_on": gettext_lazy("Day on which the profile was last confirmed"),
}
_UNITS: dict[str, str | Promise] = {
    "number": gettext_lazy("count"),
    "decimal": gettext_lazy("full-time posts"),
    "year": gettext_lazy("year"),
    "url": gettext_lazy("address of a page"),
    "held": gettext_lazy("code and the day until which it is valid"),
}


def dictionary() -> list[Entry]:
    """What each column means, made from the fields themselves."""
    about = [Entry(column, str(meaning), "", "", many=False) for column, meaning in _ABOUT.items()]
    return [*about, *(entry_of(field) for field in PUBLIC_FIELDS)]


def entry_of(field: Field) -> Entry:
    column = f"{field.code}@…" if field.in_language and field.many else field.code
    more = ""
    if field.as_of:
        more = " " + _("(%(column)s.as_of: the day for which it holds)") % {"column": field.code}
    elif field.in_language and not field.many:
        more = " " + _("(%(column)s.language: its language)") % {"column": field.code}
    vocabulary = ""
    if field.vocabulary:
        count = len(known()[field.vocabulary])
        vocabulary = _("%(name)s, %(count)s codes") % {"name": field.vocabulary, "count": count}
    return Entry(
        column,
        f"{field.label}{more}",
        str(_UNITS.get(field.form, "")),
        vocabulary,
        many=field.many,
    )


# Organisations -----------------------------------------------------------------------------------


def found() -> QuerySet[Organisation]:
    return Organisation.objects.filter(state__in=FOUND).order_by("pk")


def with_facts(numbers: Iterable[int] | None = None) -> Iterator[tuple[Organisation, list[Fact]]]:
    """Those who are found with their public facts; of the numbers, in their order, if there are
    any given."""
    waiting: Iterator[int] = iter(
        found().values_list("pk", flat=True).iterator(AT_ONCE) if numbers is None else numbers
    )
    while some := [int(number) for number in islice(waiting, AT_ONCE)]:
        here = found().in_bulk(some)
        facts: dict[int, list[Fact]] = {}
        for fact in public_facts().filter(organisation__in=list(here)).order_by("pk"):
            facts.setdefault(fact.organisation_id, []).append(fact)
        yield from ((here[pk], facts.get(pk, [])) for pk in some if pk in here)


def row_of(organisation: Organisation, facts: Sequence[Fact]) -> Record:
    """An organisation as a row of the table."""
    return about(organisation) | cells_of(
        Said(fact.field, fact.value, fact.language, fact.as_of, fact.is_public)
        for fact in facts
        if fact.field in FIELDS
    )


def record_of(organisation: Organisation, facts: Sequence[Fact]) -> Record:
    """An organisation as an object: each fact with its language, day, source and who says it."""
    said = [fact.as_record() for fact in facts if fact.field in FIELDS]
    return {**about(organisation), "facts": said}


def about(organisation: Organisation) -> Record:
    confirmed = organisation.confirmed_at
    return {
        "slug": organisation.slug,
        "kind": organisation.kind,
        "state": organisation.state,
        "confirmed_on": timezone.localtime(confirmed).date().isoformat() if confirmed else None,
    }


# What stands between organisations ---------------------------------------------------------------


def memberships() -> Iterator[Record]:
    """Open memberships of which both sides are found."""
    today = timezone.localdate()
    rows = (
        Membership.objects.filter(cluster__state__in=FOUND, member__state__in=FOUND)
        .filter(Q(until__isnull=True) | Q(until__gte=today))
        .select_related("cluster", "member")
        .order_by("pk")
    )
    for one in rows.iterator(AT_ONCE):
        yield {
            "cluster": one.cluster.slug,
            "cluster_name": one.cluster.name,
            "member": one.member.slug,
            "member_name": one.member.name,
            "since": one.since,
            "confirmed_on": one.confirmed_at.date() if one.confirmed_at else None,
        }


def projects() -> Iterator[Record]:
    """Each part of somebody who is found in a joint project."""
    rows = (
        Participation.objects.filter(organisation__state__in=FOUND)
        .select_related("project", "organisation")
        .order_by("project", "pk")
    )
    for one in rows.iterator(AT_ONCE):
        yield {
            "acronym": one.project.acronym,
            "title": one.project.title,
            "programme": one.project.programme,
            "began_on": one.project.began_on,
            "ended_on": one.project.ended_on,
            "organisation": one.organisation.slug,
            "organisation_name": one.organisation.name,
            "role": one.role,
            "source": one.project.source,
        }


def kinds() -> list[tuple[str, str]]:
    return [(str(kind), str(kind.label)) for kind in Kind]
