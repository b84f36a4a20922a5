"""What a call decides: whoever it selects is invited to the events that it is for."""

from __future__ import annotations

from hanse.calls.models import Application
from hanse.calls.words import Outcome
from hanse.events.actions.invitations import invite, is_open, withdraw, write_to
from hanse.events.models import Event, Invitation
from hanse.events.rules.guests import Guest


def invite_selected(application: Application, outcome: str) -> None:
    """A letter to whoever applied; they may send a colleague of their organisation. To what is
    called off or over nobody is invited."""
    person = application.made_by
    if outcome != Outcome.SELECTED or person is None:
        return
    organisation = application.organisation
    guest = Guest(
        person.email,
        person.name,
        organisation.name,
        organisation.country,
        person.language,
        may_send_colleague=True,
    )
    for event in _events_of(application):
        if not event.is_to_come:
            continue
        write_to(invite(event, [guest], by=None).new, by=None)


def withdraw_returned(application: Application) -> None:
    """Whoever gives the place back is not expected any more, unless they registered."""
    invited = Invitation.objects.select_related("event__series").filter(
        event__in=_events_of(application),
        organisation=application.organisation,
        withdrawn_at__isnull=True,
    )
    for invitation in invited:
        if is_open(invitation):
            withdraw(invitation, by=None)


def _events_of(application: Application) -> list[Event]:
    return list(Event.objects.select_related("series").filter(call=application.call_id))
