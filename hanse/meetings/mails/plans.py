"""Letters about a plan: to everybody the first time, then to those for whom something changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hanse.commons.post.mails import send_letter_to
from hanse.events.mails.wording import about
from hanse.meetings.actions.calling_off import MeetingsHandedOver
from hanse.meetings.actions.outcomes import OutcomesDue
from hanse.meetings.actions.publishing import PlanPublished
from hanse.meetings.mails.wishes import LETTERS, here, site
from hanse.meetings.models import Marketplace, Party, Representative
from hanse.meetings.queries.own import Own, meetings_of
from hanse.meetings.queries.standing import (
    Places,
    places_of_version,
    standing_meetings,
    standing_of,
)
from hanse.meetings.queries.times import when_in


def send_plan(fact: PlanPublished) -> None:
    """One letter a person, with all their meetings as they are now."""
    found = meetings_of(fact.concerned)
    before = places_of_version(fact.plan.marketplace, fact.plan.number - 1)
    gone = gone_by_party(fact.plan.marketplace, before)
    for reader in fact.concerned:
        _write(fact, reader, found[reader.pk], before, gone.get(reader.party_id, []))


def _write(
    fact: PlanPublished,
    reader: Representative,
    own: list[Own],
    before: Places,
    gone: Sequence[str],
) -> None:
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
            "gone": gone,
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


def gone_by_party(marketplace: Marketplace, before: Places) -> dict[int, list[str]]:
    """With whom each party met in the version before and meets no more."""
    lost = before.keys() - {standing_of(one).parties for one in standing_meetings(marketplace)}
    names = dict(Party.objects.filter(marketplace=marketplace).values_list("pk", "name"))
    found: dict[int, list[str]] = {}
    for pair in sorted(lost, key=sorted):
        for one in pair:
            others = (names.get(other, "–") for other in sorted(pair) if other != one)
            found.setdefault(one, []).append(", ".join(others))
    return found


def send_handed_over(fact: MeetingsHandedOver) -> None:
    """To a colleague of somebody who does not come: all that is theirs now."""
    registration = fact.reader.registration
    event = registration.event
    with translation.override(registration.language):
        when = when_in(event.zone)
        own = meetings_of([fact.reader])[fact.reader.pk]
        context = {
            "event": event,
            "name": registration.name,
            "party": fact.reader.party.name,
            "count": fact.count,
            "lines": [(when(one.starts_at), one.where, one.names) for one in own],
            "zone": event.zone,
            "page": f"{site()}{reverse('meetings:own_meetings', args=here(event))}",
        }
    send_letter_to(
        registration.email,
        f"{LETTERS}/handed_over.txt",
        context,
        language=registration.language,
        about=about(event),
    )


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
