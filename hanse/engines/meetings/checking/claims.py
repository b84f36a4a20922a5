"""Whether what a plan says of its quality follows from its certificates."""

from collections.abc import Iterator

from hanse.engines.meetings.checking.ground import Ground
from hanse.engines.meetings.findings import Finding, finding
from hanse.engines.meetings.timetable import Certificate, Status, Values


def overstated(ground: Ground, values: Values) -> Iterator[Finding]:
    """Values and bounds that are not as the plan says."""
    plan = ground.plan
    if plan.value is not None and plan.value != values:
        yield finding("values", said=str(plan.value), counted=str(values))
    if plan.status == Status.OPTIMAL and not {"weight", "breaks"} <= set(plan.proved):
        yield finding("optimal")
    if plan.proved and plan.bound is None:
        yield finding("boundless")
    if plan.bound is None:
        return
    bounds = (
        ("weight", plan.bound.weight_certificate, plan.bound.weight),
        ("held", plan.bound.held_certificate, plan.bound.held),
    )
    for name, certificate, said in bounds:
        proved = certified(ground, certificate, weighed=name == "weight")
        if proved is None:
            yield finding("prices", objective=name)
        elif said != proved:
            yield finding("bound", objective=name, said=said, proved=proved)
    if plan.bound.breaks > values.breaks:
        yield finding("fewer_breaks", bound=plan.bound.breaks)
    if "weight" in plan.proved and values.weight != plan.bound.weight:
        yield finding("weight_best", value=values.weight, bound=plan.bound.weight)
    if "breaks" in plan.proved and values.breaks != plan.bound.breaks:
        yield finding("breaks_fewest", value=values.breaks, bound=plan.bound.breaks)
    if "breaks" in plan.proved and values.breaks and not holds_everything(ground):
        yield finding("breaks_of_others")
    if "held" in plan.proved and values.held != plan.bound.held and not holds_everything(ground):
        yield finding("held_most", value=values.held, bound=plan.bound.held)


def holds_everything(ground: Ground) -> bool:
    """Whether every meeting is held that some seating has a slot for."""
    return all(
        number in ground.held or not any(slots for _people, slots in ground.seatings(number))
        for number in range(len(ground.market.meetings))
    )


def certified(ground: Ground, certificate: Certificate, *, weighed: bool) -> int | None:
    """The bound that follows from prices, by the formula beside `Certificate`."""
    prices, market = certificate.prices, ground.market
    if certificate.unit < 1 or certificate.table < 0 or min(prices.values(), default=0) < 0:
        return None
    useful: list[set[int]] = [set() for _ in market.participants]
    total = 0
    for number, wanted in enumerate(market.meetings):
        costs = []
        for people, slots in ground.seatings(number):
            for person in people:
                useful[person] |= slots
            if slots:
                table = certificate.table if ground.sits(people) else 0
                costs.append(sum(prices.get(person, 0) for person in people) + table)
        if costs:
            weight = wanted.weight if weighed else 1
            total += max(0, certificate.unit * weight - min(costs))
    total += sum(price * capacity(ground, who, useful[who]) for who, price in prices.items())
    open_tables = sum(
        slot not in table.closed
        for slot, one in enumerate(market.slots)
        if one.onsite
        for table in market.tables
    )
    return (total + certificate.table * open_tables) // certificate.unit


def capacity(ground: Ground, person: int, useful: set[int]) -> int:
    """Most meetings somebody can have: slots in which they could meet, less what limits take.

    Of a row of n such slots n - ⌊n / (k + 1)⌋ can be busy where no more than k in a row may be.
    """
    who, market = ground.market.participants[person], ground.market
    by_session: dict[int, set[int]] = {}
    for slot in useful:
        by_session.setdefault(market.slots[slot].session, set()).add(slot)
    most = 0
    for session, slots in by_session.items():
        count = len(slots)
        if who.most_in_a_row is not None:
            limit = who.most_in_a_row + 1
            count = sum(len(row) - len(row) // limit for row in rows_in(ground, slots))
        most += min(count, who.most.get(session, count))
    return most if who.most_in_all is None else min(most, who.most_in_all)


def rows_in(ground: Ground, slots: set[int]) -> list[list[int]]:
    """A set of slots in rows: each follows the one before it on the same day."""
    rows: list[list[int]] = []
    for slot in sorted(slots):
        if rows and rows[-1][-1] == slot - 1 and ground.day(slot) == ground.day(slot - 1):
            rows[-1].append(slot)
        else:
            rows.append([slot])
    return rows


def fewest_breaks(ground: Ground) -> int:
    """Lower bound on breaks for what is held: each participant's meetings packed in long rows.

    On each day the longest row of slots that somebody could use for what they hold costs nothing,
    each further one a break. Slots of rest part no rows; for whoever has a limit in a row a single
    slot parts none either, since a gap of one slot after a full row is no break.
    """
    total = 0
    for person, at in enumerate(ground.at):
        useful = {
            slot for one in at.values() for slot in ground.possible(one.meeting, one.participants)
        }
        left = len(at)
        rows = rows_of(ground, person, useful)
        left -= sum(max(lengths) for lengths in rows)
        others = sorted((one for lengths in rows for one in sorted(lengths)[:-1]), reverse=True)
        while left > 0 and others:
            left -= others.pop(0)
            total += 1
    return total


def rows_of(ground: Ground, person: int, useful: set[int]) -> list[list[int]]:
    """Lengths of the rows of useful slots, by day."""
    who = ground.market.participants[person]
    days: dict[int, list[int]] = {}
    gap: dict[int, int | None] = {}
    for slot in range(len(ground.market.slots)):
        day = ground.day(slot)
        if slot in useful:
            if gap.get(day) == 0 or (gap.get(day) == 1 and who.most_in_a_row is not None):
                days[day][-1] += 1
            else:
                days.setdefault(day, []).append(1)
            gap[day] = 0
        elif slot not in who.rest:
            before = gap.get(day)
            gap[day] = None if before is None else before + 1
    return list(days.values())
