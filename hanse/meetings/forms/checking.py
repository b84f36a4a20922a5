"""Two files that the public checker reads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanse.engines.faults import Unfit
from hanse.engines.meetings.formats import from_json
from hanse.engines.meetings.formats.b2bsop import read_b2bsop
from hanse.engines.meetings.formats.event import read_event
from hanse.engines.meetings.formats.timetable import seated, timetable_of
from hanse.engines.meetings.market import Market

MOST_BYTES = 8 * 1024 * 1024
MOST_MEETINGS, MOST_PEOPLE = 60_000, 20_000


class CheckForm(forms.Form):
    """An event and a plan for it."""

    event = forms.FileField(label=gettext_lazy("The event (.json or .dzn)"))
    plan = forms.FileField(label=gettext_lazy("The plan (.json)"))

    def clean_event(self) -> Any:
        return _text(self.cleaned_data["event"])

    def clean_plan(self) -> Any:
        try:
            told = from_json(_text(self.cleaned_data["plan"]))
            self.timetable = timetable_of(told, origin=self.origin)
        except (Unfit, ValueError, RecursionError) as no:
            raise ValidationError(_("This is no plan: %(why)s") % {"why": no}) from None
        self.fairness = told.get("fairness")
        if type(self.fairness) not in (int, type(None)):
            raise ValidationError(_("This is no plan: %(why)s") % {"why": "fairness"})
        return told

    @property
    def origin(self) -> int:
        """From which number the event counts: 1 in MiniZinc, 0 in JSON."""
        return 0 if self.cleaned_data.get("event", "{").lstrip().startswith("{") else 1

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "event" in given and "plan" in given:
            try:
                self.market = event_of(given["event"], self.fairness)
                self.timetable = seated(self.market, self.timetable)
            except (Unfit, ValueError, RecursionError) as no:
                self.add_error("event", _("This is no event: %(why)s") % {"why": no})
        return given


def event_of(text: str, fairness: int | None) -> Market:
    """MiniZinc data, pairs in JSON, or the whole event in JSON."""
    if not text.lstrip().startswith("{"):
        market = read_b2bsop(text, fairness=fairness)
    else:
        market = read_event(text)
    if len(market.meetings) > MOST_MEETINGS or len(market.participants) > MOST_PEOPLE:
        raise ValueError(_("too large for this page; `hanse meetings check` has no such limit"))
    return market


def _text(sent: UploadedFile) -> str:
    if sent.size is None or sent.size > MOST_BYTES:
        raise ValidationError(_("A file of up to 8 MB."))
    try:
        return sent.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(_("This is no text in UTF-8.")) from None
