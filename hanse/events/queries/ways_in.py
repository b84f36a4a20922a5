"""How somebody gets into an event, as they stand now: one sentence and at most one thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.calls.access import applications_visible_to
from hanse.calls.words import CallState
from hanse.events.access import invitations_to, own_registrations
from hanse.events.models import Event, Registration
from hanse.events.words import LIVE, Entry, RegistrationState
from hanse.kit.numbers import day as day_in_words

# Codes of whoever is not invited where one must be.
UNINVITED = frozenset({"uninvited", "applied"})


@dataclass(frozen=True)
class WayIn:
    """Where somebody stands; `url` and `does` are what they can do about it."""

    code: str
    says: str
    url: str = ""
    does: str = ""


def way_in(event: Event, person: Any) -> WayIn:
    own = _own(event, person)
    if own is not None and own.state in LIVE:
        return WayIn(own.state, _stands(own), f"/events/registrations/{own.pk}/", _("See it"))
    if event.cancelled_at:
        return WayIn("cancelled", _("It does not take place."))
    if event.is_over:
        return WayIn("over", _("It is over."))
    invited = invitations_to(person).filter(event=event, registration__isnull=True).exists()
    if event.entry == Entry.INVITATION and not invited:
        return _uninvited(event, person)
    if event.entry == Entry.OPEN:
        return WayIn("open", _("Whoever wants to may come; nobody registers."))
    if closed := _outside_the_window(event, timezone.now()):
        return WayIn("closed", closed)
    register = f"{event.get_absolute_url()}register/"
    if invited:
        return WayIn("invited", _("You are invited."), register, _("Accept and register"))
    return WayIn("registration", _("Upon registration."), register, _("Register"))


def _own(event: Event, person: Any) -> Registration | None:
    """The newest of one's own, not those of a team that one leads."""
    mine = own_registrations(person).filter(event=event).order_by("-number")
    if not person.is_authenticated:
        return None
    return next((one for one in mine if one.person_id in (None, person.pk)), None)


def _stands(own: Registration) -> str:
    return {
        RegistrationState.CONFIRMED: _("You have a place."),
        RegistrationState.WAITING: _("You are on the waiting list."),
        RegistrationState.ASKED: _("The organisers have not decided about your registration yet."),
    }[RegistrationState(own.state)]


def _uninvited(event: Event, person: Any) -> WayIn:
    """Whoever is not invited asks, through the event's call where it has one, and sees there where
    that stands."""
    if not person.is_authenticated:
        says = _("Upon invitation only. Log in to see whether you are invited.")
    else:
        says = _("Upon invitation only; you are not invited.")
    call = event.call
    if call is None or call.state != CallState.PUBLISHED:
        ask = f"{event.get_absolute_url()}ask/"
        return WayIn("uninvited", says, ask, _("Ask for an invitation"))
    own = applications_visible_to(person).filter(call=call).first()
    if own is not None:
        return WayIn("applied", says, own.get_absolute_url(), _("See where your request stands"))
    does = _("Propose a workshop") if call.is_for_workshops else _("Ask for an invitation")
    return WayIn("uninvited", says, call.get_absolute_url(), does)


def _outside_the_window(event: Event, now: datetime) -> str:
    opens, closes = event.registration_opens, event.registration_closes
    if opens and now < opens:
        return _("Registration opens on %(day)s.") % {"day": _day(event, opens)}
    if closes and now >= closes:
        return _("Registration closed on %(day)s.") % {"day": _day(event, closes)}
    return ""


def _day(event: Event, at: datetime) -> str:
    return day_in_words(at.astimezone(ZoneInfo(event.zone)).date())
