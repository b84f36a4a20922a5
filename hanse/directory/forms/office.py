"""What is typed at the office and by administrators."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.directory.words import JoinReason
from hanse.kit.fields import DayInput


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A refusal needs one: what is missing, and what would change it."),
    )


class WaiverForm(forms.Form):
    programme = forms.CharField(label=_("Programme that vouches"), max_length=200)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DayInput(),
    )


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("Mail address of a colleague"), max_length=254)


class JoinForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why you"),
        choices=[
            (JoinReason.DOMAIN, _("I have a mail address at the organisation’s domain")),
            (JoinReason.TAKEOVER, _("Its administrators are gone or do not answer")),
            (JoinReason.CLAIM, _("It is ours, and nobody speaks for it yet")),
        ],
        widget=forms.RadioSelect,
    )
    says = forms.CharField(
        label=_("In a sentence"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What your part in the organisation is, and how that can be checked."),
    )


class DocumentForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG, JPEG, XLSX or CSV, at most 10 MB. Everybody may read it."),
    )


class MemberForm(forms.Form):
    member = forms.CharField(
        label=_("Member"),
        max_length=300,
        help_text=_("The whole name, or the last part of its address here."),
    )
    since = forms.DateField(
        label=_("Member since"),
        required=False,
        widget=DayInput(),
    )
