"""A method of the catalogue: by name, over any table, with an Arrow table for an answer."""

import inspect
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table

from hanse.engines import faults
from hanse.engines.regional.table import KEYS, Indicator, as_ibis, check, renamed

Options = Mapping[str, Any]
HELD = 2.0**53  # whole numbers that float64 holds; conventions are smaller
TABLES = ("reference", "neighbours")
"""Options that are a second table: a reference area, pairs of neighbours."""


Compute = Callable[..., pa.Table]
"""From rows under the names of roles, and the options in force, to the rows of the answer."""


@dataclass(frozen=True)
class Method:
    """A method by its name in the field, and what one must know to use it.

    takes      the roles of the columns that it needs; `optional` ones are used where they are
    row        what a row of the answer is; a method with the option `of` has several
    options    the conventions and what each is unless told
    presets    conventions under the name of the program that has them (`like`)
    doc        what the method says of itself: formula, unit, source
    """

    name: str
    family: str
    takes: tuple[str, ...]
    optional: tuple[str, ...]
    row: str
    options: Options
    presets: Mapping[str, Options]
    doc: str
    answer: "Answer" = field(repr=False)

    @property
    def first_sentence(self) -> str:
        """What it says, in one sentence."""
        return self.doc.partition("\n")[0]

    @property
    def roles(self) -> tuple[str, ...]:
        """All roles that a column can have."""
        return (*self.takes, *self.optional)

    def compute(
        self,
        table: Any,
        columns: Mapping[str, str] | None = None,
        options: Options | None = None,
        like: str | None = None,
        *,
        by: str | Sequence[str] = (),
    ) -> pa.Table:
        """Compute over any table (pandas, Polars, Arrow, Ibis, or lists by column).

        columns   role → the table's own name of it; a role that is not named has its own name
        options   convention → value; a second table under `reference` or `neighbours`
        like      a preset; what `options` say goes before it
        by        columns whose every value makes a table of its own
        Gives     Arrow; warnings of the method in the metadata of its schema, under `warnings`
        Errors    faults of `hanse.engines.faults`
        """
        names = {role: name for role, name in (columns or {}).items() if name}
        for role in names:
            _one_of(self.name, "column for", role, self.roles)
        given = {**self._preset(like), **(options or {})}
        for name, value in given.items():
            if name != "like" or like is None:
                _one_of(self.name, "option", name, self.options)
                _of_its_kind(self.name, name, value, self.options[name])
        within = (by,) if isinstance(by, str) else tuple(by)
        return self.answer(table, names, given, within)

    def is_compiled_first(self, options: Options) -> bool:
        """Whether the kernels of its family must be compiled before it can run; a minute, once.

        Only where they are kept beside the source, so that they can be looked for.
        """
        if self.family != "localisation" and not options.get("permutations"):
            return False
        kept = Path(__file__).parent.parent / self.family / "__pycache__"
        is_here = kept.is_dir() and os.access(kept, os.W_OK) and "NUMBA_CACHE_DIR" not in os.environ
        return is_here and not any(kept.glob("*.nbi"))

    def _preset(self, like: str | None) -> Options:
        if like is None:
            return {}
        if like not in self.presets:
            known = ", ".join(sorted(self.presets)) or "none"
            raise faults.UnknownConvention(f"{self.name} has no preset {like!r}; it has: {known}.")
        return self.presets[like]


Answer = Callable[[Any, Mapping[str, str], Options, tuple[str, ...]], pa.Table]


def of_indicator(indicator: Indicator, row: str) -> Method:
    """An indicator of tables as it is; its answer brought to Arrow."""

    def answer(
        table: Any, names: Mapping[str, str], options: Options, by: tuple[str, ...]
    ) -> pa.Table:
        given = as_ibis(table)
        _check_periods(given, names.get("period", "period"), options)
        return indicator(given, by=by, **names, **options).to_pyarrow()

    return Method(
        name=indicator.name,
        family=indicator.family,
        takes=indicator.roles,
        optional=indicator.optional,
        row=row,
        options=indicator.options,
        presets=indicator.presets,
        doc=indicator.doc,
        answer=answer,
    )


@dataclass(frozen=True)
class Needs:
    """What a method over arrays asks of its table; see `of_arrays`."""

    method: str
    takes: tuple[str, ...]
    optional: tuple[str, ...]
    rows_are: tuple[str, ...]
    signed: tuple[str, ...]

    def rows(self, table: Table, names: Mapping[str, str], within: Mapping[str, str]) -> pa.Table:
        """The columns of the roles under their names, checked and handed over through Arrow."""
        present: dict[str, str] = {}
        for role in (*self.takes, *self.optional):
            name = names.get(role, role)
            if name in table.columns:
                present[role] = name
            elif role in self.takes or role in names:
                raise faults.MissingColumn(
                    f"{self.method} needs a column for {role}; there is no {name!r} among "
                    f"{', '.join(table.columns)}."
                )
        truths = {
            name: table[name].cast("int8")
            for role, name in present.items()
            if role not in KEYS and table[name].type().is_boolean()
        }
        rows = renamed(table.mutate(**truths), present, within)
        called = {**present, **within}
        check(rows, keys=self.rows_are, within=tuple(within), signed=self.signed, called=called)
        return rows.to_pyarrow()


