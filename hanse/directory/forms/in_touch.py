"""What is typed to get in touch: requests, comments, interest, messages, introductions."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanse.directory.access import spoken_for_by
from hanse.directory.actions.messages import Written
from hanse.directory.actions.requests import Asked
from hanse.directory.forms.profile import code_meant
from hanse.directory.models import Organisation, PartnerRequest
from hanse.directory.queries.naming import organisation_named
from hanse.directory.queries.requests import CLOSED, OPEN, Wanted
from hanse.directory.queries.vocabularies import choices, known, word_of
from hanse.directory.rules.messages import LONGEST, MOST_FILES
from hanse.directory.rules.requests import STANDS_FOR
from hanse.directory.words import (
    FIELDS,
    LANGUAGES,
    REFUSALS,
    REFUSALS_IN_TOUCH,
    InterestAnswer,
    Level,
    Outcome,
    State,
)
from hanse.kit.fields import DayInput, PlainField

PARTED = re.compile(r"\s*[\n\r,;]+\s*")
MOST_COUNTRIES = 60


def text_field(label: Any, rows: int, most: int, **more: Any) -> PlainField:
    return PlainField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class WebField(forms.URLField):
    """The address of a page: http or https, nothing that a browser would run."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **more: Any) -> None:
        super().__init__(assume_scheme="https", max_length=500, **more)


class CountriesField(forms.CharField):
    """Countries parted by commas, as codes or as words in the reader's language."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(word_of("country", code) for code in value)
        return value

    def clean(self, value: Any) -> list[str]:
        typed = [part for part in PARTED.split(super().clean(value)) if part]
        codes = [code_meant(FIELDS["target_country"], part) for part in typed]
        codes = [code.upper() if code.upper() in known()["country"] else code for code in codes]
        wrong = [code for code in codes if code not in known()["country"]]
        if wrong:
            facts = {"field": self.label, "typed": wrong[0][:40]}
            raise ValidationError(str(REFUSALS["unknown_code"]) % facts)
        if len(codes) > MOST_COUNTRIES:
            many = {"field": self.label, "most": MOST_COUNTRIES}
            raise ValidationError(str(REFUSALS["too_many"]) % many)
        return list(dict.fromkeys(codes))


class SlipField(forms.UUIDField):
    """A number that nobody sees; one that cannot be read is as good as none."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class SlipForm(forms.Form):
    """A form with a number of its own: sent twice, it writes once."""

    slip = SlipField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)


class NamedForm(SlipForm):
    """Written in the name of one of the organisations that a person speaks for."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In the name of"), empty_label=None
    )

    def __init__(
        self, person: Any, typed: QueryDict | None = None, *, slug: str = "", **more: Any
    ) -> None:
        """With the `slug` of one of the person's organisations that one is chosen."""
        super().__init__(typed, **more)
        own = list(spoken_for_by(person))
        choice: Any = self.fields["organisation"]
        choice.queryset = spoken_for_by(person)
        if len(own) == 1:
            choice.widget = forms.HiddenInput()
        chosen = next((one.pk for one in own if one.slug == slug), own[0].pk if own else None)
        self.initial.setdefault("organisation", chosen)

    @property
    def given(self) -> Mapping[str, Any]:
        return self.cleaned_data


def languages() -> list[tuple[str, str]]:
    return [(code, word_of("language", code)) for code in LANGUAGES]


def own_language() -> str:
    return (get_language() or "en")[:2]


class RequestForm(NamedForm):
    """What, for what, where, by when, for which call, for whom to read, in which language."""

    what = PlainField(
        label=_("What do you look for?"),
        max_length=200,
        help_text=_("A partner, a technology, a pilot site, in a few words."),
    )
    for_what = PlainField(label=_("For what?"), max_length=300)
    text = text_field(_("In more words"), 5, 4000, required=False)
    countries = CountriesField(
        label=_("Where?"),
        required=False,
        max_length=1000,
        help_text=_("Countries, parted by commas. Empty: anywhere."),
    )
    by_day = forms.DateField(label=_("By when?"), required=False, widget=DayInput())
    call = PlainField(label=_("For which call?"), required=False, max_length=200)
    call_url = WebField(label=_("Address of the call"), required=False)
    level = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=Level.choices,
        widget=forms.RadioSelect,
        initial=Level.PUBLIC,
    )
    language = forms.ChoiceField(label=_("Written in"), choices=languages, initial=own_language)
    stands_days = forms.TypedChoiceField(
        label=_("It stands for"),
        coerce=int,
        choices=[(days, _("%(days)s days") % {"days": days}) for days in (30, 60, 90, 180)],
        initial=STANDS_FOR.days,
        help_text=_("A week before it ends you get a letter; one click lets it go on."),
    )

    def asked(self) -> Asked:
        said = {key: self.given[key] for key in Asked.__dataclass_fields__}
        return Asked(**{**said, "level": Level(said["level"])})


