"""Documents on a profile: added by who speaks for it, read by who sees it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hanse.directory.models import Document
from hanse.directory.words import State

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def table(content=b"a,b\n1,2\n"):
    return SimpleUploadedFile("figures.csv", content, "text/csv")


def add(browser, one, upload, title="Figures"):
    address = reverse("directory:documents", args=[one.slug])
    return browser.post(address, {"title": title, "file": upload}, follow=True)


def test_a_document_is_added_read_by_all_and_taken_away(organisation, ana, as_person):
    one = organisation("Dolina", administrator=ana)
    ours = as_person(ana)
    assert "It stands on the profile" in add(ours, one, table()).content.decode()
    document = Document.objects.get()
    assert "Figures" in as_person().get(one.get_absolute_url()).content.decode()
    read = as_person().get(reverse("directory:document", args=[document.pk]))
    assert b"".join(read.streaming_content) == b"a,b\n1,2\n"
    assert "attachment" in read["Content-Disposition"]
    removal = reverse("directory:document_removal", args=[document.pk])
    assert as_person().post(removal).status_code == 302
    assert Document.objects.exists()
    ours.post(removal)
    assert not Document.objects.exists()


def test_what_is_not_what_it_says_is_refused(organisation, ana, as_person):
    one = organisation("Dolina", administrator=ana)
    wrong = SimpleUploadedFile("page.pdf", b"<html>", "application/pdf")
    assert "its content is not" in add(as_person(ana), one, wrong).content.decode()
    assert not Document.objects.exists()


def test_of_a_draft_nobody_else_reads_a_document(organisation, ana, bruno, as_person):
    one = organisation("Draft", administrator=ana, state=State.DRAFT)
    add(as_person(ana), one, table())
    address = reverse("directory:document", args=[Document.objects.get().pk])
    assert as_person(ana).get(address).status_code == 200
    assert as_person(bruno).get(address).status_code == 404
    assert as_person().get(address).status_code == 404
