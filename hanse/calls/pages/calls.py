"""Calls for everybody: the list, one of them, and making or changing one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.calls.access import (
    applicants_of,
    applications_visible_to,
    calls_run_by,
    calls_visible_to,
    may_make_calls,
    may_run,
    may_see,
)
from hanse.calls.actions.calls import (
    change_call,
    close_call,
    make_call,
    publish_call,
    settle_officers,
)
from hanse.calls.forms.calls import CallForm
from hanse.calls.models import Call
from hanse.calls.queries.eligibility import eligibility_of, rules_in_words
from hanse.calls.queries.preview import bar_name
from hanse.calls.queries.stages import calls_listed, stage_of, stages
from hanse.calls.queries.status import told_state
from hanse.calls.words import GONE, ApplicationState
from hanse.kit.announce import panels
from hanse.kit.gate import gate, public, signed_in, whoever
from hanse.kit.numbers import figure
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused

ROWS = 20
MOST_OWN = 10


@public
def calls(request: HttpRequest) -> HttpResponse:
    page = page_of(request, calls_listed(request.user), ROWS)
    rows = stages(page.object_list)
    count = sum(one.is_open for one in rows)
    said = ngettext("%(count)s call is open", "%(count)s calls are open", count)
    context = {
        "page": page,
        "rows": rows,
        "title": said % {"count": figure(count)} if count else _("No call is open now"),
        "may_make": may_make_calls(request.user),
    }
    return render(request, "calls/calls.html", context)


@gate(may_see, find=calls_visible_to, by="slug")
def call(request: HttpRequest, call: Call) -> HttpResponse:
    """What it says, where it stands, and what its rules say about one's own organisations."""
    me: Any = request.user
    own = list(applicants_of(me)[:MOST_OWN])
    mine = applications_visible_to(me).filter(call=call).prefetch_related("decisions")
    # Whoever has an application here goes on with it; a second one only for another organisation.
    has_one = {one.organisation_id for one in mine if one.state not in GONE}
    context = {
        "call": call,
        "stage": stage_of(call),
        "may_begin": not has_one or any(one.pk not in has_one for one in own),
        "eligibility": [eligibility_of(one, call) for one in own],
        "rules": rules_in_words(call),
        "mine": [(one, ApplicationState(told_state(one)).label) for one in mine],
        "quotas": [(bar_name(one.limit), one) for one in call.quotas.all()],
        "criteria": call.criteria.all(),
        "may_run": may_run(me, call),
        "above": panels("calls.above", call, me),
        "panels": panels("calls.call", call, me),
    }
    return render(request, "calls/call.html", context)


@signed_in
def new_call(request: HttpRequest) -> HttpResponse:
    me = whoever(request)
    if not may_make_calls(me):
        raise PermissionDenied
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_call(form.called(), by=me, officers=form.cleaned_data["officers"])
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, _("Kept as a draft. Read it once more, then publish it."))
            return redirect(made)
    return _form_page(request, {"form": form})


@gate(may_run, find=calls_run_by, by="slug")
def edit_call(request: HttpRequest, call: Call) -> HttpResponse:
    me = whoever(request)
    form = CallForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_call(call, form.called(), by=me)
        except Refused as no:
            form.refuse(no)
        else:
            settle_officers(changed, form.cleaned_data["officers"] or [me], by=me)
            messages.success(request, _("Kept."))
            return redirect(changed)
    return _form_page(request, {"form": form, "call": call})


def _form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    is_wrong = bool(context["form"].errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "calls/call_form.html", context, status=status)


@require_POST
@gate(may_run, find=calls_run_by, by="slug")
def publication(request: HttpRequest, call: Call) -> HttpResponse:
    publish_call(call, by=whoever(request))
    messages.success(request, _("Published. Applications are taken from the day it opens."))
    return redirect(call)


@require_POST
@gate(may_run, find=calls_run_by, by="slug")
def closing(request: HttpRequest, call: Call) -> HttpResponse:
    close_call(call, by=whoever(request))
    messages.success(request, _("Closed. What was sent is still decided."))
    return redirect(call)
