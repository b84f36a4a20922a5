"""Past projects: communities of subject and of neighbourhood, as they really form."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import product

from hanse.cli.demo_world import chance, special, tables
from hanse.cli.demo_world.invented import InventedProject
from hanse.cli.demo_world.members import memberships
from hanse.cli.demo_world.tables import Seat
from hanse.cli.demo_world.vicinity import OVERSEAS, are_neighbours, are_related, is_inside

PROJECTS = 160
# Programme, the years in which its projects began, months that they run.
PROGRAMMES = (
    ("Horizon 2020 INNOSUP-1", 2015, 2020, (36, 42)),
    ("COSME", 2015, 2020, (18, 24)),
    ("COSME", 2016, 2020, (24, 24)),
    ("Interreg Europe", 2016, 2023, (36, 60)),
    ("Erasmus+", 2015, 2024, (24, 36)),
    ("Interreg", 2016, 2023, (30, 36)),
    ("LIFE", 2017, 2023, (36, 48)),
    ("Single Market Programme, Euroclusters", 2022, 2024, (36, 36)),
)
ENDS_BEFORE = date(2026, 11, 1)
TITLES = (
    "Vouchers for small firms: {field}",
    "Going abroad together: {field}",
    "New chains across borders: {field}",
    "Staff exchange on {field}",
    "From pilot to series: {field}",
    "Shared test beds for {field}",
    "What regions can do for {field}",
    "Learning across borders: {field}",
)
FRONTS = ("Val", "Kor", "Nex", "Tri", "Mar", "Sel", "Ald", "Bri", "Cir", "Dun", "Fen", "Gal",
          "Hel", "Iri", "Jun", "Lum")  # fmt: skip
MIDDLES = ("o", "a", "e", "u")
ENDS = ("dex", "kar", "lix", "mond", "nard", "pont", "ring", "stel", "tor", "vance", "wick", "zam")
# By hand: what other texts of the world speak of.
OWN = (
    InventedProject(
        "ZELLKREIS", "Batterierecycling: collection and trials in four countries",
        "Horizon 2020 INNOSUP-1", date(2017, 3, 1), date(2020, 8, 31),
        (("zweites-leben", "coordinator"), ("dolina-ogniw", "partner"),
         ("cadena-circular-navarra", "partner"), ("second-souffle", "partner")),
    ),
    InventedProject(
        "OGNIWORING", "Safe transport of damaged packs", "COSME",
        date(2017, 9, 1), date(2019, 8, 31),
        (("dolina-ogniw", "coordinator"), ("tiszai-akkukor", "partner"),
         ("trakiyski-krag", "partner")),
    ),
    InventedProject(
        "OPENLINE", "A line that others may visit", "Erasmus+",
        date(2017, 10, 1), date(2019, 9, 30),
        (("karnan-battery-partnership", "coordinator"), ("vastkustens-fordonsring", "partner"),
         ("sorlandets-batterikrets", "partner"), ("pohjanlahden-akkukeha", "partner")),
    ),
    InventedProject(
        "TIGHTSEAT", "Valve seats that last: sintered alloys for hydrogen", "Interreg",
        date(2019, 5, 1), date(2022, 4, 30),
        (("valvole-del-sebino", "coordinator"), ("pulverwerk-tirol", "partner"),
         ("pulverkretsen", "partner"), ("vodikova-brana", "partner")),
    ),
)  # fmt: skip


def projects() -> list[InventedProject]:
    return [*OWN, *(project(place) for place in range(PROJECTS - len(OWN)))]


def project(place: int) -> InventedProject:
    lead = leads()[place % len(leads())]
    subject = lead.themes[0]
    programme, first, last, lengths = chance.one_of(PROGRAMMES, place, "programme")
    earliest = max(first, lead.founded + 1)
    began = date(chance.between(min(earliest, last), last, place), 1 + place % 12, 1)
    months = began.month - 1 + chance.between(*lengths, place, "months")
    ended = date(began.year + months // 12, months % 12 + 1, 1)
    return InventedProject(
        acronym=acronyms()[place],
        title=chance.one_of(TITLES, place, "title").format(field=tables.theme("en", subject).field),
        programme=programme,
        began=began,
        ended=ended if ended < ENDS_BEFORE else None,
        members=tuple(consortium(place, lead, began)),
    )


@cache
def leads() -> tuple[Seat, ...]:
    """Who leads: old clusters more often than young ones, none outside of the Union."""
    able = [seat for seat in published() if is_inside(seat.country)]
    old = [seat for seat in able if seat.founded < 2007]  # noqa: PLR2004
    return tuple(chance.shuffled([*able, *old], "leads"))


@cache
def published() -> tuple[Seat, ...]:
    hidden = ("draft", "submitted", "refused")
    return tuple(one for one in tables.clusters() if special.STATES.get(one.key) not in hidden)


def consortium(place: int, lead: Seat, began: date) -> Iterator[tuple[str, str]]:
    size = chance.between(3, 7, place, "size")
    able = [one for one in published() if one is not lead and one.founded <= began.year]
    near = sorted(able, key=lambda one: -closeness(lead, one) - 3 * chance.share(place, one.key))
    partners = one_of_each_country([lead, *near], size)
    yield lead.key, "coordinator"
    yield from ((one.key, "partner") for one in partners[1:])
    firms = [
        one.member_key
        for partner in partners
        for one in memberships()[partner.key]
        if one.since <= began and (one.until is None or one.until > began)
    ]
    taken = chance.some_of(list(dict.fromkeys(firms)), chance.between(0, 2, place, "n"), place)
    yield from ((key, "partner") for key in taken)


def one_of_each_country(near: Sequence[Seat], count: int) -> list[Seat]:
    """Funders want several countries."""
    chosen: list[Seat] = []
    for seat in near:
        if len(chosen) < count and all(seat.country != one.country for one in chosen):
            chosen.append(seat)
    return chosen


def closeness(lead: Seat, other: Seat) -> float:
    return (
        3.0 * (lead.themes[0] in other.themes)
        + 1.2 * are_related(lead.themes[0], other.themes[0])
        + 1.4 * are_neighbours(lead.country, other.country)
        - 1.0 * (lead.country == other.country)
        - 2.5 * (other.country in OVERSEAS)
    )


@cache
def acronyms() -> tuple[str, ...]:
    words = ["".join(parts).upper() for parts in product(FRONTS, MIDDLES, ENDS)]
    return tuple(chance.shuffled(words, "acronyms"))
