"""The form of a profile: the fields that are asked of a kind in a country, as facts in and out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanse.commons.competences.queries import concepts_in
from hanse.directory.models import Fact, Organisation
from hanse.directory.queries.vocabularies import choices, known, shown
from hanse.directory.rules.values import Said, read_value
from hanse.directory.words import FIELDS, LANGUAGES, Field, Group, Kind
from hanse.kit.fields import DayInput
from hanse.kit.folding import fold, words_of
from hanse.kit.refusals import Refused

LINES = re.compile(r"\s*[\n\r]+\s*")
CODES = re.compile(r"\s*[\n\r,;]+\s*")
# Codes of which there are few enough to tick.
TICKED = ("ecosystem",)
CHOSEN = ("country", "region")


class ProfileForm(forms.Form):
    """Every field of the kind and country; texts in one language at a time."""

    def __init__(
        self,
        organisation: Organisation,
        typed: QueryDict | None = None,
        *,
        language: str = "",
        facts: Iterable[Fact] = (),
    ) -> None:
        self.organisation = organisation
        self.language = language if language in LANGUAGES else (get_language() or "en")[:2]
        self.held = [fact for fact in facts if fact.ended_at is None]
        self.about = [
            field
            for field in FIELDS.values()
            if field.is_asked(organisation.kind, inside=organisation.is_inside)
        ]
        # Nothing is needed: what is left empty is not yet known.
        super().__init__(typed, initial=self._initial(), use_required_attribute=False)
        self.said: list[Said] = []
        for field in self.about:
            self.fields[field.code] = control_of(field, organisation)
        if any(field.as_of for field in self.about):
            self.fields["as_of"] = forms.DateField(
                required=False,
                label=_("Members counted on"),
                widget=DayInput(),
            )

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by part, in order, with the title of each part."""
        parts = []
        for group in Group:
            bound = [self[field.code] for field in self.about if field.group == group]
            if group == Group.MEMBERS and "as_of" in self.fields:
                bound.append(self["as_of"])
            if bound:
                parts.append((str(group.label), bound))
        return parts

    @property
    def codes(self) -> list[str]:
        """The fields that this form replaces when it is saved."""
        return [field.code for field in self.about]

    def clean(self) -> dict[str, Any]:
        self.said = list(self._kept_in_other_languages())
        for field in self.about:
            for typed in values_typed(field, self.cleaned_data.get(field.code)):
                try:
                    self.said.append(self._read(field, typed))
                except Refused as no:
                    self.add_error(field.code, str(no))
        return self.cleaned_data

    def _read(self, field: Field, typed: str) -> Said:
        return read_value(
            field.code,
            code_meant(field, typed) if field.form == "code" else typed,
            known(),
            today=timezone.localdate(),
            language=self._language_of(field),
            as_of=self._as_of(field),
        )

    def _language_of(self, field: Field) -> str:
        """A field with one value keeps the language in which it was said."""
        if not field.in_language:
            return ""
        held = next((fact for fact in self.held if fact.field == field.code), None)
        return held.language if held and not field.many and held.language else self.language

    def _as_of(self, field: Field) -> date | None:
        """The day that was typed; else the day of the figure that stands, if it stands as it is."""
        if not field.as_of:
            return None
        typed = self.cleaned_data.get("as_of")
        held = next((fact for fact in self.held if fact.field == field.code), None)
        same = held and str(held.value) == str(self.cleaned_data.get(field.code, "")).strip()
        return typed or (held.as_of if held and same else None)

    def _kept_in_other_languages(self) -> Iterable[Said]:
        for fact in self.held:
            field = FIELDS.get(fact.field)
            if field and field.many and field.in_language and fact.language != self.language:
                yield Said(fact.field, fact.value, fact.language, fact.as_of, fact.is_public)

    def _initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {
            "country": self.organisation.country,
            "name": self.organisation.name,
        }
        for field in self.about:
            facts = [
                fact
                for fact in self.held
                if fact.field == field.code
                and (not (field.many and field.in_language) or fact.language == self.language)
            ]
            if facts:
                initial[field.code] = typed_again(field, facts)
        days = [fact.as_of for fact in self.held if fact.as_of]
        if days:
            initial["as_of"] = max(days)
        return initial


def control_of(field: Field, organisation: Organisation) -> forms.Field:
    """The control for a field; whether a value is right is decided by the rules alone."""
    more: dict[str, Any] = {"required": False, "label": field.label, "help_text": field.hint}
    if field.code in TICKED:
        return forms.MultipleChoiceField(
            choices=choices(field.vocabulary), widget=forms.CheckboxSelectMultiple, **more
        )
    if field.code in CHOSEN:
        offered = [
            (code, f"{word} ({code})" if field.code == "region" else word)
            for code, word in choices(field.vocabulary)
            if field.code != "region" or code.startswith(organisation.country)
        ]
        return forms.ChoiceField(choices=[("", "–"), *offered], **more)
    if field.many or field.form == "text":
        rows = 5 if field.form == "text" else 3
        return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **more)
    modes = {"number": "numeric", "year": "numeric", "decimal": "decimal", "url": "url",
             "email": "email"}  # fmt: skip
    attrs = {"inputmode": modes[field.form]} if field.form in modes else {}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **more)


def values_typed(field: Field, typed: Any) -> list[str]:
    """The single values of a control: ticks, lines, or codes parted by commas."""
    if not typed:
        return []
    if isinstance(typed, list):
        return typed
    if not field.many:
        return [typed]
    parted = CODES if field.form == "code" else LINES
    if field.form == "text":
        return [typed]
    return [part.strip() for part in parted.split(typed) if part.strip()]


def typed_again(field: Field, facts: Sequence[Fact]) -> Any:
    """Facts as somebody would type them."""
    if field.code in TICKED:
        return [fact.value for fact in facts]
    written = [typed_value(field, fact.value) for fact in facts]
    if field.form == "text":
        return written[0]
    return "\n".join(written) if field.many and field.form != "code" else ", ".join(written)


def typed_value(field: Field, value: Any) -> str:
    if field.form == "held":
        return f"{value['label']} {value['until']}".strip()
    if field.code in CHOSEN:
        return str(value)
    if field.form == "decimal":
        return f"{value:g}"
    return shown(field.code, value) if field.vocabulary not in ("", "sector") else str(value)


def code_meant(field: Field, typed: str) -> str:
    """The code behind what was typed: the code itself, its word, or a concept in any language."""
    codes = known()[field.vocabulary]
    if typed in codes or typed.upper() in codes or typed.lower() in codes:
        return typed
    if field.vocabulary == "competence":
        found = concepts_in(typed)
        if len(found) == 1 and len(words_of(typed)) == len(words_of(found[0].label)):
            return found[0].concept.slug
    wanted = fold(typed)
    return next((code for code, word in choices(field.vocabulary) if fold(word) == wanted), typed)


class BeginningForm(forms.Form):
    """Country first: what is asked depends on it."""

    kind = forms.ChoiceField(label=_("What are you?"), choices=Kind.choices)
    country = forms.ChoiceField(label=_("In which country?"))
    name = forms.CharField(label=_("Name"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "–"), *choices("country")]  # type: ignore[attr-defined]
