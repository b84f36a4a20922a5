"""Documents of sessions: read, added, taken away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.commons.files.documents import attachment
from hanse.events.access import may_edit_programme, may_see, papers_visible_to
from hanse.events.actions.papers import add_paper, remove_paper
from hanse.events.forms.programme import PaperForm
from hanse.events.models import Event, Session, SessionDocument
from hanse.events.pages import desk_gate
from hanse.kit.gate import gate, whoever
from hanse.kit.refusals import Refused
from hanse.kit.uploads import takes_files


@gate(may_see, find=papers_visible_to)
def paper(request: HttpRequest, paper: SessionDocument) -> FileResponse:
    return attachment(paper.stored)


@takes_files(10)
@require_POST
@desk_gate(may_edit_programme)
def new_paper(request: HttpRequest, event: Event, key: UUID) -> HttpResponse:
    session = get_object_or_404(Session, event=event, key=key)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            add_paper(
                session, given["title"], given["file"], given["visibility"], by=whoever(request)
            )
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(request, _("Added."))
    else:
        messages.error(request, _("Choose a file and give it a title."))
    return redirect("events:desk_item", event.series.slug, event.slug, key)


@require_POST
@desk_gate(may_edit_programme)
def paper_away(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    held = get_object_or_404(SessionDocument, session__event=event, pk=pk)
    key = held.session.key
    remove_paper(held, by=whoever(request))
    messages.success(request, _("Taken away."))
    return redirect("events:desk_item", event.series.slug, event.slug, key)
