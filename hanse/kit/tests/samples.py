"""Sample data for the component sheet: some figures of Eurostat's, invented people."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from hanse.kit import maps, numbers, phrases
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
