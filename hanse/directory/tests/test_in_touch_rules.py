"""The rules of getting in touch, one refusal at a time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from hanse.directory.rules.messages import (
    Sides,
    why_no_new_thread,
    why_not_sent,
    why_not_writable,
)
from hanse.directory.rules.notices import moment, why_no_budget, why_no_span
from hanse.directory.rules.requests import (
    Marks,
    concern,
    next_end,
    usual_days,
    why_not_asked,
    why_not_standing,
)
from hanse.directory.words import REFUSALS_IN_TOUCH
from hanse.kit.refusals import Refused

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
TODAY, DAY = NOW.date(), timedelta(days=1)


def code(reason):
    if reason is not None:
        assert str(reason)
        assert reason.code in REFUSALS_IN_TOUCH
    return reason and reason.code


def sides(**facts):
    known = {"is_same": False, "is_read": True, "they_block": False, "we_block": False}
    return Sides("Uno", **{**known, **facts})


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"is_same": True}, "same_side"),
        ({"is_read": False}, "nobody_reads"),
        ({"we_block": True}, "you_block"),
        ({"they_block": True}, "cannot_be_sent"),
        # Whoever is blocked learns no more than that, whatever else is so.
        ({"is_read": False, "they_block": True}, "nobody_reads"),
        ({"we_block": True, "they_block": True}, "you_block"),
    ],
)
def test_who_may_write_to_whom(facts, expected):
    assert code(why_not_writable(sides(**facts))) == expected


def test_nineteen_are_fine_and_twenty_are_too_many():
    assert why_no_new_thread("Uno", 19) is None
    assert code(why_no_new_thread("Uno", 20)) == "too_many_threads"


def test_what_is_not_sent():
    assert why_not_sent("Good morning.", 5) is None
    assert code(why_not_sent(" \n\t ", 0)) == "nothing_written"
    assert code(why_not_sent("Good morning.", 6)) == "too_many_files"


@pytest.mark.parametrize(
    ("by_day", "days", "expected"),
    [
        (None, 90, None),
        (TODAY, 7, None),
        (TODAY - DAY, 90, "not_asked_yet"),
        (None, 6, "no_expiry"),
        (None, 366, "no_expiry"),
    ],
)
def test_when_one_may_ask(by_day, days, expected):
    assert code(why_not_asked(by_day, days, TODAY)) == expected


def test_what_no_longer_stands():
    assert why_not_standing(NOW + DAY, None, NOW) is None
    assert code(why_not_standing(NOW, None, NOW)) == "request_over"
    assert code(why_not_standing(NOW + DAY, NOW - DAY, NOW)) == "request_closed"


def test_renewal_never_shortens():
    assert next_end(NOW + 200 * DAY, NOW) == NOW + 200 * DAY
    assert next_end(NOW - 5 * DAY, NOW) == NOW + 90 * DAY


def test_a_request_concerns_by_competence_or_sector_where_it_looks():
    own = Marks(frozenset({"valves"}), frozenset({"C28"}), frozenset({"PL"}))
    assert concern(Marks(frozenset({"valves"})), own).competences == {"valves"}
    assert concern(Marks(sectors=frozenset({"C28"})), own).sectors == {"C28"}
    assert not concern(Marks(countries=frozenset({"PL"})), own)
    assert not concern(Marks(frozenset({"wine"})), own)
    assert not concern(Marks(frozenset({"valves"}), countries=frozenset({"IT"})), own)
    assert not concern(Marks(), Marks())


def test_the_usual_number_of_days_is_the_median():
    assert usual_days([]) is None
    assert usual_days([DAY, 2 * DAY, 40 * DAY]) == 2


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (NOW, NOW + DAY, None),
        (NOW + DAY, NOW + DAY, None),
        (NOW - DAY, NOW + DAY, None),
        (NOW + DAY, NOW, "ends_before_start"),
        (NOW - 2 * DAY, NOW - DAY, "is_over"),
        (NOW, NOW + 4000 * DAY, "too_far"),
    ],
)
def test_spans(starts, ends, expected):
    assert code(why_no_span(starts, ends, NOW)) == expected


@pytest.mark.parametrize(
    ("budget", "currency", "expected"),
    [
        (None, "", None),
        (Decimal(0), "EUR", None),
        (Decimal("0.01"), "PLN", None),
        (Decimal("-0.01"), "EUR", "negative_budget"),
        (Decimal(5), "", "budget_without_currency"),
    ],
)
def test_budgets(budget, currency, expected):
    assert code(why_no_budget(budget, currency)) == expected


@pytest.mark.parametrize(
    ("clock", "zone", "expected"),
    [
        (datetime(2027, 7, 1, 9), "Europe/Lisbon", datetime(2027, 7, 1, 8, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2027, 1, 1, 9), "Asia/Tokyo", datetime(2027, 1, 1, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2027, 1, 1, 9), "UTC", datetime(2027, 1, 1, 9, tzinfo=UTC)),  # noqa: DTZ001
    ],
)
def test_moments(clock, zone, expected):
    assert moment(clock, zone) == expected


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "/etc/passwd", "Europe"])
def test_no_zone(zone):
    with pytest.raises(Refused) as no:
        moment(datetime(2027, 1, 1), zone)  # noqa: DTZ001
    assert no.value.refusal.code == "no_zone"


def test_an_hour_that_does_not_exist():
    with pytest.raises(Refused) as no:
        moment(datetime(2027, 3, 28, 2, 30), "Europe/Warsaw")  # noqa: DTZ001
    assert no.value.refusal.code == "no_such_time"
    assert "28 Mar 2027, 02:30" in str(no.value)


@pytest.mark.parametrize("year", [1, 1989, 2101, 9999])
def test_a_year_far_away(year):
    with pytest.raises(Refused) as no:
        moment(datetime(year, 1, 1), "Europe/Warsaw")  # noqa: DTZ001
    assert no.value.refusal.code == "no_such_year"
    assert "between 1990 and 2100" in str(no.value)


@pytest.mark.parametrize("year", [1990, 2100])
def test_the_first_and_the_last_year(year):
    assert moment(datetime(year, 6, 1), "UTC").year == year  # noqa: DTZ001


def test_every_day_of_a_year_has_its_noon():
    for number in range(365):
        day = date(2027, 1, 1) + number * DAY
        moment(datetime(day.year, day.month, day.day, 12), "Europe/Warsaw")  # noqa: DTZ001
