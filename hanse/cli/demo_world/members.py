"""Firms, research organisations and public bodies, and the clusters they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from hanse.cli.demo_world import chance, special, tables
from hanse.cli.demo_world.invented import InventedFact, InventedPerson, Membership
from hanse.cli.demo_world.people import ADMINISTRATORS, keeper
from hanse.cli.demo_world.profiles import capital, competences_of, place_facts
from hanse.cli.demo_world.tables import Seat
from hanse.cli.demo_world.vicinity import are_neighbours, are_related

FIRMS = 900
RESEARCH = 85
LAST_YEAR = 2025
LARGE_SHARE = 0.06
WORD_FIRST = ("de", "fr", "it", "es", "pt", "pl", "cs", "sk", "sl", "hr", "ro", "el", "bg")
ROMANISED = {"research": "Institute", "public": "Development Agency"}


@dataclass(frozen=True)
class Member:
    """A member, and its clusters: the first is the one nearest to it."""

    key: str
    kind: str
    name: str
    # Where the name is not in Latin letters.
    latin_name: str
    host: str
    home: Seat
    city: str
    subject: str
    founded: int
    clusters: tuple[str, ...] = field(default=())


@cache
def firms() -> tuple[Member, ...]:
    made: list[Member] = []
    used: dict[str, int] = {}
    for seat in tables.clusters():
        for place in range(1, firms_of_clusters()[seat.key] + 1):
            key = f"firm-{seat.key}-{place}"
            made.append(firm(key, seat, used.get(seat.language, 0)))
            used[seat.language] = used.get(seat.language, 0) + 1
    return tuple(made)


@cache
def firms_of_clusters() -> dict[str, int]:
    """How many firms have their home in a cluster; together there are as many as we want."""
    wanted = {
        seat.key: special.OWN_MEMBERS.get(seat.key, chance.between(3, 9, seat.key, "firms"))
        for seat in tables.clusters()
    }
    ordinary = [key for key in wanted if key not in special.OWN_MEMBERS]
    missing = FIRMS - sum(wanted.values())
    for turn in range(abs(missing)):
        wanted[ordinary[turn % len(ordinary)]] += 1 if missing > 0 else -1
    return wanted


def firm(key: str, seat: Seat, place: int) -> Member:
    subjects = [one for one in seat.themes if tables.is_spoken(seat.language, one)]
    subject = subjects[-1] if chance.share(key, "subject") > 0.75 else subjects[0]  # noqa: PLR2004
    stem = stems(seat.language)[place]
    word = tables.theme(seat.language, subject).word
    kind = "large" if chance.share(key, "size") < LARGE_SHARE else "sme"
    return Member(
        key=key,
        kind=kind,
        name=firm_name(key, seat, stem, word),
        latin_name=latin(seat.language, stem, tables.theme("en", subject).word),
        host=member_host(seat, stem, word),
        home=seat,
        city=chance.one_of(seat.cities, key, "city"),
        subject=subject,
        founded=chance.between(1928, 1999, key) if kind == "large" else year_of_firm(key),
        clusters=clusters_of(key, seat, subject),
    )


def year_of_firm(key: str) -> int:
    return chance.between(1951, 2003, key) if chance.share(key) < 0.4 else (  # noqa: PLR2004
        chance.between(2004, 2022, key)
    )  # fmt: skip


@cache
def stems(language: str) -> tuple[str, ...]:
    """Invented words to name firms after: none of them is taken twice."""
    fronts, ends = (part.split() for part in tables.names()[f"{language}.stems"])
    return tuple(
        chance.shuffled([front + end for front in fronts for end in ends], language, "stems")
    )


def firm_name(key: str, seat: Seat, stem: str, word: str) -> str:
    legal = chance.one_of(tables.listed(tables.names()[f"{seat.country}.legal"][0]), key, "legal")
    if seat.country == "JP":
        return f"{legal}{stem}{word}" if chance.share(key) < 0.5 else f"{stem}{word}{legal}"  # noqa: PLR2004
    if seat.country == "KR":
        return f"{legal} {stem}{word}"
    # The subject stands in every name: a mere place and a legal form might exist.
    is_word_first = seat.language in WORD_FIRST and chance.share(key, "shape") < 0.5  # noqa: PLR2004
    return f"{word} {stem} {legal}" if is_word_first else f"{stem} {word} {legal}"


@cache
def _latin_stems(language: str) -> dict[str, str]:
    if f"{language}.latin" not in tables.names():
        return {}
    own, latin_ones = (
        [front + end for front in fronts.split() for end in ends.split()]
        for fronts, ends in (tables.names()[f"{language}.{kind}"] for kind in ("stems", "latin"))
    )
    return dict(zip(own, latin_ones, strict=True))


def latin(language: str, stem: str, word: str) -> str:
    """A name for readers of Latin letters; empty where the name is in such letters already."""
    found = _latin_stems(language).get(stem)
    return f"{found} {word}" if found else ""


def member_host(seat: Seat, stem: str, word: str) -> str:
    plain = tables.ascii_word(latin(seat.language, stem, "") or f"{stem} {word}")
    return f"{plain}-{seat.country.lower()}.example"


def clusters_of(key: str, home: Seat, subject: str) -> tuple[str, ...]:
    """The home cluster; for a third of the firms one or two more that are near."""
    draw = chance.share(key, "clusters")
    more = 2 if draw < 0.07 else 1 if draw < 0.33 else 0  # noqa: PLR2004
    if not more:
        return (home.key,)
    near = sorted(
        (seat for seat in tables.clusters() if seat is not home),
        key=lambda seat: -nearness(seat, home, subject) - chance.share(key, seat.key),
    )
    return (home.key, *(seat.key for seat in near[:more]))


def nearness(seat: Seat, home: Seat, subject: str) -> float:
    return (
        4.0 * (seat.country == home.country)
        + 1.5 * (seat.area == home.area)
        + 2.0 * (subject in seat.themes)
        + 1.0 * are_related(subject, seat.themes[0])
        + 1.0 * are_neighbours(seat.country, home.country)
    )


@cache
def institutes() -> tuple[Member, ...]:
    """Research organisations, and one public body a country."""
    homes = chance.shuffled(tables.clusters(), "research")[:RESEARCH]
    countries = {seat.country: seat for seat in reversed(tables.clusters())}
    seats = [("research", seat) for seat in homes]
    seats += [("public", seat) for seat in countries.values()]
    return tuple(institute(kind, seat, place) for place, (kind, seat) in enumerate(seats))


def institute(kind: str, seat: Seat, place: int) -> Member:
    key = f"{kind}-{seat.key}"
    stem = stems(seat.language)[-1 - place]
    name = chance.one_of(tables.sentences()[f"{seat.language}.{kind}"], key, "name")
    same_country = [one for one in tables.clusters() if one.country == seat.country]
    others = [one.key for one in same_country if one is not seat]
    more = chance.between(0, 2, key, "clusters") if kind == "research" else len(others) // 2
    return Member(
        key=key,
        kind=kind,
        name=name.format(stem=stem),
        latin_name=latin(seat.language, stem, ROMANISED[kind]),
        host=member_host(seat, stem, kind),
        home=seat,
        city=seat.cities[0],
        subject=seat.themes[0],
        founded=chance.between(1868, 2008, key, "founded"),
        clusters=(seat.key, *chance.some_of(others, more, key, "clusters")),
    )


@cache
def members() -> tuple[Member, ...]:
    return (*firms(), *institutes())


@cache
def memberships() -> dict[str, tuple[Membership, ...]]:
    """By the cluster's key."""
    found: dict[str, list[Membership]] = {seat.key: [] for seat in tables.clusters()}
    founded = {seat.key: seat.founded for seat in tables.clusters()}
    for member in members():
        for cluster in member.clusters:
            found[cluster].append(membership(member, cluster, founded[cluster]))
    return {cluster: tuple(ones) for cluster, ones in found.items()}


