"""Rules that sort values into classes, as data; what a class is painted with."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise
Links = Callable[[str], str] | Mapping[str, str] | None

SEQUENTIAL = ("q1", "q2", "q3", "q4", "q5", "q6")
DIVERGING = ("d1", "d2", "d3", "d0", "d4", "d5", "d6")


@dataclass(frozen=True)
class Classes:
    """Limits between classes, closed below and open above, and the paints between them."""

    limits: tuple[float, ...]
    paints: tuple[str, ...] = SEQUENTIAL
    marks: tuple[str, ...] = ()
    """How each limit is written on the key; plain numbers where empty."""

    def __post_init__(self) -> None:
        if len(self.paints) != len(self.limits) + 1:
            raise ValueError(f"{len(self.limits)} limits need {len(self.limits) + 1} paints")
        if self.marks and len(self.marks) != len(self.limits):
            raise ValueError("Every limit needs its mark")

    def of(self, value: float | None) -> str:
        """The paint of a value; hatched where there is none."""
        if value is None or value != value:  # noqa: PLR0124  not-a-number
            return "nk"
        return self.paints[bisect_right(self.limits, value)]

    def painted(self, values: Mapping[str, float | None]) -> dict[str, str]:
        """The paint of each code."""
        return {code: self.of(value) for code, value in values.items()}

    def counts(self, values: Iterable[float | None]) -> list[int]:
        """How many values are in each class; the last count is of those not known."""
        found = [0] * (len(self.paints) + 1)
        for value in values:
            known = value is not None and value == value  # noqa: PLR0124
            found[bisect_right(self.limits, value) if known else -1] += 1  # type: ignore[type-var]
        return found


# Ratios: each class twice the one before, the same for every sector and year; 1 = Europe.
RATIOS = Classes((0.25, 0.5, 1, 2, 4), marks=("¼", "½", "1", "2", "4"))
SHARES = Classes((0.01, 0.02, 0.05, 0.1, 0.2), marks=("1 %", "2 %", "5 %", "10 %", "20 %"))
SMALL_SHARES = Classes(
    (0.001, 0.002, 0.005, 0.01, 0.02), marks=("0.1 %", "0.2 %", "0.5 %", "1 %", "2 %")
)
GROWTH = Classes(
    (-0.06, -0.03, -0.01, 0.01, 0.03, 0.06),
    DIVERGING,
    marks=("−6 %", "−3 %", "−1 %", "+1 %", "+3 %", "+6 %"),
)


def text_on(paint: str) -> str:
    """The class of type that is legible on a paint."""
    if paint in {"q5", "q6", "d1", "d6"}:
        return "on1"
    if paint in {"q4", "d2", "d5"}:
        return "on4"
    return "t2" if paint in {"nk", "out", ""} else "on2"


def link_to(links: Links, code: str) -> str:
    """The address of a region; empty where it has none."""
    if links is None:
        return ""
    return links(code) if callable(links) else links.get(code, "")
