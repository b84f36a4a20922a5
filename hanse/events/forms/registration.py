"""The form of a registration, built from the questions of an event in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanse.directory.forms.in_touch import PlainField, SlipForm
from hanse.directory.models import Organisation
from hanse.directory.queries.naming import organisation_named
from hanse.directory.queries.vocabularies import choices
from hanse.directory.words import State
from hanse.events.actions.registration import Filled, Guest
from hanse.events.actions.registration.filling import wrong_answers
from hanse.events.forms.questions import Shown, field_of, name_of, session_line
from hanse.events.models import ConsentText, Event, Question, TicketKind
from hanse.events.queries.questions import (
    as_asked,
    condition_in_words,
    consent_texts,
    questions_for,
)
from hanse.events.queries.seats import seats_of_sessions, sessions_to_choose
from hanse.events.rules.answers import asked_of
from hanse.kit.said import said

NO_COUNTRY = ("", _("not said"))


def country_choices() -> list[tuple[str, Any]]:
    return [NO_COUNTRY, *choices("country")]


def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


def own_language() -> str:
    known = dict(settings.LANGUAGES)
    mine = (get_language() or "en").split("-")[0]
    return mine if mine in known else "en"


class RegistrationForm(SlipForm):
    """Who comes, what they answer, what they agree to, which sessions they choose."""

    name = PlainField(label=_("Name"), max_length=150)
    position = PlainField(label=_("Position"), max_length=150, required=False)
    organisation_name = PlainField(label=_("Organisation"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    language = forms.ChoiceField(
        label=_("Letters are written in"), choices=languages, initial=own_language
    )

    def __init__(
        self, event: Event, kind: TicketKind, typed: QueryDict | None = None, **more: Any
    ) -> None:
        super().__init__(typed, **more)
        self.event, self.kind = event, kind
        self.questions = questions_for(event, kind.code)
        self.texts: Sequence[ConsentText] = list(consent_texts(event))
        for question in self.questions:
            self.fields[name_of(question)] = field_of(question, self._only_if(question))
        for text in self.texts:
            self.fields[f"c-{text.pk}"] = forms.BooleanField(
                label=said(text.text), required=text.is_required
            )
        self._add_sessions()
        if self.is_bound:
            self._do_not_insist()

    def _only_if(self, question: Question) -> str:
        return condition_in_words(question, {one.code: one for one in self.questions})

    def _add_sessions(self) -> None:
        sessions = sessions_to_choose(self.event, online=self.kind.is_online)
        if sessions:
            self.fields["sessions"] = forms.TypedMultipleChoiceField(
                label=_("Sessions with seats of their own"),
                choices=[
                    (one.session.pk, session_line(one))
                    for one in seats_of_sessions(self.event, sessions)
                ],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("A full one may be chosen: you then stand on its waiting list."),
            )

    def _do_not_insist(self) -> None:
        """What hangs on another answer is demanded only where that answer was given."""
        asked = asked_of([as_asked(one) for one in self.questions], self._typed_answers())
        codes = {one.code for one in asked}
        self.not_asked = [name_of(one) for one in self.questions if one.code not in codes]
        for name in self.not_asked:
            self.fields[name].required = False

    def _typed_answers(self) -> dict[str, Any]:
        """Answers as they were typed, before they are looked at."""
        found: dict[str, Any] = {}
        for one in self.questions:
            widget = self.fields[name_of(one)].widget
            found[one.code] = widget.value_from_datadict(
                self.data, self.files, self.add_prefix(name_of(one))
            )
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in self.not_asked:
            self.errors.pop(name, None)
        for code, reason in wrong_answers(self.event, self.kind, self.filled()).items():
            place = f"q-{code}" if code else None
            if place is None or place not in self.errors:
                self.add_error(place, str(reason))
        return given

    def filled(self) -> Filled:
        given = self.cleaned_data
        answers = {one.code: given.get(name_of(one)) for one in self.questions}
        apart = {one.code for one in self.questions if one.about_needs}
        return Filled(
            answers={code: value for code, value in answers.items() if code not in apart},
            needs={code: value for code, value in answers.items() if code in apart},
            agreed={text.pk: bool(given.get(f"c-{text.pk}")) for text in self.texts},
            sessions=given.get("sessions") or (),
        )

    def guest(self, email: str, person: Any) -> Guest:
        given = self.cleaned_data
        typed = given["organisation_name"]
        among = Organisation.objects.filter(state=State.PUBLISHED)
        return Guest(
            name=given["name"],
            email=email,
            person=person,
            position=given["position"],
            organisation=organisation_named(typed, among) if typed else None,
            organisation_name=typed,
            country=given["country"],
            language=given["language"],
        )

    # As the page shows it ---------------------------------------------------------------------

    @property
    def about_them(self) -> list[BoundField]:
        return [self[name] for name in ("name", "position", "organisation_name", "country")]

    @property
    def plain_questions(self) -> list[Shown]:
        return [self._shown(one) for one in self.questions if not one.about_needs]

    @property
    def needs_questions(self) -> list[Shown]:
        return [self._shown(one) for one in self.questions if one.about_needs]

    def _shown(self, question: Question) -> Shown:
        condition = question.condition or {}
        bound = self[name_of(question)]
        if not condition.get("question"):
            return Shown(bound)
        wanted = condition.get("is")
        told = ("on" if wanted else "") if isinstance(wanted, bool) else str(wanted)
        return Shown(bound, f"q-{condition['question']}", told)

    @property
    def consents(self) -> list[BoundField]:
        return [self[f"c-{text.pk}"] for text in self.texts]


class TeamForm(RegistrationForm):
    """The same with rows for colleagues, who come together or not at all."""

    def __init__(self, event: Event, *args: Any, **more: Any) -> None:
        super().__init__(event, *args, **more)
        self.places = range(1, max(0, event.most_in_team - 1) + 1) if event.teams else range(0)
        if self.places:
            self.fields["team_name"] = PlainField(
                label=_("Name of the team"), max_length=160, required=False
            )
        for place in self.places:
            self.fields[f"m{place}-name"] = PlainField(
                label=_("Name"), max_length=150, required=False
            )
            self.fields[f"m{place}-email"] = forms.CharField(
                label=_("E-mail address"), max_length=254, required=False,
                widget=forms.EmailInput,
            )  # fmt: skip
            self.fields[f"m{place}-position"] = PlainField(
                label=_("Position"), max_length=150, required=False
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for place in self.places:
            name, email = given.get(f"m{place}-name"), given.get(f"m{place}-email")
            if email:
                self._must_be_an_address(f"m{place}-email", email)
            if bool(name) != bool(email):
                missing = f"m{place}-email" if name else f"m{place}-name"
                self.add_error(missing, _("A colleague needs both, a name and an address."))
        return given

    def _must_be_an_address(self, field: str, typed: str) -> None:
        try:
            validate_email(typed)
        except forms.ValidationError as wrong:
            self.add_error(field, wrong)

    @property
    def rows(self) -> list[list[BoundField]]:
        return [
            [self[f"m{place}-{name}"] for name in ("name", "email", "position")]
            for place in self.places
        ]

    @property
    def has_colleagues(self) -> bool:
        return self.is_bound and any(self.data.get(f"m{place}-email") for place in self.places)

    def colleagues(self, leader: Guest) -> list[Guest]:
        """Of the same organisation, country and language as whoever brings them."""
        given = self.cleaned_data
        return [
            Guest(
                name=given[f"m{place}-name"],
                email=given[f"m{place}-email"].lower(),
                position=given[f"m{place}-position"],
                organisation=leader.organisation,
                organisation_name=leader.organisation_name,
                country=leader.country,
                language=leader.language,
            )
            for place in self.places
            if given.get(f"m{place}-email")
        ]
