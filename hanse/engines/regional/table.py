"""Tables in and out: pandas, Polars, Arrow or Ibis, with the reader's own column names.

An indicator is written once, as an Ibis expression over columns with the field's names. `indicator`
wraps it: rename, check, compute, and give back the kind of table that came in. An Ibis table stays
an expression, so that it is computed where its rows are (DuckDB, PostgreSQL, Spark …).
"""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import BooleanValue, NumericValue, Table

from hanse.engines import faults

LARGEST = 1e100
KEYS = frozenset({"region", "sector", "period", "plant", "group", "type"})


@dataclass(frozen=True)
class Indicator:
    """A method over tables: call it with a table and, by role, the names of its columns.

    `herfindahl(table, region="geo", value="persons", by="year", normalised=True)`; a role that is
    not named is looked for under its own name. Where a method knows a `reference` area, that is a
    second table under the same names. `expression` is the bare Ibis form, unchecked.
    """

    name: str
    family: str
    expression: Callable[..., Table]
    roles: tuple[str, ...]
    optional: tuple[str, ...]
    rows_are: tuple[str, ...]
    gives: tuple[str, ...]
    presets: Mapping[str, Mapping[str, Any]]
    signed: tuple[str, ...]

    def __call__(
        self, table: Any, *, like: str | None = None, by: str | Sequence[str] = (), **given: Any
    ) -> Any:
        """Compute the indicator; each value of the columns `by` is a table of its own."""
        names, options = self._named(given, like)
        # The reader's columns `by` get names of their own, so that none meets one of the method's.
        within = {
            f"by_{place}": name for place, name in enumerate([by] if isinstance(by, str) else by)
        }
        rows = self._checked(as_ibis(table), names, given, within, self.roles, self.rows_are)
        if options.get("reference") is not None:
            options["reference"] = self._reference(as_ibis(options["reference"]), names, within)
        result = self.expression(rows, by=tuple(within), **options)
        doubled = [role for role in self.gives if names.get(role) in within.values()]
        result = result.drop(*(role for role in doubled if role in result.columns))
        shown = [column for column in self.gives if column in result.columns]
        back = {names[role]: role for role in shown if names.get(role, role) != role}
        result = result.rename(back | {name: inner for inner, name in within.items()})
        order = [*within.values(), *(names.get(column, column) for column in shown)]
        return as_given(result.order_by(order) if order else result, table)

    @property
    def options(self) -> dict[str, Any]:
        """The conventions of the method and what each is unless told."""
        parameters = list(inspect.signature(self.expression).parameters.values())[1:]
        return {one.name: one.default for one in parameters if one.name != "by"}

    @property
    def doc(self) -> str:
        """What the method says of itself: formula, unit, source."""
        return inspect.getdoc(self.expression) or ""

    def _named(
        self, given: Mapping[str, Any], like: str | None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        if like is not None and like not in self.presets:
            known = ", ".join(sorted(self.presets)) or "none"
            raise faults.UnknownConvention(f"{self.name} has no preset {like!r}; it has: {known}.")
        roles = (*self.roles, *self.optional)
        names = {role: given.get(role) or role for role in roles}
        options = {**(self.presets[like] if like else {})}
        for name, value in given.items():
            if name in roles:
                continue
            if name not in self.options:
                known = ", ".join((*roles, *self.options))
                raise faults.UnknownConvention(f"{self.name} knows no {name!r}; it knows: {known}.")
            options[name] = value
        return names, options

    def _checked(
        self,
        table: Table,
        names: Mapping[str, str],
        given: Mapping[str, Any],
        within: Mapping[str, str],
        needed: Sequence[str],
        keys: Iterable[str],
    ) -> Table:
        columns = table.columns
        for role, name in names.items():
            if name not in columns and (role in needed or given.get(role)):
                raise faults.MissingColumn(
                    f"{self.name} needs a column for {role}; there is no {name!r} among "
                    f"{', '.join(columns)}."
                )
        present = {role: name for role, name in names.items() if name in columns}
        rows = renamed(table, present, within)
        called = {**present, **within}
        check(rows, keys=tuple(keys), within=tuple(within), signed=self.signed, called=called)
        return rows

    def _reference(
        self, table: Table, names: Mapping[str, str], within: Mapping[str, str]
    ) -> Table:
        """The reference area: its own rows, under the names of the first table."""
        kept = {inner: name for inner, name in within.items() if name in table.columns}
        return self._checked(table, names, {}, kept, ("value",), sorted(KEYS))


def indicator(
    family: str,
    *,
    roles: Sequence[str],
    rows_are: Sequence[str],
    gives: Sequence[str],
    optional: Sequence[str] = (),
    presets: Mapping[str, Mapping[str, Any]] | None = None,
    signed: Sequence[str] = (),
) -> Callable[[Callable[..., Table]], Indicator]:
    """Make an Ibis expression a method over tables.

    family    where the catalogue lists it
    roles     columns that it needs; `optional` ones are passed on where the table has them
    rows_are  the columns that name a row: two rows with the same are refused
    gives     the columns that name a row of the result, in the order of its rows
    presets   conventions under the name of the program that has them
    signed    value columns that may be negative
    """

    def wrapped(expression: Callable[..., Table]) -> Indicator:
        made = Indicator(
            name=expression.__name__,
            family=family,
            expression=expression,
            roles=tuple(roles),
            optional=tuple(optional),
            rows_are=tuple(rows_are),
            gives=tuple(gives),
            presets=dict(presets or {}),
            signed=tuple(signed),
        )
        object.__setattr__(made, "__doc__", expression.__doc__)
        object.__setattr__(made, "__name__", expression.__name__)
        object.__setattr__(made, "__module__", expression.__module__)
        object.__setattr__(made, "__wrapped__", expression)
        return made

    return wrapped


def as_ibis(table: Any) -> Table:
    """Any table as an Ibis table; a column of mixed types is refused."""
    if isinstance(table, Table):
        return table
    if isinstance(table, Mapping):
        table = pa.table(dict(table))
    try:
        return ibis.memtable(table)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as why:
        raise faults.NotNumeric(f"A column mixes types: {why}") from why


def as_given(result: Table, given: Any) -> Any:
    """The result as the kind of table that was given; an Ibis table stays an expression."""
    match type(given).__module__.partition(".")[0]:
        case "ibis":
            return result
        case "polars":
            return result.to_polars()
        case "pandas":
            return result.to_pandas()
        case _:
            return result.to_pyarrow()


def renamed(
    rows: Table, names: Mapping[str, str], by: Mapping[str, str] = MappingProxyType({})
) -> Table:
    """The columns that the method knows, under the field's names; values as float64."""
    for name in by.values():
        if name not in rows.columns:
            raise faults.MissingColumn(f"There is no column {name!r} to group by.")
    taken = {}
    for role, name in names.items():
        column = rows[name]
        if role in KEYS:
            taken[role] = column
        elif column.type().is_numeric() or column.type().is_null():
            taken[role] = column.cast("float64")
        else:
            raise faults.NotNumeric(f"Column {name!r} holds {column.type()}, not numbers.")
    return rows.select(**{inner: rows[name] for inner, name in by.items()}, **taken)


def grouped(rows: Table, keys: Sequence[str]) -> Any:
    """The rows in groups of `keys`, to be aggregated; without keys the whole table is one."""
    return rows.group_by(list(keys)) if keys else rows


THERE = ibis.literal(1, "int8")
"""Marks a row of the right side, so that one that is not there can be told from a null in it."""


def absent(mark: NumericValue) -> BooleanValue:
    """Whether `matched` found no row; ClickHouse fills such a row with zeros, not with nulls."""
    return mark.fill_null(0) == 0


def matched(left: Table, right: Table, keys: Sequence[str]) -> Table:
    """Every row of `left` with the row of `right` under the same keys, where there is one."""
    if not keys:
        return left.cross_join(right)
    return left.left_join(right, list(keys)).drop([f"{key}_right" for key in keys])


def check(
    rows: Table,
    *,
    keys: Sequence[str],
    within: Sequence[str] = (),
    signed: Sequence[str] = (),
    called: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Refuse a table with no rows, nameless or doubled rows, negative or infinite values.

    within    columns whose every value is a table of its own
    called    what the reader calls a column, for the message
    """
    keys = list(dict.fromkeys(name for name in keys if name in rows.columns))
    named = dict.fromkeys([*within, *keys, *(name for name in rows.columns if name in KEYS)])
    values = [name for name in rows.columns if name not in named]
    found = rows.aggregate(
        rows=rows.count(),
        **{f"nameless_{name}": rows[name].isnull().sum() for name in named},
        **{f"negative_{name}": (rows[name] < 0).sum() for name in values if name not in signed},
        **{f"endless_{name}": _endless(rows[name]).sum() for name in values},
    ).to_pyarrow()
    counts = {name: value or 0 for name, value in found.to_pylist()[0].items()}
    if not counts.pop("rows"):
        raise faults.NothingGiven("The table has no rows.")
    kinds: dict[str, tuple[type[faults.Unfit], str]] = {
        "nameless": (faults.MissingKey, "have no"),
        "negative": (faults.NegativeValue, "are below zero in"),
        "endless": (faults.NotFinite, "are infinite, not a number or beyond 1e100 in"),
    }
    for kind, count in counts.items():
        if count:
            fault, words = kinds[kind.partition("_")[0]]
            column = kind.partition("_")[2]
            raise fault(f"{count} rows {words} {called.get(column, column)}.")
    if keys:
        _check_doubles(rows, [*within, *keys], called)


def _endless(column: NumericValue) -> BooleanValue:
    """Values that cannot be used: squares and sums of figures beyond 1e100 would not be finite."""
    return column.isinf() | column.isnan() | (column.abs() > LARGEST)


def _check_doubles(rows: Table, keys: Sequence[str], called: Mapping[str, str]) -> None:
    doubles = rows.group_by(list(keys)).agg(times=ibis._.count()).filter(ibis._.times > 1)
    first = doubles.order_by(list(keys)).limit(1).to_pyarrow().to_pylist()
    if first:
        row = ", ".join(f"{called.get(name, name)} {first[0][name]}" for name in keys)
        raise faults.DuplicateRows(f"{first[0]['times']} rows for {row}.")
