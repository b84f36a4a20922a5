"""The trail is added to and never changed: by the program, and by the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction

from hanse.commons.audit.actions import record
from hanse.commons.audit.models import AppendOnlyError, AuditEntry, Opening
from hanse.commons.audit.queries import history_of
from hanse.commons.consent.models import Consent
from hanse.commons.consent.words import Answer

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def thing(ana) -> Consent:
    return Consent.objects.create(
        person=ana, purpose="study", version=1, wording="…", language="en", answer=Answer.GIVEN
    )


@pytest.fixture
def line(ana, thing) -> AuditEntry:
    return record(
        "publish", thing, by=ana, before={"state": "draft"}, after={"state": "open"},
        rule_version="calls-3", reason="complete",
    )  # fmt: skip


def test_a_line_says_who_did_what_to_which_thing_under_which_rules(line, ana, thing):
    kept = AuditEntry.objects.get(pk=line.pk)
    assert kept.actor == ana
    assert (kept.action, kept.object_type, kept.object_id) == (
        "publish",
        "consent.consent",
        str(thing.pk),
    )
    assert (kept.before, kept.after) == ({"state": "draft"}, {"state": "open"})
    assert (kept.rule_version, kept.reason) == ("calls-3", "complete")
    assert kept.at is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.save(),
        lambda line: line.delete(),
        lambda line: AuditEntry.objects.update(action="x"),
        lambda line: AuditEntry.objects.all().delete(),
        lambda line: AuditEntry.objects.bulk_update([line], ["action"]),
    ],
)
def test_the_program_refuses_to_change_a_line(line, change):
    with pytest.raises(AppendOnlyError):
        change(line)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET action = 'x'",
        "UPDATE audit_auditentry SET reason = 'x', actor_id = NULL",
        "DELETE FROM audit_auditentry",
    ],
)
def test_the_database_refuses_to_change_a_line(line, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.get(pk=line.pk).action == "publish"


def test_the_database_lets_the_actor_be_forgotten(line):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET actor_id = NULL")
    kept = AuditEntry.objects.get(pk=line.pk)
    assert (kept.actor, kept.by_a_person) == (None, True)


def test_a_restore_opens_the_trail_and_closes_it_again(line):
    opening = Opening.objects.create(reason="restore")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditentry")
    opening.delete()
    assert not AuditEntry.objects.exists()


def test_one_sees_ones_own_lines_of_a_thing_and_nobody_elses(line, thing, ana, bruno):
    by_bruno = record("look", thing, by=bruno)
    assert list(history_of(thing, for_=ana)) == [line]
    assert list(history_of(thing, for_=bruno)) == [by_bruno]


def test_all_lines_of_a_thing_are_seen_by_whom_its_domain_lets(line, thing, bruno, monkeypatch):
    monkeypatch.setattr(Consent, "may_see_history", lambda self, who: who == bruno, raising=False)
    assert list(history_of(thing, for_=bruno)) == [line]


def test_my_history_shows_my_lines_only(line, as_person, ana, bruno):
    assert "consent.consent" in as_person(ana).get("/account/history/").content.decode()
    assert "consent.consent" not in as_person(bruno).get("/account/history/").content.decode()


def test_a_line_about_a_person_carries_no_name(ana):
    assert record("look", ana, by=None).object_label == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_lines(
    rows, as_person, ana, thing, django_assert_max_num_queries
):
    for _ in range(rows):
        record("look", thing, by=ana)
    browser = as_person(ana)
    with django_assert_max_num_queries(5):
        browser.get("/account/history/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_tests_that_commit_leave_an_empty_trail_behind(turn, ana):
    record("look", ana, by=None)
    assert AuditEntry.objects.filter(action="look").count() == 1
