"""What the charts share: widths, scales, words."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

Words = str | Promise

SHEET = 1000
WIDE = 620
NARROW = 344
# An average letter of Source Sans 3, in parts of the size of type.
LETTER = 0.5


@dataclass(frozen=True)
class Threshold:
    """A value with a name; `firm` ones are drawn in ink, others as hairlines."""

    value: float
    name: str
    firm: bool = False


@dataclass(frozen=True)
class Scale:
    """Values to places: linear or by doublings; values beyond the ends stand at the ends."""

    low: float
    high: float
    start: float
    end: float
    kind: Literal["linear", "log"] = "linear"

    def __post_init__(self) -> None:
        if self.kind == "log" and self.low <= 0:
            raise ValueError("A scale by doublings begins above zero")
        if self.high <= self.low:
            raise ValueError(f"A scale runs upwards, not from {self.low} to {self.high}")

    def at(self, value: float) -> float:
        """The place of a value.

        >>> Scale(1, 4, 0, 100, "log").at(2)
        50.0
        """
        kept = min(max(value, self.low), self.high)
        if self.kind == "log":
            share = log(kept / self.low) / log(self.high / self.low)
        else:
            share = (kept - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def escaped(words: Words) -> str:
    """Words as they may stand in a drawing."""
    return html.escape(str(words))


def length(words: Words, size: float) -> float:
    """About how long words are when set in a size."""
    return len(str(words)) * size * LETTER


def cut(words: Words, room: float, size: float) -> str:
    """Words that fit, with an ellipsis where they had to be cut."""
    text = str(words)
    most = int(room / (size * LETTER))
    return text if len(text) <= most else text[: max(1, most - 1)].rstrip() + "…"


def text(x: float, y: float, words: Words, size: float, classes: str = "") -> str:
    """A line of type."""
    kind = f' class="{classes}"' if classes else ""
    return f'<text{kind} x="{x:g}" y="{y:g}" font-size="{size:g}">{escaped(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, classes: str) -> str:
    """A straight line."""
    return f'<path class="{classes}" d="M{x1:g} {y1:g}L{x2:g} {y2:g}"/>'


def rect(x: float, y: float, width: float, height: float, classes: str) -> str:
    """A bar."""
    return (
        f'<rect class="{classes}" x="{x:g}" y="{y:g}"'
        f' width="{max(width, 0):.4g}" height="{height:g}"/>'
    )


def dot(x: float, y: float, radius: float, classes: str, title: Words = "") -> str:
    """A round mark, with its words for the pointer."""
    says = f"<title>{escaped(title)}</title>" if title else ""
    end = f">{says}</circle>" if says else "/>"
    return f'<circle class="{classes}" cx="{x:g}" cy="{y:g}" r="{radius:g}"{end}'


def drawing(
    width: float, height: float, label: Words, parts: Sequence[str], classes: str = ""
) -> SafeString:
    """The whole: an image with a name."""
    kind = f' class="{classes}"' if classes else ""
    return mark_safe(  # noqa: S308  words are escaped where they are set
        f'<svg{kind} viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escaped(label)}">'
        f"{''.join(parts)}</svg>"
    )


def name_room(names: Sequence[Words], width: float, size: float) -> float:
    """Room for the names of rows at the left: what they need, at most two fifths of the width."""
    return min(max((length(name, size) for name in names), default=0) + 14, width * 0.42)
