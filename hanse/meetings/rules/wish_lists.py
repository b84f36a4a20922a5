"""Wishes as a list: what a row says, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hanse.kit.refusals import Refusal
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.words import Strength

MOST_ROWS = 5_000
MOST_SIGNS = 300
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "wisher": ("wisher", "who", "from", "wer", "von", "qui", "de"),
    "wished": ("wished", "whom", "to", "wen", "mit", "avec", "à"),
    "strength": ("strength", "how much", "stärke", "wie sehr", "force", "priorité"),
    "sentence": ("sentence", "says", "why", "satz", "warum", "phrase", "pourquoi"),
}
STRENGTHS: Mapping[str, Strength] = {
    "must": Strength.MUST, "muss": Strength.MUST, "à tout prix": Strength.MUST,
    "like": Strength.LIKE, "would like": Strength.LIKE, "gern": Strength.LIKE,
    "volontiers": Strength.LIKE, "accept": Strength.ACCEPT, "accepts": Strength.ACCEPT,
    "ja": Strength.ACCEPT, "yes": Strength.ACCEPT, "oui": Strength.ACCEPT, "no": Strength.NO,
    "no thanks": Strength.NO, "nein": Strength.NO, "non": Strength.NO,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A row that can be read: two names as they were typed."""

    number: int
    wisher: str
    wished: str
    strength: Strength = Strength.LIKE
    sentence: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row of a list."""

    row: int
    typed: str
    refusal: Refusal


def places_of(heads: Sequence[str]) -> list[str]:
    """What each column is; empty where it is none of ours.

    >>> places_of(["Wisher", "WISHED ", "colour"])
    ['wisher', 'wished', '']
    """
    known = {head: name for name, heads_of in COLUMNS.items() for head in heads_of}
    return [known.get(" ".join(CONTROL.sub("", head).split()).lower(), "") for head in heads]


def rows_of(
    heads: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]]
) -> Iterator[Row | Fault]:
    """Row by row: a wish, or what is wrong. Without a strength it is “would like”."""
    places = places_of(heads)
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        said = {
            name: " ".join(cell.split())
            for name, cell in zip(places, cells, strict=False)
            if name and cell.strip()
        }
        yield _row(number, cells, said)


def _row(number: int, cells: Sequence[str], said: Mapping[str, str]) -> Row | Fault:
    wisher, wished = said.get("wisher", ""), said.get("wished", "")
    typed = CONTROL.sub("", f"{wisher} → {wished}")[:160]
    strength = said.get("strength", "like")
    if any(CONTROL.search(cell) for cell in cells):
        return Fault(number, typed, refusal("control_sign"))
    if not wisher or not wished:
        return Fault(number, typed, refusal("nobody_named"))
    if strength.lower() not in STRENGTHS:
        return Fault(number, typed, refusal("unknown_strength", typed=strength[:40]))
    if len(said.get("sentence", "")) > MOST_SIGNS:
        return Fault(number, typed, refusal("sentence_too_long", most=MOST_SIGNS))
    return Row(number, wisher, wished, STRENGTHS[strength.lower()], said.get("sentence", ""))
