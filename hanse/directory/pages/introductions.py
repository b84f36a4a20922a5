"""Bring two organisations together, and answer when one is brought together with another."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hanse.directory.access import introductions_visible_to, may_read, speaks_for_any
from hanse.directory.actions.introductions import Pair, answer_introduction, introduce
from hanse.directory.forms.in_touch import IntroductionForm
from hanse.directory.models import Introduction
from hanse.directory.queries.messages import IntroductionRow, introductions_of
from hanse.directory.words import IntroductionAnswer
from hanse.kit.gate import gate, signed_in, whoever
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused


@signed_in
def introductions(request: HttpRequest) -> HttpResponse:
    me = whoever(request)
    page = page_of(request, introductions_visible_to(me), 30)
    context = {"page": page, "rows": introductions_of(me, page.object_list)}  # type: ignore[arg-type]
    return render(request, "directory/introductions.html", context)


@signed_in
def new_introduction(request: HttpRequest) -> HttpResponse:
    me = whoever(request)
    if not speaks_for_any(me):
        return render(request, "directory/nobody_to_speak_for.html")
    form = IntroductionForm(
        me,
        request.POST or None,
        slug=request.GET.get("by", ""),
        initial={"first": request.GET.get("first", "")[:120]},
    )
    if request.method == "POST" and form.is_valid():
        given = form.given
        pair = Pair(given["first"], given["second"], given["reason"])
        try:
            made = introduce(given["organisation"], pair, by=me, slip=given["slip"])
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Asked. You hear from us once both have said yes."))
            return redirect(made)
    return render(request, "directory/introduction_form.html", {"form": form})


@gate(may_read, find=introductions_visible_to)
def introduction(request: HttpRequest, introduction: Introduction) -> HttpResponse:
    """Say yes or no for one's own side; what the other says nobody sees until both want it."""
    me = whoever(request)
    (row,) = introductions_of(me, [introduction])  # type: ignore[arg-type]
    if request.method == "POST":
        return answered(request, row)
    return render(request, "directory/introduction.html", {"row": row, "one": introduction})


def answered(request: HttpRequest, row: IntroductionRow) -> HttpResponse:
    side = next((side for side, said in row.own if not said), None)
    if "side" in request.POST:
        side = next((one for one, _said in row.own if str(one.pk) == request.POST["side"]), None)
    if side is None:
        raise PermissionDenied
    said = IntroductionAnswer.YES if "yes" in request.POST else IntroductionAnswer.NO
    held = answer_introduction(row.introduction, side, said, by=whoever(request))
    if held.thread:
        messages.success(request, _("Both want to talk. The conversation is open."))
        return redirect(held.thread)
    messages.success(request, _("Noted."))
    return redirect(held)
