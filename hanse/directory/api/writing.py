"""What a program writes with a person's key: the same rules and actions as the form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from hanse.directory.access import is_administrator, may_edit, organisations_visible_to
from hanse.directory.actions.facts import Spoken, change_facts, make_organisation
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.api.answers import (
    Key,
    OrganisationNote,
    ProblemNote,
    person_of,
    problem,
    router,
    tagged,
)
from hanse.directory.documents.exports import whole
from hanse.directory.models import Organisation
from hanse.directory.queries.vocabularies import known
from hanse.directory.rules.values import Said, read_value
from hanse.directory.words import FIELDS, IMPORTS, REFUSALS, JoinReason, Kind, Voice
from hanse.kit.refusals import Refused

TAG = re.compile(r'(?:W/)?"?(\d{1,9})(?:-[^"]*)?"?')
MOST_VALUES = 200


class Changes(Schema):
    """Fields by code, each with a value or a list of values; an empty list takes the field out."""

    facts: dict[str, Any] = Field(..., examples=[{"offer": [{"value": "…", "language": "pl"}]}])


class Draft(Changes):
    kind: Kind


@router.patch(
    "/organisations/{slug:slug}",
    auth=Key(),
    response={200: OrganisationNote, 409: ProblemNote, 422: ProblemNote, 428: ProblemNote},
    summary="Replace what is said in some fields",
)
def change(request: HttpRequest, slug: str, changes: Changes) -> HttpResponse:
    """Needs `If-Match` with the ETag that was read. Where somebody else saved meanwhile, nothing
    is written and the answer 409 holds both versions."""
    me = person_of(request)
    one = get_object_or_404(organisations_visible_to(me), slug=slug)
    if not may_edit(me, one):
        return problem(403, "Not yours", "The person of this key may not change this profile.")
    tag = TAG.fullmatch(request.headers.get("If-Match", "").strip())
    if tag is None:
        return problem(428, "Revision needed", str(REFUSALS["revision_needed"]))
    said, errors = read_all(changes.facts)
    if errors:
        return problem(422, "Not taken", "Some fields were not taken.", errors=errors)
    voice = Voice.ORGANISATION if is_administrator(me, one) else Voice.OFFICER
    fields = list(changes.facts)
    try:
        change_facts(one, fields, said, Spoken(me, voice), revision=int(tag[1]))
    except Refused as no:
        if no.refusal.code == "changed_meanwhile":
            return conflict(one, fields, said, str(no))
        return problem(
            422, "Not taken", str(no), errors=[{"code": no.refusal.code, "says": str(no)}]
        )
    one.refresh_from_db()
    return tagged(request, everything(one), one.revision)


@router.post(
    "/organisations",
    auth=Key(),
    response={201: OrganisationNote, 422: ProblemNote},
    summary="Begin a draft; its maker speaks for it",
)
def begin(request: HttpRequest, draft: Draft) -> HttpResponse:
    me = person_of(request)
    said, errors = read_all(draft.facts)
    if errors:
        return problem(422, "Not taken", "Some fields were not taken.", errors=errors)
    try:
        made = make_organisation(draft.kind, said, Spoken(me))
    except Refused as no:
        return problem(
            422, "Not taken", str(no), errors=[{"code": no.refusal.code, "says": str(no)}]
        )
    make_administrator(made, me, JoinReason.FOUNDER, by=me)
    answer = tagged(request, everything(made), made.revision)
    answer.status_code = 201
    return answer


def everything(one: Organisation) -> dict[str, Any]:
    """A profile as whoever may change it reads it, private facts too."""
    return {"name": one.name, **whole(one)}


def read_all(facts: Mapping[str, Any]) -> tuple[list[Said], list[dict[str, Any]]]:
    """Every value by the rules of the form; and what is wrong, by field and place."""
    said: list[Said] = []
    errors: list[dict[str, Any]] = []
    for code, given in facts.items():
        if code not in FIELDS:
            sentence = REFUSALS["unknown_field"] % {"field": code[:40]}
            errors.append({"field": code[:40], "code": "unknown_field", "says": sentence})
            continue
        values: Sequence[Any] = given if isinstance(given, list) else [given]
        if given is None or len(values) > MOST_VALUES:
            sentence = REFUSALS["no_values"] % {"field": FIELDS[code].label}
            errors.append({"field": code, "code": "no_values", "says": sentence})
            continue
        for place, one in enumerate(values):
            try:
                said.append(read_one(code, one))
            except Refused as no:
                errors.append(
                    {"field": code, "place": place, "code": no.refusal.code, "says": str(no)}
                )
            except ValueError:
                sentence = IMPORTS["no_day"] % {"typed": str(one)[:40]}
                errors.append({"field": code, "place": place, "code": "no_day", "says": sentence})
    return said, errors


def read_one(code: str, given: Any) -> Said:
    told = given if isinstance(given, Mapping) and "value" in given else {"value": given}
    as_of = told.get("as_of")
    return read_value(
        code,
        told["value"],
        known(),
        today=timezone.localdate(),
        language=str(told.get("language") or ""),
        as_of=date.fromisoformat(str(as_of)) if as_of else None,
        is_public=told.get("is_public") is not False,
    )


def conflict(
    one: Organisation, fields: Sequence[str], said: Sequence[Said], detail: str
) -> HttpResponse:
    """Both versions of the fields that were to be changed."""
    one.refresh_from_db()
    standing = one.facts.filter(ended_at__isnull=True, field__in=fields).order_by("pk")
    theirs: dict[str, list[dict[str, Any]]] = {field: [] for field in fields}
    for fact in standing:
        theirs[fact.field].append({**fact.as_record(), "is_public": fact.is_public})
    yours: dict[str, list[dict[str, Any]]] = {field: [] for field in fields}
    for value in said:
        yours[value.field].append(
            {"value": value.value, "language": value.language, "as_of": value.as_of}
        )
    return problem(
        409,
        "Changed meanwhile",
        detail,
        revision=one.revision,
        theirs=theirs,
        yours=yours,
    )
