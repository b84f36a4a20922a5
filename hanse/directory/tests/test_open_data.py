"""What leaves the directory: whole files, a search, one profile."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from hanse.directory.actions import open_data
from hanse.directory.actions.members import add_member
from hanse.directory.cli import directory
from hanse.directory.models import JointProject, Participation
from hanse.directory.queries.columns import forget
from hanse.directory.queries.search import Question, search
from hanse.directory.words import FIELDS, State

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.VAR = tmp_path / "var"


@pytest.fixture
def world(organisation, ana):
    ogniw = organisation(
        "Dolina Ogniw", administrator=ana, offer="=A furnace", contact_email="o@ogniw.example",
        members_total=64, sector=["C27", "E38"],
    )  # fmt: skip
    firm = organisation("Firma", kind="sme", offer="Piec", language="pl")
    organisation("Nobody sees it", state=State.DRAFT)
    add_member(ogniw, firm, None, by=ana, both_say=True)
    project = JointProject.objects.create(acronym="VALVE", title="Valves")
    Participation.objects.create(project=project, organisation=firm)
    return ogniw, firm


def rows(raw):
    return list(csv.DictReader(io.StringIO(raw.decode())))


def content(answer):
    return b"".join(answer)


def test_the_whole_directory_is_a_table_of_public_facts(client, world):
    told = rows(content(client.get("/directory/open-data/organisations.csv")))
    assert [one["slug"] for one in told] == ["dolina-ogniw", "firma"]
    assert told[0]["offer@en"] == "'=A furnace"
    assert told[1]["offer@pl"] == "Piec"
    assert told[0]["sector"] == "C27|E38"
    assert told[0]["members_total"] == "64"
    assert "contact_email" not in told[0]


def test_the_same_rows_stand_in_every_form(client, world):
    from pyarrow import parquet
    from python_calamine import CalamineWorkbook

    table = rows(content(client.get("/directory/open-data/organisations.csv")))
    raw = content(client.get("/directory/open-data/organisations.parquet"))
    kept = parquet.read_table(io.BytesIO(raw)).to_pylist()
    assert [one["name"] for one in kept] == [one["name"] for one in table]
    raw = content(client.get("/directory/open-data/organisations.xlsx"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    assert sheet[0] == list(table[0])
    assert len(sheet) == 3
    lines = content(client.get("/directory/open-data/organisations.jsonl")).decode().splitlines()
    first = json.loads(lines[0])
    assert {"field": "offer", "language": "en"}.items() <= next(
        one for one in first["facts"] if one["field"] == "offer"
    ).items()


def test_members_and_projects_are_open_likewise(client, world):
    members = rows(content(client.get("/directory/open-data/memberships.csv")))
    assert [(one["cluster"], one["member"]) for one in members] == [("dolina-ogniw", "firma")]
    projects = rows(content(client.get("/directory/open-data/projects.csv")))
    assert [(one["acronym"], one["organisation"]) for one in projects] == [("VALVE", "firma")]


def test_files_follow_a_small_directory_at_once_and_a_large_one_once_a_day(
    client, world, organisation, monkeypatch
):
    before = open_data.files_of_now()
    assert open_data.files_of_now() == before
    organisation("Later")
    after = open_data.files_of_now()
    assert after.tick > before.tick
    assert before.folder.exists()  # somebody may be fetching it
    organisation("Later yet")
    after = open_data.files_of_now()
    assert not before.folder.exists()
    monkeypatch.setattr(open_data, "FEW", 1)
    organisation("Later still")
    assert open_data.files_of_now() == after


def test_before_the_first_writing_a_large_directory_is_streamed(client, world, monkeypatch):
    monkeypatch.setattr(open_data, "FEW", 0)
    assert "not yet today" in client.get("/directory/open-data/").content.decode()
    answer = client.get("/directory/open-data/organisations.csv")
    assert answer.streaming
    assert len(rows(content(answer))) == 2
    assert client.get("/directory/open-data/projects.csv").status_code == 404


def test_a_workbook_says_where_it_ends(world, tmp_path, monkeypatch):
    from python_calamine import CalamineWorkbook

    monkeypatch.setattr(open_data, "MOST_IN_WORKBOOK", 1)
    open_data.write_into(tmp_path)
    sheet = CalamineWorkbook.from_path(tmp_path / "organisations.xlsx").get_sheet_by_index(0)
    assert len(sheet.to_python()) == 3
    assert "CSV and Parquet hold all" in sheet.to_python()[2][0]


def test_the_dictionary_explains_every_public_column(client, world):
    page = client.get("/directory/open-data/").content.decode()
    for field in FIELDS.values():
        assert (f">{field.code}" in page) == field.is_public, field.code
    assert "CC BY 4.0" in page


def test_a_search_is_exported_in_its_order(client, world, organisation):
    organisation("Furnace Makers", country="DE")
    asked = "q=furnace&country=PL&country=DE"
    told = rows(content(client.get(f"/directory/export.csv?{asked}")))
    assert [one["name"] for one in told] == ["Furnace Makers", "Dolina Ogniw"]
    lines = content(client.get(f"/directory/export.jsonl?{asked}")).decode().splitlines()
    assert [json.loads(one)["slug"] for one in lines] == ["furnace-makers", "dolina-ogniw"]
    assert client.get("/directory/export.exe").status_code == 404


def test_ones_own_profile_is_for_those_who_may_change_it(as_person, world, ana, bruno):
    address = "/directory/organisations/dolina-ogniw/profile.json"
    told = as_person(ana).get(address).json()["organisations"][0]
    assert "o@ogniw.example" in [one["value"] for one in told["facts"]]
    assert told["members"][0]["name"] == "Firma"
    assert as_person(bruno).get(address).status_code == 403
    assert as_person().get(address).status_code == 302


# Commands ----------------------------------------------------------------------------------------


def test_the_command_writes_the_same_files(world, tmp_path):
    done = CliRunner().invoke(directory, ["export", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {
        ".csv", ".jsonl", ".xlsx", ".parquet",
    }  # fmt: skip


def test_the_command_takes_in_a_file_and_says_why_rows_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,country\nNowa,PL\nBad,XX\n")
    seen = CliRunner().invoke(directory, ["import", str(path), "--preview"])
    assert seen.exit_code == 1
    assert "row 3, country:" in seen.output
    assert search(Question()).total == 0
    asked = ["import", str(path), "--unclaimed", "--format", "json", "--preview"]
    told = json.loads(CliRunner().invoke(directory, asked).output)
    assert told["counts"]["refused"] == 2
    path.write_text("name,country,source_url\nNowa,PL,https://page.example\n")
    done = CliRunner().invoke(directory, ["import", str(path), "--unclaimed"])
    assert done.exit_code == 0, done.output
    assert search(Question()).total == 1
    missing = CliRunner().invoke(directory, ["import", str(path), "--as", "nobody@example.org"])
    assert missing.exit_code == 1


def test_the_command_indexes_everything(world):
    from hanse.directory.models import SearchRow

    SearchRow.objects.all().delete()
    forget()
    done = CliRunner().invoke(directory, ["index"])
    assert done.output == "Indexed 3 organisations.\n"
    assert search(Question("furnace")).total == 1
