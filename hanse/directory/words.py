"""The words of the directory: kinds of organisation, states of a profile, fields of a fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hanse.commons.places.words import EU

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Kind(models.TextChoices):
    """The eight kinds of profile, and the kinds of member that a cluster has."""

    CLUSTER = "cluster", _("Cluster organisation")
    MEMBER = "member", _("Member of a cluster")
    PARTNERSHIP = "partnership", _("Partnership or project")
    ASSOCIATION = "association", _("National association of clusters")
    NETWORK = "network", _("Network of clusters")
    EFFICIENCY = "efficiency", _("Resource-efficiency actor")
    POLICY = "policy", _("Policy body")
    TRAINING = "training", _("Training provider")
    SME = "sme", _("Small or medium-sized firm")
    LARGE = "large", _("Large firm")
    RESEARCH = "research", _("Research organisation")
    PUBLIC = "public", _("Public body")


class State(models.TextChoices):
    """Where a profile stands. Only published ones and listings are found."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")
    LISTED = "listed", _("listed, not claimed")
    DORMANT = "dormant", _("hidden: not confirmed for three years")
    RETIRED = "retired", _("retired")
    MERGED = "merged", _("merged into another")


# Whoever is in one of these states is found by everybody.
FOUND = (State.PUBLISHED, State.LISTED)


class Voice(models.TextChoices):
    """Who stands behind a fact."""

    ORGANISATION = "organisation", _("the organisation")
    OFFICER = "officer", _("the directory’s office")
    PUBLIC_PAGE = "public_page", _("a public page")


class Group(models.TextChoices):
    """The parts of a profile's form, in order."""

    IDENTITY = "identity", _("Who you are")
    PLACE = "place", _("Where you are")
    WORK = "work", _("What you do")
    EXCHANGE = "exchange", _("What you offer and look for")
    MEMBERS = "members", _("Who your members are")
    RECOGNITION = "recognition", _("What shows that you are active")
    REACH = "reach", _("Whom you work with")
    NUMBERS = "numbers", _("Numbers that identify you")


# Who takes part in the Union's programmes as its own members do (association agreements of
# Horizon 2020 and COSME, the European Economic Area and the candidates among them).
PROGRAMME_AREA = frozenset(EU) | {"NO", "IS", "LI", "TR", "RS", "ME", "MK", "AL", "BA", "MD", "UA"}

Form = Literal["line", "text", "number", "decimal", "year", "url", "email", "code", "held"]
Vocabulary = Literal[
    "", "country", "region", "sector", "ecosystem", "competence", "language", "label"
]
CLUSTER_LIKE = frozenset({Kind.CLUSTER, Kind.ASSOCIATION, Kind.NETWORK, Kind.PARTNERSHIP})


@dataclass(frozen=True)
class Field:
    """One kind of fact: how it is asked for, who is asked, and whether everybody may read it."""

    code: str
    label: str | Promise
    group: Group
    form: Form = "line"
    many: bool = False
    vocabulary: Vocabulary = ""
    hint: str | Promise = ""
    # A text in a language; several languages may stand beside each other.
    in_language: bool = False
    # A figure that holds for a day that is asked for.
    as_of: bool = False
    kinds: frozenset[Kind] = frozenset(Kind)
    # Asked in the EU programme area, outside of it, or everywhere.
    where: Literal["everywhere", "inside", "outside"] = "everywhere"
    is_public: bool = True
    most: int = 300

    def is_asked(self, kind: str, *, inside: bool) -> bool:
        here = self.where in ("everywhere", "inside" if inside else "outside")
        return here and kind in self.kinds


