"""A letter in the organisers' own words."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LetterForm(forms.Form):
    use_required_attribute = False
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Text"), max_length=6000, widget=forms.Textarea({"rows": 14}))
