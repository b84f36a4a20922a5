"""How it was: by the participant at the event's address, or by the link of a letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hanse.commons.links.actions import link_of, use_link
from hanse.events.access import is_of
from hanse.events.actions.feedback import FEEDBACK, give_feedback, why_no_feedback
from hanse.events.forms.feedback import FeedbackForm
from hanse.events.models import Event, Registration
from hanse.events.pages import event_gate
from hanse.events.words import REFUSALS_OF_THE_DAY, RegistrationState
from hanse.kit.gate import public
from hanse.kit.refusals import Refused


def _is_known(person: Any, _event: Event) -> bool:
    return bool(person.is_authenticated)


@never_cache
@event_gate(_is_known)
def feedback(request: HttpRequest, event: Event) -> HttpResponse:
    """Of a participant; everybody else reads why nothing is asked of them."""
    own = (
        event.registrations.filter(is_of(request.user), state=RegistrationState.CONFIRMED)
        .select_related("event")
        .first()
    )
    why = why_no_feedback(own) if own else "did_not_come"
    if own is None or why:
        context = {"event": event, "why": REFUSALS_OF_THE_DAY[why], "given": why != "did_not_come"}
        return render(request, "events/feedback_closed.html", context)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(own, form.given())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Kept, without your name."))
            return redirect("events:feedback", event.series.slug, event.slug)
    return render(request, "events/feedback.html", {"event": event, "form": form})


@public
@never_cache
def feedback_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The same without a log-in, once."""
    link = link_of(token, FEEDBACK)
    own = Registration.objects.select_related("event__series").filter(pk=link.subject).first()
    if own is None:
        return render(request, "events/feedback_kept.html", status=410)
    with translation.override(own.language):
        form = FeedbackForm(request.POST or None)
        context = {"event": own.event, "form": form, "by_letter": True}
        if request.method == "POST" and form.is_valid():
            try:
                with transaction.atomic():
                    use_link(link)
                    give_feedback(own, form.given())
            except Refused as no:
                form.add_error(None, str(no))
            else:
                return render(request, "events/feedback_kept.html", context)
        return render(request, "events/feedback.html", context)
