"""Texts in several languages: English in the form, the others beside it, each its own field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise, lazy

from hanse.kit.fields import PlainField
from hanse.kit.said import language_name

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Tongue:
    """A text of a form that is said in several languages."""

    name: str
    label: str | Promise
    most: int = 200
    rows: int = 0
    is_required: bool = False
    # One line of the field is one entry of a list.
    is_list: bool = False


def _labelled(label: str | Promise, code: str) -> str:
    return f"{label} ({language_name(code)})"


class TongueForm(forms.Form):
    """A form with `tongues`; their fields are called `title_en`, `title_de` …"""

    tongues: Sequence[Tongue] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for tongue in self.tongues:
            for code in LANGUAGES:
                self.fields[f"{tongue.name}_{code}"] = _field(tongue, code)

    def said(self, name: str, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What was typed, by language; a language that is not asked for stays as it was."""
        tongue = next(one for one in self.tongues if one.name == name)
        kept = {code: text for code, text in (before or {}).items() if code not in LANGUAGES}
        for code in LANGUAGES:
            typed = self.cleaned_data.get(f"{name}_{code}", "").strip()
            if typed:
                kept[code] = typed.splitlines() if tongue.is_list else typed
        return kept

    def main_fields(self) -> list[forms.BoundField]:
        """Everything but the other languages."""
        return [one for one in self if not self._is_other(one.name)]

    def other_fields(self) -> list[forms.BoundField]:
        return [one for one in self if self._is_other(one.name)]

    def _is_other(self, name: str) -> bool:
        head, _sign, code = name.rpartition("_")
        return code in LANGUAGES[1:] and any(one.name == head for one in self.tongues)


def _field(tongue: Tongue, code: str) -> PlainField:
    area = forms.Textarea({"rows": tongue.rows, "lang": code})
    return PlainField(
        label=lazy(_labelled, str)(tongue.label, code),
        max_length=tongue.most,
        required=tongue.is_required and code == LANGUAGES[0],
        widget=area if tongue.rows else forms.TextInput({"lang": code}),
    )


def typed_texts(name: str, texts: Mapping[str, Any]) -> dict[str, str]:
    """Texts as initial values of the fields of a form."""
    return {
        f"{name}_{code}": "\n".join(text) if isinstance(text, list) else text
        for code, text in texts.items()
    }
