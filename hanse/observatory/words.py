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


class SpotKind(models.TextChoices):
    """What a region is among its neighbours, as far as a test can tell."""

    HOT = "hot", _("high among high")
    HIGH_AMONG_LOW = "high_among_low", _("high among low")
    LOW_AMONG_HIGH = "low_among_high", _("low among high")
    COLD = "cold", _("low among low")
    NONE = "none", _("not told from chance")
    NO_NEIGHBOURS = "no_neighbours", _("no neighbour with a figure")


class Similarity(models.TextChoices):
    """What two industries are alike in, where groups are made of them."""

    EMPLOYMENT = "employment", _("persons employed in the same regions")
    ESTABLISHMENTS = "establishments", _("local units in the same regions")
    PROXIMITY = "proximity", _("specialised in the same regions")


class DefinitionMethod(models.TextChoices):
    WARD = "ward", _("Ward’s method")
    AVERAGE = "average", _("average linkage")
    KMEANS = "kmeans", _("k-means")


class Source(models.TextChoices):
    """Where the figures of a release come from."""

    SHIPPED = "shipped", _("the measures shipped with the program")
    PACK = "pack", _("the data pack of this installation")
    LIVE_SUCCESSOR = "sbs_r_nuts2021", _("Eurostat today: years from 2021, on NUTS 2021")
    LIVE_FORMER = "sbs_r_nuts06_r2", _("Eurostat today: years 2008 to 2020, on NUTS 2013")
    AGAIN = "again", _("an earlier release, served again")


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

# Why somebody's own sector set is refused, or its figures cannot be computed.
OWN_SETS: dict[str, "str | _StrPromise"] = {
    "not_utf8": _("%(file)s is not text in UTF-8. Save it as “CSV UTF-8” and load it again."),
    "not_text": _("%(file)s, row %(row)s: there are control signs that no text holds."),
    "not_csv": _("%(file)s, row %(row)s: this is not CSV (%(detail)s)."),
    "no_column": _("%(file)s, row 1: the column %(column)s is missing. Found: %(found)s."),
    "column_twice": _("%(file)s, row 1: the column %(column)s is there twice."),
    "row_width": _("%(file)s, row %(row)s: %(found)s cells instead of %(wanted)s."),
    "no_rows": _("%(file)s: there is no row below the heads of the columns."),
    "no_category": _("%(file)s, row %(row)s: the category is empty."),
    "category_too_long": _("%(file)s, row %(row)s: the category has more than %(most)s letters."),
    "too_many_categories": _("%(file)s: there are more than %(most)s categories."),
    "unknown_code": _(
        "%(file)s, row %(row)s: “%(value)s” is neither a division nor a class of NACE Rev. 2 that "
        "these statistics cover. Write C29 for a division, 29.10 or C2910 for a class."
    ),
    "weight": _(
        "%(file)s, row %(row)s: “%(value)s” is not a weight. A weight is more than 0 and at most 1."
    ),
    "duplicate_pair": _(
        "%(file)s, row %(row)s: %(code)s is in the category “%(category)s” already."
    ),
    "counted_twice": _(
        "%(file)s, row %(row)s: the category “%(category)s” holds the division %(division)s and "
        "its class %(code)s; the class would count twice."
    ),
    "needs_figures": _(
        "%(file)s, row %(row)s: %(code)s is a class, and this set needs figures of classes, "
        "because public figures stop at divisions. Load a second table with figures, or name "
        "divisions."
    ),
    "unknown_region": _(
        "%(file)s, row %(row)s: “%(value)s” is not a region of NUTS 2013, level 2."
    ),
    "year": _("%(file)s, row %(row)s: “%(value)s” is not a year."),
    "negative_count": _("%(file)s, row %(row)s: %(value)s is a negative count."),
    "count": _(
        "%(file)s, row %(row)s: “%(value)s” is not a count of persons. Write a whole number, or "
        "nothing where it is not known."
    ),
    "duplicate_key": _("%(file)s, row %(row)s: %(region)s, %(code)s, %(year)s is there twice."),
    "figures_do_not_fit": _(
        "%(file)s: none of its figures is of a code that the set names, such as %(code)s."
    ),
    "too_many_sets": _(
        "You have %(most)s sets already. Remove one that you no longer need, then load this one."
    ),
    "being_computed": _("The figures of this set are being computed already."),
    "set_is_gone": _("The set was removed while its figures were computed."),
    "file_is_gone": _(
        "The table %(file)s that this set was loaded from is no longer kept. Load the set again."
    ),
    "nothing_known": _(
        "No region has a figure for any code of this set, so there is nothing to show. Name other "
        "codes, or load figures of your own."
    ),
    "not_written": _(
        "The figures could not be written (%(detail)s). Tell the operator, then compute again."
    ),
}
