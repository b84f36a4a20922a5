"""Forms that meet and words that must not, in tables a speaker can extend without Python."""

import doctest
from itertools import combinations
from pathlib import Path

import pytest

from hanse.kit import folding, stemming
from hanse.kit.folding import fold, words_of, words_with_places
from hanse.kit.stemming import stem, tokens_of

HERE = Path(__file__).parent


def lines(name):
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


FORMS = lines("forms_that_meet.txt")
FRIENDS = lines("false_friends.txt")


@pytest.mark.parametrize("line", FORMS, ids=" ".join)
def test_forms_of_a_word_meet(line):
    _language, *forms = line
    assert {tuple(tokens_of(form)) for form in forms} == {tuple(tokens_of(forms[0]))}


@pytest.mark.parametrize("pair", FRIENDS, ids=" ".join)
def test_false_friends_stay_apart(pair):
    assert len(pair) == 2
    assert tokens_of(pair[0]) != tokens_of(pair[1])


def test_the_tables_are_wide():
    assert sum(len(line) - 2 for line in FORMS) >= 150
    assert len(FRIENDS) >= 60
    languages = (
        "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl no pl pt ro sk sl sv tr uk is sr"
    )
    assert {line[0] for line in FORMS} == set(languages.split())


def test_words_of_different_lines_of_a_language_stay_apart():
    for (language, *some), (other, *others) in combinations(FORMS, 2):
        if language == other:
            assert not {stem(fold(w)) for w in some} & {stem(fold(w)) for w in others}


def test_enough_of_a_word_is_left():
    assert all(len(stem(fold(form))) >= 3 for _language, *forms in FORMS for form in forms)


@pytest.mark.parametrize("module", [folding, stemming])
def test_examples_hold(module):
    assert doctest.testmod(module).failed == 0


def test_codes_short_words_and_other_scripts_stay_as_they_are():
    for word in ("de60", "c27", "ai", "gas", "вода", "水素", "2030", "нато", "abc"):
        assert stem(word) == word


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Łódź", "lodz"),
        ("IŞIK ışık İstanbul", "isik isik istanbul"),
        ("ΛΟΓΟΣ λόγος", "λογοσ λογοσ"),
        ("Straße STRASSE", "strasse strasse"),
        ("Øresund Đakovo Ħamrun Þór Ærø", "oresund dakovo hamrun thor aero"),
        ("Batterie\u00adrecycling", "batterierecycling"),
        ("e\u0301nergie", "energie"),
        ("ґрунт їжа", "ґрунт іжа"),
    ],
)
def test_letters_are_folded(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    "text",
    [
        "Recykling baterii, Łódź (PL71) – ½ x² naïve_e\u0301t",
        "L'énergie d’hydrogène; Ανακύκλωση μπαταριών!",
        "İstanbul\u00adışık  батерии ﬁbre",
        "",
        "\u0301 lone mark \u00ad",
    ],
)
def test_places_are_those_of_the_words(text):
    placed = list(words_with_places(text))
    assert [word for word, _start, _end in placed] == words_of(text)
    for word, start, end in placed:
        assert word in words_of(text[start:end])
