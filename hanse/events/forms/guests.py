"""What is typed about guests: on the list, at a letter's link, for a delegation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from hanse.directory.forms.in_touch import PlainField, country_choices
from hanse.events.forms.tongues import LANGUAGES
from hanse.events.rules.guests import Guest
from hanse.kit.said import language_name


def language_choices() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in LANGUAGES]


class PlainForm(forms.Form):
    use_required_attribute = False


class GuestForm(PlainForm):
    email = forms.EmailField(label=_("E-mail address"))
    name = PlainField(label=_("Name"), max_length=150, required=False)
    organisation = PlainField(label=_("Organisation"), max_length=200, required=False)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lazy(country_choices, list)()
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=lazy(language_choices, list)(),
        initial=settings.LANGUAGE_CODE,
    )
    may_send_colleague = forms.BooleanField(
        label=_("May send a colleague of the same organisation"), required=False
    )

    @property
    def guest(self) -> Guest:
        return Guest(**self.cleaned_data)


class ListForm(PlainForm):
    file = forms.FileField(
        label=_("A list as CSV or XLSX"),
        help_text=_(
            "Its first line names the columns: email, name, organisation, country, language, "
            "colleague. Every other column can stand in the letter, such as {table}."
        ),
    )


class StrangerForm(PlainForm):
    email = forms.EmailField(label=_("Your e-mail address"))
    name = PlainField(label=_("Your name"), max_length=150)
    says = PlainField(
        label=_("Why you would like to come"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, person: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person.is_authenticated:
            del self.fields["email"]
            self.initial.setdefault("name", person.name)


class ColleagueForm(PlainForm):
    email = forms.EmailField(label=_("Their e-mail address"))
    name = PlainField(label=_("Their name"), max_length=150)


class DelegationForm(PlainForm):
    name = PlainField(label=_("Delegation"), max_length=160)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lazy(country_choices, list)()
    )
    head_email = forms.EmailField(label=_("Address of its head"))
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=500, initial=2)


class DelegateForm(PlainForm):
    email = forms.EmailField(label=_("E-mail address"))
    name = PlainField(label=_("Name"), max_length=150)
    organisation = PlainField(label=_("Organisation"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=lazy(language_choices, list)()
    )
