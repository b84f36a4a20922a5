"""Letters at the desk: every text in every language, as anybody would read it; what did not go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.commons.post.forms import LetterForm
from hanse.commons.post.jobs import send_again
from hanse.commons.post.models import Letter
from hanse.commons.post.words import LetterState
from hanse.events.access import may_manage_guests
from hanse.events.actions.letters import word_as_ours, word_letter
from hanse.events.forms.numbers import as_number
from hanse.events.mails.catalogue import CATALOGUE, as_read, readers_of
from hanse.events.mails.wording import about
from hanse.events.models import Event
from hanse.events.pages import desk_gate
from hanse.events.queries.findings import finding_of_letters
from hanse.events.rules.letters import PLACEHOLDERS, TAKE_MORE
from hanse.kit.gate import whoever
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused
from hanse.kit.said import language_name

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@desk_gate(may_manage_guests)
def letters(request: HttpRequest, event: Event) -> HttpResponse:
    own = set(event.mail_texts.values_list("code", "language"))
    sent = Letter.objects.filter(about=about(event))
    stuck = Q(state__in=[LetterState.FAILED, LetterState.DOUBTFUL])
    counts = sent.aggregate(
        stuck=Count("pk", filter=stuck), sent=Count("pk", filter=Q(state=LetterState.SENT))
    )
    chosen = request.GET.get("state", "")
    shown = sent.filter(state=chosen) if chosen in LetterState.values else sent
    context = {
        "event": event,
        "kinds": [
            (
                kind.name,
                [
                    (tongue, _way(event, code, tongue), (code, tongue) in own)
                    for tongue in LANGUAGES
                ],
            )
            for code, kind in CATALOGUE.items()
        ],
        "title": finding_of_letters(**counts),
        "states": LetterState.choices,
        "chosen": chosen,
        "page": page_of(request, shown),
    }
    return render(request, "events/desk_letters.html", context)


def _way(event: Event, code: str, language: str) -> str:
    return reverse("events:desk_letter", args=[event.series.slug, event.slug, code, language])


@desk_gate(may_manage_guests)
def letter(request: HttpRequest, event: Event, code: str, language: str) -> HttpResponse:
    if code not in CATALOGUE or language not in LANGUAGES:
        raise Http404
    own = event.mail_texts.filter(code=code, language=language).first()
    typed = {"subject": own.subject, "body": own.body} if own else {}
    form = LetterForm(request.POST or None, initial=typed)
    if request.method == "POST" and "ours" in request.POST:
        word_as_ours(event, code, language, by=whoever(request))
        return redirect(_way(event, code, language))
    if request.method == "POST" and form.is_valid():
        try:
            word_letter(event, code, language, **form.cleaned_data, by=whoever(request))
        except Refused as no:
            form.add_error("body", str(no))
        else:
            messages.success(request, _("Kept. From now on the letter goes out in these words."))
            return redirect(_way(event, code, language))
    readers = readers_of(event, code)
    reader = _reader(request, readers)
    context = {
        "event": event,
        "kind": CATALOGUE[code],
        "placeholders": PLACEHOLDERS[code],
        "more": _("Every further column of an uploaded list as well.") if code in TAKE_MORE else "",
        "code": code,
        "language": language,
        "language_name": language_name(language),
        "form": form,
        "own": own,
        "readers": [(one.pk, one.name or one.email) for one in readers],
        "reader": reader.pk if reader else None,
        "composed": as_read(event, code, language, reader),
    }
    return render(request, "events/desk_letter.html", context, status=422 if form.errors else 200)


def _reader(request: HttpRequest, readers: Sequence[Any]) -> Any:
    """Whoever the preview is for; an unknown number is nobody."""
    number = as_number(request.GET.get("reader", ""))
    return next((one for one in readers if one.pk == number), None)


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
