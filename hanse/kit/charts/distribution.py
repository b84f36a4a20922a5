"""The distribution strip: every region a dot over the bar of the classes. It is the map's key."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanse.kit.charts.drawing import (
    SHEET,
    Scale,
    Threshold,
    Words,
    dot,
    drawing,
    escaped,
    length,
    line,
    rect,
    text,
)  # fmt: skip
from hanse.kit.maps import Classes

STEP = 7.6  # a dot and the air around it
BASE = 136
BAR = 13


@dataclass(frozen=True)
class Dot:
    """One region: `value` places it, `said` is its value in words; `named` ones carry a label."""

    name: str
    value: float
    said: str = ""
    estimate: bool = False
    named: bool = False
    yours: bool = False


def distribution(
    dots: Sequence[Dot],
    classes: Classes,
    *,
    label: Words,
    unknown: int = 0,
    reference: Threshold | None = None,
    by_doublings: bool = True,
    width: int = SHEET,
) -> SafeString:
    """All values as dots over the classes, with how many are in each, and how many are not known.

    Estimates are hollow. Dots that would lie upon each other are stacked.
    """
    wide = width >= SHEET
    size = 14 if wide else 13.5
    box = (122 if wide else 0) if unknown else 0
    right = width - 10 - (box + 28 if box else 0)
    scale = _scale(
        dots, classes, 12 if wide else 4, right - (0 if wide else 4), doublings=by_doublings
    )
    parts = _bar(classes, scale, dots, size, wide=wide)
    parts += _unknown_box(unknown, width, box, size)
    tops, drawn = _stacked(dots, scale, 112 if wide else 58)
    taken: list[tuple[float, float, float]] = []
    if reference:
        x, y = scale.at(reference.value), 52 if wide else 16
        parts.append(line(x, y - 8, x, BASE, "dotted"))
        long = length(reference.name, size) + 5
        ends = x + long > width
        said = "halo end" if ends else "halo"
        parts.append(text(x - 5 if ends else x + 5, y, reference.name, size, said))
        taken.append((y, x - long, x) if ends else (y, x, x + long))
    parts += drawn
    parts += _names(dots, scale, tops, size, right, taken)
    height = 172 if wide or not unknown else 214
    return drawing(width, height, label, parts, "strip")


def _scale(
    dots: Sequence[Dot], classes: Classes, start: float, end: float, *, doublings: bool
) -> Scale:
    first, last = classes.limits[0], classes.limits[-1]
    largest = max([dot.value for dot in dots], default=last)
    if doublings:
        return Scale(first / 8, max(last * 2, largest), start, end, "log")
    smallest = min([dot.value for dot in dots], default=first)
    reach = (last - first) / 3
    low, high = max(smallest, first - reach), min(largest, last + reach)
    return Scale(min(low, first - reach / 4), max(high, last + reach / 4), start, end)


def _bar(
    classes: Classes, scale: Scale, dots: Sequence[Dot], size: float, *, wide: bool
) -> list[str]:
    counts = classes.counts(dot.value for dot in dots)
    edges = [scale.start, *(scale.at(limit) for limit in classes.limits), scale.end]
    parts = []
    spans = zip(edges, edges[1:], classes.paints, counts, strict=False)
    for place, (left, right, paint, count) in enumerate(spans):
        parts.append(rect(left, BASE, right - left, BAR, paint))
        counted = ngettext("%(count)s region", "%(count)s regions", count) % {"count": count}
        words = counted if wide and right - left > length(counted, size) + 26 else str(count)
        parts.append(text((left + right) / 2, BASE + 29, words, size, "t2 mid"))
        if place:
            mark = classes.marks[place - 1] if classes.marks else f"{classes.limits[place - 1]:g}"
            parts.append(line(left, BASE, left, BASE + BAR + 3, "axis"))
            parts.append(text(left, BASE + 29, mark, size, "mid bold"))
    parts.append(rect(scale.start, BASE, scale.end - scale.start, BAR, "inkl"))
    return parts


def _unknown_box(unknown: int, width: float, box: float, size: float) -> list[str]:
    if not unknown:
        return []
    words = _("%(count)s not published") % {"count": unknown}
    if box:
        left = width - 10 - box
        return [
            rect(left, BASE, box, BAR, "nk inkl"),
            text(left + box / 2, BASE + 29, words, size, "t2 mid"),
        ]
    return [rect(4, BASE + 48, 60, BAR, "nk inkl"), text(74, BASE + 60, words, size, "t2")]


def _stacked(dots: Sequence[Dot], scale: Scale, crown: float) -> tuple[dict[int, float], list[str]]:
    """The dots as two paths and a few circles, and how high each pile is."""
    piles: dict[int, list[Dot]] = defaultdict(list)
    for one in sorted(dots, key=lambda dot: dot.value):
        piles[int((scale.at(one.value) - scale.start) // STEP)].append(one)
    tops: dict[int, float] = {}
    known: list[str] = []
    hollow: list[str] = []
    yours: list[str] = []
    for pile, members in piles.items():
        rise = min(STEP, crown / len(members))
        x = scale.start + (pile + 0.5) * STEP
        for floor, one in enumerate(members):
            y = BASE - 5 - floor * rise
            if one.yours:
                yours.append(dot(x, y, 4.4, "you", f"{one.name} {one.said}"))
            else:
                (hollow if one.estimate else known).append(
                    f"M{x - 3.2:.1f} {y:.1f}a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z"
                )
        tops[pile] = BASE - 5 - len(members) * rise
    parts = [f'<path class="dot" d="{"".join(known)}"/>']
    if hollow:
        parts.append(f'<path class="hollow" d="{"".join(hollow)}"/>')
    return tops, parts + yours


def _names(
    dots: Sequence[Dot],
    scale: Scale,
    tops: dict[int, float],
    size: float,
    right: float,
    taken: list[tuple[float, float, float]],
) -> list[str]:
    parts = []
    for one in sorted(dots, key=lambda dot: -dot.value):
        if not (one.named or one.yours):
            continue
        pile = int((scale.at(one.value) - scale.start) // STEP)
        x = scale.start + (pile + 0.5) * STEP
        long = length(f"{one.name} {one.said}", size) + 6
        end = x + long > right
        left = x - long if end else x
        first, last = (int((edge - scale.start) // STEP) for edge in (left, left + long))
        under = range(first, last + 1)
        roof = min((tops[pile_under] for pile_under in under if pile_under in tops), default=BASE)
        # A stem must not run through a name that stands below: begin under those it would cross.
        begin = max((other + 18 for other, near, far in taken if near < x < far), default=16)
        for y in range(round(begin), 112, 18):
            free = all(
                abs(y - other) > 17 or left > far or left + long < near  # noqa: PLR2004
                for other, near, far in taken
            )
            if free and y < roof - 4:
                break
        else:
            continue
        taken.append((y, left, left + long))
        stem, tone = ("youl", " you") if one.yours else ("inkl", "")
        parts.append(line(x, y + 5, x, tops.get(pile, BASE), stem))
        kind = f"halo{' end' if end else ''}{tone}"
        parts.append(
            f'<text class="{kind}" x="{x:g}" y="{y}" font-size="{size:g}">{escaped(one.name)}'
            f' <tspan class="bold">{escaped(one.said)}</tspan></text>'
        )
    return parts
