"""Suggested partners with their reasons, and the reader's word about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.directory.access import (
    administered_by,
    may_edit,
    organisations_visible_to,
)
from hanse.directory.actions.corrections import correct_reason, decline, undo_correction
from hanse.directory.forms.suggestions import SuggestionQuestion
from hanse.directory.models import Correction, Organisation
from hanse.directory.queries.suggestions import seeker_of, suggest
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.words import CorrectionKind, Vocabulary
from hanse.kit.gate import gate, whoever

# What the pieces of reasons are called, and where their codes have their words.
VOCABULARIES: dict[str, Vocabulary] = {
    "have": "competence",
    "want": "competence",
    "sector": "sector",
    "ecosystem": "ecosystem",
    "country": "country",
    "offers": "competence",
    "theirs": "sector",
}


@gate(may_edit, find=organisations_visible_to, by="slug")
def suggestions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    question = SuggestionQuestion(request.GET)
    seeker = seeker_of(
        organisation,
        question.cleaned_data.get("target", ""),
        weights=question.weights,
        ties=question.wished_ties,  # type: ignore[arg-type]
        diverse=not question.cleaned_data.get("one_country"),
    )
    found = suggest(seeker)
    context = {
        "organisation": organisation,
        "question": question,
        "seeker": seeker,
        "found": found,
        "query": request.GET.urlencode(),
        "corrections": [(one, in_words(one)) for one in standing(organisation)],
    }
    return render(request, "directory/suggestions.html", context)


def standing(organisation: Organisation) -> QuerySet[Correction]:
    return Correction.objects.filter(
        organisation=organisation, undone_at__isnull=True
    ).select_related("candidate")


def in_words(correction: Correction) -> str:
    """“Removed: you have powder metallurgy.”"""
    if correction.kind == CorrectionKind.NOT_FOR_US and correction.candidate:
        return _("Not for you: %(name)s") % {"name": correction.candidate.name}
    kind, _colon, code = correction.evidence.partition(":")
    code, _at, number = code.partition("@")
    facts = {"what": word_of(VOCABULARIES.get(kind, ""), code), "name": name_of(number)}
    says = {
        "offers": _("Removed: that %(name)s has %(what)s"),
        "theirs": _("Removed: that %(name)s is in %(what)s"),
        "have": _("Removed: that you have %(what)s"),
        "want": _("Removed: that you look for %(what)s"),
        "sector": _("Removed: the sector %(what)s"),
        "ecosystem": _("Removed: the ecosystem %(what)s"),
        "country": _("Removed: that %(what)s is a target of yours"),
    }
    return says.get(kind, "%(what)s") % facts


def name_of(number: str) -> str:
    one = Organisation.objects.filter(pk=number).first() if number else None
    return one.name if one else ""


@require_POST
@gate(may_edit, find=organisations_visible_to, by="slug")
def correction(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """“Not true” of a reason, or “not for us” of somebody; the list is ranked again at once."""
    me = whoever(request)
    if piece := request.POST.get("piece", ""):
        said = correct_reason(organisation, piece, by=me)
    else:
        other = get_object_or_404(
            organisations_visible_to(me), slug=request.POST.get("candidate", "")
        )
        said = decline(organisation, other, request.POST.get("says", ""), by=me)
    messages.info(request, in_words(said) + ". " + _("It can be taken back below the list."))
    return redirect(back(organisation, request))


def corrections_of(person: Any) -> QuerySet[Correction]:
    if not person.is_authenticated:
        return Correction.objects.none()
    if person.is_staff:
        return Correction.objects.all()
    return Correction.objects.filter(organisation__in=administered_by(person))


@require_POST
@gate(lambda person, one: may_edit(person, one.organisation), find=corrections_of)
def undo(request: HttpRequest, correction: Correction) -> HttpResponse:
    undo_correction(correction, by=whoever(request))
    messages.success(request, _("Taken back; the list is as it was."))
    return redirect(back(correction.organisation, request))


def back(organisation: Organisation, request: HttpRequest) -> str:
    page = reverse("directory:suggestions", args=[organisation.slug])
    query = request.POST.get("query", "")[:1000]
    return f"{page}?{query}" if query else page
