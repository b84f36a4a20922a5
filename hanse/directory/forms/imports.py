"""What an import is asked for, and what a key for programs is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.directory.words import Kind


class ImportForm(forms.Form):
    """A file and how to read it. Whether its rows are right is decided by the rules."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX or JSON; at most 20 MB and 50,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.json"}),
    )
    kind = forms.ChoiceField(
        label=_("What they are, where the file does not say"),
        choices=Kind.choices,
        initial=Kind.CLUSTER,
    )
    listing = forms.BooleanField(
        label=_("Listings from public pages, without an owner"),
        required=False,
        help_text=_("Each row needs the address of the page that says it (source_url)."),
    )
    takes_alike = forms.BooleanField(
        label=_("Take in what may be here already as well"),
        required=False,
        help_text=_("Else such rows are shown and left out."),
    )

    def __init__(self, *args: Any, is_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_office:
            del self.fields["listing"]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("Such as: our website, the members’ database."),
    )