def as_typed(request: PartnerRequest) -> dict[str, Any]:
    """A request as its form shows it again."""
    left = max(request.expires_at - timezone.now(), timedelta())
    return {
        "organisation": request.organisation_id,
        **{
            name: getattr(request, name)
            for name in ("what", "for_what", "text", "call", "call_url", "level", "language")
        },
        "countries": request.where,
        "by_day": request.by_day,
        "stands_days": next((days for days in (30, 60, 90, 180) if days >= left.days), 180),
    }


class CommentForm(NamedForm):
    text = text_field(_("Say something to it"), 3, 2000)


class InterestForm(NamedForm):
    says = PlainField(
        label=_("One sentence: what you bring"),
        max_length=300,
        help_text=_("Only the asking side reads it."),
    )


class InterestAnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=InterestAnswer.choices)
    text = text_field(_("Your first words"), 2, LONGEST, required=False)


class ClosingForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    says = PlainField(
        label=_("In a sentence"),
        required=False,
        max_length=300,
        help_text=_("Whoever could read the request reads it."),
    )


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        several = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in several if one]


class MessageForm(SlipForm):
    text = text_field(_("Your message"), 6, LONGEST)
    attachments = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("PDF, PNG, JPEG, XLSX, CSV; ten megabytes each, at most %(most)s.")
        % {"most": MOST_FILES},
    )

    def written(self) -> Written:
        given = self.cleaned_data
        return Written(given["text"], given["attachments"], given["slip"])


class AnswerForm(MessageForm):
    """Write on; where a person speaks for both sides they say for which."""

    def __init__(self, sides: Sequence[Organisation], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if len(sides) > 1:
            self.fields["side"] = forms.ChoiceField(
                label=_("In the name of"), choices=[(one.pk, one.name) for one in sides]
            )


class FirstMessageForm(NamedForm, MessageForm):
    subject = PlainField(label=_("About"), max_length=200)
    field_order = ["organisation", "subject", "text", "attachments"]


class LetterAnswerForm(SlipForm):
    """The answer by the link in a letter: text alone."""

    text = text_field(_("Your answer"), 8, LONGEST)


class ReportForm(forms.Form):
    says = text_field(_("What is wrong with it?"), 2, 1000)


class SettlingForm(forms.Form):
    outcome = text_field(_("What was done"), 2, 1000)


class OrganisationField(forms.CharField):
    """A published organisation, by its whole name or the last part of its address here."""

    def clean(self, value: Any) -> Organisation | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = organisation_named(typed, Organisation.objects.filter(state=State.PUBLISHED))
        if found is None:
            said = REFUSALS_IN_TOUCH["no_organisation"]
            raise ValidationError(str(said) % {"typed": typed[:60]})
        return found


class IntroductionForm(NamedForm):
    first = OrganisationField(
        label=_("Whom do you introduce?"),
        max_length=300,
        help_text=_("The whole name, or the last part of its address here."),
    )
    second = OrganisationField(label=_("To whom?"), max_length=300)
    reason = text_field(
        _("Why these two?"), 4, 1000, help_text=_("Both read it, before they say yes or no.")
    )
    field_order = ["organisation", "first", "second", "reason"]


def wanted_by(query: QueryDict) -> Wanted:
    """What an address of the list of requests asks for."""
    country = query.get("country", "")
    return Wanted(
        text=plain(query.get("q", "")),
        country=country if country in known()["country"] else "",
        state=CLOSED if query.get("state") == CLOSED else OPEN,
    )


def plain(typed: str) -> str:
    return " ".join(typed.split())[:200]


def country_choices() -> list[tuple[str, str]]:
    return [("", str(_("any country"))), *choices("country")]
