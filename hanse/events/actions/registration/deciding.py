"""The organisers' word: approve, refuse, how many seats there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.events.actions.registration.filling import no
from hanse.events.actions.seats import give_seats_back, hold, move_up, tell
from hanse.events.models import Event, Registration, Session, TicketKind
from hanse.events.rules.registration import why_not_so_few
from hanse.events.words import RegistrationState
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused


@dataclass(frozen=True)
class RegistrationDecided:
    """The organisers said yes or no; its state says which, and whether there was a seat."""

    registration: Registration


@transaction.atomic
def approve(
    event: Event, numbers: Iterable[int], *, by: Any, now: datetime | None = None
) -> list[Registration]:
    """They may come: a seat, or their place on the waiting list. A team is approved as a whole."""
    held, now = hold(event), now or timezone.now()
    chosen = _asked(event, numbers)
    teams = {one.team_id for one in chosen if one.team_id}
    chosen += [one for one in _asked_of(event, Q(team__in=teams)) if one not in chosen]
    for one in chosen:
        one.state, one.decided_by = RegistrationState.WAITING, by
        one.save(update_fields=["state", "decided_by"])
    moved = move_up(held, now)
    for one in chosen:
        one.refresh_from_db()
        record("approve_registration", one, by=by, after={"state": one.state})
        announce(RegistrationDecided(one))
    tell(moved, but=chosen)
    return chosen


@transaction.atomic
def refuse(
    event: Event, numbers: Iterable[int], says: str, *, by: Any, now: datetime | None = None
) -> list[Registration]:
    """They may not come; nobody who has a seat is refused."""
    held, now = hold(event), now or timezone.now()
    chosen = _asked(event, numbers)
    for one in chosen:
        give_seats_back(held, one)
        one.state, one.ended_at, one.decided_by = RegistrationState.REFUSED, now, by
        one.says = " ".join(says.split())[:300]
        one.save(update_fields=["state", "ended_at", "decided_by", "says"])
        record("refuse_registration", one, by=by)
        announce(RegistrationDecided(one))
    return chosen


def _asked(event: Event, numbers: Iterable[int]) -> list[Registration]:
    """Those of the chosen that still wait for the organisers' word."""
    chosen = set(numbers)
    if not chosen:
        raise no("nothing_chosen")
    found = _asked_of(event, Q(pk__in=chosen))
    if not found:
        raise no("not_waiting_for_word")
    return found


def _asked_of(event: Event, which: Q) -> list[Registration]:
    every = Registration.objects.select_related("event__series", "kind", "team")
    return list(every.filter(which, event=event, state=RegistrationState.ASKED).order_by("number"))


@transaction.atomic
def set_capacity(
    event: Event,
    capacity: int | None,
    *,
    kind: TicketKind | None = None,
    session: Session | None = None,
    by: Any,
) -> Sequence[Registration]:
    """How many seats there are: never fewer than are taken. With more, those who wait move up."""
    held = hold(event)
    pool = held.pool_for(kind=kind.pk if kind else None, session=session.pk if session else None)
    if reason := why_not_so_few(capacity, pool.taken):
        raise Refused(reason)
    before, pool.capacity = pool.capacity, capacity
    if before == capacity:
        return []
    pool.save(update_fields=["capacity"])
    record("set_capacity", event, by=by, before={"seats": before}, after={"seats": capacity})
    moved = move_up(held)
    tell(moved)
    return moved
