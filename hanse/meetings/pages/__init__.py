"""Gates of the meetings: an event that has a marketplace."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from hanse.events.models import Event
from hanse.events.pages import MayEvent, desk_gate
from hanse.kit.gate import Page
from hanse.meetings.models import Marketplace


def planning_gate(may: MayEvent) -> Callable[[Page], Page]:
    """The organisers' side of an event that has meetings; the page gets the marketplace."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(
            request: HttpRequest, event: Event, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            place = get_object_or_404(Marketplace, event=event)
            place.event = event
            return page(request, place, *args, **kwargs)

        return desk_gate(may)(guarded)

    return guard
