"""What officers type about a call: words, days, who may apply, quotas, criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from hanse.calls.actions.calls import Called, Points
from hanse.calls.forms.lines import coded_lines, each_line, lines, read_or_say
from hanse.calls.models import Call
from hanse.calls.models.calls import BRUSSELS
from hanse.calls.rules.cut_offs import ANSWER_DAYS, LAST_ANSWER_DAYS, day_there, refusal
from hanse.calls.rules.eligibility import criteria_codes, put_together
from hanse.calls.rules.quotas import read_limits, written_limits
from hanse.calls.words import GROUPS, CallKind
from hanse.commons.people.models import Person
from hanse.directory.forms.in_touch import PlainField, text_field
from hanse.directory.forms.notices import ClockField
from hanse.directory.queries.vocabularies import known
from hanse.directory.rules.notices import moment, why_no_year
from hanse.directory.words import Kind
from hanse.kit.fields import DayInput
from hanse.kit.refusals import Refused
from hanse.kit.said import language_name, said

OTHERS = tuple(code for code, _name in settings.LANGUAGES if code != "en")
PLACES = {
    "slug_taken": "slug",
    "english_title": "title_en",
    "no_cut_off": "cut_offs",
    "cut_offs_in_order": "cut_offs",
    "passed_stays": "cut_offs",
    "moved_into_past": "cut_offs",
    "cut_off_in_use": "cut_offs",
    "late_after_last": "late_until",
    "cut_off_after_it": "cut_offs",
    "places_taken": "places",
    "call_has_applications": "kind",
    "criteria_in_use": "criteria_lines",
    "no_such_time": "opens",
}


PARTS: Sequence[tuple[Any, Sequence[str]]] = (
    (_("What it says"), ("kind", "slug", "title_en", "lead_en", "text_en")),
    (
        _("When"),
        ("opens", "cut_offs", "answer_days", "last_answer_days", "late_until", "held_on"),
    ),
    (_("How many"), ("places", "late_places", "rejected_may_return", "quotas")),
    (_("Who may apply"), ("kinds", "groups", "profile", "sectors", "criteria")),
    (_("Who decides, and by what"), ("officers", "criteria_lines")),
    (
        _("For workshops alone"),
        ("themes", "slot_minutes", "room_most", "speakers_reimbursed", "summary_days"),
    ),
)


def criteria_choices() -> list[tuple[str, str]]:
    return [(code, said(says)) for code, says in criteria_codes()]


def must_be_near(day: date) -> None:
    """Of a year that somebody may have meant."""
    if far := why_no_year(day.year):
        raise ValidationError(str(far))


def several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class CallForm(forms.Form):
    """One thing a line where there are several; days end at 23:59:59 in Brussels."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("What kind of call?"), choices=CallKind.choices)
    slug = forms.SlugField(
        label=_("Last part of its address"), max_length=80, help_text=_("Such as cluster-week.")
    )
    title_en = PlainField(label=_("Title in English"), max_length=150)
    lead_en = PlainField(label=_("In a sentence, in English"), max_length=300, required=False)
    text_en = text_field(_("Text in English"), 8, 8000, required=False)
    opens = ClockField(label=_("Opens, on the clock of Brussels"))
    cut_offs = lines(
        _("Cut-offs"), 3,
        _("One day a line, such as 2018-01-10; each ends at 23:59:59 in Brussels."),
    )  # fmt: skip
    answer_days = forms.IntegerField(
        label=_("Days until the answer"), min_value=1, max_value=365, initial=ANSWER_DAYS
    )
    last_answer_days = forms.IntegerField(
        label=_("Days until the answer, last cut-off"),
        min_value=1,
        max_value=365,
        initial=LAST_ANSWER_DAYS,
    )
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=100_000)
    late_until = forms.DateField(
        label=_("Late applications until"),
        required=False,
        widget=DayInput(),
        validators=[must_be_near],
        help_text=_("At their own cost and decided apart. Empty: none are taken."),
    )
    late_places = forms.IntegerField(
        label=_("Places for late applications"), min_value=0, max_value=10_000, initial=0
    )
    rejected_may_return = forms.BooleanField(
        label=_("Rejected applications may be sent again for the next cut-off"), required=False
    )
    held_on = forms.DateField(
        label=_("Takes place on"),
        required=False,
        widget=DayInput(),
        validators=[must_be_near],
    )
    kinds = several(_("Kinds of organisation; none ticked: any"), Kind.choices)
    groups = several(_("Seat in; none ticked: anywhere"), tuple(GROUPS.items()))
    profile = forms.ChoiceField(
        label=_("Profile in the directory"),
        required=False,
        choices=[
            ("", _("not asked for")),
            ("requested", _("published or handed in")),
            ("published", _("published")),
        ],
    )
    sectors = forms.CharField(
        label=_("Sectors"),
        required=False,
        max_length=200,
        help_text=_("Codes with commas between, such as C27, E38. Empty: any."),
    )
    criteria = several(_("Criteria for cluster organisations"), lazy(criteria_choices, list)())
    quotas = lines(
        _("Quotas"),
        4,
        _("One a line: country PL most 4; country * most 6 (each country); kind cluster least 20; "
          "sector C27 least 5; newcomer least 10."),
    )  # fmt: skip
    criteria_lines = lines(
        _("What officers give points for"), 3,
        _("One a line: code | words in English | most points"),
    )  # fmt: skip
    themes = lines(_("Themes of workshops"), 3, _("One a line: code | words in English"))
    slot_minutes = forms.IntegerField(
        label=_("Minutes of a slot"), min_value=5, max_value=24 * 60, initial=90
    )
    room_most = forms.IntegerField(
        label=_("Largest room"), min_value=1, max_value=100_000, initial=100
    )
    speakers_reimbursed = forms.IntegerField(
        label=_("Speakers whose travel is paid for"), min_value=0, max_value=1000, initial=2
    )
    summary_days = forms.IntegerField(
        label=_("Days for the summary"), min_value=1, max_value=365, initial=21
    )
    officers = lines(_("Who runs it"), 2, _("The addresses of their log-ins, one a line."))

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        call: Call | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """`initial` is what a new call may begin with."""
        super().__init__(typed, initial=as_typed(call) if call else dict(initial or {}))
        self.call = call
        for code in OTHERS:
            facts = {"language": language_name(code)}
            self.fields[f"title_{code}"] = PlainField(
                label=_("Title in %(language)s") % facts, max_length=150, required=False
            )
            self.fields[f"lead_{code}"] = PlainField(
                label=_("In a sentence, in %(language)s") % facts, max_length=300, required=False
            )
            self.fields[f"text_{code}"] = text_field(
                _("Text in %(language)s") % facts, 4, 8000, required=False
            )

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under headings; whatever stands under none is in another language."""
        named = {name for _title, names in PARTS for name in names}
        rest = [name for name in self.fields if name not in named]
        return [
            (title, [self[name] for name in names])
            for title, names in (*PARTS, (_("In other languages"), rest))
        ]

    def clean_cut_offs(self) -> list[date]:
        typed = each_line(self.cleaned_data["cut_offs"], date.fromisoformat)
        for one in typed:
            must_be_near(one)
        return typed

    def clean_sectors(self) -> list[str]:
        typed = [one.strip().upper() for one in self.cleaned_data["sectors"].split(",")]
        wrong = [one for one in typed if one and one not in known()["sector"]]
        if wrong:
            raise ValidationError(_("“%(typed)s” is no sector of the list.") % {"typed": wrong[0]})
        return [one for one in typed if one]

    def clean_quotas(self) -> Any:
        return read_or_say(read_limits, self.cleaned_data["quotas"])

    def clean_criteria_lines(self) -> list[Points]:
        return [
            Points(code, {**self._words("criteria", code), "en": words}, int(most or 5))
            for code, words, most in coded_lines(self.cleaned_data["criteria_lines"])
        ]

    def clean_themes(self) -> list[dict[str, Any]]:
        return [
            {"code": code, "says": {**self._words("themes", code), "en": words}}
            for code, words, _most in coded_lines(self.cleaned_data["themes"])
        ]

    def _words(self, what: str, code: str) -> Mapping[str, str]:
        """Words in other languages that are there already stay."""
        if self.call is None:
            return {}
        if what == "themes":
            return next((one["says"] for one in self.call.themes if one["code"] == code), {})
        held = self.call.criteria.filter(code=code).first()
        return dict(held.label) if held else {}

    def clean_officers(self) -> list[Person]:
        found = []
        for email in self.cleaned_data["officers"].split():
            person = Person.objects.filter(email__iexact=email, is_active=True).first()
            if person is None:
                raise ValidationError(str(refusal("no_officer", typed=email)))
            found.append(person)
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("opens"):
            try:
                given["opens_at"] = moment(given["opens"], BRUSSELS)
            except Refused as no:
                self.add_error("opens", str(no))
        return given

    def called(self) -> Called:
        given = self.cleaned_data
        said: dict[str, Any] = {
            name: given[name] for name in Called.__dataclass_fields__ if name in given
        }
        said |= {name: self._in_languages(name) for name in ("title", "lead", "text")}
        said |= {"criteria": given["criteria_lines"], "eligibility": self._rules()}
        return Called(**said)

    def _in_languages(self, name: str) -> dict[str, str]:
        codes = ("en", *OTHERS)
        return {
            code: self.cleaned_data[f"{name}_{code}"]
            for code in codes
            if self.cleaned_data.get(f"{name}_{code}")
        }

    def _rules(self) -> Mapping[str, Any]:
        """A new version where the choice changed; rules of another making stay as they are."""
        given = self.cleaned_data
        held = self.call.eligibility if self.call else {}
        choice = {
            name: given[name] for name in ("kinds", "groups", "sectors", "profile", "criteria")
        }
        if held and (held.get("chosen", NOTHING_CHOSEN) == choice):
            return held
        version = str(int(held["version"]) + 1) if str(held.get("version")).isdigit() else "1"
        return put_together(version, given["opens_at"].date().isoformat(), **choice)

    def refuse(self, no: Refused) -> None:
        field = PLACES.get(no.refusal.code)
        self.add_error(field if field in self.fields else None, str(no))


NOTHING_CHOSEN: Mapping[str, Any] = {
    "kinds": [], "groups": [], "sectors": [], "profile": "", "criteria": [],
}  # fmt: skip


def as_typed(call: Call) -> dict[str, Any]:
    """A call as its form shows it again."""
    cut_offs = list(call.cut_offs.order_by("number"))
    chosen = call.eligibility.get("chosen", NOTHING_CHOSEN)
    return {
        **{name: getattr(call, name) for name in (
            "kind", "slug", "places", "late_places", "rejected_may_return", "held_on",
            "slot_minutes", "room_most", "speakers_reimbursed", "summary_days",
        )},
        **{f"{name}_{code}": words for name in ("title", "lead", "text")
           for code, words in getattr(call, name).items()},
        "opens": call.opens_there,
        "cut_offs": "\n".join(one.there.date().isoformat() for one in cut_offs),
        "answer_days": cut_offs[0].answer_days if cut_offs else ANSWER_DAYS,
        "last_answer_days": cut_offs[-1].answer_days if cut_offs else LAST_ANSWER_DAYS,
        "late_until": day_there(call.late_until, call.zone) if call.late_until else None,
        **{name: chosen[name] for name in ("kinds", "groups", "profile", "criteria")},
        "sectors": ", ".join(chosen["sectors"]),
        "quotas": written_limits([one.limit for one in call.quotas.all()]),
        "criteria_lines": "\n".join(f"{one.code} | {one.label['en']} | {one.most}"
                                    for one in call.criteria.all()),
        "themes": "\n".join(f"{one['code']} | {one['says']['en']}" for one in call.themes),
        "officers": "\n".join(one.person.email for one in
                              call.officers.select_related("person")),
    }  # fmt: skip
