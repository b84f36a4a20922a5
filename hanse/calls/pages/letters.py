"""Letters at the officers' desk: every text in every language, as any applicant would read it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.calls.access import calls_run_by, may_run
from hanse.calls.actions.letters import word_as_ours, word_letter
from hanse.calls.mails.catalogue import as_read, readers_of
from hanse.calls.models import Application, Call
from hanse.calls.rules.letters import PLACEHOLDERS
from hanse.calls.words import LETTERS
from hanse.commons.post.forms import LetterForm
from hanse.kit.gate import gate, whoever
from hanse.kit.numbers import figure
from hanse.kit.refusals import Refused
from hanse.kit.said import language_name

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@gate(may_run, find=calls_run_by, by="slug")
def letters(request: HttpRequest, call: Call) -> HttpResponse:
    own = set(call.letter_texts.values_list("code", "language"))
    kinds = [
        (name, [(tongue, _way(call, code, tongue), (code, tongue) in own) for tongue in LANGUAGES])
        for code, name in LETTERS.items()
    ]
    context = {"call": call, "kinds": kinds, "title": finding(len(own))}
    return render(request, "calls/letters.html", context)


def finding(own: int) -> str:
    if not own:
        return _("Every letter goes out in our words")
    said = ngettext(
        "%(own)s of %(all)s letters goes out in your words",
        "%(own)s of %(all)s letters go out in your words",
        own,
    )
    return said % {"own": figure(own), "all": figure(len(LETTERS) * len(LANGUAGES))}


def _way(call: Call, code: str, language: str) -> str:
    return reverse("calls:letter", args=[call.slug, code, language])


@gate(may_run, find=calls_run_by, by="slug")
def letter(request: HttpRequest, call: Call, code: str, language: str) -> HttpResponse:
    if code not in LETTERS or language not in LANGUAGES:
        raise Http404
    own = call.letter_texts.filter(code=code, language=language).first()
    typed = {"subject": own.subject, "body": own.body} if own else {}
    form = LetterForm(request.POST or None, initial=typed)
    if request.method == "POST" and "ours" in request.POST:
        word_as_ours(call, code, language, by=whoever(request))
        return redirect(_way(call, code, language))
    if request.method == "POST" and form.is_valid():
        try:
            word_letter(call, code, language, **form.cleaned_data, by=whoever(request))
        except Refused as no:
            form.add_error("body", str(no))
        else:
            messages.success(request, _("Kept. From now on the letter goes out in these words."))
            return redirect(_way(call, code, language))
    readers = readers_of(call)
    reader = _reader(request, readers)
    context = {
        "call": call,
        "name": LETTERS[code],
        "language": language,
        "language_name": language_name(language),
        "placeholders": PLACEHOLDERS[code],
        "more": _("What was decided, why, and the link stand below your words in any case."),
        "form": form,
        "own": own,
        "readers": [(one.number, f"{one.number}: {one.organisation.name}") for one in readers],
        "reader": reader.number if reader else None,
        "composed": as_read(call, code, language, reader),
    }
    return render(request, "calls/letter.html", context, status=422 if form.errors else 200)


def _reader(request: HttpRequest, readers: Sequence[Application]) -> Application | None:
    """Whoever the preview is for; an unknown number is nobody."""
    asked = request.GET.get("reader", "")
    return next((one for one in readers if str(one.number) == asked), None)
