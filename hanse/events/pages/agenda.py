"""One's agenda: on the phone, without a network, in a calendar program, on one sheet of paper."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hanse.directory.documents.feeds import absolute
from hanse.events.access import may_bookmark, may_see, series_visible_to, sessions_to_bookmark
from hanse.events.actions.agenda import bookmark, feed_read, make_feed, revoke_feed, unbookmark
from hanse.events.documents.calendar import calendar_file
from hanse.events.models import AgendaFeed, Event, Series, Session
from hanse.events.pages import event_gate
from hanse.events.pages.agenda_words import finding, lead, line, town_of, words_of_the_agenda
from hanse.events.queries.agenda import (
    agenda,
    feeds_of,
    own_series,
    programme_items,
)
from hanse.kit.devices import kept_for
from hanse.kit.gate import gate, public, signed_in, whoever

# More than so many stand on a printed sheet in smaller type.
ON_A_SHEET = 20


def _is_known(person: Any, _series: Series) -> bool:
    return bool(person.is_authenticated)


@never_cache
@signed_in
def own_agenda(request: HttpRequest) -> HttpResponse:
    """The agenda of the series that is on or comes next."""
    found = own_series(whoever(request))
    if not found:
        return kept_for(request.user, render(request, "events/agenda_empty.html"))
    return shown(request, found[0], found)


@never_cache
@gate(_is_known, find=series_visible_to, by="slug")
def series_agenda(request: HttpRequest, series: Series) -> HttpResponse:
    return shown(request, series, own_series(whoever(request)))


def shown(request: HttpRequest, series: Series, all_series: list[Series]) -> HttpResponse:
    me = whoever(request)
    found = agenda(me, series)
    if not found.events:
        page = render(request, "events/agenda_empty.html", {"series": series})
        return kept_for(me, page)
    own = ZoneInfo(me.timezone)
    context = {
        "series": series,
        "others": [one for one in all_series if one != series],
        "agenda": found,
        "title": finding(found),
        "lead": lead(found),
        "tells_event": len(found.events) > 1,
        "is_long": len(found.items) > ON_A_SHEET,
        "days": [(day.day, [line(one, found, own) for one in day.items]) for day in found.days],
        "more": [line(one, found, own) for one in found.others],
        "own_zone": town_of(me.timezone),
        "zones": sorted({town_of(one.zone) for one in found.items}),
        "words": words_of_the_agenda(),
    }
    return kept_for(me, render(request, "events/agenda.html", context))


# Sessions in mind ---------------------------------------------------------------------------------


@require_POST
@gate(may_bookmark, find=sessions_to_bookmark)
def bookmarked(request: HttpRequest, session: Session) -> HttpResponse:
    """Put into the agenda or taken out; a script gets the answer without a page."""
    me, out = whoever(request), request.POST.get("out") == "1"
    (unbookmark if out else bookmark)(session, by=me)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"out": out})
    said = _("Taken out of your agenda.") if out else _("It stands in your agenda.")
    messages.success(request, said)
    return redirect("events:series_agenda", session.event.series.slug)


@never_cache
@signed_in
def token(request: HttpRequest) -> HttpResponse:
    """The token with which a device sends what was changed without a network."""
    return JsonResponse({"csrf": get_token(request)})


# Calendars ----------------------------------------------------------------------------------------


def as_calendar(name: str, written: bytes) -> HttpResponse:
    answer = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@never_cache
@signed_in
def calendars(request: HttpRequest) -> HttpResponse:
    """Addresses for calendar programs; the answer to making one is the only page that shows it."""
    me, address = whoever(request), ""
    if request.method == "POST":
        _feed, made = make_feed(by=me)
        address = absolute(reverse("events:agenda_feed", args=[made]))
    context = {
        "address": address,
        "webcal": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "feeds": feeds_of(me).filter(revoked_at=None),
    }
    return render(request, "events/calendars.html", context)


@require_POST
@gate(may_see, find=feeds_of)
def feed_revoked(request: HttpRequest, feed: AgendaFeed) -> HttpResponse:
    revoke_feed(feed, by=whoever(request))
    messages.success(request, _("Revoked. Calendars that read this address get nothing any more."))
    return redirect("events:calendars")


@public
def agenda_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads; who knows the address is let in, until it is revoked."""
    feed = feed_read(token)
    if feed is None or not feed.person.is_active:
        raise Http404
    if feed.revoked_at:
        return HttpResponse(_("This address was revoked."), status=HTTPStatus.GONE)
    return as_calendar("agenda", calendar_file(_("My agenda"), agenda(feed.person).items))


@gate(_is_known, find=series_visible_to, by="slug")
def agenda_file(request: HttpRequest, series: Series) -> HttpResponse:
    items = agenda(whoever(request), series).items
    return as_calendar(f"{series.slug}-agenda", calendar_file(str(series), items))


@event_gate()
def event_file(request: HttpRequest, event: Event) -> HttpResponse:
    items = programme_items(request.user, event)
    return as_calendar(event.slug, calendar_file(str(event), items))


@gate(may_bookmark, find=sessions_to_bookmark)
def session_file(request: HttpRequest, session: Session) -> HttpResponse:
    items = programme_items(request.user, session.event, str(session.key))
    if not items:
        raise Http404
    return as_calendar(f"session-{session.pk}", calendar_file(str(session), items))
