"""What a backup is: one tar with a manifest, records that no database owns, files and releases.

    manifest.json                 format, program, migrations, counts, size and SHA-256 of each part
    records/<app>.<model>.jsonl   one record a line, as Django writes them
    files/… releases/… own_sets/… as they lie in var/

Not in it: visits (sessions), heartbeats, counted tries, what the search reads (it is made anew
from the records) and the secrets in var/secrets.json. A copy of the backup opens no door by itself,
but it holds everything about everybody: guard it.
"""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from hanse.commons.audit.models import Opening
from hanse.directory.actions.indexing import index_everything

FORMAT = 1
NOT_KEPT = {
    "sessions.session", "contenttypes.contenttype", "auth.permission", "auth.group",
    "work.heartbeat", "work.round", "audit.opening", "directory.searchrow", "directory.tick",
}  # fmt: skip
NOTHING = models.Q(pk__in=())
CHUNK = 1024 * 1024


# What a damaged archive may raise on the way.
UNREADABLE = (
    tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError, zlib.error,
)  # fmt: skip


class Unusable(Exception):  # noqa: N818  a state of the archive, said to a person
    """The archive cannot be restored; the text says why."""


@dataclass(frozen=True)
class Contents:
    """What went in or came out, to be compared and shown."""

    records: Mapping[str, int]
    files: int
    releases: int


def kept_models() -> list[type[models.Model]]:
    """Every table with something in it that belongs to somebody, in a steady order."""
    return [
        model
        for model in sorted(apps.get_models(), key=label)
        if label(model) not in NOT_KEPT and not is_swapped_or_foreign(model)
    ]


def label(model: type[models.Model]) -> str:
    return str(model._meta.label_lower)  # noqa: SLF001  Django's documented interface


def is_swapped_or_foreign(model: type[models.Model]) -> bool:
    facts = model._meta  # noqa: SLF001
    return bool(facts.proxy or not facts.managed or facts.swapped)


def folders() -> dict[str, Path]:
    """Every folder beside the records. Figures of own sector sets lie next to the releases."""
    releases = Path(settings.HANSE_RELEASES)
    return {
        "files": files_folder(),
        "releases": releases,
        "own_sets": releases.parent / "own_sets",
    }


def files_folder() -> Path:
    if not isinstance(default_storage, FileSystemStorage) and not hasattr(
        default_storage, "location"
    ):
        raise Unusable("Files do not lie in a folder here; back them up where they are.")
    return Path(default_storage.location)


# Out ---------------------------------------------------------------------------------------------


def write_backup(target: Path) -> Contents:
    """Write the archive beside its place and then rename it: there is never half a backup."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with TemporaryDirectory(prefix="hanse-backup-") as folder:
            records = write_records(Path(folder))
            parts = list(parts_of(Path(folder)))
            manifest = manifest_of(records, parts)
            with open_private(draft) as out, tarfile.open(fileobj=out, mode="w:gz") as tar:
                add_text(tar, Path(folder), "manifest.json", json.dumps(manifest, indent=1))
                for name, path in parts:
                    tar.add(path, name, recursive=False)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return contents_of(manifest)


@contextmanager
def open_private(path: Path) -> Iterator[Any]:
    """A new file that its owner alone can read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        yield out


def write_records(folder: Path) -> dict[str, int]:
    (folder / "records").mkdir()
    with unmoving_records():
        return {label(model): write_table(model, folder) for model in kept_models()}


@contextmanager
def unmoving_records() -> Iterator[None]:
    """All reads see one moment, and nobody who writes has to wait."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # Django's own BEGIN would be IMMEDIATE and keep writers out.
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def write_table(model: type[models.Model], folder: Path) -> int:
    rows = model._base_manager.order_by("pk")  # noqa: SLF001
    count = 0
    with (folder / "records" / f"{label(model)}.jsonl").open("w", encoding="utf-8") as out:
        for row in rows.iterator(chunk_size=500):
            written = serializers.serialize(
                "jsonl",
                [row],
                cls=Exact,
                sort_keys=True,  # PostgreSQL keeps no order of them
                use_natural_foreign_keys=names_a_content_type(model),
            )
            out.write(written.strip() + "\n")
            count += 1
    return count


class Exact(DjangoJSONEncoder):
    """Django's own encoder cuts instants to milliseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def names_a_content_type(model: type[models.Model]) -> bool:
    """Numbers of content types differ from database to database; their names do not."""
    return any(field.related_model is ContentType for field in model._meta.fields)  # noqa: SLF001


