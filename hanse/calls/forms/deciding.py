"""What officers type: what they look for in the table, marks, a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hanse.calls.models import Call, CutOff
from hanse.calls.queries.desk import ORDERS, MarkLine, Sought
from hanse.calls.words import ApplicationState, Outcome
from hanse.directory.forms.in_touch import PlainField, text_field
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.words import Kind
from hanse.engines.rules import Answer
from hanse.kit import phrases

MOST_AT_ONCE = 500


class SoughtForm(forms.Form):
    """The question line above the table; each choice stands in the address."""

    cut_off = forms.ChoiceField(label=_("sent by"), required=False)
    state = forms.ChoiceField(label=_("that are"), required=False)
    answer = forms.ChoiceField(label=_("with rules"), required=False)
    newcomer = forms.ChoiceField(label=_("from"), required=False)
    country = forms.ChoiceField(label=_("in"), required=False)
    kind = forms.ChoiceField(label=_("of the kind"), required=False)
    order = forms.ChoiceField(label=_("in order of"), required=False)

    def __init__(self, typed: QueryDict, call: Call, cut_offs: Sequence[CutOff]) -> None:
        super().__init__(typed)
        sent = call.applications.exclude(submitted_at__isnull=True).order_by()
        there = sent.values_list("organisation__country", "organisation__kind").distinct()
        countries = sorted({country for country, _kind in there})
        kinds = sorted({kind for _country, kind in there})
        late = [("late", str(_("late")))] if call.late_until else []
        offered: Mapping[str, list[tuple[str, Any]]] = {
            "cut_off": [
                ("", _("any cut-off")),
                *((str(one.number), _("cut-off %(number)s") % {"number": one.number})
                  for one in cut_offs),
                *late,
            ],
            "state": [("", _("in any state")), *ApplicationState.choices[1:]],
            "answer": [
                ("", _("whatever they say")),
                (Answer.MET.value, phrases.MET),
                (Answer.UNMET.value, phrases.UNMET),
                (Answer.UNKNOWN.value, phrases.NOT_KNOWN),
            ],
            "newcomer": [
                ("", _("everybody")),
                ("1", _("newcomers")),
                ("0", _("those who came before")),
            ],
            "country": [
                ("", _("any country")),
                *((code, word_of("country", code)) for code in countries),
            ],
            "kind": [("", _("any kind")), *((code, Kind(code).label) for code in kinds)],
            "order": list(zip(ORDERS, (_("number"), _("points"), _("country"), _("reserve list")),
                              strict=True)),
        }  # fmt: skip
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices

    def sought(self) -> Sought:
        """What can be read; what cannot is as if it had not been asked."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Sought(**{"order": "number", **given})


class DecisionForm(forms.Form):
    """The reason goes to the applicants, the other to the record of the officers."""

    says = text_field(
        _("Reason, for the applicants"), 3, 2000, required=False,
        help_text=_("It stands in their letter and on the page of their application."),
    )  # fmt: skip
    because = text_field(
        _("Why all the same"), 2, 1000, required=False,
        help_text=_("Needed where a quota is exceeded or rules are not met; officers read it."),
    )  # fmt: skip

    use_required_attribute = False


def chosen_numbers(query: QueryDict) -> list[int]:
    """The ticked applications, by their numbers."""
    typed = query.getlist("application")[:MOST_AT_ONCE]
    return [int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 9]  # noqa: PLR2004


def states_seen(query: QueryDict, numbers: Sequence[int]) -> dict[int, str]:
    """What the officer had before them when they chose."""
    return {number: was for number in numbers if (was := query.get(f"was-{number}"))}


def chosen_outcome(query: QueryDict) -> Outcome | None:
    typed = query.get("outcome", "")
    return Outcome(typed) if typed in Outcome.values else None


class MarksForm(forms.Form):
    """Points and a word why for each criterion."""

    def __init__(self, lines: Sequence[MarkLine], typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        self.lines = lines
        for line in lines:
            code, most = line.criterion.code, line.criterion.most
            self.fields[f"points_{code}"] = forms.IntegerField(
                label=_("%(criterion)s, 0 to %(most)s")
                % {"criterion": line.criterion.said, "most": most},
                min_value=0,
                max_value=most,
                initial=line.own.points if line.own else None,
            )
            self.fields[f"says_{code}"] = PlainField(
                label=_("Why"),
                max_length=500,
                required=False,
                initial=line.own.says if line.own else "",
            )

    @property
    def given(self) -> dict[str, tuple[int, str]]:
        return {
            line.criterion.code: (
                self.cleaned_data[f"points_{line.criterion.code}"],
                self.cleaned_data[f"says_{line.criterion.code}"],
            )
            for line in self.lines
        }
