"""`hanse directory …`: organisations in and out, search and suggestions tested, on a terminal."""

from hanse.directory.cli.evaluation import evaluate_suggestions
from hanse.directory.cli.exports import export
from hanse.directory.cli.group import directory
from hanse.directory.cli.imports import import_
from hanse.directory.cli.indexing import index
from hanse.directory.cli.projects import projects

directory.add_command(evaluate_suggestions)
directory.add_command(projects)
__all__ = ["directory", "export", "import_", "index"]
