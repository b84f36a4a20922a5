"""The criteria over the values of a profile; what a sample call says country by country."""

import pytest

from hanse.directory.rules.validation import assess_profile, sample_call
from hanse.engines.rules import Answer

COMPLETE = {
    "staff_fte": [0.5],
    "website": ["https://a.example"],
    "website_language": ["pl", "en"],
    "activity_proof": ["https://a.example/news"],
    "members_sme": [13],
    "members_research": [2],
}


def answers(values, **more):
    return {one.rule.code: one.answer.value for one in assess_profile(values, **more).outcomes}


def test_a_whole_profile_meets_the_five_criteria():
    assert set(answers(COMPLETE).values()) == {"met"}


def test_the_journey_of_twelve_members():
    """J1: twelve members are three too few; the language of the website nobody has said."""
    values = {**COMPLETE, "members_total": [12], "members_sme": [10]}
    del values["website_language"]
    said = assess_profile(values)
    assert answers(values) == {
        "staff": "met",
        "english_website": "unknown",
        "activity": "met",
        "members": "unmet",
        "member_kinds": "met",
    }
    (want,) = said.outcomes[3].finding.wants
    assert (want.value, want.missing) == (15, 3)


@pytest.mark.parametrize(
    ("values", "members", "kinds"),
    [
        ({}, "unknown", "unknown"),
        ({"members_sme": [14]}, "unknown", "unknown"),
        ({"members_sme": [15]}, "met", "unknown"),
        ({"members_total": [20]}, "met", "unknown"),
        ({"members_total": [20], "members_sme": [20]}, "met", "unknown"),
        ({"members_total": [20], "members_sme": [20], "public_cooperation": ["x"]}, "met", "met"),
        ({"members_sme": [1], "members_large": [0], "members_research": [0], "members_public": [0],
          "members_other": [0]}, "unmet", "unknown"),
    ],
)  # fmt: skip
def test_what_nobody_said_is_never_a_no(values, members, kinds):
    said = answers(values)
    assert (said["members"], said["member_kinds"]) == (members, kinds)


def test_a_waiver_lifts_the_criteria():
    said = assess_profile({"members_total": [3]}, waiver="Programme of Silesia")
    assert said.answer is Answer.MET


MAY = [
    ("DE", "met", "met", "met"),
    ("NO", "met", "met", "met"),
    ("JP", "met", "unmet", "unmet"),
    ("VN", "met", "unmet", "met"),
    ("", "unknown", "unknown", "unknown"),
]


@pytest.mark.parametrize(("country", "join", "lead", "be_paid"), MAY)
def test_what_a_country_may_do_in_the_sample_call(country, join, lead, be_paid):
    said = sample_call().assess(country)
    assert {what: one.answer.value for what, one in said.items()} == {
        "join": join,
        "lead": lead,
        "be_paid": be_paid,
    }
