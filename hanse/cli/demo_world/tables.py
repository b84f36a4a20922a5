"""The tables of the invented world, as they lie in `texts/`."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).with_name("texts")


@dataclass(frozen=True)
class Theme:
    """What is said about one subject in one language; equal places say the same in English."""

    word: str
    field: str
    products: tuple[str, ...]
    technologies: tuple[str, ...]
    offers: tuple[str, ...]
    seeks: tuple[str, ...]


@dataclass(frozen=True)
class Codes:
    """How the platform's vocabularies name a subject."""

    sectors: tuple[str, ...]
    ecosystems: tuple[str, ...]
    competences: tuple[str, ...]


@dataclass(frozen=True)
class Seat:
    """An organisation before it says anything: who and where it is, and its subjects."""

    key: str
    kind: str
    country: str
    # NUTS 2 of 2013 in the Union, elsewhere the province's name.
    area: str
    language: str
    cities: tuple[str, ...]
    name: str
    english_name: str
    themes: tuple[str, ...]
    founded: int
    members: tuple[str, ...] = ()


def rows(table: str) -> Iterator[list[str]]:
    for line in (TEXTS / f"{table}.txt").read_text(encoding="utf-8").splitlines():
        yield [cell.strip() for cell in line.split("|")]


def listed(cell: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cell.split(";"))


@cache
def themes() -> dict[str, Theme]:
    """By language and subject (`pl.hydrogen`); `en@sv.metals` translates what Swedes say."""
    return {
        key: Theme(word, one_phrase(field), *(listed(cell) for cell in lists))
        for path in sorted(TEXTS.glob("themes-*.txt"))
        for key, word, field, *lists in rows(path.stem)
    }


def one_phrase(field: str) -> str:
    """A subject and its parts without a colon: it stands in sentences that have one.

    >>> one_phrase("photonics: lasers and lenses")
    'photonics (lasers and lenses)'
    """
    head, colon, parts = field.replace("：", ": ").partition(":")
    return f"{head.strip()} ({parts.strip()})" if colon else field


def theme(language: str, subject: str) -> Theme:
    return themes()[f"{language}.{subject}"]


def in_english(language: str, subject: str) -> Theme:
    known = themes()
    return known.get(f"en@{language}.{subject}") or known[f"en.{subject}"]


def is_spoken(language: str, subject: str) -> bool:
    return f"{language}.{subject}" in themes()


def codes(subject: str) -> Codes:
    return _all_codes()[subject]


@cache
def _all_codes() -> dict[str, Codes]:
    return {key: Codes(*(tuple(cell.split()) for cell in cells)) for key, *cells in rows("plans")}


def own_codes(key: str) -> Codes | None:
    """The codes of an organisation for which the table of subjects has a row of its own."""
    return _all_codes().get(key)


@cache
def sentences() -> dict[str, tuple[str, ...]]:
    """Sentences with gaps, by language and use: `pl.firm`."""
    return {
        key: tuple(cells) if len(cells) > 1 else listed(cells[0])
        for key, *cells in rows("sentences")
    }


@cache
def names() -> dict[str, tuple[str, ...]]:
    return {key: tuple(cells) for key, *cells in rows("names")}


@cache
def clusters() -> tuple[Seat, ...]:
    return tuple(
        Seat(
            key, "cluster", country, area, language, listed(cities), name, english,
            listed(subjects), int(founded),
        )
        for key, country, area, language, cities, name, english, subjects, founded in rows(
            "clusters"
        )
    )  # fmt: skip


@cache
def other_kinds() -> tuple[Seat, ...]:
    return tuple(
        Seat(
            key, kind, country, area, language, listed(cities), name, english, listed(subjects),
            int(founded), tuple(members.split()),
        )
        for key, kind, country, area, language, cities, name, english, subjects, founded, members
        in rows("others")
    )  # fmt: skip


@cache
def _latin_cities() -> dict[str, str]:
    return dict(rows("cities"))


def city_in(language: str, city: str) -> str:
    """A city as a language writes it: in its own letters at home, else in Latin ones."""
    return city if language in ("el", "bg", "ja", "ko") else _latin_cities().get(city, city)


# Letters that do not fall apart into a Latin letter and a sign.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)


def ascii_word(text: str) -> str:
    """A name as a web address writes it; empty where the script is not Latin.

    >>> ascii_word("Södra Łąka")
    'sodra-laka'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore")
    kept = "".join(c if c.isalnum() else "-" for c in plain.decode().lower())
    return "-".join(part for part in kept.split("-") if part)
