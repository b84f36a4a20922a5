"""Doors of the observatory: pages, files and API give one answer, and survive wrong questions."""

import csv
import gzip
import io
import json
import re

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hanse.observatory.cli import observatory
from hanse.observatory.queries.figures import serving_release
from hanse.observatory.queries.indicators import INDICATORS
from hanse.observatory.queries.sector import sector_map

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MAP = "/observatory/sectors/C29/?year=2014&indicator=lq&map=hexagons"


@pytest.fixture
def visitor() -> Client:
    return Client()


def rows_of_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


PAGES = [
    "/",
    "/observatory/",
    "/observatory/sectors/",
    "/observatory/traded-clusters/",
    "/observatory/regions/",
    "/observatory/sectors/C29/",
    "/observatory/sectors/C/?level=0",
    "/observatory/sectors/C29/?indicator=persons",
    "/observatory/sectors/C29/?indicator=growth&estimates=on&reference=country",
    "/observatory/sectors/S95/?indicator=factors&year=2015",
    "/observatory/sectors/B05/?year=2008",
    "/observatory/regions/DE11/",
    "/observatory/regions/DE/",
    "/observatory/regions/DE1/",
    "/observatory/regions/MT00/",
    "/observatory/regions/FR10/?year=2009&start=2008",
    "/observatory/regions/IE01/?year=2014&scheme=factors&reference=country",
    "/observatory/compare/",
    "/observatory/compare/?regions=DE11",
    "/observatory/compare/?regions=DE11,RO42,MT00&w_variety=2",
    "/observatory/europe/",
    "/observatory/europe/?country=DE&sector=C&least=3&scheme=factors",
    "/observatory/europe/?country=MT&sector=B05",
    "/observatory/methods/",
    "/observatory/search/",
    "/observatory/search/?q=maschinen",
    "/observatory/figures/DE11/C29/2014/lq/",
    "/observatory/figures/DE91/C29/2014/stars/",
    "/observatory/figures/MT00/B05/2008/growth/",
]


@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_with_one_headline_and_few_queries(visitor, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = visitor.get(address)
    assert page.status_code == 200
    assert page.content.count(b"<h1") == 1
    assert len(asked) <= 12
    assert len(gzip.compress(page.content)) < 150_000


@pytest.mark.parametrize(
    "address",
    [
        "/observatory/sectors/Z99/",
        "/observatory/regions/XX99/",
        "/observatory/methods/nothing/",
        "/observatory/figures/DE11/C29/1999/lq/",
        "/observatory/figures/DE11/C29/2014/nothing/",
        "/observatory/figures/DE11/Z99/2014/lq/",
        "/observatory/sectors/C29/figures.exe",
        "/observatory/sectors/C29/map.gif",
        "/observatory/regions/<script>/",
    ],
)
def test_what_is_not_there_is_not_found_in_our_look(visitor, address):
    page = visitor.get(address)
    assert page.status_code == 404
    assert b'<main id="main"' in page.content
    assert b"<script>/" not in page.content


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/observatory/sectors/C29/?year=2030", "2030"),
        ("/observatory/sectors/C29/?indicator=beauty", "beauty"),
        ("/observatory/regions/DE11/?scheme=%3Cb%3E", "&lt;b&gt;"),
        ("/observatory/europe/?country=ZZ&least=9", "ZZ"),
    ],
)
def test_a_question_that_cannot_be_read_is_named_and_answered_as_usual(visitor, address, shown):
    page = visitor.get(address).content.decode()
    assert "Not understood." in page
    assert shown in page
    assert '<b>"' not in page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/observatory/sectors/C29/figures.csv?year=2030", "2030"),
        ("/observatory/complexity/figures.csv?year=now", "now"),
        ("/observatory/regions/DE11/peers/figures.csv?w_mix=%3Cb%3E", "&lt;b&gt;"),
        ("/observatory/compare/figures.csv?regions=DE11,XX99", "XX99"),
        ("/observatory/europe/figures.xlsx?country=ZZ", "ZZ"),
    ],
)
def test_a_file_of_a_question_that_cannot_be_read_is_refused_by_name(visitor, address, shown):
    """A file has no notice above it: figures of another question would pass for the answer."""
    page = visitor.get(address)
    assert page.status_code == 400
    assert f"Not understood: {shown}" in page.content.decode()


