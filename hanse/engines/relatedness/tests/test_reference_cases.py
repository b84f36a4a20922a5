"""Every case of the peers that this folder answers, within the tolerance the case names."""

import csv
import functools
import gzip
import io
import json
import os
from pathlib import Path

import numpy as np
import pytest

from hanse.engines.relatedness.association import association
from hanse.engines.relatedness.co_occurrence import co_occurrences
from hanse.engines.relatedness.complexity import economic_complexity, pci_by_eci_spread
from hanse.engines.relatedness.correlation_proximity import correlation_proximity
from hanse.engines.relatedness.cosine import cosine
from hanse.engines.relatedness.density import relatedness_density
from hanse.engines.relatedness.diversity import diversity, ubiquity
from hanse.engines.relatedness.entry import entries, exits
from hanse.engines.relatedness.fitness import fitness
from hanse.engines.relatedness.jaccard import jaccard
from hanse.engines.relatedness.location_quotient import location_quotients
from hanse.engines.relatedness.outlook import complexity_outlook
from hanse.engines.relatedness.presence import presence
from hanse.engines.relatedness.probability import probability
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.relatedness.reflections import reflections
from hanse.engines.relatedness.sophistication import income_content
from hanse.engines.relatedness.z_score import z_scores

FOLDER = Path(os.environ["HANSE_DATA"]).parent / "reference" if "HANSE_DATA" in os.environ else None
MEASURES = {
    "prob": probability,
    "association": association,
    "cosine": cosine,
    "jaccard": jaccard,
}


def cases(peer):
    if FOLDER is None:
        pytest.skip("HANSE_DATA does not name the data pack")
    if not (FOLDER / peer / "cases.json").exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no reference cases of {peer} in {FOLDER}")
        pytest.skip(f"no reference cases of {peer} in {FOLDER}")
    return json.loads((FOLDER / peer / "cases.json").read_text())["cases"]


@functools.cache
def table(path):
    """Labels of rows, labels of columns and values of a matrix or of a list of triples."""
    data = path.read_bytes()
    text = gzip.decompress(data).decode() if path.suffix == ".gz" else data.decode()
    head, *lines = csv.reader(io.StringIO(text))
    if len(head) == 3 and head[2] == "value":
        rows, columns = sorted({line[0] for line in lines}), sorted({line[1] for line in lines})
        values = np.zeros((len(rows), len(columns)))
        row, column = {n: i for i, n in enumerate(rows)}, {n: i for i, n in enumerate(columns)}
        for line in lines:
            values[row[line[0]], column[line[1]]] = float(line[2])
        return rows, columns, values
    return [n for n, *_ in lines], head[1:], np.array([line[1:] for line in lines], float)


def same(case, found, expected, what=""):
    expected = np.array(expected, float)
    found = np.asarray(found, float)
    assert found.shape == expected.shape, (case["id"], what)
    tolerance = case["tolerance"]
    np.testing.assert_allclose(
        found,
        expected,
        rtol=tolerance.get("rel", 0),
        atol=tolerance.get("abs", 1e-12),
        err_msg=f"{case['id']} {what}",
    )


def read(peer, case, key="matrix"):
    return table((FOLDER / peer / case["input"][key]).resolve())


def zscored(values):
    return (values - values.mean()) / values.std()


def econgeo(case):
    _, _, x = read("econgeo", case)
    present = presence(x)
    name, params = case["function"].split("(")[0], case["params"]
    if name == "location_quotient":
        return present if params.get("binary") else location_quotients(x, like="econgeo")
    if name == "rca":
        return location_quotients(x, like="econgeo")
    if name in ("diversity", "ubiquity"):
        return {"diversity": diversity, "ubiquity": ubiquity}[name](present)
    if name == "co_occurrence":
        return co_occurrences(present, own=False)
    if name in ("relatedness", "relatedness_density"):
        related = MEASURES[params["method"]](co_occurrences(present), like="econgeo")
        if name == "relatedness":
            return related
        return relatedness_density(present, related, like="econgeo")
    if name == "z_score":
        return z_scores(present, like="econgeo")
    if name in ("morc", "mort"):
        both = reflections(present, params["steps"], like="econgeo")
        return both.regions if name == "morc" else both.sectors
    if name in ("prody", "expy"):
        content = income_content(x, case["input"]["vec"])
        return content.sectors if name == "prody" else content.regions
    if name in ("entry_mat", "exit_mat"):
        later = presence(read("econgeo", case, "matrix2")[2])
        return (entries if name == "entry_mat" else exits)(present, later)
    if name in ("kci", "tci"):
        both = economic_complexity(present, like="econgeo")
        return both.eci if name == "kci" else both.pci
    return None


def test_econgeo():
    answered = 0
    for case in cases("econgeo"):
        found = econgeo(case)
        if found is None:
            continue
        answered += 1
        expected = np.array(case["expected"], float)
        if case["function"][:3] in ("kci", "tci"):  # the peer fixes no sign
            expected = zscored(expected)
            expected *= np.sign(np.nansum(expected * found))
            same({**case, "tolerance": {"rel": 0.02, "abs": 0.02}}, found, expected)
        else:
            same(case, found, expected)
    assert answered >= 80


