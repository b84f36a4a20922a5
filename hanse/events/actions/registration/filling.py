"""What is filled in: who somebody is, their answers, needs, agreements and sessions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hanse.directory.models import Organisation
from hanse.events.actions.seats import Held, give_booking_back
from hanse.events.models import (
    Agreement,
    Booking,
    ConsentText,
    Event,
    Need,
    Registration,
    Session,
    TicketKind,
)
from hanse.events.queries.questions import as_asked, consent_texts, questions_for
from hanse.events.queries.seats import sessions_to_choose
from hanse.events.rules.answers import kept_answers, refusal, why_no_answers
from hanse.events.words import RegistrationState
from hanse.kit.refusals import Refusal, Refused

ENDED = (RegistrationState.CANCELLED, RegistrationState.REFUSED)


def no(code: str, **facts: object) -> Refused:
    return Refused(refusal(code, **facts))


@dataclass(frozen=True)
class Guest:
    """Who wants to come. The address says who it is; whoever has a log-in also is that person."""

    name: str
    email: str
    person: Any = None
    position: str = ""
    organisation: Organisation | None = None
    organisation_name: str = ""
    country: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Filled:
    """What the form holds besides: answers and needs by code, agreements by number of the text."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    needs: Mapping[str, Any] = field(default_factory=dict)
    agreed: Mapping[int, bool] = field(default_factory=dict)
    sessions: Collection[int] = ()


def wrong_answers(event: Event, kind: TicketKind, filled: Filled) -> dict[str, Refusal]:
    """What is wrong, by the code of the question."""
    asked = [as_asked(one) for one in questions_for(event, kind.code)]
    return why_no_answers(asked, {**filled.answers, **filled.needs})


@dataclass(frozen=True)
class Accepted:
    """What was filled in and holds, parted into what is kept where."""

    answers: Mapping[str, Any]
    needs: Mapping[str, Any]
    agreed: Sequence[tuple[ConsentText, bool]]
    sessions: Collection[int]


def accepted(event: Event, kind: TicketKind, filled: Filled) -> Accepted:
    """Looked through before the seats are locked, so that the line moves fast."""
    for reason in wrong_answers(event, kind, filled).values():
        raise Refused(reason)
    agreed = [(text, bool(filled.agreed.get(text.pk))) for text in consent_texts(event)]
    if any(text.is_required and not yes for text, yes in agreed):
        raise no("not_agreed")
    if filled.sessions:
        known = {one.pk for one in sessions_to_choose(event, online=kind.is_online)}
        if not set(filled.sessions) <= known:
            raise no("no_such_session")
    questions = questions_for(event, kind.code)
    kept = kept_answers(map(as_asked, questions), {**filled.answers, **filled.needs})
    apart = {one.code for one in questions if one.about_needs}
    return Accepted(
        {code: said for code, said in kept.items() if code not in apart},
        {code: said for code, said in kept.items() if code in apart},
        agreed,
        filled.sessions,
    )


def write_answers(registration: Registration, said: Accepted) -> None:
    """Needs lie apart from the answers; what was said to a retired question stands."""
    retired = registration.event.questions.filter(is_retired=True).values_list("code", flat=True)
    before = {code: registration.answers[code] for code in retired if code in registration.answers}
    registration.answers = {**before, **said.answers}
    registration.save(update_fields=["answers"])
    if said.needs:
        Need.objects.update_or_create(registration=registration, defaults={"answers": said.needs})
    else:
        Need.objects.filter(registration=registration).delete()


def write_agreements(registration: Registration, said: Accepted, language: str) -> None:
    """A line for each answer that is new; earlier ones stay, with their wording."""
    if not said.agreed:
        return
    newest: dict[int, bool] = {}
    for line in registration.agreements.order_by("at", "pk"):
        newest[line.text_id] = line.agreed
    Agreement.objects.bulk_create(
        Agreement(registration=registration, text=text, agreed=yes, language=language)
        for text, yes in said.agreed
        if yes != newest.get(text.pk)
    )


def choose_sessions(held: Held, registration: Registration, wanted: Collection[int]) -> None:
    """Seats in sessions; whoever has no seat in the event yet waits for that one first."""
    if Session.objects.filter(pk__in=wanted, needs_booking=True).count() != len(set(wanted)):
        raise no("no_such_session")  # it left the programme a moment ago
    kept = {one.session_id: one for one in registration.bookings.all()}
    for number, booking in kept.items():
        if number not in wanted and booking.state not in ENDED:
            give_booking_back(held, booking)
    asks = RegistrationState.WAITING if registration.confirmed_at else RegistrationState.ASKED
    for number in sorted(wanted):
        booking = kept.get(number) or Booking(registration=registration, session_id=number)
        if booking.pk and booking.state not in ENDED:
            continue
        booking.state = asks
        is_first = not kept and not registration.confirmed_at
        booking.number = registration.number if is_first else held.draw()
        booking.save()
