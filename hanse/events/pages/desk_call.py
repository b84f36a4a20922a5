"""The call of an event: make one from the desk, and see where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hanse.calls.forms.calls import CallForm
from hanse.events.access import may_call
from hanse.events.actions.calling import make_call_of_event, why_no_call
from hanse.events.mails.guests import guests_team
from hanse.events.models import Event
from hanse.events.pages import desk_gate
from hanse.events.queries.calling import calling_of
from hanse.kit.gate import whoever
from hanse.kit.refusals import Refused


@desk_gate(may_call)
def call(request: HttpRequest, event: Event) -> HttpResponse:
    calling = calling_of(event, request.user)
    if calling is None:
        return _new_call(request, event)
    context = {"event": event, "calling": calling}
    if request.method == "POST":
        messages.error(request, str(why_no_call(event)))
        return render(request, "events/desk_call.html", context, status=HTTPStatus.CONFLICT)
    return render(request, "events/desk_call.html", context)


def _new_call(request: HttpRequest, event: Event) -> HttpResponse:
    """The one form for calls; here it begins with what the event says."""
    form = CallForm(request.POST or None, initial=begins_with(event))
    if request.method == "POST" and form.is_valid():
        officers = form.cleaned_data["officers"]
        try:
            made = make_call_of_event(event, form.called(), by=whoever(request), officers=officers)
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Kept as a draft. Read it once more, then publish it."))
            return redirect(made)
    context = {"event": event, "form": form, "against": why_no_call(event)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "events/desk_call_form.html", context, status=status)


def begins_with(event: Event) -> Mapping[str, Any]:
    """Its title in every language, its first day, and who looks after its guests as officers."""
    return {
        "slug": f"{event.series.slug}-{event.slug}"[:80],
        **{f"title_{code}": event.title.get(code, "") for code, _name in settings.LANGUAGES},
        "held_on": event.first_day,
        "officers": "\n".join(one.email for one in guests_team(event)),
    }
