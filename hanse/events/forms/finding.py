"""What somebody types to find an event."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanse.directory.forms.in_touch import PlainField, country_choices
from hanse.events.queries.overview import Asked
from hanse.kit.fields import DayInput


class FindForm(forms.Form):
    text = PlainField(label=_("About"), required=False, max_length=100)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lazy(country_choices, list)()
    )
    since = forms.DateField(
        label=pgettext_lazy("a time", "From"),
        required=False,
        widget=DayInput(),
    )
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput())
    over = forms.BooleanField(label=_("Show what is over"), required=False)

    use_required_attribute = False

    @property
    def asked(self) -> Asked:
        """What can be read; what cannot is left out, and the field says so."""
        self.is_valid()
        known = self.cleaned_data
        return Asked(
            text=known.get("text", ""),
            country=known.get("country", ""),
            since=known.get("since"),
            until=known.get("until"),
            over=bool(known.get("over")),
        )