_FIELDS: Sequence[Field] = (
    Field("name", _("Name"), Group.IDENTITY, in_language=True, most=200),
    Field("other_name", _("Names in other languages"), Group.IDENTITY, many=True, in_language=True,
          most=200),
    Field("short_name", _("Short name"), Group.IDENTITY, most=60),
    Field("summary", _("In one sentence"), Group.IDENTITY, many=True, in_language=True,
          hint=_("What you are and for whom, at most 300 signs.")),
    Field("description", _("In more words"), Group.IDENTITY, "text", many=True, in_language=True,
          most=6000),
    Field("website", _("Website"), Group.IDENTITY, "url",
          hint=_("With https:// in front.")),
    Field("website_language", _("Languages of the website"), Group.IDENTITY, "code", many=True,
          vocabulary="language"),
    Field("founded", _("Founded in"), Group.IDENTITY, "year"),
    Field("country", _("Country"), Group.PLACE, "code", vocabulary="country"),
    Field("city", _("City"), Group.PLACE, most=100),
    Field("region", _("Region (NUTS 2)"), Group.PLACE, "code", vocabulary="region"),
    Field("province", _("Region or province"), Group.PLACE, where="outside", most=100),
    Field("sector", _("Sectors (NACE)"), Group.WORK, "code", many=True, vocabulary="sector",
          hint=_("Codes with commas between, such as C27, E38. The Observatory shows them with "
                 "their names.")),
    Field("ecosystem", _("Industrial ecosystems"), Group.WORK, "code", many=True,
          vocabulary="ecosystem"),
    Field("competence", _("Competences"), Group.WORK, "code", many=True, vocabulary="competence",
          hint=_("Words of our list, in any of its languages, with commas between. What it does "
                 "not know stands below, as a technology.")),
    Field("technology", _("Technologies"), Group.WORK, many=True, in_language=True,
          hint=_("One a line.")),
    Field("service", _("Services"), Group.WORK, many=True, in_language=True,
          hint=_("One a line.")),
    Field("offer", _("You offer"), Group.EXCHANGE, many=True, in_language=True,
          hint=_("One a line: a laboratory, a market, a skill.")),
    Field("seek", _("You look for"), Group.EXCHANGE, many=True, in_language=True,
          hint=_("One a line: a partner, a technology, a pilot site.")),
    Field("members_total", _("Members in all"), Group.MEMBERS, "number", as_of=True,
          kinds=CLUSTER_LIKE),
    Field("members_sme", _("Small and medium-sized firms"), Group.MEMBERS, "number", as_of=True,
          kinds=CLUSTER_LIKE),
    Field("members_large", _("Large firms"), Group.MEMBERS, "number", as_of=True,
          kinds=CLUSTER_LIKE),
    Field("members_research", _("Research organisations"), Group.MEMBERS, "number", as_of=True,
          kinds=CLUSTER_LIKE),
    Field("members_public", _("Public bodies"), Group.MEMBERS, "number", as_of=True,
          kinds=CLUSTER_LIKE),
    Field("members_other", _("Others"), Group.MEMBERS, "number", as_of=True, kinds=CLUSTER_LIKE),
    Field("staff_fte", _("Full-time posts that run it"), Group.RECOGNITION, "decimal",
          kinds=CLUSTER_LIKE, hint=_("Half a post is 0.5.")),
    Field("activity_proof", _("Proof of activity"), Group.RECOGNITION, many=True,
          kinds=CLUSTER_LIKE,
          hint=_("Addresses of a newsletter, a project, a list of services; one a line.")),
    Field("public_cooperation", _("Cooperation with public bodies"), Group.RECOGNITION, many=True,
          kinds=CLUSTER_LIKE),
    Field("support_programme", _("Support programmes"), Group.RECOGNITION, many=True,
          kinds=CLUSTER_LIKE, where="inside"),
    Field("label", _("Labels held"), Group.RECOGNITION, "held", many=True, vocabulary="label",
          kinds=CLUSTER_LIKE,
          hint=_("Bronze, silver or gold, and until when, one a line: gold 2028-06-30")),
    Field("partnership", _("Partnerships"), Group.REACH, many=True),
    Field("target_country", _("Target countries"), Group.REACH, "code", many=True,
          vocabulary="country"),
    Field("language", _("Working languages"), Group.REACH, "code", many=True,
          vocabulary="language"),
    Field("european_contact", _("Contact point in the European Union"), Group.REACH,
          where="outside"),
    Field("vat", _("VAT number"), Group.NUMBERS, where="inside", most=20),
    Field("pic", _("Participant code (PIC)"), Group.NUMBERS, most=9),
    Field("ror", _("ROR"), Group.NUMBERS, most=40),
    Field("register", _("Number in the national register"), Group.NUMBERS, most=60),
    Field("contact_email", _("Address for letters of the platform"), Group.IDENTITY, "email",
          is_public=False, hint=_("Never published: the platform writes to it for you.")),
)  # fmt: skip
FIELDS: Mapping[str, Field] = {field.code: field for field in _FIELDS}
# The kinds of which a cluster's members are.
MEMBER_FIELDS = tuple(
    field.code
    for field in _FIELDS
    if field.group is Group.MEMBERS and field.code != "members_total"
)
IDENTIFIERS = ("vat", "pic", "ror", "register")

