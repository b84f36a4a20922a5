"""Facts that profiles of every kind share: where, what, and in which words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hanse.cli.demo_world import chance, tables
from hanse.cli.demo_world.invented import InventedFact
from hanse.cli.demo_world.tables import Seat
from hanse.cli.demo_world.vicinity import is_inside

# The oldest that a published profile may be: later it is hidden.
OLDEST = 1000
WINE = {"AT", "BG", "BR", "CH", "CY", "DE", "EL", "ES", "FR", "HR", "HU", "IT", "LU", "PT", "RO",
        "SI", "SK"}  # fmt: skip


def host_of(key: str) -> str:
    return f"{key.replace('-', '')}.example"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def joined(lines: Sequence[str], language: str) -> str:
    return {"ja": "、"}.get(language, ", ").join(lines)


def place_facts(country: str, city: str, area: str) -> Iterator[InventedFact]:
    yield InventedFact("country", country)
    yield InventedFact("city", tables.city_in("en", city))
    yield InventedFact("region" if is_inside(country) else "province", area)


def name_facts(seat: Seat) -> Iterator[InventedFact]:
    yield InventedFact("name", seat.name, seat.language)
    if seat.english_name and seat.english_name != seat.name:
        yield InventedFact("other_name", seat.english_name, "en")


def competences_of(subject: str, country: str, count: int, *purpose: object) -> list[str]:
    """The subject's first competence, and some of its others."""
    first, *others = tables.codes(subject).competences
    fitting = [one for one in others if one != "wine" or country in WINE]
    return [first, *chance.some_of(fitting, count - 1, *purpose)]


def code_facts(field: str, found: Sequence[str]) -> Iterator[InventedFact]:
    return (InventedFact(field, code) for code in dict.fromkeys(found))


def line_facts(
    field: str, language: str, subject: str, count: int, *purpose: object, with_english: bool
) -> Iterator[InventedFact]:
    """Some lines of a subject in the organisation's language, and the same ones in English."""
    own = getattr(tables.theme(language, subject), field)
    english = getattr(tables.in_english(language, subject), field)
    name = {"technologies": "technology", "offers": "offer", "seeks": "seek"}[field]
    places = chance.some_of(range(len(own)), count, *purpose, field)
    for place in places:
        yield InventedFact(name, capital(own[place]), language)
    if with_english and language != "en":
        for place in places:
            yield InventedFact(name, capital(english[place]), "en")


def aged(
    facts: Sequence[InventedFact], key: str, days: int, share: float
) -> tuple[InventedFact, ...]:
    """So large a share of the facts was last confirmed earlier than the rest.

    The figures of the members come from one list: they age together.
    """
    return tuple(
        replace(fact, confirmed_days_ago=min(OLDEST, days + chance.between(60, 500, key, place)))
        if days < OLDEST
        and not fact.field.startswith("members_")
        and chance.share(key, "age", place) < share
        else fact
        for place, fact in enumerate(facts)
    )


def dated(facts: Sequence[InventedFact], days: int) -> tuple[InventedFact, ...]:
    """No figure holds for a later day than the one on which it was confirmed."""
    return tuple(
        fact
        if fact.as_of_days_ago is None
        else replace(fact, as_of_days_ago=max(fact.as_of_days_ago, fact.confirmed_days_ago or days))
        for fact in facts
    )


def in_its_own_words(
    facts: Sequence[InventedFact], own: Mapping[str, Sequence[InventedFact]]
) -> tuple[InventedFact, ...]:
    """The facts, where the organisation's own ones stand in place of the tables'."""
    kept = [fact for fact in facts if fact.field not in own]
    return (*kept, *(fact for field in own for fact in own[field]))
