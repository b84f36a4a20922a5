"""What a participant types about their part in the meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from hanse.directory.forms.in_touch import PlainField, text_field
from hanse.events.forms.numbers import RowsField
from hanse.kit.numbers import weekday
from hanse.meetings.models import Marketplace, MeetingSlot, Party, Representative
from hanse.meetings.queries.market import Wanted
from hanse.meetings.words import Strength

MOST_MEETINGS = 100


class PartyForm(forms.Form):
    about = text_field(_("Who you are"), 4, 1000, required=False)
    offers = text_field(_("What you offer, a line each"), 4, 1000, required=False)
    seeks = text_field(_("What you look for, a line each"), 4, 1000, required=False)

    use_required_attribute = False

    def __init__(self, party: Party, typed: Any = None) -> None:
        known = {name: getattr(party, name) for name in ("about", "offers", "seeks")}
        super().__init__(typed, initial=known, prefix="party")


class PartForm(forms.Form):
    """One is free for the whole event, except …"""

    away = RowsField(MeetingSlot.objects.none(), required=False)
    is_online = forms.BooleanField(label=_("I take part online, not at a table"), required=False)
    most_meetings = forms.IntegerField(
        label=_("Most meetings in a half-day"),
        help_text=_("Empty: as many as there are slots."),
        min_value=1,
        max_value=MOST_MEETINGS,
        required=False,
    )

    use_required_attribute = False

    def __init__(self, one: Representative, market: Marketplace, typed: Any = None) -> None:
        self.one, self.market = one, market
        known = {
            "is_online": one.is_online,
            "most_meetings": one.most_meetings,
            "away": [slot.pk for slot in one.away.all()],
        }
        super().__init__(typed, initial=known, prefix="part")
        self.slots = [slot for slot in market.slots.all() if not slot.removed_at]
        self.fields["away"].queryset = market.slots.filter(removed_at=None)  # type: ignore[attr-defined]

    @property
    def half_days(self) -> Iterable[tuple[str, list[tuple[MeetingSlot, str, bool]]]]:
        """Slots by half-day on the clock of the place: when, and whether they cannot."""
        zone = ZoneInfo(self.market.event.zone)
        gone = {str(one) for one in self["away"].value() or ()}
        rows = []
        for (_session, day), slots in groupby(
            self.slots, lambda one: (one.session, one.starts_at.astimezone(zone).date())
        ):
            boxes = [
                (
                    slot,
                    f"{_hour(slot.starts_at, zone)} – {_hour(slot.ends_at, zone)}",
                    str(slot.pk) in gone,
                )
                for slot in slots
            ]
            rows.append((f"{weekday(day)}, {boxes[0][1][:5]}", boxes))
        return rows


def _hour(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


class WishForm(forms.Form):
    """A press: how much, in a sentence, and back to where one was."""

    strength = forms.ChoiceField(choices=[*Strength.choices, ("back", "")])
    says = PlainField(max_length=300, required=False)


def wanted_by(typed: Mapping[str, str]) -> Wanted:
    """What the address asks for; what is too long or has signs that no text holds is cut."""

    def text(name: str, most: int) -> str:
        said = "".join(sign if sign.isprintable() else " " for sign in typed.get(name, ""))
        return " ".join(said.split())[:most]

    said = text("said", 10)
    known = {*Strength.values, "nothing"}
    return Wanted(
        text("q", 100),
        text("country", 2),
        text("kind", 20),
        text("sector", 10),
        said if said in known else "",
    )
