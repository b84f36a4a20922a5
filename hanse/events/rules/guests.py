"""Lists of guests: what a row says, or what is wrong with it; who may come in whose place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hanse.directory.rules.ownership import PUBLIC_MAIL, domain_of
from hanse.events.rules.programme import refusal
from hanse.kit.refusals import Refusal

MOST_GUESTS = 10_000
MOST_SIGNS = 254
# Enough to find what was typed wrong; whether somebody reads there only a letter can tell.
BEYOND = r"\u0080-\uffff"
ADDRESS = re.compile(rf"[^@\s<>\"(),:;\\\[\]]+@[A-Za-z0-9.\-{BEYOND}]+\.[A-Za-z{BEYOND}]{{2,}}")
# Signs that no text holds, such as a NUL.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
YES = frozenset({"1", "yes", "true", "x", "ja", "oui", "y"})

# The heads of a list, by the column that they mean.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "mail", "address", "e-mail-adresse", "adresse e-mail", "courriel"),
    "name": ("name", "full name", "nom"),
    "organisation": ("organisation", "organization", "institution", "einrichtung"),
    "country": ("country", "land", "pays"),
    "language": ("language", "sprache", "langue"),
    "colleague": ("colleague", "may send a colleague", "kollege", "collègue"),
}
MOST = {"name": 150, "organisation": 200, "country": 2, "language": 10}


@dataclass(frozen=True)
class Guest:
    """Somebody to be invited; `merge` are further columns, for the letter."""

    email: str
    name: str = ""
    organisation: str = ""
    country: str = ""
    language: str = ""
    may_send_colleague: bool = False
    merge: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row of a list."""

    row: int
    typed: str
    refusal: Refusal


def guests_of(
    heads: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]
) -> Iterator[Guest | Fault]:
    """Row by row: a guest, or what is wrong. An address that came before is said to be twice."""
    places = places_of(heads)
    seen: dict[str, int] = {}
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        said = {
            name: cell.strip()
            for name, cell in zip(places, cells, strict=False)
            if name and cell.strip()
        }
        if any(CONTROL.search(cell) for cell in cells):
            yield Fault(number, CONTROL.sub("", said.get("email", "")), refusal("control_sign"))
        else:
            yield _guest(number, said, seen)


def places_of(heads: Sequence[str]) -> list[str]:
    """What each column is: one of ours, or the name of a merge field."""
    known = {head: name for name, heads_of in COLUMNS.items() for head in heads_of}
    cleaned = [" ".join(CONTROL.sub("", head).split()).lower() for head in heads]
    return [known.get(head, head[:40]) for head in cleaned]


def _guest(number: int, said: Mapping[str, str], seen: dict[str, int]) -> Guest | Fault:
    email = said.get("email", "").lower()
    if against := why_no_address(email):
        return Fault(number, said.get("email", ""), against)
    if email in seen:
        return Fault(number, email, refusal("address_twice", row=seen[email]))
    seen[email] = number
    for name, most in MOST.items():
        if len(said.get(name, "")) > most:
            return Fault(number, email, refusal("cell_too_long", column=name, most=most))
    return Guest(
        email,
        said.get("name", ""),
        said.get("organisation", ""),
        said.get("country", "").upper(),
        said.get("language", "").lower(),
        said.get("colleague", "").lower() in YES,
        {name: text[:500] for name, text in said.items() if name not in COLUMNS},
    )


def why_no_address(email: str) -> Refusal | None:
    """Whether letters could reach it.

    >>> why_no_address("ana@example.org") is None, why_no_address("ana@example").code
    (True, 'not_an_address')
    """
    if not email:
        return refusal("no_address")
    if len(email) > MOST_SIGNS or not ADDRESS.fullmatch(email):
        return refusal("not_an_address", typed=email[:60])
    return None


def why_no_colleague(invited: str, colleague: str, *, may_send: bool) -> Refusal | None:
    """A colleague comes from the same organisation: their address has the same domain."""
    if not may_send:
        return refusal("no_colleague_here")
    if against := why_no_address(colleague):
        return against
    if colleague == invited:
        return refusal("colleague_is_oneself")
    if domain_of(invited) in PUBLIC_MAIL:
        return refusal("colleague_of_nobody_knows", domain=domain_of(invited))
    if domain_of(colleague) != domain_of(invited):
        return refusal("colleague_of_another_house", domain=domain_of(invited))
    return None
