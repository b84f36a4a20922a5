"""Sample data for the component sheet: some figures of Eurostat's, invented people."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from hanse.kit.tables import CONFIDENTIAL, Bar, Column, Estimated, Named, Row, Table


class Sample(forms.Form):
    name = forms.CharField(initial="Ilze Krastiņa", help_text="As on your passport.")
    country = forms.ChoiceField(choices=[("LV", "Latvia"), ("EE", "Estonia")])
    amount = forms.IntegerField(widget=forms.TextInput)
    since = forms.IntegerField(required=False)
    kinds = forms.MultipleChoiceField(
        choices=[("s", "Small and medium companies"), ("l", "Large companies")],
        widget=forms.CheckboxSelectMultiple,
    )
    shown = forms.BooleanField(label="Show my name to other guests", initial=True)


def form() -> Sample:
    filled = Sample(
        {
            "name": "Ilze Krastiņa",
            "country": "LV",
            "amount": "62 000",
            "kinds": ["s"],
            "shown": "on",
        }
    )
    filled.full_clean()
    filled.errors["amount"] = filled.error_class(
        ["62,000 is above the ceiling of EUR 60,000 for one company."]
    )
    return filled


def table() -> Table:
    return Table(
        caption="Most specialised regions, 2014",
        columns=[
            Column("Rank", "rank", hidden_head=True),
            Column("Region", "head"),
            Column("Location quotient", "number", 1, short="LQ"),
            Column("Bar", "bar", hidden_head=True, narrow="hides"),
            Column("Persons employed", "number"),
        ],
        rows=[
            Row([1, Named("Vest", "#", "RO"), 7.7, Bar(0.97, "q6"), 52952]),
            Row([5, Named("Stuttgart", "#", "DE"), 6.0, Bar(0.75, "q6"), 158012], yours=True),
            Row([6, Named("Közép-Dunántúl", "#", "HU"), 5.1, Bar(0.63, "q6"), Estimated(23607)]),
            Row([None, Named("Braunschweig", "#", "DE"), CONFIDENTIAL, None, CONFIDENTIAL]),
        ],
    )


def components(request: HttpRequest) -> dict[str, object]:
    return {
        "form": form(),
        "table": table(),
        "page": Paginator(range(1106), 50).page(4),
        "figures": [
            ("1.58 m", "persons employed in the business economy, 2014"),
            ("35 %", "of them in manufacturing; 21 % in Europe"),
            ("2", "sectors with three stars"),
            ("9", "sectors not published, shown as not known"),
        ],
    }
