"""What organisers type about a series, an event, its days, its places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanse.calls.access import calls_run_by
from hanse.calls.models import Call
from hanse.commons.people.words import timezones
from hanse.directory.forms.in_touch import PlainField, country_choices
from hanse.events.forms.numbers import MOST_SEATS, RowsField
from hanse.events.forms.tongues import Tongue, TongueForm, typed_texts
from hanse.events.models import Event, Place, Series
from hanse.events.words import Duty, Entry, Mode, State
from hanse.kit.fields import DayInput

MOST_DAYS = 14
# In an address a day stands in the place of an event.
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput())


class SeriesForm(TongueForm):
    tongues: Sequence[Tongue] = (
        Tongue("title", _("Title"), is_required=True),
        Tongue("lead", _("What it is about"), most=1000, rows=3),
    )
    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        help_text=_("The last part of its address: small letters, digits, hyphens."),
    )
    city = PlainField(label=_("City"), max_length=120, required=False)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lazy(country_choices, list)()
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=lazy(timezones, list)())
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    hashtags = PlainField(
        label=_("Hashtags"), required=False, max_length=200, help_text=_("Parted by spaces.")
    )
    state = forms.ChoiceField(label=_("State"), choices=State.choices[:2])

    def __init__(self, *args: Any, series: Series | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series
        if series is not None:
            del self.fields["slug"]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Series.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another series has this address."))
        if slug in RESERVED:
            raise forms.ValidationError(_("This address is used for something else."))
        return slug

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            self.add_error(
                "last_day", _("The last day comes after the first, at most two weeks later.")
            )
        return given

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        before = self.series
        return {
            **{
                name: given[name]
                for name in ("city", "country", "zone", "first_day", "last_day", "state")
            },
            **({"slug": given["slug"]} if "slug" in given else {}),
            "hashtags": given["hashtags"].split(),
            "title": self.said("title", before.title if before else None),
            "lead": self.said("lead", before.lead if before else None),
        }

    @staticmethod
    def typed_of(series: Series) -> dict[str, Any]:
        return {
            **typed_texts("title", series.title),
            **typed_texts("lead", series.lead),
            **{
                name: getattr(series, name)
                for name in ("city", "country", "zone", "first_day", "last_day", "state")
            },
            "hashtags": " ".join(series.hashtags),
        }


# What stands in the place of a series in addresses of this domain.
RESERVED = frozenset(
    {
        "agenda",
        "calls",
        "delegations",
        "feedback",
        "feeds",
        "invited",
        "letters",
        "mine",
        "new",
        "organise",
        "papers",
        "registrations",
        "search",
        "sessions",
    }
)


class EventForm(TongueForm):
    tongues: Sequence[Tongue] = (
        Tongue("title", _("Title"), is_required=True),
        Tongue("group", _("Part of the series")),
        Tongue("lead", _("What it is about"), most=2000, rows=3),
        Tongue("aims", _("Aims, one a line"), most=1000, rows=3, is_list=True),
        Tongue("co_host", _("Co-host")),
        Tongue("note", _("Note"), most=500, rows=2),
    )
    slug = forms.SlugField(label=_("Address"), max_length=80)
    state = forms.ChoiceField(label=_("State"), choices=State.choices[:2])
    entry = forms.ChoiceField(label=_("Way in"), choices=Entry.choices)
    mode = forms.ChoiceField(label=_("Where"), choices=Mode.choices)
    stream_url = forms.URLField(
        label=_("Stream"), required=False, max_length=500, assume_scheme="https"
    )
    places = RowsField(
        label=pgettext_lazy("where an event is", "Places"),
        queryset=Place.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    either_place = forms.BooleanField(
        label=_("It is in one of them, and not said in which"), required=False
    )
    call = forms.ModelChoiceField(
        label=_("Who would like to be invited applies to"),
        queryset=Call.objects.none(),
        required=False,
        empty_label="–",
        help_text=_("One of the calls that you run; whoever it selects gets an invitation."),
    )

    def __init__(
        self,
        series: Series,
        person: Any,
        *args: Any,
        event: Event | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.series, self.event = series, event
        own = Q(pk__in=calls_run_by(person).values("pk"))
        held = Q(pk=event.call_id) if event and event.call_id else Q()
        calls = Call.objects.filter(own | held)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]
        self.fields["places"].queryset = places_at_hand(series)  # type: ignore[attr-defined]
        if event is not None:
            del self.fields["slug"]
        for number, day in enumerate(series.days):
            self.fields[f"on_{number}"] = forms.BooleanField(label=str(day), required=False)
            for name in ("opens", "closes"):
                self.fields[f"{name}_{number}"] = forms.TimeField(
                    label=pgettext_lazy("a time", "From") if name == "opens" else _("Until"),
                    required=False,
                    widget=forms.TimeInput({"type": "time"}, "%H:%M"),
                )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Event.objects.filter(series=self.series, slug=slug).exists():
            raise forms.ValidationError(_("Another event of this series has this address."))
        if slug in ("flyer", "organise", "agenda") or A_DAY.fullmatch(slug):
            raise forms.ValidationError(_("This address is used for something else."))
        return slug

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.hours():
            self.add_error(None, _("Choose at least one day."))
        for day, opens, closes in self.hours():
            if opens and closes and closes <= opens:
                self.add_error(None, _("On %(day)s it closes before it opens.") % {"day": day})
        return given

    def hours(self) -> list[tuple[date, time | None, time | None]]:
        """The days that were ticked, with their hours."""
        given = self.cleaned_data
        return [
            (day, given.get(f"opens_{number}"), given.get(f"closes_{number}"))
            for number, day in enumerate(self.series.days)
            if given.get(f"on_{number}")
        ]

    def facts(self) -> dict[str, Any]:
        given, before = self.cleaned_data, self.event
        return {
            **{
                name: given[name]
                for name in ("state", "entry", "mode", "stream_url", "either_place", "call")
            },
            **({"slug": given["slug"]} if "slug" in given else {}),
            **{
                tongue.name: self.said(
                    tongue.name, getattr(before, tongue.name) if before else None
                )
                for tongue in self.tongues
            },
        }  # fmt: skip

    def day_rows(self) -> list[tuple[forms.BoundField, ...]]:
        return [
            (self[f"on_{number}"], self[f"opens_{number}"], self[f"closes_{number}"])
            for number in range(len(self.series.days))
        ]

    def plain(self) -> list[forms.BoundField]:
        """Fields of one column, without the days."""
        days = {field.name for row in self.day_rows() for field in row}
        return [one for one in self.main_fields() if one.name not in days]

    @staticmethod
    def typed_of(event: Event) -> dict[str, Any]:
        days = {one.day: one for one in event.days.all()}
        typed: dict[str, Any] = {
            **{
                name: getattr(event, name)
                for name in ("state", "entry", "mode", "stream_url", "either_place")
            },
            "call": event.call_id,
            "places": [place.pk for place in event.places.all()],
        }
        for tongue in EventForm.tongues:
            typed |= typed_texts(tongue.name, getattr(event, tongue.name))
        for number, day in enumerate(event.series.days):
            if held := days.get(day):
                typed |= {
                    f"on_{number}": True,
                    f"opens_{number}": held.opens,
                    f"closes_{number}": held.closes,
                }
        return typed


def places_at_hand(series: Series) -> Any:
    """Places of this series, and those in its city."""
    near = Q(city=series.city) if series.city else Q()
    return Place.objects.filter(Q(events__series=series) | near).distinct()


class PlaceForm(TongueForm):
    tongues: Sequence[Tongue] = (Tongue("access", _("How to get in"), most=1000, rows=3),)
    name = PlainField(label=_("Name"), max_length=160)
    address = PlainField(label=_("Address"), max_length=250, required=False)

    @staticmethod
    def typed_of(place: Place) -> Mapping[str, Any]:
        return {
            "name": place.name,
            "address": place.address,
            **typed_texts("access", place.access),
        }


class RoomForm(forms.Form):
    use_required_attribute = False
    name = PlainField(label=_("Room"), max_length=120)
    capacity = forms.IntegerField(
        label=_("Seats"), required=False, min_value=0, max_value=MOST_SEATS
    )


class WalkForm(forms.Form):
    use_required_attribute = False
    other = forms.ModelChoiceField(
        label=pgettext_lazy("a place", "To"), queryset=Place.objects.none()
    )
    minutes = forms.IntegerField(label=_("Minutes on foot"), min_value=0, max_value=600)


class CallOffForm(forms.Form):
    use_required_attribute = False
    why = PlainField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("It stands in the letters and on the page."),
    )


class OrganiserForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(label=_("Address of a person with a log-in"))
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices)
