"""What an organisation writes: its application, and the summary of its workshop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hanse.calls.access import applicants_of
from hanse.calls.models import Application, Call
from hanse.calls.rules.applying import MOST_SPEAKERS
from hanse.calls.words import GONE, QUESTIONS, Format
from hanse.directory.forms.in_touch import PlainField, text_field
from hanse.directory.models import Organisation
from hanse.kit.refusals import Refused
from hanse.kit.said import said

# A refusal of the rules stands at the field that would change it.
PLACES = {
    "unknown_theme": "theme",
    "too_many_speakers": "speakers",
    "too_many_reimbursed": "reimbursed",
    "more_reimbursed_than_speakers": "reimbursed",
    "room_too_small": "expected",
    "already_applied": "organisation",
    "not_yours": "organisation",
}


class AnswersForm(forms.Form):
    """A draft may have gaps: what is lacking is said when it is sent."""

    use_required_attribute = False

    @property
    def answers(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in QUESTIONS and value not in (None, "", [])
        }

    def refuse(self, no: Refused) -> None:
        """The sentence, at the field that it is about."""
        field = no.refusal.facts.get("field") or PLACES.get(no.refusal.code)
        self.add_error(str(field) if field in self.fields else None, str(no))


class LinesField(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = str(super().clean(value)).splitlines()
        return [" ".join(line.split())[:300] for line in lines if line.strip()]


class InterestAnswers(AnswersForm):
    why = text_field(QUESTIONS["why"], 5, 2000, required=False)
    offers = text_field(QUESTIONS["offers"], 3, 1000, required=False)
    seeks = text_field(QUESTIONS["seeks"], 3, 1000, required=False)


class WorkshopAnswers(AnswersForm):
    theme = forms.ChoiceField(label=QUESTIONS["theme"], required=False)
    title = PlainField(label=QUESTIONS["title"], max_length=150, required=False)
    abstract = text_field(QUESTIONS["abstract"], 6, 2000, required=False)
    format = forms.ChoiceField(label=QUESTIONS["format"], choices=Format.choices, required=False)
    speakers = LinesField(
        label=QUESTIONS["speakers"],
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, with the organisation; at most %(most)s.")
        % {"most": MOST_SPEAKERS},
    )
    reimbursed = forms.IntegerField(
        label=QUESTIONS["reimbursed"], min_value=0, max_value=99, required=False
    )
    expected = forms.IntegerField(
        label=QUESTIONS["expected"], min_value=1, max_value=9999, required=False
    )

    def ask_about(self, call: Call) -> None:
        """The themes, the room and the travel of this call."""
        theme: Any = self.fields["theme"]
        theme.choices = [(one["code"], said(one["says"])) for one in call.themes]
        if not call.themes:
            del self.fields["theme"]
        self.fields["reimbursed"].help_text = _("At most %(most)s.") % {
            "most": call.speakers_reimbursed
        }
        self.fields["expected"].help_text = _("The largest room holds %(most)s.") % {
            "most": call.room_most
        }


def answers_form(
    call: Call, typed: QueryDict | None = None, *, application: Application | None = None
) -> AnswersForm:
    """The questions of a call of this kind, with what was answered before."""
    initial = dict(application.answers) if application else {}
    if not call.is_for_workshops:
        return InterestAnswers(typed, initial=initial)
    form = WorkshopAnswers(typed, initial=initial)
    form.ask_about(call)
    return form


class ApplicantForm(forms.Form):
    """In whose name. Whoever has an application here already is not offered again."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In the name of"), empty_label=None
    )

    def __init__(
        self, person: Any, call: Call, typed: QueryDict | None = None, *, slug: str = ""
    ) -> None:
        super().__init__(typed)
        has_one = call.applications.exclude(state__in=GONE).values("organisation")
        self.offered = list(applicants_of(person).exclude(pk__in=has_one))
        choice: Any = self.fields["organisation"]
        choice.queryset = applicants_of(person)
        choice.choices = [(one.pk, one.name) for one in self.offered]
        if len(self.offered) == 1:
            choice.widget = forms.HiddenInput()
        first = self.offered[0].pk if self.offered else None
        self.initial["organisation"] = next(
            (one.pk for one in self.offered if one.slug == slug), first
        )


class SummaryForm(forms.Form):
    text = text_field(_("What came of it"), 10, 6000)
