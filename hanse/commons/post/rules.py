"""Letters in own words: what stands for what in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def filled_in(text: str, facts: Mapping[str, Any]) -> str:
    """Placeholders that are known are filled in once; what is not known stands as it was written.

    >>> filled_in("Dear {name}, {seat}: {name!r}", {"name": "Ana {link}"})
    'Dear Ana {link}, {seat}: {name!r}'
    """
    return PLACEHOLDER.sub(lambda found: str(facts.get(found[1], found[0])), text)


def placeholders_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def unknown_in(text: str, known: Collection[str]) -> str:
    """The placeholders for which nothing stands, as they were written.

    >>> unknown_in("{name}, {seat} {row}", ["name"]), unknown_in("{name}", ["name"])
    ('{row}, {seat}', '')
    """
    unknown = sorted(placeholders_in(text) - set(known))
    return ", ".join(f"{{{one}}}" for one in unknown)
