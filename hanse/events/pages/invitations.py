"""A letter's link: a page for whom it was written, a polite one without content for others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hanse.commons.people.queries import proved_addresses_of
from hanse.events.access import delegations_headed_by, may_see
from hanse.events.actions.invitations import (
    ask_as_stranger,
    decline,
    invitation_of,
    mark_opened,
    name_delegate,
    send_colleague,
)
from hanse.events.forms.guests import ColleagueForm, DelegateForm, StrangerForm
from hanse.events.models import Delegation, Event, Invitation
from hanse.events.pages import event_gate
from hanse.events.queries.guests import stands
from hanse.events.rules.guests import Guest
from hanse.events.words import Entry
from hanse.kit.gate import gate, public, signed_in, whoever
from hanse.kit.refusals import Refused


@public
def invited(request: HttpRequest, token: str) -> HttpResponse:
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "events/invited_unknown.html", status=404)
    if not _is_theirs(request, invitation):
        return _stranger(request, invitation)
    mark_opened(invitation)
    if request.method == "POST":
        return _answer(request, invitation, token)
    return _page(request, invitation, ColleagueForm())


def _is_theirs(request: HttpRequest, invitation: Invitation) -> bool:
    person = request.user
    return person.is_authenticated and invitation.email in proved_addresses_of(person)


def _page(request: HttpRequest, invitation: Invitation, form: ColleagueForm) -> HttpResponse:
    context = {
        "invitation": invitation,
        "event": invitation.event,
        "stands": stands(invitation),
        "colleague_form": form,
    }
    return render(request, "events/invited.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = ColleagueForm(request.POST if "colleague" in request.POST else None)
    try:
        if "decline" in request.POST:
            decline(invitation, by=whoever(request))
            messages.success(request, _("You declined. The organisers see it at once."))
        elif "colleague" in request.POST and form.is_valid():
            given = form.cleaned_data
            send_colleague(invitation, given["email"], given["name"], by=whoever(request))
            messages.success(
                request,
                _("%(name)s gets an invitation of their own; yours is passed on.")
                % {"name": given["name"]},
            )
        else:
            return _page(request, invitation, form)
    except Refused as no:
        messages.error(request, str(no))
    return redirect("events:invited", token)


def _stranger(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Nothing of the event; a way to ask. Whoever asked is told the same, whoever they are."""
    form = StrangerForm(request.user, request.POST or None)
    asked = False
    if request.method == "POST" and form.is_valid():
        person = request.user if request.user.is_authenticated else None
        email = person.email if person else form.cleaned_data["email"]
        try:
            ask_as_stranger(
                invitation.event,
                invitation,
                email,
                form.cleaned_data["name"],
                form.cleaned_data["says"],
                person=person,
            )
        except Refused as no:
            form.add_error(None, str(no))
        else:
            asked = True
    context = {"form": form, "asked": asked, "next": request.path}
    status = 422 if form.errors else 200
    return render(request, "events/invited_stranger.html", context, status=status)


@gate(may_see, find=delegations_headed_by)
def delegation(request: HttpRequest, held: Delegation) -> HttpResponse:
    """The head names the people, as many as there are places."""
    form = DelegateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        guest = Guest(country=held.country, **form.cleaned_data)
        try:
            name_delegate(held, guest, by=whoever(request))
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Named; a letter is on its way to them."))
            return redirect("events:delegation", held.pk)
    named = held.invitations.filter(withdrawn_at__isnull=True)
    context = {
        "delegation": held,
        "event": held.event,
        "form": form,
        "named": [(one, stands(one)) for one in named],
        "left": held.places - named.filter(declined_at__isnull=True).count(),
    }
    status = 422 if form.errors else 200
    return render(request, "events/delegation.html", context, status=status)


@event_gate()
@signed_in
def ask(request: HttpRequest, event: Event) -> HttpResponse:
    """Ask for an invitation on the page of an event that has no call, and see where that stands."""
    me = whoever(request)
    asked = event.strangers.filter(email=me.email).first()
    if event.entry != Entry.INVITATION or event.is_over or event.cancelled_at:
        return redirect(event)
    form = StrangerForm(me, request.POST or None)
    if request.method == "POST" and form.is_valid() and asked is None:
        given = form.cleaned_data
        try:
            asked = ask_as_stranger(event, None, me.email, given["name"], given["says"], person=me)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect("events:ask", event.series.slug, event.slug)
    context = {"event": event, "form": form, "asked": asked}
    return render(request, "events/ask.html", context, status=422 if form.errors else 200)
