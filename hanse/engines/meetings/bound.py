"""What no plan can beat: a b-matching bound with its certificate, and breaks by counting."""

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from hanse.engines.meetings.arrays import Numbers, Seatings, Whole, parted, seatings
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.timetable import Bound, Certificate

UNITS = (1, 2, 4, 6, 12, 60, 840, 10_000)
ENDLESS = 1 << 40


def bound(market: Market, plan: Sequence[Placed], found: Seatings | None = None) -> Bound:
    """Bounds on weight and number held by any plan, and on breaks of plans that hold the same."""
    found = seatings(market) if found is None else found
    weights = np.array([one.weight for one in market.meetings], np.int64)
    by_weight = certificate(market, found, weights)
    by_number = by_weight
    if not (weights == 1).all():
        by_number = certificate(market, found, np.ones_like(weights))
    return Bound(
        weight=certified(market, by_weight, weights, found),
        held=certified(market, by_number, np.ones_like(weights), found),
        breaks=fewest_breaks(market, [one.meeting for one in plan], found),
        weight_certificate=by_weight,
        held_certificate=by_number,
    )


def most_meetings(market: Market, found: Seatings) -> Whole:
    """The most meetings that each participant can have: c of `timetable.Certificate`.

    Formula   c[p] = min(most in all, Σ over sessions of min(most in it, Σ over rows of n slots of
              it in which p could meet somebody of n - ⌊n / (most in a row + 1)⌋))
    """
    meeting_slots = [0] * len(market.participants)
    for who, slots in zip(found.who, found.slots, strict=True):
        for one in who:
            meeting_slots[one] |= slots
    by_session: dict[int, int] = {}
    for number, slot in enumerate(market.slots):
        by_session[slot.session] = by_session.get(slot.session, 0) | 1 << number
    most = np.zeros(len(market.participants), np.int64)
    for number, someone in enumerate(market.participants):
        total = 0
        for session, slots in by_session.items():
            own = with_rests(market, meeting_slots[number] & slots, someone.most_in_a_row)
            total += max(0, min(own, someone.most.get(session, own)))
        limit = total if someone.most_in_all is None else someone.most_in_all
        most[number] = max(0, min(total, limit))
    return most


def with_rests(market: Market, slots: int, most: int | None) -> int:
    """How many of a set of slots can be busy if no more than `most` in a row may be."""
    if most is None:
        return slots.bit_count()
    total = row = 0
    for number, slot in enumerate(market.slots):
        if number and market.slots[number - 1].day != slot.day:
            row = 0
        row = row + 1 if slots >> number & 1 else 0
        total += row % (most + 1) != 0
    return total


def certified(
    market: Market, prices: Certificate, weights: Whole, found: Seatings | None = None
) -> int:
    """The bound that a certificate proves, by the formula of `timetable.Certificate`, over u."""
    found = seatings(market) if found is None else found
    y = np.zeros(len(market.participants), np.int64)
    for person, price in prices.prices.items():
        y[person] = price
    total = priced(market, found, weights, y, prices.table, prices.unit)
    return total // prices.unit


def priced(market: Market, found: Seatings, weights: Whole, y: Whole, table: int, unit: int) -> int:
    """The right side of the formula of `timetable.Certificate`.

    Formula   Σ y[p] · c[p] + w · C + Σ over m of max(0, u · weight[m] - cost[m])
    """
    cost = np.full(len(market.meetings), ENDLESS, np.int64)
    seat, person = pairs(found)
    own = np.bincount(seat, y[person], len(found.who)).astype(np.int64)
    own += table * np.array(found.tabled, np.int64)
    np.minimum.at(cost, np.array(found.meeting, np.int64), own)
    rest = np.maximum(0, unit * weights - cost)[cost < ENDLESS].sum()
    tables = table * sum(market.open_tables)
    return int((y * most_meetings(market, found)).sum() + tables + rest)


def pairs(found: Seatings) -> tuple[Whole, Whole]:
    """Who sits where: numbers of seatings and of participants, one pair for each seat."""
    sizes = [len(who) for who in found.who]
    seat = np.repeat(np.arange(len(sizes)), sizes).astype(np.int64)
    return seat, np.array([one for who in found.who for one in who], np.int64)


def certificate(market: Market, found: Seatings, weights: Whole) -> Certificate:
    """Prices from the linear programme of b-matching, rounded to the unit that proves most.

    Formula   max Σ weight[m] · x[m, o] over seatings o with Σ over o of x[m, o] <= 1,
              Σ of x in which p sits <= c[p], Σ of x at tables <= C, x >= 0. The prices are its
              dual; the unit is the smallest of `UNITS` with the least bound.
    Source    The dual of b-matching is half-integral (W. Pulleyblank 1973), so that a unit of 2
              mostly loses nothing.
    """
    y, table = dual(market, found, weights)
    free = np.zeros(len(market.participants), np.int64)
    best = (priced(market, found, weights, free, 0, 1), Certificate(unit=1, prices={}))
    for unit in UNITS:
        rounded = np.rint(y * unit).astype(np.int64)
        own_table = round(table * unit)
        total = priced(market, found, weights, rounded, own_table, unit) // unit
        if total < best[0]:
            prices = {int(one): int(rounded[one]) for one in np.flatnonzero(rounded)}
            best = (total, Certificate(unit=unit, prices=prices, table=own_table))
    return best[1]


