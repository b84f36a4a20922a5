"""Messages between organisations, and introductions: who reads, answers, blocks, reports."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hanse.commons.files.models import StoredFile
from hanse.commons.links.models import LetterLink
from hanse.commons.people.transfers import archive_about, erase
from hanse.commons.post.models import Letter
from hanse.conftest import person
from hanse.directory.actions.duplicates import merge, undo_merge
from hanse.directory.actions.introductions import Pair, answer_introduction, introduce
from hanse.directory.actions.messages import (
    Written,
    answer,
    block,
    delete_old_threads,
    lift_block,
    open_thread,
)
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.models import Attachment, Block, Introduction, Message, Report, Thread
from hanse.directory.queries.messages import unread_count
from hanse.directory.words import IntroductionAnswer, JoinReason, State
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

BOX = "/directory/messages/"


def typed(**facts):
    return {"subject": "Valves", "text": "Good morning.", "slip": str(uuid.uuid4()), **facts}


def page(browser, address):
    return browser.get(address).content.decode()


def write(opener, other, by, text="Good morning.", files=()):
    return open_thread(opener, other, "Valves", Written(text, files), by=by).thread


def link_in(letter, door):
    return letter.text[letter.text.index(f"/directory/letters/{door}/") :].split()[0]


@pytest.fixture
def thread(polish, german, ana):
    return write(polish, german, ana)


def test_a_message_is_sent_read_and_answered(as_person, ana, bruno, polish, german):
    browser = as_person(ana)
    form = typed(organisation=polish.pk)
    sent = browser.post(f"{BOX}to/{german.slug}/", form)
    assert browser.post(f"{BOX}to/{german.slug}/", form)["Location"] == sent["Location"]
    one = Thread.objects.get()
    assert one.messages.count() == 1
    assert (unread_count(ana), unread_count(bruno)) == (0, 1)
    assert "unread" in page(as_person(bruno), BOX)
    text = page(as_person(bruno), one.get_absolute_url())
    assert "Good morning." in text
    assert "Ana Sousa" not in text
    assert unread_count(bruno) == 0
    again = {"text": "To you too.", "slip": str(uuid.uuid4())}
    for _click in range(2):
        as_person(bruno).post(one.get_absolute_url(), again)
    assert one.messages.count() == 2
    assert unread_count(ana) == 1
    assert "Ana Sousa" in page(as_person(ana), one.get_absolute_url())


def test_reading_is_remembered_for_each_person(as_person, ana, bruno, german, thread):
    second = person("Dora Nagy", "dora@example.org")
    make_administrator(german, second, JoinReason.INVITED, by=bruno)
    as_person(bruno).get(thread.get_absolute_url())
    assert (unread_count(bruno), unread_count(second)) == (0, 1)


def test_strangers_find_nothing(as_person, carla, thread):
    stranger = person("Eve", "eve@example.org")
    for who in (stranger, carla):
        browser = as_person(who)
        assert browser.get(thread.get_absolute_url()).status_code == 404
        for door in ("", "blocking/", "reporting/"):
            assert browser.post(thread.get_absolute_url() + door, typed()).status_code == 404
        assert "Valves" not in page(browser, BOX)
    assert as_person().get(thread.get_absolute_url()).status_code == 404
    assert as_person().get(BOX).status_code == 302


def test_html_in_a_message_is_shown_as_text(as_person, polish, german, ana, bruno):
    one = write(polish, german, ana, "<script>x</script>")
    text = page(as_person(bruno), one.get_absolute_url()) + page(as_person(bruno), BOX)
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


# The letter ---------------------------------------------------------------------------------------


def test_the_letter_is_answered_without_a_log_in_once(as_person, ana, bruno, thread):
    letter = Letter.objects.get()
    assert (letter.to, "Good morning." in letter.text) == (bruno.email, True)
    path, stranger = link_in(letter, "answer"), as_person()
    assert "Good morning." in page(stranger, path)
    assert "required" in stranger.post(path, {"text": " \n "}).content.decode()
    assert "has your answer" in stranger.post(path, {"text": "From the letter."}).content.decode()
    made = Message.objects.get(text="From the letter.")
    assert (made.made_by, made.through, made.side.name) == (bruno, "letter", "Zweites Leben")
    used = stranger.get(path)
    assert used.status_code == 409
    assert "has done its work" in used.content.decode()
    stranger.post(path, {"text": "Twice."})
    assert Message.objects.count() == 2
    assert link_in(Letter.objects.get(to=ana.email), "answer")


def test_an_expired_a_broken_and_a_strange_link_say_so(as_person, thread):
    path = link_in(Letter.objects.get(), "answer")
    LetterLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "was good until" in page(as_person(), path)
    assert "leads nowhere" in page(as_person(), "/directory/letters/answer/nonsense/")
    other = path.replace("/answer/", "/renewal/")
    assert "leads nowhere" in page(as_person(), other)


def test_the_page_of_the_letter_tells_nothing_that_came_later(as_person, ana, polish, thread):
    path = link_in(Letter.objects.get(), "answer")
    answer(thread, polish, Written("Later and secret."), by=ana)
    text = page(as_person(), path)
    assert "Good morning." in text
    assert "Later and secret." not in text


def test_the_letter_of_somebody_who_left_does_nothing(as_person, german, thread):
    path = link_in(Letter.objects.get(), "answer")
    german.administrators.all().delete()
    reply = as_person().post(path, {"text": "Still me."})
    assert reply.status_code == 409
    assert Message.objects.count() == 1


# Files --------------------------------------------------------------------------------------------


def test_files_are_for_the_two_sides_alone(as_person, ana, bruno, carla, polish, german):
    browser = as_person(ana)
    upload = SimpleUploadedFile("figures.csv", b"a,b\n1,2\n")
    form = typed(organisation=polish.pk, attachments=[upload])
    browser.post(f"{BOX}to/{german.slug}/", form)
    attached = Attachment.objects.get()
    address = f"{BOX}files/{attached.pk}/"
    fetched = as_person(bruno).get(address)
    assert b"".join(fetched.streaming_content) == b"a,b\n1,2\n"
    assert "attachment" in fetched["Content-Disposition"]
    assert attached.stored.owner is None
    for who in (None, carla, person("Eve", "eve@example.org")):
        assert as_person(who).get(address).status_code == 404
        assert as_person(who).get(f"/files/{attached.stored_id}/").status_code in (302, 404)
    assert as_person(ana).get(f"/files/{attached.stored_id}/").status_code == 404
    assert b"figures.csv" in archive_about(ana)
    assert b"figures.csv" not in archive_about(bruno)
    german.administrators.all().delete()
    assert as_person(bruno).get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"no pdf"), ("a.csv", b"")]
)
def test_a_wrong_file_is_refused_and_nothing_is_sent(as_person, ana, polish, german, name, content):
    form = typed(organisation=polish.pk)
    good = SimpleUploadedFile("good.csv", b"a,b\n1,2\n")
    form["attachments"] = [good, SimpleUploadedFile(name, content)]
    as_person(ana).post(f"{BOX}to/{german.slug}/", form)
    assert (Thread.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert Letter.objects.count() == 0


# Whom one cannot write to -------------------------------------------------------------------------


def test_where_nobody_reads_the_page_says_so_and_offers_the_website(
    as_person, ana, polish, organisation
):
    listed = organisation("Listing", state=State.LISTED, website="https://listing.example")
    alone = organisation("Alone", website="https://alone.example")
    for one in (listed, alone):
        text = page(as_person(ana), f"{BOX}to/{one.slug}/")
        assert f"Nobody reads here for {one.name} yet" in text
        assert f"https://{one.slug}.example" in text
        as_person(ana).post(f"{BOX}to/{one.slug}/", typed(organisation=polish.pk))
    assert not Thread.objects.exists()
    with pytest.raises(Refused) as no:
        write(polish, listed, ana)
    assert no.value.refusal.code == "nobody_reads"


def test_nobody_writes_in_the_name_of_another(as_person, ana, bruno, polish, german):
    as_person(bruno).post(f"{BOX}to/{polish.slug}/", typed(organisation=polish.pk))
    german.state = State.DRAFT
    german.save()
    as_person(bruno).post(f"{BOX}to/{polish.slug}/", typed(organisation=german.pk))
    assert not Thread.objects.exists()


def test_a_blocked_side_learns_only_that_it_cannot_be_sent(
    as_person, ana, bruno, polish, german, thread
):
    as_person(bruno).post(f"{thread.get_absolute_url()}blocking/")
    tries = [
        as_person(ana).post(thread.get_absolute_url(), {"text": "Hello?"}),
        as_person(ana).post(f"{BOX}to/{german.slug}/", typed(organisation=polish.pk)),
    ]
    for tried in tries:
        text = tried.content.decode()
        assert "A message to Zweites Leben cannot be sent." in text
        assert "you block" not in text.lower()
    assert Message.objects.count() == 1
    mine = as_person(bruno).post(thread.get_absolute_url(), {"text": "I?"})
    assert "You block Dolina Ogniw" in mine.content.decode()
    as_person(bruno).post(f"{thread.get_absolute_url()}blocking/", {"lift": "1"})
    as_person(ana).post(thread.get_absolute_url(), {"text": "Hello again."})
    assert Message.objects.count() == 2


def test_twenty_conversations_a_day_are_the_most(organisation, ana, bruno, polish, german):
    others = [organisation(f"Other {number}", administrator=bruno) for number in range(20)]
    for other in others:
        write(polish, other, ana)
    with pytest.raises(Refused) as no:
        write(polish, german, ana)
    assert no.value.refusal.code == "too_many_threads"
    answer(Thread.objects.first(), polish, Written("Answers go on."), by=ana)
    Thread.objects.update(opened_at=timezone.now() - timedelta(days=2))
    write(polish, german, ana)


# Report -------------------------------------------------------------------------------------------


def test_a_report_lies_on_the_offices_desk(as_person, ana, bruno, carla, thread):
    address = f"{thread.get_absolute_url()}reporting/"
    as_person(bruno).post(address, {"says": "<b>Spam</b>."})
    assert as_person(bruno).post(address, {"says": "Twice."}).status_code == 409
    report = Report.objects.get()
    assert Letter.objects.filter(to=carla.email).count() == 1
    assert "&lt;b&gt;Spam&lt;/b&gt;" in page(as_person(carla), "/directory/office/")
    page_of_report = f"/directory/office/reports/{report.pk}/"
    assert "Good morning." in page(as_person(carla), page_of_report)
    for who in (None, ana, bruno):
        assert as_person(who).get(page_of_report).status_code == 404
    as_person(carla).post(page_of_report, {"outcome": "Written to them."})
    report.refresh_from_db()
    assert (report.outcome, report.settled_by) == ("Written to them.", carla)
    assert "Spam" not in page(as_person(ana), thread.get_absolute_url())


# Lists, retention, erasure ------------------------------------------------------------------------


def test_the_box_asks_the_database_as_often_for_one_as_for_three(
    as_person, ana, bruno, polish, german, organisation
):
    browser = as_person(ana)

    def count():
        with CaptureQueriesContext(connection) as seen:
            browser.get(BOX)
        return len(seen)

    write(polish, german, ana)
    count()
    once = count()
    for name in ("Second", "Third"):
        write(organisation(name, administrator=bruno), polish, bruno)
    assert count() == once


def test_after_three_years_a_conversation_and_its_files_go(polish, german, ana):
    upload = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    old, young = write(polish, german, ana, files=[upload]), write(polish, german, ana)
    Thread.objects.filter(pk=old.pk).update(last_at=timezone.now() - timedelta(days=3 * 365 + 1))
    Thread.objects.filter(pk=young.pk).update(last_at=timezone.now() - timedelta(days=3 * 364))
    assert delete_old_threads() == 1
    assert list(Thread.objects.all()) == [young]
    assert StoredFile.objects.count() == 0
    (letter,) = Letter.objects.all()
    assert young.get_absolute_url() in letter.text


def test_erasure_keeps_the_message_without_the_name(as_person, ana, bruno, polish, german):
    upload = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
    one = write(polish, german, ana, files=[upload])
    erase(ana)
    message = Message.objects.get()
    assert (message.text, message.made_by) == ("Good morning.", None)
    assert "Good morning." in page(as_person(bruno), one.get_absolute_url())
    fetched = as_person(bruno).get(f"{BOX}files/{Attachment.objects.get().pk}/")
    assert b"".join(fetched.streaming_content) == b"a,b\n1,2\n"


# Introductions ------------------------------------------------------------------------------------


@pytest.fixture
def third(organisation, carla):
    """Carla's, who brings Ana's and Bruno's together."""
    return organisation("Brücke", country="AT", administrator=carla)


