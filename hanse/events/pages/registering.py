"""Register: which kinds there are, what stands free, the rule of the line, the form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hanse.events.access import invitations_to, may_manage_guests
from hanse.events.actions.registration import Guest, register, register_team
from hanse.events.actions.registration.registering import registered_before, why_closed
from hanse.events.forms.registration import TeamForm
from hanse.events.models import Event, Registration, TicketKind
from hanse.events.pages import desk_gate, event_gate
from hanse.events.queries.seats import SeatsOfKind, rule_of, seats_of_kinds, seats_together
from hanse.events.queries.ways_in import UNINVITED, way_in
from hanse.events.words import RegistrationState
from hanse.kit.gate import whoever
from hanse.kit.refusals import Refused
from hanse.kit.said import said


@event_gate()
def registering(request: HttpRequest, event: Event) -> HttpResponseBase:
    me: Any = request.user
    if me.is_authenticated and (held := registered_before(event, myself(me))):
        return redirect("events:registration", held.pk)
    way = way_in(event, me)
    if request.method != "POST" and way.code in UNINVITED:
        return render(request, "events/register_uninvited.html", {"event": event, "way_in": way})
    seats = seats_of_kinds(event)
    kind = kind_chosen(request, event, seats)
    if request.method == "POST":
        if not me.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if kind is not None and why_closed(event) is None:
            return answer(request, event, kind, seats)
    closed = why_closed(event)
    form = None
    if kind is not None and closed is None and me.is_authenticated:
        form = TeamForm(event, kind, initial=as_known(me, event))
    return shown(request, event, kind, seats, form)


def myself(me: Any) -> Guest:
    return Guest(me.name, me.email, me)


def kind_chosen(request: HttpRequest, event: Event, seats: list[SeatsOfKind]) -> TicketKind | None:
    """The one there is, or the one that the address names."""
    if len(seats) == 1:
        return seats[0].kind
    wanted = request.GET.get("kind", "")
    return next((one.kind for one in seats if one.kind.code == wanted), None)


def as_known(me: Any, event: Event) -> dict[str, Any]:
    """What an invitation, else the last registration knows already."""
    invited = invitations_to(me).filter(event=event).first()
    last: Any = invited or Registration.objects.filter(person=me).order_by("-made_at").first()
    known = {"name": me.name}
    if last is not None:
        known |= {"organisation_name": last.organisation_name, "country": last.country}
    return known


def answer(
    request: HttpRequest, event: Event, kind: TicketKind, seats: list[SeatsOfKind]
) -> HttpResponse:
    me = whoever(request)
    form = TeamForm(event, kind, request.POST)
    if not form.is_valid():
        return shown(request, event, kind, seats, form)
    leader = form.guest(me.email, me)
    guests = [leader, *form.colleagues(leader)]
    slip = form.cleaned_data["slip"]
    try:
        if len(guests) > 1:
            name = form.cleaned_data.get("team_name", "")
            made = register_team(event, kind, guests, form.filled(), name=name, by=me, slip=slip)[0]
        else:
            made = register(event, kind, leader, form.filled(), by=me, slip=slip)
    except Refused as no:
        form.add_error(None, str(no))
        return shown(request, event, kind, seats_of_kinds(event), form)
    messages.success(request, came_of_it(made))
    return redirect("events:registration", made.pk)


def came_of_it(made: Registration) -> str:
    return {
        RegistrationState.CONFIRMED: _("You have a seat. A letter says so too."),
        RegistrationState.WAITING: _("You are on the waiting list. A letter says so too."),
    }.get(
        RegistrationState(made.state),
        _("The organisers look at it; you get a letter. Until then no seat is taken."),
    )


def shown(
    request: HttpRequest,
    event: Event,
    kind: TicketKind | None,
    seats: list[SeatsOfKind],
    form: TeamForm | None,
) -> HttpResponse:
    context = {
        "event": event,
        "kind": kind,
        "seats": seats,
        "seats_together": seats_together(seats),
        "form": form,
        "closed": why_closed(event),
        "rule": rule_of(event),
        "title": finding(event, [one for one in seats if kind in (None, one.kind)]),
    }
    return render(request, "events/register.html", context)


def finding(event: Event, seats: list[SeatsOfKind]) -> str:
    """The title says what stands free."""
    facts = {"event": said(event.title)}
    if why_closed(event):
        return _("%(event)s: nobody can register now") % facts
    if any(one.free is None or (one.free > 0 and not one.waiting) for one in seats):
        return _("%(event)s: seats are free") % facts
    return _("%(event)s: all seats are taken, the waiting list is open") % facts


@desk_gate(may_manage_guests)
def preview(request: HttpRequest, event: Event) -> HttpResponse:
    """The form as participants see it, from which nothing is kept."""
    seats = seats_of_kinds(event)
    kind = kind_chosen(request, event, seats)
    form = None
    if kind is not None:
        form = TeamForm(event, kind, request.POST or None)
        if request.method == "POST" and form.is_valid():
            messages.success(request, _("This would be taken. Nothing was kept: it is a preview."))
    context = {
        "event": event,
        "kind": kind,
        "seats": seats,
        "seats_together": seats_together(seats),
        "form": form,
        "rule": rule_of(event),
    }
    return render(request, "events/desk_preview.html", context)
