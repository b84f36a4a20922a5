"""The codes that may stand in a field, and their words in the reader's language."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from babel import Locale
from django.utils.translation import get_language

from hanse.commons.competences import queries as competences
from hanse.commons.places.words import countries, country_name, eurostat_code
from hanse.commons.sectors.words import SHORT_NAMES, TITLES
from hanse.directory.words import ECOSYSTEMS, FIELDS, LABELS, LANGUAGES, Vocabulary
from hanse.kit.numbers import figure
from hanse.observatory.queries.figures import NoRelease, serving_release

DIVISION = 3
NUTS_2 = 2


class Divisions(Collection[str]):
    """Codes of NUTS 2 as the serving release has them."""

    def __contains__(self, code: object) -> bool:
        return code in regions()

    def __iter__(self) -> Iterator[str]:
        return iter(regions())

    def __len__(self) -> int:
        return len(regions())


@cache
def known() -> dict[str, Collection[str]]:
    """Codes by vocabulary, for `rules.values`."""
    return {
        "country": frozenset(eurostat_code(code) for code, _name in countries("en")),
        "region": Divisions(),
        "sector": frozenset(code for code in TITLES if len(code) == DIVISION),
        "ecosystem": frozenset(ECOSYSTEMS),
        "competence": frozenset(competences.vocabulary().concepts),
        "language": frozenset(LANGUAGES),
        "label": frozenset(LABELS),
    }


def regions() -> dict[str, str]:
    """Code and name of the NUTS 2 regions; none where no release serves."""
    try:
        release = serving_release()
    except NoRelease:
        return {}
    return {code: one.name for code, one in release.regions.items() if one.level == NUTS_2}


def word_of(vocabulary: Vocabulary, code: str) -> str:
    """What a code means, in the reader's language; the code itself where nobody knows."""
    if vocabulary == "country":
        return country_name(code)
    if vocabulary == "region":
        return regions().get(code, code)
    if vocabulary == "sector":
        return str(SHORT_NAMES.get(code, TITLES.get(code, code)))
    if vocabulary == "ecosystem":
        return str(ECOSYSTEMS.get(code, code))
    if vocabulary == "competence":
        concept = competences.vocabulary().concepts.get(code)
        return competences.label(concept, get_language() or "en") if concept else code
    if vocabulary == "language":
        return language_name(code, get_language() or "en")
    if vocabulary == "label":
        return str(LABELS.get(code, code))
    return code


@cache
def language_name(code: str, reader: str) -> str:
    return str(Locale.parse(reader.replace("-", "_")).languages.get(code, code))


def choices(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Codes with their words, by word."""
    pairs = [(code, word_of(vocabulary, code)) for code in known()[vocabulary]]
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def shown(field: str, value: Any) -> str:
    """A value as people read it."""
    about = FIELDS[field]
    if about.form == "held":
        return word_of("label", value["label"])
    if about.form in ("number", "decimal"):
        return figure(value, len(f"{value:g}".partition(".")[2]))
    return word_of(about.vocabulary, str(value)) if about.vocabulary else str(value)
