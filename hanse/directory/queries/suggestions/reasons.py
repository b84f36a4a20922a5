"""The reasons behind a suggestion in sentences, for either side, and what speaks against it.

A reason names the piece it rests on (`have:powder-metallurgy`), so that “not true” can take that
piece out wherever it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.commons.competences.queries import broader_of, concepts_in
from hanse.directory.models import Fact, Organisation, OrganisationEvent
from hanse.directory.queries.notices import next_events
from hanse.directory.queries.partners import Ties, ties_between
from hanse.directory.queries.suggestions.asked import Seeker
from hanse.directory.queries.suggestions.evidence import complements
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.rules.searching import GIVING, NOT_STATED, WANTING, size_of
from hanse.directory.rules.suggesting import LEAST_QUOTIENT
from hanse.directory.rules.validation import members_of
from hanse.kit.folding import words_with_places
from hanse.kit.numbers import day
from hanse.kit.numbers import figure as written
from hanse.kit.stemming import stem
from hanse.observatory.queries.figures import NoRelease, best_year, serving_release
from hanse.observatory.queries.quotients import Quotient, quotients

MOST_OF_A_KIND = 2
MOST_NAMED = 3


@dataclass(frozen=True)
class Reason:
    """A sentence, the kind of evidence, the piece it rests on, and a figure that it cites."""

    kind: str
    says: str
    piece: str = ""
    quote: str = ""
    lang: str = ""
    figure: Quotient | None = None


@dataclass
class Sides:
    for_us: list[Reason] = field(default_factory=list)
    for_them: list[Reason] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)
    # Said once, on our side; on theirs where nothing else speaks for us.
    both: list[Reason] = field(default_factory=list)


Facts = Mapping[str, Sequence[Fact]]
Events = Mapping[int, OrganisationEvent]


def reasons_for(seeker: Seeker, candidates: Sequence[Organisation]) -> dict[int, Sides]:
    """Reasons for each candidate by its number, in a handful of queries."""
    numbers = [one.pk for one in candidates]
    facts = public_facts(numbers)
    ties = ties_between(seeker.organisation.pk, numbers)
    near = complements(seeker)
    events = next_events([seeker.organisation.pk, *numbers], timezone.now())
    return {
        one.pk: sides(seeker, one, facts[one.pk], ties[one.pk], near, events) for one in candidates
    }


def public_facts(numbers: Iterable[int]) -> defaultdict[int, dict[str, list[Fact]]]:
    found: defaultdict[int, dict[str, list[Fact]]] = defaultdict(dict)
    said = Fact.objects.filter(
        organisation__in=list(numbers), ended_at__isnull=True, is_public=True
    ).order_by("pk")
    for fact in said:
        found[fact.organisation_id].setdefault(fact.field, []).append(fact)
    return found


def sides(
    seeker: Seeker,
    other: Organisation,
    facts: Facts,
    ties: Ties,
    near: Mapping[str, float],
    events: Events,
) -> Sides:
    said = Sides()
    they_offer(seeker, facts, said)
    they_seek(seeker, facts, said)
    sectors(seeker, other, facts, near, said)
    past(ties, said)
    ecosystems(seeker, facts, said)
    places(seeker, other, facts, said)
    meetings(events.get(seeker.organisation.pk), events.get(other.pk), said)
    tongues(seeker, facts, said)
    sizes(seeker, facts, said)
    if not said.for_us:
        their_strength(facts, said)
    if not said.for_them:
        own_strength(seeker, said)
    if not said.for_them:
        said.for_them += said.both
    said.for_us += said.both
    return said


def they_offer(seeker: Seeker, facts: Facts, said: Sides) -> None:
    for slug, fact in naming(facts, GIVING, seeker.wants):
        if fact.organisation_id in seeker.struck_out("offers", slug):
            continue
        said.for_us.append(
            Reason(
                "they_offer",
                _("They have %(what)s") % {"what": word_of("competence", slug)},
                f"offers:{slug}@{fact.organisation_id}",
                quote_of(fact),
                fact.language,
            )
        )
    for one in seeker.target_words:
        for fact in facts_with_words(facts, one.stems):
            said.for_us.append(
                Reason("they_offer", _("It stands in their profile"), "", fact.value, fact.language)
            )


def they_seek(seeker: Seeker, facts: Facts, said: Sides) -> None:
    found: dict[str, Fact] = {}
    for name in WANTING:
        for fact in facts.get(name, ()):
            for slug in concepts_of_fact(fact):
                if slug in seeker.answers:
                    found.setdefault(slug, fact)
    for slug, fact in list(found.items())[:MOST_OF_A_KIND]:
        own = seeker.answers[slug]
        names = {"what": word_of("competence", slug), "own": word_of("competence", own)}
        says = _("They look for %(what)s, and you have it") % names
        if own != slug:
            says = _("They look for %(what)s, and you have %(own)s") % names
        said.for_them.append(
            Reason("they_seek", says, f"have:{own}", quote_of(fact), fact.language)
        )


def naming(facts: Facts, fields: Sequence[str], wanted: frozenset[str]) -> list[tuple[str, Fact]]:
    """The wanted concepts that facts name, each with the first fact that does."""
    found: dict[str, Fact] = {}
    for name in fields:
        for fact in facts.get(name, ()):
            for slug in concepts_of_fact(fact):
                for meant in (slug, *(one.slug for one in broader_of(slug))):
                    if meant in wanted:
                        found.setdefault(meant, fact)
    return list(found.items())[:MOST_OF_A_KIND]


def concepts_of_fact(fact: Fact) -> list[str]:
    if fact.field == "competence":
        return [str(fact.value)]
    return [one.concept.slug for one in concepts_in(str(fact.value))]


def quote_of(fact: Fact) -> str:
    """The words of the fact; a code says nothing more than the reason itself."""
    return "" if fact.field == "competence" else str(fact.value)


def facts_with_words(facts: Facts, stems: Sequence[str]) -> list[Fact]:
    return [
        fact
        for name in GIVING
        if name != "competence"
        for fact in facts.get(name, ())
        if set(stems) <= {stem(word) for word, _s, _e in words_with_places(str(fact.value))}
    ][:1]


def sectors(
    seeker: Seeker, other: Organisation, facts: Facts, near: Mapping[str, float], said: Sides
) -> None:
    theirs = {str(fact.value) for fact in facts.get("sector", ())}
    shared = sorted(
        (c for c in theirs & near.keys() if other.pk not in seeker.struck_out("theirs", c)),
        key=lambda code: -near[code],
    )
    for code in shared[:1]:
        cited = figure_of(other.region, code)
        if cited and cited.value is not None and cited.value >= LEAST_QUOTIENT:
            said.for_us.append(
                Reason(
                    "sectors",
                    they_are_in(code, cited),
                    f"theirs:{code}@{other.pk}",
                    figure=cited,
                )
            )
    for code in sorted(seeker.sectors - theirs):
        cited = figure_of(seeker.region, code)
        if theirs and cited and cited.value is not None and cited.value >= LEAST_QUOTIENT:
            said.for_them.append(
                Reason(
                    "sectors",
                    you_are_in(code, cited),
                    f"sector:{code}",
                    figure=cited,
                )
            )
            break


def their_strength(facts: Facts, said: Sides) -> None:
    """What they are at home in, where nothing of it was asked for."""
    competences = [word_of("competence", str(one.value)) for one in facts.get("competence", ())]
    sectors = [word_of("sector", str(one.value)) for one in facts.get("sector", ())]
    if known := (competences or sectors)[:MOST_NAMED]:
        says = _("They are at home in %(what)s") % {"what": ", ".join(known)}
        said.for_us.append(Reason("sectors", says))


def own_strength(seeker: Seeker, said: Sides) -> None:
    """What they would get where nothing narrower is known: the strongest of your own sectors."""
    figures = [figure_of(seeker.region, code) for code in seeker.sectors]
    known = [one for one in figures if one and one.value is not None]
    best = max(known, key=lambda one: one.value or 0, default=None)
    if best:
        said.for_them.append(
            Reason(
                "sectors",
                you_are_in(best.sector, best),
                f"sector:{best.sector}",
                figure=best,
            )
        )


def they_are_in(code: str, cited: Quotient) -> str:
    says = _(
        "They are in %(sector)s; %(region)s, where they are, has a location quotient of %(lq)s"
    )
    return says % sector_words(code, cited)


def you_are_in(code: str, cited: Quotient) -> str:
    says = _("You are in %(sector)s; your region %(region)s has a location quotient of %(lq)s")
    return says % sector_words(code, cited)


def sector_words(code: str, cited: Quotient) -> dict[str, str]:
    return {
        "sector": word_of("sector", code),
        "region": word_of("region", cited.region),
        "lq": written(cited.value, 1),
    }


def figure_of(region: str, sector: str) -> Quotient | None:
    try:
        release = serving_release()
    except NoRelease:
        return None
    return quotients(release, best_year(release)).get(region, {}).get(sector)


def past(ties: Ties, said: Sides) -> None:
    if ties.partners:
        named = ", ".join(ties.partners[:MOST_NAMED])
        more = len(ties.partners) - MOST_NAMED
        says = _("Both of you worked with %(names)s") % {"names": named}
        if more > 0:
            says = _("Both of you worked with %(names)s and %(count)s more") % {
                "names": named,
                "count": more,
            }
        said.both.append(Reason("projects", says))
    elif ties.programmes:
        named = ", ".join(ties.programmes[:MOST_NAMED])
        says = _("Both of you took part in %(programmes)s") % {"programmes": named}
        said.both.append(Reason("projects", says))
    if ties.projects:
        names = ", ".join(project.acronym for project in ties.projects[:MOST_NAMED])
        said.against.append(
            Reason("projects", _("You know each other already, from %(names)s") % {"names": names})
        )


def ecosystems(seeker: Seeker, facts: Facts, said: Sides) -> None:
    theirs = {str(fact.value) for fact in facts.get("ecosystem", ())}
    for code in sorted(theirs & seeker.ecosystems)[:1]:
        says = _("Both of you are in the ecosystem %(ecosystem)s") % {
            "ecosystem": word_of("ecosystem", code)
        }
        said.both.append(Reason("ecosystem", says, f"ecosystem:{code}"))


def meetings(ours: OrganisationEvent | None, theirs: OrganisationEvent | None, said: Sides) -> None:
    """Where both have an event soon, each can be met at the other's."""
    if ours and theirs:
        says = _("You can meet them on %(day)s") % {"day": day(theirs.starts_there)}
        said.for_us.append(Reason("events", says, "", theirs.title, theirs.language))
        says = _("They can meet you on %(day)s") % {"day": day(ours.starts_there)}
        said.for_them.append(Reason("events", says, "", ours.title, ours.language))


