"""Files of organisations: read, shown, taken in, once more, taken back."""

import csv
import io
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hanse.commons.files.models import StoredFile
from hanse.directory.actions.imports import (
    Asked,
    forget_old_previews,
    keep_rows,
    listing_of,
    look_through,
    take_back,
    take_in_file,
)
from hanse.directory.documents.exports import profile_file, streamed
from hanse.directory.models import Fact, Import, Organisation, Origin
from hanse.directory.queries.search import Question, search
from hanse.directory.rules.imports import refusal
from hanse.directory.transfers.tables import read_file
from hanse.directory.words import RowOutcome, State, Voice
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]
REAL = "cluster_organisations/cluster_organisations.csv"


def content(rows, heads=None):
    out = io.StringIO()
    writer = csv.DictWriter(out, heads or list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def brought(raw, by=None, name="list.csv", **more):
    read = read_file(name, raw)
    asked = Asked(by, listing=listing_of(name), **more)
    return look_through(
        keep_rows(read.name, read.digest, read.encoding, read.rows, read.unread, asked)
    )


def counts(one):
    return {outcome: n for outcome, n in one.preview["counts"].items() if n}


def reasons(one):
    return [
        (row["row"], column, said)
        for row in one.preview["rows"]
        for column, said in row.get("faults", ())
    ]


LISTED = [
    {
        "id": "x1", "name": "Eco World Styria", "country": "AT", "city": "Graz",
        "nuts2_2013": "", "sector": "photonics", "ecosystem": "Energy-renewables",
        "org_pic": "993426083", "members": "86", "label": "SILVER (2016)", "source": "a page",
        "source_url": "https://pages.example/1",
    },
    {
        "id": "x2", "name": "Agency of Everything", "country": "GR", "city": "", "nuts2_2013": "",
        "sector": "cross-sector agency", "ecosystem": "Multi-ecosystem", "org_pic": "",
        "members": "", "label": "", "source": "", "source_url": "https://pages.example/2",
    },
]  # fmt: skip


# Listings ----------------------------------------------------------------------------------------


def test_a_listing_says_what_its_row_says_and_nothing_more():
    one = brought(content(LISTED), is_listing=True)
    assert counts(one) == {"new": 2}
    assert Organisation.objects.count() == 0  # nothing before it is confirmed
    take_in_file(one, by=None)
    styria = Organisation.objects.get(name="Eco World Styria")
    facts = {fact.field: fact for fact in styria.facts.all()}
    assert {field: fact.value for field, fact in facts.items()} == {
        "name": "Eco World Styria", "country": "AT", "city": "Graz", "competence": "photonics",
        "ecosystem": "energy-renewables", "pic": "993426083",
    }  # fmt: skip
    assert styria.state == State.LISTED
    assert {fact.voice for fact in facts.values()} == {Voice.PUBLIC_PAGE}
    assert {fact.source for fact in facts.values()} == {"https://pages.example/1"}
    agency = Organisation.objects.get(name="Agency of Everything")
    assert set(agency.facts.values_list("field", flat=True)) == {"name", "country"}
    assert agency.country == "EL"


def test_what_is_left_out_is_said_with_its_column():
    one = brought(content(LISTED), is_listing=True)
    left = {
        (row["row"], column): said
        for row in one.preview["rows"]
        for column, said in row["left_out"]
    }
    assert "SILVER (2016)" in left[2, "label"]
    assert "86" in left[2, "members"]
    assert "photonics" in left[2, "sector"]
    assert "no ecosystem" in left[3, "ecosystem"]
    assert "names no known competence" in left[3, "sector"]


@pytest.mark.parametrize("name", ["list.csv", "renamed.csv"])
def test_the_same_file_changes_nothing_the_second_time(name):
    take_in_file(brought(content(LISTED), is_listing=True), by=None)
    facts = Fact.objects.count()
    again = brought(content(LISTED), name=name, is_listing=True)
    assert counts(again) == {"unchanged": 2}
    with pytest.raises(Refused) as no:
        take_in_file(again, by=None)
    assert no.value.refusal.code == "nothing_to_take_in"
    assert Fact.objects.count() == facts


def test_a_listing_that_was_renamed_in_its_list_is_changed_field_by_field():
    take_in_file(brought(content(LISTED), is_listing=True), by=None)
    newer = [{**LISTED[1], "name": "Agency of Nearly Everything", "city": "Athina"}]
    one = brought(content(newer), is_listing=True)
    assert counts(one) == {"changed": 1}
    (row,) = one.preview["rows"]
    assert ["city", "", "Athina"] in row["changes"] or ("city", "", "Athina") in row["changes"]
    take_in_file(one, by=None)
    agency = Origin.objects.get(number="x2").organisation
    assert (agency.name, agency.city) == ("Agency of Nearly Everything", "Athina")
    assert Fact.objects.filter(field="name", ended_at__isnull=False).count() == 1


def test_a_listing_changes_nothing_about_somebody_who_speaks_for_itself(organisation, ana):
    organisation("Eco World Styria", country="AT", pic="993426083", administrator=ana)
    one = brought(content(LISTED[:1]), is_listing=True)
    assert counts(one) == {"unchanged": 1}
    assert "speaks for itself" in one.preview["rows"][0]["left_out"][0][1]


def test_a_row_without_a_source_is_no_listing():
    one = brought(content([{**LISTED[0], "source_url": ""}]), is_listing=True)
    assert counts(one) == {"refused": 1}
    assert reasons(one) == [(2, "source_url", str(refusal("source_needed")))]


def test_only_the_office_makes_listings(ana, carla):
    with pytest.raises(Refused) as no:
        brought(content(LISTED), ana, is_listing=True)
    assert no.value.refusal.code == "officers_only"
    assert counts(brought(content(LISTED), carla, is_listing=True)) == {"new": 2}


def test_listings_are_taken_back_as_a_whole_except_those_that_were_claimed(ana):
    one = take_in_file(brought(content(LISTED), is_listing=True), by=None)
    claimed = Organisation.objects.get(name="Agency of Everything")
    claimed.administrators.create(person=ana)
    assert search(Question()).total == 2
    assert take_back(one, by=None) == 1
    assert Organisation.objects.get(name="Eco World Styria").state == State.RETIRED
    claimed.refresh_from_db()
    assert claimed.state == State.LISTED
    assert search(Question()).total == 1
    with pytest.raises(Refused):
        take_back(one, by=None)


# Rows that are not taken -------------------------------------------------------------------------


def test_every_refused_row_has_its_number_its_column_and_a_reason():
    rows = [
        {"name": "One", "country": "PL", "pic": "999997930"},
        {"name": "Two", "country": "XX", "pic": ""},
        {"name": "<b>Three</b>", "country": "PL", "pic": ""},
        {"name": "Four", "country": "PL", "pic": "999997931"},
        {"name": "", "country": "PL", "pic": ""},
        {"name": "=HYPERLINK(1)", "country": "PL", "pic": ""},
        {"name": "One again", "country": "PL", "pic": "999 997 930"},
        {"name": "one", "country": "PL", "pic": ""},
    ]
    one = brought(content(rows))
    assert counts(one) == {"new": 1, "refused": 7}
    told = {(row, column): said for row, column, said in reasons(one)}
    assert set(told) == {
        (3, "country"), (4, "name"), (5, "pic"), (6, ""), (7, "name"), (8, ""), (9, ""),
    }  # fmt: skip
    assert "row 2" in told[8, ""]


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"  \n ", "empty_file"),
        ("a.csv", b"name,country\n", "no_rows"),
        ("a.csv", b"name,city\nA,B\n", "columns_missing"),
        ("a.csv", b"name,country,members,members_total\nA,PL,1,2\n", "column_twice"),
        ("a.csv", b"name,country\n\x00,PL\n", "not_text"),
        ("a.csv", b'name,country\n"A,PL\n', "broken_csv"),
        ("a.csv", b"name,country\nA\x81,PL\n", "unknown_encoding"),
        ("a.pdf", b"%PDF-", "unknown_kind_of_file"),
        ("a.xlsx", b"PK not a workbook", "not_a_workbook"),
        ("a.json", b"{", "not_json"),
        ("a.json", b"[" * 100_000, "not_json"),
        ("a.json", b"[1]", "not_a_list"),
        ("a.json", b"[]", "no_rows"),
        ("a.csv", b"x" * (20 * 1024 * 1024 + 1), "file_too_large"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(name, raw, code):
    with pytest.raises(Refused) as no:
        read_file(name, raw)
    assert no.value.refusal.code == code
    assert "%(" not in str(no.value)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("name,country\nŁódź,PL\n".encode(), "utf-8"),
        ("name,country\nŁódź,PL\n".encode("utf-8-sig"), "utf-8-sig"),
        ("name;country\nMüller;DE\n".encode("cp1252"), "cp1252"),
        ("name,country\nŁódź,PL\n".encode("utf-16"), "utf-16"),
    ],
)
def test_the_encoding_that_was_read_is_said(raw, encoding):
    read = read_file("a.csv", raw)
    assert read.encoding == encoding
    assert read.rows[0].cells[0].typed in {"Łódź", "Müller"}


