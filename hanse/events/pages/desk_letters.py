"""Letters at the desk: every text in every language, as anybody would read it; what did not go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.commons.post.jobs import send_again
from hanse.commons.post.models import Letter
from hanse.commons.post.words import LetterState
from hanse.events.access import may_manage_guests
from hanse.events.actions.letters import word_as_ours, word_letter
from hanse.events.forms.letters import LetterForm
from hanse.events.forms.numbers import as_number
from hanse.events.forms.tongues import language_name
from hanse.events.mails.catalogue import CATALOGUE, as_read, readers_of
from hanse.events.mails.wording import about
from hanse.events.models import Event
from hanse.events.pages import desk_gate
from hanse.events.rules.letters import PLACEHOLDERS
from hanse.kit.gate import whoever
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@desk_gate(may_manage_guests)
def letters(request: HttpRequest, event: Event) -> HttpResponse:
    own = set(event.mail_texts.values_list("code", "language"))
    sent = Letter.objects.filter(about=about(event))
    stuck = [LetterState.FAILED, LetterState.DOUBTFUL]
    chosen = request.GET.get("state", "")
    shown = sent.filter(state=chosen) if chosen in LetterState.values else sent
    context = {
        "event": event,
        "kinds": [
            (code, kind, [(tongue, (code, tongue) in own) for tongue in LANGUAGES])
            for code, kind in CATALOGUE.items()
        ],
        "stuck": sent.filter(state__in=stuck).count(),
        "states": LetterState.choices,
        "chosen": chosen,
        "page": page_of(request, shown),
    }
    return render(request, "events/desk_letters.html", context)


@desk_gate(may_manage_guests)
def letter(request: HttpRequest, event: Event, code: str, language: str) -> HttpResponse:
    if code not in CATALOGUE or language not in LANGUAGES:
        raise Http404
    own = event.mail_texts.filter(code=code, language=language).first()
    typed = {"subject": own.subject, "body": own.body} if own else {}
    form = LetterForm(request.POST or None, initial=typed)
    if request.method == "POST" and "ours" in request.POST:
        word_as_ours(event, code, language, by=whoever(request))
        return redirect("events:desk_letter", event.series.slug, event.slug, code, language)
    if request.method == "POST" and form.is_valid():
        try:
            word_letter(event, code, language, **form.cleaned_data, by=whoever(request))
        except Refused as no:
            form.add_error("body", str(no))
        else:
            messages.success(request, _("Kept. From now on the letter goes out in these words."))
            return redirect("events:desk_letter", event.series.slug, event.slug, code, language)
    reader = _reader(request, event, code)
    readers = list(readers_of(event, code))
    context = {
        "event": event,
        "kind": CATALOGUE[code],
        "placeholders": PLACEHOLDERS[code],
        "code": code,
        "language": language,
        "language_name": language_name(language),
        "form": form,
        "own": own,
        "readers": readers,
        "reader": reader,
        "composed": as_read(event, code, language, reader),
    }
    return render(request, "events/desk_letter.html", context, status=422 if form.errors else 200)


def _reader(request: HttpRequest, event: Event, code: str) -> Any:
    """Whoever the preview is for; an unknown number is nobody."""
    number = as_number(request.GET.get("reader", ""))
    if number is None:
        return None
    return next((one for one in readers_of(event, code) if one.pk == number), None)


@require_POST
@desk_gate(may_manage_guests)
def repeat(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    """A letter that failed, or whose fate is in doubt, goes out once more: a person said so."""
    held = get_object_or_404(Letter, pk=pk, about=about(event))
    if send_again(held):
        messages.success(request, _("It goes out once more."))
    else:
        messages.info(request, _("Nothing to repeat: it is on its way already."))
    return redirect("events:desk_letters", event.series.slug, event.slug)