# The fourteen industrial ecosystems of the EU's industrial strategy (COM(2020) 102).
ECOSYSTEMS: Mapping[str, Promise] = {
    "aerospace-defence": _("Aerospace and defence"),
    "agri-food": _("Agri-food"),
    "construction": _("Construction"),
    "cultural-creative": _("Cultural and creative industries"),
    "digital": _("Digital"),
    "electronics": _("Electronics"),
    "energy-intensive": _("Energy-intensive industries"),
    "energy-renewables": _("Renewable energy"),
    "health": _("Health"),
    "mobility": _("Mobility, transport, automotive"),
    "proximity": _("Proximity and social economy"),
    "retail": _("Retail"),
    "textiles": _("Textiles"),
    "tourism": _("Tourism"),
}
LABELS: Mapping[str, Promise] = {
    "ecei-bronze": _("Bronze label of the European Cluster Excellence Initiative"),
    "ecei-silver": _("Silver label of the European Cluster Excellence Initiative"),
    "ecei-gold": _("Gold label of the European Cluster Excellence Initiative"),
}
# The languages of the Union, then those of its neighbours and partners.
LANGUAGES: Sequence[str] = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv",
    "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv", "no", "is", "tr", "sr", "uk", "ja", "ko", "zh",
    "ar", "he", "hi",
)  # fmt: skip


class JoinReason(models.TextChoices):
    """How somebody came to speak for an organisation, or asks to."""

    FOUNDER = "founder", _("made the profile")
    DOMAIN = "domain", _("has an address at the organisation’s domain")
    INVITED = "invited", _("was invited")
    CLAIM = "claim", _("claims a listing")
    TAKEOVER = "takeover", _("takes over from administrators who do not answer")


class JoinState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Decision(models.TextChoices):
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DuplicateState(models.TextChoices):
    OPEN = "open", _("open")
    MERGED = "merged", _("merged")
    DIFFERENT = "different", _("two different ones")


class CorrectionKind(models.TextChoices):
    NOT_TRUE = "not_true", _("not true")
    NOT_FOR_US = "not_for_us", _("not for us")


# Kinds of evidence behind a suggestion.
EVIDENCE: Mapping[str, Promise] = {
    "they_offer": _("They have what you look for"),
    "they_seek": _("You have what they look for"),
    "sectors": _("Their sectors complement yours, and their region is strong in them"),
    "projects": _("Past partners and projects"),
    "ecosystem": _("The same industrial ecosystem"),
    "countries": _("Target countries"),
    "languages": _("Shared working languages"),
    "size": _("Alike in size"),
    "events": _("Events at which both are"),
}


REFUSALS = {
    "empty": _("%(field)s: nothing was written."),
    "no_single_value": _("%(field)s: a single value is needed here."),
    "too_long": _("%(field)s: %(signs)s signs, and %(most)s are the most."),
    "has_tags": _("%(field)s: plain text only; leave out the marks of a web page (< and >)."),
    "has_control_signs": _("%(field)s: there is a sign in it that cannot be shown."),
    "unknown_language": _("%(field)s: “%(typed)s” is no language known here; write de, fr, pl …"),
    "as_of_tomorrow": _("%(field)s: the day for which it holds lies in the future."),
    "wrong_check_digit": _(
        "%(field)s: “%(typed)s” cannot be right, its check digit does not fit. Look for two digits "
        "that changed places."
    ),
    "no_whole_number": _("%(field)s: “%(typed)s” is no whole number; write 64."),
    "no_number": _("%(field)s: “%(typed)s” is no number; write 0.5 or 2."),
    "too_much": _("%(field)s: more than %(most)s cannot be right."),
    "no_year": _("%(field)s: “%(typed)s” is no year from %(first)s to %(last)s."),
    "no_web_address": _("%(field)s: “%(typed)s” is no address of a page; write https://…"),
    "no_mail_address": _("%(field)s: “%(typed)s” is no mail address."),
    "no_day": _("%(field)s: “%(typed)s” is no day; write 2027-05-31."),
    "unknown_code": _("%(field)s: “%(typed)s” is not in the list of what can stand here."),
    "too_many": _("%(field)s: at most %(most)s."),
    "one_only": _("%(field)s: one only, and %(count)s were given."),
    "not_asked": _("%(field)s is not asked of a %(kind)s in this country."),
    "needed": _("%(field)s is needed."),
    "no_kind": _("“%(typed)s” is no kind of organisation known here."),
    "changed_meanwhile": _(
        "Somebody else saved this profile while you wrote. Both versions stand below; nothing of "
        "yours is lost."
    ),
    "last_administrator": _(
        "You are the only one who speaks for %(name)s. Invite a second person first, or retire the "
        "profile."
    ),
    "invited_otherwise": _(
        "This invitation was written to another address than those that you have confirmed. Log in "
        "with that address or add it to your account; or ask for an invitation of your own."
    ),
    "parts_exceed_total": _(
        "The members by kind are %(parts)s together, more than the %(total)s in all. Correct "
        "one of the figures."
    ),
    "already_administrator": _("You speak for %(name)s already."),
    "already_asked": _("You asked on %(day)s; the answer is due by %(due)s."),
    "domain_differs": _(
        "None of your confirmed addresses is at a domain of %(name)s. Ask with a sentence instead; "
        "an administrator or the office will look."
    ),
    "not_to_be_claimed": _("%(name)s has an owner; ask to join instead."),
    "already_decided": _("This was decided on %(day)s already."),
    "not_due": _("The administrators have until %(due)s to answer."),
    "reason_needed": _("A refusal needs a reason that says what would change it."),
    "not_submittable": _("A profile that is %(state)s cannot be handed in."),
    "nothing_to_submit": _("Name, country and kind are needed before a profile is handed in."),
    "already_merged": _("One of the two is merged already."),
    "merge_undone": _("This merge was taken apart on %(day)s."),
    "merged_on": _("Something was merged on top of this since; take that apart first."),
    "same_organisation": _("That is the same organisation."),
    "too_many_documents": _("At most %(most)s documents; take one away first."),
    "no_such_reason": _("There is no such reason to correct."),
    "too_many_searches": _("You keep %(most)s searches already; throw one away first."),
    "too_many_tokens": _("You have %(most)s keys already; revoke one first."),
    "revision_needed": _("Name the revision that you change: If-Match with the ETag you read."),
    "unknown_field": _("There is no field “%(field)s”."),
    "no_values": _("%(field)s: a value, or a list of values, is needed."),
    "already_member": _("%(member)s is a member already."),
    "members_before_start": _("A membership cannot end before it begins."),
}


