"""Take in a file of organisations: read it, show what it would do, do it, take it back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hanse.commons.audit.actions import record, record_each
from hanse.commons.files.actions import keep_file, plain_name, throw_away
from hanse.commons.files.words import Kind as FileKind
from hanse.commons.work.models import Job
from hanse.directory.access import administered_by, is_officer, organisations_visible_to
from hanse.directory.actions.bulk import Arrival, take_in
from hanse.directory.actions.facts import Spoken, change_facts, said_of, why_not_sayable
from hanse.directory.actions.indexing import index
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.models import Fact, Import, Organisation, Origin
from hanse.directory.queries.matching import Alike, Register, named_of, place_of, register_for
from hanse.directory.queries.vocabularies import known
from hanse.directory.rules.exchange import written
from hanse.directory.rules.imports import Read, Row, read_row, refusal
from hanse.directory.rules.values import Said
from hanse.directory.words import FIELDS, IDENTIFIERS, JoinReason, Kind, RowOutcome, State, Voice
from hanse.kit.refusals import Refused

AT_ONCE = 500
MOST_KEPT = 80 * 1024 * 1024
KEPT_FOR = timedelta(days=30)
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Asked:
    """How a file is to be taken in, and in whose name; nobody's name is the office's."""

    by: Any = None
    is_listing: bool = False
    kind: str = Kind.CLUSTER
    takes_alike: bool = False
    listing: str = ""

    @property
    def is_office(self) -> bool:
        return self.by is None or is_officer(self.by)


@dataclass
class Seen:
    """What would become of a row: the outcome with its reasons, and what to do for it."""

    row: int
    outcome: str
    name: str = ""
    slug: str = ""
    # Field, what stands, what would stand.
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    alike: list[dict[str, Any]] = field(default_factory=list)

    def as_record(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}


@dataclass
class Doing:
    """A row with what is needed to do it."""

    seen: Seen
    row: Row
    said: Sequence[Said] = ()
    organisation: Organisation | None = None
    wanted: Mapping[str, Sequence[Said]] = field(default_factory=dict)


# Keeping -----------------------------------------------------------------------------------------


def keep_rows(
    name: str,
    digest: str,
    encoding: str,
    rows: Sequence[Row],
    unread: Sequence[str],
    asked: Asked,
) -> Import:
    """Keep the rows of a file as they were read, so that the preview and what is done are of
    exactly these bytes."""
    if asked.is_listing and not asked.is_office:
        raise Refused(refusal("officers_only"))
    name = plain_name(name)
    told = json.dumps([row.as_record() for row in rows], ensure_ascii=False).encode()
    kept = keep_file(
        SimpleUploadedFile(f"{PurePath(name).stem[:180]}.json", told),
        kinds=[FileKind.JSON],
        by=asked.by,
        most=MOST_KEPT,
    )
    return Import.objects.create(
        owner=asked.by,
        name=name,
        digest=digest,
        encoding=encoding,
        is_listing=asked.is_listing,
        kind=asked.kind,
        takes_alike=asked.takes_alike,
        rows=kept,
        unread=list(unread),
        count=len(rows),
    )


def forget(brought: Import) -> None:
    """A file that was looked through and not taken in leaves nothing."""
    rows = brought.rows
    brought.delete()
    if rows is not None:
        throw_away(rows)


def forget_old_previews() -> int:
    """Files that nobody took in within a month; and the rows of those that were."""
    before = timezone.now() - KEPT_FOR
    for brought in Import.objects.filter(taken_in_at__isnull=True, asked_at__lt=before):
        forget(brought)
    done = Import.objects.filter(taken_in_at__lt=before, rows__isnull=False)
    for brought in done.select_related("rows"):
        if brought.rows is not None:
            throw_away(brought.rows)
    return len(done)


def follow_job(brought: Import, job: Job) -> None:
    """The page of the import shows how far the job is."""
    brought.job = job
    brought.save(update_fields=["job"])


def rows_kept(brought: Import) -> list[Row]:
    if brought.rows is None:
        raise Refused(refusal("nothing_to_take_in"))
    with brought.rows.content.open("rb") as content:
        return [Row.of_record(told) for told in json.load(content)]


def asked_of(brought: Import) -> Asked:
    return Asked(
        brought.owner,
        is_listing=brought.is_listing,
        kind=brought.kind,
        takes_alike=brought.takes_alike,
        listing=listing_of(brought.name),
    )


def listing_of(name: str) -> str:
    """A list is known again by the name of its file, without its ending."""
    return PurePath(name).stem[:200]


# Looking -----------------------------------------------------------------------------------------


def look_through(brought: Import, told: Told = lambda _done, _all: None) -> Import:
    """Write down what the file would do. Nothing else changes."""
    seen = [doing.seen for doing in doings(rows_kept(brought), asked_of(brought), told)]
    brought.preview = preview_of(seen)
    brought.save(update_fields=["preview"])
    return brought


def preview_of(seen: Sequence[Seen]) -> dict[str, Any]:
    counts = Counter(one.outcome for one in seen)
    return {
        "counts": {outcome: counts[outcome] for outcome in RowOutcome.values},
        "rows": [one.as_record() for one in seen],
    }


def doings(
    rows: Sequence[Row], asked: Asked, told: Told = lambda _done, _all: None
) -> Iterator[Doing]:
    """What each row would do, in the order of the file."""
    codes, today = known(), timezone.localdate()
    read = {
        row.number: read_row(row, codes, today=today, is_listing=asked.is_listing) for row in rows
    }
    said = {number: one.said for number, one in read.items()}
    register = register_for(
        rows,
        said,
        listing=asked.listing,
        own=changeable_by(asked),
        visible=seen_by(asked),
    )
    met: dict[tuple[str, ...], int] = {}
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        settled = {row.number: register.settled(row, said[row.number]) for row in some}
        here = organisations_with_facts({pk for found in settled.values() for pk in found})
        for row in some:
            yield _doing(row, read[row.number], settled[row.number], here, register, met, asked)
        told(min(first + AT_ONCE, len(rows)), len(rows))


def changeable_by(asked: Asked) -> QuerySet[Organisation]:
    return Organisation.objects.all() if asked.is_office else administered_by(asked.by)


def seen_by(asked: Asked) -> QuerySet[Organisation]:
    return Organisation.objects.all() if asked.is_office else organisations_visible_to(asked.by)


Here = Mapping[int, tuple[Organisation, Sequence[Fact]]]


def organisations_with_facts(numbers: set[int]) -> Here:
    facts: dict[int, list[Fact]] = {}
    for fact in Fact.objects.filter(organisation__in=numbers, ended_at__isnull=True).order_by("pk"):
        facts.setdefault(fact.organisation_id, []).append(fact)
    found = Organisation.objects.in_bulk(numbers)
    return {pk: (one, facts.get(pk, [])) for pk, one in found.items()}


def _doing(
    row: Row,
    read: Read,
    settled: Sequence[int],
    here: Here,
    register: Register,
    met: dict[tuple[str, ...], int],
    asked: Asked,
) -> Doing:
    name = next((str(one.value) for one in read.said if one.field == "name"), "")
    seen = Seen(row.number, RowOutcome.REFUSED, name, left_out=read.left_out)
    doing = Doing(seen, row, read.said)
    seen.faults += read.faults
    if not seen.faults:
        _same_in_file(row, read.said, seen, met)
    if len(settled) > 1:
        first, second = (here[pk][0].name for pk in settled[:2])
        seen.faults.append(("", str(refusal("two_here", first=first, second=second))))
    if seen.faults:
        return doing
    if settled:
        _change(doing, *here[settled[0]], asked)
    elif row.slug and not asked.is_office and not row.is_whole:
        seen.faults.append(("slug", str(refusal("no_such_profile", slug=row.slug[:80]))))
    else:
        _new(doing, register, asked)
    return doing


def _same_in_file(
    row: Row, said: Sequence[Said], seen: Seen, met: dict[tuple[str, ...], int]
) -> None:
    """A row that is an earlier one once more."""
    keys: list[tuple[str, ...]] = [(one.field, one.key) for one in said if one.field in IDENTIFIERS]
    keys += [("slug", row.slug)] if row.slug else []
    keys += [("number", row.source_number)] if row.source_number else []
    place = place_of(said)
    keys += [("place", *place)] if place[0] else []
    twice = next((met[key] for key in keys if key in met), None)
    if twice is not None:
        seen.faults.append(("", str(refusal("same_as_row", row=twice))))
        return
    met.update(dict.fromkeys(keys, row.number))


def _new(doing: Doing, register: Register, asked: Asked) -> None:
    seen, kind = doing.seen, doing.row.kind or asked.kind
    try:
        _why_not_made(kind, doing.said)
    except Refused as no:
        seen.faults.append(("", str(no)))
        return
    alike = register.alike(doing.said)
    register.add(named_of(doing.said, doing.row.number))
    seen.alike = [_told_alike(one) for one in alike]
    seen.outcome = RowOutcome.ALIKE if alike and not asked.takes_alike else RowOutcome.NEW


def _why_not_made(kind: str, said: Sequence[Said]) -> None:
    values: dict[str, list[Said]] = {}
    for one in said:
        values.setdefault(one.field, []).append(one)
    for code in ("name", "country"):
        if code not in values:
            raise Refused(refusal("columns_missing", columns=code))
    why_not_sayable(Organisation(kind=kind, country=str(values["country"][0].value)), values)


def _told_alike(one: Alike) -> dict[str, Any]:
    return {
        "name": one.name,
        "slug": one.slug,
        "weight": one.weight,
        "agrees": [agreement.value for agreement in one.agreements],
    }


def _change(doing: Doing, here: Organisation, facts: Sequence[Fact], asked: Asked) -> None:
    """What the row says in the place of what stands; empty cells leave what stands."""
    seen = doing.seen
    seen.slug, seen.name = here.slug, here.name
    doing.organisation = here
    if asked.is_listing and here.state != State.LISTED:
        seen.outcome = RowOutcome.UNCHANGED
        seen.left_out = [("", str(refusal("speaks_for_itself", name=here.name)))]
        return
    before = [said_of(fact) for fact in facts]
    wanted = wanted_of(doing, before)
    try:
        why_not_sayable(here, wanted)
    except Refused as no:
        seen.faults.append(("", str(no)))
        return
    for code, values in wanted.items():
        standing = [one for one in before if one.field == code]
        if {one.same for one in standing} != {one.same for one in values}:
            doing.wanted = {**doing.wanted, code: values}
            seen.changes.append((code, _told(standing), _told(values)))
    seen.outcome = RowOutcome.CHANGED if doing.wanted else RowOutcome.UNCHANGED


def wanted_of(doing: Doing, before: Sequence[Said]) -> dict[str, list[Said]]:
    """By field what would stand. A table replaces what is public, in its language; a whole profile
    everything of the field."""
    wanted: dict[str, list[Said]] = {}
    spoken = {(cell.field, cell.language or "en") for cell in doing.row.cells}
    with_day = {cell.field for cell in doing.row.cells if cell.as_of}
    with_language = {cell.field for cell in doing.row.cells if cell.language}
    for one in doing.said:
        if one.field not in wanted:
            wanted[one.field] = [] if doing.row.is_whole else [
                held for held in before
                if held.field == one.field and _stays(held, spoken)
            ]  # fmt: skip
        wanted[one.field].append(_as_it_stands(one, before, with_day, with_language))
    return wanted


def _stays(held: Said, spoken: set[tuple[str, str]]) -> bool:
    about = FIELDS[held.field]
    if about.is_public and not held.is_public:
        return True
    return about.in_language and about.many and (held.field, held.language) not in spoken


def _as_it_stands(
    one: Said, before: Sequence[Said], with_day: set[str], with_language: set[str]
) -> Said:
    """A figure whose day the file leaves open keeps the day that stands, a name its language."""
    for held in before:
        if held.field == one.field and held.value == one.value:
            as_of = one.as_of if one.field in with_day else held.as_of
            single = not FIELDS[one.field].many and one.field not in with_language
            language = held.language if single else one.language
            if as_of != one.as_of or language != one.language:
                return Said(one.field, one.value, language, as_of, one.is_public)
    return one


def _told(values: Sequence[Said]) -> str:
    return "; ".join(
        written(one.value)
        + (f" ({one.language})" if one.language else "")
        + (f" ({one.as_of})" if one.as_of else "")
        for one in values
    )[:600]


# Doing -------------------------------------------------------------------------------------------


def take_in_file(brought: Import, *, by: Any, told: Told = lambda _done, _all: None) -> Import:
    """Do what the preview says, all of it or nothing. Where the directory changed since, nothing is
    done."""
    asked = asked_of(brought)
    # Looked through before anything is locked: others go on writing meanwhile.
    planned = list(doings(rows_kept(brought), asked, told))
    if brought.preview is None or _gist(brought.preview) != _gist(
        preview_of([one.seen for one in planned])
    ):
        raise Refused(refusal("changed_since_preview"))
    make = [one for one in planned if one.seen.outcome == RowOutcome.NEW]
    change = [one for one in planned if one.seen.outcome == RowOutcome.CHANGED]
    if not (make or change):
        raise Refused(refusal("nothing_to_take_in"))
    return _take_in(brought, asked, make, change, by)


@transaction.atomic
def _take_in(
    brought: Import, asked: Asked, make: Sequence[Doing], change: Sequence[Doing], by: Any
) -> Import:
    held = Import.objects.select_for_update().get(pk=brought.pk)
    if held.taken_in_at:
        raise Refused(refusal("already_taken_in", day=held.taken_in_at.date()))
    made = take_in((_arrival(one, asked) for one in make), _spoken(asked, held.name))
    for one, organisation in zip(make, made, strict=True):
        one.organisation = organisation
        if asked.by is not None and not asked.is_listing and not is_officer(asked.by):
            make_administrator(organisation, asked.by, JoinReason.FOUNDER, by=asked.by)
    for one in change:
        _take_change(one, asked)
    _keep_origins([*make, *change], asked, held)
    held.taken_in_at = timezone.now()
    held.save(update_fields=["taken_in_at"])
    after = {"new": len(make), "changed": len(change), "sha256": held.digest}
    record("take_in_file", held, by=by, after=after)
    return held


def _gist(preview: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What a preview says, whatever the language of its sentences."""
    return [
        (
            one["row"],
            str(one["outcome"]),
            one.get("slug", ""),
            [list(change) for change in one.get("changes", ())],
        )
        for one in preview["rows"]
    ]


