"""Sample data for the component sheet: some figures of Eurostat's, invented people."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from hanse.kit import charts, maps, numbers, phrases
from hanse.kit.tables import CONFIDENTIAL, Bar, Column, Estimated, Named, Row, Table
from hanse.kit.templatetags import kit


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


@cache
def cars() -> Any:
    return json.loads((Path(__file__).parent / "motor_vehicles.json").read_text())


@cache
def boundaries() -> maps.Shapes | None:
    data = Path(os.environ.get("HANSE_DATA", "/nowhere"))
    return maps.shapes(
        data / "nuts" / "nuts_2013_60M.geojson", data / "world_countries" / "countries-50m.json"
    )


def said(values: dict[str, float | None]) -> dict[str, str]:
    names = cars()["names"]
    return {
        code: f"{names.get(code, code)} ({code}): "
        + (numbers.figure(value, 1) if value is not None else str(phrases.NOT_PUBLISHED))
        for code, value in values.items()
    }


def hexagons(spacing: float = 34) -> str:
    values = cars()["quotients"]["2014"]
    return maps.hexmap(
        cars()["places"],
        maps.RATIOS.painted(values),
        spacing=spacing,
        label="Schematic map: location quotient of motor vehicle making by region, 2014",
        titles=said(values),
        links=lambda code: f"/observatory/regions/{code}/",
        values={c: numbers.figure(v, 1) for c, v in values.items() if v is not None and v >= 2},
        selected=["DE11"],
        estimates=["ITC2", "DE91"],
    )


def small_hexagons(year: str) -> str:
    return maps.hexmap(
        cars()["places"],
        maps.RATIOS.painted(cars()["quotients"][year]),
        spacing=10,
        countries="plain",
        label=f"Schematic map, {year}",
    )


def boundary_map() -> str:
    sheet = boundaries()
    if sheet is None:
        return ""
    values = cars()["quotients"]["2014"]
    names = cars()["names"]
    named = ["RO42", "ITC2", "CZ02", "HU22", "DE11", "DE91", "ES22", "SE23"]
    return maps.atlas(
        sheet,
        maps.RATIOS.painted(values),
        label="Map of Europe: location quotient of motor vehicle making by region, 2014",
        titles=said(values),
        links=lambda code: f"/observatory/regions/{code}/",
        labels=[
            maps.Label(
                code,
                names[code],
                numbers.figure(values[code], 1) or str(phrases.NOT_PUBLISHED),
                yours=code == "DE11",
            )
            for code in named
        ],
        selected=["DE11"],
        names=names,
    )


def hexplate(request: HttpRequest) -> dict[str, object]:
    return {
        "kind": "hexagons",
        "map": hexagons(),
        "table": table(),
        "strip_wide": strip(charts.SHEET),
        "strip_narrow": strip(charts.NARROW),
        "years": [(year, small_hexagons(year)) for year in cars()["quotients"]],
    }


def atlasplate(request: HttpRequest) -> dict[str, object]:
    return {
        "kind": "boundaries",
        "map": boundary_map(),
        "table": table(),
        "copyright": phrases.COPYRIGHT,
        "years": [],
    }


def strip(width: int) -> str:
    values = cars()["quotients"]["2014"]
    named = {"RO42": "Vest", "DE11": "Stuttgart", "CZ02": "Střední Čechy", "ITC2": "Valle d’Aosta"}
    return charts.distribution(
        [
            charts.Dot(
                cars()["names"][code],
                value,
                numbers.figure(value, 1),
                named=code in named,
                yours=code == "DE11",
                estimate=code.startswith("PL2"),
            )
            for code, value in values.items()
            if value is not None
        ],
        maps.RATIOS,
        label="Distribution of the location quotient over regions and classes",
        unknown=27,
        reference=charts.Threshold(1, "as in Europe as a whole"),
        width=width,
    )


CHANGES = [
    charts.Change("Motor vehicles", 6.4, 6.0, "6.0"),
    charts.Change("Machinery", 4.6, 4.5, "4.5"),
    charts.Change("Electrical equipment", 2.3, 2.1, "2.1"),
    charts.Change("Computers, electronics, optics", 1.85, 1.8, "1.8"),
    charts.Change("Paper", 2.07, 1.7, "1.7"),
    charts.Change("Architecture and engineering", 1.5, 1.7, "1.7"),
    charts.Change("Publishing", 1.2, 1.5, "1.5"),
    charts.Change("Post and courier", 0.45, 1.4, "1.4"),
    charts.Change("Fabricated metal", None, 1.3, "1.3"),
]
SHIFT = [
    charts.Part("Europe grew", 18468, "+18,468"),
    charts.Part("The sectors it has", -23667, "−23,667"),
    charts.Part("What the region added", 139608, "+139,608"),
]
OWN = [
    charts.Part("Specialised construction", 17921, "+17,921"),
    charts.Part("Post and courier", 14435, "+14,435"),
    charts.Part("Architecture and engineering", 11227, "+11,227"),
    charts.Part("Real estate", 9085, "+9,085"),
    charts.Part("Printing", -897, "−897"),
    charts.Part("Programming and consultancy", -2357, "−2,357"),
    charts.Part("Advertising", -4656, "−4,656"),
]
SECTORS = [
    charts.Bubble("Motor vehicles", 0.021, 6.0, 158012, "6.0", named=True),
    charts.Bubble("Machinery", 0.02, 4.5, 156353, "4.5", named=True),
    charts.Bubble("Electrical equipment", 0.001, 2.1, 35076, "2.1", named=True),
    charts.Bubble("Computers, electronics, optics", -0.03, 1.7, 24402, "1.8", named=True),
    charts.Bubble("Architecture and engineering", 0.061, 1.7, 64108, "1.7", named=True),
    charts.Bubble("Programming", 0.039, 1.3, 49000, "1.3", named=True),
    charts.Bubble("Wholesale", 0.014, 0.9, 110624, "0.9", named=True),
    charts.Bubble("Retail", 0.006, 0.72, 157008, "0.7", named=True),
    charts.Bubble("Services to buildings", 0.078, 1.36, 75384, "1.4", named=True),
    charts.Bubble("Specialised construction", 0.043, 0.8, 76512, "0.8", named=True),
    charts.Bubble("Post and courier", 0.13, 1.4, 26271, "1.4"),
    charts.Bubble("Advertising", -0.07, 1.05, 12000, "1.0"),
    charts.Bubble("Textiles", -0.02, 0.6, 5000, "0.6"),
]


def drawn(width: int) -> dict[str, str]:
    return {
        "dumbbell": charts.dumbbell(
            CHANGES,
            dates=("2010", "2014"),
            thresholds=[
                charts.Threshold(1, "1, as Europe"),
                charts.Threshold(2, "2, threshold", firm=True),
                charts.Threshold(4, "4"),
            ],
            label="Location quotients of the most specialised sectors, 2010 and 2014",
            width=width,
        ),
        "bubbles": charts.bubbles(
            SECTORS,
            x_title="growth a year, 2010 to 2014",
            y_title="location quotient 2014",
            x_marks=[
                charts.Threshold(-0.06, ""),
                charts.Threshold(-0.05, "−5 %"),
                charts.Threshold(0, "0 %", firm=True),
                charts.Threshold(0.05, "+5 %"),
                charts.Threshold(0.1, "+10 %"),
                charts.Threshold(0.11, ""),
            ],
            y_marks=[
                charts.Threshold(0.4, ""),
                charts.Threshold(0.5, "½"),
                charts.Threshold(1, "1", firm=True),
                charts.Threshold(2, "2"),
                charts.Threshold(4, "4"),
                charts.Threshold(8, "8"),
            ],
            label="Growth, specialisation and size of sectors",
            width=width,
        ),
        "waterfall": charts.waterfall(
            SHIFT,
            charts.Part("Change in persons employed", 134409, "+134,409"),
            label="Shift-share, 2010 to 2014",
            width=width,
        ),
        "bars": charts.bars(OWN, label="The region’s own part by sector", width=width),
        "lines": charts.lines(
            [
                charts.Series(
                    "Stuttgart", [5.2, 5.3, 5.4, 5.5, 5.6, 5.8, 5.6, None], "5.2", "5.6", yours=True
                ),
                charts.Series("Vest", [4.9, 5.6, 6.1, 6.6, 6.9, 7.1, 7.3, None], "4.9", "7.3"),
                charts.Series(
                    "Střední Čechy", [5.1, 5.0, None, 5.9, 6.1, 6.2, 6.3, None], "", "6.3"
                ),
            ],
            list(range(2008, 2016)),
            threshold=charts.Threshold(2, "2, threshold"),
            label="Location quotient over the years",
            width=width,
        ),
        "ranks": charts.rank_ranges(
            [
                charts.RankRange("Stuttgart", 1, 1, 2, yours=True),
                charts.RankRange("Oberbayern", 2, 1, 4),
                charts.RankRange("Piemonte", 4, 3, 6),
                charts.RankRange("Västsverige", 3, 2, 6),
                charts.RankRange("Jihozápad", 5, 5, 5),
                charts.RankRange("Comunidad Foral de Navarra", 6, 4, 7),
                charts.RankRange("Vest", 7, 6, 7),
            ],
            of=7,
            label="Ranks and how firm they are",
            width=width,
        ),
    }


def stars_table() -> Table:
    def row(won, unclear, name, code, persons, rank, of, lq, share):
        def gauged(value, shown, **how):
            drawing = charts.gauge(charts.Gauge(value, **how), label=f"{name}: {shown}")
            return mark_safe(  # noqa: S308
                f"<b>{shown}</b>{drawing}"
            )

        return Row(
            [
                kit.stars(won, 3, unclear),
                Named(name, "#", code),
                persons,
                gauged(rank, rank, threshold=25, low=1, high=of, mark="first 25", better="less")
                if rank
                else gauged(
                    None, "–", threshold=25, low=1, high=of, mark="first 25", better="less"
                ),
                gauged(lq, lq, threshold=2, low=0.5, high=8, mark="2"),
                gauged(share, f"{share} %", threshold=4.2, low=0.5, high=16, mark="4.2 %"),
            ]
        )

    return Table(
        [
            Column("Stars", "html", bare=True),
            Column("Sector", "head"),
            Column("Persons employed", "number"),
            Column("Size: rank in Europe", "html"),
            Column("Specialisation: LQ", "html"),
            Column("Focus: share of the region", "html"),
        ],
        [
            row(3, 0, "Motor vehicles", "C29", 158012, 1, 253, 6.0, 10.0),
            row(3, 0, "Machinery", "C28", 156353, 1, 267, 4.5, 9.9),
            row(2, 0, "Retail", "G47", 157008, 21, 282, 0.7, 9.9),
            row(1, 1, "Electrical equipment", "C27", 35076, None, 272, 2.1, 2.2),
        ],
        cards=True,
    )


def sparks_table() -> Table:
    def row(name, code, values, change):
        return Row(
            [Named(name, "#", code), values[0], charts.sparkline(values), values[-1], change]
        )

    return Table(
        [
            Column("Sector", "head"),
            Column("2010", "number"),
            Column("2010 to 2015", "html"),
            Column("Latest", "number"),
            Column("Change in percent", "signed"),
        ],
        [
            row("Motor vehicles", "C29", [145162, 148000, 152000, 154000, 158012, 160445], 11),
            row("Paper", "C17", [14508, 14600, 12900, None, 12500, 12355], -15),
        ],
    )


def portrait(request: HttpRequest) -> dict[str, object]:
    wide, narrow = drawn(charts.WIDE), drawn(charts.NARROW)
    sheet = boundaries()
    return {
        "figures": components(request)["figures"],
        "stars": stars_table(),
        "sparks": sparks_table(),
        "where": maps.locator(sheet, "DE11", name="Stuttgart", label="Where Stuttgart lies")
        if sheet
        else "",
        "charts": [(name, wide[name], narrow[name]) for name in wide],
        "circles": maps.hexmap(
            cars()["places"],
            dict.fromkeys(cars()["persons_2014"], "q1"),
            circles={
                code: count / max(cars()["persons_2014"].values())
                for code, count in cars()["persons_2014"].items()
            },
            label="Persons employed in motor vehicle making, 2014",
        ),
    }
