"""Three values: Kleene's tables, rules from JSON, and what would change an answer."""

import json
from datetime import date
from itertools import product

import pytest

from hanse.engines.rules import (
    Answer,
    MisreadRules,
    Want,
    all_of,
    any_of,
    assess,
    opposite,
    read_rules,
)
from hanse.engines.rules.reading import read_test

M, U, X = Answer.UNMET, Answer.UNKNOWN, Answer.MET
ORDER = {M: 0, U: 1, X: 2}


@pytest.mark.parametrize("pair", list(product(Answer, repeat=2)))
def test_and_is_the_least_and_or_the_greatest(pair):
    """Kleene 1952, §64: with not met < not yet known < met."""
    assert ORDER[all_of(pair)] == min(ORDER[one] for one in pair)
    assert ORDER[any_of(pair)] == max(ORDER[one] for one in pair)


@pytest.mark.parametrize("answer", Answer)
def test_the_opposite_of_the_opposite_is_the_same(answer):
    assert opposite(opposite(answer)) is answer


CASES = [
    ({"at_least": ["n", 15]}, {"n": 15}, Answer.MET),
    ({"at_least": ["n", 15]}, {"n": 14}, Answer.UNMET),
    ({"at_least": ["n", 15]}, {"n": None}, Answer.UNKNOWN),
    ({"at_most": ["n", 3]}, {"n": 4}, Answer.UNMET),
    ({"equals": ["country", "JP"]}, {"country": "JP"}, Answer.MET),
    ({"one_of": ["country", ["DE", "FR"]]}, {"country": "JP"}, Answer.UNMET),
    ({"includes": ["languages", "en"]}, {"languages": ["pl", "en"]}, Answer.MET),
    ({"includes": ["languages", "en"]}, {"languages": []}, Answer.UNMET),
    ({"includes_any": ["languages", ["en", "fr"]]}, {"languages": ["fr"]}, Answer.MET),
    ({"count_at_least": ["kinds", 2]}, {"kinds": ["sme"]}, Answer.UNMET),
    ({"filled": "proof"}, {"proof": []}, Answer.UNMET),
    ({"filled": "proof"}, {}, Answer.UNKNOWN),
    ({"not": {"filled": "proof"}}, {}, Answer.UNKNOWN),
    ({"any": [{"filled": "a"}, {"at_least": ["b", 1]}]}, {"a": "", "b": 1}, Answer.MET),
    ({"any": [{"filled": "a"}, {"at_least": ["b", 1]}]}, {"a": "x"}, Answer.MET),
    ({"all": [{"filled": "a"}, {"at_least": ["b", 1]}]}, {"a": ""}, Answer.UNMET),
]


@pytest.mark.parametrize(("written", "facts", "answer"), CASES)
def test_a_test_answers(written, facts, answer):
    assert read_test(written, "here").found(facts).answer is answer


def test_twelve_members_lack_three():
    found = read_test({"at_least": ["members", 15]}, "members").found({"members": 12})
    assert found.wants == (Want("members", "at_least", 15, 3),)
    assert found.used == {"members": 12}


def test_an_alternative_that_is_open_says_what_would_do():
    test = read_test({"any": [{"count_at_least": ["kinds", 2]}, {"filled": "proof"}]}, "kinds")
    found = test.found({"kinds": ["sme"]})
    assert found.answer is Answer.UNKNOWN
    assert [want.fact for want in found.wants] == ["kinds", "proof"]


WRITTEN = {
    "name": "validation", "version": "1", "valid_from": "2018-01-01", "valid_until": "2018-12-31",
    "unless": {"filled": "waiver"},
    "rules": [
        {"code": "staff", "says": {"en": "Half a post"}, "test": {"at_least": ["staff_fte", 0.5]}},
        {"code": "members", "says": {"en": "Fifteen"}, "test": {"at_least": ["members", 15]}},
    ],
}  # fmt: skip


def test_a_set_is_assessed_rule_by_rule_and_as_a_whole():
    said = assess(read_rules(WRITTEN), {"staff_fte": 0.5})
    assert [outcome.answer for outcome in said.outcomes] == [Answer.MET, Answer.UNKNOWN]
    assert said.answer is Answer.UNKNOWN
    assert said.count(Answer.MET) == 1
    kept = said.as_record()
    assert kept["outcomes"][0] == {"rule": "staff", "answer": "met", "facts": {"staff_fte": 0.5}}
    assert json.loads(json.dumps(kept)) == kept


def test_a_waiver_lifts_the_set_and_leaves_each_rule_as_it_is():
    said = assess(read_rules(WRITTEN), {"staff_fte": 0.1, "waiver": "Programme of Silesia"})
    assert said.answer is Answer.MET
    assert said.outcomes[0].answer is Answer.UNMET


def test_a_set_holds_from_its_first_to_its_last_day():
    rules = read_rules(WRITTEN)
    days = [date(2017, 12, 31), date(2018, 1, 1), date(2018, 12, 31), date(2019, 1, 1)]
    assert [rules.holds_on(day) for day in days] == [False, True, True, False]
    assert rules.facts() == {"staff_fte", "members", "waiver"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rules": [{"code": "a", "says": {}, "test": {"more_than": ["x", 1]}}]}, "more_than"),
        ({"rules": [{"code": "a", "says": {}, "test": {"at_least": ["x"]}}]}, "a fact and a value"),
        ({"rules": [{"code": "a", "says": {}, "test": {"all": []}}]}, "a list of tests"),
        ({"rules": [{"code": "a", "says": {}, "test": ["all"]}]}, "one word"),
        ({"rules": [{"code": "a", "says": {}}]}, "lacks 'test'"),
        ({"rules": [*WRITTEN["rules"], WRITTEN["rules"][0]]}, "two rules are called staff"),
    ],
)
def test_what_cannot_be_read_is_named(change, says):
    with pytest.raises(MisreadRules, match=says):
        read_rules({**WRITTEN, **change})
