"""Live figures: Eurostat's tables through its SDMX interface, admitted like those of a pack."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hanse.kit.refusals import Refused
from hanse.observatory.actions.measures import Deliveries, Delivery, Geography, compile_measures
from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.rules.admission import refusal, why_not_admissible
from hanse.observatory.rules.manifest import Column, Manifest, Quantity
from hanse.observatory.rules.sector_sets import sector_set
from hanse.observatory.transfers.geography import geography
from hanse.observatory.transfers.pack import code_lists, manifest, registers
from hanse.observatory.words import Step
from hanse.ports.statistics_office import NotPublished, NotReadable, statistics_office

if TYPE_CHECKING:
    import pyarrow as pa

LICENCE = "Eurostat, reuse with the source named (Commission Decision 2011/833/EU)"
AGGREGATES = ("EU15", "EU25", "EU27", "EU27_2007", "EU27_2020", "EU28", "EEA", "EFTA")


@dataclass(frozen=True)
class LiveTable:
    """A table as Eurostat publishes it today: its dimension and codes for our three measures."""

    table: str
    nuts_version: int
    indicator: str
    quantities: tuple[Quantity, ...]


def _quantities(local_units: str, persons: str, wages: str) -> tuple[Quantity, ...]:
    return (
        Quantity(local_units, "local_units", "local units", whole=True, least=0),
        Quantity(persons, "persons", "persons", whole=True, least=0),
        Quantity(wages, "wages", "million EUR", whole=False, least=None),
    )


# Years 2008 to 2020. Codes of 2016 and later are not carried back to NUTS 2013: they are listed.
FORMER = LiveTable("sbs_r_nuts06_r2", 2013, "indic_sb", _quantities("V11210", "V16110", "V13320"))
# Years from 2021. Persons are those of local units, as before; enterprises have codes of their own.
SUCCESSOR = LiveTable(
    "sbs_r_nuts2021", 2021, "indic_sbs", _quantities("LOC_NR", "EMP_LOC_NR", "WAGE_LOC_MEUR")
)
LIVE: dict[str, LiveTable] = {live.table: live for live in (FORMER, SUCCESSOR)}


def compile_live(
    target: Path,
    cache: Path,
    live: LiveTable = SUCCESSOR,
    *,
    threads: int | None = None,
    progress: Progress = silent,
) -> Path:
    """Measures of a live table, on its own NUTS version, in the folder `target`.

    Figures of 2021 and later stand on NUTS 2021 and are not carried back to NUTS 2013: they make a
    set of measures, and a release, of their own. Regions that kept their code since 2013 keep their
    place on the schematic map; new codes have none yet.
    """
    deliveries = {**registers(), "business": live_delivery(live, cache, progress)}
    return compile_measures(
        deliveries,
        _placed(deliveries, live.nuts_version),
        target,
        nuts_version=live.nuts_version,
        threads=threads,
        progress=progress,
    )


def live_delivery(live: LiveTable, cache: Path, progress: Progress = silent) -> Delivery:
    """The live table under the columns of the pack's, checked by the same rules."""
    sectors = sector_set()
    wanted = {
        live.indicator: frozenset(quantity.code for quantity in live.quantities),
        "nace_r2": frozenset((*sectors.published_sections, *sectors.divisions)),
    }
    try:
        publication = statistics_office(cache).publication(
            live.table, wanted, partial(progress, Step.DOWNLOAD)
        )
    except NotReadable as fault:
        raise Refused(refusal("truncated", file=live.table, detail=fault)) from fault
    except NotPublished as fault:
        raise Refused(refusal("source_silent", file=live.table, detail=fault)) from fault
    described = live_manifest(live, publication.sha256, publication.size, publication.modified)
    rows = _renamed(publication.rows, live)
    if reason := why_not_admissible(rows, described, code_lists(registers())):
        raise Refused(reason)
    return Delivery(described, _of_regions(rows))


def live_manifest(live: LiveTable, sha256: str, size: int, modified: str) -> Manifest:
    """What we know of the live table before it comes: all but its checksum and its date."""
    return replace(
        manifest("business"),
        table="business",
        path=live.table,
        source=live.table,
        licence=LICENCE,
        version=modified or "live",
        sha256=sha256,
        size=size,
        rows=1,
        columns=(
            Column("nace_r2", "text", "sectors"),
            Column("indic_sb", "text", "quantities"),
            Column("geo", "text", "regions", also=AGGREGATES),
            Column("year", "integer"),
            Column("value", "number"),
            Column("flag", "text"),
        ),
        quantities=live.quantities,
        anchors=(),
    )


def _renamed(rows: "pa.Table", live: LiveTable) -> "pa.Table":
    return rows.rename_columns(
        ["indic_sb" if name == live.indicator else name for name in rows.column_names]
    )


def _of_regions(rows: "pa.Table") -> "pa.Table":
    """Countries to NUTS 2: without aggregates such as EU27_2020 and without smaller regions."""
    import pyarrow as pa
    import pyarrow.compute as pc

    places = rows.column("geo")
    together = pc.is_in(places, pa.array(AGGREGATES))
    return rows.filter(pc.and_not(pc.less_equal(pc.utf8_length(places), 4), together))


def _placed(deliveries: Deliveries, version: int) -> Geography:
    """Places of the regions that kept their code; who touches whom only on NUTS 2013 itself."""
    rows = deliveries["regions"].rows.to_pylist()
    valid = {row["nuts_id"] for row in rows if row["nuts_version"] == version}
    known = geography()
    return Geography(
        hexagons={code: place for code, place in known.hexagons.items() if code in valid},
        neighbours=known.neighbours if version == 2013 else frozenset(),  # noqa: PLR2004
        types=known.types,
    )
