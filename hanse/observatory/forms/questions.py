"""The question line: what a page shows, asked in a sentence, answered at a permanent address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanse.kit.numbers import country
from hanse.observatory.queries import peers
from hanse.observatory.queries.comparison import DEFAULT_WEIGHTS, MEASURES
from hanse.observatory.queries.figures import Release, best_year
from hanse.observatory.queries.indicators import INDICATORS, LOCATION_QUOTIENT
from hanse.observatory.queries.own_sets import OFFERED
from hanse.observatory.words import Source

REFERENCES = [("europe", _("Europe")), ("country", _("its own country"))]
LEVELS = [(2, _("NUTS 2 region")), (1, _("NUTS 1 region")), (0, _("country"))]
SCHEMES = [("stars", _("three stars")), ("factors", _("three factors"))]


class Question(forms.Form):
    """A form that is always answered: what is missing or wrong takes its default, and is named."""

    defaults: dict[str, Any] = {}

    def __init__(self, release: Release, asked: QueryDict) -> None:
        super().__init__(asked, prefix=None)
        self.release = release
        self.asked = asked
        self.offer()
        self.answers = dict(self.defaults)
        self.misread: list[str] = []
        self.full_clean()
        for name in self.fields:
            if name in self.errors:
                self.misread.append(asked.get(name, ""))
            if self.cleaned_data.get(name) not in (None, "", []):
                self.answers[name] = self.cleaned_data[name]
        self.data = {name: str(value) for name, value in self.answers.items()}  # type: ignore[assignment]

    def offer(self) -> None:
        """Fill the choices from the release."""

    def choose_years(self, name: str, default: int) -> None:
        years = [(year, str(year)) for year in self.release.years]
        self.fields[name].choices = years  # type: ignore[attr-defined]
        self.fields[name].coerce = int  # type: ignore[attr-defined]
        self.defaults = {**self.defaults, name: default}


class SectorQuestion(Question):
    defaults = {
        "indicator": LOCATION_QUOTIENT.slug,
        "reference": "europe",
        "level": 2,
        "estimates": False,
    }

    indicator = forms.ChoiceField(required=False, label=_("Show"))
    year = forms.TypedChoiceField(required=False, label=_("in"))
    level = forms.TypedChoiceField(choices=LEVELS, coerce=int, required=False, label=_("by"))
    reference = forms.ChoiceField(choices=REFERENCES, required=False, label=_("against"))
    estimates = forms.BooleanField(required=False, label=_("Show estimates"))

    def offer(self) -> None:
        self.choose_years("year", best_year(self.release))
        offered = [(slug, indicator.label) for slug, indicator in INDICATORS.items()]
        self.fields["indicator"].choices = offered  # type: ignore[attr-defined]


class RegionQuestion(Question):
    defaults = {"scheme": "stars", "reference": "europe"}

    start = forms.TypedChoiceField(required=False, label=_("from"))
    year = forms.TypedChoiceField(required=False, label=_("to"))
    scheme = forms.ChoiceField(choices=SCHEMES, required=False, label=_("rated by"))
    reference = forms.ChoiceField(choices=REFERENCES, required=False, label=_("against"))

    def offer(self) -> None:
        year = best_year(self.release)
        self.choose_years("year", year)
        self.choose_years("start", max(self.release.years[0], year - 4))


class EuropeQuestion(Question):
    defaults = {"scheme": "stars", "reference": "europe", "country": "", "sector": "", "least": 1}

    scheme = forms.ChoiceField(choices=SCHEMES, required=False, label=_("rated by"))
    year = forms.TypedChoiceField(required=False, label=_("in"))
    country = forms.ChoiceField(required=False, label=_("of"))
    sector = forms.ChoiceField(required=False, label=_("in the sector"))
    least = forms.TypedChoiceField(
        choices=[(1, "1"), (2, "2"), (3, "3")], coerce=int, required=False, label=_("at least")
    )
    reference = forms.ChoiceField(choices=REFERENCES, required=False, label=_("against"))
    start = forms.TypedChoiceField(required=False, label=_("changed since"))

    def offer(self) -> None:
        year = best_year(self.release)
        self.choose_years("year", year)
        self.choose_years("start", max(self.release.years[0], year - 4))
        countries = [(code, country(code)) for code in self.release.countries]
        countries.sort(key=lambda choice: choice[1])
        sectors = [(code, f"{s.name} ({code})") for code, s in self.release.sectors.items()]
        self.fields["country"].choices = [("", _("all countries")), *countries]  # type: ignore[attr-defined]
        self.fields["sector"].choices = [("", _("all sectors")), *sectors]  # type: ignore[attr-defined]


class ComparisonQuestion(Question):
    """Regions as `regions=DE11,RO42`, weights as `weights=persons:2,variety:1`."""

    regions = forms.CharField(required=False, label=_("Regions"))
    year = forms.TypedChoiceField(required=False, label=_("to"))
    start = forms.TypedChoiceField(required=False, label=_("from"))

    def offer(self) -> None:
        year = best_year(self.release)
        self.choose_years("year", year)
        self.choose_years("start", max(self.release.years[0], year - 4))
        for slug, measure in MEASURES.items():
            self.fields[f"w_{slug}"] = forms.FloatField(
                required=False,
                min_value=0,
                max_value=100,
                label=str(measure.label),
                widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )

    def full_clean(self) -> None:
        super().full_clean()
        if not any(f"w_{slug}" in self.asked for slug in MEASURES):
            self.cleaned_data |= {f"w_{slug}": weight for slug, weight in DEFAULT_WEIGHTS.items()}

    @property
    def weights(self) -> dict[str, float]:
        given = {slug: self.answers.get(f"w_{slug}") for slug in MEASURES}
        return {slug: float(weight) for slug, weight in given.items() if weight}


class SetQuestion(Question):
    """A category of somebody's own set, in the years of which it has figures."""

    defaults = {"indicator": LOCATION_QUOTIENT.slug}

    category = forms.ChoiceField(required=False, label=pgettext_lazy("category", "of"))
    indicator = forms.ChoiceField(required=False, label=_("Show"))
    year = forms.TypedChoiceField(coerce=int, required=False, label=_("in"))

    def __init__(
        self,
        release: Release,
        categories: Sequence[str],
        years: Sequence[int],
        opening_year: int,
        asked: QueryDict,
    ) -> None:
        self.categories, self.years, self.opening_year = categories, years, opening_year
        super().__init__(release, asked)

    def offer(self) -> None:
        offered = [(slug, indicator.label) for slug, indicator in OFFERED.items()]
        self.fields["category"].choices = [(name, name) for name in self.categories]  # type: ignore[attr-defined]
        self.fields["indicator"].choices = offered  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year, str(year)) for year in self.years]  # type: ignore[attr-defined]
        self.defaults = {
            **self.defaults,
            "category": self.categories[0],
            "year": self.opening_year,
        }


