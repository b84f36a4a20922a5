"""The method notes, by slug."""

from hanse.observatory.queries.methods import strength, structure
from hanse.observatory.queries.methods.note import MethodNote

__all__ = ["METHODS", "METHOD_OF", "MethodNote"]

METHODS = {note.slug: note for note in (*strength.NOTES, *structure.NOTES)}
METHOD_OF = {
    "lq": METHODS["lq"],
    "persons": METHODS["published"],
    "share": METHODS["lq"],
    "growth": METHODS["growth"],
    "wages_per_person": METHODS["wages_per_person"],
    "local_units": METHODS["published"],
    "stars": METHODS["stars"],
    "factors": METHODS["factors"],
}
