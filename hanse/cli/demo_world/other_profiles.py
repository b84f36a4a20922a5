"""What associations, networks, partnerships, efficiency actors, policy bodies and schools say."""

from collections.abc import Iterator

from hanse.cli.demo_world import chance, tables
from hanse.cli.demo_world.invented import InventedFact
from hanse.cli.demo_world.profiles import (
    capital,
    code_facts,
    host_of,
    line_facts,
    name_facts,
    place_facts,
)
from hanse.cli.demo_world.tables import Seat

CLUSTER_LIKE = ("association", "network", "partnership")
# Summary, services, competences of kinds that have no subject of their own.
IN_ENGLISH = {
    "association": (
        (
            "{n} cluster organisations of one country: one voice, one list, two meetings a year. "
            "Seat: {city}."
        ),
        ("Exchange of staff among clusters", "Statements on cluster policy"),
        ("internationalisation", "training"),
    ),
    "network": (
        "{n} clusters across borders that know each other’s laboratories. Office: {city}.",
        ("Shared list of test beds", "Annual meeting in a member’s town"),
        ("internationalisation", "test-beds"),
    ),
    "partnership": (
        "{n} clusters with one strategy and one partner search outside the Union. Lead: {city}.",
        ("Joint missions", "One contact for guests"),
        ("internationalisation", "technology-transfer"),
    ),
    "efficiency": (
        (
            "We walk through a workshop in {city} for a day and leave a list: heat, water, scrap, "
            "and what each line costs. Since {year}."
        ),
        ("A day in the workshop", "Measuring cases on loan", "Help with savings loans"),
        ("technology-transfer", "financing"),
    ),
    "policy": (
        (
            "Public office in {city} that plans, funds and looks back on cluster programmes, "
            "since {year}."
        ),
        ("Programme design", "Evaluations that are published"),
        ("financing", "technology-transfer"),
    ),
    "training": (
        "Courses for those who run clusters, in {city} and online, since {year}.",
        ("Course for new cluster staff", "Coaching on the job"),
        ("training", "internationalisation"),
    ),
}
SECTORS = {
    "association": "M70", "network": "M70", "partnership": "M70", "efficiency": "M74",
    "policy": "M70", "training": "M70",
}  # fmt: skip


def other_facts(seat: Seat) -> Iterator[InventedFact]:
    host, subject = host_of(seat.key), seat.themes[0]
    summary, services, slugs = IN_ENGLISH[seat.kind]
    gaps = {
        "n": len(seat.members),
        "city": tables.city_in("en", seat.cities[0]),
        "year": seat.founded,
    }
    yield from name_facts(seat)
    yield from own_summary(seat)
    yield InventedFact("summary", summary.format(**gaps), "en")
    yield InventedFact("website", f"https://{host}")
    yield from code_facts("website_language", [seat.language, "en"])
    yield InventedFact("contact_email", f"office@{host}", is_public=False)
    yield InventedFact("founded", seat.founded)
    yield from place_facts(seat.country, seat.cities[0], seat.area)
    has_subject = seat.kind in ("network", "partnership", "efficiency")
    plan = tables.codes(subject)
    yield from code_facts("sector", [plan.sectors[0] if has_subject else SECTORS[seat.kind]])
    if has_subject:
        yield from code_facts("ecosystem", plan.ecosystems[:1])
    more = plan.competences[:2] if has_subject else ()
    yield from code_facts("competence", [*more, *slugs])
    yield from (InventedFact("service", line, "en") for line in services)
    if seat.kind in ("network", "partnership"):
        for field in ("offers", "seeks"):
            yield from line_facts(field, seat.language, subject, 1, seat.key, with_english=True)
    if seat.kind in CLUSTER_LIKE:
        posts = chance.between(1, 6, seat.key, "posts") / 2
        yield InventedFact("staff_fte", posts)
        yield InventedFact("activity_proof", f"https://{host}/news")
    yield from code_facts("language", [seat.language, "en"])


def own_summary(seat: Seat) -> Iterator[InventedFact]:
    """In its own language: by hand, or from the tables where they know its subject."""
    by_hand = dict(tables.rows("others-own"))
    if seat.key in by_hand:
        yield InventedFact("summary", by_hand[seat.key], seat.language)
    elif tables.is_spoken(seat.language, seat.themes[0]):
        text = tables.sentences()[f"{seat.language}.summary"][0].format(
            field=tables.theme(seat.language, seat.themes[0]).field,
            city=seat.cities[0],
            n=len(seat.members),
        )
        yield InventedFact("summary", capital(text), seat.language)
