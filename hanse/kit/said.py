"""Texts that are kept in several languages: a mapping from language code to text."""

from collections.abc import Mapping

from babel import Locale
from django.utils.translation import get_language

Texts = Mapping[str, str]


def said(texts: Texts | None, language: str | None = None) -> str:
    """The text in the reader's language; where there is none, in English, else in any.

    >>> said({"en": "Hall", "de": "Halle"}, "de"), said({"fr": "Salle"}, "de"), said({}, "de")
    ('Halle', 'Salle', '')
    """
    if not texts:
        return ""
    wanted = (language or get_language() or "en").split("-", maxsplit=1)[0]
    return texts.get(wanted) or texts.get("en") or next(iter(texts.values()), "")


def language_of(texts: Texts | None, language: str | None = None) -> str:
    """The language that `said` answers in, for the `lang` of what is written.

    >>> language_of({"fr": "Salle"}, "de")
    'fr'
    """
    chosen = said(texts, language)
    return next((code for code, text in (texts or {}).items() if text == chosen), "")


def language_name(code: str) -> str:
    """The name of a language in the reader's."""
    reader = Locale.parse((get_language() or "en").replace("-", "_"))
    return str(reader.languages.get(code, code))
