"""Sector sets: which sectors a release speaks of. Versioned data, here and from users."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "sector_sets"


@dataclass(frozen=True)
class SectorSet:
    """Sections with their divisions; `total` names the sections that make up a region's total."""

    name: str
    version: str
    title: str
    total: tuple[str, ...]
    sections: Mapping[str, tuple[str, ...]]

    @property
    def published_sections(self) -> tuple[str, ...]:
        return tuple(code for code in self.sections if code in self.total)

    @property
    def divisions(self) -> tuple[str, ...]:
        return tuple(division for divisions in self.sections.values() for division in divisions)


def sector_set(name: str = "nace-rev2-business") -> SectorSet:
    return sector_set_from(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def sector_set_from(plain: Mapping[str, Any]) -> SectorSet:
    return SectorSet(
        name=plain["set"],
        version=plain["version"],
        title=plain["title"],
        total=tuple(plain["total"]),
        sections={code: tuple(divisions) for code, divisions in plain["sections"].items()},
    )
