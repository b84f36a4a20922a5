from dataclasses import replace

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from hanse.engines.meetings.checking import check
from hanse.engines.meetings.clash import counting_clash
from hanse.engines.meetings.explain import clash_of_musts, searched_clash
from hanse.engines.meetings.market import Market, Meeting, Participant, Slot, Table
from hanse.engines.meetings.measures import must as must_be_held
from hanse.engines.meetings.oracle import Budget
from hanse.engines.meetings.plan import plan
from hanse.engines.meetings.proof import prove
from hanse.engines.meetings.tests.mandatory import is_fair, mandatory_events, only, plans_of
from hanse.engines.meetings.timetable import Clash, Status

EARLY = {"within": frozenset({0, 1})}
MANY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def can_be_held(market, meetings):
    return any(True for _ in plans_of(only(market, meetings)))


@MANY
@given(mandatory_events())
def test_meetings_that_counting_names_cannot_be_held(market):
    clash = counting_clash(market)
    event(clash.kind if clash else "none")
    if clash:
        assert clash.smallest
        assert clash.meetings
        assert not can_be_held(market, clash.meetings)


@MANY
@given(mandatory_events(most_people=5, most_slots=4, most_meetings=6))
def test_meetings_that_a_search_names_cannot_be_held_and_any_fewer_can(market):
    if can_be_held(market, range(len(market.meetings))):
        event("all can be held")
        return
    clash = searched_clash(market, Budget())
    event(f"{len(clash.meetings)} of {len(market.meetings)}")
    assert clash.smallest
    assert not can_be_held(market, clash.meetings)
    for left in clash.meetings:
        assert can_be_held(market, [one for one in clash.meetings if one != left])
    people = {side[0] for one in clash.meetings for side in market.meetings[one].sides}
    assert clash.participants == tuple(sorted(people))


@MANY
@given(mandatory_events(most_people=5, most_slots=5, most_meetings=5))
def test_what_is_infeasible_has_a_clash(market):
    found = prove(market)
    plans = list(plans_of(market))
    assert (found.clash is not None) == (found.status == Status.INFEASIBLE)
    assert (found.status == Status.INFEASIBLE) == (not any(is_fair(market, one) for one in plans))
    if found.clash is not None:
        assert bool(found.clash.meetings) == (not plans)
        assert found.clash.meetings or found.clash.participants or len(market.participants) > 1


@MANY
@given(mandatory_events(most_people=5, most_slots=4, most_meetings=6), st.data())
def test_musts_that_cannot_be_held_are_named_among_wishes(market, data):
    """A wish may be left out, and what is before it need not be held then."""
    flags = data.draw(st.lists(st.booleans(), min_size=6, max_size=6))
    mixed = replace(
        market,
        meetings=tuple(
            replace(one, mandatory=flag) for one, flag in zip(market.meetings, flags, strict=False)
        ),
    )
    musts = [one for one in range(len(mixed.meetings)) if must_be_held(mixed, one)]
    clash = clash_of_musts(mixed, Budget())
    event("clash" if clash else "none")
    assert (clash is None) == can_be_held(mixed, musts)
    if clash:
        assert set(clash.meetings) <= set(musts)
        assert not can_be_held(mixed, clash.meetings)


def test_an_event_with_wishes_besides_is_infeasible_and_not_only_stopped():
    """Three who must meet each other have two slots for it; everybody else could meet."""
    circle = [((0, 1), EARLY), ((1, 2), EARLY), ((0, 2), EARLY)]
    wishes = [((one, one + 3), {}) for one in range(12)]
    market = must(15, 6, 8, [*circle, *wishes])
    some = tuple(replace(one, mandatory=place < 3) for place, one in enumerate(market.meetings))
    found = plan(replace(market, meetings=some), steps=20_000)
    assert found.status == Status.INFEASIBLE
    assert found.clash == Clash("search", (0, 1, 2), (0, 1, 2))
    assert found.steps == 0
    assert check(replace(market, meetings=some), found).unchecked == ()
    assert plan(replace(market, meetings=some[1:]), steps=20_000).status != Status.INFEASIBLE