def _arrival(doing: Doing, asked: Asked) -> Arrival:
    return Arrival(
        kind=doing.row.kind or asked.kind,
        said=doing.said,
        state=State.LISTED if asked.is_listing else State.DRAFT,
        source=doing.row.source,
    )


def _spoken(asked: Asked, source: str) -> Spoken:
    if asked.is_listing:
        return Spoken(asked.by, Voice.PUBLIC_PAGE, source)
    return Spoken(asked.by, Voice.OFFICER if asked.is_office else Voice.ORGANISATION)


def _take_change(doing: Doing, asked: Asked) -> None:
    if doing.organisation is None:
        return
    own = asked.by is not None and doing.organisation.administrators.filter(person=asked.by)
    voice = Voice.ORGANISATION if own and own.exists() else Voice.OFFICER
    how = (
        Spoken(asked.by, Voice.PUBLIC_PAGE, doing.row.source)
        if asked.is_listing
        else Spoken(asked.by, voice)
    )
    said = [one for values in doing.wanted.values() for one in values]
    here = doing.organisation
    change_facts(here, list(doing.wanted), said, how, revision=here.revision)


def _keep_origins(done: Sequence[Doing], asked: Asked, brought: Import) -> None:
    """Which row of which list became whom."""
    if not asked.is_listing:
        return
    made = [_origin(one, asked, brought) for one in done if one.seen.outcome == RowOutcome.NEW]
    numbers = [one.number for one in made]
    for first in range(0, len(numbers), AT_ONCE):
        some = numbers[first : first + AT_ONCE]
        Origin.objects.filter(listing=asked.listing, number__in=some).delete()
    Origin.objects.bulk_create(made, batch_size=AT_ONCE)
    found = [
        _origin(one, asked, None)
        for one in done
        if one.seen.outcome == RowOutcome.CHANGED and one.row.source_number
    ]
    Origin.objects.bulk_create(found, batch_size=AT_ONCE, ignore_conflicts=True)


