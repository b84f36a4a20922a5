"""The numbers of the peers: EconGeo, REAT, PySAL and exact small cases, each in its convention."""

import csv
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hanse.engines import regional

REFERENCE = Path(os.environ.get("HANSE_DATA", "/nowhere")).parent / "reference"
Answer = Callable[[dict[str, Any]], Any]


def table(path: str) -> dict[str, list[Any]]:
    with path_of(path).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: [number(row[name]) for row in rows] for name in rows[0]}


def path_of(path: str) -> Path:
    return next(REFERENCE / peer / path for peer in PEERS if (REFERENCE / peer / path).exists())


def number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def long(matrix: Any, **more: Any) -> dict[str, list[Any]]:
    """Rows are regions, columns sectors, as in the cases."""
    if isinstance(matrix, str):
        figures = table(matrix)
        matrix = np.array([figures[name] for name in figures if name != "region"]).T
    found = np.array(matrix, dtype=float)
    regions, sectors = np.indices(found.shape)
    rows = {"region": regions.ravel(), "sector": sectors.ravel(), "value": found.ravel()}
    return {name: list(column) for name, column in rows.items()} | {
        name: [value] * found.size for name, value in more.items()
    }


def joined(*tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: [value for one in tables for value in one[name]] for name in tables[0]}


def vector(values: Any, key: str = "region", **more: Any) -> dict[str, Any]:
    return {key: list(range(len(values))), "value": list(values), **more}


def wide(result: Any, column: str) -> list[list[Any]]:
    """A long result as the matrix of the cases."""
    regions = result["region"].to_pylist()
    values = result[column].to_pylist()
    return [
        [value for region, value in zip(regions, values, strict=True) if region == one]
        for one in sorted(set(regions))
    ]


# ---- EconGeo


def econgeo(name: str, **options: Any) -> Answer:
    def answer(given: dict[str, Any]) -> Any:
        if "pop" in given:
            options["reference"] = vector(given["pop"])
        method = getattr(regional, name)
        return method(long(given["matrix"]), like="econgeo", **options)[name].to_pylist()

    return answer


def econgeo_quotient(given: dict[str, Any], *, binary: bool = False) -> Any:
    found = regional.location_quotient(long(given["matrix"]), like="econgeo")
    return wide(found, "present" if binary else "location_quotient")


def two_periods(given: dict[str, Any]) -> dict[str, list[Any]]:
    return joined(long(given["matrix"], period=1), long(given["matrix2"], period=2))


def growth(of: str) -> Answer:
    return lambda given: regional.growth_rate(two_periods(given), of=of, like="econgeo")[
        "growth_rate"
    ].to_pylist()


def moves(which: str) -> Answer:
    return lambda given: wide(regional.entry_exit(two_periods(given), like="econgeo"), which)


# ---- REAT


def one(name: str, column: str | None = None, **options: Any) -> Answer:
    """A vector x over regions, with weights where there are some."""

    def answer(given: dict[str, Any]) -> Any:
        rows = vector(given["x"])
        if "weighting" in given:
            rows["weight"] = given["weighting"]
        method = getattr(regional, name)
        like = "reat" if "reat" in method.presets else None
        return method(rows, like=like, **options)[column or name][0].as_py()

    return answer


def against(name: str, key: str) -> Answer:
    """A vector x over regions against another."""

    def answer(given: dict[str, Any]) -> Any:
        method = getattr(regional, name)
        found = method(vector(given["x"]), reference=vector(given[key]), like="reat")
        return found[name][0].as_py()

    return answer


def columns_of(given: dict[str, Any], *names: str) -> list[Any]:
    """Inline vectors, or columns of a file such as "Goettingen2017[2:16]" and "e_Freiburg2008"."""
    if "csv" not in given:
        return [given[name] for name in names]
    figures = table(given["csv"])
    found = []
    for name in names:
        column, _, rows = given[name].partition("[")
        values = figures[column]
        if rows:
            first, _, last = rows.rstrip("]").partition(":")
            values = values[int(first) - 1 : int(last or first)]
        found.append(values)
    return found


def reat_locq(given: dict[str, Any]) -> Any:
    x, total, nation, whole = columns_of(given, "e_ij", "e_j", "e_i", "e")
    x, total, nation, whole = (
        np.atleast_1d(one).astype(float) for one in (x, total, nation, whole)
    )
    # The rest of the region and of the nation as a sector of its own makes the sums complete.
    rows = vector([*x, total[0] - x.sum()], "sector", region=["j"] * (len(x) + 1))
    area = vector([*nation, whole[0] - nation.sum()], "sector")
    found = regional.location_quotient(rows, reference=area)["location_quotient"].to_pylist()[:-1]
    return found if len(found) > 1 else found[0]