def places(seeker: Seeker, other: Organisation, facts: Facts, said: Sides) -> None:
    if other.country in seeker.countries:
        says = _("%(country)s is one of your target countries") % {
            "country": word_of("country", other.country)
        }
        said.for_us.append(Reason("countries", says, f"country:{other.country}"))
    targets = {str(fact.value) for fact in facts.get("target_country", ())}
    if seeker.organisation.country in targets:
        says = _("%(country)s is one of their target countries") % {
            "country": word_of("country", seeker.organisation.country)
        }
        said.for_them.append(Reason("countries", says))


def tongues(seeker: Seeker, facts: Facts, said: Sides) -> None:
    theirs = {str(fact.value) for fact in facts.get("language", ())}
    shared = sorted(theirs & seeker.languages)
    if shared:
        named = ", ".join(word_of("language", code) for code in shared[:MOST_NAMED])
        says = _("Both of you work in %(languages)s") % {"languages": named}
        said.both.append(Reason("languages", says))
    elif theirs and seeker.languages:
        said.against.append(Reason("languages", _("No shared working language is stated")))


def sizes(seeker: Seeker, facts: Facts, said: Sides) -> None:
    values = {name: [fact.value for fact in some] for name, some in facts.items()}
    theirs = size_of(members_of(values))
    if NOT_STATED not in (theirs, seeker.size) and theirs == seeker.size:
        said.for_us.append(Reason("size", _("About as many members as you")))
    if not any(fact.field != "name" for some in facts.values() for fact in some):
        said.against.append(Reason("size", _("Little is said of them yet")))
