"""Countries: their codes as ISO 3166 and Eurostat write them, their names in the reader's language.

Names come from Unicode's tables (CLDR) in Babel, so another language costs nothing here.
"""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

from hanse.kit.folding import fold

# Eurostat writes two countries otherwise (Glossary: Country codes).
ISO_OF_EUROSTAT = {"EL": "GR", "UK": "GB"}
EUROSTAT_OF_ISO = {iso: eurostat for eurostat, iso in ISO_OF_EUROSTAT.items()}

EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip

# Codes of CLDR with two letters that are no countries: groups, islands kept for the union's tables,
# the euro area and "unknown".
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def iso_code(code: str) -> str:
    """The ISO code of a country, also from Eurostat's."""
    return ISO_OF_EUROSTAT.get(code.upper(), code.upper())


def eurostat_code(code: str) -> str:
    return EUROSTAT_OF_ISO.get(code.upper(), code.upper())


def country_name(code: str, language: str | None = None) -> str:
    """The name of a country; the code itself where there is none.

    >>> country_name("EL", "de"), country_name("GR", "fr"), country_name("XX", "en")
    ('Griechenland', 'Grèce', 'XX')
    """
    return names(language or get_language() or "en").get(iso_code(code), code)


def countries(language: str | None = None) -> list[tuple[str, str]]:
    """ISO code and name of every country, by name; marks and capitals do not count."""
    known = names(language or get_language() or "en")
    return sorted(known.items(), key=lambda one: fold(one[1]))


@cache
def names(language: str) -> dict[str, str]:
    territories = Locale.parse(language.replace("-", "_")).territories
    return {
        code: name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES  # noqa: PLR2004
    }
