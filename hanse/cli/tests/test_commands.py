import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from hanse.cli.demo import PASSWORD, PEOPLE, demo
from hanse.cli.demo_world import keepers, organisations
from hanse.cli.main import COMMANDS, hanse
from hanse.cli.person import person
from hanse.commons.audit.models import AuditEntry
from hanse.commons.people.models import Person
from hanse.directory.models import Organisation

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def run(command, *words):
    return CliRunner().invoke(command, words)


def test_every_command_of_the_table_exists():
    for name in COMMANDS:
        assert run(hanse, name, "--help").exit_code == 0, name


def test_the_demo_world_is_made_once(settings):
    settings.DEMO = True
    assert PASSWORD in run(demo).output
    run(demo)
    assert Person.objects.count() == len(PEOPLE) + len(keepers())
    assert Organisation.objects.filter(is_invented=True).count() == len(organisations())
    assert [one.name for one in Person.objects.filter(is_staff=True)] == ["Oona Nieminen"]


def test_outside_the_demo_world_no_public_password_is_set(settings):
    settings.DEMO = False
    assert run(demo).exit_code == 1
    assert not Person.objects.exists()


def test_demo_people_can_log_in(settings, client):
    settings.DEMO = True
    run(demo)
    client.post("/account/login/", {"login": "aino@example.org", "password": PASSWORD})
    assert client.get("/account/").status_code == 200


def test_a_person_is_admitted_with_a_good_password_only():
    words = ("admit", "eva@example.org", "--name", "Eva", "--password")
    assert run(person, *words, "12345").exit_code == 1
    assert run(person, *words, "a-long-way-to-Lübeck").exit_code == 0
    again = run(person, *words, "a-long-way-to-Lübeck")
    assert again.exit_code == 1
    assert "has an account already" in again.output


def test_an_operator_is_made_and_the_trail_says_so(ana):
    assert run(person, "operator", "ANA@example.org").exit_code == 0
    ana.refresh_from_db()
    assert ana.is_staff
    assert AuditEntry.objects.filter(action="make_operator", object_id=str(ana.pk)).exists()


def test_an_account_is_closed_and_opened(ana):
    run(person, "close", ana.email)
    ana.refresh_from_db()
    assert not ana.is_active
    run(person, "open", ana.email)
    ana.refresh_from_db()
    assert ana.is_active


def test_nobody_is_told_plainly():
    answer = run(person, "operator", "nobody@example.org")
    assert answer.exit_code == 1
    assert "Nobody has the address" in answer.output


def test_without_records_a_command_says_what_makes_them(tmp_path):
    """In a process of its own, with an empty folder and no other database."""
    alone = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = subprocess.run(
        [sys.executable, "-m", "hanse.cli.main", "events", "flyer", "week", "--out", "week.pdf"],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        env={**alone, "HANSE_VAR": str(tmp_path)},
    )
    assert told.returncode == 1
    assert told.stderr.strip() == "Stopped: there are no records yet. `hanse prepare` makes them."