def parts_of(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((folder / "records").iterdir()):
        yield f"records/{path.name}", path
    for name, root in folders().items():
        for path in sorted(root.rglob("*")) if root.is_dir() else []:
            inside = path.relative_to(root)
            if path.is_file() and not any(part.startswith(".") for part in inside.parts):
                yield f"{name}/{inside.as_posix()}", path


def manifest_of(records: Mapping[str, int], parts: Sequence[tuple[str, Path]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "migrations": applied_migrations(),
        "records": dict(records),
        "parts": {
            name: {"bytes": path.stat().st_size, "sha256": digest(path)} for name, path in parts
        },
    }


def applied_migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def add_text(tar: tarfile.TarFile, folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    tar.add(path, name)


def contents_of(manifest: Mapping[str, Any]) -> Contents:
    parts = list(manifest["parts"])
    return Contents(
        records=manifest["records"],
        files=sum(name.startswith("files/") for name in parts),
        releases=len({PurePosixPath(n).parts[1] for n in parts if n.startswith("releases/")}),
    )


# In ----------------------------------------------------------------------------------------------


def read_backup(source: Path) -> Contents:
    """Restore into an empty place. Everything is checked before anything is touched."""
    return restore(source, replace=False)


def read_backup_over(source: Path) -> Contents:
    """Restore in place of everything that is here."""
    return restore(source, replace=True)


def restore(source: Path, *, replace: bool) -> Contents:
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restore-", dir=settings.VAR) as name:
        folder = Path(name)
        manifest = unpack(source, folder)
        if manifest["migrations"] != applied_migrations():
            raise Unusable(other_version(manifest["migrations"]))
        if not replace and (here := records_here()):
            raise Unusable(
                f"There are {here} records here. --replace puts the backup in their place."
            )
        with transaction.atomic():
            opening = Opening.objects.create(reason="restore")
            clear_records()
            load_records(folder, manifest["records"])
            opening.delete()
            reset_sequences()
            index_everything()
            compare_counts(manifest["records"])
            with exchanged_folders(folder):
                connection.check_constraints()
    return contents_of(manifest)


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Take out what the manifest lists, and nothing else; every byte must be as it was written."""
    try:
        with gzip.open(source) as stream, tarfile.open(fileobj=stream, mode="r:") as tar:
            manifest = read_manifest(tar)
            wanted = dict(manifest["parts"])
            for member in tar:
                if member.name == "manifest.json":
                    continue
                expected = wanted.pop(member.name, None)
                if expected is None or not member.isfile() or climbs(member.name):
                    raise Unusable(f"{member.name} is not in the archive's manifest.")
                take_out(tar, member, folder, expected)
            # To the very end: only there does gzip say whether every byte came through.
            while stream.read(CHUNK):
                pass
    except UNREADABLE as no:
        raise Unusable(f"{source} is not a whole backup ({type(no).__name__}).") from no
    if wanted:
        raise Unusable(f"The archive is not whole: {len(wanted)} parts are missing.")
    return manifest


def read_manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    content = tar.extractfile(first) if first and first.name == "manifest.json" else None
    if content is None:
        raise Unusable("This is not a backup of Hanse: it does not begin with a manifest.")
    manifest: dict[str, Any] = json.load(content)
    if manifest.get("format") != FORMAT:
        raise Unusable(
            f"The backup has format {manifest.get('format')}; this program reads {FORMAT}."
        )
    return manifest


def climbs(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts


def take_out(
    tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, expected: Mapping[str, Any]
) -> None:
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    content = tar.extractfile(member)
    if content is None:
        raise Unusable(f"{member.name} cannot be read.")
    with target.open("wb") as out:
        shutil.copyfileobj(content, out, CHUNK)
    if target.stat().st_size != expected["bytes"] or digest(target) != expected["sha256"]:
        raise Unusable(f"{member.name} is damaged: its checksum differs.")


def other_version(theirs: Sequence[str]) -> str:
    here = set(applied_migrations())
    more, less = sorted(set(theirs) - here), sorted(here - set(theirs))
    told = "; ".join(
        f"{word} {', '.join(names[:3])}"
        for word, names in (("it has", more), ("it lacks", less))
        if names
    )
    return (
        f"The backup was made by another version of the program ({told}). Restore it with that "
        "version, then update."
    )


def records_here() -> int:
    """Records that somebody made; what every new place begins with, its examples, is no loss."""
    return sum(
        model._base_manager.exclude(getattr(model, "ships", NOTHING)).count()  # noqa: SLF001
        for model in kept_models()
    )


def clear_records() -> None:
    """Also every visit: a number of a person may belong to somebody else afterwards."""
    with connection.cursor() as cursor:
        tables: list[type[models.Model]] = [*kept_models(), Session]
        for model in tables:
            table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own tables


def load_records(folder: Path, tables: Mapping[str, int]) -> None:
    known = {label(model) for model in kept_models()}
    for table in tables:
        if table not in known:
            raise Unusable(f"This program does not know the table {table}.")
        with (folder / "records" / f"{table}.jsonl").open(encoding="utf-8") as lines:
            load_table(table, lines)


def load_table(table: str, lines: Iterator[str]) -> None:
    try:
        for record in serializers.deserialize("jsonl", lines):
            record.save(force_insert=True)
    except (DeserializationError, DatabaseError) as no:
        raise Unusable(f"A record of {table} does not fit ({type(no).__name__}).") from no


def reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def compare_counts(tables: Mapping[str, int]) -> None:
    for model in kept_models():
        here = model._base_manager.count()  # noqa: SLF001
        wanted = tables.get(label(model), 0)
        if here != wanted:
            raise Unusable(f"{label(model)} has {here} records after restoring, not {wanted}.")


@contextmanager
def exchanged_folders(folder: Path) -> Iterator[None]:
    """Put the files and releases in place; back again when the block does not end well."""
    aside: list[tuple[Path, Path]] = []
    try:
        for name, place in folders().items():
            old = folder / f"{name}.before"
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                place.rename(old)
            aside.append((place, old))
            (folder / name).mkdir(exist_ok=True)
            (folder / name).rename(place)
        yield
    except BaseException:
        for place, old in reversed(aside):
            shutil.rmtree(place, ignore_errors=True)
            if old.exists():
                old.rename(place)
        raise
