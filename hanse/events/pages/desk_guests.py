"""The list of guests at the desk: invite, upload a list, write, follow up, strangers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.events.access import may_manage_guests, strangers_before
from hanse.events.actions.invitations import (
    decide_about,
    invite,
    open_delegation,
    withdraw,
    write_to,
)
from hanse.events.forms.guests import DelegationForm, GuestForm, ListForm
from hanse.events.jobs import start_writing
from hanse.events.models import Event, Invitation
from hanse.events.pages import desk_gate
from hanse.events.queries.findings import finding_of_guests
from hanse.events.queries.guests import (
    STANDS,
    counted,
    invitations_of,
    stands,
    strangers_waiting,
)
from hanse.events.transfers.guest_lists import read_guests
from hanse.kit.gate import whoever
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused
from hanse.kit.uploads import takes_files

# More letters than this are written by the worker.
AT_ONCE = 50
MOST_FAULTS = 200


@desk_gate(may_manage_guests)
def invitations(request: HttpRequest, event: Event) -> HttpResponse:
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        listed = invite(event, [form.guest], by=whoever(request))
        if listed.new:
            messages.success(request, _("On the list. The letter is not written yet."))
        else:
            messages.info(request, _("This person is invited already."))
        return _back(event)
    return _list(request, event, form)


def _list(request: HttpRequest, event: Event, form: GuestForm) -> HttpResponse:
    chosen, text = request.GET.get("stands", ""), request.GET.get("text", "")[:100]
    page = page_of(request, invitations_of(event, chosen, text))
    counts, strangers = counted(event), list(strangers_waiting(event))
    context = {
        "event": event,
        "title": finding_of_guests(counts, len(strangers)),
        "form": form,
        "list_form": ListForm(),
        "delegation_form": DelegationForm(),
        "counted": counts,
        "page": page,
        "rows": [(one, stands(one)) for one in page],
        "chosen": chosen,
        "stands_choices": list(STANDS),
        "text": text,
        "strangers": strangers,
        "delegations": event.delegations.all(),
    }
    return render(
        request, "events/desk_invitations.html", context, status=422 if form.errors else 200
    )


def _back(event: Event) -> HttpResponse:
    return redirect("events:desk_invitations", event.series.slug, event.slug)


@takes_files(20)
@require_POST
@desk_gate(may_manage_guests)
def upload(request: HttpRequest, event: Event) -> HttpResponse:
    """Take in every row that can be read, and say of the others why not. The same file twice is
    taken in once."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
        return _back(event)
    file = form.cleaned_data["file"]
    try:
        guests, faults = read_guests(file.name, file.read())
    except Refused as no:
        messages.error(request, str(no))
        return _back(event)
    listed = invite(event, guests, by=whoever(request))
    context = {
        "event": event,
        "file": file.name,
        "listed": listed,
        "faults": faults[:MOST_FAULTS],
        "count": len(faults),
    }
    return render(request, "events/desk_uploaded.html", context)


@require_POST
@desk_gate(may_manage_guests)
def write(request: HttpRequest, event: Event) -> HttpResponse:
    """First letters, or reminders, to everybody who stands there."""
    which = "unanswered" if request.POST.get("to") == "unanswered" else "unwritten"
    to = list(invitations_of(event, which))
    if len(to) > AT_ONCE:
        return redirect(start_writing(event, which, by=whoever(request)))
    count = write_to(to, by=whoever(request))
    said = ngettext("One letter is written.", "%(count)s letters are written.", count)
    messages.success(request, said % {"count": count})
    return _back(event)


@require_POST
@desk_gate(may_manage_guests)
def take_back(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    held = get_object_or_404(Invitation, event=event, pk=pk)
    try:
        withdraw(held, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Withdrawn; the link of the letter opens nothing any more."))
    return _back(event)


@require_POST
@desk_gate(may_manage_guests)
def stranger(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    held = get_object_or_404(strangers_before(request.user), pk=pk, event=event)
    try:
        decide_about(held, is_let_in="invite" in request.POST, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Decided; they get a letter."))
    return _back(event)


@require_POST
@desk_gate(may_manage_guests)
def delegations(request: HttpRequest, event: Event) -> HttpResponse:
    form = DelegationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the name, the address of the head, and the places."))
        return _back(event)
    try:
        open_delegation(event, **form.cleaned_data, by=whoever(request))
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("The head gets a letter and names the people."))
    return _back(event)
