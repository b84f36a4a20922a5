"""Who moves up: never over capacity, never half a team, nobody overtakes while seats are held."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.events.rules.seats import (
    Waiting,
    are_held,
    in_line,
    position_of,
    seats_for,
    who_moves_up,
)

HOUSE, PRESS, ONLINE = 1, 2, 3
KINDS = {"guest": (HOUSE,), "press": (HOUSE, PRESS), "online": (ONLINE,)}


@st.composite
def lines(draw) -> list[Waiting]:
    count = draw(st.integers(0, 14))
    numbers = draw(st.permutations(range(1, count + 1)))
    return [
        Waiting(
            key=number,
            number=number,
            pools=KINDS[draw(st.sampled_from(sorted(KINDS)))],
            team=draw(st.none() | st.integers(1, 3)),
        )
        for number in numbers
    ]


left = st.fixed_dictionaries(
    {pool: st.none() | st.integers(0, 8) for pool in (HOUSE, PRESS, ONLINE)}
)


def taken(going) -> Counter[int]:
    return Counter(pool for one in going for pool in one.pools)


@given(lines(), left, st.booleans())
def test_there_are_never_more_than_seats(line, free, hold):
    for pool, count in taken(who_moves_up(line, free, hold_for_teams=hold)).items():
        assert free[pool] is None or count <= free[pool]


@given(lines(), left, st.booleans())
def test_a_team_moves_up_together_or_not_at_all(line, free, hold):
    going = {one.key for one in who_moves_up(line, free, hold_for_teams=hold)}
    for together in in_line(line):
        assert len({one.key in going for one in together}) == 1


@given(lines(), left)
def test_nobody_takes_a_seat_for_which_a_team_before_them_waits(line, free):
    """What is left for those behind is what is free less what each team before them needs."""
    going = {one.key for one in who_moves_up(line, free, hold_for_teams=True)}
    needed: Counter[int] = Counter()
    for together in in_line(line):
        if together[0].key in going:
            for pool, count in taken(together).items():
                assert free[pool] is None or needed[pool] + count <= free[pool]
        if together[0].key in going or len(together) > 1:
            needed.update(taken(together))


@given(lines(), left)
def test_in_one_line_nobody_overtakes_while_seats_are_held(line, free):
    alike = [Waiting(one.key, one.number, (HOUSE,), one.team) for one in line]
    going = {one.key for one in who_moves_up(alike, free, hold_for_teams=True)}
    states = [together[0].key in going for together in in_line(alike)]
    assert states == sorted(states, reverse=True)


@given(lines(), left)
def test_everybody_who_fits_is_in_once_nothing_is_held(line, free):
    going = who_moves_up(line, free, hold_for_teams=False)
    used, keys = taken(going), {one.key for one in going}
    for together in in_line(line):
        if together[0].key not in keys:
            needs = taken(together)
            assert any(
                free[pool] is not None and free[pool] - used[pool] < count
                for pool, count in needs.items()
            )


@given(lines(), left)
def test_alone_everybody_who_fits_is_in_also_while_seats_are_held(line, free):
    alone = [Waiting(one.key, one.number, one.pools) for one in line]
    assert who_moves_up(alone, free, hold_for_teams=True) == who_moves_up(
        alone, free, hold_for_teams=False
    )


@given(lines())
def test_every_place_in_the_line_is_counted_without_a_gap(line):
    places = [position_of(together[0].key, line) for together in in_line(line)]
    sizes = [len(together) for together in in_line(line)]
    assert places == [1 + sum(sizes[:at]) for at in range(len(sizes))]


def test_whoever_is_not_in_the_line_has_no_place():
    assert position_of(9, [Waiting(1, 1, ())]) is None


def test_a_full_kind_stops_nobody_of_another():
    press, guest = Waiting(1, 1, KINDS["press"]), Waiting(2, 2, KINDS["guest"])
    assert who_moves_up([press, guest], {HOUSE: 1, PRESS: 0}, hold_for_teams=True) == [guest]


@pytest.mark.parametrize(("hours", "held"), [(49, True), (48, False), (1, False)])
def test_seats_are_held_until_so_many_hours_before(hours, held):
    opens = datetime(2027, 5, 1, 9, tzinfo=UTC)
    assert are_held(opens - timedelta(hours=hours), opens, 48) is held


def test_the_smallest_pool_counts():
    assert seats_for([None, 4, 9]) == 4
    assert seats_for([]) is None
