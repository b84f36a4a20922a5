"""Concepts from the headings of NACE, where the data pack has them in many languages."""

import csv
from collections.abc import Iterator
from pathlib import Path

from hanse.commons.competences.queries import Concept
from hanse.commons.competences.words import LANGUAGES
from hanse.commons.sectors.words import TITLES

# Numbers of divisions mean the same in both revisions as far as construction; letters do later on.
LAST_ALIKE = "43"
DIVISIONS = {code[1:]: code for code in TITLES if len(code) > 1 and code[1:] <= LAST_ALIKE}


def nace_concepts(path: Path) -> Iterator[Concept]:
    """A concept for each division, group and class: `nace-38`, `nace-38-3`, `nace-38-32`.

    They may stand beside our own: `vocabulary_of([*vocabulary().concepts.values(), *these])`.
    """
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["code"][:1].isdigit():
                yield _concept(row["code"], row)


def _concept(code: str, row: dict[str, str]) -> Concept:
    division = DIVISIONS.get(code[:2])
    return Concept(
        slug=_slug(code),
        labels={one: (row[one].strip(),) for one in LANGUAGES if (row.get(one) or "").strip()},
        broader=_slug(_shorter(code)),
        nace=(division,) if division else (),
    )


def _shorter(code: str) -> str:
    division, _, rest = code.partition(".")
    return f"{division}.{rest[:-1]}".rstrip(".") if rest else ""


def _slug(code: str) -> str:
    return f"nace-{code.replace('.', '-')}" if code else ""
