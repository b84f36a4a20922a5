"""Repair a plan on the day: somebody is absent, a table closes, a slot goes, a wish arrives.

Meetings in slots before `now` never move. Up to three options, from the quietest to the fullest:

    still  nothing moves that can stay; what cannot stay goes to a slot in which both sides are idle
    few    every meeting that cannot stay is held, with the fewest people told
    most   as `few`, and further meetings that nobody could hold before, one or two moves each

The search is exact within `NODES`: it deepens by the number of people told, so that the first way
that holds all the meetings in question is one that tells the fewest. Where there is none within the
limit they are placed one by one, the heaviest first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hanse.engines.meetings.admission import admit_meeting
from hanse.engines.meetings.faults import OutOfRange
from hanse.engines.meetings.market import Market, Meeting, Placed, Slot
from hanse.engines.meetings.measures import values_of
from hanse.engines.meetings.seating import Board, Seat
from hanse.engines.meetings.timetable import Values

NODES = 3_000  # seats looked at for all meetings together
NODES_FOR_ONE = 300
MOST_TOLD_MORE = 8
MOST_MORE_FOR_ONE = 2
MOST_GAINED = 40


@dataclass(frozen=True)
class Absent:
    """A participant is not there from a slot on."""

    participant: int
    start: int


@dataclass(frozen=True)
class TableClosed:
    """A table cannot be used from a slot on. Closed twice is closed once."""

    table: int
    start: int


@dataclass(frozen=True)
class SlotRemoved:
    """Nobody can meet in a slot."""

    slot: int


@dataclass(frozen=True)
class SlotDelayed:
    """A slot begins so many minutes later; one that runs into the next slot is lost."""

    slot: int
    minutes: int


@dataclass(frozen=True)
class WishAdded:
    """One more meeting is wanted; it gets the next number."""

    meeting: Meeting


Change = Absent | TableClosed | SlotRemoved | SlotDelayed | WishAdded


@dataclass(frozen=True)
class Option:
    """A way to repair.

    name     still, few or most
    plan     every meeting that is then held, by number
    values   its objectives; distance is counted against the plan before
    broken   meetings that could not stay as they were
    saved    those of them that are held
    lost     those that are not
    gained   meetings that were not held before and are
    moved    meetings that could have stayed and are elsewhere
    told     participants for whom something changes
    """

    name: str
    plan: tuple[Placed, ...]
    values: Values
    broken: tuple[int, ...]
    saved: tuple[int, ...]
    lost: tuple[int, ...]
    gained: tuple[int, ...]
    moved: tuple[int, ...]
    told: tuple[int, ...]


def changed(market: Market, changes: Sequence[Change], now: int) -> Market:
    """The event after the changes; what lies before `now` is as it was.

    Raises    OutOfRange where a change names a slot before `now`, and the errors of `admission`
    """
    people, tables = list(market.participants), list(market.tables)
    slots, meetings = list(market.slots), list(market.meetings)
    for one in changes:
        match one:
            case Absent(participant, start):
                _known("participant", participant, len(people))
                later = frozenset(range(max(start, now), len(slots)))
                person = people[participant]
                people[participant] = replace(person, free=person.free - later)
            case TableClosed(number, start):
                _known("table", number, len(tables))
                later = frozenset(range(max(start, now), len(slots)))
                tables[number] = replace(tables[number], closed=tables[number].closed | later)
            case SlotRemoved(number):
                _ahead(number, now, len(slots))
                slots[number] = replace(slots[number], onsite=False, online=False)
            case SlotDelayed(number, minutes):
                _ahead(number, now, len(slots))
                slots[number] = _delayed(slots, number, minutes)
            case WishAdded(meeting):
                meetings.append(meeting)
    after = replace(
        market,
        participants=tuple(people),
        tables=tuple(tables),
        slots=tuple(slots),
        meetings=tuple(meetings),
    )
    for number in range(len(market.meetings), len(meetings)):
        admit_meeting(after, number, meetings[number])
    return after


def _known(what: str, number: int, count: int) -> None:
    if not 0 <= number < count:
        raise OutOfRange(f"there is no {what} {number}; there are {count}")


def _ahead(slot: int, now: int, count: int) -> None:
    _known("slot", slot, count)
    if slot < now:
        raise OutOfRange(f"slot {slot} has begun; the first that has not is {now}")


def _delayed(slots: Sequence[Slot], number: int, minutes: int) -> Slot:
    one = slots[number]
    if one.start is None or one.end is None:
        raise OutOfRange(f"slot {number} has no clock")
    late = replace(one, start=one.start + minutes, end=one.end + minutes)
    later = (slot for slot in slots[number + 1 :] if slot.onsite or slot.online)
    following = next(later, None)
    if following is None or following.start is None:
        return late
    runs_in = following.start < one.end + minutes
    return replace(one, onsite=False, online=False) if runs_in else late


def repair(
    market: Market, plan: Sequence[Placed], changes: Sequence[Change], now: int
) -> tuple[Market, list[Option]]:
    """The event after the changes, and up to three ways to go on from a plan.

    One that holds no more than a quieter one is left out.

    Args      `plan` keeps the rules of `market`; `now` is the first slot that has not begun
    """
    after = changed(market, changes, now)
    after = lenient(replace(after, published=tuple(plan)), plan, now)
    clocks = zip(market.slots, after.slots, strict=True)
    late = {number for number, (was, new) in enumerate(clocks) if was.start != new.start}
    repairing = Repairing(after, plan, now, late)
    options = [repairing.still(), repairing.few(), repairing.most()]
    kept: list[Option] = []
    for one in options:
        if not any(as_good(other, one) for other in kept):
            kept.append(one)
    return after, kept


def lenient(market: Market, plan: Sequence[Placed], now: int) -> Market:
    """The event without what a repair cannot promise: that meetings ahead must be held, and that
    those which cannot stay are held in the slot or at the table where they were pinned.
    """
    stands = Board(market, now)
    stuck = set()
    for one in plan:
        seat = Seat(one.slot, one.table, one.participants)
        if one.slot >= now and not stands.may_stay(one.meeting, seat):
            stuck.add(one.meeting)
        else:
            stands.seat(one.meeting, seat)
    meetings = [
        replace(one, mandatory=False, slot=None, table=None)
        if number in stuck
        else replace(one, mandatory=False)
        for number, one in enumerate(market.meetings)
    ]
    return replace(market, meetings=tuple(meetings))


def as_good(quiet: Option, loud: Option) -> bool:
    """Whether the quieter of two options holds as much, loses no more, and tells no more people."""
    held = (quiet.values.mandatory, quiet.values.weight, quiet.values.held)
    more = (loud.values.mandatory, loud.values.weight, loud.values.held)
    loses = len(quiet.lost) <= len(loud.lost)
    return held >= more and loses and len(quiet.told) <= len(loud.told)


def fallen_with(board: Board) -> list[int]:
    """Meetings that must follow one that fell, lifted from the board."""
    fallen: list[int] = []
    while late := [
        number
        for number, seat in board.seats.items()
        if seat.slot >= board.now
        and any(before not in board.seats for before in board.market.meetings[number].after)
    ]:
        for number in late:
            board.lift(number)
        fallen += late
    return fallen


class Repairing:
    """One event after its changes, with the plan as far as it still stands."""

    def __init__(
        self, market: Market, plan: Sequence[Placed], now: int, late: Collection[int] = ()
    ) -> None:
        self.late = late  # slots that begin at another time: whoever meets in them is told
        self.market, self.now, self.before = market, now, {one.meeting: one for one in plan}
        past = [one for one in plan if one.slot < now]
        stands = Board(market, now)
        for one in past:
            stands.seat(one.meeting, Seat(one.slot, one.table, one.participants))
        broken = []
        for one in plan:
            if one.slot < now:
                continue
            seat = Seat(one.slot, one.table, one.participants)
            if stands.may_stay(one.meeting, seat):
                stands.seat(one.meeting, seat)
            else:
                broken.append(one.meeting)
        broken += fallen_with(stands)
        weight = [one.weight for one in market.meetings]
        self.broken = sorted(broken, key=lambda number: (-weight[number], number))
        fresh = [
            number
            for number in range(len(market.meetings))
            if number not in self.before and market.meetings[number].slot is None
        ]
        self.fresh = sorted(fresh, key=lambda number: (-weight[number], number))
        self.stands = stands

    def still(self) -> Option:
        """Nothing moves that can stay."""
        return self._option("still", self._with_fresh(self.quiet))

    def few(self) -> Option:
        """What cannot stay is held, with the fewest people told."""
        return self._option("few", self._with_fresh(self.fullest))

    def most(self) -> Option:
        """And further meetings, where a move or two make room for one."""
        board = self._with_fresh(self.fullest)
        open_still = [number for number in self.fresh if number not in board.seats]
        self._fill(board, open_still[:MOST_GAINED], most_more=MOST_MORE_FOR_ONE)
        return self._option("most", board)

    def _with_fresh(self, found: Board) -> Board:
        board = found.copy()
        self._fill(board, self.fresh, most_more=None)
        return board

    @cached_property
    def hopeful(self) -> list[int]:
        """Broken meetings that have a place at all."""
        return [number for number in self.broken if any(self.stands.places(number))]

    @cached_property
    def quiet(self) -> Board:
        """Broken meetings held where nobody else moves: all together if that can be, or singly."""
        board = self.stands.copy()
        if not self._found(board, self.hopeful, (None,), NODES):
            self._fill(board, self.hopeful, most_more=None)
        return board

    @cached_property
    def fullest(self) -> Board:
        """All of them held, others moved where that is needed; else as many as are found."""
        if all(number in self.quiet.seats for number in self.hopeful):
            return self.quiet
        board = self.stands.copy()
        if not self._found(board, self.hopeful, range(MOST_TOLD_MORE + 1), NODES):
            self._fill(board, self.hopeful, most_more=MOST_TOLD_MORE)
        return board

    def _fill(self, board: Board, meetings: Sequence[int], most_more: int | None) -> None:
        more = () if most_more is None else range(most_more + 1)
        for number in meetings:
            self._found(board, [number], (None, *more), NODES_FOR_ONE)

    def _found(
        self, board: Board, meetings: Sequence[int], budgets: Iterable[int | None], nodes: int
    ) -> bool:
        """Hold them with the fewest people told: by budgets of more people, None: nothing moves."""
        told = {
            person
            for number in meetings
            for person in (
                self.before[number].participants
                if number in self.before
                else {one for side in self.market.meetings[number].sides for one in side}
            )
        }
        for more in budgets:
            search = Deepening(board, set(told), more, nodes)
            if search.hold(list(meetings), frozenset(meetings)):
                return True
            nodes = search.nodes
            if nodes <= 0:
                return False
        return False

    def _option(self, name: str, board: Board) -> Option:
        plan = tuple(
            Placed(number, seat.slot, seat.table, seat.people)
            for number, seat in sorted(board.seats.items())
        )
        held = board.seats.keys()
        before = self.before
        moved = [
            one.meeting
            for one in plan
            if one.meeting in before
            and before[one.meeting] != one
            and one.meeting not in self.broken
        ]
        gained = [number for number in self.fresh if number in held]
        delayed = [one.meeting for one in plan if one.slot in self.late]
        concerned = {*moved, *gained, *self.broken, *delayed}
        told = {
            person
            for number in concerned
            for one in (before.get(number), board.placed(number))
            if one is not None
            for person in one.participants
        }
        return Option(
            name=name,
            plan=plan,
            values=values_of(self.market, plan),
            broken=tuple(sorted(self.broken)),
            saved=tuple(sorted(number for number in self.broken if number in held)),
            lost=tuple(sorted(number for number in self.broken if number not in held)),
            gained=tuple(sorted(gained)),
            moved=tuple(sorted(moved)),
            told=tuple(sorted(told)),
        )


class Deepening:
    """Depth first, at most so many people told beyond those who are told anyhow."""

    def __init__(self, board: Board, told: set[int], more: int | None, nodes: int) -> None:
        self.board, self.told, self.more, self.nodes = board, told, more, nodes

    def hold(self, queue: list[int], touched: frozenset[int]) -> bool:
        """Hold all meetings of the queue; the board is as before where there is no way."""
        if not queue:
            return True
        number, rest = queue[0], queue[1:]
        for seat, blockers in self._ways(number):
            self.nodes -= 1
            if self.nodes <= 0:
                return False
            if blockers and (self.more is None or touched & set(blockers)):
                continue
            extra = {
                person for one in blockers for person in self.board.seats[one].people
            } - self.told
            if self.more is not None and len(extra) > self.more:
                continue
            lifted = [(one, self.board.lift(one)) for one in blockers]
            place = self.board.with_table(number, seat)
            if place is not None:
                self.board.seat(number, place)
                self.told |= extra
                self.more = None if self.more is None else self.more - len(extra)
                if self.hold([*rest, *blockers], touched | set(blockers)):
                    return True
                self.more = None if self.more is None else self.more + len(extra)
                self.told -= extra
                self.board.lift(number)
            for one, was in lifted:
                self.board.seat(one, was)
        return False

    def _ways(self, number: int) -> Iterator[tuple[Seat, tuple[int, ...]]]:
        """Seats of a meeting with what stands in the way, what needs nothing moved first."""
        free: list[tuple[Seat, tuple[int, ...]]] = []
        others: list[tuple[Seat, tuple[int, ...]]] = []
        for seat in self.board.places(number):
            blockers = self.board.blockers(number, seat)
            if blockers is None:
                continue
            (others if blockers else free).append((seat, blockers))
        yield from free
        if self.more is not None:
            yield from others
            for seat, _blockers in free:
                # All tables taken: one that stands there could go elsewhere.
                if self.board.with_table(number, seat) is None:
                    yield from ((seat, (one,)) for one in self.board.movable_at(seat.slot))
