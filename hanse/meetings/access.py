"""Who sees the meetings of an event, who speaks for a party, who plans."""

from typing import Any

from django.db.models import QuerySet

from hanse.events.access import has_duty, is_guest, is_of
from hanse.events.models import Event, Registration
from hanse.events.words import Duty, RegistrationState, State
from hanse.meetings.models import Marketplace, Party, Representative
from hanse.meetings.words import SeenBy


def may_plan(person: Any, event: Event) -> bool:
    """Whoever looks after the guests plans their meetings, until the event is closed."""
    return event.state != State.CLOSED and has_duty(person, event.series, Duty.GUESTS)


def may_read_desk(person: Any, event: Event) -> bool:
    return has_duty(person, event.series, Duty.GUESTS)


def own_representatives(person: Any) -> QuerySet[Representative]:
    """Whom somebody is: by log-in or by an address that they have proved."""
    every = Representative.objects.select_related("party__marketplace__event__series")
    if not person.is_authenticated:
        return every.none()
    confirmed = Registration.objects.filter(is_of(person), state=RegistrationState.CONFIRMED)
    return every.filter(registration__in=confirmed.values("pk"), party__left_at__isnull=True)


def own_party(person: Any, marketplace: Marketplace) -> Party | None:
    """The party for which somebody sits in the meetings of an event; each of its representatives
    speaks for it.
    """
    own = own_representatives(person).filter(party__marketplace=marketplace).first()
    return own.party if own else None


def may_see_parties(person: Any, marketplace: Marketplace) -> bool:
    if marketplace.seen_by == SeenBy.EVERYBODY or may_read_desk(person, marketplace.event):
        return True
    if marketplace.seen_by == SeenBy.GUESTS and is_guest(person, marketplace.event):
        return True
    return own_party(person, marketplace) is not None
