"""Fields of forms that every domain uses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hanse.kit.phrases import HAS_CONTROL_SIGNS


class DayInput(forms.DateInput):
    """A day in the browser's own field, which reads one form alone, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """`attrs` as of every widget."""
        super().__init__(attrs, "%Y-%m-%d")


class PlainField(forms.CharField):
    """Text as it was typed, without signs that cannot be shown; of a mark of HTML a page makes
    text again."""

    def to_python(self, value: Any) -> str:
        """On one line, unless it is a field of several."""
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        if isinstance(self.widget, forms.Textarea):
            return text.replace("\t", " ")
        return " ".join(text.split())

    def validate(self, value: str) -> None:
        """No sign that a page or a mail cannot show."""
        super().validate(value)
        if any(not (sign.isprintable() or sign == "\n") for sign in value):
            raise ValidationError(HAS_CONTROL_SIGNS)
