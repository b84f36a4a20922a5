"""Why no plan can hold all that it must, seen by counting alone, before any search.

Only facts that hold in every plan are used: slots in common, tables open, pins, the order that is
asked for, and a participant's one meeting at a time where a side leaves no choice of who sits.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

from hanse.engines.meetings.market import Market
from hanse.engines.meetings.measures import must
from hanse.engines.meetings.timetable import Clash

Domains = Mapping[int, frozenset[int]]


def counting_clash(market: Market) -> Clash | None:
    """The smallest clash that counting finds in the first kind that has one; None: it finds none.

    Kinds, in this order
    meeting      a meeting has no slot that a seating of it could use
    pins         pinned meetings of one participant in one slot
    participant  more meetings of a participant than slots that these may use (Hall), or than the
                 participant can have
    tables       more meetings than tables in the slots that these may use (Hall)
    precedence   a circle, or a chain for which the slots in their order do not suffice
    Without any one meeting of the clash, the same argument no longer holds: `smallest` is true.
    """
    usable = {
        number: frozenset().union(
            *(market.slots_for(number, seating) for seating in market.seatings(number))
        )
        for number in range(len(market.meetings))
        if must(market, number)
    }
    for number, slots in usable.items():
        if not slots:
            people = {one for side in market.meetings[number].sides for one in side}
            return Clash("meeting", (number,), tuple(sorted(people)))
    return (
        clash_of_participants(market, usable)
        or clash_of_tables(market, usable)
        or clash_of_order(market, usable)
    )


def clash_of_participants(market: Market, usable: Domains) -> Clash | None:
    """The smallest Hall set of a participant; two pins in one slot come before all others."""
    found: list[Clash] = []
    for person, meetings in enumerate(bound_meetings(market, usable)):
        most = market.participants[person].most_in_all
        if most is not None and len(meetings) > most:
            found.append(Clash("participant", tuple(meetings[: most + 1]), (person,)))
        capacity = {slot: 1 for one in meetings for slot in usable[one]}
        too_many = hall_set({one: usable[one] for one in meetings}, capacity)
        if too_many:
            slots = frozenset().union(*(usable[one] for one in too_many))
            pinned = all(market.meetings[one].slot is not None for one in too_many)
            kind = "pins" if pinned else "participant"
            found.append(Clash(kind, too_many, (person,), tuple(sorted(slots))))
    return min(found, key=lambda one: (one.kind != "pins", len(one.meetings)), default=None)


def bound_meetings(market: Market, usable: Domains) -> list[list[int]]:
    """By participant the meetings that nobody can attend in their place."""
    found: list[list[int]] = [[] for _ in market.participants]
    for number in usable:
        for side in market.meetings[number].sides:
            if len(side) == 1:
                found[side[0]].append(number)
    return found


def clash_of_tables(market: Market, usable: Domains) -> Clash | None:
    """Meetings, all of whose seatings need a table, that exceed the tables of their slots."""
    seated = {
        number: slots
        for number, slots in usable.items()
        if all(market.at_table(seating) for seating in market.seatings(number))
    }
    too_many = hall_set(seated, dict(enumerate(market.open_tables)))
    if not too_many:
        return None
    slots = frozenset().union(*(usable[one] for one in too_many))
    return Clash("tables", too_many, (), tuple(sorted(slots)))


def hall_set(domains: Domains, capacity: Mapping[int, int]) -> tuple[int, ...]:
    """A smallest set of meetings that do not fit into the slots they may use; empty: all fit.

    Formula   |R| = capacity(N(R)) + 1, R reached from a meeting left over by alternating paths in
              a largest assignment; without any one meeting of R the others fit
    Gives     the smallest over the meetings left over
    Source    Hall (1935) "On representatives of subsets", Journal of the London Mathematical
              Society 10; Kuhn (1955) for the paths
    """
    holders: dict[int, list[int]] = {slot: [] for slot in capacity}
    smallest: tuple[int, ...] = ()
    for meeting in domains:
        reached = place(meeting, domains, capacity, holders)
        if reached and (not smallest or len(reached) < len(smallest)):
            smallest = reached
    return smallest


def place(
    meeting: int, domains: Domains, capacity: Mapping[int, int], holders: dict[int, list[int]]
) -> tuple[int, ...]:
    """Give the meeting a slot, moving others where that helps; else, all meetings it came by."""
    came_from: dict[int, int] = {}  # slot: meeting that asked for it
    waiting, reached = deque([meeting]), {meeting}
    while waiting:
        asking = waiting.popleft()
        for slot in sorted(domains[asking] - came_from.keys()):
            came_from[slot] = asking
            if len(holders[slot]) < capacity[slot]:
                hand_over(slot, meeting, came_from, holders)
                return ()
            waiting.extend(one for one in holders[slot] if one not in reached)
            reached.update(holders[slot])
    return tuple(sorted(reached))


def hand_over(
    slot: int, meeting: int, came_from: Mapping[int, int], holders: dict[int, list[int]]
) -> None:
    """Move the meetings along the path that ends in a slot with room."""
    while True:
        moved = came_from[slot]
        before = next((old for old, held in holders.items() if moved in held), None)
        holders[slot].append(moved)
        if moved == meeting or before is None:
            return
        holders[before].remove(moved)
        slot = before


def clash_of_order(market: Market, usable: Domains) -> Clash | None:
    """A circle of meetings each to be held before the next; or a chain that the slots are short of.

    The chain is shortened from both ends as long as it is still too long for the slots.
    """
    before = {
        number: [one for one in market.meetings[number].after if one in usable] for number in usable
    }
    order = sorted_by_order(before)
    if len(order) < len(usable):
        return Clash("precedence", smallest_circle(before, set(usable) - set(order)))
    earliest: dict[int, int] = {}
    for number in order:
        reached = max((earliest[one] for one in before[number]), default=-1)
        later = [slot for slot in usable[number] if slot > reached]
        if not later:
            chain = chain_to(number, before, earliest)
            chain = shortest(chain, lambda part: not fits(part, usable))
            slots = frozenset().union(*(usable[one] for one in chain))
            return Clash("precedence", chain, (), tuple(sorted(slots)))
        earliest[number] = min(later)
    return None


def sorted_by_order(before: Mapping[int, Sequence[int]]) -> list[int]:
    """Meetings, each behind all that must be held before it; those behind a circle are missing."""
    behind: dict[int, list[int]] = {number: [] for number in before}
    open_ends = {number: len(set(earlier)) for number, earlier in before.items()}
    for number, earlier in before.items():
        for one in set(earlier):
            behind[one].append(number)
    order = [number for number, ends in open_ends.items() if not ends]
    for number in order:
        for later in behind[number]:
            open_ends[later] -= 1
            if not open_ends[later]:
                order.append(later)  # the list is the queue
    return order


def smallest_circle(before: Mapping[int, Sequence[int]], among: set[int]) -> tuple[int, ...]:
    """The shortest circle, by a search in breadth from each meeting; the earliest one first."""
    best: tuple[int, ...] = ()
    for start in sorted(among):
        came_from: dict[int, int] = {}
        queue = deque([start])
        while queue and start not in came_from:
            number = queue.popleft()
            for one in before[number]:
                if one in among and one not in came_from:
                    came_from[one] = number
                    queue.append(one)
        if start in came_from:
            circle = [start]
            while (number := came_from[circle[-1]]) != start:
                circle.append(number)
            if not best or len(circle) < len(best):
                best = tuple(circle)
    return best


def chain_to(
    number: int, before: Mapping[int, Sequence[int]], earliest: Mapping[int, int]
) -> tuple[int, ...]:
    """The meetings, first to last, that make the earliest slot of this one as late as it is."""
    chain = [number]
    while before[chain[-1]]:
        chain.append(max(before[chain[-1]], key=lambda one: earliest[one]))
    return tuple(reversed(chain))


def fits(chain: Iterable[int], usable: Domains) -> bool:
    """Whether meetings in this order find slots one behind the other."""
    reached = -1
    for number in chain:
        later = [slot for slot in usable[number] if slot > reached]
        if not later:
            return False
        reached = min(later)
    return True


def shortest(chain: tuple[int, ...], clashes: Callable[[tuple[int, ...]], bool]) -> tuple[int, ...]:
    """The chain cut at both ends as far as it still clashes; one in the middle must stay in it."""
    while len(chain) > 1 and clashes(chain[1:]):
        chain = chain[1:]
    while len(chain) > 1 and clashes(chain[:-1]):
        chain = chain[:-1]
    return chain
