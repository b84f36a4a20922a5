"""The form of a registration, built from the questions of an event in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanse.directory.forms.in_touch import PlainField, SlipForm, text_field
from hanse.directory.models import Organisation
from hanse.directory.queries.naming import organisation_named
from hanse.directory.queries.vocabularies import choices
from hanse.directory.words import State
from hanse.events.actions.registration import Filled, Guest
from hanse.events.actions.registration.filling import wrong_answers
from hanse.events.models import ConsentText, Event, Question, Registration, TicketKind
from hanse.events.queries.questions import (
    as_asked,
    condition_in_words,
    consent_texts,
    questions_for,
)
from hanse.events.queries.seats import seats_of_sessions, sessions_to_choose
from hanse.events.rules.answers import asked_of
from hanse.events.words import LIVE, QuestionKind
from hanse.kit.said import said

FEW = 7
NO_COUNTRY = ("", _("not said"))


def country_choices() -> list[tuple[str, Any]]:
    return [NO_COUNTRY, *choices("country")]


def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


def own_language() -> str:
    known = dict(settings.LANGUAGES)
    mine = (get_language() or "en").split("-")[0]
    return mine if mine in known else "en"


@dataclass(frozen=True)
class Shown:
    """A question as the page shows it; on what it hangs, for the script that hides it."""

    bound: BoundField
    hangs_on: str = ""
    wanted: str = ""


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


def name_of(question: Question) -> str:
    return f"q-{question.code}"


def session_line(one: Any) -> str:
    at = f"{one.session.starts_there:%Y-%m-%d %H:%M}–{one.session.ends_there:%H:%M}"
    free = f" ({one.says})" if one.says else ""
    return f"{at} {said(one.session.title)}{free}"


class WholeNumber(forms.FloatField):
    """A number; a whole one is kept as such."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return int(number) if number is not None and number == int(number) else number


def field_of(question: Question, only_if: str) -> forms.Field:
    """The field that takes the answer. Lengths are told by the rules, so nothing is cut off."""
    hint = " ".join(part for part in (only_if, said(question.hint)) if part)
    facts: dict[str, Any] = {
        "label": said(question.label) or question.code,
        "help_text": hint,
        "required": question.is_required,
    }
    options = [(one["code"], said(one.get("label")) or one["code"]) for one in question.options]
    field = _made(question, options, facts)
    if only_if:
        field.widget.use_required_attribute = lambda initial: False  # type: ignore[method-assign]
    return field


def _made(question: Question, options: list[tuple[str, str]], facts: dict[str, Any]) -> forms.Field:
    if question.kind == QuestionKind.LONG:
        label = facts.pop("label")
        return PlainField(label=label, widget=forms.Textarea(attrs={"rows": 4}), **facts)
    if question.kind == QuestionKind.NUMBER:
        return WholeNumber(**facts)
    if question.kind == QuestionKind.YES:
        return forms.BooleanField(**facts)
    if question.kind == QuestionKind.CHOICES:
        return forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple, **facts
        )
    if question.kind == QuestionKind.CHOICE:
        if len(options) < FEW:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **facts)
        return forms.ChoiceField(choices=[("", "–"), *options], **facts)
    return PlainField(**facts)


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


class ChangeForm(RegistrationForm):
    """The same for a registration that stands; its revision tells whether it was changed since."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

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
