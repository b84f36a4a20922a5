"""What is private is read at no door by anybody else, and by its owner it is."""

import io
from itertools import product

import pytest
from django.core.cache import caches
from django.urls import get_resolver

from hanse.directory.actions.corrections import decline
from hanse.directory.actions.facts import Spoken, change_facts
from hanse.directory.actions.members import add_member
from hanse.directory.actions.ownership import ask_to_join
from hanse.directory.actions.review import publish_profile, refuse_profile, submit_profile
from hanse.directory.models import Fact
from hanse.directory.queries.columns import forget
from hanse.directory.queries.people import about
from hanse.directory.queries.search import Question, search
from hanse.directory.queries.suggestions import seeker_of, suggest
from hanse.directory.queries.typing import words_for
from hanse.directory.rules.values import Said
from hanse.directory.tests.conftest import said
from hanse.directory.words import JoinReason, State

pytestmark = [pytest.mark.database, pytest.mark.django_db]

DRAFT, PRIVATE, MAIL = "draftmarkword", "privatemarkword", "mailmarkword"
DECLINED, JOINING, REASON = "declinedmarkword", "joiningmarkword", "reasonmarkword"
MARKS = (DRAFT, PRIVATE, MAIL, DECLINED, JOINING, REASON)


@pytest.fixture(autouse=True)
def place(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path / "var"
    monkeypatch.setattr("hanse.directory.api.answers.READS", 1_000_000)
    caches["default"].clear()


@pytest.fixture
def world(organisation, ana, bruno, carla, django_user_model):
    """Ana's published profile, her draft and her refused one; Bruno's profile; who asks to join."""
    ours = organisation(
        "Dolina Ogniw", administrator=ana, contact_email=f"office@{MAIL}.example",
        offer="A furnace for batteries", seek="hydrogen valves", competence="photonics",
        website="https://ogniw.example",
    )  # fmt: skip
    standing = [Said("offer", "A furnace for batteries", "en")]
    hidden = Said("offer", f"A {PRIVATE} furnace", "en", is_public=False)
    change_facts(ours, ["offer"], [*standing, hidden], Spoken(ana))
    draft = organisation(
        "Zamysł", administrator=ana, state=State.DRAFT, offer=f"Our {DRAFT} line",
        other_name=f"{DRAFT.title()} Valley", summary=f"{DRAFT} of Silesia",
    )  # fmt: skip
    refused = organisation("Odmowa", administrator=ana, state=State.DRAFT)
    refuse_profile(submit_profile(refused, by=ana), f"Because of {REASON}", by=carla)
    theirs = organisation(
        "Vallée", country="FR", administrator=bruno, competence="hydrogen-valves",
        seek="photonics", offer="valves",
    )  # fmt: skip
    decline(ours, theirs, f"They are {DECLINED}", by=ana)
    asks = django_user_model.objects.create(email="asks@example.org", name="Asks")
    ask_to_join(ours, JoinReason.INVITED, f"I am {JOINING}", by=asks)
    add_member(ours, theirs, None, by=ana, both_say=True)
    add_member(ours, draft, None, by=ana, both_say=True)
    forget()
    return ours, draft, refused, theirs


FILLED = {
    "code": ["PL", "PL51"],
    "name": ["organisations", "memberships", "projects"],
    "form": ["csv", "jsonl", "xlsx", "parquet", "json"],
    "token": ["x"],
    "pk": ["1", "2", "3"],
}


def addresses(slugs):
    """Every address of the directory and of its interface, with every profile in it."""
    filled = {**FILLED, "slug": slugs}
    for part in ("directory/", "api/v1/"):
        resolver = next(one for one in get_resolver().url_patterns if str(one.pattern) == part)
        for names, made in routes(resolver):
            if part == "api/v1/" and "directory" not in made and "openapi" not in made:
                continue
            for values in product(*(filled[name] for name in names)):
                yield "/" + part + made.format(*values)


def routes(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from routes(entry, route)
            continue
        names, made = [], ""
        for piece in route.split("<"):
            inside, closed, rest = piece.partition(">")
            if closed:
                names.append(inside.partition(":")[2] or inside)
                made += "{}" + rest
            else:
                made += inside
        yield names, made


def text_of(answer):
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.get("Content-Type", "")
    if "parquet" in kind:
        from pyarrow import parquet

        return str(parquet.read_table(io.BytesIO(raw)).to_pylist())
    if "sheet" in kind:
        from python_calamine import CalamineWorkbook

        return str(
            CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
        )
    return raw.decode()


def seen_by(browser, world):
    """Addresses that answered, each with the marked words that can be read there."""
    seen = {}
    for address in addresses([one.slug for one in world]):
        answer = browser.get(address)
        if answer.status_code == 200:
            text = text_of(answer)
            seen[address] = {mark for mark in MARKS if mark in text.lower()}
    return seen


def leaks(seen):
    return {address: marks for address, marks in seen.items() if marks}


def test_a_stranger_reads_nothing_private_at_any_door(as_person, world):
    seen = seen_by(as_person(), world)
    assert leaks(seen) == {}
    assert {
        "/directory/", "/directory/export.csv", "/directory/export.jsonl",
        "/directory/open-data/organisations.parquet", "/directory/open-data/organisations.xlsx",
        "/directory/organisations/dolina-ogniw/", "/directory/organisations/dolina-ogniw/history/",
        "/directory/organisations/dolina-ogniw/members/", "/directory/countries/PL/",
        "/api/v1/directory/organisations", "/api/v1/directory/organisations/dolina-ogniw",
    } <= set(seen)  # fmt: skip


def test_an_administrator_of_another_one_reads_nothing_private_at_any_door(as_person, world, bruno):
    seen = seen_by(as_person(bruno), world)
    assert leaks(seen) == {}
    assert "/directory/organisations/vallee/suggestions/" in seen


def test_the_owner_reads_it_so_that_this_test_can_fail(as_person, world, ana):
    seen = seen_by(as_person(ana), world)
    # What somebody said of a suggestion stands in the download about themselves alone.
    told = {mark for mark in MARKS if mark in str(about(ana))}
    assert set().union(*seen.values(), told) == set(MARKS)
    everything = "/directory/organisations/dolina-ogniw/profile.json"
    assert {PRIVATE, MAIL} <= seen[everything]
    # Not even the owner's search, exports and open data hold it: they are of everybody.
    assert seen["/directory/open-data/organisations.jsonl"] == set()


@pytest.mark.parametrize("mark", MARKS)
def test_nothing_private_is_counted_or_found(client, world, mark):
    found = search(Question(mark))
    assert found.total == 0
    assert all(not sum(terms.values()) for terms in found.counts.values())
    told = client.get(f"/api/v1/directory/organisations?q={mark}").json()
    assert (told["total"], told["organisations"]) == (0, [])
    for form in ("csv", "jsonl"):
        answer = client.get(f"/directory/export.{form}?q={mark}")
        assert mark not in text_of(answer).partition("\n")[2]
    assert words_for(mark[:-2], "en") == []


def test_a_suggestion_rests_on_nothing_private(world):
    theirs = world[3]
    for one in suggest(seeker_of(theirs), 50).found:
        told = [*one.for_us, *one.for_them, *one.against]
        assert not any(mark in f"{r.says} {r.quote}" for r in told for mark in MARKS)
        assert one.organisation.is_found


def test_a_word_that_becomes_private_is_found_no_longer(client, world, ana):
    ours = world[0]
    change_facts(ours, ["summary"], said({"summary": "once publicmarkword"}), Spoken(ana))
    assert search(Question("publicmarkword")).total == 1
    hidden = Said("summary", "once publicmarkword", "en", is_public=False)
    change_facts(ours, ["summary"], [hidden], Spoken(ana))
    assert search(Question("publicmarkword")).total == 0
    last = Fact.objects.get(organisation=ours, field="summary", ended_at__isnull=True)
    assert not last.is_public
    for address in ("organisations.csv", "organisations.jsonl"):
        assert "publicmarkword" not in text_of(client.get(f"/directory/open-data/{address}"))


def test_what_was_taken_out_of_a_draft_is_in_no_history(as_person, organisation, ana, carla):
    one = organisation("Zamysł", administrator=ana, state=State.DRAFT, offer=f"Our {DRAFT} line")
    change_facts(one, ["offer"], said({"offer": "Our line"}), Spoken(ana))
    publish_profile(submit_profile(one, by=ana), by=carla)
    address = f"{one.get_absolute_url()}history/"
    assert DRAFT not in as_person().get(address).content.decode()
    assert "Our line" in as_person().get(address).content.decode()
    assert DRAFT in as_person(ana).get(address).content.decode()
