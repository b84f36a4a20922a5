"""The office's desk: profiles to decide, requests that ran out of time, possible duplicates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.directory.access import is_officer
from hanse.directory.actions.duplicates import (
    call_different,
    merge,
    propose_duplicates,
    undo_merge,
)
from hanse.directory.actions.review import give_waiver, publish_profile, refuse_profile
from hanse.directory.forms.office import DecisionForm, WaiverForm
from hanse.directory.models import Administrator, Duplicate, JoinRequest, Merge, Report, Submission
from hanse.directory.queries.profile import profile_of
from hanse.directory.queries.validation import assessment_of, said_by_rules
from hanse.directory.words import DuplicateState, JoinState
from hanse.engines.rules import Answer
from hanse.kit.gate import gate, signed_in, whoever
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused


@signed_in
def office(request: HttpRequest) -> HttpResponse:
    if not is_officer(whoever(request)):
        raise PermissionDenied
    if request.method == "POST":
        count = propose_duplicates()
        messages.success(request, _("%(count)s new pairs that may be one.") % {"count": count})
        return redirect("directory:office")
    waiting = JoinRequest.objects.filter(state=JoinState.WAITING)
    # Where somebody speaks for it, they decide until the day it is due.
    speakers = Administrator.objects.filter(organisation=OuterRef("organisation"))
    duplicates = Duplicate.objects.filter(state=DuplicateState.OPEN)
    context = {
        "submissions": page_of(
            request,
            Submission.objects.filter(decision="")
            .select_related("organisation")
            .order_by("submitted_at"),
        ),
        "joins": waiting.select_related("organisation", "person")
        .annotate(is_spoken_for=Exists(speakers))
        .order_by("due_at")[:50],
        "duplicates": page_of(request, duplicates.select_related("first", "second")),
        "merges": Merge.objects.filter(undone_at__isnull=True).select_related("kept", "gone")[:20],
        "now": timezone.now(),
        "reports": Report.objects.filter(settled_at__isnull=True).select_related(
            "side", "thread__opener", "thread__other"
        )[:50],
    }
    return render(request, "directory/office.html", context)


def submissions_visible_to(person: Any) -> QuerySet[Submission]:
    every = Submission.objects.select_related("organisation")
    return every if is_officer(person) else every.none()


@gate(lambda person, _one: is_officer(person), find=submissions_visible_to)
def submission(request: HttpRequest, submission: Submission) -> HttpResponse:
    """One profile with the criteria beside it; published, or refused with a reason."""
    form = DecisionForm(request.POST if "waive" not in request.POST else None)
    waiver = WaiverForm(request.POST if "waive" in request.POST else None)
    me = whoever(request)
    if request.method == "POST":
        try:
            if answered(request, submission, form, waiver, me):
                return redirect("directory:office")
        except Refused as no:
            messages.error(request, str(no))
    one = submission.organisation
    profile = profile_of(one, me)
    assessed = assessment_of(one, profile.values)
    context = {
        "submission": submission,
        "organisation": one,
        "profile": profile,
        "form": form,
        "waiver_form": waiver,
        "rules": said_by_rules(assessed) if assessed else [],
        "tally": [assessed.count(answer) for answer in Answer] if assessed else [],
        "earlier": one.submissions.exclude(pk=submission.pk),
    }
    return render(request, "directory/submission.html", context)


def answered(
    request: HttpRequest, submission: Submission, form: DecisionForm, waiver: WaiverForm, me: Any
) -> bool:
    if "waive" in request.POST:
        if waiver.is_valid():
            given = waiver.cleaned_data
            give_waiver(
                submission.organisation,
                given["programme"],
                given["reason"],
                given["valid_until"],
                by=me,
            )
            messages.success(request, _("Waived, and written down."))
        return False
    if not form.is_valid():
        return False
    reason = form.cleaned_data["reason"]
    if "publish" in request.POST:
        publish_profile(submission, by=me, reason=reason)
        messages.success(request, _("Published. A letter is on its way."))
    else:
        refuse_profile(submission, reason, by=me)
        messages.success(request, _("Refused with its reason. A letter is on its way."))
    return True


def duplicates_visible_to(person: Any) -> QuerySet[Duplicate]:
    every = Duplicate.objects.select_related("first", "second")
    return every if is_officer(person) else every.none()


@gate(lambda person, _one: is_officer(person), find=duplicates_visible_to)
def duplicate(request: HttpRequest, duplicate: Duplicate) -> HttpResponse:
    """Two profiles beside each other: one into the other, or two different ones."""
    me = whoever(request)
    if request.method == "POST":
        if "different" in request.POST:
            call_different(duplicate, by=me)
            messages.success(request, _("Two different ones; they are not proposed again."))
        else:
            first = request.POST.get("kept") == str(duplicate.first_id)
            kept, gone = duplicate.first, duplicate.second
            merge(*((kept, gone) if first else (gone, kept)), by=me)
            messages.success(request, _("Merged. It can be taken apart again from the desk."))
        return redirect("directory:office")
    context = {
        "duplicate": duplicate,
        "profiles": [profile_of(one, me) for one in (duplicate.first, duplicate.second)],
    }
    return render(request, "directory/duplicate.html", context)


def merges_visible_to(person: Any) -> QuerySet[Merge]:
    return Merge.objects.all() if is_officer(person) else Merge.objects.none()


@require_POST
@gate(lambda person, _one: is_officer(person), find=merges_visible_to)
def unmerge(request: HttpRequest, merged: Merge) -> HttpResponse:
    undo_merge(merged, by=whoever(request))
    messages.success(request, _("Taken apart: two profiles again."))
    return redirect("directory:office")
