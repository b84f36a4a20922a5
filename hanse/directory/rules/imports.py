"""Rows of a file as what they say of an organisation; or row, column and reason why not.

Two kinds of file are read: our own export, and lists of others with the names of columns below.
A listing says what its page says and nothing more: a word that cannot be read for certain is left
out, and the preview says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hanse.commons.competences.queries import concepts_in
from hanse.directory.rules.exchange import is_language, parted, written
from hanse.directory.rules.values import Known, Said, read_value
from hanse.directory.words import FIELDS, IMPORTS, Kind
from hanse.kit.folding import fold
from hanse.kit.refusals import Refusal, Refused
from hanse.kit.streams import as_typed

MOST_ROWS = 50_000
MOST_COLUMNS = 400
NEEDED = ("name", "country")
# Of the row itself: not facts.
SLUG, KIND, NUMBER, SOURCE, NOTED = "slug", "kind", "number", "source", "noted"
# How others name their columns.
COLUMNS: Mapping[str, str] = {
    "id": NUMBER, "number": NUMBER, "slug": SLUG, "kind": KIND, "source_url": SOURCE,
    "source": NOTED, "state": NOTED, "confirmed_on": NOTED, "revision": NOTED,
    "nuts2_2013": "region", "nuts2": "region", "nuts_2": "region",
    "org_pic": "pic", "members": "members_total", "members_as_of": "members_total.as_of",
    "homepage": "website", "url": "website", "vat_number": "vat", "ror_id": "ror",
}  # fmt: skip
# How others name the fourteen ecosystems; a list that names several at once says nothing of one.
ECOSYSTEMS: Mapping[str, str] = {
    "aerospace & defence": "aerospace-defence", "aerospace and defence": "aerospace-defence",
    "cultural and creative industries": "cultural-creative",
    "creative and cultural industries": "cultural-creative",
    "energy-intensive industries": "energy-intensive",
    "energy-renewables": "energy-renewables", "renewable energy": "energy-renewables",
    "mobility-transport-automotive": "mobility", "mobility, transport, automotive": "mobility",
    "proximity and social economy": "proximity", "proximity, social economy": "proximity",
}  # fmt: skip
NO_ECOSYSTEM = frozenset({"multi-ecosystem", "several", "cross-sector", "other"})
# What a listing may say; the rest an organisation says itself, or nobody.
OF_A_LISTING = frozenset({
    "name", "other_name", "short_name", "country", "city", "region", "province", "sector",
    "ecosystem", "competence", "website", "founded", "members_total", "label", "vat", "pic", "ror",
    "register",
})  # fmt: skip
A_SECTOR = re.compile(r"[A-Za-z]?\.?\d{1,2}")
A_LABEL = re.compile(r"ecei-(bronze|silver|gold) \d{4}-\d\d-\d\d")
WRONG_IN_SHEET = re.compile(r"#(REF!|N/A|NAME\?|DIV/0!|VALUE!|NUM!|NULL!)")


@dataclass(frozen=True)
class Cell:
    """What stands in a column of a row: a value of a field, with its language and day."""

    column: str
    field: str
    typed: Any
    language: str = ""
    as_of: str = ""
    is_public: bool = True
    # The value itself, as profile.json writes it, not text that may hold several.
    is_value: bool = False


@dataclass(frozen=True)
class Row:
    """One organisation of a file. `is_whole`: its fields replace all that stands in them."""

    number: int
    cells: Sequence[Cell]
    slug: str = ""
    kind: str = ""
    source: str = ""
    source_number: str = ""
    is_whole: bool = False
    # Found while the file was read: column and reason.
    faults: Sequence[tuple[str, str]] = ()

    def as_record(self) -> dict[str, Any]:
        return {**vars(self), "cells": [vars(cell) for cell in self.cells]}

    @classmethod
    def of_record(cls, told: Mapping[str, Any]) -> Row:
        cells = [Cell(**cell) for cell in told["cells"]]
        return cls(**{**told, "cells": cells, "faults": [tuple(one) for one in told["faults"]]})


@dataclass(frozen=True)
class Place:
    """What a column of a table holds."""

    head: str
    field: str
    language: str = ""
    part: str = ""


@dataclass
class Read:
    """What a row says, why some of it cannot be taken, and what was left out on purpose."""

    said: list[Said] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def refusal(reason: str, **facts: object) -> Refusal:
    return Refusal(reason, IMPORTS[reason], facts)


# Heads -------------------------------------------------------------------------------------------


def places_of(heads: Sequence[str]) -> list[Place | None] | Refusal:
    """What each column holds; None for one that nobody here can read."""
    if not any(head.strip() for head in heads):
        return refusal("no_heads")
    if len(heads) > MOST_COLUMNS:
        return refusal("too_many_columns", count=len(heads), most=MOST_COLUMNS)
    places = [_place(head) for head in heads]
    seen: dict[tuple[str, str, str], str] = {}
    for place in places:
        if place is None or place.field == NOTED:
            continue
        key = (place.field, place.language, place.part)
        if key in seen:
            return refusal("column_twice", first=seen[key], second=place.head)
        seen[key] = place.head
    fields = {place.field for place in places if place and not place.part}
    missing = [name for name in NEEDED if name not in fields]
    if missing and SLUG not in fields:
        return refusal("columns_missing", columns=", ".join(missing))
    return places


def _place(head: str) -> Place | None:
    name = head.strip().lower().replace(" ", "_")
    name = COLUMNS.get(name, name)
    bare, _at, language = name.partition("@")
    bare, _dot, part = bare.partition(".")
    if bare in {SLUG, KIND, NUMBER, SOURCE, NOTED} and not (language or part):
        return Place(head, bare)
    about = FIELDS.get(bare)
    if about is None or part not in {"", "as_of", "language"}:
        return None
    if language and not (about.in_language and is_language(language)):
        return None
    return Place(head, bare, language, part)


def row_of(number: int, values: Sequence[str], places: Sequence[Place | None]) -> Row:
    """The cells of a line of a table; empty ones say nothing."""
    about: dict[str, str] = {}
    beside: dict[tuple[str, str], str] = {}
    for place, value in zip(places, values, strict=False):
        if place and place.part:
            beside[place.field, place.part] = value.strip()
        elif place and place.field not in FIELDS:
            about[place.field] = value.strip()
    cells = [
        Cell(
            place.head,
            place.field,
            value.strip(),
            place.language or beside.get((place.field, "language"), ""),
            beside.get((place.field, "as_of"), ""),
        )
        for place, value in zip(places, values, strict=False)
        if place and not place.part and place.field in FIELDS and value.strip()
    ]
    faults = [("", str(refusal("too_many_cells")))] if len(values) > len(places) else []
    return Row(
        number,
        cells,
        slug=about.get(SLUG, ""),
        kind=about.get(KIND, ""),
        source=about.get(SOURCE, ""),
        source_number=about.get(NUMBER, ""),
        faults=faults,
    )


# Rows --------------------------------------------------------------------------------------------


def read_row(row: Row, known: Known, *, today: date, is_listing: bool) -> Read:
    """What the row says, by the same rules as the form."""
    read = Read(faults=list(row.faults))
    if row.kind and row.kind not in Kind.values:
        read.faults.append((KIND, str(refusal("no_kind", typed=row.kind[:40]))))
    if is_listing and not row.source:
        read.faults.append(("source_url", str(refusal("source_needed"))))
    for cell in row.cells:
        if is_listing and (reason := _why_not_of_a_listing(cell)):
            read.left_out.append((cell.column, str(reason)))
            continue
        for one in _values(cell, read, is_listing=is_listing):
            _read_one(cell, one, read, known, today)
    _why_not_there(read)
    return read


def _why_not_of_a_listing(cell: Cell) -> Refusal | None:
    """What is on no public page for certain is left out of a listing."""
    if cell.field not in OF_A_LISTING:
        return refusal("not_of_a_listing")
    if FIELDS[cell.field].as_of and not cell.as_of:
        return refusal("figure_without_day", typed=str(cell.typed)[:40])
    return None


def _values(cell: Cell, read: Read, *, is_listing: bool) -> list[tuple[str, Any]]:
    """Field and value of each thing that a cell says."""
    if cell.is_value:
        if is_listing and cell.field == "label" and not A_LABEL.fullmatch(_label_of(cell.typed)):
            reason = refusal("label_without_end", typed=_label_of(cell.typed)[:60])
            read.left_out.append((cell.column, str(reason)))
            return []
        return [(cell.field, cell.typed)]
    text = str(cell.typed)
    if text.startswith("=") or WRONG_IN_SHEET.fullmatch(text):
        read.faults.append((cell.column, str(refusal("formula", typed=text[:40]))))
        return []
    text = as_typed(text)
    about = FIELDS[cell.field]
    if cell.field == "ecosystem":
        return _ecosystems(cell, text, read)
    if cell.field == "sector":
        return _sectors(cell, text, read)
    if cell.field == "label" and is_listing:
        return _labels(cell, text, read)
    if not about.many:
        return [(cell.field, text)]
    if about.form == "code":
        text = re.sub(r"[;,]", "|", text)
    return [(cell.field, part) for part in parted(text)]


def _ecosystems(cell: Cell, text: str, read: Read) -> list[tuple[str, Any]]:
    whole = fold(text)
    parts = [text] if whole in ECOSYSTEMS else parted(re.sub(r"[;,]", "|", text))
    found: list[tuple[str, Any]] = []
    for part in parts:
        if fold(part) in NO_ECOSYSTEM:
            read.left_out.append((cell.column, str(refusal("no_ecosystem", typed=part[:40]))))
        else:
            found.append(("ecosystem", ECOSYSTEMS.get(fold(part), part)))
    return found


def _sectors(cell: Cell, text: str, read: Read) -> list[tuple[str, Any]]:
    """Codes of NACE; free words become the competences that they name, or nothing."""
    parts = parted(re.sub(r"[;,]", "|", text))
    if all(A_SECTOR.fullmatch(part) for part in parts):
        return [("sector", part) for part in parts]
    named = list(dict.fromkeys(found.concept.slug for found in concepts_in(text)))
    reason = "words_as_competences" if named else "words_left_out"
    read.left_out.append(
        (cell.column, str(refusal(reason, typed=text[:60], found=", ".join(named))))
    )
    return [("competence", slug) for slug in named]


def _labels(cell: Cell, text: str, read: Read) -> list[tuple[str, Any]]:
    """A label counts while it is valid, so one without its end is not taken."""
    found: list[tuple[str, Any]] = []
    for part in parted(text):
        if A_LABEL.fullmatch(part):
            found.append(("label", part))
        else:
            read.left_out.append((cell.column, str(refusal("label_without_end", typed=part[:60]))))
    return found


def _label_of(typed: Any) -> str:
    return written(typed) if isinstance(typed, Mapping) and "label" in typed else str(typed)


def _read_one(cell: Cell, one: tuple[str, Any], read: Read, known: Known, today: date) -> None:
    code, typed = one
    try:
        as_of = date.fromisoformat(cell.as_of) if cell.as_of else None
    except ValueError:
        read.faults.append((f"{cell.column}.as_of", str(refusal("no_day", typed=cell.as_of[:40]))))
        return
    try:
        said = read_value(
            code,
            typed,
            known,
            today=today,
            language=cell.language,
            as_of=as_of,
            is_public=cell.is_public,
        )
    except Refused as no:
        read.faults.append((cell.column, str(no)))
        return
    if said.same not in [other.same for other in read.said]:
        read.said.append(said)


def _why_not_there(read: Read) -> None:
    """A region lies in its country."""
    values = {one.field: str(one.value) for one in read.said if one.field in ("country", "region")}
    country, region = values.get("country"), values.get("region")
    if country and region and not region.startswith(country):
        read.faults.append(
            ("region", str(refusal("region_elsewhere", region=region, country=country)))
        )
