"""Many presses at the same moment, where the database lets several write at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from hanse.kit.refusals import Refused
from hanse.meetings.actions.booking import answer_request, ask_for_slot
from hanse.meetings.actions.importing import take_in_wishes
from hanse.meetings.actions.wishing import say
from hanse.meetings.models import Meeting, SlotRequest, Wish
from hanse.meetings.rules.wish_lists import Row

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite lets one writer in at a time"
    ),
]


def at_once(presses: Sequence[Callable[[], object]]) -> Counter[str]:
    """What each press came to; anything but a refusal is a fault and fails the test."""
    came: Counter[str] = Counter()
    ready = threading.Barrier(len(presses))

    def press(do: Callable[[], object]) -> None:
        ready.wait()
        try:
            do()
            came["done"] += 1
        except Refused as no:
            came[no.refusal.code] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(do,)) for do in presses]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(came.values()) == len(presses)
    return came


def test_one_slot_goes_to_one_and_tables_to_as_many_as_there_are(market, party):
    market.way = "booking"
    market.save()
    slot, wanted = market.slots.first(), party("Wanted")
    askers = [party(f"A{number}") for number in range(8)]
    came = at_once([lambda one=one: ask_for_slot(one, wanted, slot, by=None) for one in askers])
    assert came == {"done": 1, "slot_not_free": 7}
    SlotRequest.objects.all().delete()
    pairs = [(askers[at], askers[at + 1]) for at in range(0, 8, 2)]
    asked = [ask_for_slot(one, other, slot, by=None) for one, other in pairs]
    came = at_once(
        [lambda one=one: answer_request(one, accepts=True, by=None) for one in asked * 2]
    )
    assert came == {"done": 4, "no_table_free": 4}
    assert Meeting.objects.count() == 2


def test_wishes_for_each_other_wait_for_nobody_and_are_counted(market, party):
    market.most_wishes = 3
    market.save()
    parties = [party(f"P{number}") for number in range(4)]
    pairs = [(one, other) for one in parties for other in parties if one is not other]
    came = at_once(
        [lambda one=one, other=other: say(one, other, "like", by=None) for one, other in pairs]
    )
    assert came == {"done": 12}
    more = [party(f"M{number}") for number in range(6)]
    eager = party("Eager")
    assert at_once([lambda one=one: say(eager, one, "like", by=None) for one in more]) == {
        "done": 3,
        "too_many_wishes": 3,
    }
    assert at_once([lambda: say(more[0], more[1], "must", by=None)] * 6) == {"done": 6}
    assert Wish.objects.filter(wisher=more[0]).count() == 1


def test_lists_and_presses_at_once_leave_one_row_a_pair(market, party):
    parties = [party(f"P{number}") for number in range(6)]
    pairs = [(one, other) for one in parties for other in parties if one is not other]
    rows = [Row(number, one.name, other.name) for number, (one, other) in enumerate(pairs)]
    lists = [lambda: take_in_wishes(market, rows, by=None)] * 3
    lists += [lambda: take_in_wishes(market, rows[::-1], by=None)] * 2
    presses = [
        lambda one=one, other=other: say(other, one, "must", by=None, by_organisers=True)
        for one, other in pairs[:6]
    ]
    assert at_once([*lists, *presses]) == {"done": 11}
    assert Wish.objects.count() == len(pairs)
