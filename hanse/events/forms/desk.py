"""What organisers type: filters, questions, kinds, consent texts, seats, windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hanse.directory.forms.in_touch import PlainField
from hanse.directory.forms.notices import ClockField
from hanse.directory.rules.notices import moment
from hanse.events.forms.numbers import MOST_SEATS
from hanse.events.forms.tongues import LANGUAGES, Tongue, TongueForm, typed_texts
from hanse.events.models import ConsentText, Event, Question, TicketKind
from hanse.events.queries.questions import answer_in_words
from hanse.events.queries.registrations import Wanted
from hanse.events.words import QuestionKind, RegistrationState
from hanse.kit.refusals import Refused
from hanse.kit.said import said


def wanted_by(query: Mapping[str, str], event: Event) -> Wanted:
    """What an address of the list of registrations asks for."""
    kinds = {one.code for one in event.kinds.all()}
    state, kind = query.get("state", ""), query.get("kind", "")
    return Wanted(
        text=" ".join(query.get("q", "").split())[:200],
        state=state if state in RegistrationState.values else "",
        kind=kind if kind in kinds else "",
        country=query.get("country", "")[:2].upper(),
    )


class CodedForm(TongueForm):
    """Something with a code of its own, that files and conditions name it by."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("How files name it. Empty: made from the English words."),
    )

    def code_or_made(self, words: Mapping[str, str]) -> str:
        given = self.cleaned_data.get("code")
        return given or slugify(words.get("en", ""))[:40].strip("-") or "x"


class QuestionForm(CodedForm):
    kind = forms.ChoiceField(label=_("Answered by"), choices=QuestionKind.choices)
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    about_needs = forms.BooleanField(
        label=_("About needs: accessibility, food"),
        required=False,
        help_text=_("Kept apart from the rest and deleted when the event is closed."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Asked of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: of everybody."),
    )
    condition_question = forms.ChoiceField(label=_("Asked only if"), required=False)
    condition_is = PlainField(
        label=_("is answered with"),
        required=False,
        max_length=100,
        help_text=_("One of its answers, as it is worded; “yes” or “no” where those are."),
    )
    tongues: Sequence[Tongue] = (
        Tongue("label", _("Question"), is_required=True),
        Tongue("hint", _("Hint")),
        Tongue(
            "options",
            _("Answers, one a line, in the same order in every language"),
            most=4000,
            rows=5,
            is_list=True,
        ),
    )

    def __init__(self, event: Event, question: Question | None, typed: Any = None) -> None:
        super().__init__(typed, initial=_question_typed(question))
        self.question = question
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(one.code, said(one.name) or one.code) for one in event.kinds.all()]
        others = event.questions.filter(is_retired=False).exclude(pk=question.pk if question else 0)
        condition: Any = self.fields["condition_question"]
        condition.choices = [
            ("", _("always asked")),
            *((one.code, said(one.label) or one.code) for one in others),
        ]
        self.others = {one.code: one for one in others}
        if question is not None and question.condition.get("question") in self.others:
            hangs_on = self.others[question.condition["question"]]
            self.initial["condition_is"] = answer_in_words(hangs_on, question.condition["is"])
        if question is not None:
            self.fields["code"].disabled = True
        self.order_fields(["label_en", "hint_en", "kind", "options_en", "is_required"])

    def as_question(self) -> dict[str, Any]:
        given = self.cleaned_data
        before = self.question
        label = self.said("label", before.label if before else None)
        return {
            "code": self.code_or_made(label),
            "kind": given["kind"],
            "label": label,
            "hint": self.said("hint", before.hint if before else None),
            "is_required": given["is_required"],
            "about_needs": given["about_needs"],
            "kinds": given["kinds"],
            "condition": self._condition(),
        }

    def lines(self) -> dict[str, list[str]]:
        """The answers to choose from, one a line, by language."""
        return {
            code: [line.strip() for line in lines if line.strip()]
            for code, lines in self.said("options").items()
        }

    def _condition(self) -> dict[str, Any]:
        given = self.cleaned_data
        code, typed = given["condition_question"], given["condition_is"]
        meant = answer_meant(self.others.get(code), typed)
        return {"question": code, "is": meant} if code or typed else {}


def answer_meant(question: Question | None, typed: str) -> str:
    """The code of an answer that was typed as it is worded in any language; else what was typed."""
    if question is None:
        return typed
    if question.kind == QuestionKind.YES:
        words = {str(gettext("yes")): "yes", str(gettext("no")): "no"}
        return words.get(typed.casefold(), typed)
    for one in question.options:
        if typed.casefold() in {text.casefold() for text in one.get("label", {}).values()}:
            return str(one["code"])
    return typed


