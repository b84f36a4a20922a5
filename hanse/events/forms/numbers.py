"""Numbers as they are typed: none so large that the database cannot hold it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

MOST_SEATS = 100_000
# What a column of whole numbers holds in PostgreSQL.
FARTHEST_NUMBER = 2**31 - 1
DIGITS = 18


def as_number(typed: object) -> int | None:
    """The number of a row, or None where it can be none.

    >>> as_number("12"), as_number("²"), as_number("9" * 20), as_number(7)
    (12, None, None, 7)
    """
    said = str(typed)
    fits = said.isascii() and said.isdecimal() and len(said) <= DIGITS
    return int(said) if fits else None


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows by their numbers; what is no number of a row is told as no choice."""

    def _check_values(self, value: Iterable[Any]) -> Any:
        wrong = next((one for one in value if as_number(one) is None), None)
        if wrong is not None:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": str(wrong)[:40]},
            )
        return super()._check_values(value)  # type: ignore[misc]
