"""Short names for a grid in which a whole day stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

LENGTH = 3


def short_names(names: Mapping[int, str], length: int = LENGTH) -> dict[int, str]:
    """Three capitals each, one more where two would be the same; in the order of the names.

    >>> short_names({1: "Foton Valley", 2: "Oreforge", 3: "Foton Ridge", 4: "Ö"})
    {3: 'FOT', 1: 'FOV', 2: 'ORE', 4: 'O'}
    """
    taken: set[str] = set()
    found: dict[int, str] = {}
    for number, name in sorted(names.items(), key=lambda one: (one[1], one[0])):
        found[number] = next(one for one in candidates(name, number, length) if one not in taken)
        taken.add(found[number])
    return found


def candidates(name: str, number: int, length: int) -> list[str]:
    """The beginning; the beginning with letters of the words after it; the beginning longer."""
    words = [plain(word) for word in name.split()]
    words = [word for word in words if word] or [str(number)]
    first, rest = words[0], "".join(words[1:])
    mixed = [first[: length - 1] + letter for letter in (word[:1] for word in words[1:])]
    mixed += [first[: length - 1] + letter for letter in rest]
    whole = first + rest
    longer = [whole[:size] for size in range(length + 1, len(whole) + 1)]
    numbered = [f"{first[:2]}{count}" for count in range(2, 2000)]
    return [one for one in (first[:length], *mixed, *longer, *numbered) if one]


def plain(word: str) -> str:
    """Capitals without marks; what is neither letter nor digit falls away.

    >>> plain("d’Été-2"), plain("주식회사")
    ('DETE2', '주식회사')
    """
    spread = unicodedata.normalize("NFKD", word.upper())
    return unicodedata.normalize("NFC", "".join(one for one in spread if one.isalnum()))
