"""Letters about wishes, in the reader's language, each wish with an answer by one click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from hanse.commons.links.actions import make_link
from hanse.commons.post.mails import send_letter_to
from hanse.events.mails.wording import about
from hanse.events.models import Event
from hanse.meetings.actions.calling_off import MeetingCalledOff
from hanse.meetings.actions.telling import WishesMissing, WishesTold, readers_of
from hanse.meetings.models import Marketplace, MeetingSlot, Representative, WishLetter
from hanse.meetings.queries.times import last_answer, when_in
from hanse.meetings.words import Way

WISH = "meeting-wish"
LETTERS = "meetings/letters"


def send_wishes(fact: WishesTold) -> None:
    market = fact.reader.party.marketplace
    letters = {one.wisher_id: one for one in WishLetter.objects.filter(wished=fact.reader.party)}
    lines = [
        (wish, answers_to(letters[wish.wisher_id], fact.reader, market)) for wish in fact.wishes
    ]
    write(
        fact.reader,
        "wishes",
        {"lines": lines, "is_reminder": fact.is_reminder, "count": len(lines)},
    )


def answers_to(
    letter: WishLetter, reader: Representative, market: Marketplace
) -> Mapping[str, str]:
    """The addresses of the two answers; one link in two words, so that both die together."""
    registration = reader.registration
    token = make_link(
        WISH,
        letter.pk,
        email=registration.email,
        person=registration.person,
        holds=holds(market),
    )
    return {
        does: f"{site()}{reverse('meetings:answer_letter', args=[token, does])}"
        for does in ("accept", "decline")
    }


def holds(market: Marketplace) -> timedelta:
    """Until answers end, else until the event is over."""
    last = last_answer(market)
    if last is None:
        zone = ZoneInfo(market.event.zone)
        last = datetime.combine(market.event.last_day, datetime.max.time(), zone)
    return max(last - timezone.now(), timedelta(hours=1))


def send_wishes_missing(fact: WishesMissing) -> None:
    write(fact.reader, "no_wishes", {})


def send_called_off(fact: MeetingCalledOff) -> None:
    """To everybody who sits in it, but for those who called it off themselves."""
    if fact.by is not None and fact.by.pk == fact.party.pk:
        return
    market = fact.meeting.marketplace
    others = [
        seat.party.name
        for seat in fact.meeting.seats.select_related("party")
        if seat.party_id != fact.party.pk
    ]
    for reader in readers_of(fact.party, market):
        facts: dict[str, Any] = {"others": ", ".join(others), "slot": fact.meeting.slot}
        if market.way == Way.BOOKING:
            facts["page"] = f"{site()}{reverse('meetings:booked', args=here(market.event))}"
        write(reader, "called_off", {**facts, "by": fact.by})


def write(reader: Representative, letter: str, facts: Mapping[str, Any]) -> None:
    market = reader.party.marketplace
    event, registration = market.event, reader.registration
    with translation.override(registration.language):
        last = last_answer(market)
        when = when_in(event.zone)
        context = {
            "event": event,
            "name": registration.name,
            "party": reader.party,
            "answers_until": when(last) if last else "",
            "wishes_until": when(market.wishes_until) if market.wishes_until else "",
            "page": f"{site()}{reverse('meetings:wishes', args=here(event))}",
            "suggestions": f"{site()}{reverse('meetings:suggestions', args=here(event))}",
            "zone": event.zone,
            **facts,
        }
        if isinstance(facts.get("slot"), MeetingSlot):
            context["at"] = when(facts["slot"].starts_at)
    send_letter_to(
        registration.email,
        f"{LETTERS}/{letter}.txt",
        context,
        language=registration.language,
        about=about(event),
    )


def here(event: Event) -> Sequence[str]:
    return [event.series.slug, event.slug]


def site() -> str:
    return str(settings.HANSE_ADDRESS).rstrip("/")