def from_file(given: dict[str, Any], **roles: str) -> dict[str, list[Any]]:
    figures = table(given["csv"])
    return {role: figures[given[name]] for role, name in roles.items()}


def reat_locq2(given: dict[str, Any]) -> Any:
    rows = from_file(given, region="region", sector="industry", value="value")
    found = regional.location_quotient(rows)
    return found["location_quotient"].to_pylist()


EG = {"gamma": "ellison_glaeser", "G": "concentration", "z": "z", "K": "plants", "H": "herfindahl"}


def reat_ellison_a(given: dict[str, Any]) -> Any:
    regions = list(dict.fromkeys(given["regions"]))
    rows = {"region": given["regions"], "value": given["e_ik"]}
    found = regional.ellison_glaeser(rows, reference={"region": regions, "value": given["e_j"]})
    return {peer: found[ours][0].as_py() for peer, ours in EG.items()}


def reat_ellison_a2(given: dict[str, Any]) -> Any:
    rows = from_file(given, region="region", sector="industry", value="e_ik")
    found = regional.ellison_glaeser(rows)
    return {"industry": found["sector"].to_pylist()} | {
        peer: found[ours].to_pylist() for peer, ours in EG.items()
    }


def both_regions(given: dict[str, Any]) -> Any:
    here, there = columns_of(given, "e_ij", "e_il")
    found = regional.krugman_pairs(long([here, there]))
    return found["krugman"][0].as_py()


def reat_gini_spec(given: dict[str, Any]) -> Any:
    here, nation = columns_of(given, "e_ij", "e_i")
    found = regional.locational_gini(
        vector(here, "sector"), of="region", reference=vector(nation, "sector"), like="reat"
    )
    return found["locational_gini"][0].as_py()


def reat_litzenberger(given: dict[str, Any]) -> Any:
    pairs = {"value": "e_i", "plants": "b_i", "area": "a", "population": "p"}
    here = {"value": "e_ij", "plants": "b_ij", "area": "a_j", "population": "p_j"}
    rows = {role: [given[here[role]], given[pairs[role]] - given[here[role]]] for role in pairs}
    found = regional.litzenberger_sternberg({"region": ["j", "rest"], **rows})
    return found["litzenberger_sternberg"][0].as_py()


def reat_howard(given: dict[str, Any]) -> Any:
    rows = {"plant": given["k"], "sector": given["industry"], "region": given["region"]}
    return regional.colocation(rows)["colocation"][0].as_py()


def reat_side(of: str) -> Answer:
    def answer(given: dict[str, Any]) -> Any:
        rows = from_file(given, region="region", sector="industry", value="e_ij")
        found = regional.hoover(rows, of=of)
        return {
            ("industry" if of == "sector" else "region"): found[of].to_pylist(),
            "hoover": found["hoover"].to_pylist(),
            "gini": regional.locational_gini(rows, of=of, like="reat")[
                "locational_gini"
            ].to_pylist(),
            "krugman": regional.krugman(rows, of=of, like="reat")["krugman"].to_pylist(),
        }

    return answer


SHIFT = {
    "Growth (t1-t)": "change",
    "National share": "national",
    "Industrial mix": "mix",
    "Regional share": "regional",
    "Allocation effect": "allocation",
    "Net total shift": "net_shift",
}


def over_time(columns: list[list[float]], periods: list[int]) -> dict[str, list[Any]]:
    return joined(
        *(
            {
                "region": ["j"] * len(values),
                "sector": list(range(len(values))),
                "period": [period] * len(values),
                "value": list(values),
            }
            for period, values in zip(periods, columns, strict=True)
        )
    )


def reat_shift(given: dict[str, Any], form: str) -> Any:
    x0, x1, n0, n1 = columns_of(given, "e_ij1", "e_ij2", "e_i1", "e_i2")
    nation = over_time([n0, n1], [1, 2])
    found = regional.shift_share_analysis(over_time([x0, x1], [1, 2]), form=form, reference=nation)
    names = [name for name in SHIFT if SHIFT[name] in found.column_names]
    if form == "esteban":
        names.remove("Net total shift")
    if form == "gerfin":
        names = [name for name in names if name not in {"Growth (t1-t)", "National share"}]
    return {"names": names, "values": [found[SHIFT[name]][0].as_py() for name in names]}


