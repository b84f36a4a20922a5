"""What a person sees, changes, takes along and erases of themselves."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from hanse.commons.audit.models import AuditEntry
from hanse.commons.consent.actions import agree
from hanse.commons.consent.queries import current_purposes
from hanse.commons.files.actions import keep_file
from hanse.commons.files.models import StoredFile
from hanse.commons.files.words import Kind
from hanse.commons.people.models import Person
from hanse.commons.people.transfers import archive_about, chapters, erase
from hanse.commons.post.actions import write_letter
from hanse.commons.post.models import Letter
from hanse.conftest import logged_in

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("counted_tries"),
]


def fill_a_life(person: Person) -> None:
    agree(person, current_purposes()[0])
    write_letter(to=person.email, sender="hanse@example.org", subject="Hello", text="A letter.")
    keep_file(SimpleUploadedFile("a.csv", b"a,b\n1,2\n"), kinds=[Kind.CSV], by=person)


def opened(parcel: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(parcel)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_facts_are_changed_and_the_trail_gets_no_values(client, ana):
    logged_in(client, ana).post(
        "/account/", {"name": "Ana Maria", "language": "fr", "timezone": "Europe/Lisbon"}
    )
    ana.refresh_from_db()
    assert (ana.name, ana.language, ana.timezone) == ("Ana Maria", "fr", "Europe/Lisbon")
    line = AuditEntry.objects.get(action="change_person")
    assert line.after == {"changed": ["language", "name", "timezone"]}
    assert "Ana" not in json.dumps([line.before, line.after, line.object_label, line.reason])


def test_a_language_that_is_not_offered_is_not_taken(client, ana):
    answer = logged_in(client, ana).post(
        "/account/", {"name": "Ana", "language": "xx", "timezone": "UTC"}
    )
    assert answer.status_code == 200
    ana.refresh_from_db()
    assert ana.language == "en"


def test_the_download_holds_everything_about_me_and_nothing_about_others(client, ana, bruno):
    fill_a_life(ana)
    fill_a_life(bruno)
    answer = logged_in(client, ana).get("/account/mine.zip")
    parts = opened(answer.content)
    assert parts.keys() >= {f"{chapter.name}.json" for chapter in chapters()}
    assert json.loads(parts["person.json"])["email"] == "ana@example.org"
    assert json.loads(parts["letters.json"])[0]["text"] == "A letter."
    assert json.loads(parts["consents.json"])[0]["purpose"] == "release-news"
    assert any(content == b"a,b\n1,2\n" for content in parts.values())
    everything = b"".join(parts.values()).decode()
    assert "bruno@example.org" not in everything
    assert len(json.loads(parts["files.json"])) == 1


def test_the_download_is_no_key(ana):
    everything = b"".join(opened(archive_about(ana)).values()).decode()
    assert ana.password not in everything
    assert "secret" not in everything


def test_the_download_and_the_erasure_ask_for_a_fresh_proof(as_person, ana):
    browser = as_person(ana)
    asked = [browser.get("/account/mine.zip"), browser.post("/account/erasure/", {"sure": "on"})]
    for answer in asked:
        assert answer["Location"].startswith("/account/reauthenticate/")
    assert Person.objects.filter(pk=ana.pk).exists()


def test_erasure_takes_everything_but_the_trail_which_forgets_the_name(client, ana, bruno):
    fill_a_life(ana)
    fill_a_life(bruno)
    lines_before = AuditEntry.objects.count()
    number = ana.pk
    answer = logged_in(client, ana).post("/account/erasure/", {"sure": "on"})

    assert answer["Location"] == "/account/erased/"
    assert list(Person.objects.all()) == [bruno]
    assert not Letter.objects.filter(to="ana@example.org").exists()
    assert StoredFile.objects.get().owner == bruno
    assert AuditEntry.objects.count() == lines_before + 1
    assert not AuditEntry.objects.filter(actor_id=number).exists()
    assert client.get("/account/").status_code == 302


def test_erasure_without_the_tick_erases_nothing(client, ana):
    logged_in(client, ana).post("/account/erasure/", {})
    assert Person.objects.filter(pk=ana.pk).exists()


def test_the_page_of_erasure_says_what_stays_and_why(client, ana):
    page = logged_in(client, ana).get("/account/erasure/").content.decode()
    assert "What stays, and why" in page
    assert "an erased person" in page


def test_no_table_about_people_is_forgotten_by_download_and_erasure():
    """A new key to a person needs a chapter in the wiring."""
    told = {model for chapter in chapters() for model in chapter.models}
    about_people = {
        model
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.fields
        if field.related_model is Person
    }
    assert about_people - told == set()
    assert told - about_people == set()


def test_nothing_of_a_person_is_left_in_any_table(ana):
    fill_a_life(ana)
    erase(ana)
    left = [
        model._meta.label
        for model in apps.get_models()
        for row in model._base_manager.values()
        if "ana@example.org" in str(row) or "Ana Sousa" in str(row)
    ]
    assert left == []


def test_the_language_is_kept_in_a_cookie_and_with_the_person(client, ana):
    logged_in(client, ana)
    answer = client.post("/language/", {"language": "de", "next": "/privacy/"})
    assert answer["Location"] == "/privacy/"
    assert client.cookies["django_language"].value == "de"
    ana.refresh_from_db()
    assert ana.language == "de"
    assert 'lang="de"' in client.get("/privacy/").content.decode()


def test_the_language_of_a_person_holds_on_a_new_device(as_person, ana):
    ana.language = "fr"
    ana.save()
    assert '<html lang="fr"' in as_person(ana).get("/account/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_choosing_a_language_leads_nowhere_else(client, elsewhere):
    answer = client.post("/language/", {"language": "de", "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_language_that_does_not_exist_changes_nothing(client):
    client.post("/language/", {"language": "tlh"})
    assert "django_language" not in client.cookies
