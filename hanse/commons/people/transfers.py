"""Everything about one person: as a download, and how it is erased.

Each domain that keeps something about people contributes one `Chapter`, listed in
`hanse/project/wiring.py`. A chapter says what it hands over and what erasure does with it, so that
nobody can keep something without answering both.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.functional import Promise

from hanse.commons.audit.actions import record
from hanse.commons.people.models import Person

Records = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def nothing_to_do(person: Person) -> None:
    """The rows go with the person, by their foreign key."""


def no_files(person: Person) -> Iterable[tuple[str, bytes]]:
    return ()


@dataclass(frozen=True)
class Chapter:
    name: str
    # The models with a key to a person that this chapter answers for; a test looks for gaps.
    models: Sequence[type[models.Model]]
    about: Callable[[Person], Records]
    erase: Callable[[Person], None] = nothing_to_do
    files: Callable[[Person], Iterable[tuple[str, bytes]]] = no_files
    # A sentence for the page of erasure: what stays, and why.
    stays: str | Promise = ""
    goes: str | Promise = field(default="")


_chapters: list[Chapter] = []


def bind(chapters: Iterable[Chapter]) -> None:
    _chapters[:] = chapters


def chapters() -> Sequence[Chapter]:
    return tuple(_chapters)


def archive_about(person: Person) -> bytes:
    """A zip with one JSON file a chapter, and the files that the person brought."""
    parcel = BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as zipped:
        for chapter in chapters():
            written = json.dumps(
                chapter.about(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
            )
            zipped.writestr(f"{chapter.name}.json", written)
            for name, content in chapter.files(person):
                zipped.writestr(f"{chapter.name}/{name}", content)
    return parcel.getvalue()


@transaction.atomic
def erase(person: Person) -> None:
    """Erase a person: every chapter does its part, then the person and what hangs on them go.

    The trail keeps that it happened, under a number that leads to nobody.
    """
    record("erase_person", person, by=None)
    for chapter in chapters():
        chapter.erase(person)
    person.delete()
