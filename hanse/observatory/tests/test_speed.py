"""The speed case computes what it claims to; how fast is measured elsewhere, never asserted."""

from hanse.observatory.actions.speed import generated_cells, rate_generated_cells
from hanse.observatory.tests import small_pack


def test_generated_cells_are_the_same_every_time_and_none_twice():
    rows = generated_cells(regions=20, sectors=10, years=2, rows=300)
    assert rows.equals(generated_cells(regions=20, sectors=10, years=2, rows=300))
    keys = {tuple(row.values()) for row in rows.drop_columns("persons").to_pylist()}
    assert len(keys) == 300


def test_every_generated_cell_is_rated():
    small_pack.provide_duckdb()
    rows = generated_cells(regions=50, sectors=10, years=1, rows=400)
    found = rate_generated_cells(rows)
    assert found["rows"] == 400
    assert 0 < found["three_stars"] < 100
