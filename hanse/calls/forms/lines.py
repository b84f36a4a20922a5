"""Fields in which one thing stands in a line: days, quotas, criteria, themes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hanse.calls.rules.cut_offs import refusal
from hanse.kit.refusals import Refused

CODED = re.compile(r"([a-z0-9][a-z0-9-]{0,39})\s*\|\s*([^|]{1,200}?)\s*(?:\|\s*(\d{1,3})\s*)?")


def each_line(typed: str, read: Callable[[str], Any]) -> list[Any]:
    found = []
    for number, line in enumerate(typed.splitlines(), start=1):
        if line.strip():
            try:
                found.append(read(line.strip()))
            except ValueError:
                no = refusal("bad_line", line=number, typed=line.strip()[:60])
                raise ValidationError(str(no)) from None
    return found


def coded_lines(typed: str) -> Sequence[tuple[str, str, str]]:
    """Code, words, most points; each code once."""

    def read(line: str) -> tuple[str, str, str]:
        match = CODED.fullmatch(line)
        if match is None:
            raise ValueError(line)
        return match[1], match[2], match[3]

    found = each_line(typed, read)
    filled = [number for number, line in enumerate(typed.splitlines(), start=1) if line.strip()]
    codes = [code for code, _words, _most in found]
    for at, code in enumerate(codes):
        if code in codes[:at]:
            raise ValidationError(str(refusal("code_twice", line=filled[at], typed=code)))
    return found


def read_or_say(read: Callable[[str], Any], typed: str) -> Any:
    try:
        return read(typed)
    except Refused as no:
        raise ValidationError(str(no)) from no


def lines(label: Any, rows: int, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )
