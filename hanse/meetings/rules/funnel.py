"""From wishes to cooperation: counts and rates, each with what it is a share of.

What nobody said is not known: a rate is a share of those who answered, and stands beside how many
of those who were asked did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """`yes` of `of`; None where nobody could be counted."""

    yes: int
    of: int

    @property
    def share(self) -> float | None:
        return self.yes / self.of if self.of else None


@dataclass(frozen=True)
class Side:
    """What one side said of a meeting; None and empty: nothing."""

    took_place: bool | None = None
    again: bool | None = None
    follow_up: bool = False
    asked_later: bool = False
    cooperation: str = ""


@dataclass(frozen=True)
class Met:
    """A planned meeting as it turned out, with both sides' words."""

    parties: frozenset[int]
    state: str
    sides: Mapping[int, Side]

    @property
    def cooperates(self) -> list[bool]:
        """Which sides that answered later say that something came of it."""
        said = [side.cooperation for side in self.sides.values() if side.cooperation]
        return [one in ("project", "agreement") for one in said]


@dataclass(frozen=True)
class Funnel:
    """The stages, and the rates between them."""

    wished: int
    accepted: int
    planned: int
    held: int
    missed: int
    followed: int
    cooperating: int
    per_party: float | None
    acceptance: Rate
    kept: Rate
    answered: Rate
    again: Rate
    answered_later: Rate
    confirmed: Rate

    @property
    def unknown(self) -> int:
        """Planned meetings of which nobody said whether they took place."""
        return self.planned - self.held - self.missed


def funnel(*, wished: int, accepted: int, parties: int, meetings: Sequence[Met]) -> Funnel:
    """Count everything from what both sides said.

    acceptance      pairs that both sides want, of pairs that one side wished
    kept            meetings that took place, of those of which that is known
    answered        sides that answered on the day, of sides of planned meetings
    again           sides that would meet again, of sides that said
    answered_later  sides that answered half a year later, of those who were asked
    confirmed       cooperating meetings of which both sides say so, of cooperating ones

    >>> sides = {1: Side(True, True, cooperation="project"), 2: Side()}
    >>> met = Met(frozenset({1, 2}), "held", sides)
    >>> told = funnel(wished=4, accepted=3, parties=2, meetings=[met])
    >>> told.kept.share, told.again, told.cooperating, told.confirmed.share
    (1.0, Rate(yes=1, of=1), 1, 0.0)
    """
    held = sum(one.state == "held" for one in meetings)
    missed = sum(one.state == "missed" for one in meetings)
    sides = [side for one in meetings for side in one.sides.values()]
    seats = sum(len(one.parties) for one in meetings)
    works = [one for one in meetings if any(one.cooperates)]
    return Funnel(
        wished=wished,
        accepted=accepted,
        planned=len(meetings),
        held=held,
        missed=missed,
        followed=sum(any(side.follow_up for side in one.sides.values()) for one in meetings),
        cooperating=len(works),
        per_party=seats / parties if parties else None,
        acceptance=Rate(accepted, wished),
        kept=Rate(held, held + missed),
        answered=Rate(sum(side.took_place is not None for side in sides), seats),
        again=Rate(
            sum(side.again is True for side in sides), sum(side.again is not None for side in sides)
        ),
        answered_later=Rate(
            sum(bool(side.cooperation) for side in sides), sum(side.asked_later for side in sides)
        ),
        confirmed=Rate(
            sum(len(one.cooperates) == len(one.parties) and all(one.cooperates) for one in works),
            len(works),
        ),
    )


@dataclass(frozen=True)
class Group:
    """Parties that have something in common: what they wished, and what they got."""

    parties: int
    wanted: int
    planned: int
    held: int

    @property
    def per_party(self) -> float | None:
        return self.planned / self.parties if self.parties else None

    @property
    def share(self) -> float | None:
        """Meetings planned of those that they and the other side wanted."""
        return self.planned / self.wanted if self.wanted else None


def groups(
    of_party: Mapping[int, str],
    wanted: Iterable[frozenset[int]],
    meetings: Sequence[Met],
) -> dict[str, Group]:
    """Counted once for each party of a group, the largest group first."""
    pairs = list(wanted)
    found: dict[str, Group] = {}
    for group in set(of_party.values()):
        own = {party for party, code in of_party.items() if code == group}
        found[group] = Group(
            parties=len(own),
            wanted=sum(len(one & own) for one in pairs),
            planned=sum(len(one.parties & own) for one in meetings),
            held=sum(len(one.parties & own) for one in meetings if one.state == "held"),
        )
    return dict(sorted(found.items(), key=lambda one: (-one[1].parties, one[0])))
