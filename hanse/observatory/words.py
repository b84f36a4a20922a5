"""The observatory's words: every code that a page, a mail or a file may show, in plain English."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Level(models.IntegerChoices):
    COUNTRY = 0, _("Country (NUTS 0)")
    LARGE_REGION = 1, _("Large region (NUTS 1)")
    REGION = 2, _("Region (NUTS 2)")


class SectorLevel(models.TextChoices):
    SECTION = "section", _("Section")
    DIVISION = "division", _("Division")


class Indicator(models.TextChoices):
    """Columns of a release that can be mapped or tabled, by their names there."""

    PERSONS = "persons", _("Persons employed")
    LOCAL_UNITS = "local_units", _("Local units")
    WAGES = "wages", _("Wages and salaries")
    WAGES_PER_PERSON = "wages_per_person", _("Wages per person employed")
    SHARE = "share", _("Share of the region’s employment")
    LQ = "lq", _("Location quotient")
    LQ_COUNTRY = "lq_country", _("Location quotient, own country")
    GROWTH = "growth", _("Growth on the year before")
    PERSONS_ESTIMATE = "persons_estimate", _("Persons employed, estimated")
    LQ_ESTIMATE = "lq_estimate", _("Location quotient, estimated")
    STARS = "stars", _("Stars")
    FACTORS = "factors", _("Factors")


class Unit(models.TextChoices):
    PERSONS = "persons", _("persons")
    LOCAL_UNITS = "local_units", _("local units")
    MILLION_EUR = "million_eur", _("million euro")
    EUR = "eur", _("euro a year")
    RATIO = "ratio", _("ratio")
    SHARE = "share", _("share")
    TESTS = "tests", _("tests passed")


UNITS: dict[Indicator, Unit] = {
    Indicator.PERSONS: Unit.PERSONS,
    Indicator.LOCAL_UNITS: Unit.LOCAL_UNITS,
    Indicator.WAGES: Unit.MILLION_EUR,
    Indicator.WAGES_PER_PERSON: Unit.EUR,
    Indicator.SHARE: Unit.SHARE,
    Indicator.LQ: Unit.RATIO,
    Indicator.LQ_COUNTRY: Unit.RATIO,
    Indicator.GROWTH: Unit.SHARE,
    Indicator.PERSONS_ESTIMATE: Unit.PERSONS,
    Indicator.LQ_ESTIMATE: Unit.RATIO,
    Indicator.STARS: Unit.TESTS,
    Indicator.FACTORS: Unit.TESTS,
}


class Flag(models.TextChoices):
    """Eurostat's flags, and two of ours. A cell may carry several: 'cd'."""

    BREAK = "b", _("break in the series")
    CONFIDENTIAL = "c", _("confidential")
    DEFINITION = "d", _("definition differs")
    ESTIMATED = "e", _("estimated by the source")
    SEE_METADATA = "i", _("see the source’s notes")
    PROVISIONAL = "p", _("provisional")
    REVISED = "r", _("revised")
    EUROSTAT_ESTIMATE = "s", _("estimated by Eurostat")
    UNRELIABLE = "u", _("low reliability")
    NEVER_PUBLISHED = "-", _("not published")
    MERGED = "m", _("summed by us from merged regions")


class Scheme(models.TextChoices):
    STARS = "eco-2007", _("Three stars")
    FACTORS = "eocic-2020", _("Three factors")


class Test(models.TextChoices):
    SIZE = "size", _("Size")
    SPECIALISATION = "specialisation", _("Specialisation")
    FOCUS = "focus", _("Focus")
    PRODUCTIVITY = "productivity", _("Productivity")


class ReferenceArea(models.TextChoices):
    EUROPE = "europe", _("Europe")
    COUNTRY = "country", _("Own country")


class Step(models.TextChoices):
    """What a person sees while a release is made."""

    READ = "read", _("Reading the tables")
    CHECK = "check", _("Checking the tables")
    COMPILE = "compile", _("Compiling the measures")
    COMPUTE = "compute", _("Computing the indicators")
    COMPARE = "compare", _("Comparing with the release")
    WRITE = "write", _("Writing the release")
    DOWNLOAD = "download", _("Fetching from Eurostat")


class Carrying(models.TextChoices):
    """What became of a region code that is not one of the target NUTS version."""

    RECODED = "recoded", _("same region under a new code")
    BOUNDARY = "boundary", _("new code, small boundary change")
    MERGED = "merged", _("merged into a larger region: summed")
    SPLIT = "split", _("split: cannot be carried over")
    CHANGED = "changed", _("boundaries changed: cannot be carried over")
    EXTRA = "extra-regio", _("outside every region: dropped")


# Why a table is refused: one sentence per reason. The facts (file, row and so on) fill it.
ADMISSION: dict[str, "str | _StrPromise"] = {
    "missing_file": _("%(file)s: the file is not in the data pack."),
    "truncated": _("%(file)s: the file is cut off or cannot be read (%(detail)s)."),
    "checksum": _("%(file)s: the checksum is not the one of the known table (%(found)s)."),
    "missing_column": _("%(file)s: the column %(column)s is missing."),
    "column_type": _("%(file)s: the column %(column)s holds %(found)s, not %(wanted)s."),
    "unknown_code": _("%(file)s, row %(row)s: %(column)s holds the unknown code %(value)s."),
    "unknown_flag": _("%(file)s, row %(row)s: the flag %(value)s is not one of the source’s."),
    "duplicate_key": _("%(file)s, row %(row)s: the cell %(value)s is there twice."),
    "negative_count": _("%(file)s, row %(row)s: %(value)s is a negative count."),
    "unit": _("%(file)s, row %(row)s: %(value)s does not fit the unit %(unit)s."),
    "too_few_rows": _("%(file)s: %(found)s rows instead of %(wanted)s; the file is cut off."),
    "no_pack": _("There is no data pack at %(file)s."),
    "no_measures": _("There are no measures at %(file)s."),
    "damaged_measures": _("%(file)s: the compiled measures are not what they were."),
    "no_release": _("No release is being served yet."),
    "source_silent": _("%(file)s: the source did not answer (%(detail)s)."),
}
