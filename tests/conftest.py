"""Tests of the whole house share the small world of the tests beside the code."""

from hanse.conftest import (  # noqa: F401
    ana,
    as_person,
    audit_open_to_the_flush,
    bruno,
    carla,
    counted_tries,
    files_of_the_test,
    plain_settings,
)
