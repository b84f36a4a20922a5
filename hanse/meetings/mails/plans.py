"""Letters about a plan: to everybody the first time, then to those for whom something changed."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hanse.commons.post.mails import send_letter_to
from hanse.events.mails.wording import about
from hanse.meetings.actions.outcomes import OutcomesDue
from hanse.meetings.actions.publishing import PlanPublished
from hanse.meetings.mails.wishes import LETTERS, here, site
from hanse.meetings.models import Party, Representative
from hanse.meetings.queries.own import Own, meetings_of
from hanse.meetings.queries.standing import Places, places_of_version
from hanse.meetings.queries.times import when_in


def send_plan(fact: PlanPublished) -> None:
    """One letter a person, with all their meetings as they are now."""
    found = meetings_of(fact.concerned)
    before = places_of_version(fact.plan.marketplace, fact.plan.number - 1)
    for reader in fact.concerned:
        _write(fact, reader, found[reader.pk], before)


def _write(fact: PlanPublished, reader: Representative, own: list[Own], before: Places) -> None:
    registration = reader.registration
    event = registration.event
    with translation.override(registration.language):
        when = when_in(event.zone)
        context = {
            "event": event,
            "name": registration.name,
            "is_first": fact.is_first,
            "note": fact.plan.note,
            "lines": [
                (when(one.starts_at), one.where, one.names, change_of(one, before)) for one in own
            ],
            "gone": gone_for(reader.party, own, before),
            "zone": event.zone,
            "agenda": f"{site()}{reverse('events:series_agenda', args=[event.series.slug])}",
            "page": f"{site()}{reverse('meetings:own_meetings', args=here(event))}",
        }
    send_letter_to(
        registration.email,
        f"{LETTERS}/plan.txt",
        context,
        language=registration.language,
        about=about(event),
    )


def change_of(one: Own, before: Places) -> str:
    """What a reader has to know about a meeting of theirs: that it is new, or elsewhere."""
    if not before:
        return ""
    was = before.get(one.parties)
    if was is None:
        return _("new")
    return "" if was == (one.meeting.slot_id, one.meeting.table_id) else _("moved")


def gone_for(party: Party, own: list[Own], before: Places) -> list[str]:
    """With whom a party met in the version before and meets no more."""
    now = {one.parties for one in own}
    lost = [one for one in before if party.pk in one and one not in now]
    others = Party.objects.filter(pk__in={who for one in lost for who in one if who != party.pk})
    return [one.name for one in others.order_by("name")]


def send_later(fact: OutcomesDue) -> None:
    """Half a year later: the way to one's meetings, where one question is asked of each."""
    registration = fact.reader.registration
    event = registration.event
    with translation.override(registration.language):
        context = {
            "event": event,
            "name": registration.name,
            "count": fact.count,
            "page": f"{site()}{reverse('meetings:own_meetings', args=here(event))}",
        }
    send_letter_to(
        registration.email,
        f"{LETTERS}/later.txt",
        context,
        language=registration.language,
        about=about(event),
    )
