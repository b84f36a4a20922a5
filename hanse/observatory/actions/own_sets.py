"""Load, compute and remove sector sets that people bring."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.commons.files.actions import keep_file, plain_name, throw_away
from hanse.commons.files.models import StoredFile
from hanse.commons.files.rules import why_not_kept
from hanse.commons.files.words import Kind
from hanse.commons.work.models import Job
from hanse.kit.refusals import Refusal, Refused
from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.actions.store import new_folder, write_rows
from hanse.observatory.models import OwnSectorSet
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.own_sets import CELLS, figures_folder
from hanse.observatory.rules.own_sets import (
    MOST_OF_FIGURES,
    MOST_OF_PARTS,
    MOST_SETS,
    Codes,
    Figures,
    codes_of,
    read_figures,
    read_parts,
    read_table,
    refusal,
)
from hanse.observatory.words import Level, Step
from hanse.ports.warehouse import Warehouse, open_warehouse

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

Found = TypeVar("Found")

MILLION = 1_000_000
CSV = frozenset({Kind.CSV})


# Loading -----------------------------------------------------------------------------------------


def load_set(
    name: str, table: UploadedFile, figures: UploadedFile | None, release: Release, *, by: Any
) -> OwnSectorSet:
    """Keep a set as the next version under its name, if both tables hold what they should."""
    codes, regions = known_codes(release), known_regions(release)
    file, content = _content(table, MOST_OF_PARTS)
    parts = _or_refused(read_parts(file, content, codes, with_figures=figures is not None))
    rows = 0
    if figures is not None:
        file, content = _content(figures, MOST_OF_FIGURES)
        wanted = [part.code for part in parts]
        rows = len(_or_refused(read_figures(file, content, codes, regions, wanted)).codes)
    listed = [[part.category, part.code, part.weight] for part in parts]
    with transaction.atomic():
        if figures is None and (same := _newest(name, by)) and same.parts == listed:
            return same
        own = OwnSectorSet.objects.create(
            owner=by,
            name=name,
            version=_next_version(name, by),
            parts=listed,
            table=_kept(table, MOST_OF_PARTS, by),
            figures=None if figures is None else _kept(figures, MOST_OF_FIGURES, by),
            has_own_figures=figures is not None,
        )
        record("load_sector_set", own, by=by, after=_facts(own) | {"figures": rows})
    return own


def _newest(name: str, by: Any) -> OwnSectorSet | None:
    """The newest version without figures of its own: loading its table again changes nothing."""
    newest = OwnSectorSet.objects.filter(owner=by, name=name).order_by("-version").first()
    return newest if newest is not None and not newest.has_own_figures else None


def known_codes(release: Release) -> Codes:
    return codes_of([sector.code for sector in release.sectors.values() if sector.is_division])


def known_regions(release: Release) -> frozenset[str]:
    regions = release.regions.values()
    return frozenset(region.code for region in regions if region.level == Level.REGION)


def _content(upload: UploadedFile, most: int) -> tuple[str, bytes]:
    """What was brought, if it is a table of text by its content and not too large."""
    name = plain_name(upload.name or "")
    upload.seek(0)
    content = upload.read(most + 1)
    reason = why_not_kept(name, content, CSV, most)
    if reason is not None and reason.code == "file_is_not_what_it_says":
        # The first fault that a person can look up in the file says more than "not CSV".
        closer = read_table(name, content, ())
        reason = closer if isinstance(closer, Refusal) else reason
    if reason is not None:
        raise Refused(reason)
    return name, content


def _or_refused(found: Found | Refusal) -> Found:
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


def _kept(upload: UploadedFile, most: int, by: Any) -> StoredFile:
    upload.seek(0)
    return keep_file(upload, kinds=CSV, by=by, most=most)


def _next_version(name: str, by: Any) -> int:
    # Beware: two loads at once would both see the same last version; the person's row is the lock.
    get_user_model().objects.select_for_update().get(pk=by.pk)
    mine = OwnSectorSet.objects.filter(owner=by)
    if mine.count() >= MOST_SETS:
        raise Refused(refusal("too_many_sets", most=MOST_SETS))
    last = mine.filter(name=name).aggregate(last=Max("version"))["last"]
    return int(last or 0) + 1


def _facts(own: OwnSectorSet) -> dict[str, Any]:
    """For the trail: nothing that could name anybody."""
    return {
        "version": own.version,
        "categories": len(own.categories),
        "codes": len(own.codes),
        "has_own_figures": own.has_own_figures,
    }


# Removing ----------------------------------------------------------------------------------------


@transaction.atomic
def remove_set(own: OwnSectorSet, *, by: Any) -> None:
    record("remove_sector_set", own, by=by, before=_facts(own))
    _throw_away_set(own)


@transaction.atomic
def throw_away_sets_of(person: Any) -> None:
    for own in OwnSectorSet.objects.filter(owner=person):
        _throw_away_set(own)


def _throw_away_set(own: OwnSectorSet) -> None:
    folder = figures_folder(own.pk)
    files = [stored for stored in (own.table, own.figures) if stored is not None]
    own.delete()
    for stored in files:
        throw_away(stored)
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


# Computing ---------------------------------------------------------------------------------------


def follow_job(own: OwnSectorSet, job: Job) -> None:
    """Note the job that computes the set's figures."""
    own.job = job
    own.save(update_fields=["job"])


