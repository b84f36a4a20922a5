"""What may come in from a data pack, and what is refused: with file, row and reason."""

import os
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from hanse.kit.refusals import Refused
from hanse.observatory.rules.manifest import Anchor
from hanse.observatory.tests import small_pack
from hanse.observatory.transfers import pack as transfers


@pytest.fixture
def pack(tmp_path, monkeypatch):
    folder = tmp_path / "pack"
    manifests = small_pack.make_pack(folder)
    monkeypatch.setattr(transfers, "manifest", manifests.__getitem__)
    return Pack(folder, manifests)


class Pack:
    def __init__(self, folder, manifests):
        self.folder = folder
        self.manifests = manifests

    def path(self, table):
        return self.folder / self.manifests[table].path

    def rows(self, table):
        return pq.read_table(self.path(table)).to_pylist()

    def exchange(self, table, others, **changes):
        """Other rows in the file, which its manifest then describes as the known ones."""
        small_pack.write(self.path(table), others)
        described = small_pack.described(self.folder, table)
        self.manifests[table] = replace(described, **changes)

    def refusal(self):
        with pytest.raises(Refused) as caught:
            transfers.read_pack(self.folder)
        return caught.value.refusal


def test_a_whole_pack_comes_in(pack):
    deliveries = transfers.read_pack(pack.folder)
    assert set(deliveries) == set(transfers.TABLES)
    assert deliveries["persons"].rows.num_rows == len(small_pack.persons_rows())


def test_no_pack_is_refused(pack):
    with pytest.raises(Refused) as caught:
        transfers.read_pack(pack.folder / "nowhere")
    assert caught.value.refusal.code == "no_pack"


def test_a_missing_file_is_refused_by_name(pack):
    pack.path("business").unlink()
    found = pack.refusal()
    assert found.code == "missing_file"
    assert found.facts["file"] == "eurostat_sbs_nuts2/sbs_r_nuts06_r2.parquet"


def test_a_truncated_file_is_refused(pack):
    path = pack.path("persons")
    path.write_bytes(path.read_bytes()[:-100])
    assert pack.refusal().code == "truncated"


def test_a_file_that_cannot_be_read_to_its_end_is_refused_whatever_its_checksum(pack):
    path = pack.path("persons")
    path.write_bytes(path.read_bytes()[:-100])
    pack.manifests["persons"] = small_pack.described(pack.folder, "persons")
    assert pack.refusal().code == "truncated"


def test_a_broken_csv_is_refused(pack):
    pack.path("regions").write_text("nuts_version,nuts_id\n2013,DE,too,many\n")
    pack.manifests["regions"] = small_pack.described(pack.folder, "regions")
    assert pack.refusal().code == "truncated"


def test_fewer_rows_than_the_known_table_are_refused(pack):
    rows = pack.rows("persons")
    pack.exchange("persons", rows[:-1], rows=len(rows))
    found = pack.refusal()
    assert found.code == "too_few_rows"
    assert (found.facts["found"], found.facts["wanted"]) == (len(rows) - 1, len(rows))


def test_a_wrong_checksum_is_refused(pack):
    path = pack.path("persons")
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    assert pack.refusal().code == "checksum"


def test_a_missing_column_is_refused(pack):
    rows = [{k: v for k, v in row.items() if k != "flag"} for row in pack.rows("persons")]
    pack.exchange("persons", rows)
    found = pack.refusal()
    assert (found.code, found.facts["column"]) == ("missing_column", "flag")


def test_a_column_of_another_type_is_refused(pack):
    pack.exchange("persons", [{**row, "value": str(row["value"])} for row in pack.rows("persons")])
    assert pack.refusal().code == "column_type"


@pytest.mark.parametrize(("column", "code"), [("geo", "XX99"), ("nace_r2", "C99"), ("geo", None)])
def test_an_unknown_code_is_refused_with_its_row(pack, column, code):
    rows = pack.rows("persons")
    rows[4][column] = code
    pack.exchange("persons", rows)
    found = pack.refusal()
    assert (found.code, found.facts["row"]) == ("unknown_code", 5)
    assert found.facts["column"] == column


