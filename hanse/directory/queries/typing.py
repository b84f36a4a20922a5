"""What goes on from a few letters: competences by their labels, organisations by their names."""

from __future__ import annotations

from hanse.commons.competences.queries import concepts_beginning
from hanse.directory.models import Organisation
from hanse.directory.rules.searching import PASSAGES, PLACE_OF
from hanse.directory.words import FOUND
from hanse.kit.folding import words_of
from hanse.ports.fulltext import open_fulltext

MOST = 8
LEAST_SIGNS = 2
NAMES = {PLACE_OF["name"], PLACE_OF["other_name"], PLACE_OF["short_name"]}


def words_for(typed: str, language: str) -> list[str]:
    """Up to eight; nothing for less than two letters."""
    words = words_of(typed)
    if not words or len(words[-1]) < LEAST_SIGNS:
        return []
    found = [label for _concept, label in concepts_beginning(typed, language, MOST)]
    passages = open_fulltext().holding_prefix(words[-1])[:3000]
    named = [int(one) // PASSAGES for one in passages if int(one) % PASSAGES in NAMES]
    visible = Organisation.objects.filter(pk__in=named[:200], state__in=FOUND)
    found += [
        name
        for name in visible.values_list("name", flat=True)[:50]
        if all(any(own.startswith(word) for own in words_of(name)) for word in words)
    ]
    return list(dict.fromkeys(found))[:MOST]
