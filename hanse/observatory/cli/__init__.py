"""`hanse observatory …`: figures, releases and methods on a terminal."""

from hanse.observatory.cli import methods
from hanse.observatory.cli.definition import define
from hanse.observatory.cli.figures import observatory

methods.add_to(observatory)
observatory.add_command(define)
__all__ = ["observatory"]
