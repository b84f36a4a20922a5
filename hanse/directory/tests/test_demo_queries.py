"""The invented world searched: the same hits, totals and first three on every database."""

import pytest

from hanse.cli.demo_world import people
from hanse.cli.demo_world.loading import load_directory
from hanse.commons.people.actions import admit
from hanse.directory.models import Organisation
from hanse.directory.queries.search import Question, search

pytestmark = [pytest.mark.database, pytest.mark.django_db, pytest.mark.slow]

EXPECTED = {
    "recykling baterii": (
        105, ["dolina-ogniw", "instytut-badawczy-topolopol", "speichertechnik-quellhagen-ug"]
    ),
    "hydrogen valves": (
        30,
        ["osaka-hydrogen-valve-ring", "stapelwerk-wasserstoff-niederrhein", "valvole-del-sebino"],
    ),
    "Photonik Sensoren": (
        20, ["tosstaler-sensorenkreis", "lichtgarten-saale", "hochschule-ottereck"]
    ),
    "φωτονική": (46, ["karisawahikari-photonics", "dolina-ogniw", "lichtgarten-saale"]),
    "textile recycling": (16, ["elzenakker-weefsels-bv", "vlasveld-textiel", "severni-vlakno"]),
    "vino": (
        8, ["roda-do-montado-e-da-vinha", "distretto-via-alimentare", "alfoldi-eleskamra-kor"]
    ),
    "Osaka": (
        11, ["osaka-hydrogen-valve-ring", "sugikageso-development-agency", "chidoriwa-hydrogen"]
    ),
    "Wasserstoff Weinbau Raumfahrt": (0, []),
}  # fmt: skip


def test_every_database_finds_the_same_in_the_same_order():
    for one in people():
        admit(one.email, one.name, "not-used-here", language="en")
    load_directory()
    slugs = dict(Organisation.objects.values_list("pk", "slug"))
    found = {words: search(Question(words)) for words in EXPECTED}
    assert {
        words: (one.total, [slugs[number] for number in one.numbers[:3].tolist()])
        for words, one in found.items()
    } == EXPECTED
