"""`bin/bench directory`: a synthetic directory of 200,000 organisations, and how fast it answers.

`--organisations N` makes a smaller one. It stands in a temporary place with SQLite; where
DATABASE_URL names a database, in that one, which must be empty. Making it is not measured.
"""

from __future__ import annotations

import gc
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ORGANISATIONS = 200_000
AT_ONCE = 4000
SENTENCES = 6000
SEED = 20_261_128
ROWS_OF_A_FILE = 10_000
SYLLABLES = (
    "an", "bar", "cel", "dor", "eck", "fal", "gri", "hol", "im", "jun", "kar", "lin", "mor", "nes",
    "ol", "pet", "quin", "ras", "sol", "tur", "ul", "ven", "wal", "xen", "yr", "zam", "brem",
    "dals", "fjord", "gard", "horst", "klint", "land", "mark", "nord", "over", "port", "rast",
)  # fmt: skip
# Words that only the lists of one and of three rows have.
ALONE, THREEFOLD = "einzelstueckwort", "dreierleiwort"


def line(name: str, value: str, bound: str = "", peer: str = "none") -> None:
    print(f"{name:<58} {value:>22}   {bound:<10} {peer}", flush=True)  # noqa: T201 -- what this command is for


def directory(organisations: int = ORGANISATIONS) -> None:
    """In a process of its own, since the place is chosen before Django starts."""
    here = Path(os.environ.get("HANSE_VAR", "var")).resolve()
    with TemporaryDirectory(prefix="hanse-bench-") as place:
        for name in ("releases", "kernels", "static"):
            if (here / name).is_dir():
                (Path(place) / name).symlink_to(here / name)
        done = subprocess.run(  # noqa: S603 -- our own command
            [sys.executable, "-m", "hanse.cli.bench_directory", str(organisations)],
            env={**os.environ, "HANSE_VAR": place},
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.returncode)


def main(organisations: int) -> None:
    start()
    began = time.perf_counter()
    facts = make_world(organisations)
    line("directory", "measured", "bound", "peer")
    made = f"{time.perf_counter() - began:.0f} s"
    line(f"made {organisations:,} organisations, {facts:,} facts", made)
    columns_once()
    searches()
    suggestions()
    pages()
    lists()
    imports()
    open_files()
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    line("largest memory of this process, making included", f"{largest:,.0f} MB")


def start() -> None:
    import django  # noqa: PLC0415 -- slow import

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.project.settings")
    django.setup()
    import logging  # noqa: PLC0415 -- slow import

    from django.core.management import call_command  # noqa: PLC0415 -- slow import

    from hanse.directory.models import Organisation  # noqa: PLC0415 -- slow import

    logging.disable(logging.CRITICAL)
    call_command("migrate", interactive=False, verbosity=0)
    if Organisation.objects.exists():
        raise SystemExit("There are organisations in this database. Name an empty one.")


# Making ------------------------------------------------------------------------------------------


def make_world(organisations: int) -> int:
    """Organisations with about five facts each, and what the search reads of them."""
    from hanse.directory.actions.indexing import index_everything  # noqa: PLC0415 -- slow import
    from hanse.directory.models import Fact, Organisation  # noqa: PLC0415 -- slow import

    chance = random.Random(SEED)  # noqa: S311 -- no secret
    world = World(chance)
    facts = 0
    for first in range(0, organisations, AT_ONCE):
        some = [world.organisation(n) for n in range(first, min(first + AT_ONCE, organisations))]
        made = Organisation.objects.bulk_create([one for one, _facts in some])
        said = [fact for one, (_o, own) in zip(made, some, strict=True) for fact in of(one, own)]
        Fact.objects.bulk_create(said, batch_size=AT_ONCE)
        facts += len(said)
    world.projects()
    index_everything()
    # What making left behind is not to be walked through while something is measured.
    gc.collect()
    gc.freeze()
    return facts


def of(organisation: Any, facts: Sequence[Any]) -> Sequence[Any]:
    for fact in facts:
        fact.organisation = organisation
    return facts


