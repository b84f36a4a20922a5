"""Badges: eight on a sheet of A4, to be cut along the lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanse.events.actions.tickets import key_of, ticket_code
from hanse.events.documents.tickets import qr_file, ticket_facts
from hanse.events.models import Event, Registration
from hanse.kit.paper import pdf_of

TEMPLATE = Path(__file__).with_suffix(".typ")


def badge_sheets(event: Event, people: Iterable[Registration]) -> bytes:
    """A badge for each, in the order given."""
    key = key_of(event)
    cards = [{**ticket_facts(one), "qr": qr_file(ticket_code(one, key))} for one in people]
    told = {
        "language": get_language() or "en",
        "title": _("Badges: %(event)s") % {"event": event},
        "event": str(event),
        "labels": {"qr": _("QR code of the ticket")},
        "cards": cards,
    }
    return pdf_of(TEMPLATE, told)
