"""A letter in own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.kit.fields import PlainField


class LetterForm(forms.Form):
    use_required_attribute = False
    subject = PlainField(label=_("Subject"), max_length=200)
    body = PlainField(label=_("Text"), max_length=6000, widget=forms.Textarea({"rows": 14}))
