"""Documents of an organisation: listed, added, taken away, read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.commons.files.documents import attachment
from hanse.directory.access import documents_visible_to, may_edit, organisations_visible_to
from hanse.directory.actions.documents import add_document, remove_document
from hanse.directory.forms.office import DocumentForm
from hanse.directory.models import Document, Organisation
from hanse.kit.gate import gate, whoever
from hanse.kit.refusals import Refused
from hanse.kit.uploads import takes_files


@takes_files(10)
@gate(may_edit, find=organisations_visible_to, by="slug")
def documents(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            add_document(organisation, given["title"], given["file"], by=whoever(request))
        except Refused as no:
            form.add_error("file", str(no))
        else:
            messages.success(request, _("Added. It stands on the profile."))
            return redirect("directory:documents", organisation.slug)
    context = {
        "organisation": organisation,
        "form": form,
        "documents": organisation.documents.select_related("stored"),
    }
    return render(request, "directory/documents.html", context)


def may_read(person: Any, document: Document) -> bool:
    """Whoever sees the organisation."""
    return True


@gate(may_read, find=documents_visible_to)
def document(request: HttpRequest, document: Document) -> FileResponse:
    return attachment(document.stored)


def may_remove(person: Any, document: Document) -> bool:
    return may_edit(person, document.organisation)


@require_POST
@gate(may_remove, find=documents_visible_to)
def removal(request: HttpRequest, document: Document) -> HttpResponse:
    slug = document.organisation.slug
    remove_document(document, by=whoever(request))
    messages.success(request, _("Taken away."))
    return redirect("directory:documents", slug)
