"""A backup holds everything, and a restore brings exactly that back."""

import json
import tarfile
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile

from hanse.cli.archive import Unusable, kept_models, read_backup, read_backup_over, write_backup
from hanse.commons.audit.models import AuditEntry
from hanse.commons.chains.models import ValueChain
from hanse.commons.consent.actions import agree
from hanse.commons.consent.queries import current_purposes
from hanse.commons.files.actions import keep_file
from hanse.commons.files.models import StoredFile
from hanse.commons.files.words import Kind
from hanse.commons.people.models import Person
from hanse.commons.people.transfers import erase
from hanse.commons.post.actions import write_letter
from hanse.commons.post.models import Letter

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def place(settings, tmp_path) -> Path:
    settings.VAR = tmp_path / "var"
    settings.HANSE_RELEASES = settings.VAR / "releases"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(settings.VAR / "files")},
        },
    }
    return tmp_path


@pytest.fixture
def world(ana, bruno, settings) -> None:
    agree(ana, current_purposes()[0])
    write_letter(to=ana.email, sender="h@example.org", subject="Grüße", text="Žluťoučký\nkůň")
    keep_file(SimpleUploadedFile("a.csv", b"a,b\n1,2\n"), kinds=[Kind.CSV], by=ana)
    release = settings.HANSE_RELEASES / "r1"
    release.mkdir(parents=True)
    (release / "cells.parquet").write_bytes(b"PAR1 figures PAR1")


def everything() -> dict[str, list[dict]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in kept_models()
    }


@pytest.mark.usefixtures("world")
def test_what_was_lost_comes_back_equal(place, ana, settings):
    before = everything()
    written = write_backup(place / "b.tar.gz")
    kept = StoredFile.objects.get()
    path = Path(kept.content.path)

    erase(ana)
    Letter.objects.all().delete()
    path.unlink(missing_ok=True)
    (settings.HANSE_RELEASES / "r1" / "cells.parquet").unlink()
    restored = read_backup_over(place / "b.tar.gz")

    assert everything() == before
    assert restored == written
    assert written.files == 1
    assert written.releases == 1
    assert path.read_bytes() == b"a,b\n1,2\n"
    assert (settings.HANSE_RELEASES / "r1" / "cells.parquet").read_bytes() == b"PAR1 figures PAR1"


@pytest.mark.usefixtures("world")
def test_a_place_with_records_is_not_overwritten_unasked(place):
    write_backup(place / "b.tar.gz")
    before = everything()
    with pytest.raises(Unusable, match="--replace"):
        read_backup(place / "b.tar.gz")
    assert everything() == before


def test_what_every_new_place_begins_with_is_in_nobodys_way(place):
    """A new place ships value chains as examples; a backup is restored over them unasked."""
    assert ValueChain.objects.filter(ValueChain.ships).exists()
    written = write_backup(place / "b.tar.gz")
    before = everything()
    assert read_backup(place / "b.tar.gz") == written
    assert everything() == before


@pytest.mark.usefixtures("world")
def test_new_people_get_new_numbers_after_a_restore(place, bruno):
    write_backup(place / "b.tar.gz")
    read_backup_over(place / "b.tar.gz")
    newest = Person.objects.create_user("new@example.org")
    assert newest.pk > bruno.pk


@pytest.mark.usefixtures("world")
def test_visits_end_with_a_restore(place, client, ana):
    client.force_login(ana)
    write_backup(place / "b.tar.gz")
    read_backup_over(place / "b.tar.gz")
    assert not Session.objects.exists()


@pytest.mark.usefixtures("world")
def test_the_trail_is_closed_again_after_a_restore(place):
    from django.db import DatabaseError, connection, transaction

    write_backup(place / "b.tar.gz")
    read_backup_over(place / "b.tar.gz")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditentry")
    assert AuditEntry.objects.exists()


def repacked(source: Path, target: Path, change) -> Path:
    """The same archive with one part changed, dropped (None) or added."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                import io

                new.addfile(member, io.BytesIO(content))
    return target


DAMAGE = {
    "a changed record": lambda name, content: content.replace(b"Ana", b"Eva"),
    "a missing table": lambda name, content: None if "people.person" in name else content,
    "a missing file": lambda name, content: None if name.startswith("files/") else content,
    "no manifest": lambda name, content: None if name == "manifest.json" else content,
    "another format": lambda name, content: (
        content.replace(b'"format": 1', b'"format": 9') if name == "manifest.json" else content
    ),
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_archive_is_refused_and_nothing_changes(place, what, settings):
    write_backup(place / "b.tar.gz")
    broken = repacked(place / "b.tar.gz", place / "broken.tar.gz", DAMAGE[what])
    before = everything()
    with pytest.raises(Unusable):
        read_backup_over(broken)
    assert everything() == before
    assert (settings.HANSE_RELEASES / "r1" / "cells.parquet").exists()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_an_archive_that_was_cut_off_is_refused(place, share):
    whole = write_backup(place / "b.tar.gz") and (place / "b.tar.gz").read_bytes()
    (place / "cut.tar.gz").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Unusable):
        read_backup_over(place / "cut.tar.gz")


@pytest.mark.usefixtures("world")
def test_a_backup_of_another_version_is_refused_with_the_difference(place):
    write_backup(place / "b.tar.gz")

    def newer(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["migrations"].append("later.0001_first")
        return json.dumps(manifest).encode()

    other = repacked(place / "b.tar.gz", place / "other.tar.gz", newer)
    with pytest.raises(Unusable, match=r"later\.0001_first"):
        read_backup_over(other)


@pytest.mark.usefixtures("world")
def test_a_backup_is_readable_by_its_owner_alone(place):
    write_backup(place / "b.tar.gz")
    assert (place / "b.tar.gz").stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("world")
def test_no_secret_and_no_visit_is_in_the_backup(place, client, ana, settings):
    client.force_login(ana)
    (settings.VAR / "secrets.json").write_text('{"secret_key": "x"}')
    write_backup(place / "b.tar.gz")
    with tarfile.open(place / "b.tar.gz") as tar:
        names = tar.getnames()
    assert not [name for name in names if "secret" in name or "sessions.session" in name]


def test_the_search_works_after_a_restore(place, ana):
    """What it reads is no part of a backup: it is made anew from the facts."""
    from hanse.directory.actions.bulk import Arrival, take_in
    from hanse.directory.actions.facts import Spoken, retire
    from hanse.directory.models import Organisation, Tick
    from hanse.directory.queries.columns import columns, forget
    from hanse.directory.queries.search import Question, search
    from hanse.directory.rules.values import Said
    from hanse.directory.words import State

    forget()
    facts = [Said("name", "Dolina Ogniw", "pl"), Said("country", "PL")]
    (one,) = take_in([Arrival("cluster", facts, State.PUBLISHED)], Spoken(ana))
    write_backup(place / "b.tar.gz")
    with tarfile.open(place / "b.tar.gz") as tar:
        names = set(tar.getnames())
    assert "records/directory.fact.jsonl" in names
    assert not {"records/directory.searchrow.jsonl", "records/directory.tick.jsonl"} & names
    more = [Said("name", "Later", "en"), Said("country", "PL")]
    take_in([Arrival("cluster", more, State.PUBLISHED)], Spoken(ana))
    retire(one, by=ana)
    assert search(Question("ogniw")).total == 0
    before = Tick.objects.get().number
    read_backup_over(place / "b.tar.gz")
    assert Organisation.objects.get().state == State.PUBLISHED
    # A process that still holds what was there before reads anew.
    assert columns().tick > before
    assert search(Question("ogniw")).total == 1
    assert search(Question("later")).total == 0
    forget()
