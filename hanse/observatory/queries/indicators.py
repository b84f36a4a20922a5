"""What a map or a table can show: each indicator with its unit, its column and its colour classes.

Class limits belong to the method version: fixed doubling classes for ratios, limits from the ladder
1-2-5 for shares, and ±1, ±3, ±6 % for growth. Counts are drawn as circles, never painted.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanse.kit.maps import GROWTH, RATIOS, Classes
from hanse.kit.numbers import figure, percent, signed_percent


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
    classes: Classes | None = None
    measure: str = "persons"
    column_with_own_country: str = ""
    column_with_estimates: str = ""

    def column_for(self, reference: str) -> str:
        if reference == "country" and self.column_with_own_country:
            return self.column_with_own_country
        return self.column

    @property
    def key(self) -> Classes | None:
        """The classes with their limits written as the reader does."""
        if self.classes is None or self.kind in {Kind.RATIO, Kind.STRENGTH}:
            return self.classes
        write = {
            Kind.SHARE: lambda limit: percent(limit, 1 if limit < SMALL else 0),
            Kind.GROWTH: lambda limit: signed_percent(limit, 0),
        }.get(self.kind, figure)
        return replace(self.classes, marks=tuple(write(limit) for limit in self.classes.limits))

    def paint(self, value: float | None) -> str:
        """The colour class of a value; counts have none, they are drawn as circles."""
        if self.classes is not None:
            return self.classes.of(value)
        return "nk" if value is None else "out"


SMALL = 0.01
SHARES = Classes((0.005, 0.01, 0.02, 0.05, 0.1))
PAY = Classes((10e3, 20e3, 30e3, 40e3, 50e3))
TESTS_PASSED = Classes((1, 2, 3), ("q1", "q3", "q5", "q6"), marks=("1", "2", "3"))

LOCATION_QUOTIENT = Indicator(
    "lq",
    "lq",
    _("location quotient"),
    _("times the reference share"),
    Kind.RATIO,
    2,
    RATIOS,
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
            SHARES,
        ),
        Indicator(
            "growth",
            "growth",
            _("growth on the year before"),
            _("per cent"),
            Kind.GROWTH,
            1,
            GROWTH,
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
