import hashlib
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from hanse.commons.files.models import StoredFile
from hanse.commons.files.rules import kind_by_name, why_not_kept
from hanse.commons.files.words import Kind
from hanse.kit.refusals import Refused

TEN_MEGABYTES = 10 * 1024 * 1024


def keep_file(
    upload: UploadedFile, *, kinds: Iterable[Kind], by: Any, most: int = TEN_MEGABYTES
) -> StoredFile:
    """Keep what somebody brought, if its content is of one of the kinds; else refuse."""
    name = plain_name(upload.name or "")
    content = upload.read(most + 1)
    if refusal := why_not_kept(name, content, frozenset(kinds), most):
        raise Refused(refusal)
    stored = StoredFile(
        owner=by,
        name=name,
        kind=kind_by_name(name) or "",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    stored.content.save(name, ContentFile(content), save=False)
    stored.save()
    return stored


def throw_away(stored: StoredFile) -> None:
    """The record now, the content once that is certain."""
    content = stored.content
    stored.delete()
    transaction.on_commit(lambda: content.storage.delete(str(content.name)))


def throw_away_files_of(person: Any) -> None:
    for stored in StoredFile.objects.filter(owner=person):
        throw_away(stored)


def plain_name(name: str) -> str:
    """The last part of the name, without signs that a header or a terminal would misread."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable())[:200] or "file"
