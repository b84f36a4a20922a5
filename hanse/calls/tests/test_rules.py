"""Cut-offs to the second, quotas, standing, decisions: plain values in, a reason out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hanse.calls.rules.applying import (
    SlotTerms,
    Standing,
    why_not_interested,
    why_not_proposed,
    why_not_returned,
    why_not_sent,
    why_not_withdrawn,
)
from hanse.calls.rules.cut_offs import (
    CallTerms,
    CutOffTerms,
    Window,
    end_of_day,
    has_passed,
    why_not_dated,
    why_not_redated,
    window,
)
from hanse.calls.rules.deciding import Case, why_not_all, why_not_decided, why_not_without_reason
from hanse.calls.rules.eligibility import assessed, facts_for_rules, put_together
from hanse.calls.rules.quotas import (
    Bar,
    Limit,
    Traits,
    bars,
    read_limits,
    spread,
    why_not_placed,
    written_limits,
)
from hanse.calls.tests.conftest import PROPOSAL
from hanse.engines.rules import Answer
from hanse.kit.refusals import Refusal, Refused

ZONE = "Europe/Brussels"
FIRST, SECOND = end_of_day(date(2018, 1, 10), ZONE), end_of_day(date(2018, 2, 1), ZONE)


def terms(*, evaluated: bool = False, left: int = 3, state: str = "published", **more):
    return CallTerms(
        state,
        datetime(2017, 12, 1, tzinfo=UTC),
        ZONE,
        [CutOffTerms(1, FIRST, 14, evaluated), CutOffTerms(2, SECOND, 7)],
        left,
        **more,
    )


def code(found) -> str:
    return found.code if isinstance(found, Refusal) else ""


# When ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2018, 1, 10), "2018-01-10T22:59:59+00:00"),
        (date(2018, 3, 24), "2018-03-24T22:59:59+00:00"),  # the last night of winter time
        (date(2018, 3, 25), "2018-03-25T21:59:59+00:00"),  # the clocks were put forward
        (date(2018, 10, 27), "2018-10-27T21:59:59+00:00"),
        (date(2018, 10, 28), "2018-10-28T22:59:59+00:00"),  # and back
    ],
)
def test_a_cut_off_is_the_last_second_of_its_day_in_brussels(day, says):
    assert end_of_day(day, ZONE).isoformat() == says


def test_all_of_the_last_second_counts_and_nothing_after_it():
    assert not has_passed(FIRST, FIRST)
    assert not has_passed(FIRST, FIRST + timedelta(microseconds=999_999))
    assert has_passed(FIRST, FIRST + timedelta(seconds=1))


def test_the_first_cut_off_is_open_from_the_opening_to_its_last_second():
    assert code(window(terms(), datetime(2017, 11, 30, tzinfo=UTC))) == "not_open_yet"
    assert window(terms(), FIRST) == Window(CutOffTerms(1, FIRST, 14))


def test_a_later_cut_off_opens_after_the_evaluation_and_only_if_places_remain():
    after = FIRST + timedelta(seconds=1)
    waits = window(terms(), after)
    assert code(waits) == "being_evaluated"
    assert waits.facts == {"number": 1, "day": date(2018, 1, 24)}
    assert window(terms(evaluated=True), after).cut_off.number == 2
    assert code(window(terms(evaluated=True, left=0), after)) == "no_places_left"


def test_late_ones_come_after_the_last_cut_off_while_there_are_places_for_them():
    after, late = SECOND + timedelta(seconds=1), end_of_day(date(2018, 2, 10), ZONE)
    assert code(window(terms(), after)) == "over"
    assert window(terms(late_until=late, late_places_left=1), after).is_late
    assert code(window(terms(late_until=late), after)) == "no_late_places_left"
    over = late + timedelta(seconds=1)
    assert code(window(terms(late_until=late, late_places_left=1), over)) == "over"


@pytest.mark.parametrize(("state", "says"), [("draft", "not_published"), ("closed", "call_closed")])
def test_a_call_that_is_not_published_takes_nothing(state, says):
    assert code(window(terms(state=state), FIRST)) == says


def test_dates_follow_each_other():
    opens = FIRST - timedelta(days=30)
    assert why_not_dated(opens, [FIRST, SECOND], None) is None
    assert code(why_not_dated(opens, [], None)) == "no_cut_off"
    assert code(why_not_dated(opens, [SECOND, FIRST], None)) == "cut_offs_in_order"
    assert code(why_not_dated(opens, [FIRST, FIRST], None)) == "cut_offs_in_order"
    assert code(why_not_dated(FIRST, [FIRST], None)) == "cut_offs_in_order"
    assert code(why_not_dated(opens, [FIRST], FIRST)) == "late_after_last"


def test_a_cut_off_that_has_passed_stays():
    now = FIRST + timedelta(days=1)
    later = SECOND + timedelta(days=5)
    assert why_not_redated([FIRST, SECOND], [FIRST, later], now) is None
    assert code(why_not_redated([FIRST, SECOND], [later], now)) == "passed_stays"


# Applying -----------------------------------------------------------------------------------------

OPEN, LATE = Window(CutOffTerms(2, SECOND, 7)), Window(None)
SHUT = Refusal("over", "over")


@pytest.mark.parametrize(
    ("standing", "open_now", "may_return", "says"),
    [
        (Standing("draft"), OPEN, False, ""),
        (Standing("draft"), LATE, False, ""),
        (Standing("draft"), SHUT, False, "over"),
        (Standing("submitted"), SHUT, False, ""),
        (Standing("submitted", own_cut_off_passed=True), OPEN, False, "in_evaluation"),
        (Standing("reserve"), OPEN, False, ""),
        (Standing("reserve"), LATE, False, "was_decided"),
        (Standing("reserve"), SHUT, False, "over"),
        (Standing("rejected"), OPEN, False, "rejected_stays"),
        (Standing("rejected"), OPEN, True, ""),
        (Standing("ineligible"), OPEN, True, ""),
        (Standing("selected"), OPEN, True, "has_a_place"),
        (Standing("withdrawn"), OPEN, True, "was_decided"),
        (Standing("returned"), OPEN, True, "was_decided"),
    ],
)
def test_who_may_send_again(standing, open_now, may_return, says):
    assert code(why_not_sent(standing, open_now, rejected_may_return=may_return)) == says


def test_a_place_is_given_back_and_everything_else_withdrawn():
    assert why_not_returned("selected") is None
    assert code(why_not_returned("reserve")) == "no_place_to_return"
    assert code(why_not_withdrawn("selected")) == "has_a_place"
    assert why_not_withdrawn("submitted") is None
    assert code(why_not_withdrawn("withdrawn")) == "nothing_to_withdraw"


def test_every_question_of_interest_is_answered():
    whole = {"why": "a", "offers": "b", "seeks": "c"}
    assert why_not_interested(whole) is None
    lacking = why_not_interested({**whole, "offers": "  "})
    assert lacking.facts["field"] == "offers"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, ""),
        ({"theme": "moon"}, "unknown_theme"),
        ({"abstract": ""}, "nothing_written"),
        ({"speakers": []}, "nothing_written"),
        ({"speakers": [f"S{n}" for n in range(11)]}, "too_many_speakers"),
        ({"reimbursed": 3}, "too_many_reimbursed"),
        ({"speakers": ["one"], "reimbursed": 2}, "more_reimbursed_than_speakers"),
        ({"expected": 101}, "room_too_small"),
        ({"expected": 100}, ""),
    ],
)
def test_a_workshop_fits_its_slot(change, says):
    slot = SlotTerms(["people", "territory"], 100, 2)
    assert code(why_not_proposed({**PROPOSAL, **change}, slot)) == says


# Eligibility --------------------------------------------------------------------------------------


def answer(rules, **facts):
    given = {"kind": "cluster", "country": "PL", "state": "published", "waiver": None}
    values = facts.pop("values", {})
    return assessed(rules, facts_for_rules(values, **{**given, **facts})).answer


def test_the_rules_of_a_call_are_put_together_from_choices():
    rules = put_together(
        "1", "2018-01-01", kinds=["cluster"], groups=["member"], profile="requested"
    )
    assert answer(rules) is Answer.MET
    assert answer(rules, state="submitted") is Answer.MET
    assert answer(rules, state="draft") is Answer.UNMET
    assert answer(rules, country="JP") is Answer.UNMET
    assert answer(rules, kind="sme") is Answer.UNMET


def test_what_nobody_said_is_not_yet_known_and_never_no():
    rules = put_together("1", "2018-01-01", sectors=["C27"], criteria=["staff"])
    assert answer(rules) is Answer.UNKNOWN
    assert answer(rules, values={"sector": ["C27"], "staff_fte": [2.0]}) is Answer.MET
    assert answer(rules, values={"sector": ["C28"]}) is Answer.UNMET
    assert answer(rules, values={"sector": ["C27"]}, waiver="Region") is Answer.MET


def test_a_call_that_asks_for_nothing_has_no_rules():
    assert assessed(put_together("1", "2018-01-01"), {}) is None


# Quotas -------------------------------------------------------------------------------------------

traits = some.builds(
    Traits,
    kind=some.sampled_from(["cluster", "sme"]),
    country=some.sampled_from(["PL", "DE", "IT"]),
    sectors=some.frozensets(some.sampled_from(["C27", "E38", "C10"])),
    is_newcomer=some.booleans(),
)
limits = some.builds(
    Limit,
    by=some.just("country"),
    value=some.sampled_from(["PL", "DE", "*"]),
    bound=some.sampled_from(["most", "least"]),
    number=some.integers(0, 5),
)


@given(some.lists(traits, max_size=8), some.lists(traits, max_size=8), limits)
def test_selecting_more_never_lowers_a_bar(selected, added, limit):
    for bar in bars([limit], selected, [*selected, *added]):
        assert 0 <= bar.before <= bar.after <= len(selected) + len(added)
        assert not bar.breaks or bar.limit.bound == "most"


@given(some.lists(traits, max_size=8), some.integers(0, 4))
def test_a_quota_for_each_country_is_broken_where_one_country_is_over(selected, most):
    found = bars([Limit("country", "*", "most", most)], [], selected)
    countries = [one.country for one in selected]
    over = {c for c in countries if countries.count(c) > most}
    assert {bar.limit.value for bar in found if bar.is_over} == over


@given(some.integers(0, 20), some.integers(0, 20))
def test_places_are_kept(places, after):
    assert (why_not_placed(places, after) is None) == (after <= places)


def test_a_limit_of_its_own_stands_before_that_for_each():
    own, each = Limit("country", "PL", "most", 5), Limit("country", "*", "most", 1)
    pole, german_one = Traits(country="PL"), Traits(country="DE")
    assert spread([own, each], [pole, german_one]) == [own, Limit("country", "DE", "most", 1)]


def test_one_organisation_counts_in_each_of_its_sectors_and_newcomers_apart():
    one = Traits("cluster", "PL", frozenset({"C27", "E38"}), is_newcomer=True)
    assert one.values("sector") == {"C27", "E38"}
    counted = bars([Limit("newcomer", "", "least", 2)], [], [one, Traits()])
    assert (counted[0].after, counted[0].is_short) == (1, True)


def test_quotas_are_read_as_they_are_written():
    typed = "country PL most 4\n\ncountry * most 6\nnewcomer least 10"
    read = read_limits(typed)
    assert written_limits(read) == typed.replace("\n\n", "\n")
    for wrong in (
        "country most 4",
        "newcomer x least 1",
        "planet Mars most 2",
        "country PL most x",
    ):
        with pytest.raises(Refused) as no:
            read_limits(f"newcomer least 1\n{wrong}")
        assert no.value.refusal.code == "bad_line"
    with pytest.raises(Refused, match="second time"):
        read_limits("country PL most 4\ncountry PL most 5")


# Deciding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "outcome", "says"),
    [
        (Case("A", "submitted"), "selected", ""),
        (Case("A", "submitted", cut_off_passed=False), "selected", "still_open"),
        (Case("A", "selected"), "rejected", ""),
        (Case("A", "selected", was_told=True), "rejected", "told_already"),
        (Case("A", "reserve", was_told=True), "selected", ""),
        (Case("A", "rejected", was_told=True), "selected", "told_already"),
        (Case("A", "withdrawn"), "selected", "cannot_become"),
        (Case("A", "draft"), "selected", "cannot_become"),
        (Case("A", "submitted", is_own=True), "selected", "own_application"),
        (Case("A", "submitted", is_late=True), "reserve", "late_has_no_reserve"),
    ],
)
def test_what_may_be_decided(case, outcome, says):
    assert code(why_not_decided(case, outcome)) == says


def test_places_and_lateness_are_looked_at_for_all_at_once():
    two = [Case("A", "submitted"), Case("B", "submitted")]

    def why(cases, outcome="selected", **more):
        return code(why_not_all(cases, outcome, **{"places": 2, "taken_by_others": 0, **more}))

    assert why(two) == ""
    assert why(two, taken_by_others=1) == "over_places"
    assert why([]) == "nobody_chosen"
    assert why([*two, Case("C", "submitted", is_late=True)]) == "late_and_on_time"
    assert why([Case("C", "submitted", is_late=True, answer="unknown")]) == "late_not_eligible"
    assert why(two, "rejected") == "reason_needed"
    assert why(two, "rejected", says="Too far") == ""
    assert why(two, "reserve", taken_by_others=2) == ""


def test_a_reason_lifts_a_quota_and_a_rule_but_nothing_else():
    broken = [Bar(Limit("country", "PL", "most", 1), 1, 2)]
    doubtful = [Case("A", "submitted", answer="unknown")]
    fine = [Case("B", "submitted")]
    assert code(why_not_without_reason(fine, "selected", broken, ["Poland"], "")) == "over_quota"
    assert why_not_without_reason(fine, "selected", broken, ["Poland"], "They host") is None
    assert code(why_not_without_reason(doubtful, "selected", [], [], " ")) == "not_eligible"
    assert why_not_without_reason(doubtful, "reserve", [], [], "") is None
    missed = [Bar(Limit("newcomer", "", "least", 5), 0, 1)]
    assert why_not_without_reason(fine, "selected", missed, ["Newcomers"], "") is None
