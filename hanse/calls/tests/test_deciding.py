"""Officers decide: places under one lock, quotas with a reason, letters by outcome, reminders."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from hanse.calls.actions.applying import give_back_place, withdraw_application
from hanse.calls.actions.calls import change_call
from hanse.calls.actions.deciding import (
    ApplicationDecided,
    Deciding,
    decide,
    end_evaluation,
    mark_application,
    promote_first,
    tell,
    tell_everybody,
)
from hanse.calls.actions.reminding import remind_of_late_ones, remind_of_summaries, remind_officers
from hanse.calls.actions.summaries import edit_summary, hand_in_summary
from hanse.calls.forms.calls import CallForm, as_typed
from hanse.calls.models import Application, Decision
from hanse.calls.queries.desk import Sought, points_of, rows_of
from hanse.calls.queries.preview import bars_now, preview
from hanse.calls.queries.stages import stage_of
from hanse.calls.queries.status import told_state
from hanse.calls.rules.eligibility import put_together
from hanse.calls.rules.quotas import Limit
from hanse.calls.tests.conftest import THEMES, days, pass_by, sent
from hanse.calls.tests.test_applying import refused, reloaded
from hanse.calls.words import Outcome
from hanse.commons.post.models import Letter
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.words import JoinReason
from hanse.kit import announce

pytestmark = [pytest.mark.database, pytest.mark.django_db]
SELECT, RESERVE = Deciding(Outcome.SELECTED), Deciding(Outcome.RESERVE)
REJECT = Deciding(Outcome.REJECTED, "Another theme")


@pytest.fixture
def three(call, applicant):
    """Three that were sent by a cut-off that has passed; two places."""
    found = [sent(call, applicant(country=country)) for country in ("PL", "PL", "DE")]
    pass_by(call)
    return found


def states(call) -> list[str]:
    return list(call.applications.order_by("number").values_list("state", flat=True))


def test_nothing_is_decided_before_the_cut_off(call, applicant, dora):
    sent(call, applicant())
    assert refused(decide, call, [1], SELECT, by=dora) == "still_open"


def test_more_than_there_are_places_is_refused_in_words(call, three, dora):
    assert refused(decide, call, [1, 2, 3], SELECT, by=dora) == "over_places"
    assert states(call) == ["submitted"] * 3
    decide(call, [1, 2], SELECT, by=dora)
    assert refused(decide, call, [3], SELECT, by=dora) == "over_places"
    assert states(call) == ["selected", "selected", "submitted"]


def test_a_quota_yields_to_a_reason_which_is_kept(made_call, applicant, dora):
    call = made_call(quotas=[Limit("country", "PL", "most", 1)], places=5)
    for country in ("PL", "PL"):
        sent(call, applicant(country=country))
    pass_by(call)
    assert refused(decide, call, [1, 2], SELECT, by=dora) == "over_quota"
    because = Deciding(Outcome.SELECTED, because="They host the event")
    made = decide(call, [1, 2], because, by=dora)
    assert {one.because for one in made} == {"They host the event"}
    assert decide(call, [1], SELECT, by=dora) == []


def test_whom_the_rules_do_not_pass_needs_a_reason_and_is_never_out_in_silence(
    made_call, applicant, dora
):
    call = made_call(eligibility=put_together("1", "2018-01-01", sectors=["C27"]))
    sent(call, applicant())
    pass_by(call)
    assert states(call) == ["submitted"]
    assert refused(decide, call, [1], SELECT, by=dora) == "not_eligible"
    assert refused(decide, call, [1], Deciding(Outcome.INELIGIBLE), by=dora) == "reason_needed"
    made = decide(call, [1], Deciding(Outcome.INELIGIBLE, "No sector of the call"), by=dora)
    tell(call, made, by=dora)
    assert states(call) == ["ineligible"]


def test_the_preview_shows_the_bars_before_and_after(made_call, applicant, dora):
    limits = [Limit("country", "*", "most", 1), Limit("newcomer", "", "least", 3)]
    call = made_call(quotas=limits, places=3)
    for country in ("PL", "PL", "DE"):
        sent(call, applicant(country=country))
    pass_by(call)
    decide(call, [1], SELECT, by=dora)
    seen = preview(call, [2, 3], "selected", by=dora, says="", because="")
    shown = {bar.name: (bar.said, bar.is_over, bar.is_short) for bar in seen.bars}
    assert shown == {
        "Places": ("1, then 3 of 3", False, False),
        "Germany": ("0, then 1 of 1", False, False),
        "Poland": ("1, then 2 of 1", True, False),
        "Newcomers": ("1, then 3, at least 3 wanted", False, False),
    }
    assert seen.needs_reason.code == "over_quota"
    assert next(bar.said for bar in bars_now(call)) == "1 of 3"


def test_a_decision_may_be_changed_until_it_is_told(call, three, dora):
    decide(call, [1], SELECT, by=dora)
    made = decide(call, [1], REJECT, by=dora)
    assert told_state(reloaded(three[0])) == "submitted"
    assert tell(call, made, by=dora) == 1
    assert tell(call, made, by=dora) == 0
    assert refused(decide, call, [1], SELECT, by=dora) == "told_already"
    assert Letter.objects.filter(subject__contains="not selected").count() == 1


@pytest.mark.parametrize(
    ("deciding", "subject", "text"),
    [
        (Deciding(Outcome.SELECTED, "Welcome"), "is selected", "give the place back"),
        (RESERVE, "on the reserve list", "Your place on the list is 1"),
        (REJECT, "is not selected", "Another theme"),
        (Deciding(Outcome.INELIGIBLE, "Seat elsewhere"), "is not eligible", "Seat elsewhere"),
    ],
)
def test_each_outcome_has_its_letter(call, three, dora, deciding, subject, text):
    tell(call, decide(call, [1], deciding, by=dora), by=dora)
    letter = Letter.objects.exclude(subject__contains="is in").get()
    assert subject in letter.subject
    assert text in letter.text


def test_late_ones_are_decided_apart_and_only_if_eligible(made_call, applicant, dora):
    rules = put_together("1", "2018-01-01", sectors=["C27"])
    call = made_call(
        cut_offs=(-5,), late_until=days(5).date(), late_places=1, places=1, eligibility=rules
    )
    fine = sent(call, applicant(sector=["C27"]))
    sent(call, applicant())
    assert refused(decide, call, [2], SELECT, by=dora) == "late_not_eligible"
    assert refused(decide, call, [1], RESERVE, by=dora) == "late_has_no_reserve"
    tell(call, decide(call, [1], SELECT, by=dora), by=dora)
    tell(call, decide(call, [2], REJECT, by=dora), by=dora)
    subjects = set(Letter.objects.values_list("subject", flat=True))
    assert any("late application" in one and "is accepted" in one for one in subjects)
    assert any("late application" in one and "is not accepted" in one for one in subjects)
    assert stage_of(call).terms.places_left == 1
    assert reloaded(fine).state == "selected"


def test_own_side_neither_marks_nor_decides(call, three, dora):
    make_administrator(three[0].organisation, dora, JoinReason.INVITED, by=None)
    assert refused(decide, call, [1, 2], SELECT, by=dora) == "own_application"
    assert refused(mark_application, three[0], {"fit": (3, "")}, by=dora) == "own_application"


def test_points_order_the_reserve_list_and_count_for_the_version_sent_last(call, three, dora, ana):
    mark_application(three[0], {"fit": (2, "thin")}, by=dora)
    mark_application(three[1], {"fit": (5, "")}, by=dora)
    mark_application(three[1], {"fit": (4, "")}, by=ana)
    assert refused(mark_application, three[2], {"fit": (6, "")}, by=dora) == "wrong_points"
    assert points_of(call, three)[three[1].pk].mean == 4.5
    tell(call, decide(call, [1, 2, 3], RESERVE, by=dora), by=dora)
    rows = rows_of(call, Sought(order="reserve"))
    assert [row.application.number for row in rows] == [2, 1, 3]
    Application.objects.filter(pk=three[1].pk).update(revision=2)
    assert three[1].pk not in points_of(call, [reloaded(three[1])])


def test_a_freed_place_goes_to_the_first_in_reserve_with_one_press(call, three, dora):
    tell(call, decide(call, [1, 2], SELECT, by=dora), by=dora)
    assert refused(promote_first, call, by=dora) == "nobody_in_reserve"
    tell(call, decide(call, [3], RESERVE, by=dora), by=dora)
    assert refused(promote_first, call, by=dora) == "no_place_free"
    give_back_place(three[0], by=three[0].organisation.administrators.get().person)
    made = promote_first(call, by=dora)
    assert (made.application.number, made.told_at is not None) == (3, True)
    assert states(call) == ["returned", "selected", "selected"]
    assert reloaded(three[2]).reserve_place is None


def test_an_evaluation_ends_when_everything_has_its_answer(call, three, dora):
    first = call.cut_offs.get(number=1)
    decide(call, [1], SELECT, by=dora)
    assert refused(end_evaluation, first, by=dora) == "left_undecided"
    decide(call, [2, 3], RESERVE, by=dora)
    assert end_evaluation(first, by=dora) == 3
    assert refused(end_evaluation, first, by=dora) == "evaluation_ended"
    assert stage_of(call).cut_off.number == 2
    assert refused(end_evaluation, call.cut_offs.get(number=2), by=dora) == "not_over_yet"


def test_who_is_told_is_announced_once(call, three, dora, monkeypatch):
    heard = []
    monkeypatch.setitem(announce._reactions, ApplicationDecided, (heard.append,))
    decide(call, [1, 2], SELECT, by=dora)
    assert heard == []
    assert tell_everybody(call, by=dora) == 2
    assert tell_everybody(call, by=dora) == 0
    assert [(one.application.number, one.decision.outcome) for one in heard] == [
        (1, "selected"),
        (2, "selected"),
    ]


def test_officers_are_reminded_before_the_promised_day_and_once_it_has_passed(call, three):
    cut_off = call.cut_offs.get(number=1)
    due = timezone.now() + timedelta(days=14)
    assert remind_officers(due - timedelta(days=4)) == 0
    assert remind_officers(due - timedelta(days=2)) == 1
    assert remind_officers(due - timedelta(days=2)) == 0
    assert remind_officers(due + timedelta(days=1)) == 1
    assert remind_officers(due + timedelta(days=2)) == 0
    subjects = list(Letter.objects.filter(to="dora@example.org").values_list("subject", flat=True))
    assert sorted(one.split(" by ")[0] for one in subjects) == [
        "Answers are promised",
        "Answers were promised",
    ]
    cut_off.refresh_from_db()
    assert cut_off.decided_at is None


def test_officers_are_reminded_of_late_ones_that_wait(made_call, applicant):
    call = made_call(cut_offs=(-5,), late_until=days(30).date(), late_places=1)
    sent(call, applicant())
    assert remind_of_late_ones(days(3)) == 0
    assert remind_of_late_ones(days(5)) == 1
    assert remind_of_late_ones(days(6)) == 0
    assert Letter.objects.filter(subject__startswith="1 late application waits").count() == 1


def test_where_everything_is_answered_nobody_is_reminded(call, three, dora):
    decide(call, [1, 2, 3], RESERVE, by=dora)
    end_evaluation(call.cut_offs.get(number=1), by=dora)
    assert remind_officers(timezone.now() + timedelta(days=30)) == 0


def test_a_workshop_owes_a_summary_and_both_versions_are_kept(made_call, applicant, dora):
    call = made_call("shops", kind="workshop", themes=THEMES, summary_days=21)
    call.held_on = days(-30).date()
    call.save()
    application = sent(call, applicant())
    keeper = application.organisation.administrators.get().person
    assert refused(hand_in_summary, application, "We agreed", by=keeper) == "no_summary_owed"
    pass_by(call)
    tell(call, decide(call, [1], SELECT, by=dora), by=dora)
    assert remind_of_summaries() == 1
    assert remind_of_summaries() == 0
    assert refused(edit_summary, application, "Shorter", by=dora) == "no_summary_owed"
    hand_in_summary(application, "We agreed", by=keeper)
    hand_in_summary(application, "We agreed on two things", by=keeper)
    kept = edit_summary(application, "Agreed: two things", by=dora)
    assert (kept.text, kept.edited_text) == ("We agreed on two things", "Agreed: two things")
    assert refused(hand_in_summary, application, "No", by=keeper) == "summary_is_here"


def test_whoever_withdraws_before_being_told_leaves_the_place(call, three, dora):
    decide(call, [1, 2], SELECT, by=dora)
    withdraw_application(three[0], by=three[0].organisation.administrators.get().person)
    assert tell_everybody(call, by=dora) == 1
    assert stage_of(call).terms.places_left == 1


# Making and changing a call -----------------------------------------------------------------------


def typed(call, **change):
    return {**{k: ("" if v is None else v) for k, v in as_typed(call).items()}, **change}


def changed(call, dora, **change):
    form = CallForm(typed(call, **change), call=call)
    assert form.is_valid(), form.errors
    return change_call(call, form.called(), by=dora)


def test_a_form_that_changes_nothing_changes_nothing(call, dora):
    before = (call.eligibility, [one.at for one in call.cut_offs.all()], call.title)
    after = changed(call, dora)
    assert (after.eligibility, [one.at for one in after.cut_offs.all()], after.title) == before


def test_other_rules_get_another_version(call, dora):
    after = changed(call, dora, groups=["member"])
    assert (after.eligibility["version"], len(after.eligibility["rules"])) == ("2", 2)


def test_places_that_are_given_and_cut_offs_that_passed_stay(call, three, dora):
    decide(call, [1, 2], SELECT, by=dora)
    call.cut_offs.filter(number=1).update(at=timezone.now() - timedelta(days=2))
    call.refresh_from_db()
    form = CallForm(typed(call, places=1), call=call)
    assert form.is_valid(), form.errors
    assert refused(change_call, call, form.called(), by=dora) == "places_taken"
    form = CallForm(typed(call, cut_offs=days(30).date().isoformat()), call=call)
    assert form.is_valid(), form.errors
    assert refused(change_call, call, form.called(), by=dora) == "passed_stays"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("cut_offs", "10 January", "Line 1 cannot be read"),
        ("quotas", "many Poles", "Line 1 cannot be read"),
        ("criteria_lines", "Fit", "Line 1 cannot be read"),
        ("sectors", "C99", "no sector"),
        ("officers", "nobody@example.org", "Nobody has a log-in"),
        ("title_en", "", "required"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(call, field, value, says):
    form = CallForm(typed(call, **{field: value}), call=call)
    assert not form.is_valid()
    assert says in str(form.errors[field])


# Two officers at once -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_give_the_last_place_one_is_refused(made_call, applicant, dora):
    call = made_call(places=1)
    for _number in range(2):
        sent(call, applicant())
    pass_by(call)
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("one connection alone: the lock is tried on PostgreSQL and in the next test")
    ends, ready = [], threading.Barrier(2)

    def give(number):
        ready.wait()
        try:
            ends.append(len(decide(call, [number], SELECT, by=dora)))
        except Exception as no:  # noqa: BLE001  looked at below
            ends.append(getattr(no, "refusal", no))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=give, args=(number,)) for number in (1, 2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    assert sorted(getattr(end, "code", str(end)) for end in ends) == ["1", "over_places"]
    assert Decision.objects.count() == 1


def test_places_are_counted_behind_the_lock_and_not_by_what_a_page_showed(call, three, dora, ana):
    stale_page = preview(call, [3], "selected", by=ana, says="", because="")
    assert stale_page.refusal is None
    decide(call, [1, 2], SELECT, by=dora)
    assert refused(decide, call, [3], SELECT, by=ana) == "over_places"


def test_a_place_on_the_list_is_not_lost_before_it_is_told(call, three, dora):
    tell(call, decide(call, [1], RESERVE, by=dora), by=dora)
    made = decide(call, [1], SELECT, by=dora)
    assert reloaded(three[0]).reserve_place == 1
    assert told_state(reloaded(three[0])) == "reserve"
    tell(call, made, by=dora)
    assert reloaded(three[0]).reserve_place is None


def test_cut_offs_move_past_each_other_but_not_into_the_past(call, applicant, dora):
    sent(call, applicant())

    def moved(*moments) -> str:
        lines = "\n".join(days(number).date().isoformat() for number in moments)
        form = CallForm(typed(call, cut_offs=lines), call=call)
        assert form.is_valid(), form.errors
        return refused(change_call, call, form.called(), by=dora)

    changed(call, dora, cut_offs="\n".join(days(n).date().isoformat() for n in (20, 30)))
    assert [one.there.date() for one in call.cut_offs.all()] == [days(20).date(), days(30).date()]
    assert moved(-3, 30) == "moved_into_past"
    Application.objects.update(cut_off=call.cut_offs.get(number=2))
    assert moved(20) == "cut_off_in_use"
