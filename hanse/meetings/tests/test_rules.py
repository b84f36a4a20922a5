"""Rules of wishes, weights and slots, without a database."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from hanse.kit.numbers import day
from hanse.meetings.rules.slots import MOST_SLOTS, slots_made, why_no_slots
from hanse.meetings.rules.weights import weight_of
from hanse.meetings.rules.wishing import Counted, Limits, standing_of, why_no_wish
from hanse.meetings.words import Standing, Strength

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


def why(strength, limits=None, counted=None, *, answers=False):
    refused = why_no_wish(
        strength, limits or Limits(), counted or Counted(), NOW, str, answers=answers
    )
    return refused.code if refused else ""


def test_what_both_must_have_weighs_more_than_anything_else():
    order = [("must", "must"), ("must", "like"), ("like", "like"), ("like", "accept")]
    weights = [weight_of(*pair) for pair in order]
    assert weights == sorted(set(weights), reverse=True)
    for one, other in product(["", *Strength.values], repeat=2):
        assert weight_of(one, other) == weight_of(other, one)
        assert (weight_of(one, other) > 0) == ("no" not in (one, other) and "" not in (one, other))


@pytest.mark.parametrize(
    ("strength", "limits", "answers", "code"),
    [
        ("like", Limits(), False, ""),
        ("accept", Limits(), False, "no_such_strength"),
        ("accept", Limits(), True, ""),
        ("love", Limits(), True, "no_such_strength"),
        ("like", Limits(opens=LATER), False, "wishes_later"),
        ("like", Limits(wishes_until=EARLIER, answers_until=LATER), False, "wishes_ended"),
        ("accept", Limits(wishes_until=EARLIER, answers_until=LATER), True, ""),
        ("no", Limits(wishes_until=EARLIER, answers_until=LATER), False, ""),
        ("accept", Limits(wishes_until=EARLIER, answers_until=EARLIER), True, "answers_ended"),
        ("like", Limits(wishes_until=EARLIER), False, "answers_ended"),
    ],
)
def test_when_something_can_be_said(strength, limits, answers, code):
    assert why(strength, limits, answers=answers) == code


def test_numbers_bind_wishes_and_not_answers():
    limits = Limits(most_wishes=3, most_musts=1)
    full = Counted(wishes=3, musts=1)
    assert why("like", limits, full) == "too_many_wishes"
    assert why("must", limits, Counted(wishes=2, musts=1)) == "too_many_musts"
    assert why("like", limits, Counted(wishes=2, musts=1)) == ""
    assert why("no", limits, full) == ""
    assert why("accept", limits, full, answers=True) == ""


def test_a_no_of_before_looks_like_silence_until_answers_end():
    said_before = ("no", EARLIER)
    for answer, at in (said_before, ("", None)):
        assert standing_of(NOW, answer, at, NOW, LATER) == Standing.WAITS
        assert standing_of(NOW, answer, at, LATER + timedelta(1), LATER) == Standing.NO_MEETING
    assert standing_of(EARLIER, "no", NOW, NOW, LATER) == Standing.NO_MEETING
    assert standing_of(EARLIER, "accept", NOW, NOW, None) == Standing.BOTH


def test_slots_fit_or_are_refused():
    starts, ends = NOW, NOW + timedelta(minutes=60)
    made = slots_made(starts, ends, 25, 0)
    assert len(made) == 2
    assert why_no_slots(made, [], starts, ends, UTC) is None
    assert why_no_slots([], [], starts, ends, UTC).code == "no_slots"
    overlaps = why_no_slots(made, made, starts, ends, UTC)
    assert overlaps.code == "slots_overlap"
    assert overlaps.facts["slot"] == f"{day(starts)}, {starts:%H:%M}"
    after = [(made[-1][1], made[-1][1] + timedelta(minutes=25))]
    assert why_no_slots(made, after, starts, ends, UTC) is None
    many = slots_made(starts, starts + timedelta(days=30), 1, 0)
    assert len(many) == MOST_SLOTS + 1
    assert why_no_slots(many, [], starts, ends, UTC).code == "too_many_slots"


def test_slots_pass_evenly_through_the_night_of_the_clocks():
    zone = ZoneInfo("Europe/Brussels")
    spring = [datetime(2027, 3, 28, hour, tzinfo=zone).astimezone(UTC) for hour in (1, 4)]
    made = slots_made(*spring, 30, 0)
    assert len(made) == 4  # the hour from 2 to 3 is not there
    assert [one.astimezone(zone).hour for one, _end in made] == [1, 1, 3, 3]
    autumn = [datetime(2027, 10, 31, hour, tzinfo=zone).astimezone(UTC) for hour in (1, 4)]
    assert len(slots_made(*autumn, 30, 0)) == 8
    said = why_no_slots(made, [made[3]], *spring, zone)
    assert "03:30" in str(said)
