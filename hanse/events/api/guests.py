"""Guests over HTTP with an organiser's key: who registers, decisions, seats, scans, the report."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Schema

from hanse.directory.api.answers import Key, ProblemNote, person_of, problem
from hanse.events.access import may_manage_guests
from hanse.events.actions.registration import Guest, approve, cancel, refuse, register
from hanse.events.api.notes import router
from hanse.events.api.organising import OF_EVENT, event_of
from hanse.events.models import Event, Registration
from hanse.events.queries.report import report_of
from hanse.events.rules.guests import why_no_address

NOT_YOURS = "The person of this key does not look after the guests."


class RegistrationNote(Schema):
    number: int
    state: str
    name: str
    email: str
    organisation: str
    country: str
    kind: str
    made_at: str
    confirmed_at: str | None


class RegistrationIn(Schema):
    """Somebody whom the organisers register; they get the letter that everybody gets."""

    email: str = Field(..., max_length=254)
    name: str = Field(..., min_length=1, max_length=150)
    kind: str = Field(..., description="The code of a kind of participant.")
    organisation: str = Field("", max_length=200)
    country: str = Field("", max_length=2)
    language: str = Field("en", max_length=10)


class DecisionIn(Schema):
    """Yes or no to registrations that wait for the organisers' word; or a cancellation."""

    outcome: Literal["approve", "refuse", "cancel"]
    numbers: list[int] = Field(..., max_length=1000)
    says: str = Field("", max_length=300)


class PoolNote(Schema):
    """Seats of the event (no kind, no session), of a kind, or of a session."""

    kind: str | None
    session: str | None
    capacity: int | None
    taken: int


class ScanNote(Schema):
    at: str
    verdict: str
    number: int | None
    session: str | None
    was_offline: bool


def registration_note(one: Registration) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("number", "state", "name", "email", "country")},
        "organisation": one.organisation_name,
        "kind": one.kind.code,
        "made_at": one.made_at.isoformat(),
        "confirmed_at": one.confirmed_at.isoformat() if one.confirmed_at else None,
    }


def _own(request: HttpRequest, series: str, event: str) -> Event | None:
    """The event, where the person of the key looks after its guests."""
    found = event_of(request, series, event)
    return found if may_manage_guests(person_of(request), found) else None


@router.get(
    OF_EVENT + "/registrations",
    auth=Key(),
    response={200: list[RegistrationNote], 403: ProblemNote},
    summary="Who registers, by number",
)
def registrations(request: HttpRequest, series: str, event: str) -> Any:
    found = _own(request, series, event)
    if found is None:
        return problem(403, "Not yours", NOT_YOURS)
    return [registration_note(one) for one in found.registrations.select_related("kind")]


@router.post(
    OF_EVENT + "/registrations",
    auth=Key(),
    response={200: RegistrationNote, 403: ProblemNote, 409: ProblemNote, 422: ProblemNote},
    summary="Register somebody: a seat, or their place in the line",
)
def put_registration(request: HttpRequest, series: str, event: str, given: RegistrationIn) -> Any:
    """Whoever stands there already is answered as they stand; nobody is registered twice."""
    found = _own(request, series, event)
    if found is None:
        return problem(403, "Not yours", NOT_YOURS)
    if against := why_no_address(given.email.lower()):
        return problem(422, "Not taken", str(against))
    kind = found.kinds.filter(code=given.kind).first()
    if kind is None:
        return problem(422, "Not taken", f"There is no kind of participant “{given.kind}”.")
    guest = Guest(
        given.name,
        given.email.lower(),
        organisation_name=given.organisation,
        country=given.country.upper(),
        language=given.language,
    )
    made = register(found, kind, guest, by=person_of(request))
    return registration_note(made)


@router.post(
    OF_EVENT + "/registrations/decisions",
    auth=Key(),
    response={200: list[RegistrationNote], 403: ProblemNote, 409: ProblemNote},
    summary="Approve, refuse or cancel registrations",
)
def decide(request: HttpRequest, series: str, event: str, given: DecisionIn) -> Any:
    """Who moves up into a seat that is given back hears it by letter, as at the desk."""
    found = _own(request, series, event)
    if found is None:
        return problem(403, "Not yours", NOT_YOURS)
    me = person_of(request)
    rows = found.registrations.filter(number__in=given.numbers)
    chosen = list(rows.values_list("pk", flat=True))
    if given.outcome == "approve":
        approve(found, chosen, by=me)
    elif given.outcome == "refuse":
        refuse(found, chosen, given.says, by=me)
    else:
        for one in rows:
            cancel(one, by=me, by_organisers=True, says=given.says)
    return [registration_note(one) for one in rows.select_related("kind")]


@router.get(
    OF_EVENT + "/seats",
    auth=Key(),
    response={200: list[PoolNote], 403: ProblemNote},
    summary="Seats of the event, of its kinds, of its sessions",
)
def seats(request: HttpRequest, series: str, event: str) -> Any:
    found = _own(request, series, event)
    if found is None:
        return problem(403, "Not yours", NOT_YOURS)
    return [
        {
            "kind": one.kind.code if one.kind else None,
            "session": str(one.session.key) if one.session else None,
            "capacity": one.capacity,
            "taken": one.taken,
        }
        for one in found.pools.select_related("kind", "session")
    ]


@router.get(
    OF_EVENT + "/scans",
    auth=Key(),
    response={200: list[ScanNote], 403: ProblemNote},
    summary="What the doors answered, in the order of time",
)
def scans(request: HttpRequest, series: str, event: str) -> Any:
    found = _own(request, series, event)
    if found is None:
        return problem(403, "Not yours", NOT_YOURS)
    return [
        {
            "at": one.at.isoformat(),
            "verdict": one.verdict,
            "number": one.registration.number if one.registration else None,
            "session": str(one.session.key) if one.session else None,
            "was_offline": one.was_offline,
        }
        for one in found.scans.select_related("registration", "session")
    ]


@router.get(
    OF_EVENT + "/report",
    auth=Key(),
    response={200: dict[str, Any], 403: ProblemNote},
    summary="Invited, registered, came: in all and by kind, country, sector, newcomer",
)
def report(request: HttpRequest, series: str, event: str) -> Any:
    found = _own(request, series, event)
    if found is None:
        return problem(403, "Not yours", NOT_YOURS)
    told = report_of(found)

    def counts(one: Any) -> dict[str, int]:
        return {"invited": one.invited, "registered": one.registered, "came": one.came}

    return {
        "made_at": told.made_at.isoformat(),
        "all": counts(told.all),
        "walk_ins": told.walk_ins,
        "cancelled": told.cancelled,
        "by": {
            division.code: [
                {"code": row.code, "name": str(name), **counts(row)} for name, row in division.rows
            ]
            for division in told.divisions
        },
        "feedback": {"answers": told.feedback.answers, "came": told.feedback.came},
    }
