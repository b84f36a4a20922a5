"""What the invented clusters say about themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from hanse.cli.demo_world import chance, special, tables
from hanse.cli.demo_world.invented import InventedFact
from hanse.cli.demo_world.members import institutes
from hanse.cli.demo_world.profiles import (
    capital,
    code_facts,
    competences_of,
    host_of,
    joined,
    line_facts,
    name_facts,
    place_facts,
)
from hanse.cli.demo_world.tables import Seat
from hanse.cli.demo_world.vicinity import EU, are_neighbours, is_inside

SILENT_SHARE = 0.15
PROGRAMMES = (
    "COSME",
    "Horizon 2020 INNOSUP-1",
    "Interreg Europe",
    "European Regional Development Fund, regional programme",
    "Erasmus+",
    "Single Market Programme, Euroclusters",
)
# Places of the sentences about an organisation: its work, its life, and what its members pay.
ABOUT_WORK = (1, 2, 3, 4)
ABOUT_LIFE = (0, 5, 6, 7, 9, 10, 11, 12, 13)
ABOUT_FEE = 8
# The middle of it is what European clusters report: 81 of a hundred members are small firms.
SME_SHARES = (0.70, 0.74, 0.78, 0.80, 0.81, 0.82, 0.84, 0.87, 0.90)


@dataclass(frozen=True)
class Count:
    sme: int
    large: int
    research: int
    public: int
    other: int

    def all(self) -> int:
        return self.sme + self.large + self.research + self.public + self.other


def count_of(seat: Seat) -> Count:
    """How many members a cluster says it has: from a dozen to a hundred and sixty."""
    own = special.OWN_FACTS.get(seat.key, {})
    if "members_sme" in own:
        said = {field: int(str(own[field][0].value)) for field in own if "members_" in field}
        return Count(
            sme=said["members_sme"],
            large=said["members_large"],
            research=said["members_research"],
            public=said["members_public"],
            other=said.get("members_other", 0),
        )
    total = int(12 * (160 / 12) ** chance.share(seat.key, "members"))
    sme = round(total * chance.one_of(SME_SHARES, seat.key, "share"))
    rest = total - sme
    large = rest * chance.between(30, 50, seat.key, "large") // 100
    research = (rest - large) * chance.between(45, 65, seat.key, "research") // 100
    public = (rest - large - research) * 2 // 3
    return Count(sme, large, research, public, rest - large - research - public)


def says_how_many(seat: Seat) -> bool:
    return seat.key in special.OWN_FACTS or chance.share(seat.key, "silent") >= SILENT_SHARE


def speaks_english(seat: Seat) -> bool:
    known = seat.language == "en" or seat.key in special.OWN_FACTS or not is_inside(seat.country)
    return known or chance.share(seat.key, "english") < 0.76  # noqa: PLR2004


def cluster_facts(seat: Seat) -> Iterator[InventedFact]:
    key, language, host = seat.key, seat.language, host_of(seat.key)
    english = speaks_english(seat)
    yield from name_facts(seat)
    yield from special.OTHER_LANGUAGE.get(key, ())
    yield from texts(seat, language)
    if english and language != "en":
        yield from texts(seat, "en")
    yield InventedFact("website", f"https://{host}")
    yield from code_facts("website_language", [language, *(["en"] if english else [])])
    yield InventedFact("contact_email", f"office@{host}", is_public=False)
    yield InventedFact("founded", seat.founded)
    yield from place_facts(seat.country, seat.cities[0], seat.area)
    yield from work(seat, with_english=english)
    if special.STATES.get(key) == "draft":
        return
    yield from recognition(seat)
    yield from reach(seat, with_english=english)


def texts(seat: Seat, language: str) -> Iterator[InventedFact]:
    """One sentence and some more; the same ones in every language."""
    subject = seat.themes[0]
    said = (
        tables.theme(language, subject)
        if language == seat.language
        else tables.in_english(seat.language, subject)
    )
    frames = tables.sentences()
    total = count_of(seat).all()
    gaps = {
        "field": said.field,
        "n": total,
        "city": tables.city_in(language, seat.cities[0]),
        "year": seat.founded,
        "products": joined(chance.some_of(said.products, 2, seat.key, "products"), language),
        "technologies": joined(said.technologies, language),
        "offer": chance.one_of(said.offers, seat.key, "asked"),
        "seek": chance.one_of(said.seeks, seat.key, "lacked"),
    }
    silent = not says_how_many(seat)
    summaries = [one for one in frames[f"{language}.summary"] if not (silent and "{n}" in one)]
    summary = chance.one_of(summaries, seat.key, "summary").format(**gaps)
    yield InventedFact("summary", capital(summary), language)
    about = frames[f"{language}.about"]
    chosen = sorted(
        (
            *chance.some_of(ABOUT_WORK, 3, seat.key, "work"),
            *chance.some_of(
                ABOUT_LIFE if silent else (*ABOUT_LIFE, ABOUT_FEE), 3, seat.key, "life"
            ),
        )
    )
    text = ("" if language == "ja" else " ").join(about[place].format(**gaps) for place in chosen)
    yield InventedFact("description", text, language)


def work(seat: Seat, *, with_english: bool) -> Iterator[InventedFact]:
    key, language = seat.key, seat.language
    plans = [tables.codes(subject) for subject in seat.themes]
    own = tables.own_codes(key)
    if own is not None:
        yield from code_facts("sector", own.sectors)
        yield from code_facts("ecosystem", own.ecosystems)
        yield from code_facts("competence", own.competences)
    else:
        sectors = [*plans[0].sectors[:2], *(plan.sectors[0] for plan in plans[1:])]
        yield from code_facts("sector", sectors)
        yield from code_facts("ecosystem", [plan.ecosystems[0] for plan in plans])
        slugs = competences_of(seat.themes[0], seat.country, 3, key, "competences")
        for subject in seat.themes[1:]:
            slugs += competences_of(subject, seat.country, 1, key, "more")
        yield from code_facts("competence", slugs)
    subject = seat.themes[0]
    yield from line_facts("technologies", language, subject, 2, key, with_english=with_english)
    yield from services(seat, with_english=with_english)
    count = chance.between(1, 3, key, "exchange")
    yield from line_facts("offers", language, subject, count, key, with_english=with_english)
    yield from line_facts("seeks", language, subject, 4 - count, key, with_english=with_english)
    for side in seat.themes[1:]:
        if tables.is_spoken(language, side):
            for field in ("technologies", "offers" if count == 1 else "seeks"):
                yield from line_facts(field, language, side, 1, key, with_english=with_english)


def services(seat: Seat, *, with_english: bool) -> Iterator[InventedFact]:
    places = chance.some_of(range(8), chance.between(2, 4, seat.key, "n"), seat.key, "services")
    spoken = [seat.language]
    if with_english and seat.language != "en":
        spoken.append("en")
    for language in spoken:
        lines = tables.sentences()[f"{language}.services"]
        yield from (InventedFact("service", lines[place], language) for place in places)


def recognition(seat: Seat) -> Iterator[InventedFact]:
    key, host = seat.key, host_of(seat.key)
    if says_how_many(seat):
        count = count_of(seat)
        days = chance.between(20, 420, key, "counted")
        yield InventedFact("members_sme", count.sme, as_of_days_ago=days)
        yield InventedFact("members_large", count.large, as_of_days_ago=days)
        yield InventedFact("members_research", count.research, as_of_days_ago=days)
        yield InventedFact("members_public", count.public, as_of_days_ago=days)
        if count.other:
            yield InventedFact("members_other", count.other, as_of_days_ago=days)
        half_posts = 2 * count.all() // chance.between(9, 34, key, "posts")
        yield InventedFact("staff_fte", min(max(half_posts, 1), 24) / 2)
    if chance.share(key, "proof") < 0.8:  # noqa: PLR2004
        yield InventedFact("activity_proof", f"https://{host}/services")
        yield InventedFact("activity_proof", f"https://{host}/news")
    bodies = [
        one for one in institutes() if one.kind == "public" and one.home.country == seat.country
    ]
    if chance.share(key, "public") < 0.7:  # noqa: PLR2004
        yield from (InventedFact("public_cooperation", body.name) for body in bodies)
    if is_inside(seat.country):
        lines = chance.some_of(PROGRAMMES, chance.between(0, 2, key, "programmes"), key)
        yield from (InventedFact("support_programme", line) for line in lines)
    draw = chance.share(key, "label")
    if says_how_many(seat) and draw < 0.42:  # noqa: PLR2004
        grade = "gold" if draw < 0.07 else "silver" if draw < 0.18 else "bronze"  # noqa: PLR2004
        year, month = chance.between(2025, 2028, key, "until"), chance.between(1, 11, key, "month")
        until = f"{year}-{month:02}-28"
        yield InventedFact("label", {"label": f"ecei-{grade}", "until": until})


def reach(seat: Seat, *, with_english: bool) -> Iterator[InventedFact]:
    key = seat.key
    belongs = [one.name for one in tables.other_kinds() if seat.key in one.members]
    yield from (InventedFact("partnership", name) for name in belongs)
    near = [code for code in EU if code != seat.country and are_neighbours(code, seat.country)]
    targets = chance.some_of(near or EU, 2, key, "near") + chance.some_of(
        ("JP", "KR", "CA", "BR", "IN", "UK", "CH", "NO", "DE", "FR"), 1, key, "far"
    )
    yield from code_facts("target_country", [code for code in targets if code != seat.country])
    spoken = [seat.language, *(["en"] if with_english else [])]
    spoken += chance.some_of(("de", "fr", "es"), chance.between(0, 1, key, "spoken"), key, "third")
    if chance.share(key, "languages") < 0.85:  # noqa: PLR2004
        yield from code_facts("language", spoken)
    if not is_inside(seat.country):
        known = [
            one
            for one in tables.clusters()
            if is_inside(one.country) and one.themes[0] == seat.themes[0]
        ]
        contact = chance.one_of(known or tables.clusters()[:10], key, "contact")
        yield InventedFact(
            "european_contact", f"{contact.name}, {tables.city_in('en', contact.cities[0])}"
        )
