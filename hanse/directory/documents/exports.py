"""Files that leave the directory: a search, the whole of it, one profile with everything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from hanse.directory.models import Membership, Organisation, Participation
from hanse.directory.queries import open_data
from hanse.directory.words import FIELDS
from hanse.kit.streams import csv_lines, json_line

FORMAT = "hanse-organisations/1"
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def streamed(form: str, numbers: Iterable[int] | None = None) -> Iterator[str]:
    """Organisations as CSV or JSON lines, one after the other."""
    found = open_data.with_facts(numbers)
    if form == "jsonl":
        return (json_line(open_data.record_of(*one)) for one in found)
    return csv_lines(open_data.columns(), (open_data.row_of(*one) for one in found))


def profile_file(organisation: Organisation) -> bytes:
    """Everything about one profile, private facts too; it can be imported again without a loss.

    Members, clusters and projects are told as well, and not read back: each has two sides.
    """
    told = {"format": FORMAT, "organisations": [whole(organisation)]}
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def whole(organisation: Organisation) -> dict[str, Any]:
    facts = organisation.facts.filter(ended_at__isnull=True).order_by("pk")
    return {
        **open_data.about(organisation),
        "revision": organisation.revision,
        "facts": [
            {**fact.as_record(), "is_public": fact.is_public}
            for fact in facts
            if fact.field in FIELDS
        ],
        "members": [_side(one, "member") for one in _memberships(organisation, "cluster")],
        "clusters": [_side(one, "cluster") for one in _memberships(organisation, "member")],
        "projects": [_part(one) for one in organisation.participations.select_related("project")],
    }


def _memberships(organisation: Organisation, side: str) -> Iterable[Membership]:
    return Membership.objects.filter(**{side: organisation}).select_related("cluster", "member")


def _side(membership: Membership, other: str) -> dict[str, Any]:
    who: Organisation = getattr(membership, other)
    return {
        "name": who.name,
        "slug": who.slug,
        "since": membership.since,
        "until": membership.until,
        "confirmed": membership.confirmed_at is not None,
    }


def _part(one: Participation) -> dict[str, Any]:
    return {"acronym": one.project.acronym, "title": one.project.title, "role": one.role}
