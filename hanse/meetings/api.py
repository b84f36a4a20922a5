"""Meetings over HTTP with an organiser's key: the market, the engine's input, drafts, the plan.

The same actions as the desk. What people say of each other is told as pairs, as the planner gets
it; a “no thanks” stands nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import Count, Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from ninja.errors import HttpError

from hanse.directory.api.answers import Key, ProblemNote, person_of
from hanse.engines.meetings.formats.event import event_form
from hanse.events.api.organising import OF_EVENT, event_of
from hanse.kit.folding import fold
from hanse.meetings.access import may_plan, may_read_desk
from hanse.meetings.actions.drafts import ask_to_stop, begin_draft, event_to_plan
from hanse.meetings.actions.importing import take_in_wishes
from hanse.meetings.actions.publishing import publish
from hanse.meetings.jobs import start_planning
from hanse.meetings.models import Draft, Marketplace, MeetingSeat
from hanse.meetings.queries.overtaken import overtaken
from hanse.meetings.queries.pairs import Pair, market_pairs
from hanse.meetings.queries.standing import standing_meetings
from hanse.meetings.rules.planning import MOST_FAIRNESS, MOST_PROMISED, MOST_SECONDS, Wanted
from hanse.meetings.rules.wish_lists import MOST_ROWS, MOST_SIGNS, Row
from hanse.meetings.words import Strength

router = Router(tags=["meetings"])
NOT_YOURS = "The person of this key does not look after the guests of this event."
CLOSED = "The event is closed."


class SlotNote(Schema):
    number: int
    starts: str
    ends: str
    session: int
    onsite: bool
    online: bool


class TableNote(Schema):
    """A table, and the numbers of the slots in which it is not there."""

    number: int
    name: str
    place: str | None
    closed: list[int]


class PartyNote(Schema):
    number: int
    name: str
    country: str
    organisation: str | None
    is_newcomer: bool
    people: int
    is_complete: bool


class MarketNote(Schema):
    """The meetings of an event as its organisers see them."""

    way: str
    opens_at: str | None
    wishes_until: str | None
    answers_until: str | None
    most_in_a_row: int | None
    published_number: int
    slots: list[SlotNote]
    tables: list[TableNote]
    parties: list[PartyNote]


class PairNote(Schema):
    """Two parties by their numbers, and what they are to the planner."""

    parties: list[int]
    weight: int
    mandatory: bool
    forbidden: str


class PairsNote(Schema):
    """Pairs that are planned, that the organisers forbid, and that wait for one side's answer."""

    planned: list[PairNote]
    forbidden: list[PairNote]
    waiting: list[PairNote]


class Exact(Schema):
    """A key that is not known is refused: a misspelt rule would be silently ignored otherwise."""

    model_config = {"extra": "forbid"}


class WishIn(Exact):
    """What one party says of another, both by name."""

    wisher: str = Field(..., max_length=200)
    wished: str = Field(..., max_length=200)
    strength: Strength = Strength.LIKE
    sentence: str = Field("", max_length=MOST_SIGNS)


class TakenNote(Schema):
    """What a list changed; a row with a fault changed nothing."""

    new: int
    changed: int
    same: int
    faults: list[dict[str, Any]]


class RunIn(Exact):
    """What is asked of the engine; `follows` is a draft whose fixed meetings stay."""

    title: str = Field("", max_length=200)
    seconds: int | None = Field(60, ge=1, le=MOST_SECONDS)
    steps: int | None = Field(None, ge=0, le=10**9)
    seed: int = Field(0, ge=0, lt=2**31)
    fairness: int | None = Field(None, ge=0, le=MOST_FAIRNESS)
    newcomers: int = Field(0, ge=0, le=MOST_PROMISED)
    follows: int | None = None


class DraftNote(Schema):
    number: int
    title: str
    state: str
    made_at: str
    ended_at: str | None
    is_by_hand: bool
    wanted: dict[str, Any]
    quality: dict[str, Any]
    faults: list[str] | None


class PublishIn(Exact):
    """`expects` is the number of the plan that stands; where another does, nothing is published.

    Asked twice, the answer is the version that the first request made.
    """

    expects: int = Field(..., ge=0)
    note: str = Field("", max_length=300)


class LeftOutNote(Schema):
    """A meeting of the draft that did not stand any more, by its parties: it was called off, is
    forbidden, is wished no more, or one of `who` cannot then any more."""

    parties: list[int]
    why: Literal["called_off", "forbidden", "unwished", "away"]
    who: list[int]


