"""The public page on which anyone verifies a plan. Nothing of what is sent is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from hanse.engines.meetings.checking import check
from hanse.engines.meetings.formats.event import digest
from hanse.kit.gate import public
from hanse.kit.uploads import takes_files
from hanse.meetings.forms.checking import CheckForm
from hanse.meetings.queries.findings import numbered, said

FIRST = 30


@takes_files(8)
@never_cache
@public
def checking(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        market, plan = form.market, form.timetable
        verdict, name = check(market, plan), numbered(form.origin)
        is_other = bool(plan.input) and plan.input != digest(market)
        context |= {
            "verdict": verdict,
            "is_valid": verdict.holds and not is_other,
            "is_other": is_other,
            "faults": said(verdict.faults[:FIRST], name),
            "more": max(0, len(verdict.faults) - FIRST),
            "unchecked": said(verdict.unchecked[:FIRST], name),
            "unchecked_count": len(verdict.unchecked),
            "plan": plan,
            "of": len(market.meetings),
        }
    return render(request, "meetings/checking.html", context, status=422 if form.errors else 200)
