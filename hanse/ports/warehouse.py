"""The warehouse: where tables of figures are computed.

A provider keeps tables and evaluates Ibis expressions over them. Which one is used is decided in
`project/wiring.py`; whoever computes asks `open_warehouse()` when the computation starts.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table


class Warehouse(Protocol):
    """A place that holds tables for one computation and forgets them afterwards."""

    def put(self, name: str, rows: "pa.Table") -> "Table":
        """Load rows as the table `name`."""
        ...

    def keep(self, name: str, expression: "Table") -> "Table":
        """Compute an expression once and hold its rows as the table `name`."""
        ...

    def rows(self, expression: "Table") -> "pa.Table":
        """Compute an expression and fetch its rows."""
        ...


Provider = Callable[[int | None], AbstractContextManager[Warehouse]]
_providers: list[Provider] = []


def provide_warehouse(provider: Provider) -> None:
    """Say who opens a warehouse; the last one to say so is asked."""
    _providers.append(provider)


def open_warehouse(threads: int | None = None) -> AbstractContextManager[Warehouse]:
    """Open an empty warehouse on so many threads (None = as many as there are processors)."""
    if not _providers:
        raise LookupError("Nobody provides a warehouse: project/wiring.py says who does.")
    return _providers[-1](threads)
