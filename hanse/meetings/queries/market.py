"""Who takes part in the meetings of an event, as a participant finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from hanse.directory.models import Fact
from hanse.directory.queries.search import Question, search
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.words import Kind
from hanse.kit.folding import fold
from hanse.kit.numbers import country
from hanse.meetings.models import Marketplace, Party, Representative, Wish
from hanse.meetings.queries.times import last_answer
from hanse.meetings.rules.wishing import WISHES, standing_of
from hanse.meetings.words import WANTED, Standing, Strength

MOST_CODES = 6


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among those who take part."""

    text: str = ""
    country: str = ""
    kind: str = ""
    sector: str = ""
    said: str = ""

    def __bool__(self) -> bool:
        return any((self.text, self.country, self.kind, self.sector, self.said))


@dataclass(frozen=True)
class Between:
    """What two parties have to do with each other, as far as the first of them may know."""

    own: Wish | None = None
    theirs: Wish | None = None
    standing: Standing | None = None

    @property
    def said(self) -> str:
        return self.own.strength if self.own else ""

    @property
    def says(self) -> str:
        return self.own.says if self.own else ""

    @property
    def asks(self) -> bool:
        """They would like to meet, and wait for our answer."""
        return self.theirs is not None and self.own is None


@dataclass(frozen=True)
class Listed:
    """A party as the list shows it to one of the others."""

    party: Party
    sectors: Sequence[str] = ()
    competences: Sequence[str] = ()
    between: Between = field(default_factory=Between)
    is_own: bool = False


def parties_there(market: Marketplace) -> QuerySet[Party]:
    return Party.objects.filter(marketplace=market, left_at__isnull=True).select_related(
        "organisation"
    )


def parties_found(market: Marketplace, wanted: Wanted, own: Party | None) -> list[int]:
    """Their numbers, by name; a page of them is read by `parties_of`.

    Words are sought in what parties wrote, and in profiles by meaning, in any language: whose
    profile fits comes first, the best before the others.
    """
    found = parties_there(market)
    if wanted.country:
        found = found.filter(country=wanted.country)
    if wanted.kind:
        found = found.filter(organisation__kind=wanted.kind)
    if wanted.sector:
        having = Fact.objects.filter(
            field="sector", value=wanted.sector, ended_at__isnull=True, is_public=True
        )
        found = found.filter(organisation__in=having.values("organisation"))
    if wanted.said and own is not None:
        found = _said(found, wanted.said, own)
    if not wanted.text:
        return _by_name(found)
    order = {number: place for place, number in enumerate(_numbers(wanted.text))}
    written = Q()
    for word in wanted.text.split()[:8]:
        written &= (
            Q(name__icontains=word)
            | Q(about__icontains=word)
            | Q(offers__icontains=word)
            | Q(seeks__icontains=word)
        )
    matching = set(found.filter(written).values_list("pk", flat=True))
    last = len(order)
    places = {
        number: order.get(organisation or 0, last)
        for number, organisation in found.values_list("pk", "organisation")
        if number in matching or organisation in order
    }
    return sorted(
        (number for number in _by_name(found) if number in places), key=places.__getitem__
    )


def _by_name(found: QuerySet[Party]) -> list[int]:
    named = found.order_by("pk").values_list("pk", "name")
    return [number for number, _name in sorted(named, key=lambda one: fold(one[1]))]


def parties_of(numbers: Iterable[int]) -> list[Party]:
    """The parties of a page, in its order."""
    wanted = list(numbers)
    found = Party.objects.select_related("organisation").in_bulk(wanted)
    return [found[one] for one in wanted if one in found]


def _said(found: QuerySet[Party], said: str, own: Party) -> QuerySet[Party]:
    mine = Wish.objects.filter(wisher=own)
    if said == "nothing":
        return found.exclude(pk__in=mine.values("wished")).exclude(pk=own.pk)
    return found.filter(pk__in=mine.filter(strength=said).values("wished"))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in search(Question(text)).numbers]


