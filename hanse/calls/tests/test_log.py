"""The log of a call: who did what, in sentences of the reader's language, and no code."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

import hanse.calls.actions
import hanse.commons.post.actions
from hanse.calls.actions.applying import give_back_place, send_application, withdraw_application
from hanse.calls.actions.calls import Called, change_call, close_call, settle_officers
from hanse.calls.actions.deciding import Deciding, decide, end_evaluation, mark_application, tell
from hanse.calls.actions.letters import word_as_ours, word_letter
from hanse.calls.queries.desk import log_of
from hanse.calls.queries.log import SAYS, told
from hanse.calls.rules.quotas import Limit
from hanse.calls.tests.conftest import ANSWERS, days, pass_by, sent
from hanse.calls.words import Outcome
from hanse.commons.audit.models import AuditEntry
from hanse.conftest import person
from hanse.kit.numbers import day

pytestmark = [pytest.mark.database, pytest.mark.django_db]
WAY = "/calls/week/desk/log/"


def said(call) -> list[str]:
    """The latest first."""
    return [one.says for one in told(call, log_of(call))]


def test_every_action_of_a_call_has_its_words():
    """Whatever an action writes into the trail, by its name in the source; letters are worded by
    the post."""
    written = set()
    own = Path(hanse.calls.actions.__file__).parent.glob("*.py")
    for path in (*own, Path(hanse.commons.post.actions.__file__)):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            place = {"record": 0, "_move": 2, "_leave": 2}.get(name)
            if place is not None and isinstance(node.args[place], ast.Constant):
                written.add(node.args[place].value)
    assert written == set(SAYS)


def test_parts_of_a_line_are_joined_as_the_language_does(call, applicant, monkeypatch):
    monkeypatch.setattr("hanse.calls.queries.log.SEMICOLON", "\u00a0; ")
    sent(call, applicant())
    assert said(call)[0] == "sent the application\u00a0; rules: met"


def test_the_life_of_a_call_is_told(call, applicant, dora, carla):
    call_says = Called(
        slug="week", title={"en": "Cluster week"}, opens_at=call.opens_at, places=3,
        cut_offs=[days(10).date(), days(21).date()],
        quotas=[Limit("country", "PL", "most", 1), Limit("newcomer", "", "least", 2)],
        eligibility=call.eligibility,
    )  # fmt: skip
    change_call(call, call_says, by=dora)
    settle_officers(call, [carla], by=dora)
    word_letter(call, "reserve", "de", "S", "B", by=dora)
    word_as_ours(call, "reserve", "de", by=dora)
    close_call(call, by=dora)
    first, old, new = (day(days(number).date()) for number in (10, 20, 21))
    assert said(call) == [
        "closed the call",
        "took our words of the letter “On the reserve list” again (German)",
        "worded the letter “On the reserve list” (German)",
        "took the office from Dora Lind",
        f"made {carla.name} an officer",
        (
            "changed the call; places: 2 before, 3 now; "
            f"cut-offs: {first}, {old} before, {first}, {new} now; "
            "quotas: none before, Poland at most 1, Newcomers at least 2 now"
        ),
        "published the call",
        "made the call, with 2 places",
        "made Dora Lind an officer",
    ]


def test_what_becomes_of_applications_is_told(made_call, applicant, dora):
    call = made_call(quotas=[Limit("country", "PL", "most", 1)])
    first, second = sent(call, applicant()), sent(call, applicant())
    send_application(first, {**ANSWERS, "why": "Better"}, by=first.made_by)
    withdraw_application(second, by=second.made_by)
    third = sent(call, applicant())
    cut_off = pass_by(call)
    mark_application(first, {"fit": (4, "Close")}, by=dora)
    decide(call, [1], Deciding(Outcome.SELECTED), by=dora)
    because = Deciding(Outcome.SELECTED, because="They bring the plant")
    decide(call, [3], because, by=dora)
    end_evaluation(cut_off, by=dora)
    give_back_place(third, by=third.made_by)
    assert said(call)[:-3] == [
        "gave the place back",
        "ended the evaluation of cut-off 1; 2 were told then",
        "wrote to its side: selected",
        "wrote to its side: selected",
        "decided: selected; before: sent; over the quota: Poland: 1, then 2 of 1",
        "decided: selected; before: sent",
        "gave points: Fit 4",
        "sent the application; rules: met",
        "began the application",
        "withdrew the application",
        "sent the application again, as version 2; rules: met",
        "sent the application; rules: met",
        "began the application",
        "sent the application; rules: met",
        "began the application",
    ]


def test_the_page_names_who_and_about_what_and_shows_no_code(as_person, call, applicant, dora):
    one = sent(call, applicant())
    pass_by(call)
    assert "Nothing was decided yet" in as_person(dora).get(WAY).text
    decide(call, [1], Deciding(Outcome.RESERVE), by=dora)
    text = as_person(dora).get(WAY).text
    assert "1 decision was made" in text
    assert "decided: on the reserve list" in text
    assert f"1: {one.organisation.name}" in text
    assert "Dora Lind" in text
    for code in (*SAYS, "&#x27;state&#x27;", "<code>", "calls.application"):
        assert code not in text


def test_an_erased_officer_and_a_criterion_that_went_are_told_without_their_names(call, dora):
    gone = person("Gone Soon", "gone@example.org")
    settle_officers(call, [dora, gone], by=dora)
    gone.delete()
    AuditEntry.objects.create(
        action="mark_application", object_type="calls.call", object_id=str(call.pk),
        after={"old-one": 3}, at=timezone.now() + timedelta(seconds=1),
    )  # fmt: skip
    assert said(call)[:2] == ["gave points: old-one 3", "made somebody since erased an officer"]


def test_what_was_written_in_one_language_is_read_in_another(made_call, applicant, dora):
    call = made_call(quotas=[Limit("country", "PL", "most", 1)])
    for _one in range(2):
        sent(call, applicant())
    pass_by(call)
    decide(call, [1, 2], Deciding(Outcome.SELECTED, because="Both"), by=dora)
    with override("de"):
        assert "Polen" in said(call)[0]


def test_the_log_costs_the_same_for_few_lines_and_for_many(as_person, call, applicant, dora):
    def cost() -> int:
        browser = as_person(dora)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(WAY).status_code == 200
        return len(asked)

    sent(call, applicant())
    cost()
    few = cost()
    for _number in range(3):
        sent(call, applicant())
    settle_officers(call, [dora, person("Another", "another@example.org")], by=dora)
    tell(call, [], by=dora)
    assert cost() == few
