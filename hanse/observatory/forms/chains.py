"""Drawing a value chain: a name, and up to ten stages with the sectors that make them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from hanse.commons.chains.models import ValueChain
from hanse.commons.chains.rules import MOST_STAGES, Stage, codes_in, refusal, why_not_a_chain
from hanse.observatory.forms.questions import Question, best_year
from hanse.observatory.queries.figures import Release

THRESHOLDS = [(1.0, "1"), (1.5, "1.5"), (2.0, "2"), (3.0, "3")]


class ChainQuestion(Question):
    """What a chain is looked at with: a year, how strong, and a region that shall be part."""

    defaults = {"least": 2.0, "region": ""}

    year = forms.TypedChoiceField(required=False, label=_("in"))
    least = forms.TypedChoiceField(
        choices=THRESHOLDS, coerce=float, required=False, label=_("strong from a quotient of")
    )
    region = forms.CharField(required=False, label=_("with the region"))

    def offer(self) -> None:
        self.choose_years("year", best_year(self.release))

    def clean_region(self) -> str:
        code = str(self.cleaned_data["region"]).strip().upper()
        if code and getattr(self.release.regions.get(code), "level", None) != 2:  # noqa: PLR2004
            raise forms.ValidationError(_("No NUTS 2 region has this code."))
        return code


class ChainForm(forms.Form):
    """Rows that are empty are left out; what is wrong is said beside the row."""

    name = forms.CharField(label=_("Name"), max_length=100)
    says = forms.CharField(label=_("What it is"), max_length=300, required=False)

    def __init__(
        self, release: Release, *args: Any, chain: ValueChain | None = None, **kwargs: Any
    ) -> None:
        stages = chain.stages if chain else []
        kwargs.setdefault(
            "initial",
            {"name": chain.title, "says": chain.about, **self._written(stages)} if chain else {},
        )
        super().__init__(*args, **kwargs)
        self.codes: Collection[str] = [c for c, s in release.sectors.items() if s.is_division]
        for place in range(MOST_STAGES):
            self.fields[f"stage_{place}"] = forms.CharField(
                required=False, max_length=80, label=_("Stage %(n)s") % {"n": place + 1}
            )
            self.fields[f"sectors_{place}"] = forms.CharField(
                required=False, max_length=200, label=_("Sectors of stage %(n)s") % {"n": place + 1}
            )

    @staticmethod
    def _written(stages: list[Stage]) -> dict[str, str]:
        return {
            key: text
            for place, stage in enumerate(stages)
            for key, text in (
                (f"stage_{place}", stage.name),
                (f"sectors_{place}", ", ".join(stage.sectors)),
            )
        }

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"stage_{n}"], self[f"sectors_{n}"]) for n in range(MOST_STAGES)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        stages = []
        for place in range(MOST_STAGES):
            name = " ".join(str(given.get(f"stage_{place}", "")).split())
            codes, strange = codes_in(str(given.get(f"sectors_{place}", "")), self.codes)
            if strange:
                says = refusal("unknown_sectors", codes=", ".join(strange)[:80])
                self.add_error(f"sectors_{place}", str(says))
            elif name or codes:
                stages.append(Stage(name, tuple(codes)))
                if reason := why_not_a_chain(stages[-1:]):
                    self.add_error(f"sectors_{place}" if name else f"stage_{place}", str(reason))
        if not self.errors and (reason := why_not_a_chain(stages)):
            self.add_error(None, str(reason))
        return {**given, "stages": stages}