@pytest.fixture
def introduced(third, polish, german, carla):
    return introduce(third, Pair(polish, german, "Both <i>recycle</i>."), by=carla)


def test_both_must_say_yes_before_they_talk(as_person, ana, bruno, carla, introduced):
    assert {one.to for one in Letter.objects.all()} == {ana.email, bruno.email}
    address = introduced.get_absolute_url()
    assert "Both &lt;i&gt;recycle&lt;/i&gt;." in page(as_person(ana), address)
    as_person(ana).post(address, {"yes": "1"})
    assert not Thread.objects.exists()
    assert as_person(ana).post(address, {"no": "1"}).status_code == 403
    path = link_in(Letter.objects.get(to=bruno.email), "introduction")
    assert "Talk with Dolina Ogniw?" in page(as_person(), path)
    assert "The conversation is open." in as_person().post(path, {"yes": "1"}).content.decode()
    one = Thread.objects.get()
    assert {one.opener.name, one.other.name} == {"Dolina Ogniw", "Zweites Leben"}
    assert "Brücke brought the two together" in page(as_person(ana), one.get_absolute_url())
    assert as_person(carla).get(one.get_absolute_url()).status_code == 404
    assert "they have been talking" in page(as_person(carla), address)
    used = as_person().get(path)
    assert used.status_code == 409


