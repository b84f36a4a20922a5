"""Gates of the meetings: an event that has some, and whoever takes part in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from hanse.events.models import Event
from hanse.events.pages import MayEvent, desk_gate, event_gate, log_in_first
from hanse.kit.gate import Page
from hanse.meetings.access import own_representatives
from hanse.meetings.models import Marketplace, Representative


def market_of(event: Event) -> Marketplace | None:
    found = Marketplace.objects.filter(event=event).first()
    if found is not None:
        # Every page reads hours on the clock of the event.
        found.event = event
    return found


def market_gate() -> Callable[[Page], Page]:
    """Whoever sees an event that has meetings."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(
            request: HttpRequest, event: Event, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            market = market_of(event)
            if market is None:
                raise Http404
            return page(request, market, *args, **kwargs)

        return event_gate()(guarded)

    return guard


def own_part(person: Any, market: Marketplace) -> Representative | None:
    return own_representatives(person).filter(party__marketplace=market).first()


def part_gate() -> Callable[[Page], Page]:
    """Whoever takes part; others are shown how they would. The page gets market and part."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(
            request: HttpRequest, market: Marketplace, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            part = own_part(request.user, market)
            if part is None:
                return redirect("meetings:market", market.event.series.slug, market.event.slug)
            part.party.marketplace = market
            return page(request, market, part, *args, **kwargs)

        return log_in_first(market_gate()(guarded))

    return guard


def market_desk_gate(may: MayEvent) -> Callable[[Page], Page]:
    """The organisers' side of the meetings, where there are some; else where they begin."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(
            request: HttpRequest, event: Event, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            market = market_of(event)
            if market is None:
                return redirect("meetings:desk_market", event.series.slug, event.slug)
            return page(request, market, *args, **kwargs)

        return desk_gate(may)(guarded)

    return guard
