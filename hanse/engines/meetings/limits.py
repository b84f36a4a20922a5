"""The limits that a participant has set: meetings by session, in all, in a row."""

from collections import Counter
from collections.abc import Sequence

from hanse.engines.meetings.market import Market, Participant


def within_limits(market: Market, person: Participant, busy: Sequence[int]) -> bool:
    """Whether meetings in these slots (in their order) keep what the participant has set."""
    if person.most_in_all is not None and len(busy) > person.most_in_all:
        return False
    sessions = Counter(market.slots[slot].session for slot in busy)
    if any(count > person.most.get(session, count) for session, count in sessions.items()):
        return False
    return person.most_in_a_row is None or longest_row(market, busy) <= person.most_in_a_row


def longest_row(market: Market, busy: Sequence[int]) -> int:
    """The most meetings in slots that follow each other on one day."""
    longest = row = 0
    last: int | None = None
    for slot in busy:
        follows = last == slot - 1 and market.slots[slot - 1].day == market.slots[slot].day
        row = row + 1 if follows else 1
        longest, last = max(longest, row), slot
    return longest
