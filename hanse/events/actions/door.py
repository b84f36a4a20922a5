"""At the door: a ticket or a name, let in or not; people who come without a registration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.events.actions.seats import Held, hold
from hanse.events.actions.tickets import key_of, refusal
from hanse.events.models import Booking, Event, Registration, Scan, Session, TicketKind
from hanse.events.queries.door import found_at_door, scans_in
from hanse.events.rules.door import Said, answer_kept, answer_to, believed, verdict_of
from hanse.events.rules.tickets import Fault, as_short_code, is_signed, ticket_in
from hanse.events.words import LIVE, RegistrationState, State


@dataclass(frozen=True)
class Shown:
    """What somebody showed at the door, and what the device answered if it was on its own."""

    slip: UUID
    code: str = ""
    serial: UUID | None = None
    session: Session | None = None
    at: datetime | None = None
    device: str = ""
    was_offline: bool = False
    let_in: bool = False
    said: Said = Said.UNKNOWN


@dataclass(frozen=True)
class Answered:
    """The answer of the door, kept, with its reason."""

    scan: Scan
    said: Said


@transaction.atomic
def scan(event: Event, shown: Shown, *, by: Any) -> Answered:
    """Answer, and keep the answer once however often it is sent.

    Of a device that was on its own it is kept whether somebody was let in, even where the door
    would say otherwise now: that is what happened, and the desk sees both.
    """
    if held := _sent_before(event, shown.slip):
        return held
    if event.state == State.CLOSED:
        raise refusal("is_closed")
    who, said = _whom(event, shown)
    if who is not None:
        who = Registration.objects.select_for_update().get(pk=who.pk)
        now = answer_of_the_list(event, who, shown.session)
        said = answer_kept(now, shown.said, was_offline=shown.was_offline, let_in=shown.let_in)
    return _kept(event, shown, who, said, by)


def _sent_before(event: Event, slip: UUID) -> Answered | None:
    held = Scan.objects.filter(slip=slip).select_related("registration").first()
    if held is None:
        return None
    if held.event_id != event.pk:
        raise refusal("slip_taken")
    return Answered(held, Said(held.verdict))


def _kept(event: Event, shown: Shown, who: Registration | None, said: Said, by: Any) -> Answered:
    now = timezone.now()
    made = Scan(
        event=event,
        registration=who,
        session=shown.session,
        slip=shown.slip,
        device=shown.device[:60],
        verdict=verdict_of(said),
        was_offline=shown.was_offline,
        at=believed(shown.at or now, now),
        received_at=now,
        by=by,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        held = _sent_before(event, shown.slip)
        if held is None:
            raise
        return held
    return Answered(made, said)


def _whom(event: Event, shown: Shown) -> tuple[Registration | None, Said]:
    """Who it is by what they showed; else why nobody."""
    if shown.serial is not None:
        return event.registrations.filter(serial=shown.serial).first(), Said.UNKNOWN
    if is_signed(shown.code):
        read = ticket_in(shown.code, event.pk, key_of(event).public_jwk)
        if isinstance(read, Fault):
            return None, Said(read.value)
        return event.registrations.filter(serial=read.serial).first(), Said.UNKNOWN
    if as_short_code(shown.code):
        found = found_at_door(event, shown.code)
        return (found[0], Said.IN) if len(found) == 1 else (None, Said.MISREAD)
    return None, Said.MISREAD


def answer_of_the_list(event: Event, who: Registration, session: Session | None) -> Said:
    is_in = scans_in(event).filter(registration=who, session=session).exists()
    return answer_to(who.state, is_in=is_in, has_seat=_has_seat(who, session))


def _has_seat(who: Registration, session: Session | None) -> bool:
    if session is None or not session.needs_booking:
        return True
    return Booking.objects.filter(
        registration=who, session=session, state=RegistrationState.CONFIRMED
    ).exists()


@transaction.atomic
def take_back_scan(scan: Scan, *, by: Any) -> None:
    """A scan that was a mistake: it is no more, and the trail says that there was one."""
    record(
        "take_back_scan",
        scan.event,
        by=by,
        before={"registration": scan.registration_id, "session": scan.session_id},
    )
    scan.delete()


# Walk-ins -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WalkIn:
    """Who came without a registration."""

    name: str
    kind: TicketKind
    email: str = ""
    organisation: str = ""
    country: str = ""


@transaction.atomic
def register_walk_in(
    event: Event,
    said: WalkIn,
    *,
    by: Any,
    slip: UUID | None = None,
    device: str = "",
    at: datetime | None = None,
) -> Registration:
    """Register somebody at the door and let them in, while there is a seat."""
    if event.state == State.CLOSED:
        raise refusal("is_closed")
    seats = hold(event)
    if held := event.registrations.filter(slip=slip).first() if slip else None:
        return held
    _must_be_new(event, said.email)
    _must_fit(seats, said.kind)
    seats.take(seats.pools.of_kind(said.kind.pk))
    who = Registration.objects.create(
        event=event,
        kind=said.kind,
        name=said.name,
        email=said.email.lower(),
        organisation_name=said.organisation,
        country=said.country,
        state=RegistrationState.CONFIRMED,
        number=seats.draw(),
        slip=slip or uuid4(),
        is_walk_in=True,
        confirmed_at=timezone.now(),
        decided_by=by,
    )
    record("register_walk_in", who, by=by, after={"kind": said.kind.code})
    shown = Shown(uuid4(), device=device, at=at, was_offline=at is not None)
    _kept(event, shown, who, Said.IN, by)
    return who


def _must_be_new(event: Event, email: str) -> None:
    if email and event.registrations.filter(email=email.lower(), state__in=LIVE).exists():
        raise refusal("registered_already")


def _must_fit(seats: Held, kind: TicketKind) -> None:
    """A seat of the event and of the kind; a line that waits was served when it became free."""
    free = seats.pools.free_for(kind.pk)
    if free is not None and free < 1:
        raise refusal("full", seats=seats.pools.capacity_for(kind.pk))
