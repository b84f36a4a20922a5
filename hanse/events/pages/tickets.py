"""One's ticket, on a page and as PDF; badges of everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hanse.events.access import may_see, may_stand_at_door, own_registrations
from hanse.events.actions.tickets import ticket_code
from hanse.events.documents.badges import badge_sheets
from hanse.events.documents.tickets import qr_svg, ticket_facts, ticket_pdf
from hanse.events.models import Event, Registration
from hanse.events.pages import desk_gate, own_gate
from hanse.events.pages.registrations import registration_of
from hanse.events.queries.badges import people_with_badges
from hanse.events.queries.door import organisation_of
from hanse.kit.folding import fold
from hanse.kit.gate import public
from hanse.kit.paper import has_faces_for
from hanse.kit.said import said


def pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@never_cache
@own_gate(may_see, find=own_registrations)
def ticket(request: HttpRequest, registration: Registration) -> HttpResponse:
    return shown(request, registration, reverse("events:ticket_file", args=[registration.pk]))


@public
@never_cache
def ticket_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of a letter, for whoever has no log-in."""
    return shown(
        request, registration_of(token), reverse("events:ticket_letter_file", args=[token])
    )


def shown(request: HttpRequest, registration: Registration, file: str) -> HttpResponse:
    """A card with the code, for the phone and for paper."""
    context = {
        "registration": registration,
        "event": registration.event,
        "facts": ticket_facts(registration),
        "qr": qr_svg(ticket_code(registration), _("QR code of the ticket")),
        "file": file,
    }
    return render(request, "events/ticket.html", context)


@own_gate(may_see, find=own_registrations)
def ticket_file(request: HttpRequest, registration: Registration) -> HttpResponse:
    return as_file(registration)


@public
def ticket_letter_file(request: HttpRequest, token: str) -> HttpResponse:
    return as_file(registration_of(token))


def as_file(registration: Registration) -> HttpResponse:
    content = ticket_pdf(registration, get_language() or "en")
    return pdf(content, f"{registration.event.slug}-{registration.number}")


@desk_gate(may_stand_at_door)
def badges(request: HttpRequest, event: Event) -> HttpResponse:
    """Which badges: of all, of a kind, of whoever came without registering."""
    rows = [
        (said(kind.name) or kind.code, kind.code, people_with_badges(event, kind.code).count())
        for kind in event.kinds.filter(is_online=False)
    ]
    context = {
        "event": event,
        "rows": rows,
        "count": people_with_badges(event).count(),
        "new": people_with_badges(event, only_new=True).count(),
        "unsure": unsure_names(event),
    }
    return render(request, "events/badges.html", context)


def unsure_names(event: Event) -> list[str]:
    """Names that only faces of this machine can draw, if it has any for them."""
    people = people_with_badges(event)
    return [one.name for one in people if not has_faces_for(f"{one.name} {organisation_of(one)}")]


@desk_gate(may_stand_at_door)
def badges_file(request: HttpRequest, event: Event) -> HttpResponse:
    kind, new = request.GET.get("kind", ""), request.GET.get("new") == "1"
    people = people_with_badges(event, kind, only_new=new)
    by_name = sorted(people, key=lambda one: fold(one.name))
    return pdf(badge_sheets(event, by_name), f"{event.slug}-badges{f'-{kind}' if kind else ''}")
