"""Numbers, dates and names of countries in the reader's language.

Separators come from the Unicode tables in Babel, are read once per language, and the rest is plain
string work: a table of 2 400 figures must not cost a page its budget.
Minus is −, a percent sign stands behind a no-break space.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from math import isnan
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, get_decimal_symbol, get_group_symbol
from django.utils import timezone
from django.utils.translation import get_language

MINUS = "−"
NBSP = "\u00a0"
Number = int | float | Decimal
MILLION = 1_000_000

# Eurostat's codes where they differ from ISO 3166.
ISO = {"EL": "GR", "UK": "GB"}


def reader_language() -> str:
    """The language that this page is written in."""
    return get_language() or "en"


Writer = Callable[[Any], str]


@cache
def _writer(language: str, decimals: int) -> Writer:
    locale = Locale.parse(language.replace("-", "_"))
    group, point = get_group_symbol(locale), get_decimal_symbol(locale)
    shape = f"{{:,.{decimals}f}}".format

    def write(value: Number | None) -> str:
        if value is None or value != value:  # noqa: PLR0124  not-a-number is not equal to itself
            return ""
        text = shape(value)
        if group != ",":
            text = text.replace(",", "\0").replace(".", point).replace("\0", group)
        if text[0] == "-":
            text = MINUS + text[1:] if text.strip("-0.,") else text[1:]
        return text

    return write


def writer(decimals: int = 0) -> Writer:
    """What writes many numbers in the reader's language; see `figure`."""
    return _writer(get_language() or "en", decimals)


def is_known(value: Number | None) -> bool:
    """Whether there is a number at all."""
    return value is not None and not (isinstance(value, float) and isnan(value))


def figure(value: Number | None, decimals: int = 0) -> str:
    """A number as the reader writes it; empty where it is not known.

    >>> figure(158012), figure(-1.26, 1), figure(None)
    ('158,012', '−1.3', '')
    """
    return writer(decimals)(value)


def signed(value: Number | None, decimals: int = 0) -> str:
    """A change, always with its sign.

    >>> signed(18468), signed(-4656), signed(0)
    ('+18,468', '−4,656', '0')
    """
    text = figure(value, decimals)
    return f"+{text}" if text and text[0] != MINUS and text.strip("0.,") else text


def percent(share: Number | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as a percentage.

    >>> percent(0.351, 1)
    '35.1\\xa0%'
    """
    if not is_known(share):
        return ""
    return f"{figure(float(share or 0) * 100, decimals)}{NBSP}%"


def signed_percent(share: Number | None, decimals: int = 0) -> str:
    """A rate of change as a percentage with its sign.

    >>> signed_percent(0.112), signed_percent(-0.031, 1)
    ('+11\\xa0%', '−3.1\\xa0%')
    """
    if not is_known(share):
        return ""
    return f"{signed(float(share or 0) * 100, decimals)}{NBSP}%"


def large(value: Number | None, decimals: int = 2) -> str:
    """A large number in short, for the head of a page.

    >>> large(1580000)
    '1.58\\xa0m'
    """
    if value is None or value != value:  # noqa: PLR0124
        return ""
    if abs(float(value)) < MILLION:
        return figure(value)
    language = reader_language()
    text: str = format_compact_decimal(
        value, fraction_digits=decimals, locale=language.replace("-", "_")
    )
    if language.startswith("en"):
        for sign, word in (("K", "k"), ("M", "m"), ("B", "bn")):
            if text.endswith(sign):
                return f"{text[:-1]}{NBSP}{word}".replace("-", MINUS)
    return text.replace("-", MINUS)


def day(value: date | None) -> str:
    """A date in words: 12 Jan 2018."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        # Of an instant the day that the reader's own clock shows.
        value = timezone.localtime(value).date()
    locale = reader_language().replace("-", "_")
    if locale == "en":
        locale = "en_GB"
    return str(format_date(value, format="medium", locale=locale))


# Long, short, with the year; by language, and as in English where nothing is said.
WEEKDAYS = {
    "en": ("EEEE d MMMM", "EEE d MMM", "EEEE d MMMM y"),
    "de": ("EEEE, d. MMMM", "EEE, d. MMM", "EEEE, d. MMMM y"),
}
SHAPES = ("", "short", "year")


def weekday(value: date | None, shape: str = "") -> str:
    """A day with its weekday: Thursday 14 January; `shape` short: Thu 14 Jan; year: with it.

    Of an instant the day that the reader's own clock shows; a time without a zone is as it is.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    language = reader_language().split("-")[0]
    pattern = WEEKDAYS.get(language, WEEKDAYS["en"])[SHAPES.index(shape)]
    return str(format_date(value, format=pattern, locale=language))


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(language.replace("-", "_")).territories)


def country(code: str) -> str:
    """The name of a country from Eurostat's two letters; the code itself where there is no name.

    >>> country("EL"), country("DE")
    ('Greece', 'Germany')
    """
    return _territories(reader_language()).get(ISO.get(code, code), code)
