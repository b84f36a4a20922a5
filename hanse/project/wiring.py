"""Who provides what, and what happens when: the visible tables of the house."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.utils.translation import gettext_lazy as _

from hanse.adapters.console import Console
from hanse.adapters.smtp import Smtp
from hanse.calls import jobs as calls_jobs
from hanse.calls.actions.applying import ApplicationSent, PlaceGivenBack
from hanse.calls.actions.calls import CallOpening
from hanse.calls.actions.deciding import ApplicationDecided
from hanse.calls.actions.moving import give_back as give_applications_back
from hanse.calls.actions.moving import take_along as take_applications_along
from hanse.calls.actions.reminding import AnswersDue, LateOnesWait, SummaryDue
from hanse.calls.mails import sending as calls_mails
from hanse.calls.models import (
    Application,
    ApplicationVersion,
    Call,
    CallOfficer,
    Decision,
    Mark,
    Summary,
)
from hanse.calls.panels import way_to_calls
from hanse.calls.queries.mine import about as calls_about
from hanse.commons.audit.models import AuditEntry
from hanse.commons.audit.queries import about as lines_about
from hanse.commons.chains.models import ValueChain
from hanse.commons.chains.queries import about as chains_about
from hanse.commons.consent.models import Consent
from hanse.commons.consent.queries import about as consents_about
from hanse.commons.files.actions import throw_away_files_of
from hanse.commons.files.models import StoredFile
from hanse.commons.files.queries import contents_of, files_of
from hanse.commons.links.models import LetterLink
from hanse.commons.links.queries import about as links_about
from hanse.commons.people import transfers
from hanse.commons.people.queries import about as facts_about
from hanse.commons.people.queries import addresses_of
from hanse.commons.people.transfers import Chapter
from hanse.commons.post.actions import throw_away_letters_to
from hanse.commons.post.queries import letters_as_records
from hanse.commons.work.actions import bind_rounds
from hanse.commons.work.models import Job
from hanse.commons.work.queries import about as jobs_about
from hanse.directory.actions.digest import DigestDue
from hanse.directory.actions.duplicates import MergeUndone, OrganisationsMerged
from hanse.directory.actions.freshness import ConfirmationDue
from hanse.directory.actions.introductions import IntroductionMade, IntroductionOpened
from hanse.directory.actions.members import MembershipSaid
from hanse.directory.actions.messages import MessageSent, ThreadReported
from hanse.directory.actions.ownership import JoinAsked, JoinDecided
from hanse.directory.actions.requests import (
    InterestSaid,
    LetUsTalk,
    RequestCommented,
    RequestEnding,
)
from hanse.directory.actions.review import ProfileDecided, ProfileSubmitted
from hanse.directory.actions.searches import NewlyFound
from hanse.directory.jobs import daily_round
from hanse.directory.mails import (
    send_alert,
    send_comment,
    send_confirmation,
    send_decided,
    send_digest,
    send_expiry,
    send_interest,
    send_introduced,
    send_introduction,
    send_join_asked,
    send_join_decided,
    send_let_us_talk,
    send_membership,
    send_message,
    send_report,
    send_submitted,
)
from hanse.directory.models import (
    Administrator,
    ApiToken,
    Block,
    Comment,
    Correction,
    Digest,
    Document,
    Duplicate,
    Fact,
    Follow,
    Import,
    Interest,
    Introduction,
    JoinRequest,
    Merge,
    Message,
    News,
    OpenCall,
    Organisation,
    OrganisationEvent,
    PartnerRequest,
    Report,
    SavedSearch,
    Submission,
    ThreadRead,
    Waiver,
)
from hanse.directory.panels import (
    latest_of,
    people_of_region,
    way_to_the_desk,
    ways_to_reach,
)
from hanse.directory.queries.mine import about as in_touch_about
from hanse.directory.queries.mine import files_sent_by
from hanse.directory.queries.people import about as directory_about
from hanse.directory.queries.people import keys_about
from hanse.events.actions.calling import must_take_place
from hanse.events.actions.calling_off import CalledOff
from hanse.events.actions.feedback import FeedbackDue
from hanse.events.actions.invitations import (
    DelegationOpened,
    Invited,
    StrangerAsked,
    StrangerDeclined,
)
from hanse.events.actions.registration import (
    MovedUp,
    Registered,
    RegistrationCancelled,
    RegistrationDecided,
    forget_person,
)
from hanse.events.actions.selected import invite_selected, withdraw_returned
from hanse.events.jobs import daily_round as round_of_events
from hanse.events.mails.calling_off import send_called_off
from hanse.events.mails.feedback import send_feedback_letter
from hanse.events.mails.guests import (
    send_delegation,
    send_invitation,
    send_stranger_asked,
    send_stranger_declined,
)
from hanse.events.mails.registrations import send_cancelled, send_moved_up, send_registered
from hanse.events.mails.registrations import send_decided as send_registration_decided
from hanse.events.models import (
    AgendaFeed,
    Bookmark,
    Closing,
    Delegation,
    Invitation,
    Organiser,
    ProgrammeVersion,
    Registration,
    Scan,
    Session,
    Speaker,
    Stranger,
    Team,
)
from hanse.events.panels import called_off_of_call, day_of, events_of_call, ticket_of, way_to_events
from hanse.events.queries.agenda import Source, bind_items
from hanse.events.queries.desk_ways import Way, bind_desk_ways
from hanse.events.queries.mine import about as events_about
from hanse.kit import announce
from hanse.meetings.actions.booking import SlotAnswered, SlotAsked
from hanse.meetings.actions.calling_off import MeetingCalledOff, MeetingsHandedOver
from hanse.meetings.actions.joining import forget_person as leave_all_meetings
from hanse.meetings.actions.joining import withdraw as withdraw_from_meetings
from hanse.meetings.actions.outcomes import OutcomesDue
from hanse.meetings.actions.publishing import PlanPublished
from hanse.meetings.actions.telling import WishesMissing, WishesTold
from hanse.meetings.jobs import daily_round as round_of_meetings
from hanse.meetings.mails.booking import send_answered as send_slot_answered
from hanse.meetings.mails.booking import send_request as send_slot_request
from hanse.meetings.mails.plans import send_handed_over, send_later, send_plan
from hanse.meetings.mails.wishes import send_called_off as send_meeting_called_off
from hanse.meetings.mails.wishes import send_wishes, send_wishes_missing
from hanse.meetings.models import Draft, PairRule, PublishedPlan, SlotRequest, Wish
from hanse.meetings.panels import joining_of, market_on_desk, way_to_market, way_to_meetings
from hanse.meetings.queries.mine import about as meetings_about
from hanse.meetings.queries.own import agenda_items
from hanse.observatory.actions.own_sets import throw_away_sets_of
from hanse.observatory.models import OwnSectorSet
from hanse.observatory.queries.own_sets import about as sets_about
from hanse.observatory.queries.own_sets import figures_about
from hanse.ports import mail
from hanse.ports.fulltext import FullText, provide_fulltext
from hanse.ports.statistics_office import StatisticsOffice, provide_statistics_office
from hanse.ports.warehouse import Warehouse, provide_warehouse

# A fact that a domain announces, and who reacts.
REACTIONS: Mapping[type, Sequence[Callable[[Any], None]]] = {
    MembershipSaid: [lambda fact: send_membership(fact.membership)],
    ConfirmationDue: [lambda fact: send_confirmation(fact.organisation, fact.person)],
    NewlyFound: [lambda fact: send_alert(fact.kept, fact.found)],
    ProfileSubmitted: [lambda fact: send_submitted(fact.submission)],
    ProfileDecided: [lambda fact: send_decided(fact.submission)],
    JoinAsked: [lambda fact: send_join_asked(fact.request)],
    JoinDecided: [lambda fact: send_join_decided(fact.request)],
    RequestCommented: [lambda fact: send_comment(fact.comment)],
    InterestSaid: [lambda fact: send_interest(fact.interest)],
    LetUsTalk: [lambda fact: send_let_us_talk(fact.interest, fact.says)],
    MessageSent: [lambda fact: send_message(fact.message)],
    ThreadReported: [lambda fact: send_report(fact.report)],
    IntroductionMade: [lambda fact: send_introduction(fact.introduction)],
    IntroductionOpened: [lambda fact: send_introduced(fact.introduction)],
    RequestEnding: [lambda fact: send_expiry(fact.request)],
    DigestDue: [lambda fact: send_digest(fact.person, fact.weekly)],
    Registered: [lambda fact: send_registered(fact.registration)],
    MovedUp: [lambda fact: send_moved_up(fact.registration)],
    RegistrationDecided: [lambda fact: send_registration_decided(fact.registration)],
    RegistrationCancelled: [
        lambda fact: send_cancelled(fact.registration, by_organisers=fact.by_organisers),
        lambda fact: withdraw_from_meetings(fact.registration),
    ],
    Invited: [
        lambda fact: send_invitation(fact.invitation, fact.token, is_reminder=fact.is_reminder)
    ],
    StrangerAsked: [lambda fact: send_stranger_asked(fact.stranger)],
    StrangerDeclined: [lambda fact: send_stranger_declined(fact.stranger)],
    CalledOff: [lambda fact: send_called_off(fact.event, fact.reader)],
    DelegationOpened: [lambda fact: send_delegation(fact.delegation)],
    OrganisationsMerged: [lambda fact: take_applications_along(fact.merged)],
    MergeUndone: [lambda fact: give_applications_back(fact.merged)],
    CallOpening: [lambda fact: must_take_place(fact.call)],
    ApplicationSent: [lambda fact: calls_mails.send_received(fact.application)],
    ApplicationDecided: [
        lambda fact: calls_mails.send_decided(fact.application, fact.decision),
        lambda fact: invite_selected(fact.application, fact.decision.outcome),
    ],
    PlaceGivenBack: [
        lambda fact: calls_mails.send_place_given_back(fact.application),
        lambda fact: withdraw_returned(fact.application),
    ],
    AnswersDue: [
        lambda fact: calls_mails.send_answers_due(fact.cut_off, is_overdue=fact.is_overdue)
    ],
    LateOnesWait: [lambda fact: calls_mails.send_late_ones_wait(fact.call, fact.count)],
    SummaryDue: [lambda fact: calls_mails.send_summary_due(fact.summary)],
    PlanPublished: [send_plan],
    OutcomesDue: [send_later],
    FeedbackDue: [lambda fact: send_feedback_letter(fact.registration)],
    WishesTold: [send_wishes],
    WishesMissing: [send_wishes_missing],
    MeetingCalledOff: [send_meeting_called_off],
    MeetingsHandedOver: [send_handed_over],
    SlotAsked: [send_slot_request],
    SlotAnswered: [send_slot_answered],
}

# A place on a page of a lower domain, and what higher domains show there.
PANELS: Mapping[str, Sequence[Callable[..., str]]] = {
    "observatory.region": [people_of_region],
    "calls.above": [called_off_of_call],
    "calls.call": [events_of_call],
    "directory.organisation.side": [ways_to_reach],
    "directory.organisation": [latest_of],
    "directory.desk": [way_to_calls, way_to_events],
    "account": [way_to_the_desk, way_to_calls, way_to_events, way_to_meetings],
    "events.registration": [ticket_of, joining_of],
    "events.event": [way_to_market],
    "events.desk": [day_of, market_on_desk],
}

# What stands in somebody's agenda beside sessions, such as meetings.
AGENDA: Sequence[Source] = (agenda_items,)

# Rooms of an event's desk that others keep.
DESK_WAYS: Sequence[Way] = (("meetings:planning", _("Meetings")),)

# Everything that is kept about a person: what they can download, and what erasure does with it.
ABOUT_ME: Sequence[Chapter] = (
    Chapter(
        "person",
        models=(EmailAddress, Authenticator, SocialAccount),
        about=facts_about,
        goes=_("Your name, your addresses, your password, passkeys and other ways to log in."),
    ),
    Chapter(
        "consents",
        models=(Consent,),
        about=consents_about,
        goes=_("What you agreed to and withdrew."),
    ),
    Chapter(
        "letters",
        models=(),
        about=lambda person: letters_as_records(addresses_of(person)),
        erase=lambda person: throw_away_letters_to(addresses_of(person)),
        goes=_("Copies of the letters that Hanse wrote to you."),
    ),
    # Before the files: a set takes those that it was loaded from with it.
    Chapter(
        "sector_sets",
        models=(OwnSectorSet,),
        about=sets_about,
        files=figures_about,
        erase=throw_away_sets_of,
        goes=_("Sector sets that you loaded, with their tables and figures."),
    ),
    Chapter(
        "value_chains",
        models=(ValueChain,),
        about=chains_about,
        goes=_("Value chains that you drew."),
    ),
    Chapter(
        "files",
        models=(StoredFile,),
        about=files_of,
        files=contents_of,
        erase=throw_away_files_of,
        goes=_("Files that you brought."),
    ),
    Chapter(
        "directory",
        models=(
            Organisation,
            Fact,
            Administrator,
            JoinRequest,
            Submission,
            Waiver,
            Duplicate,
            Merge,
            Correction,
            SavedSearch,
            Document,
            Import,
        ),
        about=directory_about,
        goes=_("That you speak for an organisation, your requests to join, your kept searches."),
        stays=_(
            "Facts that you entered about an organisation: they are the organisation’s. Your name "
            "leaves them."
        ),
    ),
    Chapter(
        "in_touch",
        models=(
            PartnerRequest,
            Comment,
            Follow,
            Interest,
            Message,
            ThreadRead,
            Block,
            Report,
            Introduction,
            News,
            OrganisationEvent,
            OpenCall,
            Digest,
        ),
        about=in_touch_about,
        files=files_sent_by,
        goes=_("Which requests you follow, what you have read, your weekly letters."),
        stays=_(
            "Requests, messages, news, events and calls that you wrote in the name of an "
            "organisation: they are the organisation’s. Your name leaves them."
        ),
    ),
    # Before the events: whose registration it was is gone afterwards.
    Chapter(
        "meetings",
        models=(Wish, PairRule, SlotRequest, Draft, PublishedPlan),
        about=meetings_about,
        erase=leave_all_meetings,
        goes=_(
            "That you sit in meetings of an event: when you can, and what you said of yourself "
            "where you came on your own. Meetings to come go to a colleague, or are called off."
        ),
        stays=_(
            "Wishes and plans of an organisation: they are the organisation’s. Your name leaves "
            "them."
        ),
    ),
    Chapter(
        "events",
        models=(
            Organiser,
            Speaker,
            Session,
            ProgrammeVersion,
            Team,
            Registration,
            Invitation,
            Delegation,
            Stranger,
            Scan,
            AgendaFeed,
            Bookmark,
            Closing,
        ),
        about=events_about,
        erase=forget_person,
        goes=_(
            "Your registrations for events: name, address, answers and needs. A seat that you "
            "still have becomes free. Your agenda, its secret addresses, your duties as an "
            "organiser, invitations to you."
        ),
        stays=_(
            "That a seat was taken and by which kind of participant, without anything that says "
            "who. Your name as a speaker in a published programme: it is part of what took place."
        ),
    ),
    Chapter(
        "calls",
        models=(
            Call,
            CallOfficer,
            Application,
            ApplicationVersion,
            Mark,
            Decision,
            Summary,
        ),
        about=calls_about,
        goes=_("That you run a call."),
        stays=_(
            "Applications and summaries that you wrote in the name of an organisation, and points "
            "and decisions that you gave: others must be able to see how places were given. Your "
            "name leaves them."
        ),
    ),
    Chapter(
        "keys",
        models=(ApiToken,),
        about=keys_about,
        goes=_("Keys that you made for programs; they open nothing from then on."),
    ),
    Chapter(
        "letter_links",
        models=(LetterLink,),
        about=links_about,
        goes=_("Links in letters to you, used or not."),
    ),
    Chapter("jobs", models=(Job,), about=jobs_about, goes=_("The list of what you had computed.")),
    Chapter(
        "history",
        models=(AuditEntry, LogEntry),
        about=lines_about,
        stays=_(
            "Lines in the audit trail: others must be able to see that something was decided, when "
            "and under which rules. Your name leaves them; they then read “an erased person”."
        ),
    ),
)


# What is begun once a day, each as a job of the worker.
ROUNDS: Mapping[str, Callable[[], object]] = {
    "directory": daily_round.enqueue,
    "events": round_of_events.enqueue,
    "calls": calls_jobs.daily_round.enqueue,
    "meetings": round_of_meetings.enqueue,
}


def carrier() -> mail.Post:
    """Through a server where one is named, else onto the terminal."""
    return Smtp(settings.HANSE_MAIL_URL) if settings.HANSE_MAIL_URL else Console()


def warehouse(threads: int | None = None) -> AbstractContextManager[Warehouse]:
    """Where figures are computed: DuckDB inside, or where HANSE_WAREHOUSE says."""
    if settings.HANSE_WAREHOUSE == "duckdb":
        from hanse.adapters.duckdb import duckdb_warehouse  # noqa: PLC0415 -- slow import

        return duckdb_warehouse(threads)
    if settings.HANSE_WAREHOUSE.startswith("spark://"):
        from hanse.adapters.spark import spark_warehouse  # noqa: PLC0415 -- optional dependency

        return spark_warehouse(settings.HANSE_WAREHOUSE)
    from hanse.adapters.postgres import postgres_warehouse  # noqa: PLC0415 -- slow import

    return postgres_warehouse(settings.HANSE_WAREHOUSE)


def statistics_office(cache: Path) -> StatisticsOffice:
    from hanse.adapters.eurostat import Eurostat  # noqa: PLC0415 -- slow import

    return Eurostat(cache)


def fulltext() -> FullText:
    """Where the words of the records are kept: in the database that keeps the records."""
    if connection.vendor == "postgresql":
        from hanse.adapters.postgres_text import PostgresText  # noqa: PLC0415 -- slow import

        return PostgresText()
    from hanse.adapters.fts5 import Fts5  # noqa: PLC0415 -- slow import

    return Fts5()


def connect() -> None:
    provide_fulltext(fulltext)
    provide_statistics_office(statistics_office)
    provide_warehouse(warehouse)
    announce.wire(REACTIONS, PANELS)
    transfers.bind(ABOUT_ME)
    bind_rounds(ROUNDS)
    bind_items(AGENDA)
    bind_desk_ways(DESK_WAYS)
    mail.appoint(carrier)
