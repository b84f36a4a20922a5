"""The filters beside a search, each with its values and how many a tick would bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanse.directory.queries.search import Question
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.rules.searching import NOT_STATED, SIZES
from hanse.directory.words import Kind, Vocabulary

SHOWN = 6
# In the order of the page: parameter, title, vocabulary of its values.
_GROUPS: Sequence[tuple[str, str | Promise, Vocabulary]] = (
    ("kind", gettext_lazy("Kind"), ""),
    ("country", gettext_lazy("Country"), "country"),
    ("size", gettext_lazy("Members"), ""),
    ("competence", gettext_lazy("Competence"), "competence"),
    ("sector", gettext_lazy("Sector"), "sector"),
    ("ecosystem", gettext_lazy("Ecosystem"), "ecosystem"),
    ("region", gettext_lazy("Region"), "region"),
    ("label", gettext_lazy("Label, valid today"), "label"),
    ("language", gettext_lazy("Working language"), "language"),
    ("target", gettext_lazy("Target country"), "country"),
)


@dataclass(frozen=True)
class Choice:
    value: str
    word: str
    count: int
    is_ticked: bool


@dataclass(frozen=True)
class Group:
    """A filter: ticked values first, then those that most have; the rest behind a fold."""

    name: str
    title: str
    first: Sequence[Choice]
    rest: Sequence[Choice]


def groups(question: Question, counts: Mapping[str, Mapping[str, int]]) -> list[Group]:
    made = [
        _group(name, str(title), vocabulary, question.filters.get(name, ()), counts.get(name, {}))
        for name, title, vocabulary in _GROUPS
    ]
    return [group for group in made if group.first]


def _group(
    name: str,
    title: str,
    vocabulary: Vocabulary,
    ticked: Sequence[str],
    counts: Mapping[str, int],
) -> Group:
    values = dict.fromkeys([*ticked, *counts])
    choices = [
        Choice(value, word_for(name, vocabulary, value), counts.get(value, 0), value in ticked)
        for value in values
    ]
    if name == "size":
        sizes = [*(size for size, _least, _most in SIZES), NOT_STATED]
        choices = [choice for choice in choices if choice.value in sizes]
        choices.sort(key=lambda choice: sizes.index(choice.value))
        return Group(name, title, choices, ())
    choices.sort(key=lambda choice: (not choice.is_ticked, -choice.count, choice.word))
    first = max(SHOWN, sum(choice.is_ticked for choice in choices))
    return Group(name, title, choices[:first], choices[first:])


def word_for(name: str, vocabulary: Vocabulary, value: str) -> str:
    if name == "kind":
        return str(Kind(value).label) if value in Kind.values else value
    if name == "size":
        return size_in_words(value)
    return word_of(vocabulary, value)


def size_in_words(size: str) -> str:
    for name, least, most in SIZES:
        if name == size:
            if most is None:
                return _("%(least)s or more") % {"least": least}
            return _("%(least)s to %(most)s") % {"least": max(least, 1), "most": most}
    return _("not stated")
