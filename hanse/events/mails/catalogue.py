"""Every letter that organisers may word themselves, and how one reads for somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hanse.commons.post.mails import Composed
from hanse.events.mails.guests import facts_of_invitation
from hanse.events.mails.registrations import about_the_line, facts_of
from hanse.events.mails.wording import compose, on_days
from hanse.events.models import Event, Invitation, Registration
from hanse.kit.numbers import day
from hanse.kit.said import said

# In a preview no link is made that would open something.
NO_LINK = "https://…"


@dataclass(frozen=True)
class LetterKind:
    """A letter: its name, and to whom it goes; what its words may hold is in `rules/letters`."""

    name: Any
    reader: str


CATALOGUE: Mapping[str, LetterKind] = {
    "invitation": LetterKind(_("Invitation"), "invitation"),
    "invitation_reminder": LetterKind(_("Reminder of an invitation"), "invitation"),
    "confirmed": LetterKind(_("Registered, with a seat"), "registration"),
    "waiting": LetterKind(_("On the waiting list"), "registration"),
    "asked": LetterKind(_("Waits for the organisers’ word"), "registration"),
    "moved_up": LetterKind(_("Moved up to a seat"), "registration"),
    "refused": LetterKind(_("Not accepted"), "registration"),
    "cancelled": LetterKind(_("Cancelled"), "registration"),
    "feedback": LetterKind(_("The evening after: how was it"), "registration"),
    "called_off": LetterKind(_("The event is called off"), "registration"),
    "delegation": LetterKind(_("To the head of a delegation"), "head"),
    "stranger_declined": LetterKind(_("No to somebody who asked to be invited"), "stranger"),
}


def as_read(event: Event, code: str, language: str, reader: Any = None) -> Composed:
    """A letter as this reader would get it; without one, as an invented reader would."""
    with override(language):
        facts, context = _facts(event, code, reader)
    return compose(event, code, language, facts, context)


def _facts(event: Event, code: str, reader: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    if isinstance(reader, Invitation):
        return facts_of_invitation(reader, NO_LINK), {"invitation": reader}
    if isinstance(reader, Registration):
        line = {"position": 1, "rule": "", "why": ""} | about_the_line(reader)
        return facts_of(event, reader, NO_LINK) | line, {"registration": reader}
    return _invented(event), {"invitation": Invitation(), "registration": Registration()}


def _invented(event: Event) -> dict[str, Any]:
    return {
        "name": "Ilze Krastiņa",
        "organisation": "Balta Metals",
        "event": said(event.title),
        "series": said(event.series.title),
        "kind": said(event.kinds.values_list("name", flat=True).first()),
        "first_day": day(event.first_day),
        "last_day": day(event.last_day),
        "days": on_days(event),
        "city": event.series.city,
        "number": "12",
        "position": 3,
        "places": 2,
        "rule": "",
        "says": "",
        "why": event.cancelled_why,
        "link": NO_LINK,
    }


def readers_of(event: Event, code: str) -> Sequence[Any]:
    """Whom a letter can be previewed as, the first two hundred."""
    kind = CATALOGUE[code]
    if kind.reader == "invitation":
        return list(event.invitations.select_related("event__series")[:200])
    if kind.reader == "registration":
        return list(event.registrations.select_related("kind", "event__series")[:200])
    return []
