"""One's own registrations: where they stand, change, cancel, letters on paper.

Whoever has a log-in comes by number; colleagues of a team, who may have none, by the link in their
letter. Both see the same pages through two kinds of doors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hanse.commons.links.actions import link_of
from hanse.commons.links.words import REFUSALS as LINK_REFUSALS
from hanse.events.access import is_own, may_see, own_registrations
from hanse.events.actions.registration import cancel, change
from hanse.events.documents.letters import Passport, invitation_letter, visa_letter
from hanse.events.forms.changing import ChangeForm, EndingForm, VisaForm
from hanse.events.mails.registrations import REGISTRATION
from hanse.events.models import Registration
from hanse.events.pages import own_gate
from hanse.events.queries.standing import standing_of
from hanse.events.words import RegistrationState
from hanse.kit.announce import panels
from hanse.kit.gate import public, signed_in, whoever
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refusal, Refused


@dataclass(frozen=True)
class Door:
    """Where the pages of a registration lie for this reader."""

    page: str
    change: str
    cancel: str
    ticket: str
    by_letter: bool = False


def by_number(one: Registration) -> Door:
    here = [one.pk]
    return Door(
        reverse("events:registration", args=here),
        reverse("events:registration_change", args=here),
        reverse("events:registration_cancel", args=here),
        reverse("events:ticket", args=here),
    )


def by_letter(token: str) -> Door:
    return Door(
        reverse("events:registration_letter", args=[token]),
        reverse("events:registration_letter_change", args=[token]),
        reverse("events:registration_letter_cancel", args=[token]),
        reverse("events:ticket_letter", args=[token]),
        by_letter=True,
    )


def registration_of(token: str) -> Registration:
    link = link_of(token, REGISTRATION)
    found = Registration.objects.select_related("event__series", "kind", "team").filter(
        pk=link.subject, email=link.email
    )
    one = found.first()
    if one is None:
        raise Refused(Refusal("link_unknown", LINK_REFUSALS["link_unknown"]))
    return one


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    found = own_registrations(whoever(request)).order_by("-event__first_day", "number")
    return render(request, "events/mine.html", {"page": page_of(request, found, 20)})


# One registration, by either door ------------------------------------------------------------


def shown(request: HttpRequest, one: Registration, door: Door) -> HttpResponse:
    context = {
        "one": one,
        "event": one.event,
        "standing": standing_of(one),
        "door": door,
        "is_own": door.by_letter or is_own(request.user, one),
        "panels": panels("events.registration", one, door.ticket),
    }
    return render(request, "events/registration.html", context)


def changed(request: HttpRequest, one: Registration, door: Door) -> HttpResponse:
    form = ChangeForm(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change(
                one,
                form.guest(one.email, one.person),
                form.filled(),
                kind=given.get("kind"),
                revision=given["revision"],
                by=by_whom(request),
            )
        except Refused as no:
            if no.refusal.code == "changed_meanwhile":
                one.refresh_from_db()
                form.renewed(one.revision)
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Kept."))
            return redirect(door.page)
    context = {"one": one, "event": one.event, "form": form, "door": door}
    return render(request, "events/registration_change.html", context)


def by_whom(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def cancelled(request: HttpRequest, one: Registration, door: Door) -> HttpResponse:
    """Asked once more, since a seat that is given back goes to somebody else at once."""
    if request.method != "POST":
        context = {"one": one, "event": one.event, "door": door, "standing": standing_of(one)}
        return render(request, "events/registration_cancel.html", context)
    form = EndingForm(request.POST)
    says = form.cleaned_data["says"] if form.is_valid() else ""
    cancel(one, by=by_whom(request), says=says)
    messages.success(request, _("Cancelled. A letter says so too."))
    return redirect(door.page)


@own_gate(may_see, find=own_registrations)
def registration(request: HttpRequest, one: Registration) -> HttpResponse:
    return shown(request, one, by_number(one))


@own_gate(is_own, find=own_registrations)
def registration_change(request: HttpRequest, one: Registration) -> HttpResponse:
    return changed(request, one, by_number(one))


@own_gate(may_see, find=own_registrations)
def registration_cancel(request: HttpRequest, one: Registration) -> HttpResponse:
    return cancelled(request, one, by_number(one))


@public
@never_cache
def registration_letter(request: HttpRequest, token: str) -> HttpResponse:
    return shown(request, registration_of(token), by_letter(token))


@public
@never_cache
def registration_letter_change(request: HttpRequest, token: str) -> HttpResponse:
    return changed(request, registration_of(token), by_letter(token))


@public
@never_cache
def registration_letter_cancel(request: HttpRequest, token: str) -> HttpResponse:
    return cancelled(request, registration_of(token), by_letter(token))


# Letters on paper ----------------------------------------------------------------------------


def may_have_letter(person: Any, one: Registration) -> bool:
    """Whoever has a seat."""
    return one.state == RegistrationState.CONFIRMED and is_own(person, one)


def as_file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@own_gate(may_have_letter, find=own_registrations)
def invitation_pdf(request: HttpRequest, one: Registration) -> HttpResponse:
    return as_file(invitation_letter(one), f"{one.event.slug}-{one.number}")


@own_gate(may_have_letter, find=own_registrations)
def visa(request: HttpRequest, one: Registration) -> HttpResponse:
    """Name and number of the passport are printed, and kept nowhere."""
    form = VisaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        passport = Passport(given["passport_name"], given["passport_number"], given["nationality"])
        return as_file(visa_letter(one, passport), f"{one.event.slug}-visa-{one.number}")
    return render(request, "events/visa.html", {"one": one, "event": one.event, "form": form})
