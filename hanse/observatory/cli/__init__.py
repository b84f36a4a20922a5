"""`hanse observatory …`: figures, releases and methods on a terminal."""

from hanse.observatory.cli import methods
from hanse.observatory.cli.figures import observatory

methods.add_to(observatory)
__all__ = ["observatory"]
