"""What we know of a source table before we open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """`kind`: text, integer or number; `codes`: the list its values must be on, if any.

    `also`: aggregates of the source that no classification lists, such as EU28 or KIS.
    """

    name: str
    kind: str
    codes: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quantity:
    """What a value means. `whole`: a count, which has no fraction; `least`: no value below it."""

    code: str
    name: str
    unit: str
    whole: bool
    least: float | None


@dataclass(frozen=True)
class Anchor:
    """A published figure that the table must contain: it gives away a wrong unit."""

    where: Mapping[str, Any]
    value: float


@dataclass(frozen=True)
class Manifest:
    table: str
    path: str
    source: str
    title: str
    licence: str
    version: str
    sha256: str
    size: int
    rows: int
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    quantities: tuple[Quantity, ...] = ()
    quantity_column: str | None = None
    unit_column: str | None = None
    flags: str = ""
    anchors: tuple[Anchor, ...] = ()

    @property
    def file(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    def quantity(self, code: str) -> Quantity:
        return next(quantity for quantity in self.quantities if quantity.code == code)


def manifest_from(plain: Mapping[str, Any]) -> Manifest:
    return Manifest(
        **{key: plain[key] for key in _PLAIN if key in plain},
        columns=tuple(Column(**column) for column in plain["columns"]),
        key=tuple(plain["key"]),
        quantities=tuple(Quantity(**quantity) for quantity in plain.get("quantities", ())),
        anchors=tuple(Anchor(**anchor) for anchor in plain.get("anchors", ())),
    )


_PLAIN = (
    "table",
    "path",
    "source",
    "title",
    "licence",
    "version",
    "sha256",
    "size",
    "rows",
    "quantity_column",
    "unit_column",
    "flags",
)
