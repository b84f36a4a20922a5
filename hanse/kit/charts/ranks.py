"""How firm a rank is: the range it takes under other weights."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.charts.drawing import (
    WIDE,
    Scale,
    Words,
    cut,
    dot,
    drawing,
    line,
    name_room,
    text,
)  # fmt: skip

ROW = 30


@dataclass(frozen=True)
class RankRange:
    """A rank as weighted now, and the best and worst it takes under other weights."""

    name: str
    now: int
    best: int
    worst: int
    yours: bool = False


def rank_ranges(
    rows: Sequence[RankRange], *, label: Words, of: int, width: int = WIDE
) -> SafeString:
    """A line from the worst rank to the best, a dot at the rank now; the first at the right."""
    wide = width >= WIDE
    size = 15 if wide else 13.5
    room = name_room([row.name for row in rows], width, size)
    say = 96 if wide else 80
    scale = Scale(1, max(of, 2), width - say - 12, room + 16)
    height = 34 + ROW * len(rows)
    parts = []
    for rank in range(1, of + 1):
        x = scale.at(rank)
        parts.append(line(x, 22, x, height - 6, "hairl"))
        if rank in {1, of} or (wide and of <= 12):  # noqa: PLR2004
            parts.append(text(x, 15, str(rank), 13.5, "t2 mid"))
    for place, row in enumerate(rows):
        y = 42 + ROW * place
        tone = " you" if row.yours else ""
        parts.append(text(room, y + 5, cut(row.name, room, size), size, f"end{tone}"))
        line_tone = "youl" if row.yours else "m2l"
        parts.append(line(scale.at(row.worst), y, scale.at(row.best), y, f"{line_tone} w5"))
        parts.append(dot(scale.at(row.now), y, 6, "you" if row.yours else "m1"))
        if row.best == row.worst:
            words = _("rank %(rank)s") % {"rank": row.now}
        else:
            words = _("rank %(best)s to %(worst)s") % {"best": row.best, "worst": row.worst}
        parts.append(text(width, y + 5, words, 13.5, f"end bold{tone}"))
    return drawing(width, height, label, parts)
