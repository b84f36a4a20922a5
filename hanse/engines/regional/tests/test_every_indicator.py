"""What holds of every indicator: any kind of table, any database, any names, and its words."""

import math
from typing import Any

import ibis
import ibis.config
import pyarrow as pa
import pytest

from hanse.engines import faults, regional
from hanse.engines.regional.table import Indicator
from hanse.engines.regional.tests.examples import EXAMPLES

NAMES = sorted(regional.__all__)
DIALECTS = ("duckdb", "postgres", "pyspark", "trino", "clickhouse")


class Spark(ibis.config.Config):
    treat_nan_as_null: bool = False


def rows_of(result: pa.Table) -> list[dict[str, Any]]:
    return [
        {name: round(one, 12) if isinstance(one, float) else one for name, one in row.items()}
        for row in result.to_pylist()
    ]


def of(name: str) -> Indicator:
    found: Indicator = getattr(regional, name)
    return found


def test_every_indicator_has_an_example() -> None:
    assert sorted(EXAMPLES) == NAMES == regional.__all__


@pytest.mark.parametrize("name", NAMES)
def test_any_kind_of_table_gives_its_own_kind_and_the_same_values(name: str) -> None:
    table, given = EXAMPLES[name]
    wanted = of(name)(table, **given)
    assert isinstance(wanted, pa.Table)
    assert wanted.num_rows > 0

    from_pandas = of(name)(table.to_pandas(), **given)
    back = pa.Table.from_pandas(from_pandas, schema=wanted.schema, preserve_index=False)
    assert rows_of(back) == rows_of(wanted)

    from_ibis = of(name)(ibis.memtable(table), **given)
    assert isinstance(from_ibis, ibis.Table)
    assert rows_of(from_ibis.to_pyarrow()) == rows_of(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_a_polars_table_gives_a_polars_table(name: str) -> None:
    polars = pytest.importorskip("polars")
    table, given = EXAMPLES[name]
    found = of(name)(polars.from_arrow(table), **given)
    assert rows_of(found.to_arrow()) == rows_of(of(name)(table, **given))


@pytest.mark.parametrize("name", NAMES)
def test_the_expression_is_sql_in_every_dialect(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ibis.options, "pyspark", Spark())
    table, given = EXAMPLES[name]
    expression = of(name)(ibis.memtable(table), **given)
    for dialect in DIALECTS:
        assert "SELECT" in ibis.to_sql(expression, dialect=dialect)


@pytest.mark.parametrize("name", NAMES)
def test_each_value_of_by_is_a_table_of_its_own(name: str) -> None:
    table, given = EXAMPLES[name]
    alone = of(name)(table, **given)
    one, two = (table.append_column("year", pa.array([y] * table.num_rows)) for y in (1, 2))
    both = of(name)(pa.concat_tables([one, two]), by="year", **given)
    for year in (1, 2):
        mine = both.filter(pa.compute.equal(both["year"], year)).drop(["year"])
        assert rows_of(mine) == rows_of(alone)


@pytest.mark.parametrize("name", NAMES)
def test_the_reader_s_own_names_come_back(name: str) -> None:
    table, given = EXAMPLES[name]
    if "reference" in given:
        area = given["reference"]
        given = {**given, "reference": area.rename_columns([f"my_{c}" for c in area.column_names])}
    mine = table.rename_columns([f"my_{column}" for column in table.column_names])
    roles = {column: f"my_{column}" for column in table.column_names}
    wanted = rows_of(of(name)(table, **EXAMPLES[name][1]))
    found = of(name)(mine, **roles, **given)
    plain = [column.removeprefix("my_") for column in found.column_names]
    assert rows_of(found.rename_columns(plain)) == wanted
    assert any(column.startswith("my_") for column in found.column_names) or len(wanted) == 1


@pytest.mark.parametrize("name", NAMES)
def test_relabelled_regions_and_sectors_leave_the_values_as_they_are(name: str) -> None:
    table, given = EXAMPLES[name]
    if "region" not in table.column_names or name.endswith("_pairs") or name == "colocation":
        pytest.skip("pairs are named in the order of their labels")
    turned = {"a": "w", "b": "v", "c": "u", "d": "t", "e": "s", "x": "n", "y": "m", "z": "l"}

    def relabelled(one: pa.Table) -> pa.Table:
        for column in {"region", "sector"} & set(one.column_names):
            at = one.column_names.index(column)
            labels = [turned[label] for label in one[column].to_pylist()]
            one = one.set_column(at, column, pa.array(labels))
        return one

    back = {new: old for old, new in turned.items()}
    area = {key: relabelled(one) for key, one in given.items() if key == "reference"}
    found = rows_of(of(name)(relabelled(table), **{**given, **area}))
    found = [{key: back.get(one, one) for key, one in row.items()} for row in found]
    wanted = rows_of(of(name)(table, **given))
    assert sorted(found, key=repr) == sorted(wanted, key=repr)


@pytest.mark.parametrize("name", NAMES)
def test_a_null_value_has_a_reason_and_a_value_has_none(name: str) -> None:
    table, given = EXAMPLES[name]
    for row in of(name)(table, **given).to_pylist():
        value = row.get(name, row.get("national", row.get("entry", row.get("exit"))))
        if name.startswith("coagglomeration"):
            value = row["coagglomeration"]
        elif name == "krugman_pairs":
            value = row["krugman"]
        elif name == "entry_exit":
            value = row["entry"] if row["entry"] is not None else row["exit"]
        assert (value is None) == (row["reason"] is not None)


def changed(table: pa.Table, value: Any) -> pa.Table:
    at = table.column_names.index("value")
    figures = table["value"].to_pylist()
    return table.set_column(at, "value", pa.array([value, *figures[1:]], pa.float64()))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "colocation"])
