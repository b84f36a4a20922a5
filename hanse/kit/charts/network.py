"""Things placed by how near they are to each other, joined where they are nearest."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from hanse.kit.charts.drawing import WIDE, Words, drawing, escaped, length, text


@dataclass(frozen=True)
class Node:
    """One thing: place in a square from 0 to 1, size, paint, name, words for the pointer."""

    code: str
    name: str
    x: float
    y: float
    size: float
    paint: str
    says: str
    named: bool = False


@dataclass(frozen=True)
class Link:
    """Two things that are near; `strong` ones are drawn in ink."""

    one: str
    other: str
    strong: bool = False


LEAST, MOST = 5.0, 19.0


def network(
    nodes: Sequence[Node], links: Sequence[Link], *, label: Words, width: int = WIDE
) -> SafeString:
    """Circles by area over their links; names of those that shall have one, where there is room."""
    wide = width >= WIDE
    height = width * (0.72 if wide else 1.25)
    edge = 34 if wide else 22
    scale = 1.0 if wide else 0.72
    largest = max((node.size for node in nodes), default=1) or 1
    at = {
        node.code: (
            round(edge + node.x * (width - 2 * edge), 1),
            round(height - edge - node.y * (height - 2 * edge), 1),
            round(scale * (LEAST + (MOST - LEAST) * (max(node.size, 0) / largest) ** 0.5), 1),
        )
        for node in nodes
    }
    parts = []
    for link in sorted(links, key=lambda link: link.strong):
        (x1, y1, _), (x2, y2, _) = at[link.one], at[link.other]
        tone = "axis" if link.strong else "hairl"
        parts.append(f'<path class="{tone}" d="M{x1:g} {y1:g}L{x2:g} {y2:g}"/>')
    for node in sorted(nodes, key=lambda node: -node.size):
        x, y, radius = at[node.code]
        circle = (
            f'<circle class="{node.paint} bubble" cx="{x:g}" cy="{y:g}" r="{radius:g}">'
            f"<title>{escaped(node.says)}</title></circle>"
        )
        # No link: the drawing is one picture to a reader, the table below it holds the links.
        parts.append(circle)
    parts += _names(nodes, at, width, height)
    return drawing(width, height, label, parts, "net")


def _names(
    nodes: Sequence[Node],
    at: dict[str, tuple[float, float, float]],
    width: float,
    height: float,
) -> list[str]:
    """Names beside their circles, the first in the list first; one without room is left out."""
    circles = [(x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7) for x, y, r in at.values()]
    taken: list[tuple[float, float, float, float]] = []
    parts = []
    for node in nodes:
        if not node.named:
            continue
        x, y, radius = at[node.code]
        long = length(node.name, 13.5)
        for kind, dx, dy in (
            ("", radius + 4, 5),
            (" end", -radius - 4, 5),
            (" mid", 0, -radius - 5),
            (" mid", 0, radius + 14),
        ):
            start = x + dx - (long if kind == " end" else long / 2 if kind == " mid" else 0)
            box = (start, y + dy - 12, start + long, y + dy + 3)
            inside = box[0] > 2 and box[2] < width - 2 and box[1] > 0 and box[3] < height  # noqa: PLR2004
            own = (x - radius * 0.7, y - radius * 0.7, x + radius * 0.7, y + radius * 0.7)
            others = [*taken, *(circle for circle in circles if circle != own)]
            if inside and not any(_meet(box, other) for other in others):
                taken.append(box)
                parts.append(
                    text(round(x + dx, 1), round(y + dy, 1), node.name, 13.5, f"halo{kind}")
                )
                break
    return parts


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
