"""Every example in an engine's docstring is run."""

import doctest
import importlib
import pkgutil

import pytest

import hanse.engines


def modules():
    for found in pkgutil.walk_packages(hanse.engines.__path__, "hanse.engines."):
        if ".tests" not in found.name:
            yield found.name


@pytest.mark.parametrize("name", sorted(modules()))
def test_examples_hold(name):
    module = importlib.import_module(name)
    # Examples may speak of numpy and ibis as every reader does.
    spoken = {one: importlib.import_module(full) for one, full in SPOKEN.items()}
    failed, _ = doctest.testmod(module, extraglobs=spoken, verbose=False)
    assert failed == 0


SPOKEN = {"np": "numpy", "ibis": "ibis"}