def _origin(doing: Doing, asked: Asked, brought: Import | None) -> Origin:
    number = doing.row.source_number[:80]
    if not number and brought:
        number = f"{brought.digest[:12]}:{doing.row.number}"
    return Origin(
        organisation=doing.organisation,
        listing=asked.listing,
        number=number,
        brought_by=brought,
    )


# Taking back -------------------------------------------------------------------------------------


@transaction.atomic
def take_back(brought: Import, *, by: Any) -> int:
    """Retire the listings that a file made, as far as nobody claimed them since; how many."""
    held = Import.objects.select_for_update().get(pk=brought.pk)
    if not held.taken_in_at or held.undone_at:
        raise Refused(refusal("not_taken_in"))
    if not held.is_listing:
        raise Refused(refusal("only_listings_undone"))
    made = list(listings_made(held))
    Organisation.objects.filter(pk__in=listings_made(held).values("pk")).update(state=State.RETIRED)
    for one in made:
        one.state = State.RETIRED
    record_each("retire_organisation", made, by=by, after={"state": State.RETIRED})
    index(made)
    held.undone_at = timezone.now()
    held.save(update_fields=["undone_at"])
    record("take_back_file", held, by=by, after={"retired": len(made)})
    return len(made)


def listings_made(brought: Import) -> QuerySet[Organisation]:
    """Listings that a file made and that are still without an owner."""
    numbers = Origin.objects.filter(brought_by=brought).values("organisation")
    return Organisation.objects.filter(
        pk__in=numbers, state=State.LISTED, administrators__isnull=True
    )