def membership(member: Member, cluster: str, cluster_founded: int) -> Membership:
    earliest = min(max(member.founded, cluster_founded), LAST_YEAR - 3) + 1
    year = chance.between(earliest, LAST_YEAR, member.key, cluster)
    since = date(year, chance.between(1, 12, member.key, cluster, "month"), 1)
    ends = chance.share(member.key, cluster, "end") < 0.1 and year < LAST_YEAR - 1  # noqa: PLR2004
    if not ends:
        return Membership(member.key, since)
    last = chance.between(year + 1, LAST_YEAR, member.key, cluster, "last")
    return Membership(member.key, since, date(last, 12, 31))


def keeper_of(member: Member) -> InventedPerson | None:
    """One firm in six and every second institute keeps its own profile; the rest is listed."""
    claimed = 0.16 if member.kind in ("sme", "large") else 0.5
    if member.key in ADMINISTRATORS or chance.share(member.key, "claimed") >= claimed:
        return None
    return keeper(member.key, member.home.country, member.home.language, member.host)


def member_facts(member: Member) -> Iterator[InventedFact]:
    home, key = member.home, member.key
    is_firm = member.kind in ("sme", "large")
    has_english = chance.share(key, "english") < 0.4 and home.language != "en"  # noqa: PLR2004
    yield InventedFact("name", member.name, home.language)
    if member.latin_name:
        yield InventedFact("other_name", member.latin_name, "en")
    yield from place_facts(home.country, member.city, home.area)
    yield from texts(member, home.language)
    if has_english:
        yield from texts(member, "en")
    if member.kind == "public":
        yield InventedFact("sector", "M70")
        yield InventedFact("competence", "financing")
        return
    sector = "M72" if member.kind == "research" else sector_of(member)
    yield InventedFact("sector", sector)
    count = chance.between(1, 2, key, "competences")
    for slug in competences_of(member.subject, home.country, count, key):
        yield InventedFact("competence", slug)
    if is_firm and chance.share(key, "unsaid") < 0.1:  # noqa: PLR2004
        return
    yield from exchange(member, has_english=has_english)
    if chance.share(key, "website") < 0.7:  # noqa: PLR2004
        yield InventedFact("website", f"https://{member.host}")
    if chance.share(key, "founded") < 0.6:  # noqa: PLR2004
        yield InventedFact("founded", member.founded)


