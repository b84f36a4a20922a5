"""Sector sets that people load: which tables are taken, and for what reason one is not.

A table is read whole and once. What comes back is its rows, or the first reason why it is refused,
with the file and the row as a spreadsheet counts them: the heads of the columns are row 1.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hanse.kit.refusals import Refusal
from hanse.observatory.rules.sector_sets import FOLDER
from hanse.observatory.words import OWN_SETS

MEGABYTE = 1024 * 1024
MOST_OF_PARTS = 2 * MEGABYTE
MOST_OF_FIGURES = 20 * MEGABYTE
MOST_CATEGORIES = 100
MOST_SETS = 200
LONGEST_CATEGORY = 80
YEARS = range(1950, 2101)
MOST_PERSONS = 10**9
MILLIONTH = Decimal("0.000001")

SIGNS = ",;\t"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CODE = re.compile(r"([A-Z]?)\.?(\d\d)(?:\.?(\d\d))?")
# How statistical offices write a figure that they do not give.
NOT_GIVEN = frozenset({"", ":"})


@dataclass(frozen=True)
class Codes:
    """The codes that a set may name: divisions such as C29, classes such as C2910."""

    divisions: frozenset[str]
    classes: frozenset[str]

    def canonical(self, written: str) -> str | None:
        """The code in Eurostat's form; None where these statistics have no such code.

        >>> codes = Codes(frozenset({"C29"}), frozenset({"C2910"}))
        >>> [codes.canonical(way) for way in ("29", "c29", "29.10", "C29.10", "29.1", "A01")]
        ['C29', 'C29', 'C2910', 'C2910', None, None]
        """
        found = CODE.fullmatch(written.strip().upper())
        if found is None:
            return None
        letter, division, rest = found.groups()
        named = letter or self._letters.get(division, "")
        code = f"{named}{division}{rest or ''}"
        return code if code in self.divisions or code in self.classes else None

    @property
    def _letters(self) -> Mapping[str, str]:
        return {code[1:]: code[0] for code in self.divisions}


def codes_of(divisions: Sequence[str]) -> Codes:
    """The divisions of a release with their classes."""
    written = json.loads((FOLDER / "nace-rev2-classes.json").read_text(encoding="utf-8"))
    classes = {
        f"{division}{rest}" for division in divisions for rest in written["divisions"][division]
    }
    return Codes(frozenset(divisions), frozenset(classes))


def is_class(code: str) -> bool:
    return len(code) > 3  # noqa: PLR2004 -- C29 is a division, C2910 a class


@dataclass(frozen=True, slots=True)
class Part:
    """A code in a category, and which part of it belongs there."""

    category: str
    code: str
    weight: float = 1.0


@dataclass(frozen=True)
class Figures:
    """Persons by region, code and year, as columns; None = not known."""

    regions: list[str]
    codes: list[str]
    years: list[int]
    persons: list[int | None]


def refusal(reason: str, **facts: object) -> Refusal:
    return Refusal(reason, OWN_SETS[reason], facts)


# A table of text ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class TextTable:
    """A CSV file as text: where its columns are, and the sign between its cells."""

    file: str
    content: bytes
    sign: str
    places: Mapping[str, int]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows below the heads, each with its number; blank ones are passed over."""
        reader = csv.reader(lines_of(self.content), delimiter=self.sign, strict=True)
        next(reader)
        for row in reader:
            if any(row):
                yield reader.line_num, row


def lines_of(content: bytes) -> Iterator[str]:
    """One after the other; the whole text in memory would take four times its size."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")


def read_table(file: str, content: bytes, needed: Sequence[str]) -> TextTable | Refusal:
    """The table, if it is text in columns and has those that are needed."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return refusal("not_utf8", file=file)
    if control := CONTROL.search(text):
        return refusal("not_text", file=file, row=text.count("\n", 0, control.start()) + 1)
    first = text.partition("\n")[0]
    sign = max(SIGNS, key=first.count)
    del text  # Of 20 MB one copy is enough.
    heads: list[str] = []
    row = 0
    try:
        reader = csv.reader(lines_of(content), delimiter=sign, strict=True)
        heads = [head.strip().lower() for head in next(reader, [])]
        for cells in reader:
            row = reader.line_num
            if any(cells) and len(cells) != len(heads):
                return refusal("row_width", file=file, row=row, found=len(cells), wanted=len(heads))
    except csv.Error as fault:
        return refusal("not_csv", file=file, row=row + 1, detail=fault)
    for column in needed:
        if column not in heads:
            return refusal("no_column", file=file, column=column, found=", ".join(heads))
        if heads.count(column) > 1:
            return refusal("column_twice", file=file, column=column)
    if not row:
        return refusal("no_rows", file=file)
    return TextTable(file, content, sign, {head: place for place, head in enumerate(heads)})


# The categories ----------------------------------------------------------------------------------


