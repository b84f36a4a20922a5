"""The officers' desk: the table with its bars, one application, a decision before it is made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hanse.calls.access import applications_to_decide, calls_run_by, is_own_side, may_run
from hanse.calls.actions.deciding import (
    mark_application,
)
from hanse.calls.actions.summaries import edit_summary
from hanse.calls.documents import exported
from hanse.calls.forms.applying import SummaryForm
from hanse.calls.forms.deciding import (
    MarksForm,
    SoughtForm,
)
from hanse.calls.models import Application, Call
from hanse.calls.queries.desk import (
    finding,
    first_in_reserve,
    is_untold,
    log_of,
    marks_for,
    rows_of,
    untold,
    waiting_in,
)
from hanse.calls.queries.eligibility import rules_kept
from hanse.calls.queries.log import decisions_made, told
from hanse.calls.queries.preview import bars_now
from hanse.calls.queries.stages import stage_of
from hanse.calls.queries.status import answers_in_words
from hanse.calls.words import Outcome
from hanse.kit.announce import panels
from hanse.kit.gate import gate, whoever
from hanse.kit.numbers import figure
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused
from hanse.kit.sheets import FORMATS

ROWS = 100


@gate(may_run, find=calls_run_by, by="slug")
def desk(request: HttpRequest, call: Call) -> HttpResponse:
    stage = stage_of(call)
    asked = SoughtForm(request.GET, call, stage.cut_offs)
    rows = rows_of(call, asked.sought())
    context = {
        "call": call,
        "above": panels("calls.above", call, request.user),
        "stage": stage,
        "asked": asked,
        "page": page_of(request, rows, ROWS),
        "title": finding([row.application for row in rows]),
        "bars": bars_now(call),
        "outcomes": Outcome.choices,
        "untold": len(untold(call)),
        "reserve": first_in_reserve(call),
        "passed": [
            (one, waiting_in(one))
            for one in stage.cut_offs
            if one.has_passed and one.decided_at is None
        ],
        "query": request.GET.urlencode(),
        "ticked": "tick" in request.GET,
    }
    return render(request, "calls/desk.html", context)


@gate(may_run, find=calls_run_by, by="slug")
def application(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    """What was sent, what the rules say, everybody's marks, every decision."""
    one = _application(call, number)
    me = whoever(request)
    lines = marks_for(one, me)
    form = MarksForm(lines, request.POST or None)
    if request.method == "POST" and lines and form.is_valid():
        try:
            mark_application(one, form.given, by=me)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Your marks are kept."))
            return redirect("calls:desk_application", call.slug, number)
    return render(request, "calls/desk_application.html", _about(one, me, form))


def _application(call: Call, number: int) -> Application:
    one = get_object_or_404(applications_to_decide(call), number=number)
    one.call = call
    return one


def _about(one: Application, me: Any, form: MarksForm) -> dict[str, Any]:
    written = getattr(one, "summary", None)
    return {
        "call": one.call,
        "application": one,
        "answers": answers_in_words(one),
        "versions": [
            (version, answers_in_words(one, version.answers))
            for version in one.versions.select_related("submitted_by")
            if version.revision != one.revision
        ],
        "rules": rules_kept(one),
        "is_own": is_own_side(me, one),
        "is_untold": is_untold(one),
        "marks": [(line, form[f"points_{line.criterion.code}"], form[f"says_{line.criterion.code}"])
                  for line in form.lines],
        "form": form,
        "decisions": one.decisions.select_related("by", "cut_off"),
        "outcomes": Outcome.choices,
        "summary": written if written and written.handed_in_at else None,
        "summary_form": SummaryForm(initial={"text": written.shown}) if written else None,
    }  # fmt: skip


@require_POST
@gate(may_run, find=calls_run_by, by="slug")
def edited_summary(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    one, form = _application(call, number), SummaryForm(request.POST)
    if form.is_valid():
        edit_summary(one, form.cleaned_data["text"], by=whoever(request))
        messages.success(request, _("Kept. What was handed in stays beside it."))
    return redirect("calls:desk_application", call.slug, number)


@gate(may_run, find=calls_run_by, by="slug")
def log(request: HttpRequest, call: Call) -> HttpResponse:
    page = page_of(request, log_of(call))
    context = {
        "call": call,
        "page": page,
        "rows": told(call, page),
        "title": finding_of_log(decisions_made(call)),
    }
    return render(request, "calls/log.html", context)


def finding_of_log(count: int) -> str:
    if not count:
        return _("Nothing was decided yet")
    said = ngettext("%(count)s decision was made", "%(count)s decisions were made", count)
    return said % {"count": figure(count)}


@gate(may_run, find=calls_run_by, by="slug")
def export(request: HttpRequest, call: Call, form: str) -> HttpResponse:
    """The table as it is narrowed, as a file."""
    if form not in ("csv", "xlsx"):
        raise Http404
    asked = SoughtForm(request.GET, call, stage_of(call).cut_offs)
    address = request.build_absolute_uri(reverse("calls:call", args=[call.slug]))
    how = FORMATS[form]
    answer = HttpResponse(
        how.write(exported(call, rows_of(call, asked.sought()), address)),
        content_type=how.media_type,
    )
    answer["Content-Disposition"] = f'attachment; filename="{call.slug}-applications.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
