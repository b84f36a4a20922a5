"""Confirm what is old: from a letter without log-in, or from the profile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from hanse.commons.links.actions import link_of, use_link
from hanse.directory.access import may_edit, organisations_visible_to
from hanse.directory.actions.facts import Spoken, change_facts, confirm_facts, retire, said_of
from hanse.directory.forms.profile import code_meant, typed_value
from hanse.directory.mails import CONFIRMATION
from hanse.directory.models import Fact, Organisation
from hanse.directory.queries.profile import Line, profile_of, stale_facts
from hanse.directory.queries.vocabularies import known
from hanse.directory.rules.values import Said, read_value
from hanse.directory.words import Voice
from hanse.kit.gate import gate, public, whoever
from hanse.kit.refusals import Refused


@public
@never_cache
def from_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the letter speaks for the organisation here, once."""
    link = link_of(token, CONFIRMATION)
    organisation = Organisation.objects.get(pk=link.subject)
    if link.person is None or not may_edit(link.person, organisation):
        raise Refused(link_without_reader())
    if request.method == "POST":
        answer = answered(request, organisation, link.person)
        if answer is not None:
            use_link(link)
            return render(request, "directory/confirmed.html", {"organisation": organisation})
    return asked(request, organisation)


def link_without_reader() -> Any:
    from hanse.commons.links.words import REFUSALS  # noqa: PLC0415 -- slow import
    from hanse.kit.refusals import Refusal  # noqa: PLC0415 -- slow import

    return Refusal("link_unknown", REFUSALS["link_unknown"])


@gate(may_edit, find=organisations_visible_to, by="slug")
def confirmation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    if request.method == "POST":
        answer = answered(request, organisation, whoever(request))
        if answer is not None:
            return redirect(organisation)
    return asked(request, organisation)


def asked(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Each old fact with what can be done about it."""
    lines = stale_facts(organisation)
    typed = request.POST if request.method == "POST" else {}
    context = {
        "organisation": organisation,
        "rows": [
            (
                line,
                typed.get(f"fact-{line.fact.pk}", "keep"),
                typed.get(f"new-{line.fact.pk}", typed_value(line.fact.about, line.fact.value)),
            )
            for line in lines
        ],
        "freshness": profile_of(organisation, _Everyone()).freshness,
    }
    return render(request, "directory/confirmation.html", context)


class _Everyone:
    is_authenticated = False


def answered(request: HttpRequest, organisation: Organisation, me: Any) -> int | None:
    """Carry out what was ticked; None where a new value cannot be right, with the reason said."""
    if "retire" in request.POST:
        retire(organisation, by=me)
        messages.success(request, _("Retired. The page says so from now on."))
        return 0
    lines = stale_facts(organisation)
    answers = {line.fact.pk: answer_to(line, request) for line in lines}
    try:
        changed = changes_typed(request, lines, answers)
    except Refused as no:
        messages.error(request, str(no))
        return None
    kept = [pk for pk, answer in answers.items() if answer == "keep"]
    how = Spoken(me, Voice.ORGANISATION)
    for field, said in changed.items():
        change_facts(organisation, [field], said, how)
    confirmed = confirm_facts(organisation, kept, how)
    messages.success(
        request,
        ngettext("%(count)s fact confirmed.", "%(count)s facts confirmed.", confirmed)
        % {"count": confirmed},
    )
    return confirmed


def answer_to(line: Line, request: HttpRequest) -> str:
    """What was ticked; whoever types another value means it, ticked or not."""
    fact = line.fact
    ticked = request.POST.get(f"fact-{fact.pk}", "")
    typed = request.POST.get(f"new-{fact.pk}", "").strip()
    if ticked == "keep" and typed and typed != typed_value(fact.about, fact.value):
        return "change"
    return ticked


def changes_typed(
    request: HttpRequest, lines: list[Line], answers: dict[int, str]
) -> dict[str, list[Said]]:
    """By field what shall be said from now on, where something of it changes or goes."""
    touched = {line.fact.field for line in lines if answers[line.fact.pk] in ("change", "remove")}
    if not lines:
        return {}
    organisation = lines[0].fact.organisation
    changed: dict[str, list[Said]] = {}
    for fact in organisation.facts.filter(ended_at__isnull=True, field__in=touched).order_by("pk"):
        answer = answers.get(fact.pk, "keep")
        said = changed.setdefault(fact.field, [])
        if answer == "change":
            said.append(
                read_value(
                    fact.field,
                    meant(fact, request.POST.get(f"new-{fact.pk}", "")),
                    known(),
                    today=timezone.localdate(),
                    language=fact.language,
                    is_public=fact.is_public,
                )
            )
        elif answer != "remove" or fact.field in ("name", "country"):
            said.append(said_of(fact))
    return changed


def meant(fact: Fact, typed: str) -> str:
    """A word for a code stands for the code."""
    return code_meant(fact.about, typed) if fact.about.form == "code" else typed
