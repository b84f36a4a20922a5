"""Letters where participants book themselves: a request, what became of it."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone, translation

from hanse.commons.links.actions import make_link
from hanse.meetings.actions.booking import SlotAnswered, SlotAsked
from hanse.meetings.actions.telling import readers_of
from hanse.meetings.mails.wishes import here, site, write
from hanse.meetings.models import Representative, SlotRequest
from hanse.meetings.queries.times import when_in
from hanse.meetings.words import RequestState

REQUEST = "meeting-request"


def send_request(fact: SlotAsked) -> None:
    request = fact.request
    for reader in readers_of(request.asked, request.asked.marketplace):
        registration = reader.registration
        left = request.expires_at - timezone.now()
        token = make_link(
            REQUEST,
            request.pk,
            email=registration.email,
            person=registration.person,
            holds=max(left, timedelta(minutes=1)),
        )
        links = {
            does: f"{site()}{reverse('meetings:request_letter', args=[token, does])}"
            for does in ("accept", "decline")
        }
        facts = {"request": request, "links": links, "expires": expires(request, reader)}
        write(reader, "slot_asked", {**facts, "slot": request.slot})


def expires(request: SlotRequest, reader: Representative) -> str:
    with translation.override(reader.registration.language):
        return when_in(reader.party.marketplace.event.zone)(request.expires_at)


def send_answered(fact: SlotAnswered) -> None:
    """To both where it is a meeting now; to the asker alone where it is none."""
    request = fact.request
    accepted = request.state == RequestState.ACCEPTED
    sides = [(request.asker, request.asked)]
    if accepted:
        sides.append((request.asked, request.asker))
    for own, other in sides:
        for reader in readers_of(own, own.marketplace):
            page = reverse("meetings:booked", args=here(own.marketplace.event))
            facts = {"other": other, "slot": request.slot, "meeting": request.meeting}
            letter = "meeting_made" if accepted else "slot_declined"
            write(reader, letter, {**facts, "page": f"{site()}{page}"})
