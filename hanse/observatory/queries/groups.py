"""The cluster explorer: groups of related industries, how they were found, and where they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from hanse.observatory.queries.chains import Strength
from hanse.observatory.queries.figures import Release, Sector

LEADERS = 5
NAMED = 2


@dataclass(frozen=True, slots=True)
class Member:
    """A division in its group: how related it is to it, and to the group that comes second."""

    sector: Sector
    own: float | None
    next_group: int | None
    next: float | None
    moved: bool


@dataclass(frozen=True, slots=True)
class Group:
    number: int
    members: tuple[Member, ...]

    @property
    def name(self) -> str:
        """The divisions nearest to all others of the group."""
        return ", ".join(member.sector.name for member in self.members[:NAMED])


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way of making groups, its validation scores, and its agreement with the traded clusters.

    `together`: share of pairs of divisions that carry the same traded cluster and fall into one
    group; `by_chance`: that of all pairs.
    """

    similarity: str
    method: str
    number: int
    seed: int | None
    cluster: float
    industry: float
    overall: float
    chosen: bool
    together: float | None
    by_chance: float | None


@dataclass(frozen=True, slots=True)
class Move:
    step: int
    sector: Sector
    origin: int
    target: int
    reason: str
    own: float | None
    other: float | None


@dataclass(frozen=True, slots=True)
class Groups:
    """`year`: of the figures that the groups were made from."""

    release: Release
    year: int
    groups: tuple[Group, ...]
    configurations: tuple[Configuration, ...]
    moves: tuple[Move, ...]

    @property
    def chosen(self) -> Configuration | None:
        return next((one for one in self.configurations if one.chosen), None)

    def group(self, number: int) -> Group | None:
        return next((one for one in self.groups if one.number == number), None)


@lru_cache(maxsize=4)
def groups(release: Release) -> Groups:
    """The groups of a release; empty where too little is published to make any."""
    rows = release.whole("groups", tuple(release.columns("groups"))).to_pylist()
    members: dict[int, list[Member]] = {}
    for row in rows:
        members.setdefault(row["group"], []).append(
            Member(
                sector=release.sectors[row["sector"]],
                own=row["own"],
                next_group=row["next_group"],
                next=row["next"],
                moved=row["moved"],
            )
        )
    scores = release.whole("group_scores", tuple(release.columns("group_scores"))).to_pylist()
    moves = release.whole("group_moves", tuple(release.columns("group_moves"))).to_pylist()
    fields = tuple(Configuration.__dataclass_fields__)
    return Groups(
        release=release,
        year=rows[0]["year"] if rows else release.years[-1],
        groups=tuple(Group(number, tuple(found)) for number, found in sorted(members.items())),
        configurations=tuple(
            Configuration(**{name: row[name] for name in fields}) for row in scores
        ),
        moves=tuple(
            Move(
                step=row["step"],
                sector=release.sectors[row["sector"]],
                origin=row["origin"],
                target=row["target"],
                reason=row["reason"],
                own=row["own"],
                other=row["other"],
            )
            for row in moves
        ),
    )


@lru_cache(maxsize=64)
def group_strength(release: Release, group: Group, year: int) -> dict[str, Strength]:
    """Where a group is strong: its divisions taken together, by region."""
    columns = ("group", "year", "region", "persons", "lq", "bound")
    rows = release.whole("group_strengths", columns).to_pydict()
    return {
        region: Strength(
            region=release.regions[region],
            persons=persons,
            quotient=lq,
            is_bound=bound,
            jumped=False,
        )
        for number, when, region, persons, lq, bound in zip(
            *(rows[name] for name in columns), strict=True
        )
        if number == group.number and when == year
    }


def leaders(strength: dict[str, Strength]) -> list[Strength]:
    """The most specialised regions with enough persons, whatever their quotient."""
    found = [one for one in strength.values() if one.is_strong(0)]
    return sorted(found, key=lambda one: (-one.quotient, one.region.code))[:LEADERS]