def listed(page: Iterable[Party], market: Marketplace, own: Party | None) -> list[Listed]:
    """A page of the list in a few queries, whatever its length."""
    parties = list(page)
    codes = codes_of([one.organisation_id for one in parties if one.organisation_id])
    between = between_of(own, market, [one.pk for one in parties]) if own else {}
    return [
        Listed(
            party=one,
            sectors=codes.get((one.organisation_id or 0, "sector"), ()),
            competences=codes.get((one.organisation_id or 0, "competence"), ()),
            between=between.get(one.pk, Between()),
            is_own=own is not None and own.pk == one.pk,
        )
        for one in parties
    ]


def codes_of(organisations: Iterable[int]) -> Mapping[tuple[int, str], list[str]]:
    """Sectors and competences of public profiles, in words."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    facts = Fact.objects.filter(
        organisation__in=list(organisations),
        field__in=("sector", "competence"),
        ended_at__isnull=True,
        is_public=True,
    ).order_by("pk")
    for fact in facts:
        words = found[fact.organisation_id, fact.field]
        if len(words) < MOST_CODES:
            vocabulary = "sector" if fact.field == "sector" else "competence"
            words.append(word_of(vocabulary, str(fact.value)))  # type: ignore[arg-type]
    return found


def between_of(
    own: Party, market: Marketplace, others: Iterable[int] | None = None
) -> dict[int, Between]:
    """By the number of the other party. What they said “no thanks” to is not in it, ever."""
    wishes = Wish.objects.filter(Q(wisher=own) | Q(wished=own)).select_related("wisher", "wished")
    if others is not None:
        some = list(others)
        wishes = wishes.filter(Q(wisher__in=some) | Q(wished__in=some))
    mine: dict[int, Wish] = {}
    theirs: dict[int, Wish] = {}
    for one in wishes:
        if one.wisher_id == own.pk:
            mine[one.wished_id] = one
        else:
            theirs[one.wisher_id] = one
    now, last = timezone.now(), last_answer(market)
    found: dict[int, Between] = {}
    for number in mine.keys() | theirs.keys():
        wish, answer = mine.get(number), theirs.get(number)
        standing = None
        if wish is not None and wish.strength in WANTED:
            standing = standing_of(
                wish.made_at,
                answer.strength if answer else "",
                answer.made_at if answer else None,
                now,
                last,
            )
        shown = answer if answer is not None and answer.strength in WANTED else None
        found[number] = Between(wish, shown, standing)
    return found


@dataclass(frozen=True)
class Choices:
    """What there is to filter by."""

    countries: Sequence[str]
    kinds: Sequence[tuple[str, str]]
    sectors: Sequence[tuple[str, str]]


def choices_in(market: Marketplace) -> Choices:
    rows = parties_there(market).order_by().values_list("country", "organisation__kind")
    countries = sorted({code for code, _kind in rows if code}, key=lambda code: fold(country(code)))
    present = {kind for _country, kind in rows if kind}
    sectors = (
        Fact.objects.filter(
            organisation__in=parties_there(market).order_by().values("organisation"),
            field="sector",
            ended_at__isnull=True,
            is_public=True,
        )
        .order_by()
        .values_list("value", flat=True)
        .distinct()
    )
    named = sorted(
        ((str(code), word_of("sector", str(code))) for code in sectors),
        key=lambda one: fold(one[1]),
    )
    return Choices(
        countries, [(code, str(word)) for code, word in Kind.choices if code in present], named
    )


@dataclass(frozen=True)
class Quota:
    """How many wishes a party has said, of how many."""

    wishes: int
    musts: int
    noes: int
    waiting: int


def quota_of(own: Party) -> Quota:
    """`waiting`: wishes of others that it has not answered."""
    said = list(
        Wish.objects.filter(wisher=own, wished__left_at__isnull=True).values_list(
            "strength", "wished"
        )
    )
    answered = {wished for _strength, wished in said}
    asked = Wish.objects.filter(wished=own, strength__in=WANTED, wisher__left_at__isnull=True)
    return Quota(
        wishes=sum(strength in WISHES for strength, _wished in said),
        musts=sum(strength == Strength.MUST for strength, _wished in said),
        noes=sum(strength == Strength.NO for strength, _wished in said),
        waiting=sum(one not in answered for one in asked.values_list("wisher", flat=True)),
    )


def people_of(party: Party) -> list[Representative]:
    return list(party.representatives.select_related("registration"))
