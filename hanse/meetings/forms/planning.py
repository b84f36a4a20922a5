"""What an organiser asks of a run, and where they put a meeting by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.meetings.rules.planning import (
    MOST_FAIRNESS,
    MOST_PROMISED,
    MOST_SECONDS,
    Wanted,
)

SECONDS = (
    (10, _("10 seconds")),
    (60, _("a minute")),
    (300, _("5 minutes")),
    (900, _("15 minutes")),
)


class RunForm(forms.Form):
    """A run of the engine."""

    title = forms.CharField(
        label=_("What is different about this draft"), max_length=200, required=False
    )
    seconds = forms.TypedChoiceField(
        label=_("Look for at most"), choices=SECONDS, coerce=int, initial=60
    )
    newcomers = forms.IntegerField(
        label=_("Meetings that every newcomer gets"),
        min_value=0,
        max_value=MOST_PROMISED,
        initial=0,
        required=False,
    )
    fairness = forms.IntegerField(
        label=_("Most breaks that somebody may have more than another"),
        min_value=0,
        max_value=MOST_FAIRNESS,
        required=False,
    )
    seed = forms.IntegerField(
        label=_("Seed"), min_value=0, max_value=2**31 - 1, initial=0, required=False
    )

    @property
    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            seconds=min(given["seconds"], MOST_SECONDS),
            seed=given["seed"] or 0,
            fairness=given["fairness"],
            newcomers=given["newcomers"] or 0,
        )


class PublishForm(forms.Form):
    """What people are told, and which plan whoever presses has seen."""

    note = forms.CharField(
        label=_("A sentence to those who are told"), max_length=300, required=False
    )
    expects = forms.IntegerField(widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    """Where a meeting is put by hand."""

    slot = forms.TypedChoiceField(label=_("Slot"), coerce=int)
    table = forms.TypedChoiceField(label=_("Table"), coerce=int, required=False, empty_value=None)

    def __init__(
        self,
        *args: Any,
        slots: list[tuple[int, str]],
        tables: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = slots  # type: ignore[attr-defined]
        self.fields["table"].choices = tables  # type: ignore[attr-defined]
