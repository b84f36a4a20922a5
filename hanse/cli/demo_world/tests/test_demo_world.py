import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from django.conf import settings

from hanse.cli import demo_world
from hanse.cli.demo_world import members, profiles, special, tables
from hanse.cli.demo_world.invented import InventedFact, InventedOrganisation
from hanse.cli.demo_world.vicinity import EU, is_inside
from hanse.commons.competences.queries import vocabulary
from hanse.commons.places import words as places
from hanse.commons.sectors.words import TITLES
from hanse.directory.words import ECOSYSTEMS, FIELDS, LABELS, LANGUAGES, Kind, State

THIRD_COUNTRIES = ("NO", "CH", "UK", "JP", "KR", "CA", "BR", "IN")
SLUGS = set(vocabulary().concepts)
RECYCLING_IN_WORDS = re.compile(
    r"battery recycling|recykling\w* bateri|batterierecycling|recyclage de batteries|"
    r"reciclaje de baterías|ανακύκλωση μπαταριών|рециклиране на батерии",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def world() -> list[InventedOrganisation]:
    return demo_world.organisations()


@pytest.fixture(scope="module")
def by_key(world) -> dict[str, InventedOrganisation]:
    return {one.key: one for one in world}


def of_kind(world, *kinds: str) -> list[InventedOrganisation]:
    return [one for one in world if one.kind in kinds]


def values(one: InventedOrganisation, field: str) -> list:
    return [fact.value for fact in one.facts if fact.field == field]


def country(one: InventedOrganisation) -> str:
    return values(one, "country")[0]


def working_on(world, slug: str) -> list[InventedOrganisation]:
    return [one for one in world if slug in values(one, "competence")]


def all_words(one: InventedOrganisation) -> str:
    return "\n".join(str(fact.value) for fact in one.facts)


def test_there_are_as_many_as_a_demonstration_needs(world):
    assert len(of_kind(world, "cluster")) == 150
    assert len(of_kind(world, "sme", "large")) == 900
    assert len(of_kind(world, "research", "public")) == 120
    assert len(of_kind(world, "partnership")) == 6
    for kind in ("association", "network", "efficiency", "policy", "training"):
        assert len(of_kind(world, kind)) >= 5, kind
    assert len(demo_world.people()) == 12
    assert len(demo_world.projects()) == 160


def test_clusters_stand_in_every_country_of_the_union_and_in_eight_others(world):
    found = Counter(country(one) for one in of_kind(world, "cluster"))
    assert set(found) == {*places.EU, *THIRD_COUNTRIES}
    assert set(EU) == set(places.EU)
    assert all(3 <= found[code] <= 5 for code in THIRD_COUNTRIES)


def test_keys_names_and_addresses_are_nobody_elses(world):
    assert len({one.key for one in world}) == len(world)
    for field in ("name", "website"):
        found = [value for one in world for value in values(one, field)]
        assert [value for value, times in Counter(found).items() if times > 1] == []
    emails = [one.email for one in (*demo_world.people(), *demo_world.keepers())]
    assert len(set(emails)) == len(emails)


def test_every_fact_is_of_a_field_that_is_asked_of_its_organisation(world):
    for one in world:
        assert one.kind in Kind.values
        assert one.state in State.values
        for fact in one.facts:
            field = FIELDS[fact.field]
            assert field.is_asked(one.kind, inside=is_inside(country(one))), (one.key, fact)
            assert bool(fact.language) == field.in_language, (one.key, fact)
            assert (fact.as_of_days_ago is not None) == field.as_of, (one.key, fact)
            assert fact.is_public == field.is_public
        single = [fact.field for fact in one.facts if not FIELDS[fact.field].many]
        assert len(set(single)) == len(single), one.key
        assert len(set(map(repr, one.facts))) == len(one.facts), one.key


def test_every_value_has_the_form_of_its_field(world):
    for one in world:
        for fact in one.facts:
            field = FIELDS[fact.field]
            if field.form == "number":
                assert isinstance(fact.value, int)
                assert fact.value >= 0
            elif field.form == "year":
                assert isinstance(fact.value, int)
                assert 1860 < fact.value < 2026
            elif field.form == "decimal":
                assert 0.5 <= float(str(fact.value)) <= 12
            elif field.form == "held":
                assert isinstance(fact.value, dict)
                assert fact.value["label"] in LABELS
                assert date.fromisoformat(fact.value["until"])
            else:
                assert isinstance(fact.value, str)
                assert 0 < len(fact.value) <= field.most, (one.key, fact)
                assert "{" not in fact.value


def test_every_code_is_one_of_its_vocabulary(world):
    table = pq.read_table(settings.ROOT / "releases/nuts2013-2008-2015/regions.parquet")
    regions = {row["code"]: row for row in table.to_pylist() if row["level"] == 2}
    known = {
        "country": {*places.EU, *THIRD_COUNTRIES},
        "region": set(regions),
        "sector": set(TITLES),
        "ecosystem": set(ECOSYSTEMS),
        "competence": SLUGS,
        "language": set(LANGUAGES),
    }
    for one in world:
        for fact in one.facts:
            vocabulary = FIELDS[fact.field].vocabulary
            if vocabulary in known:
                assert fact.value in known[vocabulary], (one.key, fact)
            assert fact.language in {"", *LANGUAGES}
        for code in values(one, "region"):
            assert regions[code]["country"] == country(one)
        assert bool(values(one, "region")) == is_inside(country(one)), one.key


def test_the_table_of_competences_uses_the_vocabulary():
    used = {slug for key, *_ in tables.rows("plans") for slug in tables.codes(key).competences}
    assert used <= SLUGS
    assert len(used) > 40


def test_every_membership_leads_from_a_cluster_to_somebody(world, by_key):
    for one in world:
        assert len({m.member_key for m in one.members}) == len(one.members), one.key
        for membership in one.members:
            assert membership.member_key in by_key
            assert membership.until is None or membership.until > membership.since
            founded = values(one, "founded")
            assert membership.since.year >= founded[0]
    joined = Counter(m.member_key for one in of_kind(world, "cluster") for m in one.members)
    smaller = of_kind(world, "sme", "large", "research", "public")
    assert all(joined[one.key] >= 1 for one in smaller)
    assert all(joined[one.key] <= 3 for one in of_kind(world, "sme", "large"))
    assert any(m.until for one in world for m in one.members)


def test_nobody_has_an_address_that_could_exist(world):
    texts = [all_words(one) for one in world]
    texts += [str(one) for one in demo_world.requests()]
    texts += [str(one) for one in (*demo_world.news(), *demo_world.shared_events())]
    texts += [str(one) for one in demo_world.open_calls()]
    for text in texts:
        for host in re.findall(r"https?://([^/\s'\"]+)", text):
            assert re.fullmatch(r"[a-z0-9.-]+\.example", host), host
        assert "www." not in text
        for email in re.findall(r"\S+@\S+", text):
            assert email.endswith(".example")
    for person in (*demo_world.people(), *demo_world.keepers()):
        assert re.fullmatch(r"[a-z-]+@([a-z0-9-]+\.example|example\.org)", person.email)
        assert ZoneInfo(person.timezone)
        assert person.language in LANGUAGES


def test_no_two_profiles_read_the_same(world):
    for field in ("summary", "description"):
        found = Counter(value for one in world for value in values(one, field))
        assert [value for value, times in found.items() if times > 1] == []


def test_the_world_is_the_same_every_time(world):
    for cached in (members.firms, members.memberships, tables.themes, members.institutes):
        cached.cache_clear()
    assert demo_world.organisations() == world
    assert demo_world.projects() == demo_world.projects()
    assert demo_world.keepers() == demo_world.keepers()


def test_administrators_are_people_of_the_world_and_all_published_clusters_have_one(world):
    emails = {one.email for one in (*demo_world.people(), *demo_world.keepers())}
    for one in world:
        assert set(one.administrators) <= emails
        assert bool(one.administrators) == (one.state != "listed")
    assert emails - {email for one in world for email in one.administrators} <= {
        one.email for one in demo_world.people()
    }


def test_the_states_are_spread(by_key):
    assert {by_key[key].state for key in special.STATES} == {
        "draft", "submitted", "refused", "dormant",
    }  # fmt: skip
    for one in by_key.values():
        assert (one.state == "dormant") == (one.confirmed_days_ago > 1095)


def test_figures_hold_for_a_day_no_later_than_their_confirmation(world):
    for one in world:
        for fact in one.facts:
            if fact.as_of_days_ago is not None:
                confirmed = fact.confirmed_days_ago or one.confirmed_days_ago
                assert fact.as_of_days_ago >= confirmed, (one.key, fact)


def test_four_of_five_members_are_small_firms_and_some_clusters_do_not_say(world):
    shares = []
    for one in of_kind(world, "cluster"):
        counts = {f.field: f.value for f in one.facts if f.field.startswith("members_")}
        if counts:
            shares.append(counts["members_sme"] / sum(counts.values()))
    assert 0.78 <= sorted(shares)[len(shares) // 2] <= 0.84
    assert 110 <= len(shares) <= 140


def test_battery_recycling_is_found_in_many_languages_and_sometimes_without_the_words(world):
    found = working_on(of_kind(world, "cluster", "sme", "large"), "battery-recycling")
    clusters = of_kind(found, "cluster")
    assert len(clusters) >= 12
    assert len({country(one) for one in clusters}) >= 10
    assert len({one.facts[0].language for one in clusters}) >= 8
    silent = [one for one in found if not RECYCLING_IN_WORDS.search(all_words(one))]
    assert len(of_kind(silent, "cluster")) >= 2
    assert len(of_kind(silent, "sme")) >= 10


def test_hydrogen_is_offered_and_sought_across_borders(world):
    clusters = of_kind(world, "cluster")
    assert len(working_on(clusters, "hydrogen")) >= 8

    def countries_that(field: str, words: str) -> set[str]:
        return {
            country(one)
            for one in world
            if any(re.search(words, str(value), re.IGNORECASE) for value in values(one, field))
        }

    for words in (
        "hydrogen valves", "powder metallurgy", "high-pressure fittings", "collection logistics",
    ):  # fmt: skip
        offered, sought = countries_that("offer", words), countries_that("seek", words)
        assert len(offered) >= 2, words
        assert sought - offered, words


def test_marta_has_three_old_facts_and_looks_for_what_others_offer(by_key):
    dolina = by_key["dolina-ogniw"]
    assert dolina.administrators == ("marta@example.org",)
    old = [fact for fact in dolina.facts if (fact.confirmed_days_ago or 0) > 365]
    assert len(old) == 3
    assert all(400 <= (fact.confirmed_days_ago or 0) <= 800 for fact in old)
    assert InventedFact("seek", "Hydrogen valves for 700 bar", "en") in dolina.facts
    assert "PL22" in values(dolina, "region")
    assert by_key["osaka-valve-ring"].administrators == ("kenji@example.org",)
    assert values(by_key["osaka-valve-ring"], "european_contact")


def test_projects_join_organisations_that_exist_and_tell_one_coordinator(by_key):
    projects = demo_world.projects()
    assert len({one.acronym for one in projects}) == len(projects)
    for project in projects:
        keys = [key for key, _ in project.members]
        assert len(set(keys)) == len(keys) >= 3
        assert set(keys) <= set(by_key)
        assert [role for _, role in project.members].count("coordinator") == 1
        assert len({country(by_key[key]) for key in keys}) >= 3
        assert project.ended is None or project.began < project.ended


def test_projects_hold_together_by_subject_and_by_neighbourhood(by_key):
    ties = Counter()
    for project in demo_world.projects():
        clusters = [key for key, _ in project.members if by_key[key].kind == "cluster"]
        for one, other in pairwise(clusters):
            shared = set(values(by_key[one], "ecosystem")) & set(values(by_key[other], "ecosystem"))
            ties[bool(shared)] += 1
    assert ties[True] > ties[False]


def test_requests_news_events_and_calls_belong_to_published_organisations(by_key):
    requests, calls = demo_world.requests(), demo_world.open_calls()
    assert (len(requests), len(demo_world.news())) == (26, 20)
    assert (len(demo_world.shared_events()), len(calls)) == (15, 8)
    for one in (*requests, *demo_world.news(), *demo_world.shared_events(), *calls):
        assert by_key[one.organisation].state == "published"
        assert one.language in LANGUAGES
    for request in requests:
        assert request.where
        assert set(request.where) <= {*places.EU, *THIRD_COUNTRIES}
    assert any(request.is_confidential for request in requests)
    for event in demo_world.shared_events():
        assert (event.starts.days, event.starts.hour) < (event.ends.days, event.ends.hour)
        assert ZoneInfo(event.starts.zone)
    for call in calls:
        assert call.opens.days < call.closes.days
        assert call.budget_eur > 0


def test_english_stands_beside_the_own_language_where_the_website_has_it(world):
    for one in of_kind(world, "cluster"):
        spoken = {fact.language for fact in one.facts if fact.field == "summary"}
        assert ("en" in spoken) == ("en" in values(one, "website_language")), one.key


def test_a_translation_says_as_much_as_what_it_translates():
    for key, said in tables.themes().items():
        language, subject = key.split(".")
        english = tables.in_english(language.removeprefix("en@"), subject)
        for field in ("products", "technologies", "offers", "seeks"):
            assert len(getattr(said, field)) == len(getattr(english, field)), key
    for key, lines in tables.sentences().items():
        assert len(lines) == len(tables.sentences()[f"en.{key.split('.')[1]}"]), key


def test_values_can_be_written_as_json(world):
    assert json.dumps([fact.value for one in world for fact in one.facts])


def test_hosts_are_plain():
    assert profiles.host_of("dolina-ogniw") == "dolinaogniw.example"
    assert tables.ascii_word("Łódź Ø") == "lodz-o"
