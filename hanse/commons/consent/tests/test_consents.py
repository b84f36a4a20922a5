import datetime

import pytest

from hanse.commons.consent import queries
from hanse.commons.consent.actions import agree, withdraw
from hanse.commons.consent.models import Consent
from hanse.commons.consent.queries import current_purposes, has_agreed
from hanse.commons.consent.words import PURPOSES, Purpose

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def news() -> Purpose:
    return current_purposes()[0]


def answers(person):
    return list(
        Consent.objects.filter(person=person).order_by("id").values_list("answer", flat=True)
    )


def test_nobody_has_agreed_before_they_were_asked(ana, news):
    assert not has_agreed(ana, news.code)


def test_every_answer_is_a_line_of_its_own(ana, bruno, news):
    agree(ana, news)
    withdraw(ana, news)
    agree(ana, news)
    assert answers(ana) == ["given", "withdrawn", "given"]
    assert has_agreed(ana, news.code)
    assert answers(bruno) == []


def test_the_same_answer_twice_is_one_line(ana, news):
    agree(ana, news)
    agree(ana, news)
    withdraw(ana, news)
    withdraw(ana, news)
    assert answers(ana) == ["given", "withdrawn"]


def test_the_line_keeps_the_wording_that_was_shown(ana, news):
    agree(ana, news)
    line = Consent.objects.get()
    assert (line.wording, line.version, line.language) == (str(news.wording), news.version, "en")


def test_a_new_wording_asks_anew(ana, news, monkeypatch):
    agree(ana, news)
    newer = Purpose(news.code, 2, datetime.date(2027, 1, 1), news.title, "Write to me every day.")
    monkeypatch.setattr(queries, "PURPOSES", [*PURPOSES, newer])
    assert not has_agreed(ana, news.code)


def test_a_line_is_never_updated(ana, news):
    agree(ana, news)
    with pytest.raises(TypeError):
        Consent.objects.get().save()
    with pytest.raises(TypeError):
        Consent.objects.update(answer="withdrawn")


def test_the_page_gives_and_withdraws_and_shows_the_history(as_person, ana, news):
    browser = as_person(ana)
    browser.post(f"/account/consents/{news.code}/agreement/")
    assert has_agreed(ana, news.code)
    browser.post(f"/account/consents/{news.code}/withdrawal/")
    assert not has_agreed(ana, news.code)
    page = browser.get("/account/consents/").content.decode()
    assert page.count(f'<td lang="en">{news.wording}</td>') == 2


def test_an_unknown_purpose_is_not_found(as_person, ana):
    assert as_person(ana).post("/account/consents/everything/agreement/").status_code == 404


def test_looking_at_the_address_changes_nothing(as_person, ana, news):
    assert as_person(ana).get(f"/account/consents/{news.code}/agreement/").status_code == 405
