"""REAT's functions by our engines."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from hanse.engines import regional
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.inputs import (
    Floats,
    Rows,
    columns,
    joined,
    listed,
    long,
    vector,
    vectors,
)

ELLISON_GLAESER = {
    "gamma": "ellison_glaeser",
    "G": "concentration",
    "z": "z",
    "K": "plants",
    "H": "herfindahl",
}
SHIFT = {
    "Growth (t1-t)": "change",
    "National share": "national",
    "Industrial mix": "mix",
    "Regional share": "regional",
    "Allocation effect": "allocation",
    "Net total shift": "net_shift",
}


# One vector --------------------------------------------------------------------------------------


def one(name: str, **roles: str) -> Callable[[Case], Any]:
    """An indicator of a vector x. roles: key of the input → what it is to us."""

    def play(case: Case) -> Any:
        rows = listed(vector(case, "x"))
        against = {}
        for key, role in roles.items():
            if key in case.input:
                given = vector(case, key).tolist()
                if role == "reference":
                    against[role] = listed(given)
                else:
                    rows[role] = given
        method = getattr(regional, name)
        like = "reat" if "reat" in method.presets else None
        options = {key: case.params[key] for key in ("epsilon",) if key in case.params}
        if case.params.get("coefnorm"):
            options["normalised"] = True
        found = method(rows, like=like, **options, **against)
        return found[name][0].as_py()

    return play


def herfindahl(case: Case) -> Any:
    normalised = bool(case.params.get("coefnorm"))
    rows = listed(vector(case, "x"))
    found = regional.herfindahl(rows, of="sector", normalised=normalised, like="reat")
    column = "equivalent" if case.params.get("output") == "eq" else "herfindahl"
    return found[column][0].as_py()


# Regions and sectors -----------------------------------------------------------------------------


def location_quotient(case: Case) -> Any:
    x, total, nation, whole = vectors(case, "e_ij", "e_j", "e_i", "e")
    # The rest of the region and of the nation as a sector of its own makes the sums complete.
    rows = listed([*x, total[0] - x.sum()], "sector", region=["j"] * (len(x) + 1))
    area = listed([*nation, whole[0] - nation.sum()], "sector")
    found = regional.location_quotient(rows, reference=area)["location_quotient"].to_pylist()[:-1]
    return found if len(found) > 1 else found[0]


def location_quotients(case: Case) -> Any:
    """In the order of the labels that are expected."""
    rows = columns(case, region="region", sector="industry", value="value")
    found = regional.location_quotient(rows)
    of = dict(
        zip(
            zip(found["region"].to_pylist(), found["sector"].to_pylist(), strict=True),
            found["location_quotient"].to_pylist(),
            strict=True,
        )
    )
    regions, sectors = case.expected["j_region"], case.expected["i_industry"]
    values = [of.get(pair) for pair in zip(regions, sectors, strict=True)]
    return {"j_region": regions, "i_industry": sectors, "LQ": values}


def ellison_one(case: Case) -> Any:
    regions = list(dict.fromkeys(case.input["regions"]))
    rows = {"region": case.input["regions"], "value": case.input["e_ik"]}
    area = {"region": regions, "value": case.input["e_j"]}
    found = regional.ellison_glaeser(rows, reference=area)
    answer = {peer: found[ours][0].as_py() for peer, ours in ELLISON_GLAESER.items()}
    return answer if isinstance(case.expected, dict) else answer["gamma"]


def ellison_many(case: Case) -> Any:
    rows = columns(case, region="region", sector="industry", value="e_ik")
    found = regional.ellison_glaeser(rows)
    return {"industry": found["sector"].to_pylist()} | {
        peer: found[ours].to_pylist() for peer, ours in ELLISON_GLAESER.items()
    }


def krugman_pair(case: Case) -> Any:
    found = regional.krugman_pairs(long(vectors(case, "e_ij", "e_il")))
    return found["krugman"][0].as_py()


def gini_of(of: str, reference: str) -> Callable[[Case], Any]:
    """The Gini coefficient over location quotients, of a region or of an industry."""

    def play(case: Case) -> Any:
        here, whole = vectors(case, "e_ij", reference)
        over = "sector" if of == "region" else "region"
        found = regional.locational_gini(
            listed(here, over), of=of, reference=listed(whole, over), like="reat"
        )
        return found["locational_gini"][0].as_py()

    return play


def litzenberger(case: Case) -> Any:
    given = case.input
    whole = {"value": "e_i", "plants": "b_i", "area": "a", "population": "p"}
    here = {"value": "e_ij", "plants": "b_ij", "area": "a_j", "population": "p_j"}
    rows = {role: [given[here[role]], given[whole[role]] - given[here[role]]] for role in whole}
    found = regional.litzenberger_sternberg({"region": ["j", "rest"], **rows})
    return found["litzenberger_sternberg"][0].as_py()


def howard(case: Case) -> Any:
    given = case.input
    rows = {"plant": given["k"], "sector": given["industry"], "region": given["region"]}
    asked = {given.get("industry1"), given.get("industry2")} - {None}
    if asked:
        kept = [place for place, sector in enumerate(rows["sector"]) if sector in asked]
        rows = {name: [values[place] for place in kept] for name, values in rows.items()}
    return regional.colocation(rows)["colocation"][0].as_py()


def all_of(of: str) -> Callable[[Case], Any]:
    """Hoover, Gini and Krugman of all industries (`conc`) or all regions (`spec`)."""
    label = "industry" if of == "sector" else "region"

    def play(case: Case) -> Any:
        rows = columns(case, region="region", sector="industry", value="e_ij")
        hoover = regional.hoover(rows, of=of)
        gini = regional.locational_gini(rows, of=of, like="reat")
        krugman = regional.krugman(rows, of=of, like="reat")
        return {
            label: hoover[of].to_pylist(),
            "hoover": hoover["hoover"].to_pylist(),
            "gini": gini["locational_gini"].to_pylist(),
            "krugman": krugman["krugman"].to_pylist(),
        }

    return play


# Shift-share -------------------------------------------------------------------------------------


def over_time(series: Sequence[Floats], periods: Sequence[int]) -> Rows:
    tables: list[Rows] = [
        {
            "region": ["j"] * len(values),
            "sector": list(range(len(values))),
            "period": [period] * len(values),
            "value": list(values),
        }
        for period, values in zip(periods, series, strict=True)
    ]
    return joined(*tables)


def shift(case: Case) -> Any:
    form = str(case.params.get("shift.method", "Dunn")).lower()
    x0, x1, n0, n1 = vectors(case, "e_ij1", "e_ij2", "e_i1", "e_i2")
    nation = over_time([n0, n1], [1, 2])
    found = regional.shift_share_analysis(over_time([x0, x1], [1, 2]), form=form, reference=nation)
    names = case.expected["names"]
    return {"names": names, "values": [found[SHIFT[name]][0].as_py() for name in names]}


def dynamic_shift(case: Case) -> Any:
    """The last column of e_ij2 is the year `time2`; the first begins where e_ij1 stands."""
    first, last = int(case.input["time1"]), int(case.input["time2"])
    periods = list(range(first, last + 1))
    here = _series(case, "e_ij1", "e_ij2")
    there = _series(case, "e_i1", "e_i2")
    rows, nation = over_time(here, periods), over_time(there, periods)
    parts = [SHIFT[name] for name in case.expected["components"]["rownames"]]
    whole = regional.shift_share_analysis(rows, periods="sum", reference=nation)
    each = regional.shift_share_analysis(rows, periods="each", reference=nation)
    return _shift_answer(
        case,
        {
            "components": [[whole[part][0].as_py()] for part in parts],
            "components.year": [each[part].to_pylist() for part in parts],
            "growth": _growth(here, there),
        },
    )


def shift_by_industry(case: Case) -> Any:
    x0, x1, n0, n1 = vectors(case, "e_ij1", "e_ij2", "e_i1", "e_i2")
    rows, nation = over_time([x0, x1], [1, 2]), over_time([n0, n1], [1, 2])
    parts = [SHIFT[name] for name in case.expected["components"]["rownames"]]
    whole = regional.shift_share_analysis(rows, reference=nation)
    each = regional.shift_share_analysis(rows, of="cell", reference=nation)
    own = each["regional"].to_pylist()
    # REAT counts the mix of an industry into its national share.
    share = np.array(each["national"]) + np.array(each["mix"])
    return _shift_answer(
        case,
        {
            "components": [[whole[part][0].as_py()] for part in parts],
            "components.industry": [each["change"].to_pylist(), list(share), own, own],
            "growth": _growth([x0, x1], [n0, n1]),
        },
    )


def _series(case: Case, start: str, further: str) -> list[Floats]:
    table = vector(case, further)
    return [vector(case, start), *table.T]


def _growth(here: Sequence[Floats], there: Sequence[Floats]) -> list[list[float]]:
    """First, last, change and mean yearly rate of each industry, in the region and the nation."""
    parts = []
    for series in (here, there):
        values = np.array(series)
        rates = np.diff(values, axis=0) / values[:-1]
        parts += [values[0], values[-1], values[-1] - values[0], rates.mean(axis=0)]
    table: list[list[float]] = np.array(parts).T.tolist()
    return table


def _shift_answer(case: Case, values: dict[str, Any]) -> dict[str, Any]:
    """Values under the names of rows and columns that are expected."""
    return {
        name: {**wanted, "values": values.get(name, wanted["values"] if name == "method" else None)}
        for name, wanted in case.expected.items()
    }


FUNCTIONS: dict[str, Callable[[Case], Any]] = {
    "locq": location_quotient,
    "locq2": location_quotients,
    "ellison.a": ellison_one,
    "ellison.a2": ellison_many,
    "gini": one("gini", weighting="weight"),
    "herf": herfindahl,
    "hoover": one("hoover", ref="reference"),
    "theil": one("theil", weighting="weight"),
    "coulter": one("coulter", weighting="reference"),
    "williamson": one("williamson", weighting="weight"),
    "atkinson": one("atkinson"),
    "cv": one("coefficient_of_variation", weighting="weight"),
    "krugman.spec": krugman_pair,
    "krugman.conc": krugman_pair,
    "gini.spec": gini_of("region", "e_i"),
    "gini.conc": gini_of("sector", "e_j"),
    "litzenberger": litzenberger,
    "howard.cl": howard,
    "conc": all_of("sector"),
    "spec": all_of("region"),
    "shift": shift,
    "shiftd": dynamic_shift,
    "shifti": shift_by_industry,
}
