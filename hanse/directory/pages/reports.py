"""Reported conversations, on the office's desk: the last messages, and what was done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hanse.directory.access import is_officer, reports_visible_to
from hanse.directory.actions.messages import settle_report
from hanse.directory.forms.in_touch import SettlingForm
from hanse.directory.models import Report
from hanse.directory.queries.messages import last_messages
from hanse.kit.gate import gate, whoever
from hanse.kit.refusals import Refused


@gate(lambda person, _one: is_officer(person), find=reports_visible_to)
def report(request: HttpRequest, report: Report) -> HttpResponse:
    form = SettlingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settle_report(report, form.cleaned_data["outcome"], by=whoever(request))
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Settled, and written down."))
            return redirect("directory:office")
    context = {
        "report": report,
        "thread": report.thread,
        "written": last_messages(report.thread),
        "form": form,
    }
    return render(request, "directory/report.html", context)
