"""Who comes to the cluster week of the demo world: 112 organisations, a few who wait, some invited.

Rows are written as the actions leave them, without their letters; a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.cli.demo_world import chance
from hanse.cli.demo_world.people import people
from hanse.commons.people.models import Person
from hanse.directory.models import Administrator, Organisation
from hanse.directory.words import State
from hanse.events.models import (
    Booking,
    ConsentText,
    Event,
    Invitation,
    Need,
    Pool,
    Question,
    Registration,
    Series,
    TicketKind,
)
from hanse.events.words import QuestionKind, RegistrationState

ORGANISATIONS = 112
ASKED = 4
# Who signs in and has not registered yet, so that they can be played.
LEFT_TO_ACT = {"marta@example.org", "jonas@example.org", "kenji@example.org"}
KINDS = ("cluster", "network", "association", "sme", "research", "large")


@transaction.atomic
def load_guests(series: Series) -> None:
    event = series.events.get(slug="matchmaking")
    if event.registrations.exists():
        return
    kinds = _form(event)
    coming = _coming()
    made = _register(event, kinds["organisation"], coming[:ORGANISATIONS], "confirmed")
    _register(event, kinds["press"], coming[ORGANISATIONS : ORGANISATIONS + ASKED], "asked")
    _choose_workshops(event, made)
    _say_needs(made)
    _invite(series.events.get(slug="go-international"), coming[:40])
    _invite(series.events.get(slug="policy-forum"), coming[40:64])


def _form(event: Event) -> Mapping[str, TicketKind]:
    """Kinds, questions and what is agreed to, in the three languages of the place."""
    event.kinds.all().delete()
    kinds = {
        "organisation": TicketKind.objects.create(
            event=event,
            code="organisation",
            name={"en": "Organisation", "de": "Organisation", "fr": "Organisation"},
        ),
        "press": TicketKind.objects.create(
            event=event,
            code="press",
            name={"en": "Press", "de": "Presse", "fr": "Presse"},
            needs_approval=True,
            order=1,
        ),
        "online": TicketKind.objects.create(
            event=event,
            code="online",
            name={"en": "Online", "de": "Online", "fr": "En ligne"},
            is_online=True,
            order=2,
        ),
    }
    for order, question in enumerate(QUESTIONS):
        Question.objects.create(event=event, order=order, **question)
    ConsentText.objects.create(
        event=event,
        code="photographs",
        text={
            "en": "I may be seen in photographs of the event.",
            "de": "Ich darf auf Fotos der Veranstaltung zu sehen sein.",
            "fr": "Je peux figurer sur des photos de l’événement.",
        },
    )
    return kinds


QUESTIONS: Sequence[Mapping[str, Any]] = (
    {
        "code": "seeks",
        "kind": QuestionKind.LONG,
        "label": {
            "en": "What do you look for?",
            "de": "Was suchen Sie?",
            "fr": "Que cherchez-vous ?",
        },
        "kinds": ["organisation", "online"],
    },
    {
        "code": "evening",
        "kind": QuestionKind.YES,
        "label": {
            "en": "Do you come to the evening at the quay?",
            "de": "Kommen Sie zum Abend am Kai?",
            "fr": "Venez-vous à la soirée sur le quai ?",
        },
        "kinds": ["organisation", "press"],
    },
    {
        "code": "medium",
        "kind": QuestionKind.TEXT,
        "label": {
            "en": "For which medium?",
            "de": "Für welches Medium?",
            "fr": "Pour quel média ?",
        },
        "kinds": ["press"],
        "is_required": True,
    },
    {
        "code": "food",
        "kind": QuestionKind.CHOICES,
        "about_needs": True,
        "label": {"en": "What do you eat?", "de": "Was essen Sie?", "fr": "Que mangez-vous ?"},
        "options": [
            {"code": "vegan", "label": {"en": "vegan", "de": "vegan", "fr": "végétalien"}},
            {
                "code": "no-gluten",
                "label": {"en": "without gluten", "de": "ohne Gluten", "fr": "sans gluten"},
            },
        ],
        "kinds": ["organisation", "press"],
    },
    {
        "code": "access",
        "kind": QuestionKind.TEXT,
        "about_needs": True,
        "label": {
            "en": "What do you need to get in and to follow?",
            "de": "Was brauchen Sie, um hineinzukommen und zu folgen?",
            "fr": "De quoi avez-vous besoin pour entrer et pour suivre ?",
        },
    },
)

Coming = tuple[Organisation, Person]


def _coming() -> list[Coming]:
    """Published organisations with who speaks for them, drawn the same way every time."""
    played = {one.email for one in people()} & LEFT_TO_ACT
    keepers = (
        Administrator.objects.filter(
            organisation__state=State.PUBLISHED,
            organisation__is_invented=True,
            organisation__kind__in=KINDS,
        )
        .exclude(person__email__in=played)
        .select_related("organisation", "person")
        .order_by("organisation__slug", "pk")
    )
    first: dict[int, Coming] = {}
    people_seen: set[int] = set()
    for one in keepers:
        if one.person_id not in people_seen and one.organisation_id not in first:
            first[one.organisation_id] = (one.organisation, one.person)
            people_seen.add(one.person_id)
    return chance.shuffled(list(first.values()), "cluster week")


def _register(
    event: Event, kind: TicketKind, coming: Sequence[Coming], state: str
) -> list[Registration]:
    pool = Pool.objects.select_for_update().get(event=event, kind=None, session=None)
    first, now = pool.drawn + 1, timezone.now()
    pool.drawn += len(coming)
    pool.taken += len(coming) if state == RegistrationState.CONFIRMED else 0
    pool.save()
    return Registration.objects.bulk_create(
        _registration(event, kind, number, organisation, person, state, now)
        for number, (organisation, person) in enumerate(coming, start=first)
    )


def _registration(
    event: Event,
    kind: TicketKind,
    number: int,
    organisation: Organisation,
    person: Person,
    state: str,
    now: datetime,
) -> Registration:
    at = now - timedelta(hours=chance.between(2, 400, organisation.slug, "registered"))
    is_press = kind.code == "press"
    answers = {"medium": "A monthly paper"} if is_press else {"evening": number % 3 != 0}
    return Registration(
        event=event,
        kind=kind,
        person=person,
        email=person.email,
        name=person.name,
        organisation=organisation,
        organisation_name=organisation.name,
        country=organisation.country,
        language=person.language,
        answers=answers,
        state=state,
        number=number,
        is_newcomer=chance.share(organisation.slug, "newcomer") < 0.4,  # noqa: PLR2004  a share
        made_at=at,
        confirmed_at=at if state == RegistrationState.CONFIRMED else None,
    )


def _choose_workshops(event: Event, made: Sequence[Registration]) -> None:
    """One workshop is full and two people wait for it."""
    for session in event.sessions.filter(needs_booking=True):
        pool = Pool.objects.get(session=session)
        seats = pool.capacity or 0
        count = seats + 2 if "batteries" in session.title["en"] else seats // 2
        chosen = chance.some_of(made, count, session.title["en"])
        Booking.objects.bulk_create(
            Booking(
                registration=one,
                session=session,
                state=RegistrationState.CONFIRMED if place < seats else RegistrationState.WAITING,
                number=place + 1,
            )
            for place, one in enumerate(chosen)
        )
        pool.taken = min(count, seats)
        pool.save()


def _say_needs(made: Sequence[Registration]) -> None:
    Need.objects.bulk_create(
        Need(registration=one, answers={"food": ["vegan"]})
        for one in chance.some_of(made, 14, "vegan")
    )


def _invite(event: Event, coming: Sequence[Coming]) -> None:
    """Written to a fortnight ago; some declined, some may send a colleague."""
    written = timezone.now() - timedelta(days=14)
    Invitation.objects.bulk_create(
        Invitation(
            event=event,
            email=person.email,
            name=person.name,
            organisation=organisation,
            organisation_name=organisation.name,
            country=organisation.country,
            language=person.language,
            may_send_colleague=place % 3 == 0,
            written_at=written,
            declined_at=written + timedelta(days=2) if place % 9 == 0 else None,
        )
        for place, (organisation, person) in enumerate(coming)
    )
