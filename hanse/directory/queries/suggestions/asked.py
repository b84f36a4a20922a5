"""Who asks for suggestions: what they have and look for, less what they said is not true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hanse.commons.competences.queries import broader_of, concepts_in, vocabulary
from hanse.directory.models import Correction, Fact, Organisation
from hanse.directory.queries.search import Asked, meant_by
from hanse.directory.rules.searching import GIVING, WANTING, size_of
from hanse.directory.rules.suggesting import DEFAULT_WEIGHTS, Ties
from hanse.directory.rules.validation import members_of
from hanse.directory.words import CorrectionKind


@dataclass(frozen=True)
class Seeker:
    """What is known of whoever asks. Each piece is named as a reason names it (`have:hydrogen`),
    so that a correction can take it out."""

    organisation: Organisation
    target: str = ""
    has: frozenset[str] = frozenset()
    # What others may look for and this one has, with the concept of its own that answers it.
    answers: Mapping[str, str] = field(default_factory=dict)
    wants: frozenset[str] = frozenset()
    target_words: tuple[Asked, ...] = ()
    sectors: frozenset[str] = frozenset()
    target_sectors: frozenset[str] = frozenset()
    ecosystems: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    size: str = ""
    weights: Mapping[str, float] = field(default_factory=lambda: DEFAULT_WEIGHTS)
    ties: Ties = "any"
    diverse: bool = True
    not_true: frozenset[str] = frozenset()
    declined: frozenset[int] = frozenset()

    def struck_out(self, kind: str, code: str) -> list[int]:
        """Organisations of whom this is not true, by their numbers: `offers:hydrogen@7`."""
        start = f"{kind}:{code}@"
        return [int(one.removeprefix(start)) for one in self.not_true if one.startswith(start)]

    @property
    def region(self) -> str:
        return self.organisation.region


def seeker_of(
    organisation: Organisation,
    target: str = "",
    *,
    weights: Mapping[str, float] | None = None,
    ties: Ties = "any",
    diverse: bool = True,
) -> Seeker:
    """Read what an organisation says of itself; its own private facts are not used."""
    facts: dict[str, list[Fact]] = {}
    for fact in organisation.facts.filter(ended_at__isnull=True, is_public=True):
        facts.setdefault(fact.field, []).append(fact)
    wrong, declined = corrections_of(organisation)

    def values(name: str) -> frozenset[str]:
        return frozenset(str(fact.value) for fact in facts.get(name, ()))

    target = " ".join(target.split())[:200]
    meant = tuple(meant_by(target)) if target else ()
    named = frozenset(one.concept.slug for one in meant if one.concept)
    has = without(wrong, "have", concepts_said(facts, GIVING))
    return Seeker(
        organisation=organisation,
        target=target,
        has=has,
        answers=answered_by(has),
        wants=without(wrong, "want", named if target else concepts_said(facts, WANTING)),
        target_words=tuple(one for one in meant if not one.concept),
        sectors=without(wrong, "sector", values("sector")),
        target_sectors=sectors_of(named),
        ecosystems=without(wrong, "ecosystem", values("ecosystem")),
        languages=values("language"),
        countries=without(wrong, "country", values("target_country")),
        size=size_of(members_of({name: [f.value for f in said] for name, said in facts.items()})),
        weights={**DEFAULT_WEIGHTS, **(weights or {})},
        ties=ties,
        diverse=diverse,
        not_true=wrong,
        declined=declined,
    )


def answered_by(has: frozenset[str]) -> dict[str, str]:
    """Whoever has something narrow has what is broader, too; not the other way round."""
    answers = {one.slug: slug for slug in sorted(has) for one in broader_of(slug)}
    return answers | {slug: slug for slug in has}


def without(wrong: frozenset[str], kind: str, codes: frozenset[str]) -> frozenset[str]:
    return frozenset(code for code in codes if f"{kind}:{code}" not in wrong)


def concepts_said(facts: Mapping[str, list[Fact]], fields: tuple[str, ...]) -> frozenset[str]:
    """The concepts that some fields name, as narrow as they are named."""
    found: set[str] = set()
    for name in fields:
        for fact in facts.get(name, ()):
            if name == "competence":
                found.add(str(fact.value))
            else:
                found |= {one.concept.slug for one in concepts_in(str(fact.value))}
    return frozenset(found)


def sectors_of(concepts: frozenset[str]) -> frozenset[str]:
    """Divisions in which concepts are made; of one without any those of what is broader."""
    known = vocabulary().concepts
    found: set[str] = set()
    for slug in concepts:
        chain = [known[slug], *broader_of(slug)]
        found |= set(next((one.nace for one in chain if one.nace), ()))
    return frozenset(found)


def corrections_of(organisation: Organisation) -> tuple[frozenset[str], frozenset[int]]:
    """Reasons that are not true, and organisations that were declined."""
    standing = list(Correction.objects.filter(organisation=organisation, undone_at__isnull=True))
    return (
        frozenset(one.evidence for one in standing if one.kind == CorrectionKind.NOT_TRUE),
        frozenset(one.candidate_id for one in standing if one.candidate_id),
    )
