"""What one side says of a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.meetings.words import Cooperation

YES_OR_NO = (("", _("not said")), ("yes", _("yes")), ("no", _("no")))


class OutcomeForm(forms.Form):
    """The same day."""

    took_place = forms.ChoiceField(label=_("Did it take place?"), choices=YES_OR_NO, required=False)
    again = forms.ChoiceField(label=_("Would you meet again?"), choices=YES_OR_NO, required=False)
    follow_up = forms.CharField(label=_("What comes next"), max_length=300, required=False)

    def said(self, name: str) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data[name])


class CooperationForm(forms.Form):
    """Half a year later."""

    cooperation = forms.ChoiceField(label=_("What came of it"), choices=Cooperation)
