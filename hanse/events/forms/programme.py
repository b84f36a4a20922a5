"""What organisers type into a programme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanse.directory.forms.in_touch import PlainField
from hanse.directory.models.notices import clock
from hanse.directory.queries.vocabularies import choices
from hanse.directory.rules.notices import moment
from hanse.events.forms.numbers import FARTHEST_NUMBER, MOST_SEATS
from hanse.events.forms.tongues import Tongue, TongueForm, typed_texts
from hanse.events.models import Event, Pool, Speaker
from hanse.events.queries.programme import rooms_of
from hanse.events.rules.programme import Item
from hanse.events.words import Mode, Role, SessionKind, Visibility
from hanse.kit.numbers import weekday
from hanse.kit.refusals import Refused

SPEAKERS = 6


class ItemForm(TongueForm):
    """An item of a programme. `key` and `revision` say which, and how it was when it was opened."""

    tongues = (
        Tongue("title", _("Title"), is_required=True),
        Tongue("text", _("What it is about"), most=6000, rows=4),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=FARTHEST_NUMBER)
    day = forms.ChoiceField(label=_("Day"))
    starts = forms.TimeField(
        label=pgettext_lazy("a time", "From"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    room = forms.ChoiceField(label=_("Room"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind.choices)
    visibility = forms.ChoiceField(label=_("Seen by"), choices=Visibility.choices)
    mode = forms.ChoiceField(label=_("Where"), choices=Mode.choices)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.SelectMultiple({"size": 4})
    )
    stream_url = forms.URLField(
        label=_("Stream"), required=False, max_length=500, assume_scheme="https"
    )
    hashtag = PlainField(label=_("Hashtag"), required=False, max_length=60)
    needs_booking = forms.BooleanField(label=_("Is chosen when registering"), required=False)
    seats = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        help_text=_("For a session that is chosen; empty: as many as come."),
    )

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            (one.day.isoformat(), weekday(one.day)) for one in event.days.all()
        ]
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            ("", _("no room")),
            *((str(room.pk), f"{room.name}, {room.place.name}") for room in rooms_of(event)),
        ]
        self.fields["languages"].choices = choices("language")  # type: ignore[attr-defined]
        people = [("", "–"), *((str(one.pk), str(one)) for one in event.speakers.all())]
        for number in range(SPEAKERS):
            self.fields[f"speaker_{number}"] = forms.ChoiceField(
                label=_("Who"), choices=people, required=False
            )
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=_("Role"), choices=Role.choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("starts", "ends"):
            if given.get("day") and given.get(name) is not None:
                given[f"{name}_at"] = self._moment(name, given["day"], given[name])
        return given

    def _moment(self, name: str, day: str, hour: time) -> datetime | None:
        """What the clock of the place shows, as a moment; an hour that is left out is refused."""
        on = parse_date(day) or date.min
        try:
            return moment(datetime.combine(on, hour), self.event.zone)
        except Refused as no:
            self.add_error(name, str(no))
            return None

    @property
    def item(self) -> Item:
        """The item that was typed."""
        given = self.cleaned_data
        return Item(
            key=str(given["key"]),
            starts=given["starts_at"],
            ends=given["ends_at"],
            room=int(given["room"]) if given["room"] else None,
            title=self.said("title"),
            text=self.said("text"),
            languages=tuple(given["languages"]),
            parts=self._parts(),
            **{
                name: given[name]
                for name in (
                    "kind", "visibility", "mode", "stream_url", "hashtag", "needs_booking",
                )
            },
        )  # fmt: skip

    def _parts(self) -> tuple[tuple[int, str], ...]:
        given = self.cleaned_data
        typed = [
            (int(given[f"speaker_{number}"]), given[f"role_{number}"] or Role.SPEAKER.value)
            for number in range(SPEAKERS)
            if given.get(f"speaker_{number}")
        ]
        return tuple(dict.fromkeys(typed))

    def part_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"speaker_{number}"], self[f"role_{number}"]) for number in range(SPEAKERS)]

    def words(self) -> list[forms.BoundField]:
        return [one for one in self.main_fields() if one.name in ("title_en", "text_en")]


def typed_of_item(event: Event, item: Item, revision: int) -> dict[str, Any]:
    """An item as the initial values of its form."""
    starts, ends = clock(item.starts, event.zone), clock(item.ends, event.zone)
    pool = Pool.objects.filter(session__key=item.key).first()
    return {
        **typed_texts("title", item.title),
        **typed_texts("text", item.text),
        "key": item.key,
        "revision": revision,
        "day": starts.date().isoformat(),
        "starts": starts.time(),
        "ends": ends.time(),
        "room": str(item.room or ""),
        "languages": list(item.languages),
        "seats": pool.capacity if pool else None,
        **{
            name: getattr(item, name)
            for name in ("kind", "visibility", "mode", "stream_url", "hashtag", "needs_booking")
        },
        **{f"speaker_{number}": str(who) for number, (who, _role) in enumerate(item.parts)},
        **{f"role_{number}": role for number, (_who, role) in enumerate(item.parts)},
    }


def typed_of_new(event: Event, day: date | None) -> dict[str, Any]:
    """A new item begins where the day begins."""
    days = list(event.days.all())
    chosen = next((one for one in days if one.day == day), days[0] if days else None)
    return {
        "key": uuid4(),
        "revision": 0,
        "day": chosen.day.isoformat() if chosen else "",
        "starts": chosen.opens if chosen else None,
        "kind": SessionKind.SESSION,
        "visibility": Visibility.PUBLIC,
        "mode": event.mode,
    }


class PaperForm(forms.Form):
    use_required_attribute = False
    title = PlainField(label=_("Title"), max_length=200)
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, PNG, JPEG, XLSX or CSV, at most 10 MB.")
    )
    visibility = forms.ChoiceField(label=_("Seen by"), choices=Visibility.choices)


class PublishForm(forms.Form):
    note = PlainField(label=_("What changed, in a sentence"), required=False, max_length=300)
    use_required_attribute = False


class SpeakerForm(TongueForm):
    tongues: Sequence[Tongue] = (Tongue("about", _("About them"), most=2000, rows=3),)
    name = PlainField(label=_("Name"), max_length=150)
    says = PlainField(label=_("Position and organisation"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Whoever logs in with it finds their sessions in their agenda."),
    )
    is_reimbursed = forms.BooleanField(label=_("Travel is reimbursed"), required=False)

    @staticmethod
    def typed_of(speaker: Speaker) -> dict[str, Any]:
        return {
            "name": speaker.name,
            "says": speaker.says,
            "email": speaker.email,
            "is_reimbursed": speaker.is_reimbursed,
            **typed_texts("about", speaker.about),
        }