class LoadedSet(forms.Form):
    """What a sector set is loaded from. Whether the tables are right is decided by the rules."""

    name = forms.CharField(
        label=_("Name of the set"),
        max_length=100,
        help_text=_("A name that you have used before makes the next version of that set."),
    )
    table = forms.FileField(
        label=_("Categories"),
        help_text=_("CSV with the columns category, code and, if you like, weight; at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    figures = forms.FileField(
        required=False,
        label=_("Figures of classes"),
        help_text=_(
            "Only where the set names classes: CSV with the columns region, code, year and "
            "persons; at most 20 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class PublicationForm(forms.Form):
    """Where the figures of a new release shall come from."""

    source = forms.ChoiceField(
        label=_("Figures from"),
        choices=[(s.value, s.label) for s in Source if s is not Source.AGAIN],
        widget=forms.RadioSelect,
    )


class YearQuestion(Question):
    """A page that only asks for the year."""

    year = forms.TypedChoiceField(required=False, label=_("in"))

    def offer(self) -> None:
        self.choose_years("year", best_year(self.release))


class PeersQuestion(YearQuestion):
    """Variables are weighed as `w_mix=3`; 0 leaves one out."""

    defaults = {"measure": "jensen_shannon", "outcome": "gdp_growth", "abroad": False}

    measure = forms.ChoiceField(
        choices=list(peers.MEASURES.items()), required=False, label=_("sector mix compared by")
    )
    outcome = forms.ChoiceField(
        choices=[(slug, one.label) for slug, one in peers.OUTCOMES.items()],
        required=False,
        label=_("and who does better in"),
    )
    abroad = forms.BooleanField(required=False, label=_("Only regions of other countries"))

    def offer(self) -> None:
        super().offer()
        for slug, variable in peers.VARIABLES.items():
            self.fields[f"w_{slug}"] = forms.FloatField(
                required=False,
                min_value=0,
                max_value=100,
                label=str(variable.label),
                widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )

    def full_clean(self) -> None:
        super().full_clean()
        names = {f"w_{slug}": weight for slug, weight in peers.DEFAULT_WEIGHTS.items()}
        for name, weight in names.items():
            if name not in self.asked or name in self.errors:
                self.cleaned_data[name] = weight
        if not any(self.cleaned_data.get(name) for name in names):
            # Nothing would be compared: said above the page, and the usual weights stand in.
            self.misread.append("0")
            self.cleaned_data |= names

    @property
    def weights(self) -> dict[str, float]:
        return {slug: float(self.answers.get(f"w_{slug}") or 0) for slug in peers.VARIABLES}


class GroupQuestion(YearQuestion):
    """Which group of related industries is on the map."""

    group = forms.TypedChoiceField(coerce=int, required=False, label=_("On the map: group"))

    def __init__(self, release: Release, numbers: Sequence[int], asked: QueryDict) -> None:
        self.numbers = numbers
        super().__init__(release, asked)

    def offer(self) -> None:
        super().offer()
        choices = [(number, str(number)) for number in self.numbers]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]
        self.defaults = {**self.defaults, "group": self.numbers[0] if self.numbers else 0}