def test_map_and_table_agree_cell_by_cell(visitor):
    page = visitor.get(MAP).content.decode()
    drawing = page[page.index('<svg class="hexmap"') :]
    cell = r'regions/(\w+)/[^>]*><title>[^<]*: ([^<]*)</title><path class="(\w+)"'
    drawn = {
        code: (value, painted)
        for code, value, painted in re.findall(cell, drawing[: drawing.index("</svg>")])
    }
    release = serving_release()
    rows = {r.region.code: r for r in sector_map(release, "C29", 2014, INDICATORS["lq"]).rows}
    placed = {code for code, row in rows.items() if row.region.place}
    assert set(drawn) == placed
    whole = page[page.index('id="table"') :]
    lines = dict(re.findall(r'<a href="/observatory/regions/(\w+)/(.*?)</tr>', whole))
    for code in placed:
        value, painted = drawn[code]
        assert painted == rows[code].painted
        if rows[code].value is None:
            assert value in {"confidential", "not published"}
            assert value in lines[code]
        else:
            assert value == f"{rows[code].value:.1f}"
            assert f">{rows[code].value:.2f}<" in lines[code]


def test_every_file_holds_the_same_rows_as_the_page(visitor):
    base = "/observatory/sectors/C29/figures.{}?year=2014&indicator=lq"
    found = sector_map(serving_release(), "C29", 2014, INDICATORS["lq"])
    values = {row.region.code: row.value for row in found.rows}

    text = visitor.get(base.format("csv")).content.decode()
    assert text.splitlines()[0].startswith("region,name,value,flag")
    lines = rows_of_csv(text)
    assert {r["region"]: float(r["value"]) if r["value"] else None for r in lines} == values

    table = pq.read_table(pa.BufferReader(visitor.get(base.format("parquet")).content))
    assert dict(zip(table["region"].to_pylist(), table["value"].to_pylist(), strict=True)) == values

    book = openpyxl.load_workbook(io.BytesIO(visitor.get(base.format("xlsx")).content))
    sheet = list(book["figures"].values)
    assert {row[0]: row[2] for row in sheet[1:]} == pytest.approx(values, nan_ok=True)

    cube = json.loads(visitor.get(base.format("json")).content)
    assert (cube["version"], cube["class"]) == ("2.0", "dataset")
    places = cube["dimension"]["region"]["category"]["index"]
    metrics = cube["dimension"]["measure"]["category"]["index"]
    width = len(metrics)
    for place, code in enumerate(places):
        assert cube["value"].get(str(place * width + metrics.index("value"))) == values[code]


@pytest.mark.parametrize("page", ["sectors/C29", "europe"])
def test_a_picture_carries_finding_key_and_source(visitor, page):
    drawing = visitor.get(f"/observatory/{page}/map.svg?year=2014").content.decode()
    assert "Source: Eurostat" in drawing
    assert "2014" in drawing
    assert "not known" in drawing


def test_the_map_comes_as_drawing_and_as_picture(visitor):
    drawing = visitor.get("/observatory/sectors/C29/map.svg?year=2014")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<svg xmlns")
    assert b"var(--" not in drawing.content
    picture = visitor.get("/observatory/sectors/C29/map.png?year=2014")
    assert picture.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "address", ["/observatory/regions/DE11/portrait.pdf", "/observatory/europe/panorama.pdf"]
)
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_portrait_and_panorama_come_on_paper(visitor, address, language):
    paper = visitor.get(address, headers={"accept-language": language})
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_the_link_of_a_comparison_restores_it_and_its_file_has_the_same_rows(visitor):
    codes = "DE11,ITC1,CZ08,ES21,SE23,PL22,RO42,HU22,FR10,UKI3,NL11,AT31"
    query = f"regions={codes}&w_variety=2&w_persons=1&year=2014&start=2010"
    page = visitor.get(f"/observatory/compare/?{query}").content.decode()
    lines = rows_of_csv(visitor.get(f"/observatory/compare/figures.csv?{query}").content.decode())
    assert len(lines) == 12
    shown = re.findall(r'<th scope="row"><a href="/observatory/regions/(\w+)/"', page)
    assert shown == [line["region"] for line in lines]
    for line in lines:
        if line["best_rank"] != line["worst_rank"]:
            assert f"rank {line['best_rank']} to {line['worst_rank']}" in page


def test_a_region_is_added_by_name_and_the_ambiguous_are_offered(visitor):
    added = visitor.get("/observatory/compare/?regions=DE11&add=Vest")
    options = added.headers.get("Location", "") or added.content.decode()
    assert "RO42" in options
    assert (
        "No region is called"
        in visitor.get("/observatory/compare/?regions=DE11&add=Atlantis").content.decode()
    )


def test_more_than_twelve_regions_are_said_not_silently_dropped(visitor):
    codes = ",".join(
        code for code, region in serving_release().regions.items() if region.level == 2
    )
    assert (
        "Twelve at most." in visitor.get(f"/observatory/compare/?regions={codes}").content.decode()
    )


def test_a_code_typed_into_the_search_opens_its_page(visitor):
    assert visitor.get("/observatory/search/?q=c29").headers["Location"].endswith("/sectors/C29/")
    assert visitor.get("/observatory/search/?q=DE11").headers["Location"].endswith("/regions/DE11/")


def test_the_search_shows_what_was_typed_as_text(visitor):
    page = visitor.get("/observatory/search/?q=<script>alert(1)</script>").content
    assert b"<script>alert" not in page


