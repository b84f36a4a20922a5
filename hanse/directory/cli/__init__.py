"""`hanse directory …`: organisations in and out, the search made anew, on a terminal."""

from hanse.directory.cli.exports import export
from hanse.directory.cli.group import directory
from hanse.directory.cli.imports import import_
from hanse.directory.cli.indexing import index

__all__ = ["directory", "export", "import_", "index"]
