"""A market as arrays of whole numbers, in the form in which the search reads it.

Slots become bits. Bit `position[s]` stands for slot s; an unused bit parts two days, so that a row
of set bits is a row of meetings of one day. A mask has as many words of 64 bits as that takes.

A fixed table becomes one more participant of each meeting that must be held at it: two meetings
cannot meet there in one slot, and nobody counts its breaks. Numbers from `people` on are tables.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hanse.engines.meetings.market import Market

Whole = NDArray[np.int64]
Numbers = NDArray[np.int32]
Masks = NDArray[np.uint64]
Flags = NDArray[np.bool_]

SIDES = 3
WIDTH = 2 * SIDES  # those who sit, and the tables to which they are bound
WORD = 64
SLOW, LIMITED = 1, 2
UNLIMITED = 2**31 - 1

POSITION, DAY, CAPACITY = range(3)  # columns of `slot`
WORTH, PARTY, FIRST, EARLIER, LATER = 0, 1, 1 + SIDES, 2 + SIDES, 3 + SIDES  # of `meeting`
TABLED = WIDTH  # of `seating`, after those who sit
KIND, ROW, MOST, WISH, CAPS = range(5)  # of `person`
WANTED, NEED = range(2)  # of `party`
PEOPLE, FAIRNESS, RELIEF, DAYS, ORDERED, NEEDS = range(6)  # of `sizes`


class Arrays(NamedTuple):
    """What does not change while a plan is sought. P participants and tables, M meetings, T slots.

    Few arrays with named columns, so that what is read together stands together.

    sizes     PEOPLE: participants (P counts the fixed tables too); FAIRNESS: most breaks, -1: any;
              RELIEF: worth of one guaranteed meeting, more than all weights together; DAYS: D;
              ORDERED: whether there are precedences; NEEDS: meetings guaranteed in all
    slot      (T, 3): POSITION, the bit; DAY; CAPACITY, open tables
    spans     (D + S, W): the slots of each day, then of each session
    meeting   (M + 1, 7): WORTH, the weight, far above all others where a plan without it is none;
              PARTY to PARTY + 2, organisations whose wish it is, each once, then -1; FIRST, its
              first seating; EARLIER, LATER, where its row of `order` starts for those before, after
    seating   (O, WIDTH + 1): who sits, then the tables they are bound to, then -1; TABLED, whether
              it needs a table. Seatings without a slot in common are left out
    open      (O, W): slots in which the seating could meet
    start     M: the seating to begin with, balanced over the participants; -1: there is none
    person    (P + 1, 4 + S): KIND, SLOW where breaks need the long way (rest, rows), LIMITED where
              there are limits; ROW, most in a row or 0; MOST, in all; WISH, start of the row of
              `wish`; CAPS on, most by session
    rest      (P, W)
    wish      meetings in which somebody may sit;  order: meetings before and after each
    party     (Q, 2): WANTED, meetings it wants; NEED, those guaranteed to its newcomers
    """

    sizes: Whole
    slot: Numbers
    spans: Masks
    meeting: Whole
    seating: Numbers
    open: Masks
    start: Numbers
    person: Numbers
    rest: Masks
    wish: Numbers
    order: Numbers
    party: Whole


class Seatings(NamedTuple):
    """Every seating with a slot in common: the meeting, who sits, the slots as bits of a number."""

    meeting: list[int]
    who: list[tuple[int, ...]]
    tables: list[tuple[int, ...]]
    tabled: list[bool]
    slots: list[int]


def bits(slots: frozenset[int]) -> int:
    """A set of slots as a whole number: bit s stands for slot s."""
    found = 0
    for slot in slots:
        found |= 1 << slot
    return found


def seatings(market: Market) -> Seatings:
    """Seatings that have a slot in common, in the order of meetings and of `Market.seatings`.

    The slots are those of `Market.slots_for`, computed for all meetings at once. A seating in which
    somebody would sit on two sides is none.
    """
    people = market.participants
    free = [bits(one.free) for one in people]
    every = (1 << len(market.slots)) - 1
    online = bits(frozenset(n for n, slot in enumerate(market.slots) if slot.online))
    tables_open = bits(frozenset(n for n, count in enumerate(market.open_tables) if count))
    closed = [bits(table.closed) for table in market.tables]
    answer = Seatings([], [], [], [], [])
    for number, meeting in enumerate(market.meetings):
        within = every if meeting.within is None else bits(meeting.within)
        if meeting.slot is not None:
            within &= 1 << meeting.slot
        for who in market.seatings(number):
            slots = within
            for one in who:
                slots &= free[one]
            if not slots or len(set(who)) < len(who):
                continue
            if any(people[one].online for one in who):
                slots &= online
            tabled = market.at_table(who)
            bound = {people[one].table for one in who} | {meeting.table}
            fixed = tuple(sorted(table for table in bound if table is not None)) if tabled else ()
            if tabled:
                slots &= tables_open if len(fixed) < 2 else 0  # noqa: PLR2004 -- two hosts
            for table in fixed:
                slots &= ~closed[table]
            if slots:
                answer.meeting.append(number)
                answer.who.append(who)
                answer.tables.append(fixed)
                answer.tabled.append(tabled)
                answer.slots.append(slots)
    return answer


def arrays(market: Market, found: Seatings | None = None) -> Arrays:
    """The arrays of a market."""
    found = seatings(market) if found is None else found
    people, meetings = market.participants, market.meetings
    total, size = len(people) + len(market.tables), len(meetings)
    day = np.array([slot.day for slot in market.slots], np.int32)
    position = positions(day)
    words = int(position[-1]) // WORD + 1 if position.size else 1

    def masks(rows: list[int]) -> Masks:
        return spread(rows, position, words)

    seating = np.full((len(found.who), WIDTH + 1), -1, np.int32)
    seating[:, TABLED] = found.tabled
    for row, (who, tables) in enumerate(zip(found.who, found.tables, strict=True)):
        sitting = (*who, *(len(people) + table for table in tables))
        seating[row, : len(sitting)] = sitting
    parties, party = parties_of(market)
    weight = np.array([one.weight for one in meetings], np.int64)
    relief, needs = int(weight.sum()) + 1, int(party[:, NEED].sum())
    earlier = [tuple(sorted(set(one.after))) for one in meetings]
    later: list[list[int]] = [[] for _ in meetings]
    for number, before in enumerate(earlier):
        for one in before:
            later[one].append(number)
    earlier_first, before_it = rows_of(earlier)
    later_first, after_it = rows_of(later)
    meeting = np.zeros((size + 1, LATER + 1), np.int64)
    meeting[:-1, WORTH] = weight + musts(market) * relief * (needs + 1)
    meeting[:-1, PARTY : PARTY + SIDES] = parties
    meeting[:, FIRST] = np.searchsorted(found.meeting, np.arange(size + 1))
    meeting[:, EARLIER], meeting[:, LATER] = earlier_first, later_first + before_it.size
    person, wish = persons(market, found, total, parted(day))
    resting = [bits(one.rest) for one in people] + [0] * len(market.tables)
    days, sessions = groups(day.tolist()), groups([slot.session for slot in market.slots])
    fairness = -1 if market.fairness is None else market.fairness
    return Arrays(
        sizes=np.array(
            [len(people), fairness, relief, len(days), before_it.size > 0, needs], np.int64
        ),
        slot=np.column_stack([position, day, market.open_tables]).astype(np.int32),
        spans=masks(days + sessions),
        meeting=meeting,
        seating=seating,
        open=masks(found.slots),
        start=balanced(market, found, meeting[:, FIRST]),
        person=person,
        rest=masks(resting),
        wish=wish,
        order=np.concatenate([before_it, after_it]),
        party=party,
    )


def musts(market: Market) -> Flags:
    """Meetings that a plan has to hold: mandatory or pinned ones, and all that precede them."""
    must = np.zeros(len(market.meetings), np.bool_)
    open_ones = [
        n for n, one in enumerate(market.meetings) if one.mandatory or one.slot is not None
    ]
    while open_ones:
        number = open_ones.pop()
        if not must[number]:
            must[number] = True
            open_ones.extend(market.meetings[number].after)
    return must


def parted(day: Numbers) -> bool:
    """Whether the slots of a day do not all follow each other."""
    labels: list[int] = day.tolist()
    changes = sum(before != after for before, after in pairwise(labels))
    return changes > len(set(labels)) - 1


def persons(
    market: Market,
    found: Seatings,
    total: int,
    apart: bool,  # noqa: FBT001 -- a fact
) -> tuple[Numbers, Numbers]:
    """The rows of `Arrays.person`, and `Arrays.wish`."""
    wishes: list[list[int]] = [[] for _ in range(total)]
    for number, who in zip(found.meeting, found.who, strict=True):
        for one in who:
            if not wishes[one] or wishes[one][-1] != number:
                wishes[one].append(number)
    wish_first, wish = rows_of(wishes)
    sessions = sorted({slot.session for slot in market.slots})
    person = np.zeros((total + 1, CAPS + len(sessions)), np.int32)
    person[:, MOST] = person[:, CAPS:] = UNLIMITED
    person[:, WISH] = wish_first
    for number, someone in enumerate(market.participants):
        row = someone.most_in_a_row or 0
        most = UNLIMITED if someone.most_in_all is None else someone.most_in_all
        if someone.most_in_a_row is not None and row <= 0:
            most = 0  # no row of meetings is short enough
        caps = [someone.most.get(session, UNLIMITED) for session in sessions]
        limited = row > 0 or min(most, *caps, UNLIMITED) < UNLIMITED
        slow = row > 0 or bool(someone.rest) or apart
        person[number, KIND] = SLOW * slow | LIMITED * limited
        person[number, ROW], person[number, MOST], person[number, CAPS:] = row, most, caps
    return person, wish


def positions(day: Numbers) -> Numbers:
    """Bit of each slot: its number, plus one for each change of day before it."""
    changes = np.concatenate([[0], day[1:] != day[:-1]]) if day.size else day
    found: Numbers = (np.arange(day.size) + np.cumsum(changes)).astype(np.int32)
    return found


def groups(labels: list[int]) -> list[int]:
    """Slots with the same label as bits of one number; one number for each label, in order."""
    return [
        bits(frozenset(slot for slot, own in enumerate(labels) if own == label))
        for label in sorted(set(labels))
    ]


def spread(rows: list[int], position: Numbers, words: int) -> Masks:
    """Sets of slots as masks: (rows, words), slot s at bit `position[s]`."""
    answer = np.zeros((len(rows), words), np.uint64)
    known: dict[int, NDArray[np.uint64]] = {}
    for number, slots in enumerate(rows):
        if slots not in known:
            moved = 0
            for slot, bit in enumerate(position.tolist()):
                moved |= (slots >> slot & 1) << bit
            parts = [moved >> WORD * word & (1 << WORD) - 1 for word in range(words)]
            known[slots] = np.array(parts, np.uint64)
        answer[number] = known[slots]
    return answer


def rows_of(lists: list[list[int]] | list[tuple[int, ...]]) -> tuple[Numbers, Numbers]:
    """Lists of numbers one after the other, and where each starts."""
    first = np.zeros(len(lists) + 1, np.int32)
    first[1:] = np.cumsum([len(one) for one in lists])
    return first, np.array([number for one in lists for number in one], np.int32)


def parties_of(market: Market) -> tuple[Numbers, Whole]:
    """Parties of each meeting as numbers from 0, and the rows of `Arrays.party`."""
    number_of = {party: number for number, party in enumerate(market.wanted_by)}
    parties = np.full((len(market.meetings), SIDES), -1, np.int32)
    for meeting, one in enumerate(market.meetings):
        own = sorted({number_of[market.party_of(side[0])] for side in one.sides})
        parties[meeting, : len(own)] = own
    wanted = np.array([len(own) for own in market.wanted_by.values()], np.int64)
    newcomers = {
        market.party_of(number) for number, one in enumerate(market.participants) if one.newcomer
    }
    guaranteed = [market.newcomers if party in newcomers else 0 for party in market.wanted_by]
    needed = np.minimum(wanted, np.array(guaranteed, np.int64))
    return parties, np.column_stack([wanted, needed])


def balanced(market: Market, found: Seatings, first: Whole) -> Numbers:
    """A seating of each meeting so that colleagues share the work; -1 where there is none.

    Formula   in the order of the meetings, the seating whose busiest member has the smallest
              (meetings so far + 1) / (free slots); then the one that comes first
    """
    load = [0] * len(market.participants)
    room = [max(1, len(one.free)) for one in market.participants]
    chosen = np.full(len(market.meetings), -1, np.int32)
    for meeting in range(len(market.meetings)):
        options = range(first[meeting], first[meeting + 1])
        best = min(
            options,
            key=lambda option: max((load[one] + 1) / room[one] for one in found.who[option]),
            default=-1,
        )
        chosen[meeting] = best
        if best >= 0:
            for one in found.who[best]:
                load[one] += 1
    return chosen
