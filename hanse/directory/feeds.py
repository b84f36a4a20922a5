"""What is new, for feed readers and calendars: public things only, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.vary import vary_on_cookie

from hanse.directory.access import events_visible_to
from hanse.directory.documents.feeds import (
    Entry,
    atom,
    calendar,
    deadline_of,
    event_of,
)
from hanse.directory.models import News, OpenCall, Organisation, OrganisationEvent
from hanse.directory.queries.notices import Narrowed, calls_found, events_found, news_found
from hanse.directory.queries.requests import Wanted, requests_found
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.words import State
from hanse.kit.gate import public

MOST = 50
MOST_IN_A_CALENDAR = 500
STRANGER = AnonymousUser()


def for_a_while(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept by whoever stands between, for each language: it follows a cookie."""
    return cache_control(public=True, max_age=900)(vary_on_cookie(view))


def as_atom(name: str, title: str, page: str, entries: Iterable[Entry]) -> HttpResponse:
    written = atom(name, title, page, entries)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


def as_calendar(name: str, written: bytes) -> HttpResponse:
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@public
@for_a_while
def profiles(request: HttpRequest) -> HttpResponse:
    new = Organisation.objects.filter(state=State.PUBLISHED, published_at__isnull=False)
    entries = [
        Entry(
            f"organisations/{one.pk}",
            one.name,
            one.get_absolute_url(),
            ", ".join(
                part
                for part in (one.get_kind_display(), one.city, word_of("country", one.country))
                if part
            ),
            one.name,
            one.get_absolute_url(),
            one.published_at,
            one.published_at,
        )
        for one in new.order_by("-published_at", "-pk")[:MOST]
        if one.published_at
    ]
    return as_atom("profiles", _("New profiles"), reverse("directory:search"), entries)


@public
@for_a_while
def requests(request: HttpRequest) -> HttpResponse:
    entries = [
        Entry(
            f"requests/{one.pk}",
            one.what,
            one.get_absolute_url(),
            "\n\n".join(part for part in (one.for_what, one.text) if part),
            one.organisation.name,
            one.organisation.get_absolute_url(),
            one.made_at,
            one.changed_at,
        )
        for one in requests_found(STRANGER, Wanted())[:MOST]
    ]
    return as_atom("requests", _("Partner requests"), reverse("directory:requests"), entries)


@public
@for_a_while
def news(request: HttpRequest) -> HttpResponse:
    found = news_found(STRANGER, Narrowed())[:MOST]
    entries = [of_notice("news", one, one.text) for one in found]
    return as_atom("news", _("News from organisations"), reverse("directory:news"), entries)


@public
@for_a_while
def events(request: HttpRequest) -> HttpResponse:
    found = events_found(STRANGER, Narrowed())[:MOST]
    entries = [of_notice("events", one, f"{in_words(one)}\n\n{one.text}") for one in found]
    return as_atom("events", _("Events to come"), reverse("directory:events"), entries)


@public
@for_a_while
def calls(request: HttpRequest) -> HttpResponse:
    found = calls_found(STRANGER, Narrowed())[:MOST]
    entries = [of_notice("calls", one, f"{until(one)}\n\n{one.text}") for one in found]
    return as_atom("calls", _("Open calls"), reverse("directory:calls"), entries)


def of_notice(sort: str, one: News | OrganisationEvent | OpenCall, text: str) -> Entry:
    return Entry(
        f"{sort}/{one.pk}",
        one.title,
        one.get_absolute_url(),
        text.strip(),
        one.organisation.name,
        one.organisation.get_absolute_url(),
        one.published_at if isinstance(one, News) else one.made_at,
        one.changed_at,
    )


def in_words(event: OrganisationEvent) -> str:
    times = f"{event.starts_there:%Y-%m-%d %H:%M} – {event.ends_there:%Y-%m-%d %H:%M}"
    return ", ".join(part for part in (times, event.zone, event.place) if part)


def until(call: OpenCall) -> str:
    return _("Deadline: %(time)s, %(zone)s") % {
        "time": f"{call.closes_there:%Y-%m-%d %H:%M}",
        "zone": call.zone,
    }


@public
@for_a_while
def events_calendar(request: HttpRequest) -> HttpResponse:
    found = events_found(STRANGER, Narrowed())[:MOST_IN_A_CALENDAR]
    return as_calendar("events", calendar(_("Events to come"), [event_of(one) for one in found]))


@public
@for_a_while
def calls_calendar(request: HttpRequest) -> HttpResponse:
    found = calls_found(STRANGER, Narrowed())[:MOST_IN_A_CALENDAR]
    deadlines = [deadline_of(one, deadline_title(one)) for one in found]
    return as_calendar("calls", calendar(_("Deadlines of open calls"), deadlines))


def deadline_title(call: OpenCall) -> str:
    return _("Deadline: %(title)s") % {"title": call.title}


@public
def event_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One event, for one's own calendar."""
    one = get_object_or_404(events_visible_to(STRANGER), pk=pk)
    return as_calendar(f"event-{pk}", calendar(one.title, [event_of(one)]))
