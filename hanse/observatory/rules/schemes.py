"""Rating schemes: which tests they have, where each cuts. Data with version and validity."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hanse.observatory.words import Scheme, Test


@dataclass(frozen=True)
class TestRule:
    """One test: either a least quotient, or a top share of the regions with a known value."""

    __test__ = False  # a test of a region, not of this program

    test: Test
    column: str
    measured: str
    least: Fraction | None = None
    top: Fraction | None = None
    published: bool = True


@dataclass(frozen=True)
class RatingScheme:
    """A named set of tests. `column` is the count of tests passed in a release."""

    scheme: Scheme
    version: str
    column: str
    tests: tuple[TestRule, ...]
    source: str
    remark: str
    valid_from: date
    valid_until: date | None = None


TENTH = Fraction(1, 10)
TWICE = Fraction(2)

STARS = RatingScheme(
    scheme=Scheme.STARS,
    version="1",
    column="stars",
    tests=(
        TestRule(Test.SIZE, "stars_size", "persons", top=TENTH),
        TestRule(Test.SPECIALISATION, "stars_specialisation", "lq", least=TWICE),
        TestRule(Test.FOCUS, "stars_focus", "share", top=TENTH, published=False),
    ),
    source="European Cluster Observatory (2007 to 2012), star rating of regional clusters",
    remark=(
        "Top 10 per cent of the NUTS 2 regions with a known value in the sector and year, ties "
        "included. The published texts say that focus is the third of three equal tests but not "
        "where it cuts: the cut of the size test is used. A region without a person employed in "
        "the sector passes no test."
    ),
    valid_from=date(2007, 1, 1),
)

FACTORS = RatingScheme(
    scheme=Scheme.FACTORS,
    version="1",
    column="factors",
    tests=(
        TestRule(Test.SPECIALISATION, "factors_specialisation", "lq", least=TWICE, published=False),
        TestRule(Test.SIZE, "factors_size", "persons", top=TENTH, published=False),
        TestRule(
            Test.PRODUCTIVITY,
            "factors_productivity",
            "wages_per_person",
            top=TENTH,
            published=False,
        ),
    ),
    source="European Observatory for Clusters and Industrial Change, mapping tool (2020)",
    remark=(
        "The three factors are published (specialisation, size, productivity as wages per person "
        "employed); where they cut is not. The cuts are ours: LQ of 2 and top 10 per cent. "
        "A region without a person employed in the sector passes no test."
    ),
    valid_from=date(2020, 1, 1),
)

SCHEMES: dict[Scheme, RatingScheme] = {scheme.scheme: scheme for scheme in (STARS, FACTORS)}


def scheme_in_writing(scheme: RatingScheme) -> dict[str, object]:
    """The scheme as plain values, to be stored with the release that was rated by it."""
    return {
        "scheme": scheme.scheme.value,
        "version": scheme.version,
        "column": scheme.column,
        "valid_from": scheme.valid_from.isoformat(),
        "valid_until": scheme.valid_until.isoformat() if scheme.valid_until else None,
        "source": scheme.source,
        "remark": scheme.remark,
        "tests": [
            {
                "test": rule.test.value,
                "column": rule.column,
                "measured": rule.measured,
                "least": str(rule.least) if rule.least is not None else None,
                "top": str(rule.top) if rule.top is not None else None,
                "published": rule.published,
            }
            for rule in scheme.tests
        ],
    }
