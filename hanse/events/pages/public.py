"""What everybody sees: all events, a week, its days, an event, an item, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanse.events.access import (
    is_guest,
    may_organise,
    organised_by,
    papers_visible_to,
    seen_by,
    series_visible_to,
)
from hanse.events.documents.flyer import flyer
from hanse.events.documents.linked_data import event_in_schema_org
from hanse.events.forms.finding import FindForm
from hanse.events.models import Event, Series
from hanse.events.pages import event_gate
from hanse.events.queries.agenda import mark_of
from hanse.events.queries.calling import shown_call
from hanse.events.queries.changes import changes_of
from hanse.events.queries.days import day_of_series, days_of, finding_of_day
from hanse.events.queries.overview import (
    Week,
    WeekDay,
    first_week,
    found_events,
    programmes_of_day,
    week_of,
    weeks_to_come,
)
from hanse.events.queries.programme import Shown, programme_at, published_programme
from hanse.events.queries.ways_in import way_in
from hanse.kit.announce import panels
from hanse.kit.gate import public
from hanse.kit.kept import Kept
from hanse.kit.paging import page_of


@public
def overview(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    found = found_events(request.user, form.asked)
    first = first_week(request.user)
    context = {
        "form": form,
        "page": page_of(request, found, 30),
        "asked": form.asked,
        "first": week_of(first, request.user) if first else None,
        "weeks": [week_of(one, request.user) for one in weeks_to_come(request.user)],
        "organises": organised_by(request.user).exists(),
    }
    return render(request, "events/overview.html", context)


@public
def series(request: HttpRequest, series: str) -> HttpResponse:
    found = _series(request, series)
    context = {
        "series": found,
        "week": week_of(found, request.user),
        "organises": organised_by(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, "events/series.html", context)


@public
def day(request: HttpRequest, series: str, day: date) -> HttpResponse:
    found = _series(request, series)
    week = week_of(found, request.user)
    chosen = next((one for one in week.days if one.day == day), None)
    if chosen is None:
        raise Http404
    key = (
        found.pk, day, get_language(),
        tuple((one.pk, one.programme_number, one.changed_at) for one in chosen.events),
    )  # fmt: skip
    context = {
        "series": found,
        "week": week,
        "chosen": chosen,
        "finding": finding_of_day(day, chosen.events),
        "standfirst": _("Hours on the clock of %(city)s.") % {"city": found.city or found.zone},
        "day": WRITTEN.get(key, lambda: _written_day(week, chosen)),
    }
    return render(request, "events/day.html", context)


def _written_day(week: Week, chosen: WeekDay) -> Mapping[str, Any]:
    """The day as a table, and what has no hours."""
    day = day_of_series(
        chosen.day,
        chosen.events,
        {event.pk: week.hours[event.pk, chosen.day] for event in chosen.events},
        programmes_of_day(chosen.events),
    )
    table = render_to_string("events/day_table.html", {"day": day}) if day.slots else ""
    return {"table": table, "without_hours": day.without_hours}


def _series(request: HttpRequest, slug: str) -> Series:
    return get_object_or_404(series_visible_to(request.user), slug=slug)


# Written programmes; the newest few of this process.
WRITTEN = Kept(60)


@dataclass(frozen=True)
class Written:
    """A published programme as its page and search engines read it."""

    number: int
    published_at: datetime | None
    days: str
    linked_data: str


def written_programme(event: Event, seen: set[str]) -> Written:
    """Written once for everybody who sees the same of it in the same language."""

    def write() -> Written:
        programme = published_programme(event, seen)
        days = render_to_string("events/programme_days.html", {"days": days_of(programme)})
        return Written(
            programme.number,
            programme.published_at,
            days,
            event_in_schema_org(event, programme),
        )

    key = (
        event.pk, event.programme_number, event.changed_at, event.series.state,
        frozenset(seen), get_language(),
    )  # fmt: skip
    return WRITTEN.get(key, write)


@event_gate()
def event(request: HttpRequest, event: Event) -> HttpResponse:
    programme = written_programme(event, seen_by(request.user, event))
    context = {
        "event": event,
        "programme": programme,
        "hours": event.days.all(),
        "places": event.places.prefetch_related("rooms"),
        "way_in": way_in(event, request.user),
        "call": shown_call(event),
        "organises": may_organise(request.user, event),
        "is_guest": is_guest(request.user, event),
        "panels": panels("events.event", event, request.user),
    }
    return render(request, "events/event.html", context)


@event_gate()
def session(request: HttpRequest, event: Event, key: UUID) -> HttpResponse:
    programme = published_programme(event, seen_by(request.user, event))
    shown = _item(programme.items, key)
    context = {
        "event": event,
        "shown": shown,
        "programme": programme,
        "is_guest": is_guest(request.user, event),
        "papers": papers_visible_to(request.user).filter(session__event=event, session__key=key),
        "mark": mark_of(request.user, key),
    }
    return render(request, "events/session.html", context)


def _item(items: Any, key: UUID) -> Shown:
    found = next((one for one in items if one.item.key == str(key)), None)
    if found is None or found.is_hidden:
        raise Http404
    return found  # type: ignore[no-any-return]


@event_gate()
def changes(request: HttpRequest, event: Event) -> HttpResponse:
    seen = seen_by(request.user, event)
    return render(
        request, "events/changes.html", {"event": event, "versions": changes_of(event, seen)}
    )


@event_gate()
def version(request: HttpRequest, event: Event, number: int) -> HttpResponse:
    """A programme as it stood under an earlier number."""
    programme = programme_at(event, number, seen_by(request.user, event))
    if programme is None:
        raise Http404
    context = {"event": event, "programme": programme, "days": days_of(programme)}
    return render(request, "events/version.html", context)


@public
def series_flyer(request: HttpRequest, series: str) -> HttpResponse:
    found = _series(request, series)
    response = HttpResponse(flyer(week_of(found, request.user)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.slug}.pdf"'
    return response
