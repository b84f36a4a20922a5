"""Register, alone or as a team: a number is drawn, and whoever fits has a seat at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.commons.people.queries import proved_addresses_of
from hanse.events.actions.registration.filling import (
    Accepted,
    Filled,
    Guest,
    accepted,
    choose_sessions,
    no,
    write_agreements,
)
from hanse.events.actions.seats import Held, hold, move_up, tell
from hanse.events.models import Event, Invitation, Need, Registration, Team, TicketKind
from hanse.events.queries.newcomers import is_newcomer
from hanse.events.rules.programme import refusal
from hanse.events.rules.registration import Window, why_no_team, why_not_open
from hanse.events.words import LIVE, Entry, RegistrationState
from hanse.kit.announce import announce
from hanse.kit.refusals import Refusal, Refused
from hanse.kit.said import said


@dataclass(frozen=True)
class Registered:
    """Somebody registered; its state says what came of it."""

    registration: Registration


def window_of(event: Event) -> Window:
    return Window(
        event.state,
        event.entry,
        event.registration_opens,
        event.registration_closes,
        event.zone,
        event.is_over,
    )


def why_closed(event: Event, now: datetime | None = None) -> Refusal | None:
    """Why nobody can register now; for the page as well."""
    if event.cancelled_at:
        return refusal("event_cancelled")
    return why_not_open(window_of(event), now or timezone.now())


def register(
    event: Event,
    kind: TicketKind,
    guest: Guest,
    filled: Filled | None = None,
    *,
    by: Any,
    slip: UUID | None = None,
    invitation: Invitation | None = None,
    now: datetime | None = None,
) -> Registration:
    """One person. Pressed twice, or asked a second time, it gives what the first press gave."""
    now = now or timezone.now()
    if before := registered_before(event, guest, slip):
        return before
    _must_be_open(event, now)
    said_now = accepted(event, kind, filled or Filled())
    with transaction.atomic():
        held = hold(event)
        if before := registered_before(held.event, guest, slip):
            return before
        _must_be_open(held.event, now)
        one = _enrol(held, kind, guest, said_now, slip=slip, invitation=invitation, now=now)
        _settle(held, [one], by, now)
    return one


def register_team(
    event: Event,
    kind: TicketKind,
    guests: Sequence[Guest],
    filled: Filled | None = None,
    *,
    name: str = "",
    by: Any,
    slip: UUID | None = None,
    now: datetime | None = None,
) -> list[Registration]:
    """A team, its leader first. What was filled in is the leader's; colleagues answer later."""
    now = now or timezone.now()
    leader, *colleagues = guests
    if before := registered_before(event, leader, slip):
        return [before]
    _must_be_open(event, now)
    said_now = accepted(event, kind, filled or Filled())
    with transaction.atomic():
        held = hold(event)
        if before := registered_before(held.event, leader, slip):
            return [before]
        _must_be_open(held.event, now)
        _must_be_a_team(held, kind, guests)
        team = Team.objects.create(
            event=held.event,
            name=name or leader.organisation_name or leader.name,
            leader=leader.person,
        )
        made = [_enrol(held, kind, leader, said_now, slip=slip, now=now, team=team)]
        made += [_enrol(held, kind, one, None, now=now, team=team) for one in colleagues]
        _settle(held, made, by, now)
    return made


def registered_before(event: Event, guest: Guest, slip: UUID | None = None) -> Registration | None:
    """What the same form wrote, or where the same person or address stands already."""
    every = Registration.objects.filter(event=event).select_related("event__series", "kind")
    stands = Q(state__in=LIVE) | Q(slip=slip) if slip else Q(state__in=LIVE)
    found = list(every.filter(_is(guest), stands))
    return next((one for one in found if slip and one.slip == slip), next(iter(found), None))


def _is(guest: Guest) -> Q:
    addresses = {guest.email.lower()}
    if guest.person is None:
        return Q(email__in=addresses)
    return Q(person=guest.person) | Q(email__in=addresses | proved_addresses_of(guest.person))