def why_not_computable(own: OwnSectorSet) -> Refusal | None:
    return refusal("being_computed") if own.is_being_computed else None


def compute_set(own: OwnSectorSet, release: Release, progress: Progress = silent) -> None:
    """Persons, share and quotient of each category, written at once in place of former figures."""
    figures = _own_figures(own, release, progress)
    cells = _public_cells(own, release, progress) if figures is None else _cells(figures)
    progress(Step.COMPUTE, 0, 1)
    with open_warehouse() as warehouse:
        rows = _computed(warehouse, own, release, cells)
    if not rows.num_rows:
        raise Refused(refusal("nothing_known"))
    progress(Step.WRITE, 0, 1)
    folder = figures_folder(own.pk)
    try:
        with new_folder(folder) as draft:
            write_rows(draft / CELLS, rows, group="category")
    except OSError as fault:
        raise Refused(refusal("not_written", detail=fault.strerror or type(fault).__name__)) from (
            fault
        )
    noted = OwnSectorSet.objects.filter(pk=own.pk).update(
        computed_at=timezone.now(),
        release=release.id,
        method=release.method,
        years=sorted(set(rows["year"].to_pylist())),
    )
    if not noted:
        shutil.rmtree(folder, ignore_errors=True)
        raise Refused(refusal("set_is_gone"))
    own.refresh_from_db()


def _own_figures(own: OwnSectorSet, release: Release, progress: Progress) -> Figures | None:
    if not own.has_own_figures:
        return None
    progress(Step.READ, 0, 1)
    if own.figures is None:
        raise Refused(refusal("file_is_gone", file=own.name))
    try:
        with own.figures.content.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError as fault:
        raise Refused(refusal("file_is_gone", file=own.figures.name)) from fault
    return _or_refused(
        read_figures(
            own.figures.name, content, known_codes(release), known_regions(release), own.codes
        )
    )