# Getting in touch ---------------------------------------------------------------------------------


class Level(models.TextChoices):
    """Who may read a partner request."""

    PUBLIC = "public", _("Everybody")
    SPEAKERS = "speakers", _("Only people who speak for a published organisation")


class Outcome(models.TextChoices):
    """How a partner request ended."""

    HERE = "here", _("found through Hanse")
    ELSEWHERE = "elsewhere", _("found elsewhere")
    GIVEN_UP = "given_up", _("given up")


class InterestAnswer(models.TextChoices):
    """What the asking side says to an interest. A “no” stays with the asking side."""

    TALK = "talk", _("let us talk")
    DECLINED = "declined", _("no, thanks")


class IntroductionAnswer(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")


class Through(models.TextChoices):
    """How a message came."""

    PAGE = "page", _("on the page")
    LETTER = "letter", _("by the link in a letter")


# Currencies in which calls are announced: the euro, then those of the other Member States and of
# neighbours and partners (ISO 4217).
CURRENCIES = (
    "EUR", "BGN", "CZK", "DKK", "HUF", "PLN", "RON", "SEK", "ALL", "BAM", "CHF", "GBP", "ISK",
    "JPY", "KRW", "MDL", "MKD", "NOK", "RSD", "TRY", "UAH", "USD",
)  # fmt: skip

REFUSALS_IN_TOUCH: "Mapping[str, _StrPromise]" = {
    "no_zone": _("“%(typed)s” is no time zone known here; write Europe/Brussels."),
    "no_such_time": _(
        "%(time)s does not exist in %(zone)s: the clocks are put forward then. Write an hour later."
    ),
    "no_such_year": _(
        "The year %(year)s cannot be right; write one between %(first)s and %(last)s."
    ),
    "ends_before_start": _("The end lies before the beginning."),
    "is_over": _("That lies in the past: %(day)s."),
    "too_far": _("More than %(years)s years from now cannot be right."),
    "negative_budget": _("A budget is not below zero."),
    "budget_without_currency": _("A budget needs its currency."),
    "no_expiry": _("A request stands for %(least)s to %(most)s days."),
    "not_asked_yet": _("“By when” lies in the past: %(day)s."),
    "stays_confidential": _(
        "Others have said something to this request while it was for organisations only. It stays "
        "so; write a new one for everybody."
    ),
    "request_over": _("This request no longer stands."),
    "request_closed": _("This request was closed on %(day)s."),
    "own_request": _("This is your own organisation’s request."),
    "already_interested": _("%(name)s has said so on %(day)s; the other side has it."),
    "interest_answered": _("This was answered on %(day)s already."),
    "nobody_reads": _("Nobody reads here for %(name)s yet."),
    "cannot_be_sent": _("A message to %(name)s cannot be sent."),
    "you_block": _("You block %(name)s. Lift that first, then write."),
    "same_side": _("An organisation does not write to itself."),
    "too_many_threads": _(
        "%(name)s began %(most)s conversations within a day, and more would be taken for "
        "advertising. Go on tomorrow; answers are not counted."
    ),
    "nothing_written": _("Nothing was written."),
    "too_many_files": _("At most %(most)s files go with one message."),
    "already_reported": _("This conversation was reported on %(day)s; the office looks at it."),
    "already_settled": _("This was settled on %(day)s already."),
    "three_needed": _("An introduction needs two others, and they are not the same."),
    "already_introduced": _("You answered on %(day)s already."),
    "no_organisation": _("No published organisation has the address or name “%(typed)s”."),
    "speaks_no_longer": _("You no longer speak for %(name)s, so this link does nothing any more."),
}


class RowOutcome(models.TextChoices):
    """What an import does with a row."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    ALIKE = "alike", _("possibly here already")
    REFUSED = "refused", _("refused")


# Why a file, a row or a cell of an import is not taken, or only in part.
IMPORTS = {
    "empty_file": _("%(file)s is empty."),
    "file_too_large": _("%(file)s has %(size)s MB, and at most %(most)s MB are taken."),
    "unknown_kind_of_file": _("%(file)s is none of the files that are read: CSV, XLSX, JSON."),
    "not_a_workbook": _("%(file)s cannot be read as a workbook; save it again as XLSX or CSV."),
    "not_json": _("%(file)s is no JSON: line %(row)s cannot be read."),
    "not_a_list": _(
        "%(file)s holds no list of organisations: a list of objects is needed, or a profile.json "
        "of this platform."
    ),
    "not_text": _("%(file)s is no text: there is a sign in row %(row)s that no text holds."),
    "unknown_encoding": _("%(file)s is neither UTF-8 nor Windows-1252; save it as UTF-8."),
    "broken_csv": _("%(file)s: row %(row)s cannot be parted into cells; look at its quotes."),
    "no_heads": _("The first row holds no names of columns."),
    "no_rows": _("There are names of columns, and no row below them."),
    "too_many_rows": _("There are %(count)s rows, and at most %(most)s are taken at once."),
    "too_many_columns": _("There are %(count)s columns, and at most %(most)s are taken."),
    "column_twice": _("The columns “%(first)s” and “%(second)s” say the same thing; keep one."),
    "columns_missing": _("Columns are missing: %(columns)s."),
    "too_many_cells": _("The row has more cells than there are names of columns."),
    "formula": _("“%(typed)s” is a formula or its error; write the value itself."),
    "no_kind": _("“%(typed)s” is no kind of organisation known here."),
    "no_day": _("“%(typed)s” is no day; write 2027-05-31."),
    "source_needed": _("A listing needs the address of the page that says it."),
    "region_elsewhere": _("The region %(region)s does not lie in the country %(country)s."),
    "same_as_row": _("This is the organisation of row %(row)s of the same file."),
    "two_here": _("This row fits two organisations: %(first)s and %(second)s."),
    "no_such_profile": _("There is no profile “%(slug)s” for which you speak."),
    "speaks_for_itself": _("%(name)s speaks for itself; a listing changes nothing about it."),
    "not_of_a_listing": _("left out: only the organisation itself says this"),
    "figure_without_day": _("left out: “%(typed)s” comes without the day on which it was counted"),
    "no_ecosystem": _("left out: “%(typed)s” is no ecosystem"),
    "label_without_end": _(
        "left out: “%(typed)s” says no day until which the label is valid, so it cannot be shown "
        "as held"
    ),
    "words_as_competences": _("“%(typed)s” is no code of NACE; kept as competences: %(found)s"),
    "words_left_out": _("left out: “%(typed)s” is no code of NACE and names no known competence"),
    "column_not_read": _("The column “%(column)s” is not known here and was not read."),
    "changed_since_preview": _(
        "Something changed in the directory since the preview. Nothing was written; look at the "
        "new preview."
    ),
    "already_taken_in": _("This file was taken in on %(day)s already."),
    "not_taken_in": _("This file was not taken in, so there is nothing to undo."),
    "only_listings_undone": _("Only listings can be taken back as a whole."),
    "officers_only": _("Listings without an owner are made by the directory’s office."),
    "nothing_to_take_in": _("There is nothing in this file to be taken in."),
}
