"""What a map or a table can show: each indicator with its unit, its column and its colour classes.

Class limits belong to the method version: fixed doubling classes for ratios, limits from the ladder
1-2-5 for shares, and ±1, ±3, ±6 % for growth. Counts are drawn as circles, never painted.
"""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(StrEnum):
    RATIO = "ratio"
    SHARE = "share"
    GROWTH = "growth"
    COUNT = "count"
    MONEY = "money"
    STRENGTH = "strength"


@dataclass(frozen=True, slots=True)
class Indicator:
    slug: str
    column: str
    label: Promise
    unit: Promise
    kind: Kind
    decimals: int
    limits: tuple[float, ...] = ()
    measure: str = "persons"
    column_with_own_country: str = ""
    column_with_estimates: str = ""

    def column_for(self, reference: str) -> str:
        if reference == "country" and self.column_with_own_country:
            return self.column_with_own_country
        return self.column

    def class_of(self, value: float | None) -> str:
        """Name the colour class: q1 to q6, d1 to d6 for growth, nk where nothing is known."""
        if value is None:
            return "nk"
        place = bisect_right(self.limits, value)
        if self.kind is Kind.GROWTH:
            return ("d1", "d2", "d3", "d0", "d4", "d5", "d6")[place]
        if self.kind is Kind.STRENGTH:
            return ("q1", "q3", "q5", "q6")[place]
        return f"q{place + 1}"

    @property
    def classes(self) -> tuple[str, ...]:
        if not self.limits:
            return ()
        below = (self.limits[0] - 1, *self.limits)
        return tuple(self.class_of(value) for value in below)


DOUBLING = (0.25, 0.5, 1.0, 2.0, 4.0)
LADDER = (0.005, 0.01, 0.02, 0.05, 0.10)
TEMPO = (-0.06, -0.03, -0.01, 0.01, 0.03, 0.06)
PAY = (10_000.0, 20_000.0, 30_000.0, 40_000.0, 50_000.0)
TESTS_PASSED = (1.0, 2.0, 3.0)

LOCATION_QUOTIENT = Indicator(
    "lq",
    "lq",
    _("location quotient"),
    _("times the reference share"),
    Kind.RATIO,
    2,
    DOUBLING,
    column_with_own_country="lq_country",
    column_with_estimates="lq_estimate",
)
STARS = Indicator(
    "stars",
    "stars",
    pgettext_lazy("indicator", "stars"),
    _("tests passed of 3"),
    Kind.STRENGTH,
    0,
    TESTS_PASSED,
    column_with_own_country="stars_country",
)
FACTORS = Indicator(
    "factors",
    "factors",
    pgettext_lazy("indicator", "strength factors"),
    _("tests passed of 3"),
    Kind.STRENGTH,
    0,
    TESTS_PASSED,
    column_with_own_country="factors_country",
)
INDICATORS = {
    indicator.slug: indicator
    for indicator in (
        LOCATION_QUOTIENT,
        Indicator(
            "persons",
            "persons",
            _("persons employed"),
            _("persons"),
            Kind.COUNT,
            0,
            column_with_estimates="persons_estimate",
        ),
        Indicator(
            "share",
            "share",
            _("share of the region’s persons employed"),
            _("share of the business economy"),
            Kind.SHARE,
            2,
            LADDER,
        ),
        Indicator(
            "growth", "growth", _("growth on the year before"), _("per cent"), Kind.GROWTH, 1, TEMPO
        ),
        Indicator(
            "wages_per_person",
            "wages_per_person",
            _("wages per person employed"),
            _("EUR a year"),
            Kind.MONEY,
            0,
            PAY,
            measure="wages",
        ),
        Indicator(
            "local_units",
            "local_units",
            _("local units"),
            _("local units"),
            Kind.COUNT,
            0,
            measure="local_units",
        ),
        STARS,
        FACTORS,
    )
}
