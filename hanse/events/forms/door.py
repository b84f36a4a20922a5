"""What is typed at the door: a code or a name, a person without a registration."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from hanse.directory.forms.in_touch import PlainField, SlipForm
from hanse.directory.forms.notices import countries_or_none
from hanse.events.actions.door import Shown, WalkIn
from hanse.events.models import Event, Session, TicketKind
from hanse.events.queries.door import sessions_with_a_door
from hanse.events.rules.door import Said
from hanse.kit.said import said

MOST_SCANS = 200
AT_THE_DOOR = 0


class SessionChoice(forms.ModelChoiceField):
    def label_from_instance(self, session: Any) -> str:
        return f"{session.starts_there:%d.%m. %H:%M} {session}"


class KindChoice(forms.ModelChoiceField):
    def label_from_instance(self, kind: Any) -> str:
        return said(kind.name) or kind.code


class FindForm(forms.Form):
    """A code or a name, and where the door is."""

    session = SessionChoice(
        Session.objects.none(), label=_("You stand at"), required=False, empty_label=""
    )
    code = PlainField(label=_("Code or name"), max_length=200)

    def __init__(self, event: Event, typed: QueryDict | None = None, **more: Any) -> None:
        super().__init__(typed, **more)
        choice: Any = self.fields["session"]
        choice.queryset = sessions_with_a_door(event)
        choice.empty_label = _("the door of the event")
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "off"}


class WalkInForm(SlipForm):
    name = PlainField(label=_("Name"), max_length=150)
    organisation = PlainField(label=_("Organisation"), required=False, max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("For feedback, and so that nobody is registered twice."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False, choices=countries_or_none)
    kind = KindChoice(TicketKind.objects.none(), label=_("Comes as"), empty_label=None)

    def __init__(self, event: Event, typed: Any = None, **more: Any) -> None:
        super().__init__(typed, **more)
        choice: Any = self.fields["kind"]
        # Nobody walks into an online seat.
        choice.queryset = event.kinds.filter(is_online=False)

    def said(self) -> WalkIn:
        given = self.cleaned_data
        return WalkIn(
            given["name"], given["kind"], given["email"], given["organisation"], given["country"]
        )


def read_from_device(body: bytes) -> Any:
    """JSON that can be kept: without numbers and signs that no record holds."""
    try:
        told = json.loads(body, parse_constant=_no_number)
        # Half of a sign cannot be written down; it raises here.
        json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as wrong:
        raise ValidationError(_("That is no list of scans.")) from wrong
    return told


def _no_number(name: str) -> None:
    raise ValueError(name)


def scans_of(event: Event, told: Any) -> list[tuple[str, Any]]:
    """What a device sends: ("scan", Shown) or ("walk_in", what was typed), in the order in which
    it happened."""
    sent = told.get("changes") if isinstance(told, dict) else None
    if not isinstance(sent, list) or len(sent) > MOST_SCANS:
        raise ValidationError(_("That is no list of scans."))
    sessions = {one.pk: one for one in event.sessions.all()}
    device = str(told.get("device", "")).replace("\0", "")[:60]
    changes = [_change(one, sessions, device) for one in sent]
    return [(what, said) for _at, what, said in sorted(changes, key=lambda one: one[0])]


def _change(one: Any, sessions: dict[int, Session], device: str) -> tuple[datetime, str, Any]:
    try:
        slip, at = UUID(str(one["slip"])), _moment(str(one["at"]))
        serial = UUID(str(one["serial"])) if one.get("serial") else None
        place = int(one.get("session") or AT_THE_DOOR)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as wrong:
        raise ValidationError(_("That is no list of scans.")) from wrong
    if place and place not in sessions:
        raise ValidationError(_("That is no list of scans."))
    if isinstance(one.get("walk_in"), dict):
        typed = {key: str(value)[:254] for key, value in one["walk_in"].items()}
        return at, "walk_in", {"typed": typed | {"slip": str(slip)}, "at": at, "device": device}
    shown = Shown(
        slip=slip,
        code=str(one.get("code", ""))[:300],
        serial=serial,
        session=sessions.get(place),
        at=at,
        device=device,
        was_offline=bool(one.get("was_offline")),
        let_in=bool(one.get("let_in")),
        said=_said_there(one.get("verdict")),
    )
    return at, "scan", shown


def _moment(written: str) -> datetime:
    at = parse_datetime(written)
    if at is None or not is_aware(at):
        raise ValueError(written)
    return at.astimezone(UTC)


def _said_there(code: Any) -> Said:
    """What the device answered on its own; of what this door does not know, nothing."""
    return Said(code) if isinstance(code, str) and code in set(Said) else Said.UNKNOWN
