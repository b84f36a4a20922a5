"""Why something stands in somebody's agenda, and how one walks between places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from hanse.events.access import events_visible_to, is_of
from hanse.events.models import Booking, Bookmark, Event, Part, Registration, Walk
from hanse.events.rules.agenda import Why
from hanse.events.words import LIVE, RegistrationState


def own_events(person: Any) -> QuerySet[Event]:
    """Events in which somebody has a part: registered, speaking, or with a session in mind."""
    registered = Registration.objects.filter(is_of(person), state__in=LIVE)
    spoken = Part.objects.filter(is_of(person, at="speaker__"))
    marked = Bookmark.objects.filter(person=person)
    return events_visible_to(person).filter(
        Q(pk__in=registered.values("event"))
        | Q(pk__in=spoken.values("session__event"))
        | Q(pk__in=marked.values("session__event"))
    )


def reasons_of(person: Any, events: Sequence[Event]) -> dict[str, Why]:
    """Why which session stands in the agenda; the stronger reason wins."""
    reasons: dict[str, Why] = {}
    marked = Bookmark.objects.filter(person=person, session__event__in=events)
    reasons |= {str(key): Why.BOOKMARKED for key in marked.values_list("session__key", flat=True)}
    booked = Booking.objects.filter(
        is_of(person, at="registration__"),
        registration__state__in=LIVE,
        state__in=LIVE,
        session__event__in=events,
    )
    for session, own, whole in booked.values_list("session__key", "state", "registration__state"):
        both = {own, whole} == {RegistrationState.CONFIRMED}
        reasons[str(session)] = Why.BOOKED if both else Why.WAITING
    spoken = Part.objects.filter(is_of(person, at="speaker__"), session__event__in=events)
    reasons |= {str(key): Why.SPEAKS for key in spoken.values_list("session__key", flat=True)}
    return reasons


def states_of(person: Any, events: Sequence[Event]) -> dict[int, str]:
    """How far one's registration for each event is; of two the one that is confirmed."""
    live = Registration.objects.filter(is_of(person), state__in=LIVE, event__in=events)
    states = sorted(
        live.values_list("event", "state"), key=lambda one: one[1] == RegistrationState.CONFIRMED
    )
    return dict(states)


def ways() -> Callable[[int, int], int | None]:
    known = {
        (first, second): minutes
        for first, second, minutes in Walk.objects.values_list("first", "second", "minutes")
    }
    return lambda one, other: known.get((min(one, other), max(one, other)))
