"""What an address of the search asks. Whatever cannot be read is left out and named."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from hanse.directory.queries.distance import regions_near
from hanse.directory.queries.search import FILTERS, Question

MOST_VALUES = 40
MOST_SIGNS = 200
DISTANCES = (50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Asked:
    """The question, and what of the address was not understood."""

    question: Question
    near: str
    kilometres: int
    misread: tuple[str, ...]


def asked_by(query: QueryDict) -> Asked:
    misread: list[str] = []
    filters = {
        name: [value[:60] for value in query.getlist(name) if value][:MOST_VALUES]
        for name in FILTERS
    }
    near = query.get("near", "").strip()[:80]
    kilometres = _kilometres(query.get("km", ""), misread)
    around = regions_near(near, kilometres) if near else None
    if near and around is None:
        misread.append(near)
    question = Question(
        text=" ".join(query.get("q", "").split())[:MOST_SIGNS],
        filters={name: values for name, values in filters.items() if values},
        words_only=query.get("words") == "1",
        confirmed=query.get("confirmed") == "1",
        near=around,
    )
    return Asked(question, near, kilometres, tuple(misread))


def _kilometres(typed: str, misread: list[str]) -> int:
    if not typed:
        return 200
    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= DISTANCES[-1]:
        return int(typed)
    misread.append(typed[:20])
    return 200
