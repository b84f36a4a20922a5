import json
import os
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings as configured

from hanse.cli import kernels, prepare


@pytest.fixture
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kernels"))
    return tmp_path / "kernels"


@pytest.fixture
def prepared(monkeypatch):
    """`hanse prepare --only-files` where everything but the kernels is there already."""
    monkeypatch.setattr(prepare, "compile_catalogues", lambda: False)
    monkeypatch.setattr(prepare, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(prepare, "release_is_current", lambda *_: True)

    def run():
        answer = CliRunner().invoke(prepare.prepare, ["--only-files"])
        assert answer.exit_code == 0, answer.output
        return answer.output

    return run


def test_kernels_live_with_the_data_and_not_with_the_program():
    assert Path(os.environ["NUMBA_CACHE_DIR"]).is_absolute()
    code = (Path(configured.ROOT) / "hanse/project/settings.py").read_text()
    assert 'setdefault("NUMBA_CACHE_DIR", str((VAR / "kernels").absolute()))' in code


@pytest.mark.slow
def test_prepare_compiles_every_kernel_once(own_folder, prepared):
    assert "Compiling kernels, once" in prepared()
    assert json.loads((own_folder / kernels.STAMP).read_text()) == kernels.wanted_stamp()
    compiled = {
        re.split(r"[.-]", path.name)[1] for path in own_folder.rglob("*.nbi")
    }  # module.name-line.python.nbi
    wanted = {
        one.py_func.__name__
        for one in kernels.kernels()
        if one.targetoptions.get("inline") != "always"
    }
    assert wanted - compiled == set()
    began = time.monotonic()
    assert prepared() == ""
    assert time.monotonic() - began < 2


def test_other_sources_make_the_stamp_invalid(own_folder, monkeypatch):
    own_folder.mkdir()
    assert not kernels.kernels_are_current()
    (own_folder / kernels.STAMP).write_text(json.dumps(kernels.wanted_stamp()))
    assert kernels.kernels_are_current()
    monkeypatch.setattr(kernels, "version", lambda _: "0.0")
    assert not kernels.kernels_are_current()


def test_what_other_sources_left_is_thrown_away(own_folder, monkeypatch):
    class Kernel:
        class stats:  # noqa: N801 -- as Numba has it
            cache_path = str(own_folder / "engine_1")

    (own_folder / "engine_1").mkdir(parents=True)
    for name in ("old.nbi", "old.1.nbc", "notes.txt"):
        (own_folder / "engine_1" / name).touch()
    monkeypatch.setattr(kernels, "kernels", lambda: [Kernel])
    monkeypatch.setattr(kernels, "use_every_kernel", lambda: None)
    kernels.fill()
    assert [path.name for path in (own_folder / "engine_1").iterdir()] == ["notes.txt"]
    assert kernels.kernels_are_current()
