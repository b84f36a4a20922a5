"""Which organisation a row of a file is, and which ones it may be.

Numbers that identify, the list that brought it before, or name, country and city together settle
it. What only looks alike is compared by `rules.duplicates`: words of names are looked up from the
rarest on, so that ten thousand rows meet two hundred thousand names in seconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from typing import Any

from django.db.models import QuerySet

from hanse.directory.models import Fact, Organisation, Origin
from hanse.directory.rules.duplicates import (
    PROPOSED_FROM,
    SIMILAR_FROM,
    Agreement,
    bearing_words,
    likeness,
    weight_of,
)
from hanse.directory.rules.imports import Row
from hanse.directory.rules.values import Said, key_of
from hanse.directory.words import IDENTIFIERS, State

AT_ONCE = 500
GONE = (State.MERGED, State.RETIRED)
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the same: who, how sure, and what agrees."""

    name: str
    slug: str
    weight: float
    agreements: Sequence[Agreement]


@dataclass
class Named:
    """A name to compare with: an organisation here, or an earlier row of the same file."""

    name: str
    country: str
    city: str
    slug: str = ""
    number: int = 0
    website: str = ""
    words: frozenset[str] = frozenset()


@dataclass
class Register:
    """Who is known: what settles it by its key, and names by their words."""

    by_slug: dict[str, int] = field(default_factory=dict)
    by_origin: dict[str, int] = field(default_factory=dict)
    by_number: dict[tuple[str, str], int] = field(default_factory=dict)
    by_place: dict[Place, int] = field(default_factory=dict)
    by_website: dict[str, list[Named]] = field(default_factory=dict)
    by_public_number: dict[tuple[str, str], Named] = field(default_factory=dict)
    by_word: dict[tuple[str, str], list[Named]] = field(default_factory=dict)

    def settled(self, row: Row, said: Sequence[Said]) -> list[int]:
        """Numbers of the organisations that this row is; one, if all is well."""
        found = [
            self.by_slug.get(row.slug) if row.slug else None,
            self.by_origin.get(row.source_number) if row.source_number else None,
            *(self.by_number.get((one.field, one.key)) for one in said if one.field in IDENTIFIERS),
        ]
        if not any(found):
            found.append(self.by_place.get(place_of(said)))
        return list(dict.fromkeys(one for one in found if one))

    def alike(self, said: Sequence[Said]) -> list[Alike]:
        """Whoever may be the same, surest first."""
        own = named_of(said)
        candidates = {id(one): one for one in self._sharing(own)}
        candidates |= {id(one): one for one in self.by_website.get(own.website, ())}
        numbers: defaultdict[int, list[Agreement]] = defaultdict(list)
        for one in said:
            other = self.by_public_number.get((one.field, one.key))
            if other and other.country == own.country:
                candidates[id(other)] = other
                numbers[id(other)].append(Agreement(one.field, str(one.value)))
        found = [
            Alike(one.name, one.slug or f"#{one.number}", weight_of(agreed), agreed)
            for key, one in candidates.items()
            if (agreed := numbers[key] + agreements(own, one))
            and weight_of(agreed) >= PROPOSED_FROM
        ]
        return sorted(found, key=lambda one: (-one.weight, one.name))[:5]

    def _sharing(self, own: Named) -> Iterable[Named]:
        """Names alike enough share one of the rarest words of this one (prefix filter of joins by
        likeness, Chaudhuri, Ganti and Kaushik 2006)."""
        words = sorted(own.words, key=lambda word: len(self.by_word.get((own.country, word), ())))
        for word in words[: len(words) - ceil(SIMILAR_FROM * len(words)) + 1]:
            yield from self.by_word.get((own.country, word), ())

    def add(self, one: Named) -> None:
        for word in one.words:
            self.by_word.setdefault((one.country, word), []).append(one)
        if one.website:
            self.by_website.setdefault(one.website, []).append(one)


def agreements(own: Named, other: Named) -> list[Agreement]:
    if own.country != other.country:
        return []
    found = []
    alike = likeness(own.words, other.words)
    if alike == 1.0:
        found.append(Agreement("name", other.name))
    elif alike >= SIMILAR_FROM:
        found.append(Agreement("similar_name", f"{own.name} / {other.name}"))
    if own.website and own.website == other.website:
        found.append(Agreement("website", own.website))
    if found and own.city and bearing_words(own.city) == bearing_words(other.city):
        found.append(Agreement("city", own.city))
    return found


