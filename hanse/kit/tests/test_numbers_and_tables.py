from datetime import date
from math import nan

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from hanse.kit import numbers
from hanse.kit.tables import CONFIDENTIAL, Bar, Column, Estimated, Named, Row, Table, written


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "−1,234.5"), ("de", "−1.234,5"), ("fr", "−1\u202f234,5")],
)
def test_figures_follow_the_reader(language, expected):
    with override(language):
        assert numbers.figure(-1234.5, 1) == expected


def test_a_rounded_zero_has_no_sign():
    assert numbers.figure(-0.04, 1) == "0.0"
    assert numbers.signed(0.04, 1) == "0.0"


def test_what_is_not_known_is_empty():
    assert [numbers.figure(nan), numbers.percent(None), numbers.large(None)] == ["", "", ""]


def test_countries_are_named_in_the_readers_language():
    with override("de"):
        assert [numbers.country("EL"), numbers.country("UK"), numbers.country("XX")] == [
            "Griechenland",
            "Vereinigtes Königreich",
            "XX",
        ]


def test_dates_and_large_numbers():
    with override("en"):
        assert numbers.day(date(2018, 1, 12)) == "12 Jan 2018"
        assert numbers.large(1_580_000) == "1.58\u00a0m"


def test_table_escapes_names_and_keeps_what_is_safe():
    table = Table(
        [Column("Region", "head"), Column("Word"), Column("Mark", "html")],
        [Row([Named("<b>", "/a?b&c", "DE"), "<i>", mark_safe("<hr>")])],
    )
    html = written(table)
    assert '<th scope="row"><a href="/a?b&amp;c">&lt;b&gt;</a> <span class="cc">DE</span>' in html
    assert "<td>&lt;i&gt;</td><td><hr></td>" in html


def test_cells_that_are_not_known_say_so_once():
    columns = [
        Column("R", "head"),
        Column("LQ", "number", 1),
        Column("B", "bar"),
        Column("P", "number"),
    ]
    html = written(Table(columns, [Row(["Braunschweig", CONFIDENTIAL, None, CONFIDENTIAL])]))
    assert html.count("confidential") == 1
    assert 'colspan="3"' in html


def test_estimates_are_said():
    html = written(Table([Column("P", "number")], [Row([Estimated(23607)])]))
    assert '<span class="flag">estimated</span> 23,607' in html


def test_bars_are_drawings():
    assert '<rect class="q6" width="97.0"' in written(
        Table([Column("B", "bar")], [Row([Bar(0.97, "q6")])])
    )


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="2 cells, the table 1 columns"):
        Table([Column("A")], [Row(["a", "b"])])


def test_an_unknown_kind_of_column_is_refused():
    with pytest.raises(ValueError, match="numbr"):
        Column("A", "numbr")
