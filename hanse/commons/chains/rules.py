"""What a value chain may be. No Django here: the sentences come with the reason's code."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from hanse.commons.chains.words import REFUSALS
from hanse.kit.refusals import Refusal

MOST_STAGES = 10
MOST_SECTORS = 12
MOST_CHAINS = 50


class Stage(NamedTuple):
    """A stage as somebody draws it: its name, and the sectors that make it."""

    name: str
    sectors: tuple[str, ...]


def refusal(reason: str, **facts: object) -> Refusal:
    return Refusal(reason, REFUSALS[reason], facts)


def codes_in(text: str, known: Collection[str]) -> tuple[list[str], list[str]]:
    """Codes that a text names, as the statistics write them, and words that are no code.

    >>> codes_in("c29, 27; Cars", ["C27", "C29"])
    (['C29', 'C27'], ['Cars'])
    """
    by_number = {code[1:]: code for code in known}
    found: list[str] = []
    strange: list[str] = []
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        code = word.upper() if word.upper() in known else by_number.get(word, "")
        (found if code else strange).append(code or word)
    return list(dict.fromkeys(found)), strange


def why_not_a_chain(stages: Sequence[Stage]) -> Refusal | None:
    """Why these stages make no chain; None where they do."""
    if not stages:
        return refusal("no_stages")
    if len(stages) > MOST_STAGES:
        return refusal("too_many_stages", most=MOST_STAGES)
    for stage in stages:
        if not stage.name:
            return refusal("stage_without_name", codes=", ".join(stage.sectors))
        if not stage.sectors:
            return refusal("stage_without_sectors", stage=stage.name)
        if len(stage.sectors) > MOST_SECTORS:
            return refusal("too_many_sectors", stage=stage.name, most=MOST_SECTORS)
    return None


def why_not_another(count: int) -> Refusal | None:
    """Why somebody with so many chains may not draw another."""
    return refusal("too_many_chains", most=MOST_CHAINS) if count >= MOST_CHAINS else None
