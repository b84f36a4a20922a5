"""One suite for the full text, on whichever database keeps the records."""

import pytest
from django.db import connection, transaction

from hanse.ports.fulltext import open_fulltext

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# Words that would mean something to an engine if it were let to read them.
HOSTILE = (
    'a" OR "b',
    "a' | 'b",
    "a'':*",
    "a\\",
    "\\'",
    "*",
    "a*",
    "^a",
    "words : a",
    "a AND b",
    "NOT",
    "NEAR(a b)",
    "(a",
    "a)",
    "a\0b",
    "\0",
    "a & !b",
    "a <-> b",
    "--",
    "; DROP TABLE fulltext_passage",
    "%s",
    "%L",
    "a\nb",
    "\ud800a",
)


@pytest.fixture
def text():
    opened = open_fulltext()
    opened.make()
    opened.clear()
    return opened


@pytest.fixture
def three(text):
    text.put(
        [
            (1, ["batter", "recycl", "c:battery-recycling"]),
            (5, ["batter", "hydrog"]),
            (2**63 - 1, ["recycling", "r:de60"]),
        ]
    )
    return text


def test_passages_that_hold_a_word(three):
    assert three.holding_any(["batter"]).tolist() == [1, 5]
    assert three.holding_any(["hydrog", "recycling"]).tolist() == [5, 2**63 - 1]
    assert three.holding_any(["batter"]).dtype == "int64"


def test_only_whole_words_count(three):
    assert three.holding_any(["recycl"]).tolist() == [1]
    assert three.holding_any(["batte"]).tolist() == []
    assert three.holding_any(["battery-recycling"]).tolist() == []
    assert three.holding_any(["c"]).tolist() == []
    assert three.holding_any(["c:battery-recycling"]).tolist() == [1]


def test_a_beginning_finds_every_word_that_begins_so(three):
    assert three.holding_prefix("recyc").tolist() == [1, 2**63 - 1]
    assert three.holding_prefix("b").tolist() == [1, 5]
    assert three.holding_prefix("c:bat").tolist() == [1]
    assert three.holding_prefix("ecycl").tolist() == []


def test_words_that_begin_so_the_commonest_first(three):
    three.put([(6, ["recycling"]), (7, ["recyclat"])])
    assert three.words_beginning("recyc") == ["recycling", "recycl", "recyclat"] or (
        three.words_beginning("recyc") == ["recycling", "recyclat", "recycl"]
    )
    assert three.words_beginning("recyc", most=1) == ["recycling"]
    assert three.words_beginning("xyz") == []


def test_words_of_equally_many_passages_come_in_the_order_of_their_letters(text):
    text.put([(1, ["wage", "water", "waß", "waste"])])
    assert text.words_beginning("wa") == ["wage", "waste", "water", "waß"]


def test_nothing_is_found_by_nothing(three):
    assert three.holding_any([]).tolist() == []
    assert three.holding_any([""]).tolist() == []
    assert three.holding_prefix("").tolist() == []
    assert three.words_beginning("") == []


def test_a_passage_put_again_holds_only_its_new_words(three):
    three.put([(5, ["wine"]), (5, ["olive"])])
    assert three.holding_any(["hydrog"]).tolist() == []
    assert three.holding_any(["wine"]).tolist() == []
    assert three.holding_any(["olive"]).tolist() == [5]
    assert three.holding_any(["batter"]).tolist() == [1]


def test_a_passage_without_words_is_no_fault(three):
    three.put([(5, []), (6, [""])])
    assert three.holding_any(["hydrog"]).tolist() == []


def test_passages_are_removed_from_first_to_last(three):
    three.put([(4, ["batter"]), (6, ["batter"])])
    three.remove(4, 5)
    assert three.holding_any(["batter"]).tolist() == [1, 6]
    three.remove(7, 9)
    assert three.holding_any(["batter"]).tolist() == [1, 6]


def test_cleared_it_is_empty_and_can_be_filled_again(three):
    three.clear()
    assert three.holding_any(["batter", "recycl"]).tolist() == []
    three.put([(1, ["batter"])])
    assert three.holding_any(["batter"]).tolist() == [1]


def test_made_twice_it_keeps_what_it_holds(three):
    three.make()
    assert three.holding_any(["batter"]).tolist() == [1, 5]


@pytest.mark.parametrize(
    "word",
    [
        "μπαταρι", "батери", "ґанок", "straße", "łodz", "ångström", "ﬁ", "ı", "ς", "σ", "i̇",
        "x²", "½", "c:a-b_c", "-", "1:2", "Ab", "水素", "𝒳", "\u00ad", "\u200b", "e\u0301",
    ],
)  # fmt: skip
def test_words_come_out_exactly_as_they_went_in(text, word):
    text.put([(1, [word]), (2, ["other"])])
    assert text.holding_any([word]).tolist() == [1]
    assert text.words_beginning(word) == [word]
    for part in word:
        assert part == word or text.holding_any([part]).tolist() == []


def test_letters_that_look_alike_stay_apart(text):
    text.put([(1, ["ς"]), (2, ["σ"]), (3, ["é"]), (4, ["e"]), (5, ["E"])])
    assert [text.holding_any([word]).tolist() for word in "ςσéeE"] == [[1], [2], [3], [4], [5]]


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_word_is_a_word(text, word):
    text.put([(1, ["a"]), (2, ["b"]), (3, [word]), (4, ["a", "b"])])
    found = [1, 3, 4] if word == "\ud800a" else [3]  # half a letter is left out
    assert text.holding_any([word]).tolist() == found
    assert set(text.holding_prefix(word).tolist()) >= {3}
    assert text.holding_any(["a"]).tolist() == ([1, 3, 4] if word == "\ud800a" else [1, 4])
    assert text.words_beginning(word, most=1) == [word.replace("\ud800", "")]


def test_a_very_long_word_is_cut_alike_when_put_and_when_asked(text):
    text.put([(1, ["ж" * 5000])])
    assert text.holding_any(["ж" * 5000]).tolist() == [1]
    assert text.holding_prefix("ж" * 100).tolist() == [1]


def test_many_words_are_asked_at_once(text):
    text.put((number, [f"w{number}"]) for number in range(3000))
    asked = [f"w{number}" for number in range(0, 3000, 2)]
    assert text.holding_any(asked).tolist() == list(range(0, 3000, 2))


def test_it_takes_part_in_the_transaction_of_the_records(three):
    with transaction.atomic():
        three.put([(9, ["batter"])])
        three.remove(1, 1)
        transaction.set_rollback(True)
    assert three.holding_any(["batter"]).tolist() == [1, 5]


def test_it_is_kept_where_the_records_are(text):
    assert "fulltext_passage" in connection.introspection.table_names()
