from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hanse.commons.files.models import StoredFile


def files_of(person: Any) -> Sequence[Mapping[str, object]]:
    return list(
        StoredFile.objects.filter(owner=person).values(
            "id", "name", "kind", "size", "sha256", "kept_at"
        )
    )


def contents_of(person: Any) -> Iterator[tuple[str, bytes]]:
    for stored in StoredFile.objects.filter(owner=person):
        with stored.content.open("rb") as content:
            yield f"{stored.pk}-{stored.name}", content.read()
