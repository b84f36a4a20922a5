"""Take in many organisations at once: what files bring, and the invented world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record_each
from hanse.directory.actions.addresses import slug_of
from hanse.directory.actions.facts import (
    MIRRORED,
    NEEDED,
    Spoken,
    by_field,
    fact_of,
    why_not_sayable,
)
from hanse.directory.actions.indexing import index
from hanse.directory.models import Fact, FormerAddress, Organisation
from hanse.directory.rules.values import Said, refused
from hanse.directory.words import FIELDS, FOUND, State

AT_ONCE = 1000


@dataclass(frozen=True)
class Arrival:
    """One organisation as it comes: what is said of it, and since when each of that holds."""

    kind: str
    said: Sequence[Said]
    state: State
    is_invented: bool = False
    confirmed_at: datetime | None = None
    # Values that were confirmed at another time than the whole.
    confirmed: Sequence[tuple[Said, datetime]] = field(default=())
    # The page that it was read from, where each row of a file has its own.
    source: str = ""


@transaction.atomic
def take_in(arrivals: Iterable[Arrival], how: Spoken) -> list[Organisation]:
    """Make them all, in order; the first that cannot be made refuses the whole."""
    taken = slugs_taken()
    made: list[Organisation] = []
    waiting = iter(arrivals)
    while some := list(islice(waiting, AT_ONCE)):
        made += _take_in(some, how, taken)
    record_each("make_organisation", made, by=how.by, after={"source": how.source})
    index(made)
    return made


def slugs_taken() -> set[str]:
    return {
        *Organisation.objects.values_list("slug", flat=True),
        *FormerAddress.objects.values_list("slug", flat=True),
    }


def _take_in(some: Sequence[Arrival], how: Spoken, taken: set[str]) -> list[Organisation]:
    made = [_organisation(one, how, taken) for one in some]
    Organisation.objects.bulk_create(made)
    facts: list[Fact] = []
    for organisation, arrival in zip(made, some, strict=True):
        facts += _facts(organisation, arrival, how)
    Fact.objects.bulk_create(facts, batch_size=AT_ONCE)
    return made


def _organisation(arrival: Arrival, how: Spoken, taken: set[str]) -> Organisation:
    values = by_field(arrival.said)
    for code in NEEDED:
        if not values.get(code):
            raise refused("needed", FIELDS[code])
    organisation = Organisation(
        kind=arrival.kind,
        state=arrival.state,
        is_invented=arrival.is_invented,
        made_by=how.by,
        published_at=timezone.now() if arrival.state in FOUND else None,
        confirmed_at=arrival.confirmed_at,
        **{code: str(values[code][0].value) for code in MIRRORED if values.get(code)},
    )
    why_not_sayable(organisation, values)
    others = [str(said.value) for said in values.get("other_name", ())]
    organisation.slug = free_slug(slug_of(organisation.name, *others), taken)
    return organisation


def free_slug(wanted: str, taken: set[str]) -> str:
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    taken.add(slug)
    return slug


def _facts(organisation: Organisation, arrival: Arrival, how: Spoken) -> list[Fact]:
    own = {id(said): at for said, at in arrival.confirmed}
    how = Spoken(how.by, how.voice, arrival.source or how.source)
    facts = []
    for values in by_field(arrival.said).values():
        for said in values:
            at = own.get(id(said), arrival.confirmed_at)
            facts.append(fact_of(organisation, said, how, at))
    return facts
