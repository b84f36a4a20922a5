"""Who may know whom: imports by import-linter, foreign keys by reading the models."""

import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.ROOT)


def test_imports_keep_the_map():
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def rows() -> dict[str, int]:
    """The row of each domain, counted from above, as the contract writes it."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = contract["contracts"][0]["layers"]
    return {
        name.strip(" ()"): number
        for number, layer in enumerate(layers)
        for name in layer.split("|")
    }


def domain_of(model) -> str | None:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "hanse" else None


def keys():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model:
                yield model, field


def upward(edges, order):
    return [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model, field in edges
        if (here := domain_of(model)) and (there := domain_of(field.related_model))
        if order[there] < order[here]
    ]


def test_foreign_keys_point_downward_only():
    assert upward(keys(), rows()) == []


def test_an_upward_key_would_be_found():
    order = {**rows(), "commons": -1}
    edges = [(model, field) for model, field in keys() if domain_of(model) == "commons"]
    assert upward(edges, {**order, "commons": 5}) == []
    high_and_low = [
        (type("Low", (), {"__module__": "hanse.kit.x", "_meta": edges[0][0]._meta}), edges[0][1])
    ]
    assert upward(high_and_low, rows())


def test_keys_across_domains_leave_no_name_on_the_lower_side():
    open_ended = [
        f"{model._meta.label}.{field.name}"
        for model, field in keys()
        if (here := domain_of(model)) and (there := domain_of(field.related_model))
        if here != there and not field.remote_field.hidden
    ]
    assert open_ended == []


def test_every_domain_has_a_row():
    packages = {path.name for path in (ROOT / "hanse").iterdir() if (path / "__init__.py").exists()}
    assert packages <= rows().keys()
