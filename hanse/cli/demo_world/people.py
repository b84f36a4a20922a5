"""The invented people: those who sign in, and those who keep a profile."""

from collections.abc import Sequence
from functools import cache

from hanse.cli.demo_world import chance, tables
from hanse.cli.demo_world.invented import InventedPerson

ZONES = {
    "AT": "Europe/Vienna", "BE": "Europe/Brussels", "BG": "Europe/Sofia", "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague", "DE": "Europe/Berlin", "DK": "Europe/Copenhagen",
    "EE": "Europe/Tallinn", "EL": "Europe/Athens", "ES": "Europe/Madrid", "FI": "Europe/Helsinki",
    "FR": "Europe/Paris", "HR": "Europe/Zagreb", "HU": "Europe/Budapest", "IE": "Europe/Dublin",
    "IT": "Europe/Rome", "LT": "Europe/Vilnius", "LU": "Europe/Luxembourg", "LV": "Europe/Riga",
    "MT": "Europe/Malta", "NL": "Europe/Amsterdam", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest", "SE": "Europe/Stockholm", "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava", "NO": "Europe/Oslo", "CH": "Europe/Zurich", "UK": "Europe/London",
    "JP": "Asia/Tokyo", "KR": "Asia/Seoul", "CA": "America/Toronto", "BR": "America/Sao_Paulo",
    "IN": "Asia/Kolkata",
}  # fmt: skip

_PEOPLE: Sequence[InventedPerson] = (
    InventedPerson("aino@example.org", "Aino Virtanen", "analyst", "fi", "Europe/Helsinki"),
    InventedPerson("luca@example.org", "Luca Ferrari", "organiser", "it", "Europe/Rome"),
    InventedPerson("marta@example.org", "Marta Kowalska", "cluster manager", "pl", "Europe/Warsaw"),
    InventedPerson("oona@example.org", "Oona Nieminen", "operator", "fi", "Europe/Helsinki"),
    InventedPerson(
        "halina@dolinaogniw.example", "Halina Rokita", "second at Dolina Ogniw", "pl",
        "Europe/Warsaw",
    ),
    InventedPerson("kenji@example.org", "Kenji Tanaka", "partner in Osaka", "ja", "Asia/Tokyo"),
    InventedPerson("jonas@example.org", "Jonas Reber", "owner of a firm", "de", "Europe/Berlin"),
    InventedPerson("hannes@example.org", "Hannes Moser", "programme officer", "de",
                   "Europe/Vienna"),
    InventedPerson("sofia@example.org", "Sofia Almeida", "evaluator", "pt", "Europe/Lisbon"),
    InventedPerson("petra@example.org", "Petra Dvořáková", "researcher", "cs", "Europe/Prague"),
    InventedPerson("pilar@example.org", "Pilar Etxegarai", "cluster manager", "es",
                   "Europe/Madrid"),
    InventedPerson("nikos@example.org", "Νίκος Λευκολίμνης", "cluster manager", "el",
                   "Europe/Athens"),
)  # fmt: skip

# Who of them keeps which profile.
ADMINISTRATORS = {
    "dolina-ogniw": ("marta@example.org",),
    "osaka-valve-ring": ("kenji@example.org",),
    "cadena-circular-navarra": ("pilar@example.org",),
    "systada-attikis": ("nikos@example.org",),
    "firm-zweites-leben-1": ("jonas@example.org",),
}


def people() -> tuple[InventedPerson, ...]:
    """Those who sign in."""
    return tuple(_PEOPLE)


@cache
def keeper(key: str, country: str, language: str, host: str) -> InventedPerson:
    """Somebody who keeps a profile and never signs in here."""
    given, family = (part.split() for part in tables.names()[f"{language}.people"])
    first, last = chance.one_of(given, key, "given"), chance.one_of(family, key, "family")
    family_first = language in ("ja", "ko", "hu")
    name = f"{last} {first}" if family_first else f"{first} {last}"
    mailbox = tables.ascii_word(first) or "office"
    return InventedPerson(f"{mailbox}@{host}", name, "keeper", language, ZONES[country])
