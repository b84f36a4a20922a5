"""Groups of industries from a table of one's own."""

import numpy as np
import pytest
from click.testing import CliRunner

from hanse.observatory.cli import observatory


@pytest.fixture
def classes(tmp_path):
    """Nine classes in three planted groups over sixty regions."""
    random = np.random.default_rng(3)
    strength = random.lognormal(0, 1.5, size=(60, 3))
    lines = ["nuts;class;persons"]
    for region in range(60):
        for sector in range(9):
            persons = int(100 * strength[region, sector // 3] * random.lognormal(0, 0.2)) + 1
            lines.append(f"R{region:02};{sector:02};{persons}")
    path = tmp_path / "classes.csv"
    path.write_text("\n".join(lines))
    return path


def run(path, *more):
    names = ("--region", "nuts", "--sector", "class", "--value", "persons", "--numbers", "2-4")
    return CliRunner().invoke(
        observatory, ["define", str(path), *names, "--format", "csv", *map(str, more)]
    )


def test_planted_groups_are_found_and_agree_with_themselves(classes, tmp_path):
    published = tmp_path / "published.csv"
    published.write_text("class,group\n" + "\n".join(f"{n:02},G{n // 3}" for n in range(9)))
    found = run(classes, "--published", published)
    assert found.exit_code == 0
    assert "3 groups" in found.stderr.splitlines()[0]
    assert "adjusted Rand 1.000" in found.stderr.splitlines()[0]
    rows = [line.split(",")[:2] for line in found.stdout.splitlines() if line[:1].isdigit()]
    groups = {}
    for group, sector in rows:
        groups.setdefault(group, set()).add(sector)
    assert sorted(map(sorted, groups.values())) == [
        ["00", "01", "02"], ["03", "04", "05"], ["06", "07", "08"],
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "nuts;class\nR1;a\n", "nuts;class;persons\nR1;a;-1\n"])
def test_a_table_that_does_not_fit_is_refused_in_words(tmp_path, text):
    path = tmp_path / "bad.csv"
    path.write_text(text)
    found = run(path)
    assert found.exit_code == 1
    assert found.stderr.startswith("Error: ")
    assert "Traceback" not in found.stderr
