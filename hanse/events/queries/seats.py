"""The seats of an event as they stand, who waits for one, and where somebody is in the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.events.models import Booking, Event, Pool, Registration, Session, TicketKind
from hanse.events.rules.seats import Waiting, are_held, position_of, seats_for
from hanse.events.words import RegistrationState
from hanse.kit.numbers import figure
from hanse.kit.said import said


@dataclass
class Pools:
    """All pools of an event. An online kind takes no seat of the event, only its own."""

    own: Pool
    rows: Sequence[Pool]
    online: frozenset[int]

    def of_kind(self, kind: int) -> tuple[Pool, ...]:
        house = () if kind in self.online else (self.own,)
        return (*house, *(pool for pool in self.rows if pool.kind_id == kind))

    def of_session(self, session: int) -> tuple[Pool, ...]:
        return tuple(pool for pool in self.rows if pool.session_id == session)

    @property
    def are_all_taken(self) -> bool:
        """Nobody can get a seat in the house, and there is no other."""
        return self.own.free == 0 and not self.online

    @property
    def free(self) -> dict[int, int | None]:
        return {pool.pk: pool.free for pool in self.rows}

    def capacity_for(self, kind: int) -> int | None:
        return seats_for([pool.capacity for pool in self.of_kind(kind)])

    def free_for(self, kind: int) -> int | None:
        return seats_for([pool.free for pool in self.of_kind(kind)])


def pools_of(event: Event, rows: Iterable[Pool] | None = None) -> Pools:
    held = list(Pool.objects.filter(event=event) if rows is None else rows)
    own = next((pool for pool in held if pool.kind_id is None and pool.session_id is None), None)
    online = TicketKind.objects.filter(event=event, is_online=True).values_list("pk", flat=True)
    return Pools(own or Pool(event=event), held, frozenset(online))


def line_of(event: Event, pools: Pools) -> list[Waiting]:
    """Everybody on the waiting list."""
    rows = Registration.objects.filter(event=event, state=RegistrationState.WAITING)
    return [
        Waiting(key, number, tuple(pool.pk for pool in pools.of_kind(kind)), team)
        for key, number, kind, team in rows.values_list("pk", "number", "kind_id", "team_id")
    ]


def line_of_sessions(event: Event, pools: Pools) -> list[Waiting]:
    """Everybody who has a seat in the event and waits for one in a session."""
    rows = Booking.objects.filter(
        session__event=event,
        state=RegistrationState.WAITING,
        registration__state=RegistrationState.CONFIRMED,
    )
    return [
        Waiting(key, number, tuple(pool.pk for pool in pools.of_session(session)))
        for key, number, session in rows.values_list("pk", "number", "session_id")
    ]


def opens_at(event: Event) -> datetime:
    """When the first day opens; at midnight where nobody said an hour."""
    first = event.days.order_by("day").first()
    if first is not None and first.opens_at:
        return first.opens_at
    return datetime.combine(event.first_day, time(), ZoneInfo(event.zone))


def holds_for_teams(event: Event, now: datetime) -> bool:
    return are_held(now, opens_at(event), event.held_until_hours)


def position(registration: Registration) -> int | None:
    """Which place in the line somebody has; none for whoever does not wait."""
    if registration.state != RegistrationState.WAITING:
        return None
    pools = pools_of(registration.event)
    return position_of(registration.pk, line_of(registration.event, pools))


def rule_of(event: Event) -> str:
    """The rule of the waiting list, in the reader's words."""
    lines = [_("First come, first served: whoever has the smaller number stands before.")]
    if event.teams:
        lines.append(_("A team stands at its smallest number and moves up together or not at all."))
        hours = event.held_until_hours
        lines.append(
            ngettext(
                "Seats that become free are kept for the team at the head of the line until they "
                "suffice; %(hours)s hour before the event opens they are kept no longer, and those "
                "behind who fit go ahead.",
                "Seats that become free are kept for the team at the head of the line until they "
                "suffice; %(hours)s hours before the event opens they are kept no longer, and "
                "those behind who fit go ahead.",
                hours,
            )
            % {"hours": hours}
        )
    lines.append(_("Whoever has a seat keeps it until they give it back."))
    return " ".join(lines)


