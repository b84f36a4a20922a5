"""Who sees which event and who may do what.

A published event is everybody's; a draft is its organisers'. The lead of a series may do
everything; other duties open one room each. Whoever operates the place may do what a lead may.
"""

from typing import Any

from django.db.models import Q, QuerySet

from hanse.commons.people.queries import proved_addresses_of
from hanse.directory.access import is_officer
from hanse.events.models import (
    Delegation,
    Event,
    Invitation,
    Organiser,
    Registration,
    Series,
    Session,
    SessionDocument,
    Stranger,
)
from hanse.events.words import LIVE, Duty, State, Visibility

SHOWN = (State.PUBLISHED, State.CLOSED)


def organised_by(person: Any) -> QuerySet[Series]:
    if not person.is_authenticated:
        return Series.objects.none()
    if is_officer(person):
        return Series.objects.all()
    own = Organiser.objects.filter(person=person).values("series")
    return Series.objects.filter(pk__in=own)


def series_visible_to(person: Any) -> QuerySet[Series]:
    shown = Q(state__in=SHOWN)
    if not person.is_authenticated:
        return Series.objects.filter(shown)
    return Series.objects.filter(shown | Q(pk__in=organised_by(person).values("pk")))


def events_visible_to(person: Any) -> QuerySet[Event]:
    every = Event.objects.select_related("series")
    shown = Q(state__in=SHOWN, series__state__in=SHOWN)
    if not person.is_authenticated:
        return every.filter(shown)
    return every.filter(shown | Q(series__in=organised_by(person).values("pk")))


def events_organised_by(person: Any) -> QuerySet[Event]:
    """Events behind whose desk a person stands; for everybody else the desk is not there."""
    return Event.objects.select_related("series").filter(
        series__in=organised_by(person).values("pk")
    )


def has_duty(person: Any, series: Series, *duties: Duty) -> bool:
    """Whether somebody has one of these duties, or is the lead."""
    if not person.is_authenticated:
        return False
    if is_officer(person):
        return True
    wanted = (Duty.LEAD, *duties)
    return series.organisers.filter(person=person, duty__in=wanted).exists()


def may_see(person: Any, thing: Any) -> bool:
    """Whoever finds it may read it."""
    return True


def may_organise(person: Any, event: Event) -> bool:
    """Any duty opens the desk."""
    return has_duty(person, event.series, *Duty)


def may_lead(person: Any, event: Event) -> bool:
    return has_duty(person, event.series)


def may_lead_series(person: Any, series: Series) -> bool:
    return has_duty(person, series)


def may_edit_programme(person: Any, event: Event) -> bool:
    return event.state != State.CLOSED and has_duty(person, event.series, Duty.PROGRAMME)


def may_manage_guests(person: Any, event: Event) -> bool:
    return has_duty(person, event.series, Duty.GUESTS)


def may_call(person: Any, event: Event) -> bool:
    """Make the call of an event: whoever looks after its programme or its guests."""
    return has_duty(person, event.series, Duty.PROGRAMME, Duty.GUESTS)


def may_stand_at_door(person: Any, event: Event) -> bool:
    return has_duty(person, event.series, Duty.DOOR, Duty.GUESTS)


def sessions_organised_by(person: Any) -> QuerySet[Session]:
    return Session.objects.select_related("event__series", "room__place").filter(
        event__in=events_organised_by(person).values("pk")
    )


def is_of(person: Any, *, at: str = "") -> Q:
    """Rows that are about a person: by their log-in, or by an address that they have proved."""
    return Q(**{f"{at}person": person}) | Q(
        **{f"{at}person__isnull": True, f"{at}email__in": proved_addresses_of(person)}
    )


def own_registrations(person: Any) -> QuerySet[Registration]:
    """One's own, and those of the people of a team that one leads."""
    every = Registration.objects.select_related("event__series", "kind", "team")
    if not person.is_authenticated:
        return every.none()
    return every.filter(is_of(person) | Q(team__leader=person))


def registrations_organised_by(person: Any) -> QuerySet[Registration]:
    return Registration.objects.select_related("event__series", "kind", "team").filter(
        event__in=events_organised_by(person).values("pk")
    )


def invitations_to(person: Any) -> QuerySet[Invitation]:
    every = Invitation.objects.select_related("event__series").filter(withdrawn_at__isnull=True)
    if not person.is_authenticated:
        return every.none()
    return every.filter(email__in=proved_addresses_of(person))


def strangers_before(person: Any) -> QuerySet[Stranger]:
    """Strangers about whom somebody decides who looks after the guests."""
    return Stranger.objects.select_related("invitation", "event__series").filter(
        event__in=events_organised_by(person).values("pk")
    )


def is_guest(person: Any, event: Event) -> bool:
    """Invited, or registered and not turned away."""
    if not person.is_authenticated:
        return False
    registered = Registration.objects.filter(is_of(person), event=event, state__in=LIVE)
    return registered.exists() or invitations_to(person).filter(event=event).exists()


def seen_by(person: Any, event: Event) -> set[str]:
    """Which items of an event's programme this person sees."""
    if may_organise(person, event):
        return {Visibility.PUBLIC, Visibility.GUESTS, Visibility.TEAM}
    if is_guest(person, event):
        return {Visibility.PUBLIC, Visibility.GUESTS}
    return {Visibility.PUBLIC}


def is_own(person: Any, registration: Registration) -> bool:
    """Their own and nobody else's: who leads a team sees where it stands, not what it answered."""
    if not person.is_authenticated:
        return False
    if registration.person_id is not None:
        return bool(registration.person_id == person.pk)
    return registration.email in proved_addresses_of(person)


def delegations_headed_by(person: Any) -> QuerySet[Delegation]:
    every = Delegation.objects.select_related("event__series")
    if not person.is_authenticated:
        return every.none()
    return every.filter(Q(head=person) | Q(head_email__in=proved_addresses_of(person)))


def sessions_to_bookmark(person: Any) -> QuerySet[Session]:
    """Sessions of published programmes that somebody with a log-in sees."""
    every = Session.objects.select_related("event__series", "room__place")
    if not person.is_authenticated:
        return every.none()
    return every.filter(event__in=events_visible_to(person).values("pk"))


def may_bookmark(person: Any, session: Session) -> bool:
    return session.visibility in seen_by(person, session.event)


def papers_visible_to(person: Any) -> QuerySet[SessionDocument]:
    """Documents of sessions that somebody sees; of those for guests, their own events' alone."""
    every = SessionDocument.objects.select_related("stored", "session__event__series")
    shown = every.filter(session__event__in=events_visible_to(person).values("pk"))
    everybody = Q(visibility=Visibility.PUBLIC, session__visibility=Visibility.PUBLIC)
    if not person.is_authenticated:
        return shown.filter(everybody)
    team = Q(session__event__in=events_organised_by(person).values("pk"))
    guests = Q(session__event__in=guest_events_of(person)) & ~(
        Q(visibility=Visibility.TEAM) | Q(session__visibility=Visibility.TEAM)
    )
    return shown.filter(everybody | team | guests)


def guest_events_of(person: Any) -> set[int]:
    """The events to which somebody is invited, or registered and not turned away."""
    registered = Registration.objects.filter(is_of(person), state__in=LIVE)
    return {
        *registered.values_list("event", flat=True),
        *invitations_to(person).values_list("event", flat=True),
    }
