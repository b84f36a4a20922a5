import doctest
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hanse.kit import charts, geometry, maps, numbers
from hanse.kit.charts import drawing
from hanse.kit.tests import samples


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314  our own drawing


@pytest.mark.parametrize("module", [geometry, numbers, drawing])
def test_examples_in_docstrings(module):
    assert doctest.testmod(module).failed == 0


def test_classes_are_closed_below():
    assert [maps.RATIOS.of(v) for v in (0.1, 0.25, 1, 3.99, 4, None)] == [
        "q1", "q2", "q4", "q5", "q6", "nk",
    ]  # fmt: skip
    assert maps.RATIOS.counts([0.1, 4, 9, None, float("nan")]) == [1, 0, 0, 0, 0, 2, 2]
    assert maps.GROWTH.of(0) == "d0"


def test_every_region_is_a_hexagon_with_its_words_and_address():
    svg = samples.hexagons()
    root = parsed(svg)
    values = samples.cars()["quotients"]["2014"]
    places = samples.cars()["places"]
    links = root.findall("a")
    assert len(links) == len([code for code in places if code in values])
    said = {link.find("title").text for link in links}
    assert "Vest (RO42): 7.3" in said
    assert any(words.endswith("not published") for words in said)


def test_neighbours_share_an_edge_and_countries_are_parted():
    grid = maps.grid_of({"AA1": (0, 0), "AA2": (1, 0), "BB1": (0.5, 0.866)})
    assert grid.centres["AA2"][0] - grid.centres["AA1"][0] == 60
    assert grid.borders.count("M") == 1


def test_the_map_and_eight_small_ones_are_small():
    small = "".join(samples.small_hexagons(str(year)) for year in range(2008, 2016))
    assert len(samples.hexagons()) < 50_000
    assert len(small) < 90_000
    assert "<title" not in small


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_charts_are_named_images_without_styles_or_small_type(width):
    for name, svg in {**samples.drawn(width), "strip": samples.strip(width)}.items():
        root = parsed(svg)
        assert root.get("role") == "img", name
        assert root.get("aria-label"), name
        assert "style=" not in svg, name
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 12.5, name


def test_gauge_knows_which_way_is_better():
    rank = charts.Gauge(21, 25, 1, 282, "first 25", better="less")
    assert rank.met is True
    assert charts.Gauge(None, 2, 0.5, 8, "2").met is None
    assert "nk" in charts.gauge(charts.Gauge(None, 2, 0.5, 8, "2"), label="LQ")
    assert "end-unmet" in charts.gauge(charts.Gauge(0.7, 2, 0.5, 8, "2"), label="LQ")


def test_a_missing_year_is_hatched_in_the_small_line():
    assert charts.sparkline([1, None, 3]).count('class="nk"') == 1
    assert charts.sparkline([None, None]).count('class="nk"') == 2


def test_words_in_drawings_are_escaped():
    svg = charts.bars([charts.Part("<b>&", 1, "+1")], label='"')
    parsed(svg)
    assert "&lt;b&gt;&amp;" in svg


def test_a_file_of_its_own_has_its_colours_written_out():
    for theme in ("light", "dark"):
        file = maps.standalone(samples.hexagons(), theme)
        parsed(file)
        assert "var(" not in file
        assert "<a " not in file


def test_without_boundaries_there_is_no_atlas():
    assert maps.shapes(Path("/nowhere/nuts.geojson")) is None


@pytest.mark.pack
def test_atlas_draws_regions_frame_and_far_ones():
    sheet = samples.boundaries()
    if sheet is None:
        pytest.skip("HANSE_DATA names no folder with boundaries")
    svg = samples.boundary_map()
    parsed(svg)
    assert "ES70" in sheet.far
    assert "Canarias" in svg
    assert svg.count("<a ") > 250
    assert len(svg) < 120_000