def _question_typed(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {}
    condition = question.condition or {}
    return {
        "code": question.code,
        "kind": question.kind,
        "is_required": question.is_required,
        "about_needs": question.about_needs,
        "kinds": question.kinds,
        "condition_question": condition.get("question", ""),
        **typed_texts("label", question.label),
        **typed_texts("hint", question.hint),
        **_options_typed(question),
    }


def _options_typed(question: Question) -> dict[str, str]:
    """The answers to choose from, one a line, by language."""
    return {
        f"options_{code}": "\n".join(
            one.get("label", {}).get(code, "") for one in question.options
        ).strip()
        for code in LANGUAGES
    }


class KindForm(CodedForm):
    seats = forms.IntegerField(
        label=_("Seats of its own"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        help_text=_("Besides the event’s. Empty: as many as the event has."),
    )
    needs_approval = forms.BooleanField(label=_("The organisers approve each"), required=False)
    only_invited = forms.BooleanField(label=_("For invited people only"), required=False)
    is_online = forms.BooleanField(
        label=_("Online"),
        required=False,
        help_text=_("Takes no seat of the event, only its own."),
    )
    tongues: Sequence[Tongue] = (
        Tongue("name", _("Name"), is_required=True),
        Tongue("text", _("For whom"), most=500, rows=2),
    )
    flags = ("needs_approval", "only_invited", "is_online")

    def __init__(self, kind: TicketKind | None, seats: int | None, typed: Any = None) -> None:
        known: dict[str, Any] = {"seats": seats}
        if kind is not None:
            known |= {"code": kind.code, **{name: getattr(kind, name) for name in self.flags}}
            known |= typed_texts("name", kind.name) | typed_texts("text", kind.text)
        super().__init__(typed, initial=known)
        self.kind = kind
        if kind is not None:
            self.fields["code"].disabled = True
        self.order_fields(["name_en", "text_en", "seats"])

    def as_kind(self) -> dict[str, Any]:
        given = self.cleaned_data
        before = self.kind
        name = self.said("name", before.name if before else None)
        text = self.said("text", before.text if before else None)
        flags = {flag: given[flag] for flag in self.flags}
        return {
            "code": self.code_or_made(name), "name": name, "text": text, **flags
        }  # fmt: skip


class ConsentForm(CodedForm):
    is_required = forms.BooleanField(
        label=_("Must be agreed to"),
        required=False,
        help_text=_("Only where the event cannot take place without it."),
    )
    tongues: Sequence[Tongue] = (Tongue("text", _("Wording"), most=2000, rows=4, is_required=True),)

    def __init__(self, text: ConsentText | None, typed: Any = None) -> None:
        known: dict[str, Any] = {}
        if text is not None:
            known = {"code": text.code, "is_required": text.is_required}
            known |= typed_texts("text", text.text)
        super().__init__(typed, initial=known)
        if text is not None:
            self.fields["code"].disabled = True
        self.order_fields(["text_en", "is_required"])


class SeatsForm(forms.Form):
    seats = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=0,
        max_value=MOST_SEATS,
        help_text=_("Empty: as many as come."),
    )


class WindowForm(forms.Form):
    """On the clock of the event's place."""

    opens = ClockField(label=_("Registration opens"), required=False)
    closes = ClockField(label=_("Registration closes"), required=False)
    teams = forms.BooleanField(label=_("Teams may register together"), required=False)
    most_in_team = forms.IntegerField(label=_("Most people in a team"), min_value=2, max_value=20)
    held_until_hours = forms.IntegerField(
        label=_("Seats are kept for a waiting team until so many hours before it opens"),
        min_value=0,
        max_value=2000,
    )

    def __init__(self, event: Event, typed: Any = None) -> None:
        there = ZoneInfo(event.zone)
        clock = {
            "opens": event.registration_opens and event.registration_opens.astimezone(there),
            "closes": event.registration_closes and event.registration_closes.astimezone(there),
        }
        rest = {
            name: getattr(event, name) for name in ("teams", "most_in_team", "held_until_hours")
        }
        known = {name: at.replace(tzinfo=None) if at else None for name, at in clock.items()}
        super().__init__(typed, initial={**known, **rest})
        self.event = event
        for name in ("opens", "closes"):
            self.fields[name].help_text = event.zone

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("opens", "closes"):
            if typed := given.get(name):
                try:
                    given[name] = moment(typed, self.event.zone)
                except Refused as no:
                    self.add_error(name, str(no))
        return given