def reat_shiftd(given: dict[str, Any]) -> Any:
    figures = table(given["csv"])
    names = list(figures)
    here = [figures["Goettingen2008"], *(figures[name] for name in names[2:11])]
    there = [figures["BRD2008"], *(figures[name] for name in names[12:21])]
    periods = list(range(2008, 2018))
    rows = over_time([one[1:16] for one in here], periods)
    nation = over_time([one[1:16] for one in there], periods)
    parts = ["change", "national", "mix", "regional", "net_shift"]
    found = regional.shift_share_analysis(rows, periods="sum", reference=nation)
    each = regional.shift_share_analysis(rows, periods="each", reference=nation)
    return {
        "components": [[found[part][0].as_py()] for part in parts],
        "components.year": [each[part].to_pylist() for part in parts],
    }


def reat_shifti(given: dict[str, Any]) -> Any:
    x0, x1, n0, n1 = columns_of(given, "e_ij1", "e_ij2", "e_i1", "e_i2")
    rows, nation = over_time([x0, x1], [1, 2]), over_time([n0, n1], [1, 2])
    whole = regional.shift_share_analysis(rows, reference=nation)
    each = regional.shift_share_analysis(rows, of="cell", reference=nation)
    parts = ["change", "national", "mix", "regional", "net_shift"]
    share = np.array(each["national"]) + np.array(each["mix"])
    own = each["regional"].to_pylist()
    return {
        "components": [[whole[part][0].as_py()] for part in parts],
        # REAT counts the mix of an industry into its national share.
        "components.industry": [each["change"].to_pylist(), list(share), own, own],
    }


# ---- PySAL and the exact cases


def pysal(name: str, columns: dict[str, str]) -> Answer:
    def answer(given: dict[str, Any]) -> Any:
        rows = vector(given["x"])
        if "between" in columns:
            rows["group"] = given["groups"]
        found = getattr(regional, name)(rows, like="pysal")
        return {peer: found[ours][0].as_py() for peer, ours in columns.items()}

    return answer


def of_plants(name: str, columns: dict[str, str]) -> Answer:
    def answer(given: dict[str, Any]) -> Any:
        rows = {
            "region": [region for region, _ in given["plants"]],
            "value": [value for _, value in given["plants"]],
        }
        found = getattr(regional, name)(rows, reference=vector(given["region_share"]))
        return {peer: found[ours][0].as_py() for peer, ours in columns.items()}

    return answer


def exact_quotient(given: dict[str, Any]) -> Any:
    found = regional.location_quotient(long(given["matrix"]))
    return {"lq": wide(found, "location_quotient"), "mcp": wide(found, "present")}


def both_theils(given: dict[str, Any]) -> Any:
    rows = vector(given["x"])
    return {
        f"theil_{form}": regional.theil(rows, form=form)["theil"][0].as_py() for form in ("T", "L")
    }


def both_scales(given: dict[str, Any]) -> Any:
    rows = long(given["matrix"])
    unit = regional.locational_gini(rows)["locational_gini"][0].as_py()
    half = regional.locational_gini(rows, like="econgeo")["locational_gini"][0].as_py()
    return {"unit_scale": unit, "econgeo_scale": half}


