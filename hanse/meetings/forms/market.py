"""What organisers type about the meetings: settings, slots, tables, parties, pairs, lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.signing import BadSignature, dumps, loads
from django.forms.models import ModelChoiceIterator
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanse.directory.forms.in_touch import PlainField
from hanse.directory.rules.notices import moment
from hanse.events.forms.numbers import RowsField
from hanse.events.models import Event, Place
from hanse.kit.folding import fold
from hanse.kit.numbers import day as day_in_words
from hanse.kit.refusals import Refused
from hanse.meetings.models import Marketplace, MeetingSlot, MeetingTable, Party
from hanse.meetings.queries.market import parties_there
from hanse.meetings.queries.readiness import people_without_part
from hanse.meetings.rules.slots import MOST_TABLES
from hanse.meetings.rules.wish_lists import Row
from hanse.meetings.words import Ruling, SeenBy, Strength, Way

SALT = "meetings.wishes"
MOST_OF_ANY = 1000
HOUR = "%H:%M"


class PlainForm(forms.Form):
    use_required_attribute = False


class RowField(forms.ModelChoiceField):
    """One row by its number; what is no number of a row is no choice."""

    def to_python(self, value: Any) -> Any:
        said = str(getattr(value, "pk", value) or "")
        fits = said.isascii() and (not said or (said.isdecimal() and len(said) < 19))  # noqa: PLR2004
        return super().to_python(value if fits else "-1")


class ByName(ModelChoiceIterator):
    """Choices as people look for them: marks and capitals do not count."""

    def __iter__(self) -> Iterator[Any]:
        rows = list(super().__iter__())
        # What stands for none of them has no value and comes first.
        yield from sorted(rows, key=lambda one: (bool(one[0]), fold(str(one[1]))))


class NamedRowField(RowField):
    """A row among many that are found by their name."""

    iterator = ByName


def number_field(label: Any, *, least: int = 1, hint: Any = "", required: bool = False) -> Any:
    return forms.IntegerField(
        label=label, min_value=least, max_value=MOST_OF_ANY, required=required, help_text=hint
    )


MOMENTS = ("opens_at", "wishes_until", "answers_until")


class MarketForm(PlainForm):
    way = forms.ChoiceField(label=_("How meetings come about"), choices=Way.choices)
    seen_by = forms.ChoiceField(label=_("Who sees who takes part"), choices=SeenBy.choices)
    opens_at = forms.CharField(label=_("Wishes from"), required=False)
    wishes_until = forms.CharField(label=_("Wishes until"), required=False)
    answers_until = forms.CharField(
        label=_("Answers until"),
        required=False,
        help_text=_("Later than wishes, so that the last ones can be answered too."),
    )
    most_wishes = number_field(_("Most wishes of a party"), hint=_("Empty: no limit."))
    most_musts = number_field(_("Most of them “must”"), least=0, required=True)
    most_meetings = number_field(
        _("Most meetings of a person in a half-day"), hint=_("Empty: no limit.")
    )
    most_in_a_row = number_field(_("Most meetings in a row"), hint=_("Empty: no limit."))
    request_hours = number_field(
        _("Hours until a request for a slot expires"),
        required=True,
        hint=_("Where participants book themselves."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, market: Marketplace, typed: Any = None) -> None:
        self.market = market
        zone = ZoneInfo(market.event.zone)
        known = {name: getattr(market, name) for name in self.base_fields}
        for name in MOMENTS:
            at = known[name]
            known[name] = f"{at.astimezone(zone):%Y-%m-%dT%H:%M}" if at else ""
        super().__init__(typed, initial=known)
        for name in MOMENTS:
            self.fields[name].widget = forms.TextInput({"type": "datetime-local"})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in MOMENTS:
            if name in given:
                given[name] = self._moment(name, given[name])
        return given

    def _moment(self, name: str, typed: str) -> datetime | None:
        if not typed:
            return None
        try:
            clock = datetime.fromisoformat(typed).replace(tzinfo=None)
            return moment(clock, self.market.event.zone)
        except ValueError:
            self.add_error(name, _("A day and an hour, such as 2027-01-14 18:00."))
        except Refused as no:
            self.add_error(name, str(no))
        return None

    @property
    def facts(self) -> Mapping[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    @property
    def revision_typed(self) -> int:
        return int(self.cleaned_data["revision"])


class SlotsForm(PlainForm):
    """A half-day of slots: day, from, to, minutes, pause."""

    day = forms.ChoiceField(label=_("Day"))
    starts = forms.TimeField(
        label=pgettext_lazy("a time", "From"), widget=forms.TimeInput({"type": "time"}, HOUR)
    )
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, HOUR))
    minutes = forms.IntegerField(label=_("Minutes each"), min_value=5, max_value=240, initial=25)
    pause = forms.IntegerField(label=_("Minutes between"), min_value=0, max_value=120, initial=0)
    onsite = forms.BooleanField(label=_("At tables"), required=False, initial=True)
    online = forms.BooleanField(label=_("Online"), required=False, initial=True)

    def __init__(self, event: Event, typed: Any = None) -> None:
        super().__init__(typed, prefix="slots")
        self.event = event
        days = [(one.day.isoformat(), day_in_words(one.day)) for one in event.days.all()]
        self.fields["day"].choices = days  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not {"day", "starts", "ends"} <= given.keys():
            return given
        for name in ("starts", "ends"):
            clock = datetime.combine(datetime.fromisoformat(given["day"]).date(), given[name])
            try:
                given[f"{name}_at"] = moment(clock, self.event.zone)
            except Refused as no:
                self.add_error(name, str(no))
        if not given.get("onsite") and not given.get("online"):
            self.add_error("onsite", _("At tables, online, or both."))
        return given


def places_of(event: Event) -> Any:
    return Place.objects.filter(pk__in=event.places.values("pk"))


class TablesForm(PlainForm):
    count = forms.IntegerField(label=_("Tables"), min_value=0, max_value=MOST_TABLES)
    place = RowField(Place.objects.none(), label=_("New ones stand in"), required=False)

    def __init__(self, market: Marketplace, typed: Any = None) -> None:
        super().__init__(typed, prefix="tables", initial={"count": market.tables.count()})
        self.fields["place"].queryset = places_of(market.event)  # type: ignore[attr-defined]


class TableForm(PlainForm):
    name = PlainField(label=_("Name"), max_length=80, required=False)
    place = RowField(Place.objects.none(), label=_("Place"), required=False)
    closed = RowsField(MeetingSlot.objects.none(), required=False)

    def __init__(self, table: MeetingTable, typed: Any = None) -> None:
        known = {
            "name": table.name,
            "place": table.place_id,
            "closed": [one.pk for one in table.closed.all()],
        }
        super().__init__(typed, initial=known)
        market = table.marketplace
        self.fields["place"].queryset = places_of(market.event)  # type: ignore[attr-defined]
        self.fields["closed"].queryset = market.slots.filter(removed_at=None)  # type: ignore[attr-defined]

    @property
    def away(self) -> set[str]:
        return {str(one) for one in self["closed"].value() or ()}


class PersonForm(PlainForm):
    registration = NamedRowField(Party.objects.none(), label=_("Who"))
    party = NamedRowField(
        Party.objects.none(),
        label=_("For"),
        required=False,
        empty_label=_("the organisation of their registration"),
    )

    def __init__(self, market: Marketplace, typed: Any = None) -> None:
        super().__init__(typed, prefix="person")
        people = self.fields["registration"]
        people.queryset = people_without_part(market)  # type: ignore[attr-defined]
        people.label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.name}, {one.organisation_name}".strip(", ")
        )
        self.fields["party"].queryset = parties_there(market)  # type: ignore[attr-defined]


class PartyDeskForm(PlainForm):
    is_newcomer = forms.BooleanField(label=_("Comes for the first time"), required=False)
    table = RowField(
        MeetingTable.objects.none(),
        label=_("Hosts all meetings at table"),
        required=False,
        empty_label=_("none of their own"),
    )

    def __init__(self, party: Party, typed: Any = None) -> None:
        known = {"is_newcomer": party.is_newcomer, "table": party.table_id}
        super().__init__(typed, prefix="party", initial=known)
        self.fields["table"].queryset = party.marketplace.tables.all()  # type: ignore[attr-defined]


def with_no_wish() -> list[tuple[str, Any]]:
    return [*Strength.choices, ("", _("nothing: take it back"))]


class WishDeskForm(PlainForm):
    """A wish on behalf of a party."""

    wished = NamedRowField(Party.objects.none(), label=_("Whom"))
    strength = forms.ChoiceField(
        label=_("How much"), choices=lazy(with_no_wish, list)(), required=False
    )
    says = PlainField(label=_("In a sentence"), max_length=300, required=False)

    def __init__(self, party: Party, typed: Any = None) -> None:
        super().__init__(typed, prefix="wish", initial={"strength": Strength.LIKE})
        others = parties_there(party.marketplace).exclude(pk=party.pk)
        self.fields["wished"].queryset = others  # type: ignore[attr-defined]


class PairForm(PlainForm):
    one = NamedRowField(Party.objects.none(), label=_("Party"))
    other = NamedRowField(Party.objects.none(), label=_("and party"))
    ruling = forms.ChoiceField(label=_("They"), choices=Ruling.choices)
    why = PlainField(label=_("Why"), max_length=300, required=False)

    def __init__(self, market: Marketplace, typed: Any = None) -> None:
        super().__init__(typed)
        for name in ("one", "other"):
            self.fields[name].queryset = parties_there(market)  # type: ignore[attr-defined]


class WishListForm(PlainForm):
    file = forms.FileField(
        label=_("A list as CSV or XLSX"),
        help_text=_(
            "Its first line names the columns: wisher, wished, strength, sentence. A party is "
            "named by its name or by the e-mail address of somebody who comes for it; strength is "
            "must, like, accept or no, and like where it is empty."
        ),
    )


def signed(rows: list[Row]) -> str:
    """Rows of a preview on their way through the browser: nobody adds one."""
    packed = [[one.number, one.wisher, one.wished, str(one.strength), one.sentence] for one in rows]
    return dumps(packed, salt=SALT, compress=True)


def unsigned(text: str) -> list[Row] | None:
    """The rows of a preview; None where it is older than a day or was changed on the way."""
    try:
        packed = loads(text, salt=SALT, max_age=24 * 3600)
    except BadSignature:
        return None
    return [
        Row(number, wisher, wished, Strength(strength), sentence)
        for number, wisher, wished, strength, sentence in packed
    ]
