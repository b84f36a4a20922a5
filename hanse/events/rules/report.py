"""What a report counts, with definitions that stand beside the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

# In what leaves the organisers’ hands a group of fewer people could be somebody.
FEWEST = 5
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Guest:
    """One person in the numbers, without a name: invited, registered, came, and in which groups."""

    invited: bool = False
    registered: bool = False
    came: bool = False
    kind: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    newcomer: bool | None = None


@dataclass(frozen=True)
class Group:
    """A row of a report."""

    code: str
    invited: int
    registered: int
    came: int

    @property
    def share(self) -> float | None:
        """Of those who were registered, who came."""
        return self.came / self.registered if self.registered else None

    @property
    def is_small(self) -> bool:
        """So few that a number may be a person."""
        return any(0 < count < FEWEST for count in (self.invited, self.registered, self.came))


def group(code: str, guests: Iterable[Guest]) -> Group:
    ones = list(guests)
    return Group(
        code,
        sum(one.invited for one in ones),
        sum(one.registered for one in ones),
        sum(one.came for one in ones),
    )


def groups(guests: Sequence[Guest], by: str) -> list[Group]:
    """Rows of one division, the largest first. A person of two sectors counts in both."""
    members: dict[str, list[Guest]] = {}
    for one in guests:
        for code in codes_of(one, by):
            members.setdefault(code, []).append(one)
    found = [group(code, ones) for code, ones in members.items()]
    return sorted(found, key=lambda row: (-row.came, -row.registered, -row.invited, row.code))


def for_paper(rows: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """What stands for itself on paper that travels, and what is joined into one row.

    A small group alone could be found by subtraction, so that the next smallest joins it; and so on
    until the sum is small no longer.

    >>> big, few = Group("DE", 0, 9, 9), Group("JP", 0, 1, 1)
    >>> for_paper([Group("PL", 0, 20, 12), big, few]) == ([Group("PL", 0, 20, 12)], [big, few])
    True
    """
    shown = [row for row in rows if not row.is_small]
    joined = [row for row in rows if row.is_small]
    while shown and joined and (len(joined) == 1 or together(joined).is_small):
        joined.insert(0, shown.pop())
    return shown, joined


def together(rows: Sequence[Group]) -> Group:
    return Group(
        "",
        sum(row.invited for row in rows),
        sum(row.registered for row in rows),
        sum(row.came for row in rows),
    )


def codes_of(guest: Guest, by: str) -> tuple[str, ...]:
    if by == "sector":
        return guest.sectors or ("",)
    if by == "newcomer":
        return ("" if guest.newcomer is None else "new" if guest.newcomer else "known",)
    return (str(getattr(guest, by)),)


@dataclass(frozen=True)
class Score:
    """What people gave, from 1 to 5."""

    code: str
    answers: int
    mean: float | None
    # How many gave 1, 2, 3, 4, 5.
    counts: tuple[int, ...]


def score(code: str, given: Iterable[int]) -> Score:
    """The mean of an answer and how it spreads.

    >>> score("content", [4, 5, 5]).counts
    (0, 0, 0, 1, 2)
    """
    values = list(given)
    counted = Counter(values)
    return Score(
        code,
        len(values),
        fmean(values) if values else None,
        tuple(counted[value] for value in range(LOWEST, HIGHEST + 1)),
    )


def why_wrong_scores(scores: Mapping[str, int]) -> str:
    """The code of a refusal; empty where all scores are between 1 and 5."""
    wrong = any(not LOWEST <= value <= HIGHEST for value in scores.values())
    return "scores_wrong" if wrong else ""
