"""What organisers read and write with a key of theirs: programme, guests, who registers.

The same actions as the pages. Whoever has no duty at an event finds nothing there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Schema
from ninja.errors import HttpError

from hanse.directory.api.answers import Key, ProblemNote, person_of, problem
from hanse.events.access import (
    events_organised_by,
    may_edit_programme,
    may_manage_guests,
)
from hanse.events.actions.invitations import invite
from hanse.events.actions.programme import Conflict, Misplaced, publish_programme, save_item
from hanse.events.api.notes import ItemNote, WholeEventNote, item_note, router, whole_event_note
from hanse.events.models import Event, Room
from hanse.events.queries.guests import stands
from hanse.events.queries.programme import (
    item_of_session,
    programme_at,
    shown_items,
    working_programme,
)
from hanse.events.rules.guests import MOST_GUESTS, Guest, why_no_address
from hanse.events.rules.programme import Item
from hanse.events.words import Mode, SessionKind, Visibility

OF_EVENT = "/organised/{slug:series}/{slug:event}"


class Working(WholeEventNote):
    """The programme as it is worked on, each item with the revision that a change must name."""

    revisions: dict[str, int]


class ItemIn(Schema):
    """An item to put in or change; moments with an offset, the room by its name."""

    starts: datetime
    ends: datetime
    title: dict[str, str] = Field(..., examples=[{"en": "Opening"}])
    text: dict[str, str] = {}
    room: str = ""
    kind: SessionKind = SessionKind.SESSION
    visibility: Visibility = Visibility.PUBLIC
    mode: Mode = Mode.ON_SITE
    languages: list[str] = []
    revision: int = Field(0, ge=0, description="As it was read; 0 puts a new item in.")


class GuestIn(Schema):
    email: str = Field(..., max_length=254)
    name: str = Field("", max_length=150)
    organisation: str = Field("", max_length=200)
    country: str = Field("", max_length=2)
    language: str = Field("", max_length=10)
    may_send_colleague: bool = False
    merge: dict[str, str] = {}


@router.get(OF_EVENT, auth=Key(), response=Working, summary="An event as its organisers see it")
def organised(request: HttpRequest, series: str, event: str) -> dict[str, Any]:
    found = event_of(request, series, event)
    working = working_programme(found)
    revisions = dict(found.sessions.values_list("key", "revision"))
    return {
        **whole_event_note(found, working),
        "revisions": {str(key): revision for key, revision in revisions.items()},
    }


@router.put(
    OF_EVENT + "/programme/{uuid:key}",
    auth=Key(),
    response={200: ItemNote, 409: ProblemNote, 422: ProblemNote},
    summary="Put an item into the programme, or change it",
)
def put_item(
    request: HttpRequest, series: str, event: str, key: UUID, given: ItemIn
) -> HttpResponse:
    """Where somebody saved meanwhile, nothing is written and 409 says the revision that stands."""
    found = event_of(request, series, event)
    me = person_of(request)
    if not may_edit_programme(me, found):
        return problem(403, "Not yours", "The person of this key does not edit this programme.")
    if given.starts.tzinfo is None or given.ends.tzinfo is None:
        return problem(422, "Not taken", "A moment needs an offset: 2018-02-22T10:00:00+01:00.")
    held = found.sessions.filter(key=key).first()
    item = _item(found, key, given, item_of_session(held) if held else None)
    try:
        saved = save_item(found, item, revision=given.revision, by=me)
    except Conflict as clash:
        return problem(409, "Changed meanwhile", str(clash), revision=clash.revision)
    except Misplaced as no:
        errors = [{"code": one.code, "says": str(one)} for one in no.against]
        return problem(422, "Not taken", "The item does not fit there.", errors=errors)
    (shown,) = shown_items(found, [item_of_session(saved)], set(Visibility))
    return JsonResponse(dict(item_note(found, shown)))


def _item(event: Event, key: UUID, given: ItemIn, before: Item | None) -> Item:
    room = Room.objects.filter(place__events=event, name=given.room).first()
    if given.room and room is None:
        raise HttpError(422, f"There is no room “{given.room}” in the places of this event.")
    return Item(
        key=str(key),
        starts=given.starts,
        ends=given.ends,
        title=given.title,
        text=given.text,
        room=room.pk if room else None,
        kind=given.kind,
        visibility=given.visibility,
        mode=given.mode,
        languages=tuple(given.languages),
        # What this door does not say stays as it was.
        stream_url=before.stream_url if before else "",
        hashtag=before.hashtag if before else "",
        needs_booking=before.needs_booking if before else False,
        parts=before.parts if before else (),
    )


@router.post(
    OF_EVENT + "/programme/versions",
    auth=Key(),
    response={201: WholeEventNote, 409: ProblemNote},
    summary="Publish the programme that is worked on as the next version",
)
def publish(request: HttpRequest, series: str, event: str, note: str = "") -> HttpResponse:
    found = event_of(request, series, event)
    me = person_of(request)
    if not may_edit_programme(me, found):
        return problem(403, "Not yours", "The person of this key does not edit this programme.")
    version = publish_programme(found, by=me, note=note)
    found.refresh_from_db()
    published = programme_at(found, version.number, set(Visibility))
    return JsonResponse(whole_event_note(found, published), status=201)  # type: ignore[arg-type]


@router.get(
    OF_EVENT + "/invitations",
    auth=Key(),
    response=list[dict[str, Any]],
    summary="Who is invited, and where each stands",
)
def invitations(request: HttpRequest, series: str, event: str) -> Any:
    found = event_of(request, series, event)
    if not may_manage_guests(person_of(request), found):
        return problem(403, "Not yours", "The person of this key does not look after the guests.")
    return [
        {
            "email": one.email,
            "name": one.name,
            "organisation": one.organisation_name,
            "stands": stands(one),
        }
        for one in found.invitations.all()
    ]


@router.post(
    OF_EVENT + "/invitations",
    auth=Key(),
    response={200: dict[str, int], 422: ProblemNote},
    summary="Put guests on the list; no letter is written",
)
def put_guests(request: HttpRequest, series: str, event: str, guests: list[GuestIn]) -> Any:
    """Whoever is on the list already stays there once."""
    found = event_of(request, series, event)
    me = person_of(request)
    if not may_manage_guests(me, found):
        return problem(403, "Not yours", "The person of this key does not look after the guests.")
    if len(guests) > MOST_GUESTS:
        return problem(422, "Not taken", f"At most {MOST_GUESTS} guests at once.")
    wrong = [
        {"row": number, "says": str(against)}
        for number, one in enumerate(guests)
        if (against := why_no_address(one.email.lower()))
    ]
    if wrong:
        return problem(422, "Not taken", "Some addresses cannot be read.", errors=wrong)
    once = {one.email.lower(): Guest(**one.dict()) for one in guests}
    listed = invite(found, once.values(), by=me)
    return {"new": len(listed.new), "known": listed.known}


def event_of(request: HttpRequest, series: str, event: str) -> Event:
    organised_events = events_organised_by(person_of(request))
    return get_object_or_404(organised_events, series__slug=series, slug=event)
