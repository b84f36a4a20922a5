"""What the criteria say about an organisation now, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from hanse.directory.models import Organisation, Waiver
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.rules.validation import VALIDATED, assess_profile
from hanse.directory.words import FIELDS, Kind
from hanse.engines.rules import Answer, Assessment, Outcome, Want
from hanse.kit.numbers import figure


@dataclass(frozen=True)
class RuleSaid:
    """One line of a rule list: its answer, its words, the fact beside it, what would change it."""

    answer: str
    says: str
    fact: str
    change: str
    source: str


def values_of(organisation: Organisation) -> dict[str, list[Any]]:
    """Everything that is said now, by field."""
    values: dict[str, list[Any]] = {}
    said = organisation.facts.filter(ended_at__isnull=True)
    for field, value in said.order_by("pk").values_list("field", "value"):
        values.setdefault(field, []).append(value)
    return values


def valid_waiver(organisation: Organisation) -> Waiver | None:
    today = timezone.localdate()
    return (
        organisation.waivers.filter(withdrawn_at__isnull=True)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
        .first()
    )


def assessment_of(
    organisation: Organisation, values: Mapping[str, Sequence[Any]] | None = None
) -> Assessment | None:
    """The answers of the criteria; None for kinds that they are not written for."""
    if organisation.kind not in VALIDATED:
        return None
    waiver = valid_waiver(organisation) if organisation.pk else None
    given = values_of(organisation) if values is None else values
    return assess_profile(given, waiver.programme if waiver else None)


def said_by_rules(assessed: Assessment) -> list[RuleSaid]:
    return [rule_said(outcome) for outcome in assessed.outcomes]


def rule_said(outcome: Outcome) -> RuleSaid:
    rule = outcome.rule
    language = get_language() or "en"
    return RuleSaid(
        answer=outcome.answer.value,
        says=rule.says.get(language, rule.says["en"]),
        fact=facts_in_words(outcome.finding.used),
        change="" if outcome.answer is Answer.MET else _changes(outcome.finding.wants),
        source=rule.source,
    )


def facts_in_words(used: Mapping[str, Any]) -> str:
    known = [
        _("%(fact)s: %(value)s") % {"fact": name_of(fact), "value": _value_in_words(fact, value)}
        for fact, value in used.items()
        if value is not None
    ]
    return "; ".join(known)


def _value_in_words(fact: str, value: Any) -> str:
    if fact == "member_kinds":
        return ", ".join(str(FIELDS[f"members_{kind}"].label) for kind in value) or _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return figure(value, 0 if float(value).is_integer() else 1)
    if isinstance(value, str):
        return _code_in_words(fact, value)
    return ", ".join(_code_in_words(fact, str(one)) for one in value)


def _code_in_words(fact: str, code: str) -> str:
    """What a code means: of a field of the profile, or of a fact that only rules know."""
    if fact == "kind":
        return str(Kind(code).label) if code in Kind.values else code
    if fact in CODES:
        return str(CODES[fact].get(code, code))
    about = FIELDS.get(fact)
    return word_of(about.vocabulary, code) if about and about.vocabulary else code


CODES: Mapping[str, Mapping[str, Any]] = {
    "country_group": {
        "member": pgettext_lazy("a group of countries", "Member States of the Union"),
        "associated": pgettext_lazy("a group of countries", "associated countries"),
        "other": pgettext_lazy("a group of countries", "other countries"),
    },
    "profile_state": {
        "published": pgettext_lazy("a profile", "published"),
        "requested": pgettext_lazy("a profile", "handed in"),
        "draft": pgettext_lazy("a profile", "not handed in"),
    },
}


def _changes(wants: Sequence[Want]) -> str:
    return " ".join(_change(want) for want in wants)


def _change(want: Want) -> str:
    facts = {"fact": name_of(want.fact), "value": want.value}
    if want.comparison in ("at_least", "count_at_least") and want.missing is not None:
        missing = figure(want.missing, 0 if float(want.missing).is_integer() else 2)
        return _("%(missing)s more would do.") % {"missing": missing}
    if want.comparison in ("at_least", "count_at_least"):
        return _("Say %(fact)s: at least %(value)s are needed.") % facts
    if want.comparison == "includes":
        return _("Say %(fact)s; “%(value)s” must be among them.") % facts
    if want.comparison in ("one_of", "includes_any"):
        facts["values"] = ", ".join(_code_in_words(want.fact, str(one)) for one in want.value)
        return _("%(fact)s: one of these would do: %(values)s.") % facts
    if want.comparison == "filled":
        return _("Say %(fact)s.") % facts
    return ""


def name_of(fact: str) -> str:
    names = {
        "members": _("members in all"),
        "member_kinds": _("kinds of member"),
        "country": _("country"),
        "country_group": _("group of countries"),
        "kind": _("kind of organisation"),
        "profile_state": _("profile in the directory"),
        "waiver": _("waiver"),
    }
    if fact in names:
        return names[fact]
    return str(FIELDS[fact].label) if fact in FIELDS else fact
