"""Carrying region codes to one NUTS version: what becomes of every code that is not on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hanse.observatory.rules.admission import EXTRA_REGIO
from hanse.observatory.words import Carrying

CARRIED = (Carrying.RECODED, Carrying.BOUNDARY, Carrying.MERGED)

# The change table of the pack ends at NUTS 2. These are the large regions (NUTS 1) of NUTS 2006 and
# 2010 in the figures; the table of all NUTS changes calls each of them a boundary shift: between
# ITD and ITE a few municipalities changed sides, FR9 gained Mayotte, EL1 and EL2 were cut anew.
LARGE_REGIONS = {
    "ITD": ("ITH", Carrying.BOUNDARY),
    "ITE": ("ITI", Carrying.BOUNDARY),
    "FR9": ("FRA", Carrying.BOUNDARY),
    "EL1": ("", Carrying.CHANGED),
    "EL2": ("", Carrying.CHANGED),
}


@dataclass(frozen=True)
class Passage:
    """From an old code to a new one; `parts` old codes make up the new region."""

    old: str
    new: str
    kind: Carrying
    parts: int = 1

    @property
    def is_carried(self) -> bool:
        return self.kind in CARRIED


def passages(
    found: Iterable[str], valid: frozenset[str], recodings: Iterable[Mapping[str, str]]
) -> list[Passage]:
    """What becomes of each code found in the figures that is not a valid one."""
    known = {row["old_code"]: _passage(row) for row in recodings}
    known |= {old: Passage(old, new, kind) for old, (new, kind) in LARGE_REGIONS.items()}
    parts = [passage.new for passage in known.values() if passage.kind == Carrying.MERGED]
    return [
        Passage(p.old, p.new, p.kind, max(1, parts.count(p.new)))
        for p in (known.get(code) or _unlisted(code) for code in sorted(set(found) - valid))
    ]


def _passage(row: Mapping[str, str]) -> Passage:
    kind = row["kind"]
    if kind.startswith("split"):
        return Passage(row["old_code"], row["nuts_2013_code"], Carrying.SPLIT)
    if kind.startswith("merged"):
        return Passage(row["old_code"], row["nuts_2013_code"], Carrying.MERGED)
    boundary = "boundary change" in kind
    return Passage(
        row["old_code"],
        row["nuts_2013_code"],
        Carrying.BOUNDARY if boundary else Carrying.RECODED,
    )


def _unlisted(code: str) -> Passage:
    kind = Carrying.EXTRA if EXTRA_REGIO.fullmatch(code) else Carrying.CHANGED
    return Passage(code, "", kind)
