"""The statistics office: whose tables we read when there is no data pack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Publication:
    """A published table: one row for each published cell, and which copy of it this is."""

    table: str
    rows: "pa.Table"
    sha256: str
    size: int
    modified: str
    is_fresh: bool


class NotPublished(Exception):  # noqa: N818 -- what happened, not a fault of the program
    """The office did not answer; nothing is kept of an earlier answer either."""


class NotReadable(Exception):  # noqa: N818 -- what happened, not a fault of the program
    """The answer is cut off, or not in the published form."""


class StatisticsOffice(Protocol):
    """Gives published tables, newest first, kept ones where it is silent."""

    def publication(
        self, table: str, wanted: Mapping[str, frozenset[str]], told: Told
    ) -> Publication:
        """The cells of a table whose dimensions have one of the wanted values.

        Raises `NotPublished` or `NotReadable`. `told` hears bytes done and bytes in all.
        """
        ...


Provider = Callable[[Path], StatisticsOffice]
_providers: list[Provider] = []


def provide_statistics_office(provider: Provider) -> None:
    """Say who reads the office's tables, keeping what was fetched in the folder it is given."""
    _providers.append(provider)


def statistics_office(cache: Path) -> StatisticsOffice:
    """The office, with a folder to keep its answers in."""
    if not _providers:
        raise LookupError("Nobody provides a statistics office: project/wiring.py says who does.")
    return _providers[-1](cache)
