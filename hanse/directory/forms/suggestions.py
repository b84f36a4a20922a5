"""What an address of the suggestions asks: a target, weights, and which ties are wished."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hanse.directory.rules.suggesting import DEFAULT_WEIGHTS, KINDS, TIES
from hanse.directory.words import EVIDENCE

MOST = 10.0
TIES_IN_WORDS = {
    "any": _("whoever fits"),
    "strangers": _("strangers first"),
    "friends": _("friends of friends"),
}


class SuggestionQuestion(forms.Form):
    """Always answered: a weight that cannot be read takes its usual value."""

    target = forms.CharField(required=False, label=_("For"), max_length=200)
    ties = forms.ChoiceField(
        required=False, label=_("Show"), choices=[(code, TIES_IN_WORDS[code]) for code in TIES]
    )
    one_country = forms.BooleanField(required=False, label=_("Also many of one country"))

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        for code in KINDS:
            self.fields[f"w_{code}"] = forms.FloatField(
                required=False,
                min_value=0,
                max_value=MOST,
                label=str(EVIDENCE[code]),
                widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
            )
        self.full_clean()
        self.misread = [asked.get(name, "")[:40] for name in self.errors]
        shown = asked.copy()
        for code in KINDS:
            shown[f"w_{code}"] = f"{self.weights[code]:g}"
        shown["ties"] = self.wished_ties
        self.data = shown

    @property
    def weights(self) -> dict[str, float]:
        given = {code: self.cleaned_data.get(f"w_{code}") for code in KINDS}
        return {
            code: DEFAULT_WEIGHTS[code] if weight is None else float(weight)
            for code, weight in given.items()
        }

    @property
    def wished_ties(self) -> str:
        return str(self.cleaned_data.get("ties") or "any")

    @property
    def weight_fields(self) -> list[forms.BoundField]:
        return [self[f"w_{code}"] for code in KINDS]
