import io
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from hanse.commons.files.actions import keep_file, plain_name
from hanse.commons.files.models import StoredFile
from hanse.commons.files.rules import why_not_kept
from hanse.commons.files.words import Kind
from hanse.kit.refusals import Refused


def zipped(**entries: bytes) -> bytes:
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in entries.items():
            out.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return parcel.getvalue()


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + struct.pack(">II", 2, 2)
    + b"\x08\x06\x00\x00\x00....IEND\xaeB`\x82"
)
WORKBOOK = {"[Content_Types].xml": b"<x/>", "xl__workbook_dot_xml": b"<x/>"}
GOOD = {
    "a.pdf": b"%PDF-1.7\n...\n%%EOF\n",
    "a.png": PNG,
    "a.jpg": b"\xff\xd8\xff\xe0.....\xff\xd9",
    "a.csv": "Región;Jobs\nÅland;3\n".encode(),
    "a.json": b'{"a": 1}',
    "a.parquet": b"PAR1" + b"." * 20 + struct.pack("<I", 12) + b"PAR1",
    "a.zip": zipped(a=b"1"),
    "a.xlsx": zipped(**WORKBOOK),
}
EVERY_KIND = frozenset(Kind)


def code_of(name: str, content: bytes, kinds=EVERY_KIND, most: int = 10_000_000) -> str | None:
    refusal = why_not_kept(name, content, kinds, most)
    return refusal.code if refusal else None


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_it_says_is_taken(name):
    assert code_of(name, GOOD[name]) is None


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("other", GOOD)
def test_a_file_under_a_wrong_name_is_refused(name, other):
    expected = (
        None
        if name == other or (name, other) == ("a.zip", "a.xlsx")
        else "file_is_not_what_it_says"
    )
    assert code_of(name, GOOD[other]) == expected


@pytest.mark.parametrize("name", [name for name in GOOD if name not in {"a.csv", "a.json"}])
def test_a_file_that_was_cut_off_is_refused(name):
    assert code_of(name, GOOD[name][:-6]) == "file_is_not_what_it_says"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"a,b\n\x00,1\n"),
        ("a.csv", b"a,b\n1,2,3\n"),
        ("a.csv", b"\xff\xfea\x00"),
        ("a.csv", b"<html><script>alert(1)</script></html>"),
        ("a.json", b"{" * 100_000),
        ("a.xlsx", zipped(**WORKBOOK, xl__vbaProject_dot_bin=b"macro")),
        ("a.zip", zipped(bomb=b"0" * 60_000_000)),
        ("a.zip", zipped(**{"..__..__etc__passwd": b"x"})),
    ],
)
def test_harmful_content_is_refused(name, content):
    assert code_of(name, content) == "file_is_not_what_it_says"


def test_size_kind_and_emptiness_have_their_own_reasons():
    assert code_of("a.csv", b"") == "file_empty"
    assert code_of("a.csv", b"a,b\n" * 10, most=20) == "file_too_large"
    assert code_of("a.exe", b"MZ") == "file_kind_not_wanted"
    assert code_of("a.pdf", GOOD["a.pdf"], kinds=frozenset({Kind.CSV})) == "file_kind_not_wanted"


def test_the_refusal_is_a_sentence_with_its_facts():
    refusal = why_not_kept("a.csv", b"a,b\n" * 1000, EVERY_KIND, 1024)
    assert str(refusal) == "a.csv has 4 kB, and at most 1 kB are taken here."


@given(st.binary(max_size=200), st.sampled_from(sorted(GOOD)))
def test_no_content_breaks_the_check(content, name):
    why_not_kept(name, content, EVERY_KIND, 1_000)


@given(st.text(max_size=300))
def test_a_name_never_leads_out_of_its_folder(name):
    plain = plain_name(name)
    assert plain
    assert "/" not in plain
    assert "\n" not in plain


@pytest.fixture
def kept(ana) -> StoredFile:
    upload = SimpleUploadedFile("../Ünï.csv", b"a,b\n1,2\n", content_type="text/html")
    return keep_file(upload, kinds=[Kind.CSV], by=ana)


@pytest.mark.database
@pytest.mark.django_db
def test_a_file_lies_under_a_random_name(kept):
    assert kept.name == "Ünï.csv"
    assert "csv" not in kept.content.name
    assert len(kept.content.name) > 30
    assert kept.size == 8


@pytest.mark.database
@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(ana):
    with pytest.raises(Refused):
        keep_file(SimpleUploadedFile("a.pdf", b"MZ"), kinds=[Kind.PDF], by=ana)
    assert not StoredFile.objects.exists()


@pytest.mark.database
@pytest.mark.django_db
def test_its_owner_gets_it_as_an_attachment_that_no_browser_guesses_at(kept, as_person, ana):
    answer = as_person(ana).get(f"/files/{kept.pk}/")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == b"a,b\n1,2\n"


@pytest.mark.database
@pytest.mark.django_db
def test_a_stranger_does_not_learn_that_it_exists(kept, as_person, bruno, carla):
    for who in (None, bruno, carla):
        assert as_person(who).get(f"/files/{kept.pk}/").status_code == 404
