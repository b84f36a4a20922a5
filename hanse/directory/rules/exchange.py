"""How a profile is written as a row of a table and a cell read again: nothing is lost either way.

A column is named by the code of its field, `offer@pl` where a text is in a language, `city`;
`members_total.as_of` is the day for which the figure holds, `name.language` the language of a text
that stands once. Several values of a cell are parted by `|`; a `|` within a value is written `\\|`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hanse.directory.rules.values import Said
from hanse.directory.words import FIELDS, LANGUAGES, Field

# What stands about the profile itself, before its facts.
ABOUT = ("slug", "kind", "state", "confirmed_on")

SINGLE = frozenset(code for code, field in FIELDS.items() if not field.many)


def columns_of(fields: Iterable[Field], languages: Sequence[str] = ()) -> list[str]:
    """The columns of these fields; texts that stand in several languages have one for each."""
    columns: list[str] = []
    for field in fields:
        if field.in_language and field.many:
            columns += [f"{field.code}@{language}" for language in languages]
        else:
            columns.append(field.code)
            columns += [f"{field.code}.language"] if field.in_language else []
            columns += [f"{field.code}.as_of"] if field.as_of else []
    return columns


def cells_of(said: Iterable[Said]) -> dict[str, str]:
    """What is said, by the column in which it stands."""
    parts: dict[str, list[str]] = {}
    cells: dict[str, str] = {}
    for one in said:
        field = FIELDS[one.field]
        if field.in_language and field.many:
            parts.setdefault(f"{one.field}@{one.language}", []).append(written(one.value))
            continue
        parts.setdefault(one.field, []).append(written(one.value))
        if field.in_language:
            cells[f"{one.field}.language"] = one.language
        if one.as_of:
            cells[f"{one.field}.as_of"] = one.as_of.isoformat()
    return {
        column: values[0] if column in SINGLE else joined(values)
        for column, values in parts.items()
    } | cells


def written(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value['label']} {value.get('until') or ''}".strip()
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def joined(values: Iterable[str]) -> str:
    """Values of one cell.

    >>> joined(["a|b", "c\\\\d"])
    'a\\\\|b|c\\\\\\\\d'
    """
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def parted(cell: str) -> list[str]:
    """The values of a cell, as they were before `joined`.

    >>> parted(joined(["a|b", "c\\\\d", "e"]))
    ['a|b', 'c\\\\d', 'e']
    """
    values, value, signs = [], "", iter(cell)
    for sign in signs:
        if sign == "\\":
            after = next(signs, "")
            value += after if after in ("\\", "|") else f"\\{after}"
        elif sign == "|":
            values.append(value)
            value = ""
        else:
            value += sign
    return [one.strip() for one in (*values, value) if one.strip()]


def is_language(code: str) -> bool:
    return code in LANGUAGES
