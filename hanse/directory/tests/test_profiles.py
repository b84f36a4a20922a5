"""A profile from the first draft to a colleague who takes over: over the pages, as people do."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from hanse.commons.audit.models import AuditEntry
from hanse.commons.post.models import Letter
from hanse.directory.actions.facts import Spoken, change_facts, confirm_facts
from hanse.directory.actions.freshness import ask_for_confirmation, hide_the_dead
from hanse.directory.models import Fact, JoinRequest, Organisation, Submission
from hanse.directory.queries.search import Question, search
from hanse.directory.tests.conftest import said
from hanse.directory.words import State
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def page(name, *arguments):
    return reverse(f"directory:{name}", args=arguments)


def link_in(letter, start):
    return next("/" + word.split("/", 3)[3] for word in letter.text.split() if f"/{start}/" in word)


FILLED = {
    "name": "Nowe Ogniwo",
    "country": "PL",
    "website": "https://nowe.example",
    "activity_proof": "https://nowe.example/news",
    "members_total": "12",
    "members_sme": "10",
    "members_research": "2",
    "staff_fte": "0,5",
}


@pytest.fixture
def draft(ana, as_person):
    ours = as_person(ana)
    ours.post(page("new"), {"kind": "cluster", "country": "PL", "name": "Nowe Ogniwo"})
    return ours, Organisation.objects.get(name="Nowe Ogniwo")


def test_j1_a_cluster_is_registered_and_checked(draft, as_person):
    ours, one = draft
    answer = ours.post(page("edit", one.slug), {**FILLED, "revision": one.revision}, follow=True)
    text = answer.content.decode()
    one.refresh_from_db()
    assert one.state == State.DRAFT
    assert "members in all: 12" in text
    assert "3 more would do." in text
    assert text.count('class="badge met"') == 3
    assert text.count('class="badge unmet"') == 1
    assert text.count('class="badge unknown"') == 1
    assert as_person().get(one.get_absolute_url()).status_code == 404
    assert search(Question("Ogniwo")).total == 0


def test_wrong_values_are_named_and_nothing_typed_is_lost(draft):
    ours, one = draft
    wrong = {**FILLED, "revision": one.revision, "members_sme": "ten", "pic": "123456789",
             "summary": "We <script>alert(1)</script>"}  # fmt: skip
    answer = ours.post(page("edit", one.slug), wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    for words in ("ten” is no whole number", "its check digit does not fit", "plain text only"):
        assert words in text
    assert "We &lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert(1)" not in text
    assert not one.facts.filter(field="members_research").exists()


def test_of_two_who_save_at_once_the_second_sees_both_versions(draft):
    ours, one = draft
    seen = one.revision
    ours.post(page("edit", one.slug), {**FILLED, "revision": seen})
    answer = ours.post(page("edit", one.slug), {**FILLED, "members_total": "14", "revision": seen})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved meanwhile by somebody else" in text
    assert '<th scope="row">Members in all</th><td>12</td><td>14</td>' in text
    assert one.facts.get(field="members_total", ended_at__isnull=True).value == 12


def test_a_profile_is_handed_in_refused_with_a_reason_and_published(draft, carla, as_person):
    ours, one = draft
    ours.post(page("submission", one.slug))
    waiting = Submission.objects.get()
    assert waiting.assessment["version"] == "2022.1"
    assert Letter.objects.filter(to=carla.email, subject__contains="Nowe Ogniwo").exists()
    office = as_person(carla)
    silent = office.post(page("submission_review", waiting.pk), {"refuse": "1", "reason": " "})
    assert "A refusal needs a reason" in silent.content.decode()
    office.post(
        page("submission_review", waiting.pk), {"refuse": "1", "reason": "Three more members."}
    )
    one.refresh_from_db()
    assert one.state == State.REFUSED
    assert "Three more members." in ours.get(one.get_absolute_url()).content.decode()
    ours.post(page("submission", one.slug))
    again = Submission.objects.get(decision="")
    office.post(page("submission_review", again.pk), {"publish": "1"})
    twice = office.post(page("submission_review", again.pk), {"publish": "1"})
    assert "was decided" in twice.content.decode()
    assert as_person().get(one.get_absolute_url()).status_code == 200
    assert search(Question("Ogniwo")).total == 1


def test_a_waiver_is_a_signed_decision(draft, carla, as_person):
    ours, one = draft
    ours.post(page("submission", one.slug))
    as_person(carla).post(
        page("submission_review", Submission.objects.get().pk),
        {"waive": "1", "programme": "Śląski program", "reason": "Checked by them."},
    )
    waiver = one.waivers.get()
    assert len(waiver.signature) > 20
    assert "Śląski program vouches" in ours.get(one.get_absolute_url()).content.decode()


def test_strangers_reach_nothing_of_the_office_or_of_a_draft(draft, bruno, as_person):
    _ours, one = draft
    stranger = as_person(bruno)
    for name in ("edit", "administrators", "confirmation", "suggestions", "history", "joining"):
        assert stranger.get(page(name, one.slug)).status_code == 404, name
    assert stranger.get(page("office")).status_code == 403
    assert stranger.post(page("submission", one.slug)).status_code == 404


@pytest.fixture
def stale(organisation, ana):
    one = organisation(
        "Dolina Ogniw", administrator=ana, staff_fte=2.5, founded=2011, service=["a", "b"],
        website="https://dolina.example",
    )  # fmt: skip
    old = timezone.now() - timedelta(days=500)
    one.facts.filter(field__in=("staff_fte", "founded", "service")).update(confirmed_at=old)
    return one


def test_j2_a_stale_profile_is_confirmed_by_letter(stale, ana, as_person):
    assert ask_for_confirmation() == 1
    assert ask_for_confirmation() == 0
    letter = Letter.objects.get(to=ana.email)
    link = link_in(letter, "confirm")
    nobody = as_person()
    asked = nobody.get(link).content.decode()
    assert "4 facts are older than a year" in asked
    facts = {fact.field: fact for fact in stale.facts.filter(field__in=("staff_fte", "founded"))}
    first, second = stale.facts.filter(field="service").order_by("pk")
    nobody.post(
        link,
        {
            f"fact-{facts['staff_fte'].pk}": "change",
            f"new-{facts['staff_fte'].pk}": "3",
            f"fact-{facts['founded'].pk}": "keep",
            f"fact-{first.pk}": "keep",
            f"fact-{second.pk}": "remove",
        },
    )
    now = stale.facts.filter(ended_at__isnull=True)
    assert now.get(field="staff_fte").value == 3.0
    assert [fact.value for fact in now.filter(field="service")] == ["a"]
    assert not any(fact.is_stale() for fact in now)
    history = as_person(ana).get(page("history", stale.slug)).content.decode()
    assert "2.5" in history
    assert "Ana Sousa" in history
    assert "Ana Sousa" not in as_person().get(page("history", stale.slug)).content.decode()
    used = nobody.get(link)
    assert used.status_code == 409
    assert "has done its work" in used.content.decode()


def test_a_wrong_new_value_keeps_the_link_alive(stale, ana, as_person):
    ask_for_confirmation()
    link = link_in(Letter.objects.get(to=ana.email), "confirm")
    fact = stale.facts.get(field="staff_fte")
    nobody = as_person()
    answer = nobody.post(link, {f"fact-{fact.pk}": "change", f"new-{fact.pk}": "a lot"})
    assert "is no number" in answer.content.decode()
    assert nobody.get(link).status_code == 200


def test_a_letter_to_somebody_who_no_longer_speaks_for_it_opens_nothing(stale, ana, as_person):
    ask_for_confirmation()
    link = link_in(Letter.objects.get(to=ana.email), "confirm")
    stale.administrators.all().delete()
    assert as_person().get(link).status_code == 409


def test_what_nobody_confirms_for_three_years_is_hidden_and_comes_back(stale, ana, as_person):
    stale.confirmed_at = timezone.now() - timedelta(days=1200)
    stale.save()
    assert hide_the_dead() == 1
    assert search(Question("Dolina")).total == 0
    assert "Nobody has confirmed this profile" in (
        as_person().get(stale.get_absolute_url()).content.decode()
    )
    stale.refresh_from_db()
    confirm_facts(stale, stale.facts.values_list("pk", flat=True), Spoken(ana))
    assert search(Question("Dolina")).total == 1


def test_j3_a_colleague_takes_over_and_nobody_is_removed(stale, ana, bruno, carla, as_person):
    EmailAddress.objects.create(user=bruno, email="b@dolina.example", verified=True)
    colleague = as_person(bruno)
    assert "confirmed address at dolina.example" in (
        colleague.get(page("joining", stale.slug)).content.decode()
    )
    colleague.post(page("joining", stale.slug), {"reason": "domain", "says": "Deputy"})
    colleague.post(page("joining", stale.slug), {"reason": "domain", "says": "twice"})
    asked = JoinRequest.objects.get()
    assert Letter.objects.filter(to=ana.email, subject__contains="asks to speak").count() == 1
    office = as_person(carla)
    assert "Let in" not in office.get(page("office")).content.decode()
    early = office.post(page("join_answer", asked.pk), {"accept": "1"})
    assert early.status_code == 409
    JoinRequest.objects.update(due_at=timezone.now() - timedelta(days=1))
    assert "Let in" in office.get(page("office")).content.decode()
    office.post(page("join_answer", asked.pk), {"accept": "1"})
    assert {one.person for one in stale.administrators.all()} == {ana, bruno}
    told = Letter.objects.filter(subject__contains="speaks for Dolina Ogniw now")
    assert {letter.to for letter in told} == {ana.email, bruno.email}
    assert AuditEntry.objects.filter(action="decide_join", actor=carla).exists()


def test_who_asks_cannot_answer_themselves(stale, bruno, as_person):
    asker = as_person(bruno)
    asker.post(page("joining", stale.slug), {"reason": "takeover", "says": "me"})
    asked = JoinRequest.objects.get()
    asker.post(page("join_answer", asked.pk), {"accept": "1"})
    asked.refresh_from_db()
    assert asked.state == "waiting"


def test_a_domain_that_anybody_may_have_proves_nothing(organisation, bruno, as_person):
    one = organisation("Mail", website="https://gmail.com")
    EmailAddress.objects.create(user=bruno, email="b@gmail.com", verified=True)
    as_person(bruno).post(page("joining", one.slug), {"reason": "domain", "says": ""})
    assert not JoinRequest.objects.exists()


def test_a_listing_is_claimed_at_once_by_its_domain(organisation, bruno, as_person):
    one = organisation("Listed", state=State.LISTED, website="https://listed.example")
    EmailAddress.objects.create(user=bruno, email="b@mail.listed.example", verified=True)
    as_person(bruno).post(page("joining", one.slug), {"reason": "claim", "says": ""})
    one.refresh_from_db()
    assert one.administrators.get().person == bruno
    assert one.state == State.PUBLISHED


def test_the_last_one_cannot_leave_a_profile_alone(stale, ana, bruno, as_person):
    answer = as_person(ana).post(page("leaving", stale.slug))
    assert answer.status_code == 409
    assert "Invite a second person first" in answer.content.decode()
    ours = as_person(ana)
    ours.post(page("administrators", stale.slug), {"email": bruno.email})
    link = link_in(Letter.objects.get(to=bruno.email), "invited")
    as_person(bruno).post(link)
    assert ours.post(page("leaving", stale.slug)).status_code == 302
    assert [one.person for one in stale.administrators.all()] == [bruno]
    assert as_person(ana).post(link).status_code == 409


def test_an_invitation_is_for_its_reader_alone(stale, ana, bruno, carla, as_person):
    as_person(ana).post(page("administrators", stale.slug), {"email": carla.email})
    link = link_in(Letter.objects.get(to=carla.email), "invited")
    forwarded = as_person(bruno).post(link)
    assert forwarded.status_code == 409
    assert "written to another address" in forwarded.content.decode()
    as_person(carla).post(link)
    assert {one.person for one in stale.administrators.all()} == {ana, carla}


def test_whoever_types_another_value_means_it(stale, ana, as_person):
    ask_for_confirmation()
    link = link_in(Letter.objects.get(to=ana.email), "confirm")
    fact = stale.facts.get(field="staff_fte")
    as_person().post(link, {f"fact-{fact.pk}": "keep", f"new-{fact.pk}": "4"})
    assert stale.facts.get(field="staff_fte", ended_at__isnull=True).value == 4.0


def test_members_by_kind_are_not_more_than_all(draft):
    ours, one = draft
    wrong = {**FILLED, "members_total": "10", "members_sme": "51", "revision": one.revision}
    answer = ours.post(page("edit", one.slug), wrong)
    assert "more than the 10 in all" in answer.content.decode()
    assert not one.facts.filter(field="members_total").exists()


def test_an_old_address_leads_to_the_new_one(stale, ana, as_person):
    before = stale.get_absolute_url()
    change_facts(stale, ["name"], said({"name": "Ogniwa Śląska"}), Spoken(ana))
    assert stale.slug == "ogniwa-slaska"
    answer = as_person().get(before)
    assert (answer.status_code, answer["Location"]) == (301, stale.get_absolute_url())


def test_facts_entered_are_not_confirmed_by_being_seen(stale, ana):
    fields = ["staff_fte", "founded"]
    kept = list(stale.facts.filter(field__in=fields))
    change_facts(stale, fields, said({"staff_fte": 2.5, "founded": 1999}), Spoken(ana))
    same = Fact.objects.get(pk=next(fact.pk for fact in kept if fact.field == "staff_fte"))
    assert same.is_stale()
    assert same.ended_at is None


def test_a_field_that_is_not_asked_outside_is_refused(organisation):
    one = organisation("Osaka", country="JP", province="Kansai")
    with pytest.raises(Refused) as no:
        change_facts(one, ["vat"], said({"vat": "DE136695976"}), Spoken(None))
    assert no.value.refusal.code == "not_asked"


def test_the_profile_page_asks_the_database_as_often_with_three_members_as_with_one(
    organisation, as_person
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from hanse.directory.actions.members import add_member

    one = organisation("Counted")
    counts = []
    for number in range(3):
        add_member(one, organisation(f"Firm {number}", kind="sme"), None, by=None, both_say=True)
        with CaptureQueriesContext(connection) as asked:
            as_person().get(one.get_absolute_url())
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert counts[2] < 20
