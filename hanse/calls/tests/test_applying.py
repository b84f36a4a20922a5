"""Applications as their own side makes them: draft, sent, sent again, withdrawn, given back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.calls.access import applications_visible_to
from hanse.calls.actions.applying import (
    begin_application,
    give_back_place,
    keep_draft,
    send_application,
    withdraw_application,
)
from hanse.calls.actions.deciding import Deciding, decide, end_evaluation, tell
from hanse.calls.models import Application
from hanse.calls.queries.stages import stage_of
from hanse.calls.queries.status import status_of, told_state
from hanse.calls.rules.eligibility import put_together
from hanse.calls.tests.conftest import ANSWERS, PROPOSAL, THEMES, days, pass_by, sent
from hanse.calls.words import ApplicationState, Outcome
from hanse.commons.audit.models import AuditEntry
from hanse.commons.post.models import Letter
from hanse.directory.actions.duplicates import merge, undo_merge
from hanse.directory.words import State
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def refused(work, *args, **kwargs) -> str:
    with pytest.raises(Refused) as no:
        work(*args, **kwargs)
    return no.value.refusal.code


def letters_to(one) -> list[str]:
    return list(Letter.objects.filter(to=one.keeper.email).values_list("subject", flat=True))


def test_a_draft_is_nobodys_business_until_it_is_sent(call, applicant):
    one = applicant()
    draft = begin_application(call, one, {}, by=one.keeper)
    keep_draft(draft, {"why": "Because"}, by=one.keeper)
    assert stage_of(call).applications == 0
    assert refused(send_application, draft, {"why": "Because"}, by=one.keeper) == "nothing_written"
    whole = send_application(draft, ANSWERS, by=one.keeper)
    assert (whole.state, whole.revision, whole.cut_off.number) == ("submitted", 1, 1)
    assert letters_to(one) == [f"The application of {one.name} is in: Cluster week"]
    assert refused(keep_draft, whole, {}, by=one.keeper) == "was_decided"


def test_the_rules_are_asked_when_it_is_sent_and_their_answer_is_kept(made_call, applicant):
    rules = put_together("7", "2018-01-01", kinds=["cluster"], sectors=["C27"])
    application = sent(made_call(eligibility=rules), applicant(country="PL"))
    assert application.answer == "unknown"
    assert application.assessment["version"] == "7"
    assert {one["rule"]: one["answer"] for one in application.assessment["outcomes"]} == {
        "kind": "met",
        "sector": "unknown",
    }
    assert application.state == ApplicationState.SUBMITTED
    assert application.traits == {
        "kind": "cluster",
        "country": "PL",
        "sectors": [],
        "newcomer": True,
    }


def test_until_its_cut_off_an_application_is_changed_and_every_version_kept(call, applicant):
    one = applicant()
    first = sent(call, one)
    again = send_application(first, {**ANSWERS, "why": "Better"}, by=one.keeper)
    assert (again.revision, again.answers["why"]) == (2, "Better")
    assert [v.answers["why"] for v in again.versions.all()] == ["Better", "To meet recyclers"]
    pass_by(call)
    assert refused(send_application, again, ANSWERS, by=one.keeper) == "in_evaluation"


def test_a_double_click_sends_once(call, applicant):
    one = applicant()
    application = sent(call, one)
    send_application(application, ANSWERS, by=one.keeper)
    assert application.versions.count() == 1
    assert len(letters_to(one)) == 1


def test_of_one_organisation_one_application_lives(call, applicant):
    one = applicant()
    application = sent(call, one)
    assert refused(begin_application, call, one, ANSWERS, by=one.keeper) == "already_applied"
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(call=call, organisation=one, number=99)
    withdraw_application(application, by=one.keeper)
    assert sent(call, one).number == 2


def test_the_cut_off_holds_to_the_second(call, applicant):
    one, other = applicant(), applicant()
    last = call.cut_offs.order_by("number").last()
    at = last.at + timedelta(microseconds=999_999)
    begun = begin_application(call, one, ANSWERS, by=one.keeper, now=at)
    assert send_application(begun, ANSWERS, by=one.keeper, now=at).cut_off == last
    late = last.at + timedelta(seconds=1)
    assert refused(begin_application, call, other, ANSWERS, by=other.keeper, now=late) == "over"
    assert refused(send_application, begun, ANSWERS, by=one.keeper, now=late) == "in_evaluation"


def test_nobody_applies_for_others(call, applicant, ana):
    one = applicant()
    assert refused(begin_application, call, one, ANSWERS, by=ana) == "not_yours"
    application = sent(call, one)
    assert refused(send_application, application, {**ANSWERS, "why": "x"}, by=ana) == "not_yours"


def test_whoever_only_asked_for_a_profile_may_apply_and_the_rule_says_so(made_call, applicant):
    call = made_call(eligibility=put_together("1", "2018-01-01", profile="published"))
    asked = applicant(state=State.SUBMITTED)
    assert sent(call, asked).answer == "unmet"
    lenient = made_call("b", eligibility=put_together("1", "2018-01-01", profile="requested"))
    assert sent(lenient, asked).answer == "met"


def test_from_the_reserve_list_it_is_sent_again_for_the_next_cut_off(call, applicant, dora):
    one = applicant()
    application = sent(call, one)
    first = pass_by(call)
    tell(call, decide(call, [1], Deciding(Outcome.RESERVE), by=dora), by=dora)
    assert status_of(reloaded(application)).reserve_place == 1
    assert refused(send_application, application, ANSWERS, by=one.keeper) == "being_evaluated"
    end_evaluation(first, by=dora)
    again = send_application(application, {**ANSWERS, "why": "More"}, by=one.keeper)
    assert (again.state, again.cut_off.number, again.reserve_place) == ("submitted", 2, None)
    assert told_state(reloaded(application)) == ApplicationState.SUBMITTED


@pytest.mark.parametrize("may_return", [True, False])
def test_rejected_ones_return_only_where_the_call_says_so(made_call, applicant, dora, may_return):
    call, one = made_call(rejected_may_return=may_return), applicant()
    application = sent(call, one)
    first = pass_by(call)
    decide(call, [1], Deciding(Outcome.REJECTED, "Too far from the theme"), by=dora)
    end_evaluation(first, by=dora)
    if may_return:
        again = send_application(application, {**ANSWERS, "why": "Closer"}, by=one.keeper)
        assert again.revision == 2
    else:
        assert refused(send_application, application, ANSWERS, by=one.keeper) == "rejected_stays"


def test_the_next_cut_off_stays_shut_where_no_place_remains(made_call, applicant, dora):
    call = made_call(places=1)
    sent(call, applicant())
    first = pass_by(call)
    decide(call, [1], Deciding(Outcome.SELECTED), by=dora)
    end_evaluation(first, by=dora)
    late = applicant()
    assert refused(begin_application, call, late, ANSWERS, by=late.keeper) == "no_places_left"


def test_late_ones_are_marked_and_come_at_their_own_cost(made_call, applicant):
    call = made_call(
        cut_offs=(-10, -5), late_until=days(5).date(), late_places=3, rejected_may_return=True
    )
    one = applicant()
    application = sent(call, one)
    assert (application.is_late, application.cut_off) == (True, None)
    assert "own cost" in Letter.objects.get(to=one.keeper.email).text


def test_a_place_is_given_back_and_the_officers_hear_of_it(call, applicant, dora):
    one = applicant()
    application = sent(call, one)
    pass_by(call)
    assert refused(give_back_place, application, by=one.keeper) == "no_place_to_return"
    tell(call, decide(call, [1], Deciding(Outcome.SELECTED), by=dora), by=dora)
    assert refused(withdraw_application, application, by=one.keeper) == "has_a_place"
    give_back_place(application, by=one.keeper)
    assert stage_of(call).terms.places_left == 2
    assert Letter.objects.filter(to=dora.email, subject__contains="gives its place back").exists()
    assert refused(give_back_place, application, by=one.keeper) == "no_place_to_return"


def test_a_workshop_is_proposed_within_the_slot_of_the_call(made_call, applicant):
    call = made_call("shops", kind="workshop", themes=THEMES, places=15)
    one = applicant()
    draft = begin_application(call, one, PROPOSAL, by=one.keeper)
    big = {**PROPOSAL, "expected": 101}
    assert refused(send_application, draft, big, by=one.keeper) == "room_too_small"
    application = send_application(draft, PROPOSAL, by=one.keeper)
    said = dict(status_of(application).answers)
    assert said["Theme"] == "People"
    assert said["Speakers"] == "Ada, Lyon\nBo, Lund\nCy, Graz"


def test_the_trail_says_what_was_done_and_nothing_personal(call, applicant):
    one = applicant()
    application = sent(call, one, why="Call me at 0123")
    withdraw_application(application, by=one.keeper)
    lines = AuditEntry.objects.filter(object_type="calls.application").order_by("pk")
    assert [line.action for line in lines] == [
        "begin_application",
        "send_application",
        "withdraw_application",
    ]
    assert not any("0123" in str(line.after) or "Keeper" in str(line.after) for line in lines)


def test_who_came_before_is_no_newcomer(made_call, applicant, dora):
    earlier, one = made_call("earlier", cut_offs=(-3,), opens=-90), applicant()
    begun = begin_application(earlier, one, ANSWERS, by=one.keeper, now=days(-10))
    send_application(begun, ANSWERS, by=one.keeper, now=days(-10))
    assert sent(made_call("second"), one).traits["newcomer"] is True
    tell(earlier, decide(earlier, [1], Deciding(Outcome.SELECTED), by=dora), by=dora)
    assert sent(made_call("third"), one).traits["newcomer"] is False


def test_a_call_may_be_at_its_opening_only_when_it_is_published(made_call, applicant):
    one = applicant()
    call = made_call(opens=3, cut_offs=(10,))
    assert refused(begin_application, call, one, ANSWERS, by=one.keeper) == "not_open_yet"
    assert begin_application(
        call, one, ANSWERS, by=one.keeper, now=timezone.now() + timedelta(days=4)
    )


def reloaded(application) -> Application:
    return Application.objects.get(pk=application.pk)


# When profiles are merged -------------------------------------------------------------------------


def test_an_application_goes_along_when_its_profile_is_merged_and_back(call, applicant):
    kept, gone = applicant("Kept"), applicant("Gone")
    application = sent(call, gone)
    merged = merge(kept, gone, by=None)
    assert reloaded(application).organisation == kept
    assert application in applications_visible_to(kept.keeper)
    undo_merge(merged, by=None)
    assert reloaded(application).organisation == gone
    assert application not in applications_visible_to(kept.keeper)


def test_where_both_apply_each_application_stays_and_is_read(call, applicant):
    kept, gone = applicant("Kept"), applicant("Gone")
    first, second = sent(call, kept), sent(call, gone)
    merge(kept, gone, by=None)
    assert reloaded(second).organisation == gone
    assert {first, second} == set(applications_visible_to(kept.keeper))
