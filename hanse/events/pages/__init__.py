"""Gates of the events: an event has two names in its address, its series' and its own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from hanse.events.access import events_organised_by, events_visible_to, may_see
from hanse.events.models import Event
from hanse.kit.gate import Gate, May, Page, Visible, gate, marked

MayEvent = Callable[[Any, Event], bool]


def event_gate(may: MayEvent = may_see) -> Callable[[Page], Page]:
    """Whoever sees the event and is let in; unknown and invisible both answer 404."""
    return _gate(may, events_visible_to)


def desk_gate(may: MayEvent) -> Callable[[Page], Page]:
    """The organisers' side: for everybody else it is not there; whoever is logged out logs in."""

    def guard(page: Page) -> Page:
        return log_in_first(_gate(may, events_organised_by)(page))

    return guard


def own_gate(may: May, *, find: Visible, by: str = "pk") -> Callable[[Page], Page]:
    """What is somebody's own, and to which letters lead: whoever is logged out logs in first."""

    def guard(page: Page) -> Page:
        return log_in_first(gate(may, find=find, by=by)(page))

    return guard


def log_in_first(page: Page) -> Page:
    """Whatever the address names, so that it tells nobody what there is."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return page(request, *args, **kwargs)

    return guarded


def _gate(may: MayEvent, find: Callable[[Any], QuerySet[Event]]) -> Callable[[Page], Page]:
    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(
            request: HttpRequest, series: str, event: str, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            found = get_object_or_404(find(request.user), series__slug=series, slug=event)
            if may(request.user, found):
                return page(request, found, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied

        return marked(guarded, Gate("object", may, find))

    return guard
