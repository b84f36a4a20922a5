"""The public form of the B2B meeting scheduling problem: MiniZinc data, numbered from 1.

Source: Bofill et al., JAIR 74 (2022). Items are `name = value;` in any order, `%` starts a comment,
and a comma may follow the last element.

nBusiness, nMeetings, nTables, nTotalSlots, nMorningSlots   numbers
requested    [| p, q, session | ... |]: who meets; 1 in the morning, 2 in the afternoon, 3 any
forbidden    [{0, slot, ...}, ...] by participant; the 0 means nothing
fixed        [slot, ...] by meeting; 0: free
precedences  [{meeting, ...}, ...] by meeting: those that must be held before it
meetingsxBusiness, nMeetingsBusiness   what follows from `requested`: sets of meeting + 1 beside a
             1 that means nothing, and their numbers. May be left out; refused if they disagree
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hanse.engines.meetings.formats import Unreadable, check_sizes
from hanse.engines.meetings.market import Market, Meeting, Participant, Slot, Table

TOKEN = re.compile(
    r"(?P<skip>(?:\s|%[^\n]*)+)|(?P<word>[A-Za-z]\w*)|(?P<number>-?\d+)|(?P<mark>\[\||\|\]|[=;,{}\[\]|])",
    re.ASCII,
)
LONGEST_NUMBER = 9  # digits
NUMBERS = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
SETS = ("forbidden", "precedences")
DERIVED = ("meetingsxBusiness", "nMeetingsBusiness")
KINDS = {
    **dict.fromkeys(NUMBERS, "a number"),
    "requested": "a table",
    **dict.fromkeys((*SETS, "meetingsxBusiness"), "a list of sets"),
    **dict.fromkeys(("fixed", "nMeetingsBusiness"), "a list of numbers"),
}
MORNING, AFTERNOON, ANY = 1, 2, 3
REQUEST = 3  # numbers in a row of `requested`

Rows = list[list[int]]


@dataclass(frozen=True)
class Word:
    """A piece of the text, what kind it is, and the line it stands in."""

    kind: str
    text: str
    line: int


@dataclass
class Data:
    """The items of a file, by the kind of value that they have."""

    number: dict[str, int]
    numbers: dict[str, list[int]]
    rows: dict[str, Rows]


def read_b2bsop(text: str, *, fairness: int | None = 2) -> Market:
    """The event in a file of the public form; all its meetings are mandatory.

    Takes   fairness: d, a parameter of the run and not of the file; None: no such rule
    Gives   one day, session 0 in the morning and 1 in the afternoon; the tables are alike
    Errors  Unreadable
    """
    if fairness is not None and fairness < 0:
        raise Unreadable(f"fairness {fairness}: a number from 0 is expected")
    data = read_items(text)
    people, slots = data.number["nBusiness"], data.number["nTotalSlots"]
    tables, meetings = data.number["nTables"], data.number["nMeetings"]
    morning = data.number["nMorningSlots"]
    check_sizes(people, slots, tables, meetings)
    within("nMorningSlots", morning, 0, slots)
    for name, expected in lengths(people, meetings).items():
        if name in data.rows:
            count(name, len(data.rows[name]), expected)
        elif name in data.numbers:
            count(name, len(data.numbers[name]), expected)
    everywhere = frozenset(range(slots))
    parts = {
        MORNING: frozenset(range(morning)),
        AFTERNOON: everywhere - frozenset(range(morning)),
        ANY: None,
    }
    asked = tuple(
        meeting_of(data, number, parts, people=people, slots=slots) for number in range(meetings)
    )
    check_derived(data, asked)
    return Market(
        slots=tuple(Slot(session=int(slot >= morning)) for slot in range(slots)),
        tables=(Table(),) * tables,
        participants=tuple(
            Participant(free=free_slots(data, one, everywhere)) for one in range(people)
        ),
        meetings=asked,
        fairness=fairness,
    )


def lengths(people: int, meetings: int) -> dict[str, int]:
    """How many elements each list has to have."""
    by_person = dict.fromkeys(("forbidden", *DERIVED), people)
    return {**by_person, **dict.fromkeys(("requested", "fixed", "precedences"), meetings)}


def free_slots(data: Data, person: int, everywhere: frozenset[int]) -> frozenset[int]:
    """Slots that are not forbidden to a participant."""
    forbidden = data.rows["forbidden"][person]
    for slot in forbidden:
        within(f"forbidden of participant {person + 1}: slot", slot, 0, len(everywhere))
    return everywhere - {slot - 1 for slot in forbidden} if any(forbidden) else everywhere


def meeting_of(
    data: Data, number: int, parts: dict[int, frozenset[int] | None], *, people: int, slots: int
) -> Meeting:
    """Meeting `number`, from 0, out of its three lists."""
    where = f"meeting {number + 1}"
    row = data.rows["requested"][number]
    count(f"requested, {where}", len(row), REQUEST)
    one, other, session = row
    for person in (one, other):
        within(f"requested, {where}: participant", person, 1, people)
    if one == other:
        raise Unreadable(f"requested, {where}: participant {one} cannot meet themselves")
    within(f"requested, {where}: session", session, MORNING, ANY)
    slot = data.numbers["fixed"][number]
    within(f"fixed, {where}: slot", slot, 0, slots)
    earlier = data.rows["precedences"][number]
    for before in earlier:
        within(f"precedences, {where}: meeting", before, 1, data.number["nMeetings"])
        if before == number + 1:
            raise Unreadable(f"precedences, {where}: it cannot be held before itself")
    return Meeting(
        sides=((one - 1,), (other - 1,)),
        mandatory=True,
        slot=slot - 1 if slot else None,
        within=parts[session],
        after=tuple(sorted({before - 1 for before in earlier})),
    )


def check_derived(data: Data, meetings: tuple[Meeting, ...]) -> None:
    """Refuse tables that say something else than `requested` does."""
    people = data.number["nBusiness"]
    of: list[set[int]] = [set() for _ in range(people)]
    for number, meeting in enumerate(meetings):
        for (person,) in meeting.sides:
            of[person].add(number)
    for person, numbers in enumerate(data.numbers.get("nMeetingsBusiness", ())):
        if numbers != len(of[person]):
            raise Unreadable(
                f"nMeetingsBusiness of participant {person + 1}: {numbers}, but `requested` has "
                f"{len(of[person])}"
            )
    for person, marked in enumerate(data.rows.get("meetingsxBusiness", ())):
        differ = (set(marked) - {1}) ^ {number + 2 for number in of[person]}
        if differ:
            raise Unreadable(
                f"meetingsxBusiness of participant {person + 1} and `requested` disagree about "
                f"meeting {min(differ) - 1}"
            )


def within(what: str, value: int, least: int, most: int) -> None:
    """Refuse a number outside its range."""
    if not least <= value <= most:
        raise Unreadable(f"{what} {value} is not from {least} to {most}")


def count(what: str, found: int, expected: int) -> None:
    """Refuse a list that is too short or too long."""
    if found != expected:
        raise Unreadable(f"{what}: {found} elements, {expected} expected")


def read_items(text: str) -> Data:
    """All items of the file; each that is needed is there once, with the kind of value it has."""
    reader = Reader(text)
    data = Data({}, {}, {})
    seen: set[str] = set()
    while reader.next.kind != "end":
        name = reader.take("word", "a name")
        if name.text not in KINDS:
            raise Unreadable(f"line {name.line}: {name.text} is not known")
        if name.text in seen:
            raise Unreadable(f"line {name.line}: {name.text} is given twice")
        seen.add(name.text)
        reader.mark("=")
        kind = KINDS[name.text]
        if kind == "a number":
            data.number[name.text] = reader.number()
        elif kind == "a list of numbers":
            reader.mark("[")
            data.numbers[name.text] = reader.numbers("]")
        elif kind == "a table":
            data.rows[name.text] = reader.table()
        else:
            data.rows[name.text] = reader.sets()
        reader.mark(";")
    missing = [name for name in KINDS if name not in seen and name not in DERIVED]
    if missing:
        raise Unreadable(f"{', '.join(missing)} missing")
    return data


class Reader:
    """Takes the pieces of a text one by one."""

    def __init__(self, text: str) -> None:
        self.words = words(text)
        self.next = next(self.words)

    def take(self, kind: str, what: str) -> Word:
        """The next piece, which must be of that kind."""
        taken = self.next
        if taken.kind != kind:
            raise Unreadable(f"line {taken.line}: {what} expected, not {taken.text[:20]!r}")
        self.next = next(self.words)
        return taken

    def has(self, mark: str) -> bool:
        """Whether that mark comes next; if so, it is taken."""
        if self.next.kind == "mark" and self.next.text == mark:
            self.next = next(self.words)
            return True
        return False

    def mark(self, mark: str) -> None:
        """Take that mark."""
        line, text = self.next.line, self.next.text
        if not self.has(mark):
            raise Unreadable(f"line {line}: {mark} expected, not {text[:20]!r}")

    def number(self) -> int:
        """Take a number."""
        word = self.take("number", "a number")
        if len(word.text) > LONGEST_NUMBER:
            raise Unreadable(f"line {word.line}: {word.text[:20]} is too large")
        return int(word.text)

    def numbers(self, end: str) -> list[int]:
        """Numbers and commas up to a mark, which is taken."""
        found: list[int] = []
        while not self.has(end):
            found.append(self.number())
            if not self.has(","):
                self.mark(end)
                break
        return found

    def sets(self) -> Rows:
        """A list of sets."""
        self.mark("[")
        found: Rows = []
        while not self.has("]"):
            self.mark("{")
            found.append(self.numbers("}"))
            if not self.has(","):
                self.mark("]")
                break
        return found

    def table(self) -> Rows:
        """A table: [| row | row |]. A bar may close the last row or not."""
        self.mark("[|")
        found: Rows = []
        while not self.has("|]"):
            row = []
            while self.next.kind == "number":
                row.append(self.number())
                if not self.has(","):
                    break
            found.append(row)
            if not self.has("|"):
                self.mark("|]")
                break
            if self.has("]"):
                break
        return found


def words(text: str) -> Iterator[Word]:
    """The pieces of a text, with an `end` after the last, again and again."""
    line, position = 1, 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise Unreadable(f"line {line}: {text[position]!r} does not belong here")
        if match.lastgroup != "skip":
            yield Word(match.lastgroup or "", match.group(), line)
        line += match.group().count("\n")
        position = match.end()
    while True:
        yield Word("end", "end of the file", line)
