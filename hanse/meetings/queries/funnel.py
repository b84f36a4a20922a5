"""What became of the meetings of an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hanse.kit.folding import fold
from hanse.kit.numbers import country
from hanse.meetings.models import Marketplace, Outcome
from hanse.meetings.queries.pairs import market_pairs
from hanse.meetings.queries.standing import standing_meetings, standing_of
from hanse.meetings.rules.funnel import Funnel, Group, Met, Side, funnel, groups


@dataclass(frozen=True)
class Division:
    """The parties divided in one way; names in the reader's language."""

    code: str
    title: str
    head: str
    rows: Sequence[tuple[str, Group]]


@dataclass(frozen=True)
class Outcomes:
    """The funnel of an event, and how it was for whom."""

    funnel: Funnel
    divisions: Sequence[Division]


def outcomes_of(marketplace: Marketplace) -> Outcomes:
    """A handful of queries, whatever the size."""
    said: dict[int, dict[int, Side]] = {}
    for one in Outcome.objects.filter(meeting__marketplace=marketplace):
        said.setdefault(one.meeting_id, {})[one.party_id] = Side(
            took_place=one.took_place,
            again=one.again,
            follow_up=bool(one.follow_up),
            asked_later=one.asked_later_at is not None,
            cooperation=one.cooperation,
        )
    meetings = [
        Met(standing_of(one).parties, one.state, said.get(one.pk, {}))
        for one in standing_meetings(marketplace)
    ]
    pairs = market_pairs(marketplace)
    wanted = [frozenset((one.first, one.second)) for one in pairs.planned]
    parties = list(marketplace.parties.filter(left_at__isnull=True).select_related("organisation"))
    by: Mapping[str, tuple[str, str, Mapping[int, str], Mapping[str, str]]] = {
        "country": (
            _("By country"),
            _("Country"),
            {one.pk: one.country for one in parties},
            {one.country: country(one.country) for one in parties if one.country},
        ),
        "kind": (
            _("By kind of organisation"),
            _("Kind"),
            {one.pk: one.organisation.kind if one.organisation else "" for one in parties},
            {
                one.organisation.kind: str(one.organisation.get_kind_display())
                for one in parties
                if one.organisation
            },
        ),
        "newcomer": (
            _("Newcomers and others"),
            _("Whether they came for the first time"),
            {one.pk: "newcomer" if one.is_newcomer else "other" for one in parties},
            {"newcomer": _("for the first time"), "other": _("came before, or not known")},
        ),
    }
    return Outcomes(
        funnel(
            wished=pairs.asked,
            accepted=len(wanted),
            parties=len(parties),
            meetings=meetings,
        ),
        [
            Division(
                code,
                title,
                head,
                sorted(
                    (
                        (names.get(group, _("not known")), row)
                        for group, row in groups(of_party, wanted, meetings).items()
                    ),
                    key=lambda one: (-one[1].parties, fold(one[0])),
                ),
            )
            for code, (title, head, of_party, names) in by.items()
        ],
    )


def said_next(marketplace: Marketplace, most: int = 500) -> list[tuple[str, str]]:
    """What sides say comes next, in their words, the latest first: who, and what."""
    found = (
        Outcome.objects.filter(meeting__marketplace=marketplace)
        .exclude(follow_up="")
        .order_by("-at")
        .values_list("party__name", "follow_up")
    )
    return list(found[:most])
