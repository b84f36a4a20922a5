"""The threshold gauge: how far a value is from the mark that decides. Better is always right."""

from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from hanse.kit.charts.drawing import Scale, Words, dot, drawing, length, line, text


@dataclass(frozen=True)
class Gauge:
    """A value and its threshold between two ends; `better` says which way is right."""

    value: float | None
    threshold: float
    low: float
    high: float
    mark: str
    """The threshold in words, written under its tick."""
    better: Literal["more", "less"] = "more"
    kind: Literal["linear", "log"] = "log"

    @property
    def met(self) -> bool | None:
        """Whether the threshold is reached; None where the value is not known."""
        if self.value is None:
            return None
        if self.better == "more":
            return self.value >= self.threshold
        return self.value <= self.threshold


def gauge(one: Gauge, *, label: Words, width: int = 184) -> SafeString:
    """A hairline, an upright tick at the threshold, a thick line to the dot.

    The dot is filled once the threshold is reached. A value that is not known leaves a hatch.
    """
    ends = (4, width - 4) if one.better == "more" else (width - 4, 4)
    scale = Scale(one.low, one.high, *ends, one.kind)
    mark = scale.at(one.threshold)
    if one.value is None:
        parts = [f'<rect class="nk" x="4" y="8" width="{width - 8}" height="8"/>']
    else:
        x = scale.at(one.value)
        tone = "met" if one.met else "unmet"
        parts = [
            line(4, 12, width - 4, 12, "hairl"),
            line(mark, 12, x, 12, f"{tone}l w3"),
            dot(x, 12, 4.5, f"end-{tone}"),
        ]
    half = length(one.mark, 12.5) / 2
    parts.append(line(mark, 4, mark, 20, "inkl w15"))
    at = min(max(mark, half), width - half)
    parts.append(text(round(at, 1), 33, one.mark, 12.5, "t2 mid"))
    return drawing(width, 36, label, parts, "gauge")
