"""Fields that every domain uses."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from hanse.kit.fields import DayInput


class Visit(forms.Form):
    on = forms.DateField(widget=DayInput())


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_day_is_written_and_read_as_browsers_do_in_every_language(language):
    with translation.override(language):
        assert 'type="date"' in str(Visit()["on"])
        assert 'value="2027-01-14"' in str(Visit(initial={"on": date(2027, 1, 14)})["on"])
        assert Visit({"on": "2027-01-14"}).is_valid()
