"""Everybody in the invented directory."""

from collections.abc import Iterator
from datetime import date

from hanse.cli.demo_world import chance, special, tables
from hanse.cli.demo_world.cluster_profiles import cluster_facts
from hanse.cli.demo_world.invented import (
    InventedFact,
    InventedOrganisation,
    InventedPerson,
    Membership,
)
from hanse.cli.demo_world.members import (
    Member,
    keeper_of,
    member_facts,
    members,
    memberships,
)
from hanse.cli.demo_world.other_profiles import other_facts
from hanse.cli.demo_world.people import ADMINISTRATORS, keeper
from hanse.cli.demo_world.profiles import aged, dated, host_of, in_its_own_words
from hanse.cli.demo_world.tables import Seat


def organisations() -> list[InventedOrganisation]:
    return [
        *(cluster(seat) for seat in tables.clusters()),
        *(other_kind(seat) for seat in tables.other_kinds()),
        *(member_profile(member) for member in members()),
    ]


def keepers() -> tuple[InventedPerson, ...]:
    """Everybody who keeps a profile and is not among the people who sign in."""
    seats = (*tables.clusters(), *tables.other_kinds())
    kept = [seat_keeper(seat) for seat in seats if seat.key not in ADMINISTRATORS]
    return (*kept, *(one for one in map(keeper_of, members()) if one))


def seat_keeper(seat: Seat) -> InventedPerson:
    return keeper(seat.key, seat.country, seat.language, host_of(seat.key))


def administrators_of(seat: Seat) -> tuple[str, ...]:
    return ADMINISTRATORS.get(seat.key) or (seat_keeper(seat).email,)


def confirmed_days_ago(key: str) -> int:
    """Most were confirmed within the year, some within two, a few longer ago."""
    if key in special.CONFIRMED_DAYS_AGO:
        return special.CONFIRMED_DAYS_AGO[key]
    draw = chance.share(key, "confirmed")
    low, high = (3, 340) if draw < 0.72 else (366, 700) if draw < 0.93 else (701, 990)  # noqa: PLR2004
    return chance.between(low, high, key, "days")


def cluster(seat: Seat) -> InventedOrganisation:
    days = confirmed_days_ago(seat.key)
    own = special.OWN_FACTS.get(seat.key, {})
    facts: tuple[InventedFact, ...] = tuple(cluster_facts(seat))
    facts = in_its_own_words(facts, own) if own else aged(facts, seat.key, days, 0.14)
    return InventedOrganisation(
        key=seat.key,
        kind=seat.kind,
        facts=dated(facts, days),
        members=memberships()[seat.key],
        administrators=administrators_of(seat),
        state=special.STATES.get(seat.key, "published"),
        confirmed_days_ago=days,
    )


def other_kind(seat: Seat) -> InventedOrganisation:
    days = confirmed_days_ago(seat.key)
    facts = in_its_own_words(tuple(other_facts(seat)), special.OWN_FACTS.get(seat.key, {}))
    return InventedOrganisation(
        key=seat.key,
        kind=seat.kind,
        facts=dated(aged(facts, seat.key, days, 0.08), days),
        members=tuple(joins(seat)),
        administrators=administrators_of(seat),
        confirmed_days_ago=days,
    )


def joins(seat: Seat) -> Iterator[Membership]:
    """The clusters of an association, a network or a partnership: the first ones founded it."""
    for place, member in enumerate(seat.members):
        later = 0 if place < 2 else chance.between(0, 3, seat.key, member)  # noqa: PLR2004
        yield Membership(member, date(min(seat.founded + later, 2025), 1, 1))


def member_profile(member: Member) -> InventedOrganisation:
    days = confirmed_days_ago(member.key)
    own_keeper = keeper_of(member)
    administrators = ADMINISTRATORS.get(member.key) or (
        (own_keeper.email,) if own_keeper is not None else ()
    )
    return InventedOrganisation(
        key=member.key,
        kind=member.kind,
        facts=aged(tuple(member_facts(member)), member.key, days, 0.06),
        administrators=administrators,
        state="published" if administrators else "listed",
        confirmed_days_ago=days,
    )
