"""What holds of every method of the catalogue: any table, any names, its words, and bad input."""

from typing import Any

import ibis
import pyarrow as pa
import pytest

from hanse.engines import faults, regional
from hanse.engines.catalogue import (
    ALIASES,
    FAMILIES,
    INDICATORS,
    METHODS,
    OPTIONS_SAY,
    TABLES,
    method,
)
from hanse.engines.catalogue.tests.examples import NAMES, example
from hanse.engines.regional.table import KEYS


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    return [
        {name: round(one, 9) if isinstance(one, float) else one for name, one in row.items()}
        for row in table.to_pylist()
    ]


def test_every_public_indicator_is_in_the_catalogue():
    assert set(regional.__all__) == set(INDICATORS)
    assert set(regional.__all__) <= set(METHODS)


@pytest.mark.parametrize(
    "names",
    [
        "location_quotients presence diversity ubiquity co_occurrences proximity z_scores",
        "association probability cosine jaccard relatedness_density correlation_proximity",
        "reflections economic_complexity fitness complexity_outlook income_content",
        "eci pci coi cog prody expy lq hhi",
        "kd kd_envelope m_function m_envelope m_density k_function l_function d_function",
        "m little_m k l d kd_of_places",
        "moran geary getis_ord local_moran local_g",
        "cosine_distance jensen_shannon_distance difference_in_differences synthetic_control",
    ],
)
def test_every_method_has_the_name_of_the_field(names):
    assert all(method(name)[0] for name in names.split())


def test_names_are_known_in_any_writing_and_near_ones_are_told():
    assert method("Location-Quotient")[0] is METHODS["location_quotient"]
    assert method("pci") == (METHODS["economic_complexity"], {"of": "sector"})
    with pytest.raises(faults.UnknownConvention, match="there are: location_quotient"):
        method("locationquotient")
    with pytest.raises(faults.UnknownConvention, match="there are: entropy"):
        method("?")


def test_other_names_say_options_that_there_are():
    for name, options in ALIASES.values():
        assert set(options) <= set(METHODS[name].options)
    assert not set(ALIASES) & set(METHODS)


@pytest.mark.parametrize("name", NAMES)
def test_a_method_says_what_it_is(name):
    one = METHODS[name]
    assert one.family in FAMILIES
    assert one.first_sentence.endswith(".")
    assert one.row
    for preset in one.presets.values():
        assert set(preset) <= {*one.options, "like"}
    own = {"of", *OPTIONS_SAY}
    unsaid = [option for option in one.options if option not in own and option not in one.doc]
    assert unsaid == []


@pytest.mark.parametrize("name", NAMES)
def test_any_kind_of_table_gives_the_same_arrow_table(name):
    table, options = example(METHODS[name])
    wanted = METHODS[name].compute(table, None, options)
    assert isinstance(wanted, pa.Table)
    assert wanted.num_rows > 0
    for given in (table.to_pandas(), ibis.memtable(table), table.to_pydict()):
        found = METHODS[name].compute(given, None, options)
        assert isinstance(found, pa.Table)
        assert rows_of(found) == rows_of(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_polars_too(name):
    polars = pytest.importorskip("polars")
    table, options = example(METHODS[name])
    found = METHODS[name].compute(polars.from_arrow(table), None, options)
    assert rows_of(found) == rows_of(METHODS[name].compute(table, None, options))


@pytest.mark.parametrize("name", NAMES)
def test_the_reader_s_own_names_come_back_and_by_splits(name):
    one = METHODS[name]
    table, options = example(one)
    wanted = one.compute(table, None, options)
    mine = table.rename_columns([f"my_{column}" for column in table.column_names])
    columns = {column: f"my_{column}" for column in table.column_names if column in one.roles}
    if options.get("reference") is not None and one.name in INDICATORS:
        area = options["reference"]
        options = {
            **options,
            "reference": area.rename_columns([f"my_{column}" for column in area.column_names]),
        }
    both = pa.concat_tables(
        [mine.append_column("year", pa.array([year] * mine.num_rows)) for year in (2, 1)]
    )
    found = one.compute(both, columns, options, by="year")
    assert found.column_names[0] == "year"
    assert found["year"].to_pylist() == [1] * wanted.num_rows + [2] * wanted.num_rows
    plain = [column.removeprefix("my_") for column in found.column_names[1:]]
    assert plain == wanted.column_names
    keys = [column for column in wanted.column_names if column in KEYS & set(columns)]
    assert {f"my_{column}" for column in keys} <= set(found.column_names)
    first = found.slice(0, wanted.num_rows).drop_columns(["year"]).rename_columns(plain)
    assert rows_of(first) == rows_of(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_is_refused_by_name(name):
    one = METHODS[name]
    table, options = example(one)
    with pytest.raises(faults.UnknownConvention, match="knows no option 'colour'"):
        one.compute(table, None, {**options, "colour": "red"})
    with pytest.raises(faults.UnknownConvention, match="no preset 'nobody'"):
        one.compute(table, None, options, "nobody")
    with pytest.raises(faults.UnknownConvention, match="no column for 'colour'"):
        one.compute(table, {"colour": "red"}, options)
    with pytest.raises(faults.MissingColumn, match="no 'geo'"):
        one.compute(table, {one.takes[0]: "geo"}, options)
    with pytest.raises(faults.NothingGiven):
        one.compute(table.slice(0, 0), None, options)
    with pytest.raises(faults.MissingColumn):
        one.compute(table, None, options, by="decade")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["banana", -0.5])
def test_an_option_of_the_wrong_kind_is_a_fault_and_nothing_else(name, value):
    one = METHODS[name]
    table, options = example(one)
    for option, default in one.options.items():
        try:
            one.compute(table, None, {**options, option: value})
        except faults.Unfit:
            continue
        is_open = isinstance(value, float) and isinstance(default, float | None)
        assert is_open, f"{option}={value!r} is let through"


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_computes(name):
    one = METHODS[name]
    table, options = example(one)
    for like in one.presets:
        assert one.compute(table, None, options, like).num_rows > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_null_has_a_reason(name):
    one = METHODS[name]
    if name in INDICATORS:
        pytest.skip("the indicators have a test of their own")
    table, options = example(one)
    found = one.compute(table, None, options)
    keys = {"region", "sector", "other", "period", "has_policy", "r"}
    main = next(column for column in found.column_names if column not in keys)
    for value, reason in zip(found[main].to_pylist(), found["reason"].to_pylist(), strict=True):
        assert (value is None) == (reason is not None)


def test_tables_are_tables():
    for one in METHODS.values():
        for option in TABLES:
            if one.options.get(option, "") is None:
                table, options = example(one)
                with pytest.raises(faults.UnknownConvention, match="is no table"):
                    one.compute(table, None, {**options, option: 3})
