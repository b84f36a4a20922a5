"""The atlas: real boundaries in their frame, and the small map of where a region lies."""

import html
from collections.abc import Collection, Mapping, Sequence

from django.utils.safestring import SafeString, mark_safe

from hanse.kit import phrases
from hanse.kit.maps.classes import Links, Words, link_to
from hanse.kit.maps.frame import frame, graticule
from hanse.kit.maps.placing import Label, Place, overlap, placed
from hanse.kit.maps.shapes import SCALE, SHEET, Shapes


def _labelled(place: Place, *, narrow: bool) -> str:
    (ax, ay), (x, y) = place.anchor, place.at
    yours = " yours" if place.label.yours else ""
    line = f"M{ax:.0f} {ay:.0f}L{x:.0f} {y:.0f}"
    parts = [f'<path class="lead-line{yours}" d="{line}"/>']
    if not narrow:
        parts.insert(0, f'<path class="lead-case" d="{line}"/>')
        parts.append(f'<circle class="anchor{yours}" cx="{ax:.0f}" cy="{ay:.0f}" r="2.6"/>')
    words = html.escape(place.label.name)
    if place.label.value:
        words += f' <tspan class="bold">{html.escape(place.label.value)}</tspan>'
    kind = f"halo{' you' if yours else ''}{' end' if place.side == 'end' else ''}"
    text_x = x + 4 if place.side == "start" else x - 4
    text_y = y + (12 if narrow else 5)
    parts.append(f'<text class="{kind}" x="{text_x:.0f}" y="{text_y:.0f}">{words}</text>')
    return "".join(parts)


def atlas(
    sheet: Shapes,
    classes: Mapping[str, str],
    *,
    label: Words = "",
    description: Words = "",
    titles: Mapping[str, str] | None = None,
    links: Links = None,
    labels: Sequence[Label] = (),
    selected: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> SafeString:
    """Real boundaries in EPSG:3035 with a frame graduated in degrees.

    Regions without a class are land outside the survey. The first labels stand on narrow sheets too
    (four, larger); regions outside the frame that have a class stand in a list over the Atlantic,
    named by `names`. Show phrases.COPYRIGHT with it.
    """
    titles = titles or {}
    parts = []
    outside = []
    for code, path in sheet.paths.items():
        paint = classes.get(code)
        if paint is None or paint == "out":
            outside.append(path)
            continue
        title = f"<title>{html.escape(titles[code])}</title>" if code in titles else ""
        shape = f'<path class="reg {paint}" d="{path}"/>'
        link = link_to(links, code)
        if link:
            chosen_one = ' class="selected"' if code in selected else ""
            parts.append(f'<a{chosen_one} href="{html.escape(link)}">{title}{shape}</a>')
        else:
            parts.append(f"<g>{title}{shape}</g>" if title else shape)
    chosen = "".join(
        f'<path class="sel{kind}" stroke-width="{wide}" d="{sheet.paths[code]}"/>'
        for code in selected
        if code in sheet.paths
        for kind, wide in ((" case", 18), ("", 9))
    )
    wide = "".join(_labelled(one, narrow=False) for one in placed(sheet, tuple(labels), 17, 9))
    few = sorted(labels, key=lambda one: not one.yours)
    narrow = "".join(_labelled(one, narrow=True) for one in placed(sheet, tuple(few), 39, 4))
    says = f"<desc>{html.escape(str(description))}</desc>" if description else ""
    role = "group" if links else "img"
    new_line = "\n"
    return mark_safe(  # noqa: S308  names and titles are escaped
        f'<svg class="atlas" viewBox="-46 -14 1066 {SHEET + 46}" role="{role}"'
        f' aria-label="{html.escape(str(label))}">{says}'
        f'<clipPath id="atlas-frame"><rect width="1000" height="{SHEET}"/></clipPath>'
        f'<g clip-path="url(#atlas-frame)"><rect class="sea" width="1000" height="{SHEET}"/>'
        f'<g class="geo" transform="scale({SCALE:.5f})"><path class="grat" d="{graticule()}"/>'
        f'<path class="out coast" d="{sheet.world}"/>'
        f'<path class="out plain" d="{"".join(outside)}"/>'
        f'{new_line.join(parts)}<path class="shore" d="{sheet.coast}"/>'
        f'<path class="country" d="{sheet.borders}"/>{chosen}</g></g>'
        f'{frame()}<g class="narrow" aria-hidden="true">{narrow}</g>'
        f'<g class="wide" aria-hidden="true">{wide}</g>'
        f"{_far_list(sheet, classes, titles, links, names or {})}</svg>"
    )


def _far_list(
    sheet: Shapes,
    classes: Mapping[str, str],
    titles: Mapping[str, str],
    links: Links,
    names: Mapping[str, str],
) -> str:
    codes = [code for code in sheet.far if classes.get(code, "out") != "out"]
    if not codes:
        return ""
    y = round(SHEET * 0.55)
    heading = html.escape(str(phrases.FAR_FROM_THE_MAP))
    rows = [f'<text class="halo t2 bold" x="14" y="{y}">{heading}</text>']
    for place, code in enumerate(codes):
        top = y + 9 + 19 * place
        title = f"<title>{html.escape(titles[code])}</title>" if code in titles else ""
        row = (
            f'{title}<path class="far {classes[code]}" d="M22 {top}l6.9 4v8l-6.9 4-6.9-4v-8z"/>'
            f'<text class="halo t2" x="37" y="{top + 13}">'
            f"{html.escape(names.get(code, code))}</text>"
        )
        link = link_to(links, code)
        rows.append(f'<a href="{html.escape(link)}">{row}</a>' if link else f"<g>{row}</g>")
    return f'<g class="wide far-list">{"".join(rows)}</g>'


def locator(sheet: Shapes, code: str, *, name: str, label: Words) -> SafeString:
    """Where a region lies: its country around it, the neighbours paler."""
    x0, y0, x1, y1 = sheet.boxes[code]
    half = max(520.0, (x1 - x0) * 0.95, (y1 - y0) * 1.2)
    left, top = round((x0 + x1) / 2 - half), round((y0 + y1) / 2 - half * 0.8)
    width, height = round(2 * half), round(1.6 * half)
    near = [
        other
        for other, box in sheet.boxes.items()
        if overlap(box, (left, top, left + width, top + height))
    ]
    own = "".join(sheet.paths[one] for one in near if one[:2] == code[:2] and one != code)
    others = "".join(sheet.paths[one] for one in near if one[:2] != code[:2])
    size = half / 10.5
    x = min(x1 + size * 0.3, left + width - size * 0.56 * len(name))
    drawn = [
        f'<rect class="sea" x="{left}" y="{top}" width="{width}" height="{height}"/>',
        f'<path class="out" d="{sheet.world}"/>',
        f'<path class="around" stroke-width="{half / 150:.1f}" d="{others}"/>',
        f'<path class="q2 land-line" stroke-width="{half / 260:.1f}" d="{own}"/>',
        f'<path class="country" stroke-width="{half / 90:.1f}" d="{sheet.borders}"/>',
        f'<path class="here" d="{sheet.paths[code]}"/>',
        (
            f'<text class="halo bold" stroke-width="{size / 4:.0f}" font-size="{size:.0f}"'
            f' x="{x:.0f}" y="{y0 + size * 0.4:.0f}">{html.escape(name)}</text>'
        ),
    ]
    return mark_safe(  # noqa: S308  the name and the label are escaped
        f'<svg class="locator" viewBox="{left} {top} {width} {height}" role="img"'
        f' aria-label="{html.escape(str(label))}">{"".join(drawn)}</svg>'
    )
