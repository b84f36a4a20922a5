"""A method note: what an indicator is, in a reader's words, and the engine that computes it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class MethodNote:
    slug: str
    title: Promise
    formula: str
    says: Promise
    mind: Promise
    source: Promise
    engine: str

    @property
    def engine_file(self) -> str:
        """Where the engine lies in the source."""
        return f"hanse/engines/{self.engine.replace('.', '/')}.py"
