"""Small worlds for the tests: a handful of projects by hand, and a planted one to learn from."""

from collections import Counter

import numpy as np

from hanse.engines.matching import graph


def of_projects(members, *, country=None, kind=None, programmes=None, started=None):
    """A graph of projects given by their members; what is not said is the same for all."""
    rows = [(who, number) for number, whole in enumerate(members) for who in whole]
    country, kind, started = country or {}, kind or {}, started or {}
    return graph(
        [who for who, _ in rows],
        [number for _, number in rows],
        country=[country.get(who, "DE") for who, _ in rows],
        kind=[kind.get(who, "PRC") for who, _ in rows],
        started=[started.get(number, "2015-01-01") for _, number in rows],
        programmes=programmes or {},
    )


CIRCLES = 12
MEMBERS = 40
NEWCOMERS = 6


def planted_rows(projects_a_year=600, years=(2014, 2015, 2016), seed=5):
    """Circles that work under one programme each, and consortia of forty drawn from all of them.

    Nine small projects of ten stay within a circle; one project of twenty is a giant. From the
    second year on six newcomers to each circle are in one project of it each year.
    """
    lot = np.random.default_rng(seed)
    rows = []
    joined = Counter()
    for year in years:
        for number in range(projects_a_year):
            circle = int(lot.integers(CIRCLES))
            giant, mixed = lot.random() < 0.05, lot.random() < 0.1
            among = CIRCLES * MEMBERS if giant or mixed else MEMBERS
            size = 40 if giant else int(lot.integers(2, 6))
            drawn = lot.choice(among, size, replace=False)
            members = drawn if giant or mixed else drawn + circle * MEMBERS
            day = f"{year}-{int(lot.integers(1, 13)):02}-01"
            code = year * 10_000 + number
            rows += [(code, 100 + int(who), f"P{circle}", day) for who in members]
            if year > years[0] and not giant and joined[circle, year] < NEWCOMERS:
                newcomer = 1000 + circle * NEWCOMERS + joined[circle, year]
                rows.append((code, newcomer, f"P{circle}", day))
                joined[circle, year] += 1
    return rows


def country_of(organisation):
    return ("DE", "FR", "IT", "ES")[organisation % 4]


def kind_of(organisation):
    return ("HES", "PRC", "REC")[organisation % 3]


def planted(**how):
    rows = planted_rows(**how)
    return graph(
        [who for _, who, _, _ in rows],
        [code for code, *_ in rows],
        country=[country_of(who) for _, who, _, _ in rows],
        kind=[kind_of(who) for _, who, _, _ in rows],
        started=[day for *_, day in rows],
        programmes={code: part for code, _, part, _ in rows},
    )
