"""What the checker finds, as a code with its numbers; the sentence in English for the terminal.

Pages say the same in their reader's language, with names where they know them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SENTENCES: Mapping[str, str] = {
    # Numbers that name nothing
    "unknown_place": "meeting {meeting} in slot {slot}: no such meeting or slot",
    "unknown_table": "meeting {meeting}: there is no table {table}",
    "unknown_people": "meeting {meeting}: unknown participants {people}",
    "unknown_prices": "a certificate has prices of unknown participants {people}",
    "unknown_clash": "the clash names unknown meetings {meetings}",
    "unknown_meeting": "there is no meeting {meeting}",
    "answered_often": "meeting {meeting} is answered {count} times",
    # Rules
    "person_twice": "participant {person} is in {count} meetings in slot {slot}",
    "table_twice": "table {table} is taken {count} times in slot {slot}",
    "sides": "meeting {meeting}: {people} are not one of each side",
    "slot": "meeting {meeting}: slot {slot} is not one that its participants have for it",
    "table_or_online": (
        "meeting {meeting}: a table for people who are online, or none for people on site"
    ),
    "table": "meeting {meeting}: table {table} is not theirs",
    "table_closed": "meeting {meeting}: table {table} is closed in slot {slot}",
    "order": "meeting {meeting}: meeting {before} is not held before it",
    "in_session": "participant {person}: {count} meetings in session {session}, at most {most}",
    "in_all": "participant {person}: {count} meetings, at most {most}",
    "in_a_row": "participant {person}: {count} meetings in a row, at most {most}",
    "walk": (
        "participant {person}: {minutes} minutes to walk after slot {slot}, and {left} to do it in"
    ),
    "unexplained": "meeting {meeting} is neither held nor explained",
    "mandatory": "meeting {meeting} is mandatory and not held",
    "held_though_impossible": "no plan is said to be possible, and meetings are held",
    "fairness": "breaks differ by {count}, at most {most}",
    "newcomers": "newcomers of party {party} have {count} meetings, at least {least}",
    # Claims
    "reason": "meeting {meeting}: {reason} is not so",
    "values": "the plan says {said}, counted are {counted}",
    "optimal": "the plan is said to be optimal, and names no proof of it",
    "boundless": "something is said to be proved, and no bound is given",
    "prices": "the certificate of {objective} has a price below zero, or no unit",
    "bound": "bound of {objective}: {said} is said, {proved} follows from its certificate",
    "fewer_breaks": "at least {bound} breaks are said to be needed, and it has fewer",
    "weight_best": "weight {value} is said to be best, and its bound is {bound}",
    "breaks_fewest": "{value} breaks are said to be fewest, and the bound is {bound}",
    "breaks_of_others": "breaks are said to be fewest, and other meetings could be held instead",
    "held_most": "{value} meetings are said to be most, and the bound is {bound}",
    # What nobody can see from the plan
    "reason_unseen": "meeting {meeting}: {reason}",
    "best_unseen": "that nothing has a better {objective}",
    "no_bound": "no bound is given",
    "impossible_unseen": "that no plan is possible",
    "breaks_unseen": "at least {bound} breaks, by {by}; {seen} can be seen",
}


@dataclass(frozen=True)
class Finding:
    """A fault, or a claim that was not checked; `facts` are what its sentence names.

    >>> str(finding("unknown_table", meeting=4, table=7))
    'meeting 4: there is no table 7'
    """

    code: str
    facts: Mapping[str, object]

    def __str__(self) -> str:
        """The sentence, in the numbers of the engine."""
        return SENTENCES[self.code].format(**self.facts)

    def told(self) -> dict[str, object]:
        """As it is kept: `finding(**told)` reads it back."""
        return {"code": self.code, **self.facts}


def finding(code: str, **facts: object) -> Finding:
    """A finding by its code and the facts of its sentence."""
    return Finding(code, facts)
