"""The map of a sector as a file of its own: a sheet with finding, map, key and source."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.translation import gettext as _

from hanse.kit.maps import standalone
from hanse.kit.paper import as_png as drawn
from hanse.kit.phrases import COPYRIGHT
from hanse.observatory.documents.maps import boundaries, map_of_sector
from hanse.observatory.queries import findings
from hanse.observatory.queries.indicators import Kind
from hanse.observatory.queries.sector import SectorMap

WIDTH, HEAD, FOOT, FIELD = 1000, 96, 96, 16


def of_sector(found: SectorMap, kind: str) -> str:
    """The map with what a report needs around it: an SVG that can be read without the page."""
    drawing = str(map_of_sector(found, kind, linked=False))
    box = re.search(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"', drawing)
    if box is None:
        raise ValueError("A drawing needs a viewBox")
    high = round(WIDTH * float(box.group(4)) / float(box.group(3)))
    placed = drawing.replace("<svg ", f'<svg x="0" y="{HEAD}" width="{WIDTH}" height="{high}" ', 1)
    with_boundaries = kind == "boundaries" and boundaries(found.release) is not None
    source = found.release.source_line
    if with_boundaries and found.indicator.kind is not Kind.COUNT:
        source = f"{COPYRIGHT} · {source}"
    about = f"{found.indicator.label} · {found.sector.title} ({found.sector.code}) · {found.year}"
    finding = escape(findings.of_sector(found))
    sheet = (
        f'<svg class="sheet" viewBox="0 0 {WIDTH} {HEAD + high + FOOT}">'
        f'<text class="bold" x="20" y="40" font-size="27">{finding}</text>'
        f'<text x="20" y="70" font-size="17">{escape(about)}</text>{placed}'
        f"{_key(found, HEAD + high + 18)}"
        f'<text x="20" y="{HEAD + high + FOOT - 14}" font-size="13">{escape(source)}</text></svg>'
    )
    return standalone(sheet)


def _key(found: SectorMap, top: int) -> str:
    classes = found.indicator.key
    if classes is None:
        return ""
    counts = found.class_counts
    fields = [*classes.paints, "nk"]
    step = (WIDTH - 40) / len(fields)
    marks = ["", *(classes.marks or [f"{limit:g}" for limit in classes.limits]), ""]
    drawn_fields = []
    for place, paint in enumerate(fields):
        x = 20 + place * step
        says = _("not known") if paint == "nk" else marks[place]
        drawn_fields.append(
            f'<rect class="{paint}" x="{x:.0f}" y="{top}" width="{step - 3:.0f}" height="{FIELD}"/>'
            f'<text x="{x:.0f}" y="{top + 34}" font-size="14">{escape(says)}</text>'
            f'<text x="{x + step - 8:.0f}" y="{top + 34}" font-size="13" class="end">'
            f"{counts.get(paint, 0)}</text>"
        )
    return "".join(drawn_fields)


@lru_cache(maxsize=32)
def as_png(svg: str) -> bytes:
    return drawn(svg)