def must(people, slots, tables, wishes, **terms):
    """An event in which all are free always; a wish is who meets, and terms of the meeting."""
    return Market(
        slots=(Slot(),) * slots,
        tables=(Table(),) * tables,
        participants=(Participant(frozenset(range(slots))),) * people,
        meetings=tuple(
            Meeting(tuple((one,) for one in who), mandatory=True, **more) for who, more in wishes
        ),
        **terms,
    )


def plain(*who):
    return [(pair, {}) for pair in who]


@pytest.mark.parametrize(
    ("market", "clash"),
    [
        pytest.param(
            must(3, 2, 1, [((0, 1), {}), ((1, 2), {"within": frozenset()})]),
            Clash("meeting", (1,), (1, 2)),
            id="no slot",
        ),
        pytest.param(must(2, 0, 1, plain((0, 1))), Clash("meeting", (0,), (0, 1)), id="no slots"),
        pytest.param(must(2, 2, 0, plain((0, 1))), Clash("meeting", (0,), (0, 1)), id="no tables"),
        pytest.param(
            must(4, 3, 2, [((0, 1), {}), ((2, 0), {"slot": 1}), ((0, 3), {"slot": 1})]),
            Clash("pins", (1, 2), (0,), (1,)),
            id="two pins in one slot",
        ),
        pytest.param(
            must(5, 3, 4, plain((0, 1), (0, 2), (3, 4), (0, 3), (0, 4))),
            Clash("participant", (0, 1, 3, 4), (0,), (0, 1, 2)),
            id="more meetings than slots",
        ),
        pytest.param(
            must(6, 2, 1, plain((0, 1), (2, 3), (4, 5))),
            Clash("tables", (0, 1, 2), (), (0, 1)),
            id="more meetings than tables",
        ),
        pytest.param(
            must(8, 4, 4, [((0, 1), {"after": (2,)}), ((2, 3), {}), ((4, 5), {"after": (0,)})]),
            Clash("precedence", (0, 2), ()),
            id="a circle",
        ),
        pytest.param(
            must(
                8,
                2,
                4,
                [((0, 1), {}), ((2, 3), {"after": (0,)}), ((4, 5), {"after": (1,)}), ((6, 7), {})],
            ),
            Clash("precedence", (0, 1, 2), (), (0, 1)),
            id="a chain longer than the day",
        ),
        pytest.param(must(3, 3, 3, plain((0, 1), (1, 2), (0, 2))), None, id="no clash"),
    ],
)
def test_each_kind_is_named(market, clash):
    found = counting_clash(market)
    if clash and clash.kind == "precedence":
        assert found is not None
        assert (found.kind, set(found.meetings)) == (clash.kind, set(clash.meetings))
    else:
        assert found == clash
    result = plan(market, steps=0)
    assert (result.status == Status.INFEASIBLE) == (clash is not None)
    assert result.clash == found


def test_a_limit_of_a_participant_clashes():
    market = must(4, 5, 3, plain((0, 1), (0, 2), (0, 3)))
    limited = replace(market.participants[0], most_in_all=2)
    market = replace(market, participants=(limited, *market.participants[1:]))
    found = counting_clash(market)
    assert (found.kind, found.meetings, found.participants) == ("participant", (0, 1, 2), (0,))


def test_three_who_meet_each_other_need_three_slots():
    market = must(5, 2, 3, plain((3, 4), (0, 1), (1, 2), (0, 2)))
    assert counting_clash(market) is None
    found = plan(market)
    assert found.status == Status.INFEASIBLE
    assert found.clash == Clash("search", (1, 2, 3), (0, 1, 2))


def test_a_plan_that_is_not_fair_names_who_cannot_be_treated_so():
    market = must(4, 3, 3, plain((0, 1), (0, 2), (1, 3)), fairness=0)
    gap = replace(market.participants[0], free=frozenset({0, 2}))
    market = replace(market, participants=(gap, *market.participants[1:]))
    found = plan(market)
    assert found.status == Status.INFEASIBLE
    assert found.clash == Clash("search", (), (0,))
    assert plan(replace(market, fairness=1)).value.breaks == 1


def test_a_budget_that_ends_too_soon_leaves_the_clash_large():
    market = must(5, 2, 3, plain((3, 4), (0, 1), (1, 2), (0, 2)))
    found = searched_clash(market, Budget(most=1))
    assert not found.smallest
    assert {1, 2, 3} <= set(found.meetings)