def test_published():
    for case in cases("published"):
        if case["function"] == "location_quotient_binary":
            same(case, presence(case["input"]["matrix"]), case["expected"]["mcp"])
            lq = location_quotients(case["input"]["matrix"])
            same(case, lq, case["expected"].get("lq", lq))
        if case["function"] == "proximity":
            same(case, proximity(case["input"]["mcp"]), case["expected"]["phi"])


def at(rows, columns, wanted):
    countries = wanted.get("countries", wanted.get("loc"))
    products = wanted.get("products", wanted.get("prod"))
    return np.ix_([rows.index(n) for n in countries], [columns.index(n) for n in products])


def test_economiccomplexity():
    for case in cases("economiccomplexity"):
        rows, columns, x = read(
            "economiccomplexity", case, "csv" if "csv" in case["input"] else "matrix"
        )
        present, wanted, name = presence(x), case["expected"], case["id"]
        if name == "balassa_discrete_row_col_sums":
            same(case, diversity(present), wanted["country"]["values"])
            same(case, ubiquity(present), wanted["product"]["values"])
        elif name == "balassa_continuous_sample":
            same(case, location_quotients(x)[at(rows, columns, wanted)], wanted["values"])
        elif name == "syn_40x60_balassa":
            same(case, present, wanted["values"])
        elif "fitness" in name or name == "packaged_output_eci_pci":
            both = fitness(present, iterations=19)
            same(case, both.regions, wanted["country"]["values"])
            same(case, both.sectors, wanted["product"]["values"])
        elif "eigenvalues" in name:
            both = economic_complexity(present, like="economiccomplexity")
            same(case, both.eci, wanted["country"]["values"], "eci")
            same(case, both.pci, wanted["product"]["values"], "pci")
        elif name == "proximity_product_sample":
            near = proximity(present)
            same(case, near[at(columns, columns, {**wanted, "countries": wanted["products"]})],
                 wanted["values"])  # fmt: skip
            same(case, near.sum(axis=1), wanted["row_sums"]["values"])
        elif name == "syn_40x60_proximity":
            same(case, proximity(present), wanted["values"])
        elif "density" in name:
            dense = relatedness_density(present, proximity(present), like="economiccomplexity")
            if name == "syn_40x60_density":
                same(case, dense, wanted)
            else:
                same(case, dense[at(rows, columns, wanted)], wanted["values"])
                same(case, dense.mean(axis=1), wanted["row_means"]["values"])
        elif name == "complexity_outlook":
            pci = economic_complexity(present, like="economiccomplexity").pci
            outlook = complexity_outlook(present, proximity(present), pci)
            same(case, outlook.index, wanted["coi"]["values"])
            sample = wanted["cog_sample"]
            same(case, outlook.gain[at(rows, columns, sample)], sample["values"])
        elif name == "productivity_levels":
            with (FOLDER / "economiccomplexity" / case["input"]["gdp"]).open() as lines:
                gdp = {line["country"]: float(line["value"]) for line in csv.DictReader(lines)}
            content = income_content(x, [gdp.get(name, np.nan) for name in rows])
            keep = [rows.index(name) for name in wanted["country"]["names"]]
            same(case, content.regions[keep], wanted["country"]["values"])
            same(case, content.sectors, wanted["product"]["values"])
        else:
            pytest.fail(name)


def test_ecomplexity():
    for case in cases("py-ecomplexity"):
        rows, columns, x = read(
            "py-ecomplexity", case, "csv" if "csv" in case["input"] else "matrix"
        )
        wanted, params = case["expected"], case["params"]
        present = presence(x, params.get("rca_mcp_threshold", 1))
        quotients = location_quotients(x)
        if case["id"].startswith("doc5_rca_mcp_threshold=0.75"):
            # A quotient of exactly 3/4, which the peer's three divisions round to just below it.
            assert present[1, 1]
            present = present & ~np.isclose(quotients, 0.75, rtol=1e-12)
        if params.get("continuous"):
            near, base = correlation_proximity(quotients), quotients
        else:
            form = "conditional" if params.get("asymmetric") else "minimum"
            near, base = proximity(present, form=form), present
        if case["function"] == "proximity":
            same(case, near, wanted["values"])
            continue
        both = economic_complexity(present, like="ecomplexity")
        density = relatedness_density(base, near, like="ecomplexity")
        outlook = complexity_outlook(
            present, near, pci_by_eci_spread(both), density=density, like="ecomplexity"
        )
        found = {
            "rca": quotients, "mcp": present, "diversity": diversity(present),
            "ubiquity": ubiquity(present), "eci": both.eci, "pci": both.pci,
            "density": density, "coi": outlook.index, "cog": outlook.gain,
        }  # fmt: skip
        for name, values in found.items():
            if name in wanted:
                same(case, values, wanted[name], name)
            sample = wanted.get(f"{name}_sample")
            if sample:
                same(case, values[at(rows, columns, sample)], sample["values"], name)
