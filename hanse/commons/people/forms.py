from typing import Any, ClassVar

from allauth.account.forms import SignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.commons.people import words
from hanse.commons.people.models import Person


class SignUp(SignupForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As others should read it. You can change it later."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order: ClassVar[list[str]] = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least eight characters, not a common word and not like your name."
        )


class AboutMe(forms.ModelForm[Person]):
    language = forms.ChoiceField(label=_("Language"), choices=words.languages)
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=words.timezones,
        help_text=_("Times on your pages follow this clock."),
    )

    class Meta:
        model = Person
        fields = ["name", "language", "timezone"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class Erasure(forms.Form):
    sure = forms.BooleanField(
        label=_("I want my account erased. It cannot be brought back."), required=True
    )
