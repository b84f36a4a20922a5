"""Whether a reason for which a meeting is not held is true of the plan."""

from collections.abc import Iterator

from hanse.engines.meetings.checking.ground import Ground
from hanse.engines.meetings.findings import Finding, finding
from hanse.engines.meetings.timetable import Reason, Unheld

CLAIM_NOTHING = (Reason.DISPLACES_HEAVIER, Reason.NOT_PROVEN)


def untrue(ground: Ground) -> Iterator[Finding]:
    """Reasons that the plan gives and that are not so."""
    for one in ground.plan.unscheduled:
        if one.reason not in CLAIM_NOTHING and not is_true(ground, one):
            yield finding("reason", meeting=one.meeting, reason=one.reason.value)


def is_true(ground: Ground, one: Unheld) -> bool:
    """One of the first four reasons, as `Reason` defines them."""
    ways = [
        (people, slot) for people, slots in ground.seatings(one.meeting) for slot in sorted(slots)
    ]
    detail = set(one.detail)
    if one.reason == Reason.NO_COMMON_SLOT:
        return not ways
    if one.reason == Reason.PARTICIPANT_FULL:
        own = {person for side in ground.market.meetings[one.meeting].sides for person in side}
        return (
            bool(ways)
            and detail <= own
            and all(
                any(person in detail and is_full(ground, person, slot) for person in people)
                for people, slot in ways
            )
        )
    if one.reason == Reason.PINNED_CLASH:
        return bool(ways) and all(
            any(pinned(ground, person, slot) in detail for person in people)
            for people, slot in ways
        )
    idle = [
        (people, slot)
        for people, slot in ways
        if not any(is_full(ground, person, slot) for person in people)
    ]
    return {slot for _people, slot in idle} == detail != set() and not any(
        has_table(ground, one.meeting, people, slot) for people, slot in idle
    )


def is_full(ground: Ground, person: int, slot: int) -> bool:
    """Busy in a slot, or at a limit that one more meeting in it would exceed."""
    at = ground.at[person]
    return slot in at or bool(ground.exceeds(person, {*at, slot}))


def pinned(ground: Ground, person: int, slot: int) -> int | None:
    """The pinned meeting in which somebody is in a slot."""
    there = ground.at[person].get(slot)
    if there is None or ground.market.meetings[there.meeting].slot is None:
        return None
    return there.meeting


def has_table(ground: Ground, meeting: int, people: tuple[int, ...], slot: int) -> bool:
    """Whether a table that they may use is open and free, or they need none."""
    return not ground.sits(people) or any(
        slot not in ground.market.tables[table].closed and not ground.used[slot, table]
        for table in ground.tables(meeting, people)
    )
