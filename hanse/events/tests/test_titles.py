"""What a browser writes on its tab: the page and the event it is about."""

import re
from types import SimpleNamespace

import pytest

from hanse.kit import phrases

pytestmark = [pytest.mark.database, pytest.mark.django_db]
EVENT = "/events/week/matchmaking/"
DESK = f"{EVENT}desk/"


def title(answer) -> str:
    return re.search(r"<title>(.*?) · Hanse</title>", answer.text, re.DOTALL)[1]


@pytest.mark.parametrize(
    ("way", "says"),
    [
        (f"{DESK}form/", "Form and seats"),
        (f"{DESK}form/questions/new/", "Ask something"),
        (f"{DESK}door/", "What the doors said"),
        (f"{DESK}programme/new/", "New item"),
        (f"{DESK}calling-off/", "Call the event off"),
        (f"{DESK}letters/confirmed/de/", "Registered, with a seat, German"),
        (f"{EVENT}door/walk-in/", "Without a registration"),
        (f"{EVENT}register/", "Register"),
    ],
)
def test_a_title_names_the_event(event, as_person, ana, way, says):
    assert title(as_person(ana).get(way)) == f"{says}: Matchmaking"


def test_where_a_language_puts_a_space_before_a_colon_titles_have_it(
    event, as_person, ana, monkeypatch
):
    monkeypatch.setattr("hanse.kit.templatetags.kit.phrases", french := SimpleNamespace())
    french.__dict__.update(vars(phrases) | {"COLON": "\u00a0: "})
    assert title(as_person(ana).get(f"{DESK}programme/")) == "Programme\u00a0: Matchmaking"
