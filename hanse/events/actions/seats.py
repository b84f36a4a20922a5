"""The one lock of an event's seats, and everything that is done under it.

Whoever takes a seat, gives one back, draws a number or changes a capacity first calls
`hold(event)`: it locks the row of the event's own pool until the transaction ends. PostgreSQL locks
that row; SQLite lets one writer in at a time. All other pools of the event are read and written
behind that lock alone, so plain numbers suffice; `never_more_taken_than_seats` is the last wall.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hanse.events.models import Booking, Event, Pool, Registration
from hanse.events.queries.seats import (
    Pools,
    holds_for_teams,
    line_of,
    line_of_sessions,
    pools_of,
)
from hanse.events.rules.seats import Waiting, who_moves_up
from hanse.events.words import RegistrationState
from hanse.kit.announce import announce


@dataclass(frozen=True)
class MovedUp:
    """Somebody got a seat for which they waited."""

    registration: Registration


@dataclass
class Held:
    """An event whose seats are ours until the transaction ends."""

    event: Event
    pools: Pools

    def draw(self) -> int:
        """The next number of the line."""
        own = self.pools.own
        own.drawn += 1
        own.save(update_fields=["drawn"])
        return own.drawn

    def take(self, pools: Iterable[Pool], count: int = 1) -> None:
        for pool in pools:
            pool.taken += count
            pool.save(update_fields=["taken"])

    def give_back(self, pools: Iterable[Pool]) -> None:
        self.take(pools, -1)

    def pool_for(self, *, kind: int | None = None, session: int | None = None) -> Pool:
        """The pool of the event, of a kind or of a session; made where there is none."""
        if kind is None and session is None:
            return self.pools.own
        for pool in self.pools.rows:
            if pool.kind_id == kind and pool.session_id == session:
                return pool
        made = Pool.objects.create(event=self.event, kind_id=kind, session_id=session)
        made.taken = _taken_without_a_limit(kind, session)
        made.save(update_fields=["taken"])
        self.pools = pools_of(self.event, [*self.pools.rows, made])
        return made


def _taken_without_a_limit(kind: int | None, session: int | None) -> int:
    """Who sat there before anybody counted the seats."""
    confirmed = RegistrationState.CONFIRMED
    if kind is not None:
        return Registration.objects.filter(kind=kind, state=confirmed).count()
    return Booking.objects.filter(session=session, state=confirmed).count()


def hold(event: Event) -> Held:
    """Lock an event's seats; to be called inside a transaction."""
    Pool.objects.get_or_create(event=event, kind=None, session=None)
    own = Pool.objects.select_for_update().get(event=event, kind=None, session=None)
    rows = [own, *Pool.objects.filter(event=event).exclude(pk=own.pk)]
    fresh = Event.objects.select_related("series").get(pk=event.pk)
    return Held(fresh, pools_of(fresh, rows))


def move_up(held: Held, now: datetime | None = None) -> list[Registration]:
    """Seats that are free go to those who wait; returned is who got one of the event's."""
    now = now or timezone.now()
    if held.event.is_over:
        return []
    going = [] if held.pools.are_all_taken else _who_goes(held, now)
    moved = list(
        Registration.objects.select_related("event__series", "kind", "team").filter(
            pk__in=[one.key for one in going]
        )
    )
    for one in moved:
        confirm(held, one, now)
    move_up_in_sessions(held)
    return moved


def _who_goes(held: Held, now: datetime) -> list[Waiting]:
    line = line_of(held.event, held.pools)
    with_teams = any(one.team for one in line)
    hold_for_teams = with_teams and holds_for_teams(held.event, now)
    return who_moves_up(line, held.pools.free, hold_for_teams=hold_for_teams)


def confirm(held: Held, registration: Registration, now: datetime) -> None:
    """They have a seat; the sessions that they chose can now be asked for."""
    held.take(held.pools.of_kind(registration.kind_id))
    registration.state = RegistrationState.CONFIRMED
    registration.confirmed_at = now
    registration.save(update_fields=["state", "confirmed_at"])
    asked = registration.bookings.filter(state=RegistrationState.ASKED)
    asked.update(state=RegistrationState.WAITING)


def move_up_in_sessions(held: Held) -> None:
    line = line_of_sessions(held.event, held.pools)
    going = who_moves_up(line, held.pools.free, hold_for_teams=False) if line else []
    confirmed = Booking.objects.filter(pk__in=[one.key for one in going])
    for booking in confirmed:
        held.take(held.pools.of_session(booking.session_id))
    confirmed.update(state=RegistrationState.CONFIRMED)


def tell(moved: Sequence[Registration], *, but: Iterable[Registration] = ()) -> None:
    """Whoever moved up hears it, but those who hear of it otherwise."""
    known = {one.pk for one in but}
    for one in moved:
        if one.pk not in known:
            announce(MovedUp(one))


def give_seats_back(held: Held, registration: Registration) -> None:
    """The seat in the event and those in its sessions, where they had any."""
    if registration.state == RegistrationState.CONFIRMED:
        held.give_back(held.pools.of_kind(registration.kind_id))
    for booking in registration.bookings.all():
        give_booking_back(held, booking)


def give_booking_back(held: Held, booking: Booking) -> None:
    if booking.state == RegistrationState.CONFIRMED:
        held.give_back(held.pools.of_session(booking.session_id))
    booking.state = RegistrationState.CANCELLED
    booking.save(update_fields=["state"])


@transaction.atomic
def fill_seats(event: Event, now: datetime | None = None) -> list[Registration]:
    """Whoever fits moves up, such as those behind a team for which seats are no longer kept."""
    moved = move_up(hold(event), now)
    tell(moved)
    return moved


def fill_seats_everywhere(now: datetime | None = None) -> int:
    """Once a day, for each event for which somebody waits."""
    waiting = Registration.objects.filter(state=RegistrationState.WAITING).values("event")
    events = Event.objects.filter(pk__in=waiting)
    return sum(len(fill_seats(event, now)) for event in events if not event.is_over)
