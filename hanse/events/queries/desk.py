"""What organisers see first: where their event stands, and what waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from hanse.commons.audit.models import AuditEntry
from hanse.events.access import events_organised_by
from hanse.events.models import Event, Pool, ProgrammeVersion, Series
from hanse.events.queries.programme import frame_of, working_items
from hanse.events.rules.programme import Change, Item, changes_between, faults_of, item_of
from hanse.events.words import RegistrationState
from hanse.kit.refusals import Refusal


@dataclass(frozen=True)
class Standing:
    """An event in numbers."""

    event: Event
    confirmed: int
    waiting: int
    asked: int
    capacity: int | None
    invited: int
    strangers: int
    sessions: int


def standing_of(event: Event) -> Standing:
    return standings(Event.objects.filter(pk=event.pk))[0]


def standings_of_series(series: Series, person: Any) -> list[Standing]:
    return standings(events_organised_by(person).filter(series=series))


def standings(events: Any) -> list[Standing]:
    def state(which: RegistrationState) -> Count:
        return Count("registrations", filter=Q(registrations__state=which), distinct=True)

    counted = events.annotate(
        confirmed=state(RegistrationState.CONFIRMED),
        waiting=state(RegistrationState.WAITING),
        asked=state(RegistrationState.ASKED),
        invited=Count(
            "invitations", filter=Q(invitations__withdrawn_at__isnull=True), distinct=True
        ),
        asking=Count(
            "strangers",
            filter=Q(strangers__invited_at__isnull=True, strangers__declined_at__isnull=True),
            distinct=True,
        ),
        items=Count("sessions", distinct=True),
    )
    seats = dict(
        Pool.objects.filter(event__in=events, kind=None, session=None).values_list(
            "event", "capacity"
        )
    )
    return [
        Standing(
            one,
            one.confirmed,
            one.waiting,
            one.asked,
            seats.get(one.pk),
            one.invited,
            one.asking,
            one.items,
        )
        for one in counted
    ]


@dataclass(frozen=True)
class Workbench:
    """A programme as it is worked on: its faults, and what publishing it would change."""

    items: Sequence[Item]
    faults: Sequence[tuple[Item, Refusal]]
    changes: Sequence[Change]
    newest: ProgrammeVersion | None


def workbench_of(event: Event) -> Workbench:
    items = working_items(event)
    serving = event.versions.filter(number=event.programme_number).first()
    was = [item_of(one) for one in serving.content["items"]] if serving else []
    return Workbench(items, faults_of(items, frame_of(event)), changes_between(was, items), serving)


def log_of(event: Event) -> QuerySet[AuditEntry]:
    """Who did what to an event, its programme, its guests."""
    of = Q(object_type="events.event", object_id=str(event.pk))
    for kind, rows in (
        ("session", event.sessions),
        ("speaker", event.speakers),
        ("registration", event.registrations),
        ("invitation", event.invitations),
    ):
        numbers = [str(number) for number in rows.values_list("pk", flat=True)]
        of |= Q(object_type=f"events.{kind}", object_id__in=numbers)
    return AuditEntry.objects.filter(of).select_related("actor")
