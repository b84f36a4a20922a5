"""Tickets: signed, told apart from forged ones, read by a QR reader of other people's making."""

from uuid import UUID

import numpy as np
import pypdfium2
import pytest
import segno
import zxingcpp

from hanse.events.actions.tickets import key_of, ticket_code
from hanse.events.mails.registrations import address_for
from hanse.events.models import TicketKey
from hanse.events.rules.tickets import (
    PREFIX,
    Fault,
    Ticket,
    base45,
    code_of,
    from_base45,
    new_key,
    short_code,
    ticket_in,
)
from hanse.events.words import RegistrationState
from hanse.kit.refusals import Refused

SERIAL = UUID("0123456789abcdef0123456789abcdef")


@pytest.fixture(scope="module")
def key():
    return new_key()


def test_a_ticket_says_at_its_own_door_who_it_is(key):
    ticket = Ticket(7, SERIAL, 3, 41)
    assert ticket_in(code_of(ticket, key[0]), 7, key[1]) == ticket


def test_the_same_ticket_has_the_same_code(key):
    ticket = Ticket(7, SERIAL, 3, 41)
    assert code_of(ticket, key[0]) == code_of(ticket, key[0])


@pytest.mark.parametrize("number", [0, 3, 27, 30, 91])
def test_whatever_byte_is_changed_the_ticket_is_none(key, number):
    raw = bytearray(from_base45(code_of(Ticket(7, SERIAL, 3, 41), key[0])[len(PREFIX) :]))
    raw[number] ^= 1
    assert ticket_in(PREFIX + base45(bytes(raw)), 7, key[1]) in (Fault.FORGED, Fault.OTHER_EVENT)


def test_a_ticket_signed_by_another_key_is_forged(key):
    forged = code_of(Ticket(7, SERIAL, 3, 41), new_key()[0])
    assert ticket_in(forged, 7, key[1]) is Fault.FORGED


def test_a_ticket_of_another_event_is_told_as_one(key):
    other = code_of(Ticket(8, SERIAL, 3, 41), new_key()[0])
    assert ticket_in(other, 7, key[1]) is Fault.OTHER_EVENT


@pytest.mark.parametrize(
    "code", ["", "H1:", "H1:é", "H1:ABC", "https://example.org/", "H1:" + "0" * 138]
)
def test_what_is_no_ticket_is_misread(key, code):
    found = ticket_in(code, 7, key[1])
    assert found is Fault.MISREAD or (found is Fault.OTHER_EVENT and len(code) > 100)


def test_short_codes_of_two_serials_differ():
    assert short_code(SERIAL) != short_code(UUID("1123456789abcdef0123456789abcdef"))


# With records ------------------------------------------------------------------------------------

records = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def own(registered, bruno):
    return registered(bruno, organisation_name="Zweites Leben", country="DE")


class TestPages:
    pytestmark = records

    def test_the_key_is_made_once(self, event):
        assert key_of(event) == key_of(event)
        assert TicketKey.objects.count() == 1

    def test_only_who_is_confirmed_has_a_ticket(self, registered, bruno):
        with pytest.raises(Refused) as no:
            ticket_code(registered(bruno, RegistrationState.WAITING))
        assert no.value.refusal.code == "not_confirmed"

    def test_its_owner_sees_it_and_nobody_else(self, as_person, own, bruno, ana):
        address = f"/events/registrations/{own.pk}/ticket/"
        page = as_person(bruno).get(address)
        assert page.status_code == 200
        assert "Zweites Leben" in page.text
        assert short_code(own.serial) in page.text
        assert as_person(ana).get(address).status_code == 404
        assert as_person().get(address).status_code == 302

    def test_whoever_has_no_log_in_comes_by_the_link_of_their_letter(self, client, registered):
        one = registered(name="Ελένη")
        address = address_for(one).replace("http://127.0.0.1:8000", "")
        assert f"{address}ticket/" in client.get(address).text
        assert short_code(one.serial) in client.get(f"{address}ticket/").text
        assert client.get(f"{address}ticket.pdf").content.startswith(b"%PDF")
        assert client.get("/events/registrations/letters/guessed/ticket/").status_code == 409

    def test_the_square_is_read_by_another_reader(self, own):
        code = ticket_code(own)
        rows = segno.make(code, error="m").matrix_iter(scale=6, border=4)
        read = zxingcpp.read_barcodes(
            np.array([[255 * (1 - dark) for dark in row] for row in rows], np.uint8)
        )
        assert [one.text for one in read] == [code]
        assert (
            ticket_in(read[0].text, own.event_id, key_of(own.event).public_jwk).serial == own.serial
        )

    def test_the_pdf_carries_the_square_and_the_name(self, as_person, own, bruno):
        answer = as_person(bruno).get(f"/events/registrations/{own.pk}/ticket.pdf")
        page = pypdfium2.PdfDocument(answer.content)[0]
        assert "Bruno Weiß" in page.get_textpage().get_text_bounded()
        read = zxingcpp.read_barcodes(page.render(scale=3).to_numpy())
        assert [one.text for one in read] == [ticket_code(own)]

    def test_badges_are_eight_a_sheet_in_all_scripts(self, as_person, ana, event, registered):
        event.pools.update(capacity=20)
        names = [f"Guest {n}" for n in range(7)] + ["Ελένη Μαρκάτου", "Йордан Ковачев-Димитров"]
        for name in names:
            registered(name=name, country="BG", organisation_name="Συστάδα Κυκλικής Ενέργειας")
        registered(state=RegistrationState.CANCELLED, name="Nobody")
        answer = as_person(ana).get("/events/week/matchmaking/desk/badges.pdf")
        paper = pypdfium2.PdfDocument(answer.content)
        assert len(paper) == 2
        text = " ".join(page.get_textpage().get_text_bounded() for page in paper)
        assert "Ελένη Μαρκάτου" in " ".join(text.split())
        assert "Йордан" in text
        assert "Nobody" not in text
        read = zxingcpp.read_barcodes(paper[0].render(scale=4).to_numpy())
        assert len({one.text for one in read}) == 8

    @pytest.mark.parametrize("name", ["萩原 健二", "김철수", "ნინო", "張偉"])
    def test_names_of_partners_overseas_are_printed_with_our_own_faces(
        self, as_person, ana, event, registered, name
    ):
        registered(name=name)
        browser = as_person(ana)
        assert "Look first." not in browser.get("/events/week/matchmaking/desk/badges/").text
        answer = browser.get("/events/week/matchmaking/desk/badges.pdf")
        text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
        assert name in text

    def test_a_name_whose_signs_our_faces_lack_is_told_of(self, as_person, ana, event, registered):
        registered(name="Somchai", organisation_name="สมชาย")
        browser = as_person(ana)
        assert "Look first." in browser.get("/events/week/matchmaking/desk/badges/").text
        answer = browser.get("/events/week/matchmaking/desk/badges.pdf")
        text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
        assert "Somchai" in text

    def test_badges_are_the_organisers(self, as_person, bruno, event, registered):
        assert as_person(bruno).get("/events/week/matchmaking/desk/badges.pdf").status_code == 404
