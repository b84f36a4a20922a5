"""A plan under way that something has happened to: up to three ways to go on with it.

What lies before now stays as it is, whatever happens. Meetings that the changes hit look for a new
place; what else moves for that, and how many people have to be told, is what the options differ in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hanse.engines.faults import WrongShape
from hanse.engines.meetings.limits import within_limits
from hanse.engines.meetings.market import Market, Meeting, Placed
from hanse.engines.meetings.measures import must
from hanse.engines.meetings.tables import bound_table, in_time

MOST_MOVED = (0, 1, 3)
NODES = 600
MUST = 10**12


@dataclass(frozen=True)
class Absent:
    """A participant is away from a slot on."""

    participant: int
    slot: int


@dataclass(frozen=True)
class TableClosed:
    """A table cannot be used from a slot on."""

    table: int
    slot: int


@dataclass(frozen=True)
class SlotRemoved:
    """A slot is not held."""

    slot: int


@dataclass(frozen=True)
class WishAdded:
    """Somebody wants one more meeting; it gets the next number."""

    meeting: Meeting


Change = Absent | TableClosed | SlotRemoved | WishAdded


@dataclass(frozen=True)
class Option:
    """One way to go on.

    meetings   the whole plan
    saved      meetings hit, and wishes added, that are held in it
    lost       those that are not
    moved      meetings that no change has hit and that are in another slot, at another table or
               with others than before
    told       participants whose agenda is another one than before
    """

    meetings: tuple[Placed, ...]
    saved: tuple[int, ...]
    lost: tuple[int, ...]
    moved: tuple[int, ...]
    told: tuple[int, ...]


def repair(
    market: Market, plan: Sequence[Placed], changes: Sequence[Change], now: int
) -> list[Option]:
    """Up to three ways to go on, from the one that moves least to the one that saves most.

    The first moves nothing that the changes do not hit. A second and a third follow where moving
    one other meeting, or up to three, for a meeting hit saves more weight; so nothing else moves
    where that is enough. A meeting that is saved by moves is saved by the fewest that do it, the
    others being where they are, as far as the search comes (`NODES` places tried for each).

    Takes     now: the first slot that has not begun; meetings before it never move
    Rules     all of the event but fairness and the minimum of newcomers, which a loss may break
    Errors    WrongShape (numbers that are none of the event)
    """
    after = changed(market, changes)
    book = Book(after, plan, now)
    hit: list[Placed] = []
    while fallen := [one for one in book.held.values() if one.slot >= now and not book.stands(one)]:
        hit += [book.remove(one.meeting) for one in fallen]
    added = range(len(market.meetings), len(after.meetings))
    look = [*(one.meeting for one in hit), *added]
    before = {one.meeting: one for one in hit}
    rescue_directly(book, look, before)
    options = [option(market, plan, book, look)]
    for most in MOST_MOVED[1:]:
        if not options[-1].lost:
            break
        rescue_by_moves(book, options[-1].lost, most)
        latest = option(market, plan, book, look)
        if len(latest.saved) > len(options[-1].saved):
            options.append(latest)
    return options


def changed(market: Market, changes: Sequence[Change]) -> Market:
    """The event after the changes."""
    people, tables = list(market.participants), list(market.tables)
    meetings, slots = list(market.meetings), range(len(market.slots))
    for change in changes:
        match change:
            case Absent(participant, slot):
                checked(participant, len(people), "participant")
                own = people[participant]
                kept = frozenset(one for one in own.free if one < slot)
                people[participant] = replace(own, free=kept)
            case TableClosed(table, slot):
                checked(table, len(tables), "table")
                closed = tables[table].closed | {one for one in slots if one >= slot}
                tables[table] = replace(tables[table], closed=closed)
            case SlotRemoved(slot):
                checked(slot, len(slots), "slot")
                people = [replace(one, free=one.free - {slot}) for one in people]
            case WishAdded(meeting):
                for side in meeting.sides:
                    for one in side:
                        checked(one, len(people), "participant")
                meetings.append(meeting)
    return replace(
        market, participants=tuple(people), tables=tuple(tables), meetings=tuple(meetings)
    )


def checked(number: int, size: int, what: str) -> None:
    """A number of the event; WrongShape otherwise."""
    if not 0 <= number < size:
        raise WrongShape(f"{what}: {number}; the event has {size}")


class Book:
    """A plan in which meetings are moved one by one: who is where, and which table is taken."""

    def __init__(self, market: Market, plan: Sequence[Placed], now: int) -> None:
        self.market, self.now = market, now
        self.held: dict[int, Placed] = {}
        self.agenda: list[dict[int, int]] = [{} for _ in market.participants]
        self.taken: list[dict[int, int]] = [{} for _ in market.slots]
        self.open = [
            {number for number, table in enumerate(market.tables) if slot not in table.closed}
            for slot in range(len(market.slots))
        ]
        self.nodes = 0
        self.later: dict[int, list[int]] = {}
        for number, meeting in enumerate(market.meetings):
            for one in meeting.after:
                self.later.setdefault(one, []).append(number)
        for placed in plan:
            self.add(placed)

    def add(self, one: Placed) -> None:
        """Hold a meeting."""
        self.held[one.meeting] = one
        for person in one.participants:
            self.agenda[person][one.slot] = one.meeting
        if one.table is not None:
            self.taken[one.slot][one.table] = one.meeting

    def remove(self, meeting: int) -> Placed:
        """Take a meeting out."""
        one = self.held.pop(meeting)
        for person in one.participants:
            del self.agenda[person][one.slot]
        if one.table is not None:
            del self.taken[one.slot][one.table]
        return one

    def stands(self, one: Placed) -> bool:
        """Whether a held meeting can stay where it is after the changes."""
        if one.slot not in self.market.slots_for(one.meeting, one.participants):
            return False
        if any(before not in self.held for before in self.market.meetings[one.meeting].after):
            return False
        return one.table is None or one.slot not in self.market.tables[one.table].closed

    def may_move(self, meeting: int) -> bool:
        """Whether a held meeting has not begun and is pinned nowhere."""
        wanted = self.market.meetings[meeting]
        return self.held[meeting].slot >= self.now and wanted.slot is None

    def idle_places(self, meeting: int, last: Placed | None) -> Iterator[Placed]:
        """Where a meeting could be from now on with nothing in the way of it."""
        for place, way in self.places(meeting, last, most=0):
            if not way:
                yield place

    def places(
        self, meeting: int, last: Placed | None, *, most: int
    ) -> Iterator[tuple[Placed, frozenset[int]]]:
        """Where a meeting could be from now on, and the meetings in the way of it, so many at most.

        The former seating and the former slot come first. What limits, precedence or walking time
        forbid whatever else moves is left out.
        """
        market = self.market
        seatings = market.seatings(meeting)
        if last is not None:
            seatings.sort(key=lambda who: who != last.participants)
        for who in seatings:
            slots = sorted(slot for slot in market.slots_for(meeting, who) if slot >= self.now)
            if last is not None:
                slots.sort(key=lambda slot: slot != last.slot)
            for slot in slots:
                in_the_way = sum(slot in self.agenda[one] for one in who)
                found = self.place(meeting, who, slot, last) if in_the_way <= most else None
                if found is not None and len(found[1]) <= most:
                    yield found

    def place(
        self, meeting: int, who: tuple[int, ...], slot: int, last: Placed | None
    ) -> tuple[Placed, frozenset[int]] | None:
        """A meeting in a slot at the best table, and what is in its way; None if it cannot be."""
        market = self.market
        way = {self.agenda[one][slot] for one in who if slot in self.agenda[one]}
        for one in who:
            busy = sorted({*self.agenda[one], slot})
            if slot not in self.agenda[one] and not within_limits(
                market, market.participants[one], busy
            ):
                return None
        if not self.in_order(meeting, slot):
            return None
        if not market.at_table(who):
            return Placed(meeting, slot, None, who), frozenset(way)
        freed = {self.held[one].table for one in way}
        bound = bound_table(market, meeting, who)
        usable = self.open[slot] if bound is None else {bound} & self.open[slot]
        if market.walking:
            usable = {one for one in usable if self.reached(who, slot, one)}
        free = usable - (self.taken[slot].keys() - freed)
        if free:
            near = {last.table} if last is not None else set()
            near |= {self.held[one].table for who_one in who for one in self.beside(who_one, slot)}
            table = min(free & near or free)
        elif usable:
            table = min(usable)
            way.add(self.taken[slot][table])
        else:
            return None
        return Placed(meeting, slot, table, who), frozenset(way)

    def beside(self, person: int, slot: int) -> list[int]:
        """The meetings of a participant before and after a slot."""
        slots = self.agenda[person]
        before = max((one for one in slots if one < slot), default=None)
        after = min((one for one in slots if one > slot), default=None)
        return [slots[one] for one in (before, after) if one is not None]

    def reached(self, who: tuple[int, ...], slot: int, table: int) -> bool:
        """Whether all who sit can walk to a table from their last meeting and on to the next."""
        if not self.market.walking:
            return True
        for person in who:
            for meeting in self.beside(person, slot):
                other = self.held[meeting]
                if other.table is None:
                    continue
                order = (
                    (other.slot, slot, other.table, table)
                    if other.slot < slot
                    else (slot, other.slot, table, other.table)
                )
                if not in_time(self.market, *order):
                    return False
        return True

    def in_order(self, meeting: int, slot: int) -> bool:
        """Whether a meeting in a slot comes after all before it, and before all after it."""
        for one in self.market.meetings[meeting].after:
            if one not in self.held or self.held[one].slot >= slot:
                return False
        return all(
            one not in self.held or self.held[one].slot > slot
            for one in self.later.get(meeting, ())
        )


def weight_of(market: Market, meeting: int) -> int:
    """The weight of a meeting; one that must be held outweighs all others."""
    own = market.meetings[meeting].weight
    return own + must(market, meeting) * MUST


def rescue_directly(book: Book, look: Sequence[int], before: dict[int, Placed]) -> None:
    """Hold as much weight of these meetings as idle slots and free tables allow.

    All combinations are tried as long as there are few (`NODES`), the heavier meetings first.
    """
    market = book.market
    possible = [one for one in look if any(True for _ in book.idle_places(one, before.get(one)))]
    order = sorted(possible, key=lambda one: (-weight_of(market, one), one))
    rest = [0]
    for one in reversed(order):
        rest.insert(0, rest[0] + weight_of(market, one))
    best: tuple[int, list[Placed]] = (-1, [])
    book.nodes = 0

    def go_on(number: int, weight: int, chosen: list[Placed]) -> None:
        nonlocal best
        if weight > best[0]:
            best = (weight, list(chosen))
        if number == len(order) or weight + rest[number] <= best[0]:
            return
        meeting = order[number]
        for place in book.idle_places(meeting, before.get(meeting)):
            book.nodes += 1
            if weight + rest[number] <= best[0] or book.nodes > NODES:
                break
            book.add(place)
            go_on(number + 1, weight + weight_of(market, meeting), [*chosen, place])
            book.remove(meeting)
        if book.nodes <= NODES:
            go_on(number + 1, weight, chosen)

    go_on(0, 0, [])
    for place in best[1]:
        book.add(place)
    for meeting in look:  # a second look, in case a meeting before it has come in meanwhile
        if meeting not in book.held:
            found = next(book.idle_places(meeting, before.get(meeting)), None)
            if found is not None:
                book.add(found)


def rescue_by_moves(book: Book, lost: Sequence[int], most: int) -> None:
    """Hold lost meetings by moving others, at most so many for each and as few as will do."""
    for meeting in sorted(lost, key=lambda one: (-weight_of(book.market, one), one)):
        for moves in range(1, most + 1):
            book.nodes = 0
            if move(book, [(meeting, None)], moves, frozenset()):
                break


def move(
    book: Book, pending: list[tuple[int, Placed | None]], moves: int, placed: frozenset[int]
) -> bool:
    """Hold all pending meetings with so many moves of others; the book is as before if not."""
    if not pending:
        return True
    (meeting, last), rest = pending[0], pending[1:]
    for place, way in book.places(meeting, last, most=moves):
        if place == last or way & placed or not all(book.may_move(one) for one in way):
            continue
        book.nodes += 1
        if book.nodes > NODES:
            return False
        gone = [book.remove(one) for one in sorted(way)]
        book.add(place)
        more = [*rest, *((one.meeting, one) for one in gone)]
        if move(book, more, moves - len(way), placed | {meeting}):
            return True
        book.remove(meeting)
        for one in gone:
            book.add(one)
    return False


def option(market: Market, plan: Sequence[Placed], book: Book, look: Sequence[int]) -> Option:
    """The book as an option, compared with the plan before."""
    before = {one.meeting: one for one in plan}
    looked = set(look)
    told: set[int] = set()
    moved = []
    for meeting in sorted(before.keys() | book.held.keys()):
        old, new = before.get(meeting), book.held.get(meeting)
        if old != new:
            told.update(
                person for one in (old, new) if one is not None for person in one.participants
            )
            if meeting not in looked:
                moved.append(meeting)
    return Option(
        meetings=tuple(book.held[one] for one in sorted(book.held)),
        saved=tuple(one for one in look if one in book.held),
        lost=tuple(one for one in look if one not in book.held),
        moved=tuple(moved),
        told=tuple(sorted(told)),
    )