def test_a_no_is_shown_to_nobody(as_person, ana, bruno, carla, german, introduced):
    address = introduced.get_absolute_url()
    seen = {who.pk: page(as_person(who), address) for who in (ana, carla)}
    lists = {who.pk: page(as_person(who), "/directory/introductions/") for who in (ana, carla)}
    letters = Letter.objects.count()
    answer_introduction(introduced, german, IntroductionAnswer.NO, by=bruno)
    for who in (ana, carla):
        assert clean(page(as_person(who), address)) == clean(seen[who.pk])
        assert clean(page(as_person(who), "/directory/introductions/")) == clean(lists[who.pk])
        assert b'"no"' not in archive_about(who)
    as_person(ana).post(address, {"yes": "1"})
    assert (
        "talk"
        not in page(as_person(carla), "/directory/introductions/")
        .split("<main")[1]
        .split("<ul")[1]
        .split("</ul")[0]
    )
    assert Letter.objects.count() == letters
    assert not Thread.objects.exists()


def clean(text):
    import re

    return re.sub(r'name="(csrfmiddlewaretoken|slip)" value="[^"]*"|nonce="[^"]*"', "", text)


def test_where_one_blocks_another_nobody_is_asked(
    as_person, ana, bruno, carla, polish, german, third
):
    block(german, polish, by=bruno)
    held = introduce(third, Pair(polish, german, "Why not?"), by=carla)
    assert Letter.objects.count() == 0
    for who in (ana, bruno):
        assert as_person(who).get(held.get_absolute_url()).status_code == 404
    assert "Asked." in page(as_person(carla), held.get_absolute_url())


