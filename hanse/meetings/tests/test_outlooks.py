"""What the organisers ask before they plan, and what they read as an answer."""

import pytest

from hanse.kit.refusals import Refused
from hanse.meetings.actions.outlooks import ask
from hanse.meetings.jobs.outlooks import answer_question
from hanse.meetings.models import MeetingSlot, Outlook
from hanse.meetings.words import Question

pytestmark = pytest.mark.database
PAGE = "/events/week/matchmaking/desk/meetings/outlooks/"


@pytest.fixture
def answered(market):
    """A question with the engine's answer, as the background worker keeps it."""

    def made(question, minimum=None):
        held = ask(market, question, minimum)
        answer_question.func.__wrapped__(None, outlook=held.pk)
        return Outlook.objects.get(pk=held.pk)

    return made


def test_tables_are_counted_against_those_that_stand_there(market, crowd, answered, as_person, ana):
    told = answered(Question.TABLES).told
    assert [one["tables"] for one in told["rows"]] == sorted(one["tables"] for one in told["rows"])
    assert all(one["outlook"]["held"] <= one["outlook"]["most_held"] for one in told["rows"])
    page = as_person(ana).get(PAGE).content.decode()
    assert f"{told['enough']} tables" in page or f"Your {told['enough']} tables" in page


def test_without_any_table_one_can_ask_how_many(market, crowd, answered):
    market.tables.all().delete()
    assert answered(Question.TABLES).told["enough"] > 0
    with pytest.raises(Refused, match="no table"):
        ask(market, Question.SLOT)


def test_one_more_slot_names_the_slot_before_it(market, crowd, answered, as_person, ana):
    told = answered(Question.SLOT).told
    last = [market.slots.filter(session=one).last().pk for one in (0, 1)]
    assert [one["after"] for one in told["sessions"]] == last
    assert "one more after" in as_person(ana).get(PAGE).content.decode()
    MeetingSlot.objects.filter(pk=last[1]).delete()
    assert as_person(ana).get(PAGE).status_code == 200


def test_a_promise_to_newcomers_has_its_price(market, crowd, answered, as_person, ana):
    told = answered(Question.NEWCOMERS, 2).told
    assert told["minimum"] == 2
    assert told["reach"] >= told["reach_without"]
    assert "promise" in as_person(ana).get(PAGE).content.decode()


def test_the_last_question_is_the_one_answered(market, crowd, answered):
    early = ask(market, Question.NEWCOMERS, 2)
    late = answered(Question.NEWCOMERS, 5)
    assert early.pk == late.pk
    assert late.told["minimum"] == 5


def test_questions_that_are_none_are_refused(market, crowd, as_person, ana):
    browser = as_person(ana)
    assert browser.post(PAGE, {"question": "weather"}).status_code == 404
    for minimum in ("", "0", "-1", "31", "x", "9" * 5000):
        browser.post(PAGE, {"question": "newcomers", "minimum": minimum})
    assert Outlook.objects.count() == 0
    assert browser.post(PAGE, {"question": "slot"}).status_code == 302
    assert "is being computed" in browser.get(PAGE).content.decode()


def test_only_the_desk_reads_them(market, crowd, as_person, bruno):
    assert as_person(bruno).get(PAGE).status_code in (403, 404)
    assert as_person(bruno).post(PAGE, {"question": "slot"}).status_code in (403, 404)