def test_an_unknown_indicator_is_refused(pack):
    rows = pack.rows("business")
    rows[2]["indic_sb"] = "V00000"
    pack.exchange("business", rows)
    assert pack.refusal().facts["column"] == "indic_sb"


def test_extra_regio_codes_are_known(pack):
    rows = pack.rows("persons")
    rows[4] |= {"geo": "DEZZ", "nuts_level": 2}
    pack.exchange("persons", rows)
    transfers.read_pack(pack.folder)


def test_an_unknown_flag_is_refused(pack):
    rows = pack.rows("persons")
    rows[1]["flag"] = "bx"
    pack.exchange("persons", rows)
    found = pack.refusal()
    assert (found.code, found.facts["row"], found.facts["value"]) == ("unknown_flag", 2, "bx")


def test_a_duplicate_key_is_refused_with_the_row_that_repeats_it(pack):
    rows = pack.rows("persons")
    pack.exchange("persons", [*rows, {**rows[3], "value": 1.0}])
    found = pack.refusal()
    assert (found.code, found.facts["row"]) == ("duplicate_key", len(rows) + 1)
    assert found.facts["value"] == f"{rows[3]['nace_r2']} {rows[3]['geo']} {rows[3]['year']}"


def test_a_negative_count_is_refused(pack):
    rows = pack.rows("persons")
    rows[6]["value"] = -1.0
    pack.exchange("persons", rows)
    found = pack.refusal()
    assert (found.code, found.facts["row"], found.facts["value"]) == ("negative_count", 7, "-1")


def test_negative_wages_are_figures_and_come_in(pack):
    rows = pack.rows("business")
    wages = next(place for place, row in enumerate(rows) if row["indic_sb"] == "V13320")
    rows[wages]["value"] = -8.3
    pack.exchange("business", rows)
    transfers.read_pack(pack.folder)


def test_a_count_with_a_fraction_does_not_fit_its_unit(pack):
    rows = pack.rows("persons")
    rows[6]["value"] = 158.012
    pack.exchange("persons", rows)
    found = pack.refusal()
    assert (found.code, found.facts["row"], found.facts["unit"]) == ("unit", 7, "persons")


def test_another_unit_in_the_unit_column_is_refused(pack):
    (row,) = pack.rows("labour_force")
    pack.exchange("labour_force", [{**row, "unit": "PER"}])
    found = pack.refusal()
    assert (found.code, found.facts["value"], found.facts["unit"]) == ("unit", "PER", "THS")


def test_a_known_figure_in_another_unit_is_refused(pack):
    where = {"geo": "DE11", "nace_r2": "C29", "year": 2014}
    rows = [{**row, "value": (row["value"] or 0) * 1000} for row in pack.rows("persons")]
    anchor = Anchor(where, float(small_pack.size("DE11", "C29", 2014)))
    pack.exchange("persons", rows, anchors=(anchor,))
    assert pack.refusal().code == "unit"


def test_a_refusal_reads_as_a_sentence_with_file_and_row(pack):
    rows = pack.rows("persons")
    rows[4]["geo"] = "XX99"
    pack.exchange("persons", rows)
    assert str(pack.refusal()) == (
        "eurostat_sbs_nuts2/persons_employed_2008_2015.parquet, row 5: "
        "geo holds the unknown code XX99."
    )


@pytest.mark.pack
def test_every_table_of_the_real_pack_comes_in(settings):
    deliveries = transfers.read_pack(real_pack(settings))
    assert deliveries["persons"].rows.num_rows == 317_701


def real_pack(settings) -> Path:
    """The folder named by HANSE_DATA; the test is skipped, in words, where there is none."""
    folder = Path(settings.HANSE_DATA)
    if folder.is_dir():
        return folder
    reason = f"There is no data pack at {folder}: set HANSE_DATA to run this."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
