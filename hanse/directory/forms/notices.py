"""What is typed for news, an event, an open call."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from hanse.commons.people.words import timezones
from hanse.directory.actions.notices import Funded, Held, Told
from hanse.directory.forms.in_touch import (
    CountriesField,
    NamedForm,
    PlainField,
    WebField,
    languages,
    own_language,
    plain,
    text_field,
)
from hanse.directory.models import News, OpenCall, OrganisationEvent
from hanse.directory.queries.notices import ONLINE, OPEN, OVER, Narrowed
from hanse.directory.queries.vocabularies import choices, known
from hanse.directory.words import CURRENCIES

SHOWN = "%Y-%m-%dT%H:%M"
DAY_AND_HOUR = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?", re.ASCII)
NO_DAY_WITH_AN_HOUR = _("That is no day with an hour; write 2027-05-31 09:00.")


class ClockField(forms.CharField):
    """A day and an hour as a clock shows them; the zone stands in a field of its own."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=SHOWN)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        # Without its hour a day would begin at midnight, which nobody meant.
        if not DAY_AND_HOUR.fullmatch(text):
            raise ValidationError(NO_DAY_WITH_AN_HOUR)
        try:
            return datetime.fromisoformat(text).replace(second=0, microsecond=0)
        except ValueError as no:
            raise ValidationError(NO_DAY_WITH_AN_HOUR) from no


def countries_or_none() -> list[tuple[str, str]]:
    return [("", "–"), *choices("country")]


class NoticeForm(NamedForm):
    title = PlainField(label=_("Title"), max_length=200)
    url = WebField(label=_("Address of the page"), required=False)
    language = forms.ChoiceField(label=_("Written in"), choices=languages, initial=own_language)

    def __init__(self, person: Any, typed: QueryDict | None = None, **more: Any) -> None:
        super().__init__(person, typed, **more)
        # The clock of whoever writes, until they choose another.
        if "zone" in self.fields:
            self.initial.setdefault("zone", person.timezone)


class NewsForm(NoticeForm):
    text = text_field(_("Text"), 8, 4000)
    field_order = ["organisation", "title", "text", "url", "language"]

    def said(self) -> Told:
        return Told(**{key: self.given[key] for key in Told.__dataclass_fields__})


def zone_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("On the clock of"), choices=lazy(timezones, list)())


class EventForm(NoticeForm):
    text = text_field(_("What it is about"), 4, 4000, required=False)
    is_online = forms.BooleanField(label=_("One can take part online"), required=False)
    place = PlainField(label=_("Place"), required=False, max_length=200)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=countries_or_none)
    starts = ClockField(label=_("Begins"))
    ends = ClockField(label=_("Ends"))
    zone = zone_field()
    field_order = [
        "organisation", "title", "starts", "ends", "zone", "place", "country", "is_online", "text",
        "url", "language",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("place") and not given.get("is_online"):
            self.add_error("place", _("Say where it is, or that it is online."))
        return given

    def said(self) -> Held:
        return Held(**{key: self.given[key] for key in Held.__dataclass_fields__})


class CallForm(NoticeForm):
    text = text_field(_("What is funded"), 4, 4000, required=False)
    funder = PlainField(label=_("Funder"), required=False, max_length=200)
    opens = ClockField(label=_("Opens"))
    closes = ClockField(label=_("Deadline"))
    zone = zone_field()
    budget = forms.DecimalField(
        label=_("Budget"), required=False, max_digits=14, decimal_places=2, localize=False
    )
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[(code, code) for code in CURRENCIES]
    )
    may_apply = PlainField(label=_("Who may apply"), max_length=500)
    countries = CountriesField(
        label=_("From which countries"),
        required=False,
        max_length=1000,
        help_text=_("Countries, parted by commas. Empty: from anywhere."),
    )
    field_order = [
        "organisation", "title", "funder", "opens", "closes", "zone", "budget", "currency",
        "may_apply", "countries", "text", "url", "language",
    ]  # fmt: skip

    def said(self) -> Funded:
        return Funded(**{key: self.given[key] for key in Funded.__dataclass_fields__})


# A refusal of the rules stands at the field that would change it.
PLACE_OF_REFUSAL = {
    "ends_before_start": ("ends", "closes"),
    "is_over": ("ends", "closes"),
    "too_far": ("ends", "closes"),
    "no_such_time": ("starts", "opens"),
    "no_such_year": ("starts", "opens"),
    "no_zone": ("zone",),
    "negative_budget": ("budget",),
    "budget_without_currency": ("currency",),
}


def place_of_refusal(form: forms.Form, code: str) -> str | None:
    return next((name for name in PLACE_OF_REFUSAL.get(code, ()) if name in form.fields), None)


def typed_of(notice: News | OrganisationEvent | OpenCall) -> dict[str, Any]:
    """A notice as its form shows it again."""
    typed: dict[str, Any] = {
        "organisation": notice.organisation_id,
        "title": notice.title,
        "text": notice.text,
        "url": notice.url,
        "language": notice.language,
    }
    if isinstance(notice, OrganisationEvent):
        typed |= {
            "starts": notice.starts_there,
            "ends": notice.ends_there,
            "zone": notice.zone,
            "place": notice.place,
            "country": notice.country,
            "is_online": notice.is_online,
        }
    if isinstance(notice, OpenCall):
        typed |= {
            "opens": notice.opens_there,
            "closes": notice.closes_there,
            "zone": notice.zone,
            "budget": notice.budget,
            "currency": notice.currency,
            "funder": notice.funder,
            "may_apply": notice.may_apply,
            "countries": notice.where,
        }
    return typed


def narrowed_by(query: QueryDict) -> Narrowed:
    country = query.get("country", "")
    return Narrowed(
        text=plain(query.get("q", "")),
        country=country if country in known()["country"] else "",
        state=OVER if query.get("state") == OVER else OPEN,
        where=ONLINE if query.get("where") == ONLINE else "",
    )
