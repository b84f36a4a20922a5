"""One search: words, meanings, filters with counts, an order; the same on both databases."""

import pytest

from hanse.directory.actions.facts import Spoken, change_facts, retire
from hanse.directory.actions.indexing import index, index_everything
from hanse.directory.queries.columns import columns, forget
from hanse.directory.queries.hits import hits_of
from hanse.directory.queries.search import Question, search
from hanse.directory.tests.conftest import said
from hanse.directory.words import State

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def names(question):
    found = search(question)
    return [hit.organisation.name for hit in hits_of(found.numbers, found.asked)]


@pytest.fixture
def recyclers(organisation):
    return {
        "pl": organisation(
            "Dolina Ogniw", service=["recykling baterii"], language="pl", members_total=64
        ),
        "de": organisation(
            "Zweites Leben e. V.", country="DE", summary="Batterierecycling im Verbund",
            language="de", members_total=48,
        ),
        "by code": organisation("Kärnan", country="SE", competence=["battery-recycling"]),
        "wider": organisation("Odpady", summary="recykling papieru", language="pl"),
        "part of a word": organisation("Baterion", summary="Recyklingopolis"),
    }  # fmt: skip


def test_a_need_is_found_in_any_language_by_what_it_means(recyclers):
    assert names(Question("recykling baterii")) == ["Dolina Ogniw", "Kärnan", "Zweites Leben e. V."]
    assert names(Question("ανακύκλωση μπαταριών"))[:1] == ["Kärnan"]
    assert set(names(Question("battery recycling"))) == {
        "Dolina Ogniw", "Kärnan", "Zweites Leben e. V.",
    }  # fmt: skip


def test_words_only_leaves_meanings_out(recyclers):
    assert names(Question("recykling baterii", words_only=True)) == ["Dolina Ogniw"]


def test_what_is_narrower_is_found_under_what_is_wider(recyclers):
    assert "Odpady" in names(Question("recycling"))
    assert "Zweites Leben e. V." in names(Question("recycling"))


def test_part_of_a_word_is_no_hit(organisation):
    organisation("Acknowledge")
    assert names(Question("knowledge")) == []
    assert names(Question("acknowledge")) == ["Acknowledge"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Συστάδα Κυκλικής Ενέργειας", "συσταδα"),
        ("Straßenbau Süd", "strassenbau"),
        ("Łódzki Klaster", "lodzki"),
        ("Fjordkøl", "fjordkol"),
        ("大阪水素バルブの環", "水素バルブ"),
        ("大阪水素バルブの環", "大阪"),
    ],
)
def test_letters_and_accents_are_forgiven(organisation, name, typed):
    organisation(name)
    assert names(Question(typed)) == [name]


def test_counts_of_a_filter_say_what_its_tick_would_bring(recyclers):
    found = search(Question("recycling", filters={"country": ["DE"]}))
    assert found.total == 1
    assert found.counts["country"] == {"PL": 2, "DE": 1, "SE": 1}
    assert found.counts["size"] == {"40-99": 1}
    assert search(Question("recycling", filters={"country": ["DE", "SE"]})).total == 2
    assert search(Question("recycling", filters={"country": ["DE"], "size": ["100-"]})).total == 0


def test_drafts_private_facts_and_retired_ones_are_never_found(organisation):
    organisation("Hidden Draft", state=State.DRAFT, summary="xylophone")
    seen = organisation("Seen", contact_email="xylophone@secret.example")
    assert search(Question("xylophone")).total == 0
    assert search(Question("secret")).total == 0
    assert search(Question("seen")).total == 1
    retire(seen, by=None)
    found = search(Question("seen"))
    assert (found.total, found.counts["country"]) == (0, {})


def test_a_change_is_found_at_once_and_the_old_word_no_longer(organisation):
    one = organisation("Uno", offer=["a foundry"])
    assert search(Question("foundry")).total == 1
    change_facts(one, ["offer"], said({"offer": ["a brewery"]}), Spoken(None))
    assert search(Question("foundry")).total == 0
    assert search(Question("brewery")).total == 1


def test_columns_appended_to_equal_columns_read_anew(recyclers, organisation):
    columns()
    organisation("Later", country="FI", competence=["recycling"])
    index([recyclers["de"]])
    appended = search(Question("recycling"))
    forget()
    anew = search(Question("recycling"))
    assert appended.numbers.tolist() == anew.numbers.tolist()
    assert appended.counts == anew.counts
    forget()
    index_everything()
    assert search(Question("recycling")).numbers.tolist() == anew.numbers.tolist()


def test_the_hit_says_why(recyclers):
    found = search(Question("recykling baterii"))
    first, second, third = hits_of(found.numbers, found.asked)
    assert str(first.whys[0].text) == "<mark>recykling</mark> <mark>baterii</mark>"
    assert first.whys[0].meaning == ""
    assert (second.whys[0].field, second.whys[0].meaning) == ("Competences", "battery recycling")
    assert "<mark>Batterierecycling</mark>" in third.whys[0].text


def test_totals_equal_what_paging_reaches(organisation):
    for number in range(45):
        organisation(f"Cluster {number}", summary="photonics")
    found = search(Question("photonics"))
    assert found.total == 45
    assert len(set(found.numbers.tolist())) == 45


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", '"', "' OR 1=1 --", "*", "a" * 5000, "🙂", "(", "the"]
)
def test_odd_words_break_nothing(recyclers, typed):
    search(Question(typed))


@pytest.mark.parametrize("query", ["size=x&kind=y", "near=%00&km=-3", "country=%22&page=99999"])
def test_an_address_that_nobody_would_write_still_answers(recyclers, as_person, query):
    assert as_person().get(f"/directory/?{query}").status_code == 200


def test_an_empty_directory_asks_for_organisations_not_for_fewer_words(db, as_person):
    empty = as_person().get("/directory/").content.decode()
    assert "Use fewer words" not in empty
    assert "Use fewer words" in as_person().get("/directory/?q=wine").content.decode()