def test_a_workbook_is_read_like_a_table(tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for number, row in enumerate(
            [["name", "country", "founded", "odd"], ["Dolina", "PL", 2011, "?"], ["", "", "", ""]]
        ):
            page.write_row(number, 0, row)
    read = read_file("a.xlsx", path.read_bytes())
    assert [(cell.field, cell.typed) for cell in read.rows[0].cells] == [
        ("name", "Dolina"), ("country", "PL"), ("founded", "2011"),
    ]  # fmt: skip
    assert (len(read.rows), read.unread) == (1, ["odd"])


# One's own profiles ------------------------------------------------------------------------------


def test_a_person_changes_what_they_speak_for_and_makes_drafts_of_the_rest(organisation, ana):
    own = organisation("Dolina Ogniw", city="Wroclaw", administrator=ana, offer=["A line"])
    rows = [
        {"slug": own.slug, "name": "", "country": "", "city": "Wrocław", "offer@pl": "Linia|Piec"},
        {"slug": "", "name": "Nowy Klaster", "country": "PL", "city": "", "offer@pl": ""},
    ]
    one = brought(content(rows), ana)
    assert counts(one) == {"new": 1, "changed": 1}
    take_in_file(one, by=ana)
    own.refresh_from_db()
    assert own.city == "Wrocław"
    offers = own.facts.filter(field="offer", ended_at__isnull=True).values_list("value", flat=True)
    assert set(offers) == {"A line", "Linia", "Piec"}  # what stands in English stays
    fresh = Organisation.objects.get(name="Nowy Klaster")
    assert fresh.state == State.DRAFT
    assert fresh.administrators.get().person == ana


def test_nobody_changes_what_others_speak_for(organisation, ana, bruno):
    organisation("Dolina Ogniw", administrator=ana, pic="999997930")
    rows = [{"slug": "dolina-ogniw", "name": "Mine now", "country": "PL"}]
    one = brought(content(rows), bruno)
    assert counts(one) == {"refused": 1}
    # By its number it is shown as somebody who may be the same, whatever its name.
    for name in ("Dolina Ogniw", "Chain Valley"):
        same = brought(content([{"name": name, "country": "PL", "pic": "999997930"}]), bruno)
        assert counts(same) == {"alike": 1}
    assert "999997930" in same.preview["rows"][0]["alike"][0]["agrees"]


def test_a_private_number_is_betrayed_by_no_preview(organisation, ana, bruno):
    theirs = organisation("Dolina Ogniw", administrator=ana, pic="999997930")
    theirs.facts.filter(field="pic").update(is_public=False)
    same = brought(content([{"name": "Chain Valley", "country": "PL", "pic": "999997930"}]), bruno)
    assert counts(same) == {"new": 1}


def test_a_draft_of_others_is_betrayed_by_no_preview(organisation, ana, bruno):
    organisation("Secret Valley", administrator=ana, state=State.DRAFT, pic="999997930")
    row = {"name": "Secret Valley", "country": "PL", "pic": "999997930"}
    assert counts(brought(content([row]), bruno)) == {"new": 1}


def test_what_looks_alike_is_shown_with_who_and_left_out_unless_it_is_asked_for(organisation):
    organisation("Baltic Energy Valley", city="Gdansk")
    row = {"name": "Energy Valley Baltic Cluster", "country": "PL", "city": "Gdansk"}
    one = brought(content([row]))
    assert counts(one) == {"alike": 1}
    (other,) = one.preview["rows"][0]["alike"]
    assert (other["name"], other["slug"]) == ("Baltic Energy Valley", "baltic-energy-valley")
    assert counts(brought(content([row]), takes_alike=True)) == {"new": 1}


def test_nothing_is_done_when_the_directory_changed_since_the_preview(organisation):
    one = brought(content([{"name": "Late One", "country": "PL"}]))
    organisation("Late One")
    with pytest.raises(Refused) as no:
        take_in_file(one, by=None)
    assert no.value.refusal.code == "changed_since_preview"
    assert Organisation.objects.count() == 1


def test_a_file_is_taken_in_once():
    one = take_in_file(brought(content([{"name": "Once", "country": "PL"}])), by=None)
    one.refresh_from_db()
    with pytest.raises(Refused):
        take_in_file(one, by=None)
    assert Organisation.objects.count() == 1


def test_previews_that_nobody_took_in_go_after_a_month(ana):
    left = brought(content([{"name": "Left", "country": "PL"}]), ana)
    done = take_in_file(brought(content([{"name": "Done", "country": "PL"}]), ana), by=ana)
    forget_old_previews()
    assert Import.objects.count() == StoredFile.objects.count() == 2
    Import.objects.update(asked_at=timezone.now() - timedelta(days=31))
    Import.objects.filter(pk=done.pk).update(taken_in_at=timezone.now() - timedelta(days=31))
    forget_old_previews()
    assert list(Import.objects.values_list("pk", flat=True)) == [done.pk]
    assert left.pk != done.pk
    assert not StoredFile.objects.exists()


# What goes out comes in again --------------------------------------------------------------------


def said_by(one):
    return sorted(
        (f.field, repr(f.value), f.language, str(f.as_of), f.is_public)
        for f in one.facts.filter(ended_at__isnull=True)
    )


@pytest.fixture
def full(organisation, ana):
    return organisation(
        "=Dolina | Ogniw", administrator=ana, city="'s-Hertogenbosch", summary=["a|b", "c\\d"],
        description="Two\nlines", offer=["-5 °C store", "'=quoted"], seek="@lab", members_total=64,
        members_sme=40, staff_fte=1.5, sector=["C27", "E38"], competence="battery-recycling",
        label=["ecei-bronze 2099-05-31", "ecei-gold"], website="https://ogniw.example/x?a=b",
        pic="999997930", contact_email="office@ogniw.example", target_country=["DE", "EL"],
        language=["pl", "en"],
    )  # fmt: skip


def test_a_profile_comes_back_from_its_file_without_a_loss(full, ana, bruno):
    raw = profile_file(full)
    before = said_by(full)
    assert counts(brought(raw, ana, name="p.json")) == {"unchanged": 1}
    Organisation.objects.all().delete()
    one = brought(raw, bruno, name="p.json")
    assert counts(one) == {"new": 1}
    take_in_file(one, by=bruno)
    assert said_by(Organisation.objects.get()) == before


def test_the_open_table_read_again_changes_nothing(full, ana):
    raw = "".join(streamed("csv")).encode()
    assert b"office@ogniw.example" not in raw
    one = brought(raw, ana)
    assert reasons(one) == []
    assert counts(one) == {"unchanged": 1}
    take = brought(raw.replace(b"ogniw.example/x", b"ogniw.example/y"), ana)
    assert [change[0] for change in take.preview["rows"][0]["changes"]] == ["website"]
    take_in_file(take, by=ana)
    assert full.facts.filter(field="contact_email", ended_at__isnull=True).exists()


# Doors -------------------------------------------------------------------------------------------


def upload(raw, name="list.csv", **more):
    return {"file": SimpleUploadedFile(name, raw), "kind": "cluster", **more}


def test_the_pages_lead_from_the_file_to_what_was_done(as_person, carla):
    browser = as_person(carla)
    page = browser.post("/directory/import/", upload(content(LISTED), listing="on"), follow=True)
    text = page.content.decode()
    assert "2 organisations would change or be new" in text
    assert "SILVER (2016)" in text
    assert Organisation.objects.count() == 0
    here = page.request["PATH_INFO"]
    done = browser.post(here, {"take_in": "1"}, follow=True).content.decode()
    assert "Taken in" in done
    assert Organisation.objects.count() == 2
    assert "Taken back" in browser.post(here, {"take_back": "1"}, follow=True).content.decode()


def test_a_file_that_is_wrong_is_answered_on_the_page(as_person, ana):
    answer = as_person(ana).post("/directory/import/", upload(b"name,city\nA,B\n"))
    assert answer.status_code == 422
    assert "Columns are missing: country." in answer.content.decode()


def test_a_preview_is_its_owners_alone(as_person, ana, bruno):
    one = brought(content([{"name": "Mine", "country": "PL"}]), ana)
    assert as_person(bruno).get(one.get_absolute_url()).status_code == 404
    assert as_person(ana).get(one.get_absolute_url()).status_code == 200


def carry_out_what_waits():
    """What the worker would do, in this process."""
    for waiting in DBTaskResult.objects.ready():
        given = waiting.args_kwargs
        waiting.task.call(*given["args"], **given["kwargs"])
        waiting.delete()


def test_a_large_file_is_looked_through_and_taken_in_by_jobs(as_person, ana):
    rows = [{"name": f"Number {n} of {n * 7919}", "country": "PL"} for n in range(301)]
    browser = as_person(ana)
    page = browser.post("/directory/import/", upload(content(rows), takes_alike="on"), follow=True)
    here = page.request["PATH_INFO"]
    assert "See how far it is" in page.content.decode()
    carry_out_what_waits()
    assert "301 organisations would change" in browser.get(here).content.decode()
    browser.post(here, {"take_in": "1"})
    assert Organisation.objects.count() == 0
    carry_out_what_waits()
    assert "Taken in" in browser.get(here).content.decode()
    assert Organisation.objects.count() == 301


@pytest.mark.pack
def test_the_list_of_real_clusters_is_taken_in_whole_and_once():
    path = Path(os.environ.get("HANSE_DATA", "data")) / REAL
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("The data pack is needed in CI and is not here")
        pytest.skip("No data pack: the list of real clusters was not read")
    one = brought(path.read_bytes(), name=path.name, is_listing=True)
    assert reasons(one) == []
    assert counts(one) == {"new": one.count}
    take_in_file(one, by=None)
    assert not Fact.objects.exclude(voice=Voice.PUBLIC_PAGE).exists()
    assert not Fact.objects.filter(source="").exists()
    assert not Fact.objects.filter(field__in=["label", "members_total", "summary"]).exists()
    again = brought(path.read_bytes(), name=path.name, is_listing=True)
    assert counts(again) == {RowOutcome.UNCHANGED: one.count}


def test_the_preview_of_a_json_list_is_that_of_a_table():
    rows = [{"name": "A", "country": "PL", "sector": ["C27", "E38"], "odd": 1}]
    one = brought(json.dumps(rows).encode(), name="a.json")
    assert (counts(one), one.unread) == ({"new": 1}, ["odd"])
