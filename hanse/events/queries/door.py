"""The list of the door, who is in, and what devices say differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hanse.directory.models.notices import clock
from hanse.directory.rules.notices import moment
from hanse.events.models import Booking, Event, Registration, Scan, Session, TicketKey
from hanse.events.rules.door import Conflict, Entry, conflicts
from hanse.events.rules.tickets import as_short_code, short_code
from hanse.events.words import CONFLICTS, RegistrationState, SessionKind, Verdict
from hanse.kit.folding import fold
from hanse.kit.said import said

MOST_FOUND = 12


def opening(event: Event) -> datetime:
    """The first day begins at the place: whoever is let in before is let in for a rehearsal."""
    return moment(datetime.combine(event.first_day, time()), event.zone)


def _counted_since(event: Event) -> datetime:
    """A rehearsal counts for itself, and no longer once the first day has begun."""
    first = opening(event)
    return first if timezone.now() >= first else datetime(1970, 1, 1, tzinfo=UTC)


def scans_in(event: Event) -> QuerySet[Scan]:
    """Who is in, as the door sees it now."""
    return event.scans.filter(verdict=Verdict.IN, at__gte=_counted_since(event))


def came_to(event: Event) -> QuerySet[Scan]:
    """Who came: rehearsals are not counted."""
    return event.scans.filter(verdict=Verdict.IN, at__gte=opening(event))


def door_list(event: Event, key: TicketKey) -> dict[str, Any]:
    """What a device needs to answer without a network: no address, no answer of the form."""
    came: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for number, session, at in scans_in(event).values_list("registration", "session", "at"):
        came[number].append({"session": session or 0, "at": at.isoformat()})
    seats: dict[int, list[int]] = defaultdict(list)
    for number, session in Booking.objects.filter(
        registration__event=event, state=RegistrationState.CONFIRMED
    ).values_list("registration", "session"):
        seats[number].append(session)
    return {
        "event": event.pk,
        "made_at": timezone.now().isoformat(),
        "zone": event.zone,
        "opens_at": opening(event).isoformat(),
        "last_day": event.last_day.isoformat(),
        "key": key.public_jwk,
        "sessions": {str(one.pk): one.needs_booking for one in event.sessions.all()},
        "people": [
            _line(one, came[one.pk], seats[one.pk])
            for one in event.registrations.select_related("kind", "organisation")
        ],
    }


def _line(one: Registration, came: list[dict[str, Any]], seats: list[int]) -> dict[str, Any]:
    return {
        "serial": str(one.serial),
        "code": short_code(one.serial),
        "name": one.name,
        "words": " ".join(fold(f"{one.name} {organisation_of(one)}").split()),
        "organisation": organisation_of(one),
        "kind": said(one.kind.name) or one.kind.code,
        "country": one.country,
        "state": one.state,
        "in": came,
        "seats": seats,
    }


def organisation_of(one: Registration) -> str:
    return one.organisation.name if one.organisation else one.organisation_name


def found_at_door(event: Event, typed: str) -> Sequence[Registration]:
    """People on the list by their short code, else by parts of their names."""
    people = list(event.registrations.select_related("kind", "organisation"))
    if code := as_short_code(typed):
        by_code = [one for one in people if short_code(one.serial) == code]
        if by_code:
            return by_code
    parts = fold(typed).split()
    if not parts:
        return []
    return [
        one
        for one in people
        if all(part in fold(f"{one.name} {organisation_of(one)}") for part in parts)
    ][:MOST_FOUND]


@dataclass(frozen=True)
class SessionCount:
    """A session, how many were counted at its door and how many seats were given."""

    session: Session
    came: int
    seats: int

    @property
    def day(self) -> str:
        return f"{self.session.starts_there:%Y-%m-%d}"


@dataclass(frozen=True)
class DoorState:
    """How far the door has come."""

    came: int
    expected: int
    walk_ins: int
    sessions: Sequence[SessionCount]


def door_state(event: Event) -> DoorState:
    confirmed = event.registrations.filter(state=RegistrationState.CONFIRMED)
    at_door = scans_in(event).filter(session=None)
    return DoorState(
        came=at_door.values("registration").distinct().count(),
        expected=confirmed.count(),
        walk_ins=confirmed.filter(is_walk_in=True).count(),
        sessions=session_counts(event, scans_in(event)),
    )


def sessions_with_a_door(event: Event) -> QuerySet[Session]:
    """What is counted; nobody stands at the door of a break."""
    return event.sessions.exclude(kind=SessionKind.BREAK).select_related("event")


def session_counts(event: Event, let_in: QuerySet[Scan]) -> list[SessionCount]:
    counted = sessions_with_a_door(event).annotate(
        came=Count("scans__registration", filter=Q(scans__in=let_in), distinct=True),
        seats=Count(
            "bookings", filter=Q(bookings__state=RegistrationState.CONFIRMED), distinct=True
        ),
    )
    return [SessionCount(one, one.came, one.seats) for one in counted]


@dataclass(frozen=True)
class ConflictLine:
    """A conflict with the person and the place it is about."""

    conflict: Conflict
    person: Registration
    session: Session | None
    scans: Sequence[Scan]

    @property
    def says(self) -> Any:
        return CONFLICTS[self.conflict.what]


def conflict_lines(event: Event) -> list[ConflictLine]:
    """What has to be looked at once all devices have sent what they had."""
    scans = {
        one.pk: one
        for one in scans_in(event)
        .exclude(registration=None)
        .select_related("registration__kind", "registration__organisation", "session", "by")
    }
    return [
        ConflictLine(
            one,
            scans[one.entries[0].scan].registration,  # type: ignore[arg-type]
            scans[one.entries[0].scan].session,
            [scans[entry.scan] for entry in one.entries],
        )
        for one in conflicts(_entry(scan) for scan in scans.values())
    ]


def _entry(scan: Scan) -> Entry:
    who = scan.registration
    assert who is not None  # noqa: S101  asked for by the query above
    return Entry(
        scan.pk,
        who.pk,
        scan.session_id or 0,
        scan.at,
        scan.device,
        scan.was_offline,
        who.state,
        who.ended_at,
    )


def first_entry(registration: Registration, session: Session | None) -> datetime | None:
    """When somebody was let in here, on the clock of the place."""
    at = (
        scans_in(registration.event)
        .filter(registration=registration, session=session)
        .order_by("at")
        .values_list("at", flat=True)
        .first()
    )
    return clock(at, registration.event.zone) if at else None
