"""Joint projects from a list: only between organisations known by their code, and once."""

from datetime import date

import pytest

from hanse.directory.actions.projects import Given, TakenIn, take_in_projects
from hanse.directory.models import JointProject
from hanse.directory.queries.partners import direct_partners
from hanse.directory.transfers.cordis import Told, Unreadable, projects_in

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ONE, TWO, STRANGE = "999997930", "999984059", "999988133"


def test_a_project_comes_in_where_two_are_known_and_once(organisation):
    first, second = organisation("One", pic=ONE), organisation("Two", pic=TWO)
    given = [
        Given("1", date(2016, 1, 1), None, "LEIT", [(ONE, "coordinator"), (TWO, "participant")]),
        Given("2", None, None, "", [(ONE, "participant"), (STRANGE, "participant")]),
    ]
    assert take_in_projects(given, "CORDIS") == TakenIn(2, 1, 1, 2)
    assert take_in_projects(given, "CORDIS") == TakenIn(2, 1, 0, 0)
    assert JointProject.objects.get().source_number == "1"
    assert direct_partners(first.pk) == {second.pk}


def test_a_folder_is_read_and_a_broken_one_named(tmp_path):
    import pyarrow as pa
    from pyarrow.parquet import write_table

    with pytest.raises(Unreadable, match=r"no participations\.parquet"):
        list(projects_in(tmp_path))
    parts = {"project_rcn": [7, 7], "org_pic": [ONE, TWO], "role": ["coordinator", None]}
    write_table(pa.table(parts), tmp_path / "participations.parquet")
    about = {
        "project_rcn": [7],
        "start_date": [date(2016, 1, 1)],
        "end_date": [None],
        "programme_parts": ["LEIT;SC4"],
    }
    write_table(pa.table(about), tmp_path / "projects.parquet")
    assert list(projects_in(tmp_path)) == [
        Told("7", date(2016, 1, 1), None, "LEIT;SC4", ((ONE, "coordinator"), (TWO, "participant")))
    ]
    (tmp_path / "projects.parquet").write_bytes(b"no parquet")
    with pytest.raises(Unreadable, match=r"projects\.parquet cannot be read"):
        list(projects_in(tmp_path))
