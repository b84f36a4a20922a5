"""A file of reference cases: inputs, the peer's function, its parameters, what it gave.

Form: `{"peer": …, "cases": [{"id", "function", "input", "params", "expected", "tolerance"}]}`. A
path in an input lies beside the file of cases; `shared: x` lies under the folder of shared data.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from django.utils.translation import gettext_lazy as _

from hanse.kit.refusals import Refusal, Refused

SHARED = "shared:"
NO_FILE = _("There is no file %(file)s.")
NO_CASES = _("%(file)s is no file of reference cases: %(why)s")


@dataclass(frozen=True)
class Case:
    """One reference case, with the means to read what its input names."""

    id: str
    peer: str
    function: str
    input: Mapping[str, Any]
    params: Mapping[str, Any]
    expected: Any
    tolerance: Mapping[str, Any]
    deliberate: str | None
    beside: Path
    shared: Path | None

    @property
    def name(self) -> str:
        """The peer's function without what it is applied to: `relatedness(co_occurrence(…))`."""
        return self.function.partition("(")[0].strip()

    def path(self, text: str) -> Path:
        """The file that a text in the input names."""
        if text.startswith(SHARED):
            if self.shared is None:
                raise FileNotFoundError(f"{text}: the folder of shared data is not given (--data)")
            return self.shared / text.removeprefix(SHARED).strip()
        return self.beside / text

    def table(self, key: str = "csv") -> pd.DataFrame:
        """The table that the input names, codes as text."""
        path = self.path(self.input[key])
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        return pd.read_csv(path, dtype=dict.fromkeys(("country", "product", "region"), str))

    def document(self, key: str) -> Any:
        """The JSON file that the input names."""
        return json.loads(self.path(self.input[key]).read_text(encoding="utf-8"))


def read_cases(path: Path, shared: Path | None = None) -> list[Case]:
    """All cases of a file; a file of another form is refused."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        rows = _rows(document)
        peer = str(document.get("peer", "")) if isinstance(document, dict) else ""
        return [_case(row, peer, path.parent, shared) for row in rows]
    except FileNotFoundError as why:
        raise Refused(Refusal("no_such_file", NO_FILE, {"file": str(path)})) from why
    except (KeyError, TypeError, ValueError, AttributeError) as why:
        facts = {"file": path.name, "why": str(why)}
        raise Refused(Refusal("not_a_cases_file", NO_CASES, facts)) from why


def _rows(document: Any) -> list[Any]:
    rows = document["cases"] if isinstance(document, dict) else document
    if not rows:
        raise ValueError("no cases")
    return list(rows)


def _case(row: Mapping[str, Any], peer: str, beside: Path, shared: Path | None) -> Case:
    given = row.get("input") or {}
    return Case(
        id=str(row["id"]),
        peer=str(row.get("peer", peer)),
        function=str(row["function"]),
        input=given if isinstance(given, dict) else {"x": given},
        params=row.get("params") or {},
        expected=row["expected"],
        tolerance=row.get("tolerance") or {"rel": 1e-9},
        deliberate=row.get("deliberate"),
        beside=beside,
        shared=shared,
    )