def read_parts(
    file: str, content: bytes, codes: Codes, *, with_figures: bool
) -> tuple[Part, ...] | Refusal:
    """Categories with their codes and weights, or why they are refused."""
    table = read_table(file, content, ("category", "code"))
    if isinstance(table, Refusal):
        return table
    parts: dict[tuple[str, str], Part] = {}
    for row, cells in table.rows():
        part = _part(table, row, cells, codes)
        if isinstance(part, Refusal):
            return part
        reason = _why_not_beside(table.file, row, part, parts)
        if reason is None and is_class(part.code) and not with_figures:
            reason = refusal("needs_figures", file=file, row=row, code=part.code)
        if reason is not None:
            return reason
        parts[part.category, part.code] = part
    if not parts:
        return refusal("no_rows", file=file)
    if len({part.category for part in parts.values()}) > MOST_CATEGORIES:
        return refusal("too_many_categories", file=file, most=MOST_CATEGORIES)
    return tuple(parts.values())


def _part(table: TextTable, row: int, cells: list[str], codes: Codes) -> Part | Refusal:
    file = table.file
    category = " ".join(cells[table.places["category"]].split())
    if not category:
        return refusal("no_category", file=file, row=row)
    if len(category) > LONGEST_CATEGORY:
        return refusal("category_too_long", file=file, row=row, most=LONGEST_CATEGORY)
    written = cells[table.places["code"]].strip()
    code = codes.canonical(written)
    if code is None:
        return refusal("unknown_code", file=file, row=row, value=written)
    place = table.places.get("weight")
    if place is None:
        return Part(category, code)
    weight = weight_of(cells[place], table.sign)
    if weight is None:
        return refusal("weight", file=file, row=row, value=cells[place].strip())
    return Part(category, code, weight)


def weight_of(written: str, sign: str = ",") -> float | None:
    """A weight to the millionth, more than 0 and at most 1; None where it is anything else.

    Where semicolons part the cells, a comma may be the decimal point.

    >>> weight_of("0.25"), weight_of("0,5", ";"), weight_of("0"), weight_of("2"), weight_of("nan")
    (0.25, 0.5, None, None, None)
    """
    plain = written.strip() if sign == "," else written.strip().replace(",", ".")
    try:
        weight = Decimal(plain)
    except InvalidOperation:
        return None
    if not weight.is_finite() or not MILLIONTH <= weight <= 1:
        return None
    return float(round(weight, 6))


def _why_not_beside(
    file: str, row: int, part: Part, parts: Mapping[tuple[str, str], Part]
) -> Refusal | None:
    if (part.category, part.code) in parts:
        return refusal("duplicate_pair", file=file, row=row, code=part.code, category=part.category)
    division = part.code[:3]
    inside = [
        code
        for category, code in parts
        if category == part.category and code != part.code and code.startswith(division)
    ]
    if is_class(part.code) and division in inside:
        code = part.code
    elif not is_class(part.code) and inside:
        code = inside[0]
    else:
        return None
    return refusal(
        "counted_twice", file=file, row=row, category=part.category, division=division, code=code
    )


# The figures -------------------------------------------------------------------------------------


def read_figures(
    file: str, content: bytes, codes: Codes, regions: frozenset[str], wanted: Sequence[str]
) -> Figures | Refusal:
    """Figures by region, code and year, or why they are refused; `wanted` are the set's codes."""
    table = read_table(file, content, ("region", "code", "year", "persons"))
    if isinstance(table, Refusal):
        return table
    found = Figures([], [], [], [])
    at = [table.places[name] for name in ("region", "code", "year", "persons")]
    # A million rows: every region, code and year is one object, and a key is one number.
    places = {region: number for number, region in enumerate(sorted(regions))}
    names = {region: region for region in regions}
    read: dict[str, str | None] = {}
    years: dict[str, int | None] = {}
    seen: dict[str, set[int]] = {}
    for row, cells in table.rows():
        region, written, year_written, persons = [cells[place].strip() for place in at]
        if region not in names:
            return refusal("unknown_region", file=file, row=row, value=region)
        if written not in read:
            read[written] = codes.canonical(written)
        code = read[written]
        if code is None:
            return refusal("unknown_code", file=file, row=row, value=written)
        if year_written not in years:
            years[year_written] = year_of(year_written)
        year = years[year_written]
        if year is None:
            return refusal("year", file=file, row=row, value=year_written)
        if reason := _why_not_persons(file, row, persons):
            return reason
        keys = seen.setdefault(code, set())
        key = places[region] * YEARS.stop + year
        if key in keys:
            return refusal("duplicate_key", file=file, row=row, region=region, code=code, year=year)
        keys.add(key)
        found.regions.append(names[region])
        found.codes.append(code)
        found.years.append(year)
        found.persons.append(None if persons in NOT_GIVEN else int(persons))
    if not found.codes:
        return refusal("no_rows", file=file)
    if not set(wanted) & set(found.codes):
        return refusal("figures_do_not_fit", file=file, code=wanted[0])
    return found


def year_of(written: str) -> int | None:
    if len(written) != 4 or not _is_digits(written) or int(written) not in YEARS:  # noqa: PLR2004
        return None
    return int(written)


def _why_not_persons(file: str, row: int, written: str) -> Refusal | None:
    if written in NOT_GIVEN or (_is_digits(written) and int(written) <= MOST_PERSONS):
        return None
    if written.startswith(("-", "−")) and _is_digits(written[1:].replace(".", "", 1)):
        return refusal("negative_count", file=file, row=row, value=written)
    return refusal("count", file=file, row=row, value=written[:40])


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12  # noqa: PLR2004 -- a billion has ten
