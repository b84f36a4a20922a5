"""What the checker finds is said in the reader's language, with names where they are known."""

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from hanse.engines.meetings import checking
from hanse.engines.meetings.checking import check
from hanse.engines.meetings.findings import SENTENCES, finding
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.meetings.queries.drafts import whole
from hanse.meetings.queries.findings import named_in, numbered, said
from hanse.meetings.words import FINDINGS, NUMBERED, OBJECTIVES, REASONS, REASONS_SEEN

DESK = "/events/week/matchmaking/desk/meetings/"
CODE = re.compile(r'finding\(\s*"(\w+)"')
FACTS = {
    "meeting": 4, "before": 3, "slot": 9, "table": 1, "person": 2, "party": 5, "count": 2,
    "most": 1, "least": 3, "minutes": 5, "left": 2, "reason": "tables_full", "people": (1, 2),
    "objective": "held", "said": 7, "proved": 6, "bound": 6, "value": 5, "seen": 4, "session": 0,
    "counted": 3, "by": "search", "meetings": [3],
}  # fmt: skip


def test_whatever_the_checker_finds_has_its_sentences():
    files = Path(checking.__file__).parent.glob("*.py")
    used = {code for file in files for code in CODE.findall(file.read_text())}
    assert used == SENTENCES.keys() == FINDINGS.keys()
    assert REASONS_SEEN.keys() == REASONS.keys()


@pytest.mark.parametrize("code", SENTENCES)
def test_each_finding_is_said_with_its_own_facts(code):
    facts = {one: FACTS[one] for one in re.findall(r"\{(\w+)\}", SENTENCES[code])}
    found = finding(code, **facts)
    (sentence,) = said([found], numbered())
    assert "%" not in sentence
    # Whatever is put in is named by the checker too.
    assert set(re.findall(r"%\((\w+)\)s", str(FINDINGS[code]))) <= facts.keys()
    assert finding(**json.loads(json.dumps(found.told()))).code == code


def test_numbers_are_those_of_the_file():
    found = [finding("slot", meeting=4, slot=9), finding("newcomers", party=-3, count=0, least=1)]
    first, second = said(found, numbered(1))
    assert (first.split(":")[0], "(slot 10)" in first) == ("meeting 5", True)
    assert second.startswith("participant 3: ")
    assert said(found, numbered())[0].startswith("meeting 4: ")
    assert OBJECTIVES.keys() >= {"weight", "held", "breaks"}
    assert NUMBERED.keys() >= {"party"}


@pytest.mark.database
@pytest.mark.django_db
def test_the_desk_names_who_when_and_where(market, crowd, planned):
    shown = whole(planned())
    found = [
        finding("table_closed", meeting=0, table=1, slot=0),
        finding("in_a_row", person=2, count=3, most=2),
        finding("unknown_table", meeting=0, table=9),
        finding("newcomers", party=crowd[4].pk, count=0, least=1),
    ]
    closed, row, unknown, newcomer = said(found, named_in(shown))
    assert closed.startswith("Party A – Party B: Table 2 is not there then")
    assert "10:00" in closed
    assert row == "Party C: 3 meetings in a row, at most 2"
    assert unknown == "Party A – Party B: table 9 does not exist"
    assert newcomer.startswith("Party E: ")


@pytest.mark.database
@pytest.mark.django_db
def test_a_draft_that_breaks_a_rule_says_which_in_names(market, crowd, planned, as_person, ana):
    draft = planned()
    event, plan = market_of(draft.input), timetable_of(draft.plan)
    told = json.loads(json.dumps(draft.plan))
    told["meetings"][0]["slot"] = told["meetings"][1]["slot"]
    told["meetings"][0]["table"] = told["meetings"][1]["table"]
    faults = check(event, timetable_of(told)).faults
    assert check(event, plan).faults == ()
    draft.faults = [one.told() for one in faults]
    draft.save()
    page = as_person(ana).get(f"{DESK}1/").text
    assert "2 meetings at once" in page
    assert "participant" not in page.split("It breaks a rule:")[1].split("</div>")[0]


@pytest.mark.database
@pytest.mark.django_db
def test_the_public_page_speaks_its_readers_language(market, crowd, planned, as_person, ana):
    planned()
    desk = as_person(ana)
    event, plan = (desk.get(f"{DESK}1/{name}.json").content for name in ("event", "plan"))
    told = json.loads(plan)
    told["meetings"][0]["slot"] = told["meetings"][1]["slot"]
    told["meetings"][0]["table"] = told["meetings"][1]["table"]

    def verify(language: str) -> str:
        files = {
            "event": SimpleUploadedFile("event.json", event),
            "plan": SimpleUploadedFile("plan.json", json.dumps(told).encode()),
        }
        browser = as_person()
        browser.cookies["django_language"] = language
        with translation.override("en"):
            return browser.post("/events/meetings/check/", files).text

    number = told["meetings"][0]["table"]
    assert f"table {number}: 2 meetings at once" in verify("en")
    with translation.override("de"):
        word = str(NUMBERED["table"]) % {"number": number}
    assert word in verify("de")
