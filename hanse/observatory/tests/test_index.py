"""`hanse observatory index`: any method over a file, and one sentence for whatever is wrong."""

import doctest
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from hanse.engines import faults
from hanse.engines.catalogue import METHODS
from hanse.observatory.cli import methods, observatory
from hanse.observatory.transfers.tables import read_table

CELLS = "geo,nace,persons,year\n01,NA,3,2013\n01,B,6,2013\nNA,NA,7,2013\nNA,B,14,2013\n"
COLUMNS = ("--region", "geo", "--sector", "nace", "--value", "persons")


def index(*words, text=None):
    return CliRunner().invoke(observatory, ["index", *map(str, words)], input=text)


@pytest.fixture
def cells(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text(CELLS)
    return path


def rows_of(found):
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_codes_stay_as_they_are_written(cells):
    rows = rows_of(index("lq", cells, *COLUMNS, "--by", "year", "--format", "json"))
    assert [(row["year"], row["geo"], row["nace"]) for row in rows] == [
        (2013, "01", "B"),
        (2013, "01", "NA"),
        (2013, "NA", "B"),
        (2013, "NA", "NA"),
    ]
    assert {row["location_quotient"] for row in rows} == {1.0}
    assert {row["present"] for row in rows} == {1}


def test_every_kind_of_file_and_standard_input_give_the_same(cells, tmp_path):
    wanted = rows_of(index("presence", cells, *COLUMNS, "--format", "json"))
    parquet, tabs, semicolons = (tmp_path / name for name in ("c.parquet", "c.tsv", "c2.csv"))
    frame = pd.read_csv(cells, dtype={"geo": "str", "nace": "str"}, keep_default_na=False)
    frame.to_parquet(parquet)
    tabs.write_text(CELLS.replace(",", "\t"))
    semicolons.write_bytes(b"\xef\xbb\xbf" + CELLS.replace(",", ";").encode())
    for path in (parquet, tabs, semicolons):
        assert rows_of(index("presence", path, *COLUMNS, "--format", "json")) == wanted
    through = index("presence", "-", *COLUMNS, "--format", "json", text=CELLS)
    assert rows_of(through) == wanted


def test_csv_and_table(cells):
    found = index("herfindahl", cells, *COLUMNS, "--like", "econgeo", "--format", "csv")
    assert found.stdout.splitlines()[0] == "geo,herfindahl,equivalent,left_out,reason"
    found = index("herfindahl", cells, *COLUMNS)
    assert found.stdout.splitlines()[1].split() == [
        "geo",
        "herfindahl",
        "equivalent",
        "left_out",
        "reason",
    ]
    assert "hanse observatory index herfindahl" in found.stderr


def test_options_are_typed_and_other_names_say_theirs(tmp_path):
    path = tmp_path / "presence.csv"
    rows = ["a,x,1", "a,y,1", "b,x,1", "b,y,0", "c,x,0", "c,y,0"]
    path.write_text("\n".join(["region,sector,value", *rows]))
    found = index("pci", path, "--option", "values=presence", "--format", "json")
    assert [row["sector"] for row in rows_of(found)] == ["x", "y"]
    found = index("eci", path, "--option", "values=presence", "--format", "json")
    assert [row["region"] for row in rows_of(found)] == ["a", "b", "c"]


def test_neighbours_and_a_reference_area_are_files(tmp_path):
    values, pairs = tmp_path / "values.csv", tmp_path / "pairs.csv"
    values.write_text("geo,v\n01,1\n02,2\n03,:\n04,4\n05,9\n")
    pairs.write_text("region,neighbour\n01,02\n02,04\n04,05\n")
    words = ("--region", "geo", "--value", "v", "--neighbours", pairs, "--format", "json")
    found = index("moran", values, *words, "--option", "mirrored=true")
    assert rows_of(found)[0]["left_out"] == 1
    assert "Beware" not in found.stderr
    assert "mirrored=true" in index("moran", values, *words).stderr
    cells, area = tmp_path / "cells.csv", tmp_path / "area.csv"
    cells.write_text("region,sector,value\na,x,1\na,y,1\n")
    area.write_text("sector,value\nx,1\ny,3\n")
    rows = rows_of(index("lq", cells, "--reference", area, "--format", "json"))
    assert [row["location_quotient"] for row in rows] == [2.0, pytest.approx(2 / 3)]


def test_points_take_a_list_of_distances_and_a_type_as_it_is_written(tmp_path):
    path = tmp_path / "points.csv"
    lines = [f"{place % 7},{place % 5},{'01' if place % 2 else '1'}" for place in range(35)]
    path.write_text("\n".join(["x,y,kind", *lines]))
    words = ("--column", "type=kind", "--option", "r=1,2.5", "--format", "json")
    first = rows_of(index("m", path, *words, "--option", "reference=01"))
    second = rows_of(index("m", path, *words, "--option", "reference=1"))
    assert [row["r"] for row in first] == [1.0, 2.5]
    assert first != second


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("lq", "CELLS", "--region", "nuts"), "no 'nuts' among geo, nace, persons, year"),
        (("lq", "CELLS", *COLUMNS[:4], "--value", "nace"), "holds 'B' in line 3"),
        (("lqq", "CELLS"), "No method is called 'lqq'; there are: lq"),
        (("lq", "CELLS", *COLUMNS, "--like", "esda"), "no preset 'esda'; it has: econgeo, reat"),
        (("lq", "CELLS", *COLUMNS, "--option", "threshold=high"), "is not a number"),
        (("lq", "CELLS", *COLUMNS, "--option", "colour=1"), "it knows: threshold"),
        (("lq", "CELLS", *COLUMNS, "--column", "colour=x"), "no column for 'colour'"),
        (("lq", "CELLS", *COLUMNS, "--by", "decade"), "no column 'decade'"),
        (("hhi", "CELLS", *COLUMNS, "--option", "normalised=yes"), "is not true or false"),
        (("kd", "CELLS", "--option", "r=1,x"), "is not a list of numbers"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(cells, words, sentence):
    found = index(*[cells if word == "CELLS" else word for word in words])
    assert found.exit_code == 1
    assert sentence in found.stderr
    assert found.stderr.startswith("Error: ")
    assert len(found.stderr.strip().splitlines()) == 1
    assert found.stdout == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("region,sector,value\na,x,-1\na,y,2\n", "1 rows are below zero in value"),
        ("region,sector,value\na,x,1\na,x,2\n", "2 rows for region a, sector x"),
        ("region,sector,value\n,x,1\na,x,2\n", "1 rows have no region"),
        ("region,sector,value\na,x,inf\na,y,2\n", "infinite"),
        ("region,sector,value\na,x\n", "is no table"),
        ("region,region,value\na,x,1\n", "has two columns 'region'"),
        ("region,sector,value\n", "no rows"),
        ("  \n", "Standard input is empty"),
        (b"\xff\xfe\x00", "neither Parquet nor text in UTF-8"),
        (b"PAR1 and no more", "no whole Parquet file"),
        ("region;sector;value\na;x;1,5\n", "'1,5' in line 2"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(text, sentence):
    found = index("lq", "-", text=text)
    assert found.exit_code == 1
    assert sentence in found.stderr
    assert "Traceback" not in found.output


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("lq", "nowhere.csv"),
        ("lq", "--format", "markdown"),
        ("lq", "-", "--option", "threshold"),
        ("lq", "-", "--option", "reference=x.csv"),
        ("lq", "--format", "xml"),
    ],
)
def test_wrong_usage_is_told_apart(words):
    assert index(*words, text=CELLS).exit_code == 2


