"""What a meeting weighs in the plan.

The order is the promise of the page of wishes: a meeting that both must have comes before one that
one of them must have, that before one that both would like, that before one that was accepted.
"""

from __future__ import annotations

from hanse.meetings.words import WANTED, Strength

BOTH_MUST = 9
MUST_AND_WISH = 6
BOTH_WISH = 4
ACCEPTED = 3
# What the organisers force without a wish of either side is as heavy as what both must have.
FORCED = BOTH_MUST


def weight_of(one: str, other: str) -> int:
    """The weight of a meeting of which both sides said something; 0 where it is not wanted by both.

    >>> weight_of("must", "must"), weight_of("like", "must"), weight_of("like", "like")
    (9, 6, 4)
    >>> weight_of("like", "accept"), weight_of("must", "accept"), weight_of("must", "no")
    (3, 6, 0)
    >>> weight_of("like", "")
    0
    """
    said = {one, other}
    if not said <= set(WANTED):
        return 0
    if Strength.MUST in said:
        return BOTH_MUST if said == {Strength.MUST} else MUST_AND_WISH
    return BOTH_WISH if said == {Strength.LIKE} else ACCEPTED
