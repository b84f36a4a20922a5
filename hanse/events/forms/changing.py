"""Change a registration, end it, take a letter for a visa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hanse.directory.forms.in_touch import PlainField, text_field
from hanse.events.forms.numbers import FARTHEST_NUMBER
from hanse.events.forms.registration import RegistrationForm
from hanse.events.models import Registration, TicketKind
from hanse.events.words import LIVE
from hanse.kit.said import said


class ChangeForm(RegistrationForm):
    """The same for a registration that stands; its revision tells whether it was changed since."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=FARTHEST_NUMBER)

    def __init__(self, registration: Registration, typed: QueryDict | None = None) -> None:
        super().__init__(
            registration.event, registration.kind, typed, initial=as_typed(registration)
        )
        kinds = [one for one in registration.event.kinds.all() if not one.needs_approval]
        if len(kinds) > 1 or (kinds and kinds[0] != registration.kind):
            known = {one.pk: one for one in [registration.kind, *kinds]}
            self.fields["kind"] = forms.TypedChoiceField(
                label=_("Kind of participant"),
                choices=[(pk, said(one.name) or one.code) for pk, one in known.items()],
                coerce=known_by(known),
                initial=registration.kind_id,
            )

    @property
    def kind_choice(self) -> list[BoundField]:
        return [self["kind"]] if "kind" in self.fields else []

    def renewed(self, revision: int) -> None:
        """After somebody else's change: what was typed stays, and is sent against the newer one."""
        typed: Any = self.data
        self.data = typed.copy()
        self.data["revision"] = str(revision)  # type: ignore[index]


def known_by(known: Mapping[int, TicketKind]) -> Any:
    return lambda typed: known[int(typed)]


def as_typed(registration: Registration) -> dict[str, Any]:
    """A registration as its form shows it again."""
    need = getattr(registration, "need", None)
    answers = {**registration.answers, **(need.answers if need else {})}
    agreed = {
        f"c-{line.text_id}": line.agreed for line in registration.agreements.order_by("at", "pk")
    }
    chosen = registration.bookings.filter(state__in=LIVE).values_list("session_id", flat=True)
    return {
        "name": registration.name,
        "position": registration.position,
        "organisation_name": registration.organisation_name,
        "country": registration.country,
        "language": registration.language,
        "revision": registration.revision,
        "sessions": list(chosen),
        **{f"q-{code}": value for code, value in answers.items()},
        **agreed,
    }


class EndingForm(forms.Form):
    """Cancel, or refuse, with a sentence."""

    says = text_field(_("In a sentence"), 2, 300, required=False)


class VisaForm(forms.Form):
    """Printed into the letter and kept nowhere."""

    passport_name = PlainField(label=_("Name as the passport writes it"), max_length=150)
    passport_number = PlainField(label=_("Number of the passport"), max_length=40)
    nationality = PlainField(label=_("Nationality"), max_length=80, required=False)
