"""Put a document to a session, and take it away."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from hanse.commons.audit.actions import record
from hanse.commons.files.actions import keep_file, throw_away
from hanse.commons.files.words import Kind
from hanse.events.models import Session, SessionDocument
from hanse.events.rules.programme import refusal
from hanse.kit.refusals import Refused

KINDS = (Kind.PDF, Kind.PNG, Kind.JPEG, Kind.XLSX, Kind.CSV)
MOST = 20


@transaction.atomic
def add_paper(
    session: Session, title: str, upload: UploadedFile, visibility: str, *, by: Any
) -> SessionDocument:
    if session.documents.count() >= MOST:
        raise Refused(refusal("too_many_papers", most=MOST))
    # It belongs to the event and goes with nobody who is erased.
    stored = keep_file(upload, kinds=KINDS, by=None)
    made = SessionDocument.objects.create(
        session=session, title=title or stored.name, stored=stored, visibility=visibility
    )
    record("add_session_document", session, by=by, after={"document": made.pk})
    return made


@transaction.atomic
def remove_paper(paper: SessionDocument, *, by: Any) -> None:
    record("remove_session_document", paper.session, by=by, before={"document": paper.pk})
    throw_away(paper.stored)
