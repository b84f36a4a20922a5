"""What the invented organisations ask for, tell, hold and fund, put into the directory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from hanse.cli.demo_world.exchange import news, open_calls, requests, shared_events
from hanse.cli.demo_world.invented import (
    InventedCall,
    InventedEvent,
    InventedMoment,
    InventedNews,
    InventedRequest,
)
from hanse.directory.actions.notices import (
    Funded,
    Held,
    Told,
    announce_call,
    announce_event,
    tell_news,
)
from hanse.directory.actions.requests import Asked, ask_for_partner
from hanse.directory.models import Organisation, PartnerRequest
from hanse.directory.words import Level

ONLINE = "online"
# Requests came one after the other, not all on the day on which the world was made.
DAYS_BETWEEN, WITHIN_DAYS = 5, 60


@transaction.atomic
def load_in_touch(organisation_by_key: Mapping[str, Organisation], now: datetime) -> int:
    """Requests, news, events and calls of these organisations; how many were written.

    Does nothing where requests are there already. What belongs to an organisation that is not
    among them is left out.
    """
    if PartnerRequest.objects.exists():
        return 0
    known = organisation_by_key
    written = 0
    for place, request in enumerate(requests()):
        if one := known.get(request.organisation):
            at = now - timedelta(days=place * DAYS_BETWEEN % WITHIN_DAYS)
            ask_for_partner(one, asked(request, now), by=speaker(one), now=at)
            written += 1
    for piece in news():
        if one := known.get(piece.organisation):
            at = now - timedelta(days=piece.published_days_ago)
            tell_news(one, told(piece), by=speaker(one), now=at)
            written += 1
    for event in shared_events():
        if one := known.get(event.organisation):
            at = announced(event.starts, now)
            announce_event(one, held(event, one, now), by=speaker(one), now=at)
            written += 1
    for call in open_calls():
        if one := known.get(call.organisation):
            at = announced(call.opens, now)
            announce_call(one, funded(call, now), by=speaker(one), now=at)
            written += 1
    return written


def speaker(organisation: Organisation) -> Any:
    first = organisation.administrators.select_related("person").first()
    return first.person if first else None


def announced(first: InventedMoment, now: datetime) -> datetime:
    """A month before, or a few days ago where that lies ahead."""
    return min(now - timedelta(days=3), now + timedelta(days=first.days - 30))


def asked(request: InventedRequest, now: datetime) -> Asked:
    return Asked(
        what=request.what,
        for_what=request.for_what,
        language=request.language,
        text=request.text,
        countries=request.where,
        by_day=now.date() + timedelta(days=request.by_days),
        call=request.call,
        level=Level.SPEAKERS if request.is_confidential else Level.PUBLIC,
    )


def told(piece: InventedNews) -> Told:
    return Told(piece.title, piece.text, piece.language, piece.url)


def held(event: InventedEvent, organisation: Organisation, now: datetime) -> Held:
    is_online = event.place == ONLINE
    return Held(
        title=event.title,
        starts=clock(event.starts, now),
        ends=clock(event.ends, now),
        zone=event.starts.zone,
        language=event.language,
        place="" if is_online else event.place,
        country="" if is_online else organisation.country,
        url=event.url,
        is_online=is_online,
    )


def funded(call: InventedCall, now: datetime) -> Funded:
    return Funded(
        title=call.title,
        opens=clock(call.opens, now),
        closes=clock(call.closes, now),
        zone=call.closes.zone,
        language=call.language,
        may_apply=call.may_apply,
        budget=Decimal(call.budget_eur),
        currency="EUR",
        url=call.url,
    )


def clock(moment: InventedMoment, now: datetime) -> datetime:
    """A full hour on the clock of its place, without the zone, which stands beside it."""
    there = now.astimezone(ZoneInfo(moment.zone)).replace(tzinfo=None)
    day = there + timedelta(days=moment.days)
    return day.replace(hour=moment.hour, minute=0, second=0, microsecond=0)
