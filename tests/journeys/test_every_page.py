"""Every page of the house, looked at by axe in both themes, wide and narrow."""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from hanse.calls.models import Application
from hanse.cli.demo import make_demo_world
from hanse.commons.people.actions import make_operator
from hanse.commons.post.models import Letter
from hanse.directory.actions.duplicates import propose_duplicates
from hanse.directory.actions.messages import Written, open_thread, report
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.actions.requests import say_interest
from hanse.directory.models import (
    Duplicate,
    News,
    OpenCall,
    Organisation,
    OrganisationEvent,
    PartnerRequest,
    Submission,
)
from hanse.directory.words import JoinReason
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.plan import plan
from hanse.events.actions.invitations import ask_as_stranger, invite, open_delegation, write_to
from hanse.events.actions.registration import Guest, register
from hanse.events.actions.series import load_shipped_series
from hanse.events.models import Event, Invitation
from hanse.events.rules.guests import Guest as Row
from hanse.meetings.actions.drafts import begin_draft, keep_plan
from hanse.meetings.actions.joining import join
from hanse.meetings.actions.publishing import publish
from hanse.meetings.actions.wishing import answer, say
from hanse.meetings.models import Marketplace, MeetingSeat
from hanse.meetings.rules.planning import Wanted

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HISTORIC = "/events/eu-industry-day-2018"
WEEK = "/events/cluster-week/matchmaking"
OPENING = uuid5(NAMESPACE_URL, "cluster-week/matchmaking/1")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPEN = [
    "/",
    "/privacy/",
    "/accessibility/",
    "/imprint/",
    "/sections/partnerships/",
    "/directory/",
    "/directory/?q=recykling+baterii&country=PL&size=40-99",
    "/directory/?q=qqqqq&near=Nowhere",
    "/directory/organisations/dolina-ogniw/",
    "/directory/organisations/dolina-ogniw/history/",
    "/directory/organisations/dolina-ogniw/members/",
    "/directory/countries/",
    "/directory/requests/",
    "/directory/requests/?q=valves&country=IT&state=closed",
    "/directory/news/",
    "/directory/events/",
    "/directory/calls/",
    "/directory/open-data/",
    "/directory/countries/JP/",
    "/directory/regions/PL22/",
    "/events/",
    "/events/?over=on&text=cluster",
    "/events/?text=qqqqq",
    f"{HISTORIC}/",
    f"{HISTORIC}/2018-02-22/",
    f"{HISTORIC}/2018-02-20/",
    f"{HISTORIC}/policy-forum/",
    "/events/cluster-week/",
    f"{WEEK}/",
    f"{WEEK}/sessions/{OPENING}/",
    f"{WEEK}/changes/",
    f"{WEEK}/versions/1/",
    f"{WEEK}/meetings/",
    "/events/meetings/check/",
    "/events/invited/nothing/",
    "/calls/",
    "/calls/cluster-week/",
    "/calls/industry-day-workshops/",
    "/healthz",
    "/observatory/",
    "/observatory/search/?q=stuttgrat",
    "/observatory/search/?q=qqqqq",
    "/observatory/sectors/",
    "/observatory/sectors/C29/?year=2014&map=hexagons",
    "/observatory/sectors/C29/?year=2014&map=boundaries&estimates=on",
    "/observatory/sectors/C/?indicator=persons",
    "/observatory/sectors/C10/?indicator=growth&level=0",
    "/observatory/traded-clusters/",
    "/observatory/regions/",
    "/observatory/regions/DE11/",
    "/observatory/regions/EL/?scheme=factors&year=2030",
    "/observatory/regions/DE11/related/",
    "/observatory/regions/DE11/peers/?abroad=on",
    "/observatory/relatedness/",
    "/observatory/complexity/",
    "/observatory/clusters/",
    "/observatory/sectors/C29/hot-spots/",
    "/observatory/sectors/C29/localisation/",
    "/observatory/chains/",
    "/observatory/chains/1/?region=DE11",
    "/observatory/compare/",
    "/observatory/compare/?regions=DE11,EL30,BG41&add=Vest",
    "/observatory/europe/?country=DE",
    "/observatory/releases/",
    "/observatory/methods/",
    "/observatory/methods/stars/",
    "/observatory/figures/DE11/C29/2014/stars/",
    "/observatory/nothing/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/erased/",
    "/post/",
]
SIGNED_IN = [
    "/account/",
    "/account/email/",
    "/account/password/change/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/consents/",
    "/account/history/",
    "/account/erasure/",
    "/account/logout/",
    "/jobs/",
    "/observatory/sets/",
    "/observatory/sets/new/",
    "/observatory/chains/new/",
    "/directory/new/",
    "/directory/searches/",
    "/directory/desk/",
    "/directory/digest/",
    "/directory/requests/new/",
    "/directory/news/new/",
    "/directory/events/new/",
    "/directory/calls/new/",
    "/directory/messages/",
    "/directory/messages/to/zweites-leben-e-v/",
    "/directory/introductions/",
    "/directory/introductions/new/",
    "/directory/office/",
    "/directory/import/",
    "/directory/tokens/",
    "/directory/organisations/dolina-ogniw/edit/",
    "/directory/organisations/dolina-ogniw/people/",
    "/directory/organisations/dolina-ogniw/documents/",
    "/directory/organisations/dolina-ogniw/confirmation/",
    "/directory/organisations/dolina-ogniw/suggestions/?target=hydrogen+valves",
    "/directory/organisations/zweites-leben-e-v/joining/",
    "/events/mine/",
    "/events/agenda/",
    "/events/agenda/calendar/",
    "/events/cluster-week/agenda/",
    f"{WEEK}/register/?kind=organisation",
    f"{WEEK}/feedback/",
    f"{WEEK}/door/",
    "/events/organise/",
    "/events/cluster-week/organise/",
    "/events/cluster-week/organise/settings/",
    "/events/cluster-week/organise/events/new/",
    "/events/cluster-week/organise/places/",
    "/events/cluster-week/organise/places/1/",
    f"{WEEK}/desk/",
    f"{WEEK}/desk/log/",
    f"{WEEK}/desk/call/",
    "/events/cluster-week/go-international/desk/call/",
    f"{WEEK}/desk/settings/",
    f"{WEEK}/desk/programme/",
    f"{WEEK}/desk/programme/new/",
    f"{WEEK}/desk/programme/preview/",
    f"{WEEK}/desk/programme/{OPENING}/",
    f"{WEEK}/desk/speakers/",
    f"{WEEK}/desk/letters/",
    f"{WEEK}/desk/letters/confirmed/de/",
    f"{WEEK}/desk/registrations/",
    f"{WEEK}/desk/form/",
    f"{WEEK}/desk/form/preview/",
    f"{WEEK}/desk/form/questions/new/",
    f"{WEEK}/desk/form/kinds/new/",
    f"{WEEK}/desk/form/consents/new/",
    f"{WEEK}/desk/badges/",
    f"{WEEK}/desk/door/",
    f"{WEEK}/desk/report/",
    f"{WEEK}/desk/closing/",
    f"{WEEK}/meetings/?q=batteries&said=nothing",
    f"{WEEK}/meetings/suggestions/",
    f"{WEEK}/meetings/wishes/",
    f"{WEEK}/meetings/own/",
    f"{WEEK}/meetings/booked/",
    f"{WEEK}/meetings/leave/",
    f"{WEEK}/desk/meetings/market/",
    f"{WEEK}/desk/meetings/market/parties/",
    f"{WEEK}/desk/meetings/market/pairs/",
    f"{WEEK}/desk/meetings/market/wishes/",
    f"{WEEK}/desk/meetings/",
    f"{WEEK}/desk/meetings/outlooks/",
    f"{WEEK}/desk/meetings/today/",
    f"{WEEK}/desk/meetings/outcomes/",
    f"{WEEK}/meetings/planned/",
    "/events/cluster-week/policy-forum/desk/meetings/market/",
    "/events/cluster-week/go-international/desk/invitations/",
    "/events/cluster-week/policy-forum/ask/",
    f"{WEEK}/desk/calling-off/",
    "/calls/mine/",
    "/calls/new/",
    "/calls/cluster-week/",
    "/calls/industry-day-workshops/apply/",
    "/calls/cluster-week/edit/",
    "/calls/cluster-week/desk/?answer=met&order=points",
    "/calls/industry-day-workshops/desk/decision/?application=2&application=3&outcome=selected",
    "/calls/industry-day-workshops/desk/2/",
    "/calls/cluster-week/desk/letters/",
    "/calls/cluster-week/desk/letters/rejected/de/?reader=3",
    "/calls/cluster-week/desk/log/",
]
AN_EVENT = "events/<slug:series>/<slug:event>/"
A_DESK = f"{AN_EVENT}desk/"
# Doors that are no pages: files, answers for programs, single steps of a log-in.
NO_PAGES = (
    "api/", "backoffice/", "language/", "methods/", "files/", "account/mine.zip",
    "account/inactive/",
    "account/reauthenticate/", "account/confirm-email/", "account/^confirm-email/",
    "account/password/set/", "account/login/code/", "account/password/reset/",
    "account/^password/reset/", "account/2fa/", "account/3rdparty/", "account/oidc/",
    "account/consents/<", "jobs/<", "post/<", "observatory/sets/<",
    "observatory/sets/example.csv", "observatory/releases/new/", "observatory/releases/<",
    "observatory/chains/<", "directory/searches/keep/", "directory/words/", "directory/searches/<",
    "directory/confirm/<", "directory/invited/<", "directory/joins/<", "directory/office/",
    "directory/members/<", "directory/documents/<", "directory/corrections/<",
    "directory/requests/<", "directory/interests/<", "directory/messages/<",
    "directory/messages/files/",
    "directory/messages/blocks/", "directory/introductions/<", "directory/letters/",
    "directory/export.", "directory/open-data/<", "directory/import/<", "directory/tokens/<",
    "directory/organisations/<slug:slug>/profile.json",
    "directory/news/<", "directory/events/<", "directory/calls/<", "directory/feeds/",
    "directory/organisations/<slug:slug>/corrections/",
    "directory/organisations/<slug:slug>/leaving/",
    "directory/organisations/<slug:slug>/submission/",
    "events/feeds/", "events/worker.js", "events/agenda/calendar/<", "events/agenda/token.json",
    "events/agenda/<", "events/sessions/<", "events/registrations/", "events/letters/",
    "events/invited/<", "events/delegations/<", "events/papers/<", "events/<slug:slug>/agenda.ics",
    "events/<slug:slug>/organise/organisers/", "events/<slug:slug>/organise/rooms/<",
    f"{AN_EVENT}programme.ics", f"{AN_EVENT}door/list.json", f"{AN_EVENT}door/scans/",
    f"{AN_EVENT}door/walk-in/", f"{A_DESK}door/scans/<", f"{A_DESK}letters/<int:pk>/",
    f"{A_DESK}registrations/<", f"{A_DESK}form/seats/", f"{A_DESK}form/questions/<",
    f"{A_DESK}form/kinds/<", f"{A_DESK}form/consents/<", f"{A_DESK}invitations/list/",
    f"{A_DESK}invitations/letters/", f"{A_DESK}invitations/<", f"{A_DESK}strangers/<",
    f"{A_DESK}delegations/", f"{A_DESK}speakers/<", f"{A_DESK}programme/publish/",
    f"{A_DESK}programme/versions/<", f"{A_DESK}programme/<uuid:key>/drop/",
    f"{A_DESK}programme/<uuid:key>/papers/", f"{A_DESK}papers/<",
    f"{AN_EVENT}meetings/join/", f"{AN_EVENT}meetings/wishes/complete/",
    f"{AN_EVENT}meetings/parties/<", f"{AN_EVENT}meetings/booked/<",
    f"{AN_EVENT}meetings/requests/<", f"{A_DESK}meetings/market/slots/",
    f"{A_DESK}meetings/market/tables/", f"{A_DESK}meetings/market/parties/<",
    f"{A_DESK}meetings/market/parties/reminder/", f"{A_DESK}meetings/market/wishes.<",
    f"{AN_EVENT}meetings/planned/<", f"{A_DESK}meetings/<", f"{A_DESK}meetings/outcomes.<",
    f"{A_DESK}meetings/today/repair/", f"{A_DESK}meetings/today/meet/",
    f"{A_DESK}meetings/today/back/",
    "calls/applications/<", "calls/<slug:slug>/publication/", "calls/<slug:slug>/closing/",
    "calls/<slug:slug>/desk/telling/", "calls/<slug:slug>/desk/promotion/",
    "calls/<slug:slug>/desk/evaluation/", "calls/<slug:slug>/desk/<int:number>/summary/",
)  # fmt: skip


