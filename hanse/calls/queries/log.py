"""The trail of a call and its applications, each line as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hanse.calls.models import Application, Call
from hanse.calls.queries.desk import log_of
from hanse.calls.queries.preview import bar_name, said_of
from hanse.calls.rules.cut_offs import day_there
from hanse.calls.rules.quotas import Bar, Limit, read_limits
from hanse.calls.words import LETTERS, ApplicationState, Bound
from hanse.commons.audit.models import AuditEntry
from hanse.commons.people.models import Person
from hanse.kit.numbers import day, figure
from hanse.kit.phrases import COLON, MET, NOT_KNOWN, SEMICOLON, UNMET
from hanse.kit.said import language_name

OFFICERS = ("appoint_officer", "dismiss_officer")


@dataclass(frozen=True)
class Told:
    """One line: when, who, about which application, and what was done."""

    line: AuditEntry
    application: Application | None
    says: str


@dataclass(frozen=True)
class Names:
    """What the numbers and codes of the trail are called now."""

    call: Call
    criteria: Mapping[str, str]
    officers: Mapping[int, str]


def decisions_made(call: Call) -> int:
    return log_of(call).filter(action="decide_application").count()


def told(call: Call, lines: Iterable[AuditEntry]) -> list[Told]:
    """For one line or many in the same few questions."""
    listed = list(lines)
    numbers = {one.object_id for one in listed if one.object_type == "calls.application"}
    about = {
        str(one.pk): one
        for one in call.applications.filter(pk__in=numbers).select_related("organisation")
    }
    names = Names(call, {one.code: one.said for one in call.criteria.all()}, _officers(listed))
    return [
        Told(one, about.get(one.object_id) if one.object_type == "calls.application" else None,
             in_words(one, names))
        for one in listed
    ]  # fmt: skip


def _officers(lines: Sequence[AuditEntry]) -> Mapping[int, str]:
    named = [one for one in lines if one.action in OFFICERS]
    numbers = [(one.after or one.before or {}).get("officer", 0) for one in named]
    return {one.pk: str(one) for one in Person.objects.filter(pk__in=numbers)}


def in_words(line: AuditEntry, names: Names) -> str:
    """What was done; its code where it has no words."""
    say = SAYS.get(line.action)
    if say is None:
        return line.action.replace("_", " ")
    before, after = ({} if one is None else one for one in (line.before, line.after))
    return say(before, after, names)


Facts = Mapping[str, Any]
Say = Callable[[Facts, Facts, Names], str]


def _made(_before: Facts, after: Facts, _names: Names) -> str:
    count = after.get("places", 0)
    made = ngettext(
        "made the call, with %(count)s place", "made the call, with %(count)s places", count
    )
    return made % {"count": figure(count)}


def _changed(before: Facts, after: Facts, names: Names) -> str:
    """Only what reads otherwise than before."""
    parts = [
        _("%(what)s: %(before)s before, %(after)s now")
        % {
            "what": what,
            "before": write(before.get(name), names) or _("none"),
            "after": write(after.get(name), names) or _("none"),
        }
        for name, what, write in (
            ("places", pgettext("of a call", "places"), lambda count, _names: figure(count)),
            ("cut_offs", _("cut-offs"), _days),
            ("quotas", _("quotas"), _limits),
            ("rules", _("version of the rules"), lambda number, _names: str(number or "")),
        )
        if before.get(name) != after.get(name)
    ]
    return str(SEMICOLON).join([_("changed the call"), *parts])


def _days(moments: Sequence[str] | None, names: Names) -> str:
    return ", ".join(
        day(day_there(datetime.fromisoformat(one), names.call.zone)) for one in moments or ()
    )


def _limits(written: Sequence[str] | None, _names: Names) -> str:
    limits = read_limits("\n".join(" ".join(one.split()) for one in written or ()))
    return ", ".join(
        f"{bar_name(one)} {Bound(one.bound).label} {figure(one.number)}" for one in limits
    )


def _appointed(_before: Facts, after: Facts, names: Names) -> str:
    return _("made %(name)s an officer") % {"name": _officer(after, names)}


def _dismissed(before: Facts, _after: Facts, names: Names) -> str:
    return _("took the office from %(name)s") % {"name": _officer(before, names)}


def _officer(facts: Facts, names: Names) -> str:
    return names.officers.get(facts.get("officer", 0)) or _("somebody since erased")


def _sent(_before: Facts, after: Facts, _names: Names) -> str:
    revision = after.get("revision", 1)
    parts = [
        _("sent the application")
        if revision == 1
        else _("sent the application again, as version %(number)s") % {"number": revision},
        _("late") if after.get("late") else "",
    ]
    answers = {"met": MET, "unmet": UNMET, "unknown": NOT_KNOWN}
    if answer := answers.get(after.get("answer", "")):
        parts.append(_("rules: %(answer)s") % {"answer": answer})
    return str(SEMICOLON).join(part for part in parts if part)


def _marked(_before: Facts, after: Facts, names: Names) -> str:
    given = [f"{names.criteria.get(code, code)} {points}" for code, points in after.items()]
    return _("gave points: %(points)s") % {"points": ", ".join(given)}


def _decided(before: Facts, after: Facts, _names: Names) -> str:
    parts = [_("decided: %(state)s") % {"state": _state(after)}]
    if was := _state(before):
        parts.append(_("before: %(state)s") % {"state": was})
    if over := [_over(one) for one in after.get("over", ())]:
        parts.append(_("over the quota: %(quotas)s") % {"quotas": ", ".join(over)})
    return str(SEMICOLON).join(parts)


def _over(one: Any) -> str:
    bar = Bar(Limit(**one["limit"]), one["before"], one["after"])
    return f"{bar_name(bar.limit)}{COLON}{said_of(bar)}"


def _told(_before: Facts, after: Facts, _names: Names) -> str:
    return _("wrote to its side: %(state)s") % {"state": _state({"state": after.get("outcome")})}


def _state(facts: Facts) -> str:
    state = facts.get("state", "")
    return str(ApplicationState(state).label) if state in ApplicationState.values else str(state)


def _ended(_before: Facts, after: Facts, _names: Names) -> str:
    count = after.get("told", 0)
    ended = ngettext(
        "ended the evaluation of cut-off %(number)s; %(count)s was told then",
        "ended the evaluation of cut-off %(number)s; %(count)s were told then",
        count,
    )
    return ended % {"number": after.get("cut_off"), "count": figure(count)}


def _worded(_before: Facts, after: Facts, _names: Names) -> str:
    return _("worded the letter “%(letter)s” (%(language)s)") % _letter(after)


def _worded_as_ours(_before: Facts, after: Facts, _names: Names) -> str:
    return _("took our words of the letter “%(letter)s” again (%(language)s)") % _letter(after)


def _letter(facts: Facts) -> dict[str, str]:
    code = facts.get("letter", "")
    return {
        "letter": str(LETTERS.get(code, code)),
        "language": language_name(facts.get("language", "")),
    }


SAYS: Mapping[str, Say] = {
    "make_call": _made,
    "change_call": _changed,
    "appoint_officer": _appointed,
    "dismiss_officer": _dismissed,
    "publish_call": lambda *_facts: _("published the call"),
    "close_call": lambda *_facts: _("closed the call"),
    "word_letter": _worded,
    "word_letter_as_ours": _worded_as_ours,
    "begin_application": lambda *_facts: _("began the application"),
    "send_application": _sent,
    "withdraw_application": lambda *_facts: _("withdrew the application"),
    "give_back_place": lambda *_facts: _("gave the place back"),
    "mark_application": _marked,
    "decide_application": _decided,
    "tell_applicant": _told,
    "end_evaluation": _ended,
    "hand_in_summary": lambda *_facts: _("handed the summary in"),
    "edit_summary": lambda *_facts: _("edited the summary"),
}
