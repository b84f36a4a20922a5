"""What is too large is told in words with 413, whoever sends it."""

import ast
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import hanse
from hanse.web import middleware

pytestmark = [pytest.mark.database, pytest.mark.django_db]
MEGABYTE = 1024 * 1024


def file(megabytes: float, name: str = "members.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * int(megabytes * MEGABYTE), "text/csv")


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_file_that_is_too_large_is_told_whether_one_is_logged_in_or_not(as_person, ana):
    for browser in (as_person(), as_person(ana)):
        answer = browser.post(reverse("directory:imports"), {"file": file(20.1), "kind": "cluster"})
        assert answer.status_code == 413
        assert "This file is too large" in words(answer)
        assert "members.csv has 21 MB, and at most 20 MB are taken. Nothing was kept." in words(
            answer
        )
        assert "Log in</h1>" not in words(answer)


def test_a_file_that_is_not_too_large_leads_to_the_log_in(as_person):
    answer = as_person().post(reverse("directory:imports"), {"file": file(1), "kind": "cluster"})
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_each_page_says_its_own_limit(as_person, ana):
    way = reverse("events:new_paper", args=["a", "b", "00000000-0000-0000-0000-000000000000"])
    answer = as_person().post(way, {"file": file(10.1, "slides.pdf"), "title": "Slides"})
    assert answer.status_code == 413
    assert "slides.pdf has 11 MB, and at most 10 MB are taken." in words(answer)


def test_the_second_of_two_files_is_looked_at_as_well(as_person):
    way = reverse("observatory:new_set")
    answer = as_person().post(way, {"table": file(1), "figures": file(20.1, "figures.csv")})
    assert answer.status_code == 413
    assert "figures.csv has 21 MB" in words(answer)


def test_what_is_more_than_any_page_takes_is_told_before_it_is_read(monkeypatch, as_person, ana):
    monkeypatch.setattr(middleware, "MOST_AT_ONCE", 2)
    for browser in (as_person(), as_person(ana)):
        answer = browser.post("/nowhere/", {"file": file(2)})
        assert answer.status_code == 413
        assert "has 3 MB, and at most 2 MB are taken at once" in words(answer)


def test_it_is_told_in_the_language_of_the_browser(monkeypatch):
    monkeypatch.setattr(middleware, "MOST_AT_ONCE", 2)
    answer = Client().post("/nowhere/", {"file": file(2)}, headers={"Accept-Language": "de"})
    assert '<html lang="de"' in answer.content.decode()


def test_a_length_that_is_no_number_is_none(rf):
    for said in ("", "x", "-1", "²"):
        request = rf.get("/")
        request.META["CONTENT_LENGTH"] = said
        assert middleware.content_length(request) == 0


def test_every_page_that_takes_files_says_how_large_they_may_be():
    undecorated, decorated = [], 0
    for path in Path(hanse.__file__).parent.glob("*/pages/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and "request.FILES" in ast.unparse(node):
                first = ast.unparse(node.decorator_list[0]) if node.decorator_list else ""
                decorated += first.startswith("takes_files(")
                if not first.startswith("takes_files("):
                    undecorated.append(f"{path.name}: {node.name}")
    assert undecorated == []
    assert decorated
