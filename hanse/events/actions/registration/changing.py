"""Change a registration: who it is for, the kind, the answers, the sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.events.actions.registration.filling import (
    Filled,
    Guest,
    accepted,
    choose_sessions,
    no,
    write_agreements,
    write_answers,
)
from hanse.events.actions.registration.registering import given_or_own
from hanse.events.actions.seats import Held, hold, move_up, tell
from hanse.events.models import Pool, Registration, TicketKind
from hanse.events.queries.seats import line_of
from hanse.events.words import LIVE, RegistrationState, State
from hanse.kit.said import said

FACTS = ("name", "position", "organisation", "organisation_name", "country", "language")


@transaction.atomic
def change(
    registration: Registration,
    guest: Guest,
    filled: Filled,
    *,
    kind: TicketKind | None = None,
    revision: int,
    by: Any,
    now: datetime | None = None,
) -> Registration:
    """The address stays: it says who it is. Who changed it in between is not overwritten."""
    said_now = accepted(registration.event, kind or registration.kind, filled)
    held, now = hold(registration.event), now or timezone.now()
    one = Registration.objects.select_related("event__series", "kind").get(pk=registration.pk)
    _must_be_changeable(one, revision)
    if kind is not None and kind != one.kind:
        _change_kind(held, one, kind)
    for name in FACTS:
        setattr(one, name, getattr(guest, name))
    one.revision += 1
    one.save()
    write_answers(one, said_now)
    write_agreements(one, said_now, guest.language)
    choose_sessions(held, one, said_now.sessions)
    moved = move_up(held, now)
    record("change_registration", one, by=by, after={"revision": one.revision})
    tell(moved)
    registration.refresh_from_db()
    return registration


def _must_be_changeable(one: Registration, revision: int) -> None:
    if one.state not in LIVE:
        raise no("registration_over")
    if one.event.state == State.CLOSED:
        raise no("event_closed")
    if one.event.is_over:
        raise no("event_over")
    if one.revision != revision:
        raise no("changed_meanwhile")


def _change_kind(held: Held, one: Registration, kind: TicketKind) -> None:
    """A seat is changed for another only where one is free and nobody waits for it."""
    name = said(kind.name) or kind.code
    if kind.needs_approval:
        raise no("kind_needs_word", kind=name)
    if one.team_id and one.state != RegistrationState.CONFIRMED:
        raise no("team_of_one_kind")
    if kind.only_invited and not _is_invited(one, kind):
        raise no("invitation_needed", email=one.email)
    if one.state == RegistrationState.CONFIRMED:
        before, after = held.pools.of_kind(one.kind_id), held.pools.of_kind(kind.pk)
        new = [pool for pool in after if pool not in before]
        if not _are_free(held, new):
            raise no("kind_full", kind=name)
        held.give_back(pool for pool in before if pool not in after)
        held.take(new)
    if one.state == RegistrationState.ASKED:
        one.state = RegistrationState.WAITING
    one.kind = kind


def _is_invited(one: Registration, kind: TicketKind) -> bool:
    found = given_or_own(one.event, Guest(one.name, one.email, one.person))
    return found is not None and found.kind_id in (None, kind.pk)


def _are_free(held: Held, pools: list[Pool]) -> bool:
    wanted = {pool.pk for pool in pools}
    if any(wanted & set(other.pools) for other in line_of(held.event, held.pools)):
        return not any(pool.capacity is not None for pool in pools)
    return all(pool.free is None or pool.free > 0 for pool in pools)