def test_an_introduction_by_form_and_its_refusals(as_person, carla, polish, german, third):
    browser, form = as_person(carla), {"organisation": third.pk, "slip": str(uuid.uuid4())}
    form |= {"first": polish.slug, "second": "zweites leben", "reason": "Both recycle."}
    wrong = browser.post("/directory/introductions/new/", {**form, "second": "nobody"})
    assert "No published organisation" in wrong.content.decode()
    same = browser.post("/directory/introductions/new/", {**form, "second": polish.slug})
    assert "two others" in same.content.decode()
    for _click in range(2):
        browser.post("/directory/introductions/new/", form)
    assert Introduction.objects.count() == 1
    assert (
        as_person(person("Eve", "eve@example.org"))
        .get(Introduction.objects.get().get_absolute_url())
        .status_code
        == 404
    )


# On pages that do not know of messages ------------------------------------------------------------


def test_a_profile_shows_how_to_reach_it_to_whom_it_concerns(
    as_person, ana, bruno, carla, polish, german, organisation
):
    profile = german.get_absolute_url()
    assert "Log in to write to them" in page(as_person(), profile)
    assert "Write to them" in page(as_person(ana), profile)
    assert "Introduce them to somebody" in page(as_person(ana), profile)
    assert "Write to them" not in page(as_person(bruno), profile)
    assert "Ask for a partner" in page(as_person(bruno), profile)
    assert "Write to them" not in page(as_person(carla), profile)
    retired = organisation("Gone", state=State.RETIRED)
    assert "rite to them" not in page(as_person(), retired.get_absolute_url())


def test_the_account_leads_to_the_desk(as_person, ana, carla, polish):
    text = page(as_person(ana), "/account/")
    assert "/directory/desk/" in text
    assert "Dolina Ogniw" in text
    assert "things wait for you" in page(as_person(ana), "/directory/desk/")
    assert "Find your organisation" in page(as_person(carla), "/directory/desk/")


# A merge ------------------------------------------------------------------------------------------


def test_a_merge_takes_conversations_and_blocks_along_and_back(
    as_person, ana, bruno, polish, german, organisation, thread
):
    double = organisation("Dolina Ogniw S.A.")
    block(german, polish, by=bruno)
    merged = merge(double, polish, by=None)
    thread.refresh_from_db()
    assert (thread.opener, thread.messages.get().side) == (double, double)
    assert "Good morning." in page(as_person(ana), thread.get_absolute_url())
    tried = as_person(ana).post(thread.get_absolute_url(), {"text": "Hello?"})
    assert "cannot be sent" in tried.content.decode()
    undo_merge(merged, by=None)
    thread.refresh_from_db()
    assert (thread.opener, thread.messages.get().side) == (polish, polish)


