"""What somebody typed into a field, as the value that is kept; or why it is not taken."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from hanse.commons.places.words import eurostat_code
from hanse.directory.rules.identifiers import IS_RIGHT, WRITTEN
from hanse.directory.words import FIELDS, IDENTIFIERS, LANGUAGES, REFUSALS, Field
from hanse.kit.folding import words_of
from hanse.kit.refusals import Refusal, Refused

# Codes that may stand in a field, by the field's vocabulary.
Known = Mapping[str, Collection[str]]
MOST_OF_A_KIND = 60
MOST_MEMBERS = 100_000
MOST_POSTS = 10_000
FIRST_YEAR = 1500
TAG = re.compile(r"<\s*/?\s*[a-zA-Z!]")
HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}", re.UNICODE)
MAIL = re.compile(r"[^@\s]+@(?:[\w-]+\.)+[\w-]{2,}")


@dataclass(frozen=True)
class Said:
    """A value as it is kept, and the key under which it is looked up."""

    field: str
    value: Any
    language: str = ""
    as_of: date | None = None
    is_public: bool = True

    @property
    def key(self) -> str:
        return key_of(self.field, self.value)

    @property
    def same(self) -> tuple[Any, ...]:
        """Two values with the same of this are one and the same statement."""
        return (self.field, repr(self.value), self.language, self.as_of, self.is_public)


def read_value(
    code: str,
    typed: Any,
    known: Known,
    *,
    today: date,
    language: str = "",
    as_of: date | None = None,
    is_public: bool = True,
) -> Said:
    """The value that is kept; `Refused` with the reason where there is none."""
    field = FIELDS[code]
    if isinstance(typed, list | Mapping) and field.form != "held":
        raise refused("no_single_value", field)
    value = READ[field.form](field, typed, known, today)
    if field.in_language:
        language = language or "en"
        if language not in LANGUAGES:
            raise refused("unknown_language", field, typed=language)
    if field.as_of and as_of and as_of > today:
        raise refused("as_of_tomorrow", field)
    return Said(
        code,
        value,
        language if field.in_language else "",
        (as_of or today) if field.as_of else None,
        is_public and field.is_public,
    )


def refused(reason: str, field: Field, **facts: object) -> Refused:
    return Refused(Refusal(reason, REFUSALS[reason], {"field": field.label, **facts}))


def _line(field: Field, typed: Any, known: Known, today: date) -> str:
    text = " ".join(str(typed).split())
    if field.code in IDENTIFIERS:
        return _identifier(field, text)
    return _plain(field, text)


def _text(field: Field, typed: Any, known: Known, today: date) -> str:
    lines = [" ".join(line.split()) for line in str(typed).splitlines()]
    return _plain(field, "\n".join(lines).strip())


def _plain(field: Field, text: str) -> str:
    if not text:
        raise refused("empty", field)
    if len(text) > field.most:
        raise refused("too_long", field, signs=len(text), most=field.most)
    if TAG.search(text):
        raise refused("has_tags", field)
    if any(not (sign.isprintable() or sign == "\n") for sign in text):
        raise refused("has_control_signs", field)
    return text


def _identifier(field: Field, text: str) -> str:
    number = WRITTEN[field.code](text)
    if len(number) > field.most or not IS_RIGHT[field.code](number):
        raise refused("wrong_check_digit", field, typed=text[:40])
    return number


def _number(field: Field, typed: Any, known: Known, today: date) -> int:
    text = re.sub(r"[\s\u00a0\u202f']", "", str(typed))
    if not re.fullmatch(r"\d+", text):
        raise refused("no_whole_number", field, typed=str(typed)[:40])
    if len(text) > len(str(MOST_MEMBERS)) or int(text) > MOST_MEMBERS:
        raise refused("too_much", field, most=MOST_MEMBERS)
    return int(text)


def _decimal(field: Field, typed: Any, known: Known, today: date) -> float:
    text = str(typed).strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text):
        raise refused("no_number", field, typed=str(typed)[:40])
    if float(text) > MOST_POSTS:
        raise refused("too_much", field, most=MOST_POSTS)
    return float(text)


def _year(field: Field, typed: Any, known: Known, today: date) -> int:
    text = str(typed).strip()
    if not re.fullmatch(r"\d{4}", text) or not FIRST_YEAR <= int(text) <= today.year:
        raise refused("no_year", field, typed=text[:40], first=FIRST_YEAR, last=today.year)
    return int(text)


def _url(field: Field, typed: Any, known: Known, today: date) -> str:
    text = str(typed).strip()
    text = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        parts, host = None, ""
    if parts is None or parts.scheme not in {"http", "https"} or not HOST.fullmatch(host):
        raise refused("no_web_address", field, typed=str(typed)[:80])
    if parts.username or len(text) > field.most or re.search(r"\s", text):
        raise refused("no_web_address", field, typed=str(typed)[:80])
    return text


def _email(field: Field, typed: Any, known: Known, today: date) -> str:
    text = str(typed).strip().lower()
    if not MAIL.fullmatch(text) or len(text) > field.most:
        raise refused("no_mail_address", field, typed=text[:80])
    return text


def _code(field: Field, typed: Any, known: Known, today: date) -> str:
    text = str(typed).strip()
    allowed = known[field.vocabulary]
    for way in (text, text.upper(), text.lower(), eurostat_code(text)):
        if way in allowed:
            return way
    if field.vocabulary == "sector":
        for code in allowed:
            if code[1:] == text.zfill(2):
                return code
    raise refused("unknown_code", field, typed=text[:40])


def _held(field: Field, typed: Any, known: Known, today: date) -> dict[str, str]:
    """A label and the day until which it holds, `ecei-bronze 2027-05-31` or `gold 2027-05-31`."""
    if isinstance(typed, Mapping):
        label, until = str(typed.get("label", "")), str(typed.get("until") or "")
    else:
        label, _space, until = str(typed).strip().partition(" ")
    label = label.lower()
    meant = [code for code in known[field.vocabulary] if label in (code, code.rpartition("-")[2])]
    if len(meant) != 1:
        raise refused("unknown_code", field, typed=label[:40])
    try:
        until = date.fromisoformat(until.strip()).isoformat() if until.strip() else ""
    except ValueError:
        raise refused("no_day", field, typed=until[:40]) from None
    return {"label": meant[0], "until": until}


READ: Mapping[str, Callable[[Field, Any, Known, date], Any]] = {
    "line": _line,
    "text": _text,
    "number": _number,
    "decimal": _decimal,
    "year": _year,
    "url": _url,
    "email": _email,
    "code": _code,
    "held": _held,
}


def key_of(field: str, value: Any) -> str:
    """How a value is looked up: names folded, addresses by their domain, codes as they are.

    >>> key_of("name", "Dolina Ogniw, Śląski Klaster"), key_of("website", "https://www.a.example/x")
    ('dolina ogniw slaski klaster', 'a.example')
    """
    form = FIELDS[field].form
    if field in ("name", "other_name", "short_name"):
        return " ".join(words_of(str(value)))[:120]
    if form == "url":
        return (urlsplit(str(value)).hostname or "").lower().removeprefix("www.")[:120]
    if form == "email":
        return str(value).rpartition("@")[2][:120]
    if form == "held":
        return str(value["label"])
    if form == "code" or field in IDENTIFIERS:
        return str(value)[:120]
    return ""