def dual(market: Market, found: Seatings, weights: Whole) -> tuple[NDArray[np.float64], float]:
    """Prices of participants and of a table in a slot in the linear programme; never below 0."""
    people, size = len(market.participants), len(found.who)
    if not size:
        return np.zeros(people), 0.0
    seat, person = pairs(found)
    several = len(set(found.meeting)) < size
    tabled = np.flatnonzero(found.tabled)
    rows = [person, np.full(tabled.size, people)]
    columns = [seat, tabled]
    limits = [most_meetings(market, found), np.array([sum(market.open_tables)])]
    if several:
        rows.append(people + 1 + np.array(found.meeting))
        columns.append(np.arange(size))
        limits.append(np.ones(len(market.meetings)))
    row, column = np.concatenate(rows), np.concatenate(columns)
    limit = np.concatenate(limits).astype(float)
    programme = coo_array((np.ones(row.size), (row, column)), shape=(limit.size, size)).tocsr()
    answer = linprog(
        -weights[np.array(found.meeting)].astype(float),
        A_ub=programme,
        b_ub=limit,
        bounds=(0, None) if several else (0, 1),
        method="highs",
    )
    if answer.status != 0:
        return np.zeros(people), 0.0
    prices = np.maximum(0, -answer.ineqlin.marginals)
    return prices[:people], float(prices[people])


def fewest_breaks(market: Market, held: Sequence[int], found: Seatings | None = None) -> int:
    """Breaks that no plan holding these meetings can avoid.

    Formula   Σ over participants of the fewest breaks of any k of the slots in which they could
              meet in one of these meetings, those of pinned meetings among them; k from the
              meetings in which they sit in every seating to those in which they sit in any
    """
    found = seatings(market) if found is None else found
    chosen = set(held)
    people, size = len(market.participants), len(market.slots)
    least, most = np.zeros(people, np.int64), np.zeros(people, np.int64)
    possible, forced = [0] * people, [0] * people
    options: dict[int, list[int]] = {}
    for option, number in enumerate(found.meeting):
        if number in chosen:
            options.setdefault(number, []).append(option)
    for number, own in options.items():
        sitting = [set(found.who[option]) for option in own]
        always = set.intersection(*sitting)
        for option in own:
            for person in found.who[option]:
                possible[person] |= found.slots[option]
        for person in set.union(*sitting):
            most[person] += 1
            if person in always:
                least[person] += 1
                if (pinned := market.meetings[number].slot) is not None:
                    forced[person] |= 1 << pinned
    day = np.array([slot.day for slot in market.slots], np.int32)
    if parted(day) or not size:
        return 0
    total = 0
    known: dict[tuple[int, ...], int] = {}
    for person, one in enumerate(market.participants):
        row = one.most_in_a_row or 0
        rest = sum(1 << slot for slot in one.rest if slot < size)
        key = (possible[person], forced[person], rest, row, int(least[person]), int(most[person]))
        if key[-1] > 1 and key not in known:
            states = [
                [whole >> slot & 1 for slot in range(size)]
                for whole in (possible[person], forced[person], rest)
            ]
            table = np.array(states, np.int64)
            known[key] = fewest_of_one(table, day, row, int(least[person]), int(most[person]))
        total += known.get(key, 0)
    return total


@njit(cache=True, nogil=True)
def fewest_of_one(slots: Whole, day: Numbers, longest: int, least: int, most: int) -> int:
    """Fewest breaks of somebody with `least` to `most` meetings in the slots that they may use.

    Slot by slot it keeps the fewest breaks for each number of meetings and each state: before the
    first meeting of a day; in a row of 1, 2, … meetings; in a gap of rest alone; one slot after a
    full row; in a gap that will be a break.

    Takes     slots: (3, T): whether they may be in a meeting, whether they are, whether it is rest;
              longest: most meetings in a row, 0: any
    """
    rows = max(1, longest)
    before, resting, pause, idle = 0, rows + 1, rows + 2, rows + 3
    size = most + 1
    now = np.full((size, rows + 4), ENDLESS, np.int64)
    now[0, before] = 0
    for slot in range(day.size):
        after = np.full((size, rows + 4), ENDLESS, np.int64)
        if slot and day[slot] != day[slot - 1]:
            for number in range(size):
                fewest = now[number].min()
                now[number, :] = ENDLESS
                now[number, before] = fewest
        for number in range(size):
            for state in range(rows + 4):
                breaks = now[number, state]
                if breaks >= ENDLESS:
                    continue
                if not slots[1, slot]:
                    if state == before:
                        then = before
                    elif state <= rows:
                        full = longest and state == longest
                        then = resting if slots[2, slot] else (pause if full else idle)
                    elif state == resting:
                        then = resting if slots[2, slot] else idle
                    else:
                        then = idle
                    after[number, then] = min(after[number, then], breaks)
                if slots[0, slot] and number + 1 < size:
                    then = 1
                    if longest and 1 <= state <= rows:
                        then = state + 1
                    if then <= rows:
                        more = breaks + (state == idle)
                        after[number + 1, then] = min(after[number + 1, then], more)
        now = after
    fewest = ENDLESS
    for number in range(least, size):
        fewest = min(fewest, now[number].min())
    return fewest if fewest < ENDLESS else 0