# What else may happen -----------------------------------------------------------------------------


def test_a_block_is_lifted_from_the_list(as_person, ana, bruno, polish, german, thread):
    block(german, polish, by=bruno)
    held = Block.objects.get()
    assert "Blocked" in page(as_person(bruno), BOX)
    assert "Blocked" not in page(as_person(ana), BOX)
    assert as_person(ana).post(f"{BOX}blocks/{held.pk}/").status_code == 404
    as_person(bruno).post(f"{BOX}blocks/{held.pk}/")
    assert not Block.objects.exists()


def test_a_blocked_answer_from_a_letter_is_refused_and_the_link_stays_good(
    as_person, ana, bruno, polish, german, thread
):
    block(polish, german, by=ana)
    path = link_in(Letter.objects.get(), "answer")
    assert "cannot be sent" in as_person().post(path, {"text": "Hello?"}).content.decode()
    lift_block(polish, german, by=ana)
    assert "has your answer" in as_person().post(path, {"text": "Hello."}).content.decode()


def test_the_letter_of_a_conversation_that_is_gone_leads_nowhere(as_person, thread):
    path = link_in(Letter.objects.get(), "answer")
    thread.delete()
    assert "leads nowhere" in page(as_person(), path)


def test_who_speaks_for_both_sides_says_for_which(as_person, ana, polish, german, thread):
    make_administrator(german, ana, JoinReason.INVITED, by=None)
    assert 'name="side"' in page(as_person(ana), thread.get_absolute_url())
    as_person(ana).post(thread.get_absolute_url(), {"text": "As them.", "side": german.pk})
    assert Message.objects.get(text="As them.").side == german
    as_person(ana).post(thread.get_absolute_url(), {"text": "As x.", "side": "999"})
    assert not Message.objects.filter(text="As x.").exists()


def test_whoever_is_no_longer_published_reads_but_does_not_write(as_person, bruno, german, thread):
    german.state = State.DORMANT
    german.save()
    assert "is not published" in page(as_person(bruno), thread.get_absolute_url())
    for door in ("", "blocking/"):
        answered = as_person(bruno).post(thread.get_absolute_url() + door, {"text": "Still here."})
        assert answered.status_code == 403
    assert Message.objects.count() == 1


def test_an_empty_report_is_none(as_person, bruno, thread):
    answered = as_person(bruno).post(f"{thread.get_absolute_url()}reporting/", {"says": ""})
    assert "required" in answered.content.decode()
    assert not Report.objects.exists()


def test_introductions_that_are_refused(organisation, carla, polish, german, third):
    alone = organisation("Alone")
    refused = {
        "nobody_reads": Pair(polish, alone, "Why not?"),
        "three_needed": Pair(third, german, "Why not?"),
        "nothing_written": Pair(polish, german, "  "),
    }
    for code, pair in refused.items():
        with pytest.raises(Refused) as no:
            introduce(third, pair, by=carla)
        assert no.value.refusal.code == code
    for _number in range(20):
        introduce(third, Pair(polish, german, "Why not?"), by=carla)
    with pytest.raises(Refused) as no:
        introduce(third, Pair(polish, german, "Why not?"), by=carla)
    assert no.value.refusal.code == "too_many_threads"


def test_a_block_between_two_answers_keeps_it_shut(ana, bruno, polish, german, introduced):
    answer_introduction(introduced, polish, IntroductionAnswer.YES, by=ana)
    block(polish, german, by=ana)
    answer_introduction(introduced, german, IntroductionAnswer.YES, by=bruno)
    assert not Thread.objects.exists()
    with pytest.raises(Refused) as no:
        answer_introduction(introduced, german, IntroductionAnswer.NO, by=bruno)
    assert no.value.refusal.code == "already_introduced"


def test_both_say_yes_on_the_page(as_person, ana, bruno, polish, german, introduced):
    address = introduced.get_absolute_url()
    as_person(ana).post(address, {"yes": "1", "side": polish.pk})
    assert as_person(bruno).post(address, {"yes": "1", "side": polish.pk}).status_code == 403
    opened = as_person(bruno).post(address, {"yes": "1", "side": german.pk})
    assert opened["Location"] == Thread.objects.get().get_absolute_url()
    assert unread_count(ana) == 0
    assert "Brought together by Brücke" in page(as_person(ana), BOX)