def test_the_words_of_a_method():
    found = index("economic_complexity")
    assert found.exit_code == 0
    for word in ("Formula", "Columns   region, sector, value", "threshold", "ecomplexity", "eci"):
        assert word in found.stdout


def test_the_list_names_every_method_once():
    lines = index("--list").stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(METHODS)
    assert len(rows_of(index("--list", "--format", "json"))) == len(METHODS)


def test_kernels_are_announced_where_none_is_kept(monkeypatch, cells):
    monkeypatch.setattr(type(METHODS["kd"]), "is_compiled_first", lambda *_: True)
    found = index("hhi", cells, *COLUMNS)
    assert "Compiling kernels, once" in found.stderr
    monkeypatch.undo()
    assert not METHODS["herfindahl"].is_compiled_first({})
    assert not METHODS["moran"].is_compiled_first({"permutations": 0})


def test_numbers_of_a_table(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('period,code,value,on\n2013,"a,b",NA,true\n2014,007, 1e3 ,false\n2015,,:,\n')
    found = read_table(path, figures={"value", "on"}, periods={"period"})
    assert found.to_pydict() == {
        "period": [2013, 2014, 2015],
        "code": ["a,b", "007", None],
        "value": [None, 1000.0, None],
        "on": [1.0, 0.0, None],
    }
    path.write_text("period,value\n2013,1\n2014Q1,2\n")
    assert read_table(path, periods={"period"})["period"].to_pylist() == ["2013", "2014Q1"]
    with pytest.raises(faults.NotNumeric, match=r"'2014Q1' in line 3"):
        read_table(path, figures={"period"})


def test_a_parquet_file_with_a_dictionary(tmp_path):
    path = tmp_path / "t.parquet"
    pd.DataFrame({"region": pd.Categorical(["a", "b"]), "value": [1, 2]}).to_parquet(path)
    assert str(read_table(path).schema.field("region").type) in {"string", "large_string"}


def test_the_page_of_methods_is_what_the_command_prints(settings):
    page = Path(settings.ROOT) / "docs" / "methods.md"
    found = index("--list", "--format", "markdown")
    assert found.stdout == page.read_text(encoding="utf-8"), (
        "hanse observatory index --list --format markdown > docs/methods.md"
    )


def test_what_is_typed_becomes_of_the_option_s_kind():
    assert doctest.testmod(methods).failed == 0