@dataclass(frozen=True)
class SeatsOfKind:
    """A kind of participant with what stands free, as it is shown before one registers."""

    kind: TicketKind
    capacity: int | None
    free: int | None
    waiting: int
    # Whose seats they are: kinds with the same ones share them.
    pools: frozenset[int] = frozenset()
    has_own: bool = False

    @property
    def says_online(self) -> bool:
        """Whether it must be said that it is online: not where its name says so."""
        named = said(self.kind.name).strip(" .").casefold()
        return self.kind.is_online and named != _("Online").casefold()

    @property
    def says(self) -> str:
        if self.free is None:
            return _("as many seats as come")
        if self.free > 0 and not self.waiting:
            words = ngettext("%(free)s of %(all)s seat free", "%(free)s of %(all)s seats free",
                            self.capacity or 0)  # fmt: skip
            return words % {"free": figure(self.free), "all": figure(self.capacity)}
        words = ngettext(
            "all seats taken or kept for the line; %(count)s person waits",
            "all seats taken or kept for the line; %(count)s people wait",
            self.waiting,
        )
        return (words if self.waiting else _("all seats taken; nobody waits yet")) % {
            "count": figure(self.waiting)
        }


def seats_of_kinds(event: Event) -> list[SeatsOfKind]:
    pools = pools_of(event)
    line = line_of(event, pools)
    found = []
    for kind in event.kinds.all():
        needed = {pool.pk for pool in pools.of_kind(kind.pk) if pool.capacity is not None}
        waiting = sum(1 for one in line if needed & set(one.pools))
        found.append(
            SeatsOfKind(
                kind,
                pools.capacity_for(kind.pk),
                pools.free_for(kind.pk),
                waiting,
                frozenset(needed),
                kind.is_online or bool(needed - {pools.own.pk}),
            )
        )
    return found


def seats_together(seats: Sequence[SeatsOfKind]) -> list[tuple[str, str]]:
    """Names of kinds and what stands free for them; kinds that share their seats say it once.

    Where all share the same seats no kind is named.
    """
    sharing: dict[frozenset[int], list[SeatsOfKind]] = {}
    for one in seats:
        sharing.setdefault(one.pools, []).append(one)
    if len(sharing) == 1:
        return [("", seats[0].says)]
    return [
        (", ".join(said(one.kind.name) or one.kind.code for one in those), those[0].says)
        for those in sharing.values()
    ]


@dataclass(frozen=True)
class SeatsOfSession:
    session: Session
    capacity: int | None
    free: int | None
    waiting: int

    @property
    def says(self) -> str:
        if self.free is None:
            return ""
        if self.free > 0 and not self.waiting:
            return _("%(free)s of %(all)s seats free") % {
                "free": figure(self.free),
                "all": figure(self.capacity),
            }
        return _("full; %(count)s wait") % {"count": figure(self.waiting)}


def sessions_to_choose(event: Event, *, online: bool = False) -> list[Session]:
    sessions = event.sessions.filter(needs_booking=True).select_related("event")
    return list(sessions.exclude(mode="on_site") if online else sessions.exclude(mode="online"))


def seats_of_sessions(event: Event, sessions: Sequence[Session]) -> list[SeatsOfSession]:
    pools = pools_of(event)
    line = line_of_sessions(event, pools)
    found = []
    for session in sessions:
        rows = pools.of_session(session.pk)
        pool = rows[0] if rows else None
        waiting = sum(1 for one in line if pool and pool.pk in one.pools)
        found.append(
            SeatsOfSession(
                session, pool.capacity if pool else None, pool.free if pool else None, waiting
            )
        )
    return found


def now_or(now: datetime | None) -> datetime:
    return now or timezone.now()


def counts_of(event: Event) -> dict[str, int]:
    """How many registrations stand in each state."""
    found: dict[str, int] = dict.fromkeys(RegistrationState.values, 0)
    rows: Any = Registration.objects.filter(event=event).order_by().values_list("state", flat=True)
    for state in rows:
        found[state] += 1
    return found
