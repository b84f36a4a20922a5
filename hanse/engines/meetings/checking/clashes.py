"""Whether meetings indeed cannot all be held, whatever else a plan holds: every way is tried."""

from collections.abc import Mapping, Sequence

from hanse.engines.meetings.checking.claims import capacity
from hanse.engines.meetings.checking.ground import Ground

MOST_LOOKS = 1_000_000  # at a way beside a meeting that is held: about a second
Way = tuple[tuple[int, ...], int]  # who sits down, in which slot


class TooManyWays(Exception):  # noqa: N818 -- nothing is wrong, it was only not seen
    """More ways than are tried."""


def cannot_all_be_held(ground: Ground, meetings: Sequence[int]) -> bool:
    """True where no way is left to hold all of them; false where a way is, or too many are.

    Tables are counted, not told apart, and what must be held besides is left aside: both only add
    ways, so that what is true here is true of the event.
    """
    ways = {
        number: [(people, slot) for people, slots in ground.seatings(number) for slot in slots]
        for number in meetings
    }
    try:
        return not Search(ground).finds({}, ways)
    except TooManyWays:
        return False


class Search:
    """Depth first, the meeting with the fewest ways left next."""

    def __init__(self, ground: Ground) -> None:
        self.ground, self.looks = ground, 0
        market = ground.market
        self.room = [
            sum(slot not in table.closed for table in market.tables)
            for slot in range(len(market.slots))
        ]

    def look(self, times: int) -> None:
        """Count what is looked at, so that no file keeps anybody waiting."""
        self.looks += times
        if self.looks > MOST_LOOKS:
            raise TooManyWays

    def finds(self, held: Mapping[int, Way], left: Mapping[int, Sequence[Way]]) -> bool:
        """Whether the meetings that are left can be held besides those that are."""
        self.look(sum(map(len, left.values())) * (len(held) + 1))
        left = self.in_order(
            {
                number: [way for way in ways if self.fits(held, number, way)]
                for number, ways in left.items()
            }
        )
        if not left:
            return True
        if self.too_few(held, left):
            return False
        number = min(left, key=lambda one: len(left[one]))
        rest = {one: ways for one, ways in left.items() if one != number}
        return any(self.finds({**held, number: way}, rest) for way in left[number])

    def in_order(self, left: dict[int, list[Way]]) -> dict[int, list[Way]]:
        """Without ways that are not behind the earliest of what must be held before."""
        while True:
            self.look(sum(map(len, left.values())))
            earliest = {
                one: min((slot for _, slot in ways), default=-1) for one, ways in left.items()
            }
            ordered = {
                number: [
                    way
                    for way in ways
                    if all(
                        way[1] > earliest[one]
                        for one in self.ground.market.meetings[number].after
                        if one in left
                    )
                ]
                for number, ways in left.items()
            }
            if ordered == left or not all(ordered.values()):
                return ordered
            left = ordered

    def fits(self, held: Mapping[int, Way], number: int, way: Way) -> bool:
        """Whether a way keeps the rules beside the meetings that are held."""
        people, slot = way
        meetings = self.ground.market.meetings
        for other, (_who, at) in held.items():
            if other in meetings[number].after and at >= slot:
                return False
            if number in meetings[other].after and at <= slot:
                return False
        for person in people:
            busy = [at for who, at in held.values() if person in who]
            if slot in busy or self.ground.exceeds(person, [*busy, slot]):
                return False
        return not self.ground.sits(people) or self.seated(held, slot) < self.room[slot]

    def seated(self, held: Mapping[int, Way], slot: int) -> int:
        """Tables that are taken in a slot."""
        return sum(at == slot and self.ground.sits(who) for who, at in held.values())

    def too_few(self, held: Mapping[int, Way], left: Mapping[int, Sequence[Way]]) -> bool:
        """Whether counting shows that somebody, or the tables, have no room for what is left."""
        people = {person for ways in left.values() for who, _slot in ways for person in who}
        self.look(len(people) * len(left))
        for person in people:
            own = [ways for ways in left.values() if all(person in who for who, _slot in ways)]
            busy = {at for who, at in held.values() if person in who}
            useful = busy.union(slot for ways in own for _who, slot in ways)
            if capacity(self.ground, person, useful) < len(busy) + len(own):
                return True
        seated = [
            ways for ways in left.values() if all(self.ground.sits(who) for who, _slot in ways)
        ]
        slots = {slot for ways in seated for _who, slot in ways}
        return sum(self.room[slot] - self.seated(held, slot) for slot in slots) < len(seated)