def routes(patterns, before="") -> list[str]:
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += routes(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            found.append(before + str(one.pattern))
    return found


def test_no_page_is_forgotten():
    resolver = get_resolver()
    looked_at = {
        resolver.resolve(page.split("?")[0]).route
        for page in OPEN + SIGNED_IN
        if "nothing" not in page
    }
    forgotten = [
        route
        for route in routes(resolver.url_patterns)
        if route not in looked_at
        and not route.startswith(NO_PAGES)
        and not route.endswith(("<str:form>", ".pdf"))
    ]
    assert forgotten == []


def looked_at(tab, pages) -> dict[str, list[str]]:
    from axe_playwright_python.sync_playwright import Axe

    axe, wrong = Axe(), {}
    for page in pages:
        tab.goto(page)
        tab.evaluate(
            "document.querySelectorAll('main details').forEach(one => { one.open = true })"
        )
        found = axe.run(tab, options={"runOnly": RULES}).response["violations"]
        faults = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
        if tab.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            faults.append("wider than the window")
        if faults:
            wrong[page] = faults
    return wrong


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_axe_finds_nothing_on_any_page(visit, ana, settings, width, theme):
    settings.DEMO = True
    make_demo_world()
    dolina = Organisation.objects.get(slug="dolina-ogniw")
    make_administrator(dolina, ana, JoinReason.INVITED, by=None)
    make_operator(ana)
    load_shipped_series()
    single = pages_of_events(ana) + office_pages() + posted_pages(dolina, ana)
    single += pages_of_applications(dolina)
    with visit("/", width=width, theme=theme) as tab:
        assert looked_at(tab, OPEN) == {}
    with visit("/account/", width=width, theme=theme, who=ana) as tab:
        assert looked_at(tab, SIGNED_IN + single) == {}


def posted_pages(organisation, ana) -> list[str]:
    """One of each kind of what organisations post, and a conversation that was reported."""
    other = Organisation.objects.get(slug="zweites-leben-e-v")
    sent = open_thread(other, organisation, "Modules", Written("How many?"), by=None)
    asked = PartnerRequest.objects.filter(organisation=organisation)[0]
    say_interest(asked, other, "We bring the modules.", by=ana)
    complaint = report(sent.thread, organisation, "A try.", by=ana)
    things = [
        asked,
        News.objects.all()[0],
        OrganisationEvent.objects.all()[0],
        OpenCall.objects.all()[0],
    ]
    addresses = [one.get_absolute_url() for one in (*things, sent.thread)]
    edits = [f"{one.get_absolute_url()}edit/" for one in things if one.organisation == organisation]
    return [*addresses, *edits, f"/directory/office/reports/{complaint.pk}/"]


def pages_of_applications(organisation) -> list[str]:
    """One that has a place, one that can still be changed."""
    own = Application.objects.filter(organisation=organisation)
    late = Application.objects.filter(state="submitted", call__slug="cluster-week")[0]
    late.organisation = organisation
    Application.objects.filter(call=late.call, organisation=organisation).update(state="returned")
    late.save()
    return [
        *(one.get_absolute_url() for one in own),
        f"/calls/applications/{late.pk}/edit/",
    ]


def pages_of_events(ana) -> list[str]:
    """Pages about single people and things of the invented week."""
    event = Event.objects.get(slug="matchmaking", series__slug="cluster-week")
    dolina = Organisation.objects.get(slug="dolina-ogniw")
    guest = Guest(ana.name, ana.email, ana, organisation=dolina, organisation_name=dolina.name)
    own = register(event, event.kinds.get(code="organisation"), guest, by=ana)
    listed = invite(event, [Row(ana.email, ana.name, may_send_colleague=True)], by=None)
    write_to(listed.new, by=None)
    told = Letter.objects.filter(to=ana.email, text__contains="/events/invited/")[0].text
    invited = Invitation.objects.filter(event__series=event.series)[0]
    ask_as_stranger(invited.event, invited, "x@example.org", "X", "Why not")
    held = open_delegation(event, "Latvia", "LV", ana.email, 2, by=ana)
    desk = f"{WEEK}/desk/"
    question, kind = event.questions.all()[0], event.kinds.all()[0]
    consent, speaker = event.consent_texts.all()[0], event.speakers.all()[0]
    return [
        f"/events/registrations/{own.pk}/",
        f"/events/registrations/{own.pk}/change/",
        f"/events/registrations/{own.pk}/cancel/",
        f"/events/registrations/{own.pk}/visa/",
        f"/events/registrations/{own.pk}/ticket/",
        re.search(r"/events/invited/[\w-]+/", told).group(),
        f"/events/delegations/{held.pk}/",
        f"{invited.event.get_absolute_url()}desk/invitations/",
        f"{desk}registrations/{own.pk}/",
        f"{desk}form/questions/{question.pk}/",
        f"{desk}form/kinds/{kind.pk}/",
        f"{desk}form/consents/{consent.pk}/",
        f"{desk}speakers/{speaker.pk}/",
        *pages_of_meetings(own, ana),
    ]


def pages_of_meetings(registration, ana) -> list[str]:
    """Ana takes part, and somebody would like to meet her."""
    market = Marketplace.objects.get(event=registration.event)
    other, declined, both = market.parties.all()[:3]
    own = join(market, registration, by=ana).party
    say(other, own, "must", "Your cells, our presses", by=None)
    say(own, declined, "no", by=ana)
    say(own, both, "like", "A word about coolants", by=ana)
    answer(both, own, accepts=True, by=None)
    told = Letter.objects.filter(to=ana.email, text__contains="/letters/meetings/")[0].text
    draft = begin_draft(market, Wanted(), by=ana)
    frozen = market_of(draft.input)
    keep_plan(draft, frozen, plan(frozen, steps=20_000))
    publish(draft, expects=0, by=ana)
    begin_draft(market, Wanted(), by=ana, title="A second one")
    met = MeetingSeat.objects.filter(party=own, slot__isnull=False)[0].meeting
    desk, planning = f"{WEEK}/desk/meetings/market/", f"{WEEK}/desk/meetings"
    return [
        f"{planning}/?compare=1&compare=2",
        *(f"{planning}/{number}/" for number in (1, 2)),
        *(f"{planning}/1/meetings/{number}/" for number in (0, len(frozen.meetings) - 1)),
        f"{WEEK}/meetings/planned/{met.key}/",
        *(f"{WEEK}/meetings/parties/{one.pk}/" for one in (own, other, declined)),
        *re.findall(r"/events/letters/meetings/\S+", told),
        f"{desk}parties/{other.pk}/",
        f"{desk}tables/{market.tables.all()[0].pk}/",
    ]


def office_pages() -> list[str]:
    """Pages about single things of the invented world that have numbers."""
    propose_duplicates()
    return [f"/directory/office/submissions/{one.pk}/" for one in Submission.objects.all()[:2]] + [
        f"/directory/office/duplicates/{one.pk}/" for one in Duplicate.objects.all()[:1]
    ]