class WholeDraftNote(DraftNote):
    """A draft with its input and its plan, as `hanse meetings check` verifies them, and with what
    publishing it now would leave out."""

    input: dict[str, Any]
    plan: dict[str, Any]
    left_out: list[LeftOutNote]


class VersionNote(Schema):
    number: int
    draft: int
    at: str
    left_out: list[LeftOutNote]


class SeatNote(Schema):
    party: int
    name: str
    registration: int | None


class MeetingNote(Schema):
    """A meeting that people have or had; without a table it is online."""

    key: str
    starts: str
    ends: str
    table: int | None
    state: str
    is_fixed: bool
    seats: list[SeatNote]


def market_of(
    request: HttpRequest, series: str, event: str, *, to_plan: bool = False
) -> Marketplace:
    """The meetings of an event whose guests the person of the key looks after."""
    found = event_of(request, series, event)
    me = person_of(request)
    if not may_read_desk(me, found):
        raise HttpError(403, NOT_YOURS)
    if to_plan and not may_plan(me, found):
        raise HttpError(409, CLOSED)
    place = get_object_or_404(Marketplace, event=found)
    place.event = found
    return place


@router.get(OF_EVENT, auth=Key(), response=MarketNote, summary="Deadlines, slots, tables, parties")
def market(request: HttpRequest, series: str, event: str) -> dict[str, Any]:
    place = market_of(request, series, event)
    found = place.parties.filter(left_at__isnull=True).select_related("organisation")
    counted = found.annotate(people=Count("representatives"))
    parties = sorted(counted, key=lambda one: (fold(one.name), one.pk))
    return {
        **{name: getattr(place, name) for name in ("way", "most_in_a_row", "published_number")},
        **{
            name: moment(getattr(place, name))
            for name in ("opens_at", "wishes_until", "answers_until")
        },
        "slots": [
            {
                "number": one.pk,
                "starts": moment(one.starts_at),
                "ends": moment(one.ends_at),
                "session": one.session,
                "onsite": one.onsite,
                "online": one.online,
            }
            for one in place.slots.filter(removed_at=None)
        ],
        "tables": [
            {
                "number": one.number,
                "name": one.name,
                "place": one.place.name if one.place else None,
                "closed": [slot.pk for slot in one.closed.all()],
            }
            for one in place.tables.select_related("place").prefetch_related("closed")
        ],
        "parties": [
            {
                "number": one.pk,
                "name": one.name,
                "country": one.country,
                "organisation": one.organisation.slug if one.organisation else None,
                "is_newcomer": one.is_newcomer,
                "people": one.people,
                "is_complete": one.ready_at is not None,
            }
            for one in parties
        ],
    }


@router.get(
    OF_EVENT + "/pairs",
    auth=Key(),
    response=PairsNote,
    summary="What the planner is asked to hold, and what it is not",
)
def pairs(request: HttpRequest, series: str, event: str) -> dict[str, Any]:
    found = market_pairs(market_of(request, series, event))

    def told(ones: Sequence[Pair]) -> list[dict[str, Any]]:
        return [
            {
                "parties": [one.first, one.second],
                "weight": one.weight,
                "mandatory": one.mandatory,
                "forbidden": one.forbidden,
            }
            for one in ones
        ]

    return {
        "planned": told(found.planned),
        "forbidden": told(found.forbidden),
        "waiting": told(found.waiting),
    }


@router.post(
    OF_EVENT + "/wishes",
    auth=Key(),
    response={200: TakenNote, 409: ProblemNote},
    summary="Take in a list of wishes; the same list twice changes nothing",
)
def put_wishes(
    request: HttpRequest, series: str, event: str, wishes: list[WishIn]
) -> dict[str, Any]:
    """As the lists at the desk: parties by the names that they have there, rows from 1."""
    place = market_of(request, series, event, to_plan=True)
    if len(wishes) > MOST_ROWS:
        raise HttpError(422, f"At most {MOST_ROWS} wishes at once.")
    rows = [Row(number, **one.dict()) for number, one in enumerate(wishes, 1)]
    taken = take_in_wishes(place, rows, by=person_of(request))
    return {
        "new": taken.new,
        "changed": taken.changed,
        "same": taken.same,
        "faults": [
            {"row": one.row, "code": one.refusal.code, "says": str(one.refusal)}
            for one in taken.faults
        ],
    }