def test_a_house_without_a_release_says_how_to_make_one(visitor, settings, tmp_path):
    settings.HANSE_RELEASES = tmp_path
    page = visitor.get("/observatory/")
    assert page.status_code == 503
    assert b"hanse observatory build" in page.content
    assert visitor.get("/").status_code == 200
    assert visitor.get("/api/v1/sectors").status_code == 404


# API ---------------------------------------------------------------------------------------------


def test_the_api_answers_without_a_key_and_pages_through_all_rows(visitor):
    whole = visitor.get("/api/v1/sectors/C29/map?year=2014&limit=5000").json()
    assert whole["total"] == len(whole["rows"])
    parts = []
    for offset in range(0, whole["total"], 100):
        part = visitor.get(f"/api/v1/sectors/C29/map?year=2014&limit=100&offset={offset}").json()
        parts += part["rows"]
    assert parts == whole["rows"]
    assert whole["release"] == serving_release().id


def test_the_api_writes_the_same_csv_as_the_page(visitor):
    api = visitor.get("/api/v1/sectors/C29/map?year=2014&format=csv&limit=5000").content
    assert api == visitor.get("/observatory/sectors/C29/figures.csv?year=2014").content


def test_an_unchanged_answer_is_not_sent_twice(visitor):
    first = visitor.get("/api/v1/sectors/C29/map?year=2014")
    again = visitor.get(
        "/api/v1/sectors/C29/map?year=2014", headers={"if-none-match": first.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/sectors/Z99/map", 404),
        ("/api/v1/sectors/C29/map?year=1999", 404),
        ("/api/v1/sectors/C29/map?limit=0", 422),
        ("/api/v1/sectors/C29/map?indicator=beauty", 422),
        ("/api/v1/regions/XX/cells", 404),
        ("/api/v1/regions/XX/related", 404),
        ("/api/v1/regions/DE1/peers", 404),
        ("/api/v1/sectors/Z99/hot-spots", 404),
        ("/api/v1/sectors/Z99/localisation", 404),
        ("/api/v1/compare?regions=DE11&weights=persons:x", 422),
        ("/api/v1/compare?regions=XX99", 404),
        ("/api/v1/nothing", 404),
    ],
)
def test_a_wrong_question_to_the_api_is_a_problem_in_words(visitor, address, status):
    answer = visitor.get(address)
    assert answer.status_code == status


def test_the_head_of_an_answer_is_that_of_the_whole_one_and_any_page_may_read_it(visitor):
    whole = visitor.get("/api/v1/sectors/C29/map?year=2014")
    head = visitor.head("/api/v1/sectors/C29/map?year=2014")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert whole.headers["Access-Control-Allow-Origin"] == "*"


def test_the_description_of_the_api_is_openapi_3_1(visitor):
    described = visitor.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "/api/v1/sectors/{code}/map" in described["paths"]


# Terminal ----------------------------------------------------------------------------------------


def run(*words: str):
    return CliRunner().invoke(observatory, list(words))


def test_the_terminal_writes_the_same_csv(visitor):
    said = run("map", "--sector", "C29", "--year", "2014", "--indicator", "lq", "--format", "csv")
    assert said.exit_code == 0
    page = visitor.get("/observatory/sectors/C29/figures.csv?year=2014").content
    assert said.stdout_bytes == page


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("map", "--sector", "Z99"), 2, "Z99"),
        (("map", "--sector", "C29", "--year", "1999"), 2, "1999"),
        (("portrait", "--region", "XX"), 2, "XX"),
        (("compare", "--regions", "DE11", "--weights", "beauty:1"), 2, "beauty"),
        (("compare", "--regions", "DE11", "--weights", "persons"), 2, "name:number"),
        (("build", "--pack", "/nowhere"), 1, "/nowhere"),
    ],
)
def test_the_terminal_refuses_in_words_with_its_exit_code(words, code, says):
    said = run(*words)
    assert said.exit_code == code
    assert says in said.output


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_portrait_and_comparison_come_in_each_form(form):
    assert run("portrait", "--region", "DE11", "--format", form).exit_code == 0
    said = run("compare", "--regions", "DE11,RO42", "--format", form)
    assert said.exit_code == 0
    assert "RO42" in said.stdout


def test_export_writes_all_cells_or_those_of_a_sector(tmp_path):
    assert run("export", str(tmp_path / "all.parquet")).exit_code == 0
    assert run("export", str(tmp_path / "cars.csv"), "--sector", "C29").exit_code == 0
    assert pq.read_metadata(tmp_path / "all.parquet").num_rows > 200_000
    assert {r["sector"] for r in rows_of_csv((tmp_path / "cars.csv").read_text())} == {"C29"}
    assert run("export", str(tmp_path / "all.doc")).exit_code == 2
