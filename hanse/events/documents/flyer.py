"""The flyer of a week, two pages: what stands behind it, and its events day by day."""

from __future__ import annotations

import io
from datetime import date, time
from pathlib import Path
from typing import Any

from babel.dates import format_interval
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanse.events.models import Event, EventDay, Series
from hanse.events.queries.days import hours_of, where_of
from hanse.events.queries.overview import Week
from hanse.events.words import Entry
from hanse.kit.paper import pdf_of
from hanse.kit.said import said

TEMPLATE = Path(__file__).with_suffix(".typ")
FIRST_HOUR, LAST_HOUR = 9, 20


def flyer(week: Week) -> bytes:
    """The PDF, in the language of now."""
    return pdf_of(TEMPLATE, told_of(week))


def told_of(week: Week) -> dict[str, Any]:
    """Everything that stands on the flyer, as plain values."""
    series = week.series
    address = settings.HANSE_ADDRESS.rstrip("/") + series.get_absolute_url()
    first, last = hours_within(week)
    return {
        "language": get_language() or "en",
        "title": str(series),
        "lead": said(series.lead),
        "place": series.city,
        "dates": dates_of(series),
        "clock": _("Hours on the clock of %(city)s.") % {"city": series.city or series.zone},
        "first_hour": first,
        "last_hour": last,
        "initiatives": [
            {"name": said(one["name"]), "does": said(one["does"])} for one in series.initiatives
        ],
        "hashtags": series.hashtags,
        "links": series.links,
        "days": [_day(week, one.day, one.events) for one in week.days],
        "source": said(series.source),
        "address": address,
        "qr": code_of(address),
        "words": {
            "initiatives": _("Initiatives and tools"),
            "events": _("The events"),
            "more": _("More information:"),
            "code": _("This week on Hanse"),
            "invitation": _("upon invitation only"),
            "key": _("Hollow bar, dashed line: upon invitation only"),
            "nothing": _("Nothing is planned on this day."),
        },
    }


def _day(week: Week, day: date, events: Any) -> dict[str, Any]:
    return {
        "number": str(day.day),
        "weekday": date_format(day, "l"),
        "month": date_format(day, "F Y"),
        "short": date_format(day, "D j"),
        "events": [_event(event, week.hours[event.pk, day]) for event in events],
    }


def _event(event: Event, opened: EventDay) -> dict[str, Any]:
    closed = event.entry == Entry.INVITATION
    host = said(event.co_host)
    return {
        "title": str(event),
        "hours": hours_of(opened),
        "group": said(event.group),
        "place": where_of(event),
        "aims": event.said_aims,
        "closed": closed,
        "co_host": _("co-hosted by the %(host)s") % {"host": host} if host else "",
        "bar": _bar(opened, closed=closed),
    }


def _bar(opened: EventDay, *, closed: bool) -> dict[str, Any] | None:
    if opened.opens is None or opened.closes is None:
        return None
    return {"from": _hour(opened.opens), "to": _hour(opened.closes), "closed": closed}


def hours_within(week: Week) -> tuple[int, int]:
    """The hours that the rule shows: the usual day, longer where an event is."""
    opens = [one.opens.hour for one in week.hours.values() if one.opens]
    closes = [-(-_hour(one.closes) // 1) for one in week.hours.values() if one.closes]
    return min([FIRST_HOUR, *opens]), int(max([LAST_HOUR, *closes]))


def _hour(at: time) -> float:
    return at.hour + at.minute / 60


def dates_of(series: Series) -> str:
    """“20–23 February 2018”, as the language writes a span of days."""
    language = get_language() or "en"
    locale = "en_GB" if language == "en" else language.replace("-", "_")
    return str(format_interval(series.first_day, series.last_day, "yMMMMd", locale=locale))


def code_of(address: str) -> str:
    """The address as a QR code, drawn as SVG."""
    import segno  # noqa: PLC0415 -- slow import

    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0, dark="#12242e", xmldecl=False)
    return drawn.getvalue().decode()