@pytest.mark.parametrize(
    ("value", "fault"),
    [(-1.0, faults.NegativeValue), (math.inf, faults.NotFinite), (-math.inf, faults.Unfit)],
)
def test_a_value_that_cannot_be_is_refused(name: str, value: float, fault: type) -> None:
    table, given = EXAMPLES[name]
    with pytest.raises(fault):
        of(name)(changed(table, value), **given)


@pytest.mark.parametrize("name", NAMES)
def test_doubled_rows_no_rows_and_nameless_rows_are_refused(name: str) -> None:
    table, given = EXAMPLES[name]
    with pytest.raises(faults.DuplicateRows):
        of(name)(pa.concat_tables([table, table.slice(0, 1)]), **given)
    with pytest.raises(faults.NothingGiven):
        of(name)(table.slice(0, 0), **given)
    at = table.column_names.index("region")
    labels = [None, *table["region"].to_pylist()[1:]]
    with pytest.raises(faults.MissingKey):
        of(name)(table.set_column(at, "region", pa.array(labels, pa.string())), **given)


@pytest.mark.parametrize("name", NAMES)
def test_unknown_words_and_missing_columns_are_named(name: str) -> None:
    table, given = EXAMPLES[name]
    with pytest.raises(faults.UnknownConvention, match="knows no 'colour'"):
        of(name)(table, colour="red", **given)
    with pytest.raises(faults.UnknownConvention, match="no preset"):
        of(name)(table, like="nobody", **given)
    with pytest.raises(faults.MissingColumn, match="no 'geo'"):
        of(name)(table, region="geo", **given)
    with pytest.raises(faults.MissingColumn):
        of(name)(table, by="decade", **given)


@pytest.mark.parametrize("name", NAMES)
def test_words_in_the_place_of_numbers_are_refused(name: str) -> None:
    table, given = EXAMPLES[name]
    if "value" not in table.column_names:
        pytest.skip("it counts rows")
    at = table.column_names.index("value")
    words = table.set_column(at, "value", pa.array(["many"] * table.num_rows))
    with pytest.raises(faults.NotNumeric):
        of(name)(words, **given)
    mixed = table.to_pandas()
    mixed["value"] = ["many", *mixed["value"][1:]]
    with pytest.raises(faults.NotNumeric):
        of(name)(mixed, **given)


