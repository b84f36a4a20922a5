"""A table of figures, written straight into a string: 300 rows of 8 columns in a few milliseconds.

Columns are typed. The column of kind `head` names the row. What is not known is hatched and said
in words.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from hanse.kit import numbers, phrases

Kind = Literal[
    "head", "text", "rank", "number", "signed", "percent", "code", "link", "bar", "flag", "html"
]
KINDS = frozenset(get_args(Kind))
RIGHT = frozenset({"rank", "number", "signed", "percent"})
Words = str | Promise


@dataclass(frozen=True)
class Named:
    """A name with its address, a code behind it, and the language it is written in."""

    name: str
    url: str = ""
    code: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Unknown:
    """A value that is not known, and why in a word or two."""

    word: Words = phrases.NOT_PUBLISHED


CONFIDENTIAL = Unknown(phrases.CONFIDENTIAL)
NOT_PUBLISHED = Unknown(phrases.NOT_PUBLISHED)


@dataclass(frozen=True)
class Estimated:
    """A value of our own making where none is published."""

    value: float


@dataclass(frozen=True)
class Bar:
    """A bar inside a cell: its share of the longest one, and the class that paints it."""

    share: float
    paint: str = "q5"


@dataclass(frozen=True)
class Column:
    """A column: its title, what it holds, how many decimals."""

    title: Words
    kind: Kind = "text"
    decimals: int = 0
    short: Words = ""
    """Shown in the head where the title is too long; the title then explains it."""
    hidden_head: bool = False
    bare: bool = False
    """On a card the cell stands without its title."""
    narrow: Literal["shows", "hides"] = "shows"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"A column is one of {', '.join(sorted(KINDS))}, not {self.kind!r}")


@dataclass(frozen=True)
class Row:
    """A row of cells; `yours` is written in magenta and bold."""

    cells: Sequence[Any]
    yours: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table of figures; `cards` turns its rows into small cards on a phone."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: Words = ""
    total: Row | None = None
    cards: bool = False

    def __post_init__(self) -> None:
        width = len(self.columns)
        for row in (*self.rows, *((self.total,) if self.total else ())):
            if len(row.cells) != width:
                raise ValueError(f"A row has {len(row.cells)} cells, the table {width} columns")


def _escaped(value: Any) -> str:
    if type(value) is str:
        return html.escape(value)
    return str(value) if hasattr(value, "__html__") else html.escape(str(value))


def _named(value: Any) -> str:
    if not isinstance(value, Named):
        return _escaped(value)
    name = _escaped(value.name)
    if value.lang:
        name = f'<span lang="{html.escape(value.lang)}">{name}</span>'
    if value.url:
        name = f'<a href="{html.escape(value.url)}">{name}</a>'
    return f'{name} <span class="cc">{html.escape(value.code)}</span>' if value.code else name


def _bar(value: Any) -> str:
    if value is None:
        return ""
    bar = value if isinstance(value, Bar) else Bar(float(value))
    share = max(0.0, min(1.0, bar.share)) * 100
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{bar.paint}" width="{share:.1f}" height="10"/></svg>'
    )


def _unknown(value: Any) -> str:
    word = value.word if isinstance(value, Unknown) else phrases.NOT_PUBLISHED
    return f'<span class="nodata">{_escaped(word)}</span>'


def _text(value: Any) -> str:
    if isinstance(value, Unknown):
        return _unknown(value)
    return "" if value is None else _escaped(value)


def _signed(write: numbers.Writer) -> numbers.Writer:
    def signed(value: Any) -> str:
        text = write(value)
        return f"+{text}" if text and text[0] != numbers.MINUS and text.strip("0.,") else text

    return signed


def _percent(write: numbers.Writer) -> numbers.Writer:
    return lambda value: f"{write(float(value) * 100)}{numbers.NBSP}%"


def _or_unknown(write: numbers.Writer) -> numbers.Writer:
    def cell(value: Any) -> str:
        if isinstance(value, Estimated):
            return f'<span class="flag">{_escaped(phrases.ESTIMATED)}</span> {write(value.value)}'
        # Not-a-number, as figures read from a table may be, is not equal to itself.
        if value is None or value != value or isinstance(value, Unknown):  # noqa: PLR0124
            return _unknown(value)
        return write(value)

    return cell


def _writer(column: Column) -> numbers.Writer:
    """What writes the cells of a column; made once, so that a cell costs a microsecond."""
    write = numbers.writer(column.decimals)
    kinds: dict[str, numbers.Writer] = {
        "head": _named,
        "link": _named,
        "text": _text,
        "flag": lambda value: f'<span class="flag">{_text(value)}</span>' if value else "",
        "code": lambda value: f'<span class="cc">{_text(value)}</span>' if value else "",
        "html": str,
        "bar": _bar,
        "rank": write,
        "number": _or_unknown(write),
        "signed": _or_unknown(_signed(write)),
        "percent": _or_unknown(_percent(write)),
    }
    return kinds[column.kind]


def _head(column: Column) -> str:
    title = _escaped(column.title)
    if column.short:
        shown = f'<abbr title="{title}">{_escaped(column.short)}</abbr>'
    else:
        shown = f'<span class="hide">{title}</span>' if column.hidden_head else title
    classes = " ".join(
        name
        for name, holds in (("r", column.kind in RIGHT), ("narrow-hides", column.narrow == "hides"))
        if holds
    )
    return f'<th scope="col"{f" class={chr(34)}{classes}{chr(34)}" if classes else ""}>{shown}</th>'


def _around(column: Column, *, cards: bool) -> tuple[str, str]:
    if column.kind == "head":
        return '<th scope="row">', "</th>"
    classes = []
    if column.kind in RIGHT:
        classes.append("r")
    if column.kind == "bar":
        classes.append("barcell")
    if column.narrow == "hides":
        classes.append("narrow-hides")
    open_tag = "<td" + (f' class="{" ".join(classes)}"' if classes else "")
    if cards and not (column.hidden_head or column.bare):
        open_tag += f' data-label="{_escaped(column.title)}"'
    return open_tag + ">", "</td>"


Written = tuple[numbers.Writer, str, str]


def _partly_known(table: Table, row: Row, how: Sequence[Written]) -> str:
    """Cells side by side that are not known for the same reason say so once."""
    parts: list[str] = []
    place = 0
    while place < len(row.cells):
        value, (write, before, after) = row.cells[place], how[place]
        width = 1
        if isinstance(value, Unknown):
            run = range(place + 1, len(row.cells))
            for there in run:
                if row.cells[there] != value and not (
                    row.cells[there] is None and table.columns[there].kind == "bar"
                ):
                    break
                width += 1
        if width > 1 and not table.cards:
            parts.append(f'<td class="r" colspan="{width}">{_unknown(value)}</td>')
        else:
            width = 1
            parts.append(f"{before}{write(value)}{after}")
        place += width
    return "".join(parts)


def written(table: Table) -> SafeString:
    """The table as HTML."""
    how = [(_writer(column), *_around(column, cards=table.cards)) for column in table.columns]

    def line(row: Row) -> str:
        start = "<tr"
        if row.yours:
            start += ' class="you"'
        if row.anchor:
            start += f' id="{_escaped(row.anchor)}"'
        if Unknown in map(type, row.cells):
            return f"{start}>{_partly_known(table, row, how)}</tr>"
        cells = "".join(
            [
                f"{before}{write(value)}{after}"
                for (write, before, after), value in zip(how, row.cells, strict=True)
            ]
        )
        return f"{start}>{cells}</tr>"

    caption = f"<caption>{_escaped(table.caption)}</caption>" if table.caption else ""
    heads = "".join([_head(column) for column in table.columns])
    body = "\n".join([line(row) for row in table.rows])
    foot = f"<tfoot>{line(table.total)}</tfoot>" if table.total else ""
    kind = ' class="cards"' if table.cards else ""
    return mark_safe(  # noqa: S308  every cell above is escaped
        f"<table{kind}>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{foot}</table>"
    )
