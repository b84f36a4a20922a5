from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.commons.people import words
from hanse.commons.people.models import Person


class WithoutPlaceholders:
    """A label says what belongs into a field; words inside it vanish when they are needed."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            one.widget.attrs.pop("placeholder", None)


class LogIn(WithoutPlaceholders, account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page itself leads on when the password is forgotten.
        self.fields["password"].help_text = ""


class AddAddress(WithoutPlaceholders, account.AddEmailForm):  # type: ignore[misc]
    pass


class ChangePassword(WithoutPlaceholders, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPassword(WithoutPlaceholders, account.SetPasswordForm):  # type: ignore[misc]
    pass


class AskForNewPassword(WithoutPlaceholders, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ChooseNewPassword(WithoutPlaceholders, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ProveByPassword(WithoutPlaceholders, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class SecondProof(WithoutPlaceholders, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class ProveByCode(WithoutPlaceholders, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class SetUpApp(WithoutPlaceholders, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass


class SignUp(WithoutPlaceholders, account.SignupForm):  # type: ignore[misc]
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
