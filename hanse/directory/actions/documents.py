"""Put a document onto an organisation's page, and take it away."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from hanse.commons.audit.actions import record
from hanse.commons.files.actions import keep_file, throw_away
from hanse.commons.files.words import Kind
from hanse.directory.models import Document, Organisation
from hanse.directory.words import REFUSALS
from hanse.kit.refusals import Refusal, Refused

KINDS = (Kind.PDF, Kind.PNG, Kind.JPEG, Kind.XLSX, Kind.CSV)
MOST_DOCUMENTS = 30


@transaction.atomic
def add_document(
    organisation: Organisation, title: str, upload: UploadedFile, *, by: Any
) -> Document:
    """Everybody who sees the organisation may read it from now on."""
    if organisation.documents.count() >= MOST_DOCUMENTS:
        facts = {"most": MOST_DOCUMENTS}
        raise Refused(Refusal("too_many_documents", REFUSALS["too_many_documents"], facts))
    stored = keep_file(upload, kinds=KINDS, by=None)
    made = Document.objects.create(
        organisation=organisation, stored=stored, title=title or stored.name, added_by=by
    )
    record("add_document", organisation, by=by, after={"document": made.pk})
    return made


@transaction.atomic
def remove_document(document: Document, *, by: Any) -> None:
    record("remove_document", document.organisation, by=by, before={"document": document.pk})
    throw_away(document.stored)
