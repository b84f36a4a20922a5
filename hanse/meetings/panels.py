"""What the meetings show on pages that do not know of them."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from hanse.events.models import Event, Registration
from hanse.events.words import RegistrationState
from hanse.meetings.access import may_plan, own_party, own_representatives
from hanse.meetings.models import Marketplace, Representative
from hanse.meetings.queries.market import parties_there, quota_of
from hanse.meetings.queries.readiness import readiness_of
from hanse.meetings.queries.times import by_when, why_not_now
from hanse.meetings.words import STANDING, Way

MOST = 5


def joining_of(registration: Registration, _ticket: str) -> str:
    """On one's own registration: take part in the meetings, or the way to one's wishes."""
    market = _market(registration.event)
    if market is None or registration.state != RegistrationState.CONFIRMED:
        return ""
    part = (
        Representative.objects.select_related("party")
        .filter(registration=registration, party__left_at__isnull=True)
        .first()
    )
    closed = why_not_now(registration.event)
    # Pages of the meetings ask for a log-in.
    if registration.person_id is None or (part is None and closed):
        return ""
    context = {
        "event": registration.event,
        "market": market,
        "own": part.party if part else None,
        "quota": quota_of(part.party) if part else None,
        "may_join": closed is None,
        "by_when": by_when(market),
    }
    return render_to_string("meetings/joining_panel.html", context)


def way_to_market(event: Event, person: Any) -> str:
    """On the page of an event: the way to its meetings."""
    market = _market(event)
    if market is None:
        return ""
    context = {
        "event": event,
        "own": own_party(person, market),
        "count": parties_there(market).count(),
        "by_when": by_when(market),
    }
    return render_to_string("meetings/event_panel.html", context)


def way_to_meetings(person: Any) -> str:
    """In the account: the meetings to come in which somebody sits, and what waits for them."""
    parts = [
        (one.party.marketplace.event, one.party.marketplace, one.party, quota_of(one.party))
        for one in own_representatives(person)
        if not why_not_now(one.party.marketplace.event)
    ][:MOST]
    return render_to_string("meetings/way_to_meetings.html", {"parts": parts})


def market_on_desk(event: Event, person: Any) -> str:
    """On the desk of an event: how far the meetings are, or where they begin."""
    if not may_plan(person, event):
        return ""
    market = _market(event)
    ready = readiness_of(market) if market else None
    context = {
        "event": event,
        "ready": ready,
        "is_booked": market is not None and market.way == Way.BOOKING,
        "booked": market.meetings.filter(state__in=STANDING).count() if market else 0,
    }
    return render_to_string("meetings/desk_panel.html", context)


def _market(event: Event) -> Marketplace | None:
    found = Marketplace.objects.filter(event=event).first()
    if found is not None:
        found.event = event
    return found