def named_of(said: Sequence[Said], number: int = 0) -> Named:
    values = {one.field: one for one in reversed(said)}

    def text(code: str) -> str:
        return str(values[code].value) if code in values else ""

    website = values["website"].key if "website" in values else ""
    name = text("name")
    return Named(name, text("country"), text("city"), "", number, website, bearing_words(name))


def place_of(said: Sequence[Said]) -> Place:
    """Name, country and city as they are compared."""
    values = {one.field: one for one in reversed(said)}
    if not {"name", "country"} <= values.keys():
        return ("", "", "")
    city = str(values["city"].value) if "city" in values else ""
    return (values["name"].key, str(values["country"].value), key_of("name", city))


def register_for(
    rows: Sequence[Row],
    said: Mapping[int, Sequence[Said]],
    *,
    listing: str,
    own: QuerySet[Organisation],
    visible: QuerySet[Organisation],
) -> Register:
    """Whoever these rows may be. Only organisations of `own` are settled on; `visible` ones are
    compared with, by what is public, and nobody else: a file tells nobody of a hidden profile."""
    living = own.exclude(state__in=GONE)
    numbers = {(one.field, one.key) for some in said.values() for one in some
               if one.field in IDENTIFIERS}  # fmt: skip
    countries = {str(one.value) for some in said.values() for one in some if one.field == "country"}
    register = Register(
        by_slug=_by_slug({row.slug for row in rows if row.slug}, own),
        by_origin=_by_origin(
            {row.source_number for row in rows if row.source_number}, listing, own
        ),
        by_number=_by_number(numbers, living),
        by_place=_by_place(countries, living),
    )
    websites = _websites({one.key for some in said.values() for one in some
                          if one.field == "website"})  # fmt: skip
    others = visible.exclude(state__in=GONE)
    holders: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, pk in _by_number(numbers, others, is_public=True).items():
        holders[pk].append(key)
    compared = others.filter(country__in=countries)
    for pk, slug, name, country, city in compared.values_list(
        "pk", "slug", "name", "country", "city"
    ):
        one = Named(name, country, city, slug, 0, websites.get(pk, ""), bearing_words(name))
        register.add(one)
        register.by_public_number |= dict.fromkeys(holders.get(pk, ()), one)
    return register


def _by_slug(slugs: Collection[str], own: QuerySet[Organisation]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _some(slugs):
        found |= dict(own.exclude(state__in=GONE).filter(slug__in=some).values_list("slug", "pk"))
    return found


def _by_origin(
    numbers: Collection[str], listing: str, own: QuerySet[Organisation]
) -> dict[str, int]:
    """Whom a list brought before; who was merged since is found in whom took it in."""
    found: dict[str, int] = {}
    for some in _some(numbers):
        known = Origin.objects.filter(listing=listing, number__in=some).select_related(
            "organisation__merged_into"
        )
        for origin in known:
            one: Organisation | None = origin.organisation
            while one and one.state == State.MERGED:
                one = one.merged_into
            if one and one.state not in GONE:
                found[origin.number] = one.pk
    allowed: set[int] = set()
    for pks in _some(set(found.values())):
        allowed |= set(own.filter(pk__in=pks).values_list("pk", flat=True))
    return {number: pk for number, pk in found.items() if pk in allowed}


def _by_number(
    numbers: Collection[tuple[str, str]], living: QuerySet[Organisation], **said_so: bool
) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    by_field: defaultdict[str, list[str]] = defaultdict(list)
    for code, key in sorted(numbers):
        by_field[code].append(key)
    for code, keys in by_field.items():
        for some in _some(keys):
            said = Fact.objects.filter(
                field=code, key__in=some, ended_at__isnull=True, organisation__in=living, **said_so
            )
            found |= {(code, key): pk for key, pk in said.values_list("key", "organisation")}
    return found


def _by_place(countries: Collection[str], living: QuerySet[Organisation]) -> dict[Place, int]:
    """Names that several share in one city settle nothing."""
    here = living.filter(country__in=countries)
    rows = [
        ((key_of("name", name), country, key_of("name", city)), pk)
        for pk, name, country, city in here.values_list("pk", "name", "country", "city")
    ]
    often = Counter(place for place, _pk in rows)
    return {place: pk for place, pk in rows if often[place] == 1}


def _websites(keys: Collection[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in _some(keys):
        said = Fact.objects.filter(
            field="website", key__in=some, ended_at__isnull=True, is_public=True
        )
        found |= dict(said.values_list("organisation", "key"))
    return found


def _some(things: Iterable[Any]) -> Iterable[list[Any]]:
    waiting = iter(sorted(things))
    while some := list(islice(waiting, AT_ONCE)):
        yield some