class World:
    """Draws names, places, sectors, competences and sentences, the same ones each time."""

    def __init__(self, chance: random.Random) -> None:
        from django.utils import timezone  # noqa: PLC0415 -- slow import

        from hanse.commons.competences.queries import vocabulary  # noqa: PLC0415 -- slow import
        from hanse.directory.queries.vocabularies import (  # noqa: PLC0415 -- slow import
            known,
            regions,
        )

        self.chance = chance
        self.now: datetime = timezone.now()
        self.concepts = list(vocabulary().concepts.values())
        self.regions = list(regions()) or ["PL51", "DE21", "FR10", "ES51", "SE11", "ITC4"]
        self.sectors = sorted(known()["sector"])
        self.ecosystems = sorted(known()["ecosystem"])
        self.sentences = [self.sentence() for _ in range(SENTENCES)]
        self.rank = [1 / (1 + place) ** 0.6 for place in range(len(self.concepts))]

    def sentence(self) -> tuple[str, str]:
        concept = self.chance.choice(self.concepts)
        language = self.chance.choice(list(concept.labels))
        words = [self.word() for _ in range(self.chance.randint(2, 7))]
        words.insert(
            self.chance.randint(0, len(words)), self.chance.choice(concept.labels[language])
        )
        return " ".join(words).capitalize(), language

    def word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 3)))

    def organisation(self, number: int) -> tuple[Any, list[Any]]:
        from hanse.directory.models import Organisation  # noqa: PLC0415 -- slow import

        chance = self.chance
        name = (
            f"{self.word()} {self.word()} {chance.choice(('Cluster', 'Verbund', 'Network', 'SA'))}"
        )
        name = name.title()
        region = chance.choice(self.regions)
        kind = chance.choices(("cluster", "sme", "research", "large"), (2, 90, 5, 3))[0]
        at = self.now - timedelta(days=chance.randint(0, 900))
        one = Organisation(
            slug=f"o-{number}", kind=kind, state=chance.choices(("published", "listed"), (9, 1))[0],
            name=name, country=region[:2], region=region, city=self.word().title(),
            published_at=at, confirmed_at=at,
        )  # fmt: skip
        return one, list(self.facts(one, at))

    def facts(self, one: Any, at: datetime) -> Iterator[Any]:
        chance = self.chance
        yield self.fact("name", one.name, at, "en")
        yield self.fact("country", one.country, at)
        yield self.fact("region", one.region, at)
        yield self.fact("sector", chance.choice(self.sectors), at)
        if chance.random() < 0.5:  # noqa: PLR2004 -- half of them
            concept = chance.choices(self.concepts, self.rank)[0]
            yield self.fact("competence", concept.slug, at)
        if chance.random() < 0.3:  # noqa: PLR2004 -- a third
            yield self.fact("ecosystem", chance.choice(self.ecosystems), at)
        said, language = chance.choice(self.sentences)
        yield self.fact("offer" if chance.random() < 0.6 else "seek", said, at, language)  # noqa: PLR2004 -- most
        if one.kind == "cluster":
            yield self.fact("members_total", chance.randint(3, 300), at, as_of=at.date())

    def fact(
        self, field: str, value: Any, at: datetime, language: str = "", as_of: date | None = None
    ) -> Any:
        from hanse.directory.models import Fact  # noqa: PLC0415 -- slow import
        from hanse.directory.rules.values import key_of  # noqa: PLC0415 -- slow import

        return Fact(
            field=field, value=value, key=key_of(field, value), language=language, as_of=as_of,
            began_at=at, confirmed_at=at,
        )  # fmt: skip

    def projects(self) -> None:
        """A project of six partners for each twenty organisations, a member list for clusters."""
        from hanse.directory.models import (  # noqa: PLC0415 -- slow import
            JointProject,
            Membership,
            Organisation,
            Participation,
        )

        numbers = list(Organisation.objects.values_list("pk", flat=True))
        many = max(1, len(numbers) // 20)
        made = JointProject.objects.bulk_create(
            [
                JointProject(acronym=f"P{n}", source="bench", source_number=str(n))
                for n in range(many)
            ],
            batch_size=AT_ONCE,
        )
        Participation.objects.bulk_create(
            [
                Participation(project=project, organisation_id=number)
                for project in made
                for number in self.chance.sample(numbers, min(6, len(numbers)))
            ],
            batch_size=AT_ONCE,
        )
        clusters = Organisation.objects.filter(kind="cluster").values_list("pk", flat=True)
        Membership.objects.bulk_create(
            [
                Membership(cluster_id=cluster, member_id=member, confirmed_at=self.now)
                for cluster in clusters[:2000]
                for member in self.chance.sample(numbers, min(10, len(numbers)))
                if member != cluster
            ],
            batch_size=AT_ONCE,
        )


# Measuring ---------------------------------------------------------------------------------------


def timed(work: Callable[[], Any]) -> float:
    """Seconds of this process, where the records are in it: a busy neighbour changes them little.
    With PostgreSQL, seconds of the clock."""
    from django.db import connection  # noqa: PLC0415 -- slow import

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    began = clock()
    work()
    return clock() - began


def told(name: str, seconds: Sequence[float], bound: str, peer: str = "none") -> None:
    said = f"{1000 * statistics.median(seconds):.0f} / {1000 * max(seconds):.0f} ms"
    line(f"{name}, median / worst", said, bound, peer)


def columns_once() -> None:
    from hanse.directory.actions.indexing import index  # noqa: PLC0415 -- slow import
    from hanse.directory.models import Organisation  # noqa: PLC0415 -- slow import
    from hanse.directory.queries.columns import columns, forget  # noqa: PLC0415 -- slow import

    forget()
    line("columns read once by a process", f"{timed(columns):.1f} s", "5 s")
    index(Organisation.objects.all()[:1])
    line("columns after one change", f"{1000 * timed(columns):.0f} ms", "100 ms")


def searches() -> None:
    from hanse.commons.competences.queries import vocabulary  # noqa: PLC0415 -- slow import
    from hanse.directory.models import Fact  # noqa: PLC0415 -- slow import
    from hanse.directory.queries.filters import groups  # noqa: PLC0415 -- slow import
    from hanse.directory.queries.hits import hits_of  # noqa: PLC0415 -- slow import
    from hanse.directory.queries.search import Question, search  # noqa: PLC0415 -- slow import

    concepts = list(vocabulary().concepts.values())
    rare, common = concepts[-1].labels["en"][0], concepts[0].labels["en"][0]
    offer = Fact.objects.filter(field="offer").values_list("value", flat=True)[:5]
    asked = {
        "no words": Question(),
        "a filter": Question(filters={"country": ["DE"]}),
        "four filters": Question(
            filters={"country": ["DE", "FR", "PL"], "kind": ["sme"], "sector": ["C27", "C28"],
                     "ecosystem": ["digital"]}
        ),
        "a common word": Question("cluster"),
        "a common word with filters": Question("cluster", {"country": ["IT"], "size": ["40-99"]}),
        "a common concept": Question(common),
        "a rare concept": Question(rare),
        "two concepts": Question(f"{common} {rare}"),
        "confirmed within a year": Question("verbund", confirmed=True),
        **{f"words of an offer {n}": Question(text[:80]) for n, text in enumerate(offer)},
    }  # fmt: skip
    every = []
    for name, question in asked.items():

        def answer(question: Question = question) -> None:
            found = search(question)
            hits_of(found.numbers[:20], found.asked)
            groups(question, found.counts)

        answer()
        spent = [timed(answer) for _ in range(5)]
        every += spent
        told(f"search: {name} ({search(question).total:,} found)", spent, "100 ms")
    told("search, all of them", every, "100 ms")


def suggestions() -> None:
    from hanse.directory.models import Organisation  # noqa: PLC0415 -- slow import
    from hanse.directory.queries.suggestions import seeker_of, suggest  # noqa: PLC0415 -- slow import

    published = Organisation.objects.filter(state="published")
    seekers = [*published.filter(kind="cluster")[:10], *published.filter(kind="sme")[:10]]
    suggest(seeker_of(seekers[0]))
    for name, target in (("suggestions", ""), ("suggestions for a target", "battery recycling")):

        def answer(one: Organisation, target: str = target) -> None:
            suggest(seeker_of(one, target))

        told(name, [timed(partial(answer, one)) for one in seekers], "300 ms")


def visitor() -> Any:
    from django.test import Client  # noqa: PLC0415 -- slow import

    return Client(headers={"host": "localhost"})


def shown(addresses: Sequence[str]) -> list[float]:
    reader, spent = visitor(), []
    reader.get(addresses[0])  # The first question loads the program.
    for address in addresses:
        began = time.process_time()
        answer = reader.get(address)
        spent.append(time.process_time() - began)
        if answer.status_code != 200:  # noqa: PLR2004 -- HTTP
            raise SystemExit(f"{address} answered {answer.status_code}")
    return spent


def pages() -> None:
    from hanse.directory.models import Organisation  # noqa: PLC0415 -- slow import

    found = Organisation.objects.filter(state="published")
    firms = [one.get_absolute_url() for one in found.filter(kind="sme")[:40]]
    clusters = [one.get_absolute_url() for one in found.filter(kind="cluster")[:40]]
    shown(firms[:2] + clusters[:2])
    told("profile of a firm, processor time", shown(firms * 3), "20 ms")
    told("profile of a cluster, processor time", shown(clusters * 3), "20 ms")
    told("search page, processor time", shown(["/directory/?q=cluster"] * 5), "")


def lists() -> None:
    """Queries of pages that list something do not grow with its rows."""
    from django.db import connection  # noqa: PLC0415 -- slow import
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- slow import

    from hanse.directory.actions.bulk import Arrival, take_in  # noqa: PLC0415 -- slow import
    from hanse.directory.actions.facts import Spoken  # noqa: PLC0415 -- slow import
    from hanse.directory.models import Membership  # noqa: PLC0415 -- slow import
    from hanse.directory.rules.values import Said  # noqa: PLC0415 -- slow import
    from hanse.directory.words import State  # noqa: PLC0415 -- slow import

    def arrival(name: str) -> Arrival:
        said = [Said("name", name, "en"), Said("country", "PL"), Said("offer", name, "en")]
        return Arrival("cluster", said, State.PUBLISHED)

    made = take_in(
        (arrival(name) for name in (ALONE, f"A {THREEFOLD}", f"B {THREEFOLD}", f"C {THREEFOLD}")),
        Spoken(None),
    )
    one, three, *_rest = made
    for cluster, members in ((one, made[1:2]), (three, [made[0], *made[2:4]])):
        for member in members:
            Membership.objects.create(cluster=cluster, member=member)

    def queries(address: str) -> int:
        reader = visitor()
        b"".join(reader.get(address))
        with CaptureQueriesContext(connection) as asked:
            b"".join(reader.get(address))
        return len(asked)

    pairs = {
        "search": (f"/directory/?q={ALONE}", f"/directory/?q={THREEFOLD}"),
        "members": (f"{one.get_absolute_url()}members/", f"{three.get_absolute_url()}members/"),
        "profile": (one.get_absolute_url(), three.get_absolute_url()),
        "interface, search": (
            f"/api/v1/directory/organisations?q={ALONE}",
            f"/api/v1/directory/organisations?q={THREEFOLD}",
        ),
        "export of a search": (
            f"/directory/export.csv?q={ALONE}",
            f"/directory/export.csv?q={THREEFOLD}",
        ),
    }
    for name, (single, triple) in pairs.items():
        line(f"queries at 1 and 3 rows: {name}", f"{queries(single)} / {queries(triple)}", "equal")


def imports() -> None:
    """Ten thousand listings read, looked at, and taken in."""
    from hanse.directory.actions.imports import (  # noqa: PLC0415 -- slow import
        Asked,
        keep_rows,
        look_through,
        take_in_file,
    )
    from hanse.directory.models import Import  # noqa: PLC0415 -- slow import
    from hanse.directory.transfers.tables import read_file  # noqa: PLC0415 -- slow import

    content = listings(ROWS_OF_A_FILE)
    asked = Asked(is_listing=True, listing="bench", takes_alike=True)
    brought: list[Import] = []

    def looked() -> None:
        read = read_file("bench.csv", content)
        brought.append(
            look_through(
                keep_rows(read.name, read.digest, read.encoding, read.rows, read.unread, asked)
            )
        )

    seconds = timed(looked)
    line(f"import of {ROWS_OF_A_FILE:,} rows: preview", f"{seconds:.1f} s", "60 s")
    taken = timed(lambda: take_in_file(brought[0], by=None))
    line(f"import of {ROWS_OF_A_FILE:,} rows: taken in", f"{taken:.1f} s")
    line("import, preview and taking in", f"{seconds + taken:.1f} s", "60 s")
    again = timed(looked)
    counts = (brought[1].preview or {})["counts"]
    line("the same file once more: preview", f"{again:.1f} s", "60 s")
    line("the same file once more: unchanged", f"{counts['unchanged']:,}", f"{ROWS_OF_A_FILE:,}")


def listings(rows: int) -> bytes:
    """A list of others with names that share words with those that are there."""
    chance = random.Random(SEED + 1)  # noqa: S311 -- no secret
    countries = ("PL", "DE", "FR", "ES", "IT", "SE")
    lines = ["id,name,country,city,sector,ecosystem,website,source_url"]
    for number in range(rows):
        words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(3)]
        lines.append(
            f"b{number},{' '.join(words).title()} Cluster {number},{chance.choice(countries)},"
            f"{words[0].title()},automotive,Digital,https://{words[1]}{number}.example,"
            "https://list.example/page"
        )
    return "\n".join(lines).encode()


def open_files() -> None:
    """The whole directory as files, and a search as a stream."""
    from hanse.directory.actions.open_data import write_open_data  # noqa: PLC0415 -- slow import

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line("open data written, all files", f"{timed(write_open_data):.0f} s")
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    line("memory that writing them added at most", f"{more:,.0f} MB", "500 MB")


if __name__ == "__main__":
    main(int(sys.argv[1]))
