import smtplib

import pytest
from django.core.mail import EmailMessage, send_mail
from django_tasks_db.models import DBTaskResult

from hanse.adapters.console import Console
from hanse.adapters.smtp import Smtp
from hanse.commons.post.adapter import Outbox
from hanse.commons.post.jobs import WAITS, send_again, send_letter
from hanse.commons.post.models import Letter
from hanse.commons.post.words import ABOUT
from hanse.ports import mail
from hanse.ports.mail import Mail, NotDelivered, NotNow

pytestmark = [pytest.mark.database, pytest.mark.django_db]


class Carrier:
    """Carries, or says what the test wants it to say."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.carried: list[Mail] = []

    def carry(self, one: Mail) -> None:
        if self.trouble:
            raise self.trouble
        self.carried.append(one)


@pytest.fixture
def carrier(monkeypatch):
    def appointed(trouble=None):
        one = Carrier(trouble)
        monkeypatch.setattr(mail, "_appointed", [lambda: one])
        return one

    return appointed


@pytest.fixture
def letter(settings) -> Letter:
    send_mail(
        "Figures", "There are new figures.", None, ["Ana@example.org"], html_message="<p>…</p>"
    )
    return Letter.objects.get()


def test_a_mail_becomes_a_letter_and_a_job(letter):
    assert (letter.to, letter.subject, letter.state) == ("ana@example.org", "Figures", "queued")
    assert letter.html == "<p>…</p>"
    assert DBTaskResult.objects.get().args_kwargs["args"] == [letter.pk]


def test_one_letter_for_each_reader(settings):
    Outbox().send_messages([])
    send_mail("S", "T", None, ["a@example.org", "b@example.org"])
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["a@example.org", "b@example.org"]


def test_the_job_sends_the_letter_once(letter, carrier):
    postman = carrier()
    send_letter.call(letter.pk)
    send_letter.call(letter.pk)
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert letter.sent_at is not None
    assert [one.text for one in postman.carried] == ["There are new figures."]


def test_a_letter_left_in_the_middle_is_doubtful_and_only_a_person_repeats_it(letter, carrier):
    carrier(KeyboardInterrupt("the machine goes down"))
    with pytest.raises(KeyboardInterrupt):
        send_letter.call(letter.pk)
    letter.refresh_from_db()
    assert letter.state == "sending"
    postman = carrier()
    send_letter.call(letter.pk)  # the worker finds the work that another left
    send_letter.call(letter.pk)
    letter.refresh_from_db()
    assert letter.state == "doubtful"
    assert postman.carried == []
    assert send_again(letter)
    assert not send_again(letter)  # a double click
    send_letter.call(letter.pk)
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert len(postman.carried) == 1


def test_what_a_letter_is_about_stays_in_the_outbox(carrier):
    postman = carrier()
    EmailMessage("S", "T", to=["a@example.org"], headers={ABOUT: "event:12"}).send()
    letter = Letter.objects.get()
    assert letter.about == "event:12"
    send_letter.call(letter.pk)
    assert "event:12" not in repr(postman.carried)


def test_what_cannot_be_delivered_is_said(letter, carrier):
    carrier(NotDelivered("The mail server does not accept this address."))
    send_letter.call(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.error) == (
        "failed",
        "The mail server does not accept this address.",
    )


def test_what_fails_for_the_moment_is_tried_again_and_then_given_up(letter, carrier):
    carrier(NotNow("The mail server could not be reached."))
    for tries in range(1, len(WAITS) + 1):
        send_letter.call(letter.pk)
        letter.refresh_from_db()
        assert (letter.state, letter.tries) == ("queued", tries)
    send_letter.call(letter.pk)
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert DBTaskResult.objects.count() == 1 + len(WAITS)


def test_a_letter_that_was_thrown_away_is_not_sent(letter, carrier):
    postman = carrier()
    letter.delete()
    send_letter.call(letter.pk)
    assert postman.carried == []


def test_the_terminal_shows_the_mail(capsys):
    Console().carry(Mail("ana@example.org", "h@example.org", "Figures", "New ones."))
    assert "To: ana@example.org\nSubject: Figures\n\nNew ones." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://u:p%40ss@mail.example:2525", ("mail.example", 2525, True, False)),
        ("smtps://mail.example", ("mail.example", 465, False, True)),
        ("smtp://localhost:1025", ("localhost", 1025, False, False)),
    ],
)
def test_the_address_of_the_server_says_how_to_connect(url, expected):
    there = Smtp(url).connection()
    assert (there.host, there.port, there.use_tls, there.use_ssl) == expected


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (smtplib.SMTPResponseException(451, b"later"), NotNow),
        (smtplib.SMTPResponseException(550, b"no"), NotDelivered),
        (smtplib.SMTPRecipientsRefused({}), NotDelivered),
        (ConnectionRefusedError(), NotNow),
    ],
)
def test_troubles_of_the_server_are_told_apart(monkeypatch, trouble, said):
    class Broken:
        def send_messages(self, messages):
            raise trouble

    monkeypatch.setattr(Smtp, "connection", lambda self: Broken())
    with pytest.raises(said) as caught:
        Smtp("smtp://mail.example").carry(Mail("a@example.org", "h@example.org", "S", "T"))
    assert type(caught.value) is said


def test_letters_are_shown_in_the_demo_world_only(client, letter, settings):
    settings.DEMO = False
    assert client.get("/post/").status_code == 404
    assert client.get(f"/post/{letter.pk}/").status_code == 404
    settings.DEMO = True
    assert "Figures" in client.get("/post/").content.decode()
    assert "There are new figures." in client.get(f"/post/{letter.pk}/").content.decode()
