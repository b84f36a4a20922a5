"""Ask for a slot, accept, decline, withdraw: where participants book themselves.

Everything waits at one row, the marketplace; that nobody sits in two meetings and no table is taken
twice is kept by the database besides. A silent request holds its slot until it expires, no longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused
from hanse.meetings.actions.joining import hold
from hanse.meetings.models import (
    Marketplace,
    Meeting,
    MeetingSeat,
    MeetingSlot,
    Party,
    SlotRequest,
    Wish,
)
from hanse.meetings.queries.booking import (
    Free,
    free_slots,
    meeting_between,
    open_requests,
    state_now,
)
from hanse.meetings.queries.times import why_not_now
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.words import RequestState, Strength, Way

MOST_SIGNS = 300


@dataclass(frozen=True)
class SlotAsked:
    """Somebody asks another party for a slot."""

    request: SlotRequest


@dataclass(frozen=True)
class SlotAnswered:
    """A request was accepted, then there is a meeting, or declined."""

    request: SlotRequest


@transaction.atomic
def ask_for_slot(
    asker: Party,
    asked: Party,
    slot: MeetingSlot,
    says: str = "",
    *,
    by: Any,
    now: datetime | None = None,
) -> SlotRequest:
    """A second press finds the request that the first one made."""
    now = now or timezone.now()
    market = hold(asker.marketplace)
    asker, asked = (
        Party.objects.select_related("marketplace").get(pk=one.pk) for one in (asker, asked)
    )
    before = SlotRequest.objects.filter(open_requests(now), asker=asker, asked=asked, slot=slot)
    if held := before.first():
        return held
    _look(market, asker, asked, slot, now)
    # What expired unseen makes room for the one request that a pair may have.
    expire_requests(market, now)
    found = free_slots(market, asker, asked, now)
    if found.at(slot) is None:
        raise Refused(refusal("no_table_free" if slot.pk in found.full else "slot_not_free"))
    request = SlotRequest.objects.create(
        asker=asker,
        asked=asked,
        slot=slot,
        says=" ".join(says.split())[:MOST_SIGNS],
        by=by,
        made_at=now,
        expires_at=min(now + timedelta(hours=market.request_hours), slot.starts_at),
    )
    record("ask_for_slot", request, by=by)
    declined = Wish.objects.filter(wisher=asked, wished=asker, strength=Strength.NO)
    if not declined.exists():
        announce(SlotAsked(request))
    return request


def _look(
    market: Marketplace, asker: Party, asked: Party, slot: MeetingSlot, now: datetime
) -> None:
    if market.way != Way.BOOKING:
        raise Refused(refusal("booking_only"))
    if against := why_not_now(market.event):
        raise Refused(against)
    if asker.pk == asked.pk:
        raise Refused(refusal("oneself"))
    if asker.left_at:
        raise Refused(refusal("takes_no_part"))
    if asked.marketplace_id != market.pk or asked.left_at:
        raise Refused(refusal("not_there"))
    if slot.marketplace_id != market.pk or slot.removed_at:
        raise Refused(refusal("slot_unknown"))
    if slot.starts_at <= now:
        raise Refused(refusal("slot_began"))
    both = Q(asker=asker, asked=asked)
    if SlotRequest.objects.filter(open_requests(now) & both).exists():
        raise Refused(refusal("asked_already"))
    _look_whether_met(asker, asked)


def _look_whether_met(one: Party, other: Party) -> None:
    """Each may have asked the other: one meeting is all that comes of it."""
    if meeting_between(one, other):
        raise Refused(refusal("meeting_already"))


def answer_request(
    request: SlotRequest, *, accepts: bool, by: Any, now: datetime | None = None
) -> SlotRequest:
    """Accepted, it is a meeting with its table; declined, the slot is free for both again."""
    try:
        return _answer(request, accepts=accepts, by=by, now=now or timezone.now())
    except IntegrityError as taken:
        # What was written past our lock, such as a plan of the organisers, came first.
        raise Refused(refusal("slot_not_free")) from taken


@transaction.atomic
def _answer(request: SlotRequest, *, accepts: bool, by: Any, now: datetime) -> SlotRequest:
    market = hold(request.asked.marketplace)
    held = SlotRequest.objects.select_related(
        "asker__marketplace", "asked__marketplace", "slot", "meeting"
    ).get(pk=request.pk)
    if accepts and held.state == RequestState.ACCEPTED:
        return held
    state = state_now(held, now)
    if state != RequestState.WAITING:
        raise Refused(refusal("request_ended", state=state.label))
    if accepts:
        if against := why_not_now(market.event):
            raise Refused(against)
        if held.asker.left_at:
            raise Refused(refusal("not_there"))
        _look_whether_met(held.asker, held.asked)
        found = free_slots(market, held.asker, held.asked, now, but=held)
        free = found.at(held.slot)
        if free is None:
            full = held.slot_id in found.full
            raise Refused(refusal("no_table_free" if full else "slot_not_free"))
        held.meeting = _meet(market, held, free)
    held.state = RequestState.ACCEPTED if accepts else RequestState.DECLINED
    held.answered_at = now
    held.save(update_fields=["state", "answered_at", "meeting"])
    record("answer_request", held, by=by, after={"accepts": accepts})
    if accepts:
        end_requests(held.asker, held.asked, RequestState.WITHDRAWN, now)
    announce(SlotAnswered(held))
    return held


def _meet(market: Marketplace, request: SlotRequest, free: Free) -> Meeting:
    meeting = Meeting.objects.create(marketplace=market, slot=free.slot, table=free.table)
    for party, person in ((request.asker, free.one), (request.asked, free.other)):
        MeetingSeat.objects.create(
            meeting=meeting, party=party, representative=person, slot=free.slot
        )
    return meeting


@transaction.atomic
def withdraw_request(request: SlotRequest, *, by: Any) -> None:
    hold(request.asker.marketplace)
    held = SlotRequest.objects.get(pk=request.pk)
    if held.state == RequestState.WITHDRAWN:
        return
    state = state_now(held)
    if state != RequestState.WAITING:
        raise Refused(refusal("request_ended", state=state.label))
    held.state, held.answered_at = RequestState.WITHDRAWN, timezone.now()
    held.save(update_fields=["state", "answered_at"])
    record("withdraw_request", held, by=by)


def end_requests(
    one: Party, other: Party, state: RequestState, now: datetime | None = None
) -> list[SlotRequest]:
    """What two asked each other for and nobody answered yet ends: they meet anyhow, or must not.
    It holds no slot any more."""
    now = now or timezone.now()
    sides = (one.pk, other.pk)
    found = SlotRequest.objects.filter(open_requests(now), asker__in=sides, asked__in=sides)
    ended = list(
        found.select_related("asker__marketplace__event", "asked__marketplace__event", "slot")
    )
    for request in ended:
        request.state, request.answered_at = state, now
        request.save(update_fields=["state", "answered_at"])
    return ended


def expire_requests(market: Marketplace, now: datetime | None = None) -> int:
    """Say of silent requests that they expired; they have held nothing since they did."""
    return SlotRequest.objects.filter(
        asker__marketplace=market,
        state=RequestState.WAITING,
        expires_at__lte=now or timezone.now(),
    ).update(state=RequestState.EXPIRED)
