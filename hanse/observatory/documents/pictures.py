"""Maps as files of their own: a sheet with finding, map, key and source."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from django.utils.html import escape
from django.utils.translation import gettext as _

from hanse.kit.maps import standalone
from hanse.kit.paper import as_png as drawn
from hanse.kit.phrases import COPYRIGHT
from hanse.observatory.documents.maps import (
    COUNTS_OF_CLUSTERS,
    WORDS_OF_STRENGTH,
    boundaries,
    map_of_sector,
    map_of_strength,
    paints_of_strength,
)
from hanse.observatory.queries import findings
from hanse.observatory.queries.europe import Panorama
from hanse.observatory.queries.indicators import Kind
from hanse.observatory.queries.sector import SectorMap

WIDTH, HEAD, FOOT, FIELD = 1000, 96, 96, 16


def of_sector(found: SectorMap, kind: str) -> str:
    """The map of a sector with what a report needs around it."""
    source = found.release.source_line
    drawn_as_outlines = kind == "boundaries" and boundaries(found.release) is not None
    if drawn_as_outlines and found.indicator.kind is not Kind.COUNT:
        source = f"{COPYRIGHT} · {source}"
    about = f"{found.indicator.label} · {found.sector.title} ({found.sector.code}) · {found.year}"
    counts = found.class_counts
    classes = found.indicator.key
    key = []
    if classes is not None:
        marks = ["", *(classes.marks or [f"{limit:g}" for limit in classes.limits])]
        key = [
            (paint, mark, counts.get(paint, 0))
            for paint, mark in zip(classes.paints, marks, strict=True)
        ]
        key.append(("nk", _("not known"), counts.get("nk", 0)))
    drawing = str(map_of_sector(found, kind, linked=False))
    return _sheet(findings.of_sector(found), about, drawing, key, source)


def of_panorama(found: Panorama) -> str:
    """The map of Europe's strongest clusters with what a report needs around it."""
    about = _("Clusters that pass all three tests, by region, %(year)s") % {"year": found.year}
    painted = Counter(paints_of_strength(found).values())
    words = (*WORDS_OF_STRENGTH, _("not known"))
    paints = (*COUNTS_OF_CLUSTERS.paints, "nk")
    key = [(paint, word, painted[paint]) for paint, word in zip(paints, words, strict=True)]
    drawing = str(map_of_strength(found))
    return _sheet(findings.of_panorama(found), about, drawing, key, found.release.source_line)


def _sheet(
    finding: str, about: str, drawing: str, key: list[tuple[str, str, int]], source: str
) -> str:
    """An SVG that can be read without the page: finding, what is shown, map, key, source."""
    box = re.search(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"', drawing)
    if box is None:
        raise ValueError("A drawing needs a viewBox")
    high = round(WIDTH * float(box.group(4)) / float(box.group(3)))
    placed = drawing.replace("<svg ", f'<svg x="0" y="{HEAD}" width="{WIDTH}" height="{high}" ', 1)
    return standalone(
        f'<svg class="sheet" viewBox="0 0 {WIDTH} {HEAD + high + FOOT}">'
        f'<text class="bold" x="20" y="40" font-size="27">{escape(finding)}</text>'
        f'<text x="20" y="70" font-size="17">{escape(about)}</text>{placed}'
        f"{_key(key, HEAD + high + 18)}"
        f'<text x="20" y="{HEAD + high + FOOT - 14}" font-size="13">{escape(source)}</text></svg>'
    )


def _key(fields: list[tuple[str, str, int]], top: int) -> str:
    """One field a class, with its lower limit and how many regions are in it."""
    step = (WIDTH - 40) / max(len(fields), 1)
    return "".join(
        f'<rect class="{paint}" x="{20 + place * step:.0f}" y="{top}" width="{step - 3:.0f}"'
        f' height="{FIELD}"/><text x="{20 + place * step:.0f}" y="{top + 34}" font-size="14">'
        f'{escape(says)}</text><text x="{12 + (place + 1) * step:.0f}" y="{top + 34}"'
        f' font-size="13" class="end">{count}</text>'
        for place, (paint, says, count) in enumerate(fields)
    )


@lru_cache(maxsize=32)
def as_png(svg: str) -> bytes:
    return drawn(svg)