def _public_cells(own: OwnSectorSet, release: Release, progress: Progress) -> pa.Table:
    """Published persons of the set's divisions in NUTS 2 regions."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = ("region", "sector", "year", "persons", "level")
    found = []
    for place, code in enumerate(own.codes):
        progress(Step.READ, place, len(own.codes))
        rows = release.of_sector("cells", code, columns)
        found.append(rows.filter(pc.equal(rows["level"], Level.REGION.value)).drop_columns("level"))
    return _typed(pa.concat_tables(_typed(rows) for rows in found))


def _cells(figures: Figures) -> pa.Table:
    import pyarrow as pa

    return pa.table(
        {
            "region": figures.regions,
            "sector": figures.codes,
            "year": pa.array(figures.years, pa.int16()),
            "persons": pa.array(figures.persons, pa.int64()),
        }
    )


def _typed(rows: pa.Table) -> pa.Table:
    """Plain text in the place of dictionaries, which differ from table to table."""
    import pyarrow as pa

    text = {"region", "sector"}
    return rows.cast(
        pa.schema([(f.name, pa.string() if f.name in text else f.type) for f in rows.schema])
    )


def _computed(
    warehouse: Warehouse, own: OwnSectorSet, release: Release, cells: pa.Table
) -> pa.Table:
    import pyarrow as pa
    from ibis import _

    from hanse.engines.regional.bridge import bridge

    parts = warehouse.put(
        "set_parts",
        pa.table(
            {
                "category": [part.category for part in own.all_parts],
                "sector": [part.code for part in own.all_parts],
                "weight": pa.array([part.weight for part in own.all_parts], pa.float64()),
            }
        ),
    )
    totals = release.whole("region_years", ("region", "year", "total", "total_bound"))
    persons = warehouse.keep("set_persons", bridge(warehouse.put("set_cells", cells), parts))
    rows = warehouse.keep(
        "set_rows",
        persons.left_join(warehouse.put("totals", _typed(totals)), ["region", "year"])
        .drop("region_right", "year_right")
        .mutate(total_bound=_.total_bound.fill_null(False)),
    )
    against = _regions_loaded(rows) if own.has_own_figures else _europe(warehouse, release, parts)
    reference = warehouse.keep("set_reference", against)
    compared = rows.left_join(reference, ["category", "year"]).drop("category_right", "year_right")
    return _written(warehouse.rows(_quotients(compared)))


def _europe(warehouse: Warehouse, release: Release, parts: Table) -> Table:
    """The release's reference area, bridged into the categories."""
    import ibis
    from ibis import _

    from hanse.engines.regional.bridge import bridge

    columns = ("sector", "year", "reference_persons", "reference_bound", "reference_total")
    europe = warehouse.put("europe", _typed(release.whole("sector_years", columns)))
    area = europe.mutate(region=ibis.literal("Europe"), persons=_.reference_persons)
    sums = europe.join(parts, ["sector"]).group_by("category", "year")
    return (
        bridge(area, parts)
        .rename(reference_persons="persons", reference_lacks="bound")
        .drop("region", "classes", "classes_known")
        .join(
            sums.agg(
                reference_total=_.reference_total.max(), reference_sums=_.reference_bound.any()
            ),
            ["category", "year"],
        )
        .mutate(reference_bound=_.reference_lacks | _.reference_sums)
        .drop("reference_lacks", "reference_sums")
    )


def _regions_loaded(rows: Table) -> Table:
    """Of figures somebody loaded: the regions that have one, both their persons and their totals.

    Persons of a few regions against the total of all Europe would make every quotient too large.
    """
    import ibis
    from ibis import _

    from hanse.engines.regional.exact import ratio, whole

    return (
        rows.filter(_.total.notnull())
        .group_by("category", "year")
        .agg(
            millionths=whole((_.persons * MILLION).round()).sum(),
            reference_total=_.total.sum().cast("int64"),
            reference_bound=(_.bound | _.total_bound).any(),
        )
        .mutate(reference_persons=ratio(_.millionths, ibis.literal(MILLION)))
        .drop("millionths")
    )


def _quotients(rows: Table) -> Table:
    """Weights make fractions of persons, and the engine counts in whole numbers: in millionths all
    four are whole, and a ratio stays what it was."""
    from ibis import _

    from hanse.engines.regional.exact import whole
    from hanse.engines.regional.location_quotient import location_quotients

    plain = rows.rename(
        plain_persons="persons", plain_reference="reference_persons",
        plain_total="total", plain_reference_total="reference_total",
    )  # fmt: skip
    scaled = plain.mutate(
        persons=whole((_.plain_persons * MILLION).round()),
        reference_persons=whole((_.plain_reference * MILLION).round()),
        total=whole(_.plain_total) * MILLION,
        reference_total=whole(_.plain_reference_total) * MILLION,
    )
    return (
        location_quotients(scaled)
        .drop("persons", "reference_persons", "total", "reference_total")
        .rename(
            persons="plain_persons", reference_persons="plain_reference",
            total="plain_total", reference_total="plain_reference_total",
        )
    )  # fmt: skip


# As they stand in cells.parquet.
COLUMNS: Mapping[str, str] = {
    "category": "string",
    "year": "int16",
    "region": "string",
    "persons": "double",
    "bound": "bool",
    "classes_known": "int16",
    "classes": "int16",
    "share": "double",
    "lq": "double",
    "total": "int64",
    "total_bound": "bool",
    "reference_persons": "double",
    "reference_total": "int64",
    "reference_bound": "bool",
}


def _written(rows: pa.Table) -> pa.Table:
    import pyarrow as pa

    types = {"string": pa.string(), "double": pa.float64(), "bool": pa.bool_()}
    types |= {"int16": pa.int16(), "int64": pa.int64()}
    order = [("category", "ascending"), ("year", "ascending"), ("region", "ascending")]
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    return rows.select(list(COLUMNS)).cast(schema).sort_by(order).combine_chunks()