def sector_of(member: Member) -> str:
    """Mostly the first of the subject's sectors."""
    first, *others = tables.codes(member.subject).sectors
    mostly = 0.6
    return first if chance.share(member.key, "sector") < mostly else chance.one_of(
        others or [first], member.key, "sectors"
    )  # fmt: skip


def texts(member: Member, language: str) -> Iterator[InventedFact]:
    """One sentence; the same one in every language."""
    home, key = member.home, member.key
    own = tables.theme(home.language, member.subject)
    said = own if language == home.language else tables.in_english(home.language, member.subject)
    use = "firm" if member.kind in ("sme", "large") else f"{member.kind}_summary"
    frames = tables.sentences()[f"{language}.{use}"]
    sizes = {"large": (260, 1800), "sme": (4, 240), "research": (12, 400), "public": (40, 900)}
    text = chance.one_of(frames, key, "frame").format(
        product=chance.one_of(said.products, key, "product"),
        field=said.field,
        n=chance.between(*sizes[member.kind], key, "people"),
        year=member.founded,
        city=tables.city_in(language, member.city),
    )
    yield InventedFact("summary", capital(text), language)


def exchange(member: Member, *, has_english: bool) -> Iterator[InventedFact]:
    """An offer, or something looked for, or both."""
    language = member.home.language
    draw = chance.share(member.key, "exchange")
    for field_code, lists, wanted in (
        ("offer", "offers", draw < 0.6),  # noqa: PLR2004
        ("seek", "seeks", draw > 0.45),  # noqa: PLR2004
    ):
        if not wanted:
            continue
        own = getattr(tables.theme(language, member.subject), lists)
        place = chance.number(member.key, lists) % len(own)
        yield InventedFact(field_code, capital(own[place]), language)
        if has_english:
            english = getattr(tables.in_english(language, member.subject), lists)
            yield InventedFact(field_code, capital(english[place]), "en")
