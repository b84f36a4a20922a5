"""Notebooks run from their first cell to the last, without Django and without a warning."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
LAST = "\n\nimport sys\n\nassert 'django' not in sys.modules, 'Django was loaded'\n"


def cells_of(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def source_of(cell):
    return "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_is_well_formed_and_holds_no_output(path):
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    assert {"metadata", "cells", "nbformat", "nbformat_minor"} == set(whole)
    names = [cell["id"] for cell in whole["cells"]]
    assert len(set(names)) == len(names)
    for cell in whole["cells"]:
        assert all(character.isalnum() or character in "-_" for character in cell["id"])
        assert cell["cell_type"] in {"markdown", "code"}
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs(path, tmp_path):
    code = [cell for cell in cells_of(path) if cell["cell_type"] == "code"]
    script = tmp_path / f"{path.stem}.py"
    # One namespace, each cell compiled under its own name, so that a failure names the cell.
    script.write_text(
        "cells = "
        + repr([(cell["id"], source_of(cell)) for cell in code])
        + "\nnamespace = {'__name__': 'notebook'}\n"
        + "for name, source in cells:\n    exec(compile(source, name, 'exec'), namespace)\n"
        + LAST,
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        cwd=path.parent,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_there_is_a_notebook():
    assert NOTEBOOKS
