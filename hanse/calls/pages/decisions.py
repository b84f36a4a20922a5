"""A decision: what it would do, making it, telling it, filling a place that was freed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.calls.access import calls_run_by, may_run
from hanse.calls.actions.deciding import (
    Deciding,
    decide,
    end_evaluation,
    promote_first,
    tell,
    tell_everybody,
)
from hanse.calls.forms.deciding import DecisionForm, chosen_numbers, chosen_outcome, states_seen
from hanse.calls.mails.catalogue import as_read
from hanse.calls.models import Call
from hanse.calls.queries.desk import first_in_reserve
from hanse.calls.queries.eligibility import reasons_of
from hanse.calls.queries.preview import Preview, chosen_from, preview
from hanse.calls.rules.letters import letter_about
from hanse.calls.words import Outcome
from hanse.kit.announce import panels
from hanse.kit.gate import gate, whoever
from hanse.kit.numbers import figure
from hanse.kit.phrases import SEMICOLON
from hanse.kit.refusals import Refused


@gate(may_run, find=calls_run_by, by="slug")
def decision(request: HttpRequest, call: Call) -> HttpResponse:
    """GET shows what a decision would do, POST makes it."""
    asked = request.POST if request.method == "POST" else request.GET
    outcome, numbers = chosen_outcome(asked), chosen_numbers(asked)
    if outcome is None or not numbers:
        messages.error(request, _("Tick applications and choose what becomes of them."))
        return redirect("calls:desk", call.slug)
    if "again" in request.POST:
        return redirect(address_of_decision(call, numbers, outcome))
    form = DecisionForm(request.POST or None, initial={"says": rules_as_reason(call, asked)})
    no = None
    if request.method == "POST" and "letter" not in request.POST and form.is_valid():
        try:
            return _decided(request, call, numbers, outcome, form)
        except Refused as refused:
            no = refused.refusal
    return _previewed(request, call, numbers, outcome, form, no)


def address_of_decision(call: Call, numbers: list[int], outcome: Outcome) -> str:
    """The page that shows what this would do."""
    chosen = urlencode({"application": numbers, "outcome": outcome.value}, doseq=True)
    return f"{reverse('calls:decision', args=[call.slug])}?{chosen}"


def rules_as_reason(call: Call, asked: QueryDict) -> str:
    """Whom the rules do not pass is told which: a beginning that the officer may reword."""
    if chosen_outcome(asked) != Outcome.INELIGIBLE:
        return ""
    found = [line for one in chosen_from(call, chosen_numbers(asked)) for line in reasons_of(one)]
    said = str(SEMICOLON).join(dict.fromkeys(found))
    return _("Not met: %(rules)s.") % {"rules": said} if said else ""


def _previewed(
    request: HttpRequest, call: Call, numbers: list[int], outcome: Outcome, form: Any, no: Any
) -> HttpResponse:
    # A reason that is still to be written stands against nothing yet.
    says = "…" if request.method != "POST" else form["says"].value() or ""
    seen = preview(call, numbers, outcome, by=whoever(request), says=says, because="")
    context = {
        "call": call,
        "above": panels("calls.above", call, request.user),
        "seen": seen,
        "outcome": outcome,
        "form": form,
        "no": no,
        "needs_says": outcome in (Outcome.REJECTED, Outcome.INELIGIBLE),
        "letter": _letter(request.POST, call, seen, says) if "letter" in request.POST else None,
    }
    status = 409 if no else 200
    return render(request, "calls/decision.html", context, status=status)


def _letter(typed: QueryDict, call: Call, seen: Preview, says: str) -> dict[str, Any] | None:
    """What one of those ticked would get, with the reason as it is typed now."""
    numbered = {str(one.number): one for one in seen.applications}
    reader = numbered.get(typed.get("reader", "")) or next(iter(numbered.values()), None)
    if reader is None:
        return None
    language = reader.made_by.language if reader.made_by else settings.LANGUAGE_CODE
    code = letter_about(seen.outcome, is_late=reader.is_late)
    return {
        "reader": reader,
        "code": code,
        "language": language,
        "composed": as_read(call, code, language, reader, says=says.strip()),
    }


def _decided(
    request: HttpRequest, call: Call, numbers: list[int], outcome: Outcome, form: Any
) -> HttpResponse:
    me, given = whoever(request), form.cleaned_data
    seen = states_seen(request.POST, numbers)
    deciding = Deciding(outcome, given["says"], given["because"], seen)
    made = decide(call, numbers, deciding, by=me)
    told = tell(call, made, by=me) if "tell" in request.POST else 0
    if not made:
        messages.info(request, _("That was decided already."))
    elif told:
        said = ngettext("%(count)s decided and told.", "%(count)s decided and told.", told)
        messages.success(request, said % {"count": figure(told)})
    else:
        said = ngettext(
            "%(count)s decided. Nobody is told yet.",
            "%(count)s decided. Nobody is told yet.",
            len(made),
        )
        messages.success(request, said % {"count": figure(len(made))})
    return redirect("calls:desk", call.slug)


@require_POST
@gate(may_run, find=calls_run_by, by="slug")
def telling(request: HttpRequest, call: Call) -> HttpResponse:
    told = tell_everybody(call, by=whoever(request))
    said = ngettext("%(count)s was told.", "%(count)s were told.", told)
    messages.success(request, said % {"count": figure(told)})
    return redirect("calls:desk", call.slug)


@require_POST
@gate(may_run, find=calls_run_by, by="slug")
def evaluation(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    cut_off = get_object_or_404(call.cut_offs, number=number)
    end_evaluation(cut_off, by=whoever(request))
    messages.success(request, _("Ended. Everybody who applied by this cut-off is told."))
    return redirect("calls:desk", call.slug)


@require_POST
@gate(may_run, find=calls_run_by, by="slug")
def promotion(request: HttpRequest, call: Call) -> HttpResponse:
    try:
        made = promote_first(call, by=whoever(request))
    except Refused as no:
        first = first_in_reserve(call)
        if first is None or no.refusal.code not in ("over_quota", "not_eligible"):
            raise
        messages.info(request, str(no))
        return redirect(address_of_decision(call, [first.number], Outcome.SELECTED))
    facts = {"name": made.application.organisation.name}
    messages.success(request, _("%(name)s has the place and is told.") % facts)
    return redirect("calls:desk", call.slug)
