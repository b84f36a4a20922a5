"""Make a profile, change it, check it against the criteria, hand it in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.directory.access import (
    administered_by,
    is_administrator,
    may_edit,
    organisations_visible_to,
)
from hanse.directory.actions.facts import Spoken, change_facts, make_organisation
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.actions.review import submit_profile, withdraw_submission
from hanse.directory.forms.profile import BeginningForm, ProfileForm
from hanse.directory.models import Organisation
from hanse.directory.queries.duplicates import look_alikes
from hanse.directory.queries.validation import assessment_of, said_by_rules
from hanse.directory.queries.vocabularies import known, word_of
from hanse.directory.rules.values import read_value
from hanse.directory.words import LANGUAGES, JoinReason, State, Voice
from hanse.engines.rules import Answer
from hanse.kit.gate import gate, signed_in, whoever
from hanse.kit.refusals import Refused


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Country first. Where one of the name is there already, it is shown before another is made."""
    me = whoever(request)
    form = BeginningForm(request.POST or None)
    alike: list[Organisation] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        alike = look_alikes(given["name"], given["country"], me)
        if not alike or "anyway" in request.POST:
            try:
                return redirect(edit_address(begun(given, me), "#rules"))
            except Refused as no:
                form.add_error("name", str(no))
    context = {"form": form, "alike": alike, "mine": administered_by(me)}
    return render(request, "directory/new.html", context)


def begun(given: dict[str, Any], me: Any) -> Organisation:
    """A draft that the one who made it speaks for."""
    today = timezone.localdate()
    said = [
        read_value(
            "name", given["name"], known(), today=today, language=(get_language() or "en")[:2]
        ),
        read_value("country", given["country"], known(), today=today),
    ]
    made = make_organisation(given["kind"], said, Spoken(me))
    make_administrator(made, me, JoinReason.FOUNDER, by=me)
    return made


@gate(may_edit, find=organisations_visible_to, by="slug")
def edit(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Every part on one page. Saving keeps a draft; checking shows what the criteria say."""
    language = request.GET.get("language", "")
    facts = list(organisation.facts.filter(ended_at__isnull=True).order_by("pk"))
    form = ProfileForm(organisation, request.POST or None, language=language, facts=facts)
    theirs: list[tuple[str, str, str]] = []
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                saved(request, organisation, form)
            except Refused as no:
                if no.refusal.code != "changed_meanwhile":
                    form.add_error(None, str(no))
                else:
                    theirs, status = both_versions(organisation, form), HTTPStatus.CONFLICT
                    messages.warning(request, str(no))
            else:
                messages.success(request, _("Kept."))
                return redirect(edit_address(organisation, "#rules", language))
    assessed = assessment_of(organisation)
    context = {
        "organisation": organisation,
        "form": form,
        "theirs": theirs,
        "revision": Organisation.objects.only("revision").get(pk=organisation.pk).revision,
        "languages": [(code, word_of("language", code)) for code in LANGUAGES],
        "text_language": form.language,
        "rules": said_by_rules(assessed) if assessed else [],
        "tally": [assessed.count(answer) for answer in Answer] if assessed else [],
    }
    return render(request, "directory/edit.html", context, status=status)


def saved(request: HttpRequest, organisation: Organisation, form: ProfileForm) -> list[str]:
    me = whoever(request)
    voice = Voice.ORGANISATION if is_administrator(me, organisation) else Voice.OFFICER
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0  # noqa: PLR2004
    return change_facts(organisation, form.codes, form.said, Spoken(me, voice), revision=revision)


def both_versions(organisation: Organisation, form: ProfileForm) -> list[tuple[str, str, str]]:
    """Fields in which what somebody else saved differs from what was typed here."""
    facts = organisation.facts.filter(ended_at__isnull=True).order_by("pk")
    now = ProfileForm(organisation, language=form.language, facts=facts)
    pairs = []
    for field in form.about:
        ours = form.data.get(field.code, "").strip()
        if field.many and field.code in form.data:
            ours = "\n".join(form.data.getlist(field.code)).strip()  # type: ignore[attr-defined]
        standing = now.initial.get(field.code, "")
        theirs = "\n".join(standing) if isinstance(standing, list) else str(standing)
        if ours.split() != theirs.split():
            pairs.append((str(field.label), theirs, ours))
    return pairs


def edit_address(organisation: Organisation, anchor: str = "", language: str = "") -> str:
    page = reverse("directory:edit", args=[organisation.slug])
    return f"{page}{'?language=' + language if language in LANGUAGES else ''}{anchor}"


@require_POST
@gate(may_edit, find=organisations_visible_to, by="slug")
def submission(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Hand the profile in; or take it back while nobody has decided."""
    me = whoever(request)
    if organisation.state == State.SUBMITTED and "withdraw" in request.POST:
        waiting = organisation.submissions.filter(decision="").first()
        if waiting:
            withdraw_submission(waiting, by=me)
            messages.success(request, _("Taken back. It is a draft again."))
        return redirect(organisation)
    submit_profile(organisation, by=me)
    messages.success(request, _("Handed in. The office looks at it and writes to you."))
    return redirect(organisation)