@router.get(
    OF_EVENT + "/input",
    auth=Key(),
    response={200: dict[str, Any], 409: ProblemNote},
    summary="The event as the engine reads it now",
)
def engine_input(request: HttpRequest, series: str, event: str) -> dict[str, Any]:
    """The form that `hanse meetings plan` reads; in it names are numbers of rows."""
    return event_form(event_to_plan(market_of(request, series, event), Wanted()))


@router.get(
    OF_EVENT + "/drafts", auth=Key(), response=list[DraftNote], summary="Drafts, the newest first"
)
def drafts(request: HttpRequest, series: str, event: str) -> list[dict[str, Any]]:
    place = market_of(request, series, event)
    return [draft_note(one) for one in place.drafts.defer("input", "plan", "course")]


@router.post(
    OF_EVENT + "/drafts",
    auth=Key(),
    response={202: DraftNote, 409: ProblemNote},
    summary="Begin a run; its draft is read until it is done",
)
def begin(request: HttpRequest, series: str, event: str, asked: RunIn) -> Any:
    place = market_of(request, series, event, to_plan=True)
    me = person_of(request)
    follows = draft_of(place, asked.follows) if asked.follows is not None else None
    wanted = Wanted(**asked.dict(exclude={"title", "follows"}))
    with transaction.atomic():
        draft = begin_draft(place, wanted, by=me, title=asked.title, follows=follows)
        draft.marketplace = place
        start_planning(draft, by=me)
    return Status(202, draft_note(draft))


@router.get(
    OF_EVENT + "/drafts/{int:number}",
    auth=Key(),
    response=WholeDraftNote,
    summary="A draft with its input, its plan, bound and reasons",
)
def draft(request: HttpRequest, series: str, event: str, number: int) -> dict[str, Any]:
    one = draft_of(market_of(request, series, event), number)
    left = overtaken(one, standing_meetings(one.marketplace)) if one.plan else []
    return {
        **draft_note(one),
        "input": one.input,
        "plan": one.plan,
        "left_out": [meeting.told() for meeting in left],
    }


@router.post(
    OF_EVENT + "/drafts/{int:number}/stop",
    auth=Key(),
    response=DraftNote,
    summary="End a run with the best plan that it has",
)
def stop(request: HttpRequest, series: str, event: str, number: int) -> dict[str, Any]:
    one = draft_of(market_of(request, series, event, to_plan=True), number)
    ask_to_stop(one)
    return draft_note(one)


@router.post(
    OF_EVENT + "/drafts/{int:number}/publish",
    auth=Key(),
    response={200: VersionNote, 409: ProblemNote},
    summary="Give a draft to everybody, as the next version",
)
def publish_draft(
    request: HttpRequest, series: str, event: str, number: int, asked: PublishIn
) -> dict[str, Any]:
    """Letters go to those for whom something changes, as from the desk."""
    one = draft_of(market_of(request, series, event, to_plan=True), number)
    made = publish(one, expects=asked.expects, note=asked.note, by=person_of(request))
    return {
        "number": made.number,
        "draft": number,
        "at": moment(made.at),
        "left_out": made.left_out,
    }


@router.get(
    OF_EVENT + "/meetings",
    auth=Key(),
    response=list[MeetingNote],
    summary="Meetings that people have or had, by the hour",
)
def meetings(request: HttpRequest, series: str, event: str) -> list[dict[str, Any]]:
    place = market_of(request, series, event)
    seats = MeetingSeat.objects.select_related("party", "representative__registration")
    found = place.meetings.select_related("slot", "table").prefetch_related(
        Prefetch("seats", seats)
    )
    return [
        {
            "key": str(one.key),
            "starts": moment(one.slot.starts_at),
            "ends": moment(one.slot.ends_at),
            "table": one.table.number if one.table else None,
            "state": one.state,
            "is_fixed": one.is_locked,
            "seats": [
                {
                    "party": seat.party_id,
                    "name": seat.party.name,
                    "registration": (
                        seat.representative.registration.number if seat.representative else None
                    ),
                }
                for seat in one.seats.all()
            ],
        }
        for one in found.order_by("slot__starts_at", "table__number", "pk")
    ]


def draft_of(place: Marketplace, number: int) -> Draft:
    one = get_object_or_404(Draft, marketplace=place, number=number)
    one.marketplace = place
    return one


def draft_note(one: Draft) -> dict[str, Any]:
    names = ("number", "title", "state", "is_by_hand", "wanted", "quality", "faults")
    return {
        **{name: getattr(one, name) for name in names},
        "made_at": moment(one.made_at),
        "ended_at": moment(one.ended_at),
    }


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
