"""What participants are asked afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.directory.forms.in_touch import text_field
from hanse.events.actions.feedback import Given
from hanse.events.words import SCORES

GRADES = (
    ("5", _("5, very good")),
    ("4", _("4")),
    ("3", _("3")),
    ("2", _("2")),
    ("1", _("1, not good")),
)
AGAIN = (("yes", _("yes")), ("no", _("no")))


class FeedbackForm(forms.Form):
    """Scores, whether they would come again, a few words; every question may stay open."""

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed)
        for code, word in SCORES.items():
            self.fields[code] = forms.ChoiceField(
                label=word, choices=GRADES, widget=forms.RadioSelect, required=False
            )
        self.fields["again"] = forms.ChoiceField(
            label=_("I would come again"), choices=AGAIN, widget=forms.RadioSelect, required=False
        )
        self.fields["text"] = text_field(
            _("What was good, what was missing"), 5, 4000, required=False
        )

    def given(self) -> Given:
        said = self.cleaned_data
        again = {"yes": True, "no": False}.get(said["again"])
        scores = {code: int(said[code]) for code in SCORES if said[code]}
        return Given(scores, again, said["text"])