PEERS: dict[str, dict[str, Answer]] = {
    "econgeo": {
        "location_quotient": econgeo_quotient,
        "location_quotient binary": lambda given: econgeo_quotient(given, binary=True),
        "rca": econgeo_quotient,
        "krugman_index": econgeo("krugman"),
        "spec_coeff": econgeo("krugman", scale=0.5),
        "herfindahl": econgeo("herfindahl"),
        "hachman": econgeo("hachman"),
        "entropy": econgeo("entropy"),
        "gini": econgeo("gini"),
        "hoover_index": econgeo("hoover"),
        "hoover_gini": econgeo("locational_gini", scale=1.0),
        "locational_gini": econgeo("locational_gini"),
        "growth_ind": growth("sector"),
        "growth_reg": growth("region"),
        "entry_mat(LQ binary t1, LQ binary t2)": moves("entry"),
        "exit_mat(LQ binary t1, LQ binary t2)": moves("exit"),
    },
    "reat": {
        "locq": reat_locq,
        "locq2": reat_locq2,
        "ellison.a": reat_ellison_a,
        "ellison.a2": reat_ellison_a2,
        "gini": one("gini"),
        "gini coefnorm": one("gini", normalised=True),
        "herf": one("herfindahl", of="sector"),
        "herf coefnorm": one("herfindahl", of="sector", normalised=True),
        "herf eq": one("herfindahl", "equivalent", of="sector"),
        "hoover": against("hoover", "ref"),
        "theil": one("theil"),
        "coulter": against("coulter", "weighting"),
        "williamson": one("williamson"),
        "atkinson": one("atkinson"),
        "cv": one("coefficient_of_variation"),
        "krugman.spec": both_regions,
        "gini.spec": reat_gini_spec,
        "litzenberger": reat_litzenberger,
        "howard.cl": reat_howard,
        "conc": reat_side("sector"),
        "spec": reat_side("region"),
        "shift Dunn": lambda given: reat_shift(given, "dunn"),
        "shift Esteban": lambda given: reat_shift(given, "esteban"),
        "shift Gerfin": lambda given: reat_shift(given, "gerfin"),
        "shiftd Dunn": reat_shiftd,
        "shifti": reat_shifti,
    },
    "pysal-inequality": {
        "inequality.gini.Gini": pysal("gini", {"g": "gini"}),
        "inequality.theil.Theil": pysal("theil", {"T": "theil"}),
        "inequality.theil.TheilD": pysal(
            "theil", {"T": "theil", "between": "between", "within": "within"}
        ),
    },
    "published": {
        "ellison_glaeser": of_plants(
            "ellison_glaeser", {"G": "concentration", "H": "herfindahl", "gamma": "ellison_glaeser"}
        ),
        "maurel_sedillot": of_plants(
            "maurel_sedillot", {"G_ms": "concentration", "gamma": "maurel_sedillot"}
        ),
        "location_quotient_binary": exact_quotient,
        "theil": both_theils,
        "locational_gini": both_scales,
    },
}
MARKS = {"binary": "binary", "coefnorm": "coefnorm", "output": "eq"}


def spelled(case: dict[str, Any]) -> str:
    """The peer's function with the parameter that changes what it gives."""
    marks = [MARKS[name] for name in case["params"] if name in MARKS]
    marks += [case["params"][name] for name in case["params"] if name == "shift.method"]
    return " ".join([case["function"], *marks])


def cases() -> Iterator[Any]:
    for peer, answers in PEERS.items():
        path = REFERENCE / peer / "cases.json"
        if not path.exists():
            reason = f"{path} is not there"
            yield pytest.param("", {}, None, id=peer, marks=pytest.mark.skip(reason=reason))
            continue
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            if spelled(case) in answers:
                answer = answers[spelled(case)]
                yield pytest.param(peer, case, answer, id=f"{peer} {case['id']}")


@pytest.mark.parametrize(("peer", "case", "answer"), list(cases()))
def test_the_peer_says_the_same(peer: str, case: dict[str, Any], answer: Answer) -> None:
    agree(answer(case["input"]), expected(case), case["tolerance"])


def expected(case: dict[str, Any]) -> Any:
    wanted = case["expected"]
    if case["function"] in {"shiftd", "shifti"}:
        parts = ("components", "components.year", "components.industry")
        return {name: wanted[name]["values"] for name in parts if name in wanted}
    if case["function"] == "locq2":
        return list(sorted_by_labels(wanted))
    return wanted


def sorted_by_labels(wanted: dict[str, list[Any]]) -> Iterator[Any]:
    labels = [name for name in wanted if name != "LQ"]
    rows = zip(*(wanted[name] for name in labels), wanted["LQ"], strict=True)
    return (row[-1] for row in sorted(rows))


def agree(found: Any, wanted: Any, tolerance: dict[str, Any]) -> None:
    if isinstance(wanted, dict):
        for name in wanted:
            if name in found:
                agree(found[name], wanted[name], tolerance)
        assert set(found) & set(wanted)
    elif isinstance(wanted, list):
        assert len(found) == len(wanted)
        for ours, theirs in zip(found, wanted, strict=True):
            agree(ours, theirs, tolerance)
    elif wanted is None or isinstance(wanted, str) or tolerance.get("exact"):
        assert found == wanted
    else:
        near = {"rel": tolerance.get("rel", 0.0), "abs": max(tolerance.get("abs", 0.0), 1e-12)}
        assert found == pytest.approx(wanted, **near)
