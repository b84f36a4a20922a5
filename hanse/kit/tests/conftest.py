"""The component sheet under a URLconf of its own, without the rest of the site."""

import copy

import pytest
from django.conf import settings as project


@pytest.fixture
def look(settings):
    templates = copy.deepcopy(project.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [
        name for name in options["context_processors"] if not name.startswith("hanse.")
    ] + ["hanse.kit.tests.addresses.sections"]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "hanse.kit.tests.addresses"
    settings.STORAGES = {
        **project.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return settings
