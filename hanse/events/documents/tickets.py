"""A ticket on a page and on paper: its QR code, its words."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hanse.commons.places.words import country_name
from hanse.events.actions.tickets import key_of, ticket_code
from hanse.events.models import Registration
from hanse.events.queries.door import organisation_of
from hanse.events.rules.tickets import short_code
from hanse.kit.numbers import day
from hanse.kit.paper import pdf_of
from hanse.kit.said import said

TEMPLATE = Path(__file__).with_name("ticket.typ")
LEVEL = "m"


def qr_svg(code: str, label: str) -> SafeString:
    """The code as a drawing of the page: one path, black on white in either theme."""
    made = segno.make(code, error=LEVEL, micro=False)
    drawn = made.svg_inline(
        omitsize=True, border=4, svgclass="qr", lineclass=None, light="#fff", title=label
    )
    return mark_safe(drawn)  # noqa: S308  drawn by us; the title is escaped by segno


def qr_file(code: str) -> str:
    """The code as an SVG that stands alone."""
    drawn = io.BytesIO()
    segno.make(code, error=LEVEL, micro=False).save(drawn, kind="svg", border=0)
    return drawn.getvalue().decode()


def ticket_facts(one: Registration) -> dict[str, str]:
    """What stands on a ticket beside its code."""
    event = one.event
    places = ", ".join(place.name for place in event.places.all())
    return {
        "event": str(event),
        "series": str(event.series),
        "when": span_of(event),
        "where": places or event.series.city,
        "name": one.name,
        "organisation": organisation_of(one),
        "country": country_name(one.country) if one.country else "",
        "kind": said(one.kind.name) or one.kind.code,
        "number": str(one.number),
        "code": short_code(one.serial),
    }


def span_of(event: Any) -> str:
    """The days of an event in words."""
    if event.first_day == event.last_day:
        return day(event.first_day)
    facts = {"first": day(event.first_day), "last": day(event.last_day)}
    return _("%(first)s to %(last)s") % facts


def ticket_pdf(one: Registration, language: str) -> bytes:
    """One ticket on a page of its own."""
    told = {
        **ticket_facts(one),
        "qr": qr_file(ticket_code(one, key_of(one.event))),
        "language": language,
        "title": _("Ticket: %(event)s") % {"event": one.event},
        "says": _("Shown at the door, on paper or on a phone. It is for one person."),
        "labels": {"code": _("Code"), "number": _("Number"), "qr": _("QR code of the ticket")},
    }
    return pdf_of(TEMPLATE, told)