def of_arrays(
    family: str,
    engine: Callable[..., Any],
    compute: Compute,
    *,
    takes: Sequence[str],
    row: str,
    optional: Sequence[str] = (),
    rows_are: Sequence[str] = (),
    signed: Sequence[str] = (),
    presets: Mapping[str, Options] | None = None,
) -> Method:
    """A method over arrays, with what brings a table to it and its answer back to a table.

    engine    the method itself, for its words
    compute   rows in, rows out; its keyword arguments are the options
    rows_are  the columns that name a row: two rows with the same are refused
    signed    columns that may be negative
    """
    needs = Needs(engine.__name__, tuple(takes), tuple(optional), tuple(rows_are), tuple(signed))

    def answer(
        table: Any, names: Mapping[str, str], options: Options, by: tuple[str, ...]
    ) -> pa.Table:
        within = {f"by_{place}": name for place, name in enumerate(by)}
        rows = needs.rows(as_ibis(table), names, within)
        found = _each(rows, within, lambda part: compute(part, **options))
        warnings = found.schema.metadata  # which a table of other names does not keep
        back = {role: names.get(role, role) for role in KEYS & set(found.column_names)}
        found = found.drop_columns([role for role, name in back.items() if name in by])
        shown = {**back, **within}
        names_shown = [shown.get(column, column) for column in found.column_names]
        return found.rename_columns(names_shown).replace_schema_metadata(warnings)

    parameters = inspect.signature(compute).parameters.values()
    return Method(
        name=needs.method,
        family=family,
        takes=needs.takes,
        optional=needs.optional,
        row=row,
        options={
            one.name: one.default
            for one in parameters
            if one.kind is inspect.Parameter.KEYWORD_ONLY and one.name != "like"
        },
        presets=dict(presets or {}),
        doc=inspect.getdoc(engine) or "",
        answer=answer,
    )


def _each(
    rows: pa.Table, within: Mapping[str, str], one: Callable[[pa.Table], pa.Table]
) -> pa.Table:
    """Every value of the columns `by` as a table of its own, one answer below the other."""
    if not within:
        return one(rows)
    keys = list(within)
    values = rows.group_by(keys).aggregate([]).sort_by([(key, "ascending") for key in keys])
    parts, warned = [], []
    for value in values.to_pylist():
        mine = rows
        for key in keys:
            mine = mine.filter(pc.equal(mine[key], pa.scalar(value[key], mine[key].type)))
        found = one(mine)
        warned.append((found.schema.metadata or {}).get(b"warnings", b""))
        for place, key in enumerate(keys):
            column = pa.array([value[key]] * found.num_rows, rows[key].type)
            found = found.add_column(place, key, column)
        parts.append(found.replace_schema_metadata(None))
    whole = b" ".join(dict.fromkeys(code for line in warned for code in line.split()))
    joined = pa.concat_tables(parts)
    return joined.replace_schema_metadata({b"warnings": whole}) if whole else joined


def _one_of(method: str, what: str, name: str, known: Sequence[str] | Options) -> None:
    if name not in known:
        raise faults.UnknownConvention(
            f"{method} knows no {what} {name!r}; it knows: {', '.join(known) or 'none'}."
        )


def _of_its_kind(method: str, name: str, value: Any, default: Any) -> None:
    """A convention is of the kind of its default: a truth value, a number, a word, a list."""
    if name in TABLES and default is None:
        if value is not None and isinstance(value, str | Real | list | tuple):
            raise faults.UnknownConvention(f"{method}: {name}={value!r} is no table.")
        return
    fits, kind = {
        type(None): (value is None or not isinstance(value, bool | list | tuple), "one value"),
        bool: (isinstance(value, bool), "true or false"),
        int: (_is_number(value) and value == int(value), "a whole number"),
        float: (_is_number(value), "a number"),
        str: (isinstance(value, str), "a word"),
        tuple: (_is_list(value), "a list of numbers"),
    }.get(type(default), (True, ""))
    if not fits:
        raise faults.UnknownConvention(f"{method}: {name}={value!r} is not {kind}.")


def _check_periods(table: Table, period: str, options: Options) -> None:
    """The first and the last period are given as the column has its periods."""
    for name in {"first", "last"} & options.keys():
        value = options[name]
        if value is not None and period in table.columns:
            fits = _is_number(value) == table[period].type().is_numeric()
            if not fits:
                raise faults.UnknownConvention(
                    f"{name}={value!r} is no period; {period} holds {table[period].type()}."
                )


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return is_number and abs(float(value)) < HELD


def _is_list(value: Any) -> bool:
    is_list = isinstance(value, Iterable) and not isinstance(value, str | Mapping)
    return is_list and all(_is_number(one) for one in value)
