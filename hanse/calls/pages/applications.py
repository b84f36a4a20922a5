"""An application as its own side has it: begin, send, follow, withdraw, give the place back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.calls.access import applications_visible_to, calls_visible_to, may_apply_on, may_see
from hanse.calls.actions.applying import (
    begin_application,
    give_back_place,
    keep_draft,
    send_application,
    withdraw_application,
)
from hanse.calls.actions.summaries import hand_in_summary
from hanse.calls.forms.applying import AnswersForm, ApplicantForm, SummaryForm, answers_form
from hanse.calls.models import Application, Call
from hanse.calls.queries.eligibility import eligibility_of
from hanse.calls.queries.stages import stage_of
from hanse.calls.queries.status import applications_of, status_of, told_state
from hanse.calls.words import DECIDED, GONE, ApplicationState
from hanse.kit.announce import panels
from hanse.kit.gate import gate, signed_in, whoever
from hanse.kit.numbers import figure
from hanse.kit.refusals import Refused


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    rows = applications_of(request.user)
    return render(request, "calls/mine.html", {"rows": rows, "title": finding_of(rows)})


def finding_of(rows: Sequence[tuple[Application, str]]) -> str:
    """How many of one's own have their answer."""
    sent = [told_state(one) for one, _word in rows if one.submitted_at is not None]
    if not sent:
        return _("Nothing is sent yet")
    said = ngettext(
        "%(answered)s of %(all)s sent application has its answer",
        "%(answered)s of %(all)s sent applications have their answer",
        len(sent),
    )
    answered = sum(state in DECIDED for state in sent)
    return said % {"answered": figure(answered), "all": figure(len(sent))}


@gate(lambda person, call: person.is_authenticated, find=calls_visible_to, by="slug")
def new_application(request: HttpRequest, call: Call) -> HttpResponse:
    me, typed = whoever(request), request.POST or None
    applicant = ApplicantForm(me, call, typed, slug=request.GET.get("by", ""))
    form = answers_form(call, typed)
    there = applications_visible_to(me).filter(call=call).exclude(state__in=GONE)
    if request.method == "GET" and not applicant.offered and there:
        return redirect(there[0])
    if request.method == "POST" and applicant.is_valid() and form.is_valid():
        made = _begin(request, call, applicant, form)
        if made is not None:
            return made
    context = {
        "call": call,
        "above": panels("calls.above", call, me),
        "stage": stage_of(call),
        "applicant": applicant,
        "form": form,
        "eligibility": [eligibility_of(one, call) for one in applicant.offered[:3]],
    }
    return render(request, "calls/apply.html", context)


def _begin(
    request: HttpRequest, call: Call, applicant: ApplicantForm, form: AnswersForm
) -> HttpResponse | None:
    """What could not be sent is kept as a draft, with the reason at its field."""
    me, organisation = whoever(request), applicant.cleaned_data["organisation"]
    try:
        made = begin_application(call, organisation, form.answers, by=me)
    except Refused as no:
        if no.refusal.code == "already_applied":
            there = applications_visible_to(me).filter(call=call, organisation=organisation)
            messages.info(request, str(no))
            return redirect(there.latest("pk"))
        form.refuse(no)
        return None
    return _sent_or_kept(request, made, form) or redirect("calls:edit_application", made.pk)


def _sent_or_kept(
    request: HttpRequest, application: Application, form: AnswersForm
) -> HttpResponse | None:
    me = whoever(request)
    try:
        if "keep" in request.POST:
            keep_draft(application, form.answers, by=me)
            messages.success(request, _("Kept as a draft. Nobody reads it until you send it."))
        else:
            send_application(application, form.answers, by=me)
            messages.success(request, _("Sent. Everybody who speaks for you gets a letter."))
    except Refused as no:
        form.refuse(no)
        messages.error(request, str(no))
        return None
    return redirect(application)


@gate(may_apply_on, find=applications_visible_to)
def edit_application(request: HttpRequest, application: Application) -> HttpResponse:
    form = answers_form(application.call, request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        done = _sent_or_kept(request, application, form)
        if done is not None:
            return done
    context = {
        "call": application.call,
        "above": panels("calls.above", application.call, request.user),
        "application": application,
        "status": status_of(application),
        "form": form,
        "is_draft": application.state == ApplicationState.DRAFT,
        "eligibility": [eligibility_of(application.organisation, application.call)],
    }
    return render(request, "calls/apply.html", context)


@gate(may_see, find=applications_visible_to)
def application(request: HttpRequest, application: Application) -> HttpResponse:
    """Where it stands, why, when an answer comes, what was sent before."""
    return shown(request, application, SummaryForm())


def shown(request: HttpRequest, application: Application, form: SummaryForm) -> HttpResponse:
    me: Any = request.user
    status = status_of(application)
    selected = status.state == ApplicationState.SELECTED
    context = {
        "application": application,
        "call": application.call,
        "above": panels("calls.above", application.call, me),
        "status": status,
        "eligibility": eligibility_of(application.organisation, application.call),
        "may_act": may_apply_on(me, application),
        "summary": getattr(application, "summary", None) if selected else None,
        "owes_summary": selected and application.call.is_for_workshops,
        "form": form,
    }
    return render(request, "calls/application.html", context)


@require_POST
@gate(may_apply_on, find=applications_visible_to)
def withdrawal(request: HttpRequest, application: Application) -> HttpResponse:
    withdraw_application(application, by=whoever(request))
    messages.success(request, _("Withdrawn."))
    return redirect(application)


@require_POST
@gate(may_apply_on, find=applications_visible_to)
def place_return(request: HttpRequest, application: Application) -> HttpResponse:
    give_back_place(application, by=whoever(request))
    messages.success(request, _("Given back. The officers of the call are told."))
    return redirect(application)


@require_POST
@gate(may_apply_on, find=applications_visible_to)
def summary(request: HttpRequest, application: Application) -> HttpResponse:
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return shown(request, application, form)
    hand_in_summary(application, form.cleaned_data["text"], by=whoever(request))
    messages.success(request, _("Handed in. You may change it until the office has edited it."))
    return redirect(application)