@pytest.mark.parametrize("name", NAMES)
def test_the_docstring_says_what_the_catalogue_shows(name: str) -> None:
    for word in ("Formula", "Unit", "Takes", "Gives", "Unknown", "Source"):
        assert f"\n{word:10}" in of(name).doc


@pytest.mark.parametrize("name", NAMES)
def test_large_counts_come_out_like_small_ones(name: str) -> None:
    table, given = EXAMPLES[name]
    if "value" not in table.column_names or name == "beta_convergence":
        pytest.skip("its values are no shares")
    at = table.column_names.index("value")
    figures = [None if one is None else one * 10.0**9 for one in table["value"].to_pylist()]
    large = of(name)(table.set_column(at, "value", pa.array(figures, pa.float64())), **given)
    small = of(name)(table, **given)
    for column in small.column_names:
        if name != "shift_share_analysis" and column != "change":
            pairs = zip(large[column].to_pylist(), small[column].to_pylist(), strict=True)
            for big, little in pairs:
                assert big == (
                    pytest.approx(little, rel=1e-9, abs=1e-12)
                    if isinstance(little, float)
                    else little
                )


@pytest.mark.parametrize("by", ["y", "unit", "start", "value_of", "sector"])
def test_a_column_to_group_by_may_have_any_name(by: str) -> None:
    table, _ = EXAMPLES["krugman"]
    mine = table.rename_columns({"region": "geo", "sector": "nace", "value": "persons"})
    mine = mine.append_column(by, pa.array([1] * mine.num_rows))
    roles = {"region": "geo", "sector": "nace", "value": "persons"}
    found = regional.krugman(mine, by=by, **roles)
    assert found.column_names == [by, "geo", "krugman", "left_out", "reason"]
    assert rows_of(found.drop([by, "geo"])) == rows_of(regional.krugman(table).drop(["region"]))


def test_a_column_to_group_by_may_be_a_role_too() -> None:
    table, _ = EXAMPLES["herfindahl"]
    found = regional.herfindahl(table, by="region")
    assert rows_of(found) == rows_of(regional.herfindahl(table))
    sectors = regional.location_quotient(table, by=["sector"])
    assert set(sectors["location_quotient"].to_pylist()) == {1.0, None}
    assert sectors.column_names == ["sector", "region", "location_quotient", "present", "reason"]


def test_a_fault_speaks_of_the_reader_s_own_columns() -> None:
    table, _ = EXAMPLES["herfindahl"]
    mine = table.rename_columns({"region": "geo", "value": "persons"}).append_column(
        "year", pa.array([2014] * table.num_rows)
    )
    doubled = pa.concat_tables([mine, mine.slice(0, 1)])
    with pytest.raises(faults.DuplicateRows, match="year 2014, geo a, sector x"):
        regional.herfindahl(doubled, region="geo", value="persons", by="year")
    at = mine.column_names.index("persons")
    below = mine.set_column(at, "persons", pa.array([-1] * mine.num_rows))
    with pytest.raises(faults.NegativeValue, match="below zero in persons"):
        regional.herfindahl(below, region="geo", value="persons", by="year")
    area = {"region": ["a", "a"], "value": [1, 2]}
    with pytest.raises(faults.DuplicateRows):
        regional.ellison_glaeser({"region": ["a"], "value": [1]}, reference=area)


def test_rows_without_a_name_of_their_own_may_be_grouped() -> None:
    plants = EXAMPLES["ellison_glaeser"][0].drop(["plant"])
    alone = regional.ellison_glaeser(plants)
    grouped = regional.ellison_glaeser(
        plants.append_column("year", pa.array([2014] * plants.num_rows)), by="year"
    )
    assert rows_of(grouped.drop(["year"])) == rows_of(alone)
