"""Find regions and sectors by name or code, whatever the accents, the case and the language."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from django.conf import settings
from django.utils.translation import override

from hanse.commons.sectors import words as nace
from hanse.kit.folding import words_of
from hanse.observatory.queries.figures import Region, Release, Sector

LISTED = 30
CLOSE = 0.8


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, best first; `corrected` is the wording searched instead when nothing was spelt so."""

    regions: tuple[Region, ...]
    sectors: tuple[Sector, ...]
    corrected: str = ""

    @property
    def count(self) -> int:
        return len(self.regions) + len(self.sectors)


@dataclass(frozen=True, slots=True)
class Entry:
    thing: Region | Sector
    words: frozenset[str]
    weight: int


def found(release: Release, wording: str) -> Found:
    asked = words_of(wording)
    if not asked:
        return Found((), ())
    entries, vocabulary = _index(release)
    hits = _matching(entries, asked)
    if hits:
        return _found(hits)
    nearest = [(get_close_matches(word, vocabulary, 1, CLOSE) or [word])[0] for word in asked]
    return _found(_matching(entries, nearest), " ".join(nearest))


def _found(hits: list[Entry], corrected: str = "") -> Found:
    things = [entry.thing for entry in hits]
    regions = tuple(thing for thing in things if isinstance(thing, Region))
    sectors = tuple(thing for thing in things if isinstance(thing, Sector))
    return Found(regions[:LISTED], sectors[:LISTED], corrected if things else "")


def _matching(entries: tuple[Entry, ...], asked: list[str]) -> list[Entry]:
    """Every word asked must begin a word of the entry; whole words count before beginnings."""
    hits = [
        (sum(word in entry.words for word in asked), entry)
        for entry in entries
        if all(any(own.startswith(word) for own in entry.words) for word in asked)
    ]
    hits.sort(key=lambda hit: (-hit[0], -hit[1].weight, len(hit[1].words)))
    return [entry for _, entry in hits]


@lru_cache(maxsize=4)
def _index(release: Release) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    entries = [
        Entry(region, frozenset(words_of(_wording_of_region(region))), region.level)
        for region in release.regions.values()
    ]
    entries += [
        Entry(sector, frozenset(words_of(_wording_of_sector(code))), 3 if sector.is_division else 2)
        for code, sector in release.sectors.items()
    ]
    vocabulary = sorted({word for entry in entries for word in entry.words})
    return tuple(entries), tuple(vocabulary)


def _wording_of_region(region: Region) -> str:
    return f"{region.code} {region.official_name} {region.latin_name}"


def _wording_of_sector(code: str) -> str:
    wording = [code]
    for language, _ in settings.LANGUAGES:
        with override(language):
            wording += [str(nace.TITLES.get(code, "")), str(nace.SHORT_NAMES.get(code, ""))]
    return " ".join(wording)