def _must_be_open(event: Event, now: datetime) -> None:
    if reason := why_closed(event, now):
        raise Refused(reason)


def _must_be_a_team(held: Held, kind: TicketKind, guests: Sequence[Guest]) -> None:
    event = held.event
    reason = why_no_team(
        [one.email.lower() for one in guests],
        allowed=event.teams,
        most=event.most_in_team,
        seats=held.pools.capacity_for(kind.pk),
    )
    if reason:
        raise Refused(reason)
    for one in guests[1:]:
        if registered_before(event, one):
            raise no("registered_already", email=one.email)


def _enrol(
    held: Held,
    kind: TicketKind,
    guest: Guest,
    said_now: Accepted | None,
    *,
    now: datetime,
    slip: UUID | None = None,
    invitation: Invitation | None = None,
    team: Team | None = None,
) -> Registration:
    """A number in the line; their invitation, where they have one, is used up."""
    bound = _invitation_for(held.event, kind, guest, invitation)
    free_slip = slip and not Registration.objects.filter(slip=slip).exists()
    one = Registration.objects.create(
        event=held.event,
        kind=kind,
        team=team,
        person=guest.person,
        email=guest.email.lower(),
        name=guest.name,
        position=guest.position,
        organisation=guest.organisation,
        organisation_name=guest.organisation_name,
        country=guest.country,
        language=guest.language,
        answers=dict(said_now.answers) if said_now else {},
        state=RegistrationState.ASKED if kind.needs_approval else RegistrationState.WAITING,
        number=held.draw(),
        slip=slip if slip and free_slip else uuid4(),
        made_at=now,
        is_newcomer=is_newcomer(
            held.event, person=guest.person, email=guest.email.lower(),
            organisation=guest.organisation,
        ),
    )  # fmt: skip
    if bound is not None:
        bound.registration, bound.accepted_at, bound.declined_at = one, now, None
        bound.save(update_fields=["registration", "accepted_at", "declined_at"])
    if said_now is not None:
        _fill_in(held, one, said_now)
    return one


def _invitation_for(
    event: Event, kind: TicketKind, guest: Guest, given: Invitation | None
) -> Invitation | None:
    found = given_or_own(event, guest, given)
    is_needed = kind.only_invited or event.entry == Entry.INVITATION
    if found is None:
        if is_needed:
            raise no("invitation_needed", email=guest.email)
        return None
    if found.registration_id is not None:
        raise no("invitation_used")
    if is_needed and found.kind is not None and found.kind != kind:
        raise no("invited_otherwise", kind=said(found.kind.name) or found.kind.code)
    return found


def given_or_own(event: Event, guest: Guest, given: Invitation | None = None) -> Invitation | None:
    """The invitation as it stands now: one that is still free, else one that was used."""
    addresses = {guest.email.lower()}
    if guest.person is not None:
        addresses |= proved_addresses_of(guest.person)
    sent = Invitation.objects.select_for_update(of=("self",)).select_related("kind")
    sent = sent.filter(event=event, withdrawn_at__isnull=True)
    own = sent.filter(pk=given.pk) if given else sent.filter(email__in=addresses)
    found = list(own.order_by("pk"))
    free = [one for one in found if one.registration_id is None]
    return next(iter(free or found), None)


def _fill_in(held: Held, one: Registration, said_now: Accepted) -> None:
    if said_now.needs:
        Need.objects.create(registration=one, answers=said_now.needs)
    write_agreements(one, said_now, one.language)
    if said_now.sessions:
        choose_sessions(held, one, said_now.sessions)


def _settle(held: Held, made: Sequence[Registration], by: Any, now: datetime) -> None:
    """Whoever fits has a seat; all are told where they stand."""
    moved = move_up(held, now)
    seated = {one.pk: one for one in moved}
    for one in made:
        if one.pk in seated:
            one.state, one.confirmed_at = seated[one.pk].state, now
        record("register", one, by=by, after={"event": held.event.pk, "state": one.state})
        announce(Registered(one))
    tell(moved, but=made)
