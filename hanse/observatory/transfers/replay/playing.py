"""Playing reference cases: each peer's function by our engines, one outcome a case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hanse.engines import differences, faults
from hanse.observatory.transfers.replay import (
    dbmss,
    definitions,
    ecomplexity,
    econgeo,
    economiccomplexity,
    esda,
    inequality,
    reat,
    spdep,
)
from hanse.observatory.transfers.replay.cases import Case, read_cases
from hanse.observatory.transfers.replay.tolerance import compared

Played = Callable[[Case], Any]
# Who is asked for a function's name, by a word of the file's `peer`; others after them.
PEERS: dict[str, dict[str, Played]] = {
    "econgeo": econgeo.FUNCTIONS,
    "economiccomplexity": economiccomplexity.FUNCTIONS,
    "ecomplexity": ecomplexity.FUNCTIONS,
    "reat": reat.FUNCTIONS,
    "inequality": inequality.FUNCTIONS,
    "esda": esda.FUNCTIONS,
    "spdep": spdep.FUNCTIONS,
    "dbmss": dbmss.FUNCTIONS,
    "definitions": definitions.FUNCTIONS,
}
NO_VALUES = "reference-without-values"
AS_THE_PEER = {**ecomplexity.AS_THE_PEER}


@dataclass(frozen=True)
class Outcome:
    """What became of one case."""

    id: str
    passed: bool
    deviation: float | None
    deliberate: str | None
    why: str = ""


@dataclass(frozen=True)
class Replay:
    """All outcomes of a file."""

    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> int:
        return sum(one.passed for one in self.outcomes)

    @property
    def deliberate(self) -> int:
        return sum(one.deliberate is not None for one in self.outcomes)

    @property
    def failed(self) -> int:
        return len(self.outcomes) - self.passed - self.deliberate

    def as_dict(self) -> dict[str, Any]:
        """The form that programs read."""
        return {
            "cases": [
                {
                    "id": one.id,
                    "passed": one.passed,
                    "deviation": one.deviation,
                    "deliberate": one.deliberate,
                    **({"why": one.why} if one.why else {}),
                }
                for one in self.outcomes
            ],
            "passed": self.passed,
            "failed": self.failed,
            "deliberate": self.deliberate,
        }


def replay(path: Path, shared: Path | None = None) -> Iterable[Outcome]:
    """Play the cases of a file, one after the other."""
    for case in read_cases(path, shared):
        yield play(case)


def play(case: Case) -> Outcome:
    """One case. Inputs come from outside: what cannot be played has failed, and says why."""
    function = _function(case)
    if function is None:
        why = f"no function {case.function!r} of {case.peer}"
        return Outcome(case.id, passed=False, deviation=None, deliberate=None, why=why)
    try:
        found = function(case)
    except (faults.Unfit, OSError, LookupError, TypeError, ValueError, AttributeError) as why:
        said = f"{type(why).__name__}: {why}"
        return Outcome(case.id, passed=False, deviation=None, deliberate=None, why=said)
    result = compared(case.expected, found, case.tolerance)
    if result.passed:
        return Outcome(case.id, passed=True, deviation=result.deviation, deliberate=None)
    return _failed(case, result.deviation, result.why)


def _function(case: Case) -> Played | None:
    asked = [one for word, one in PEERS.items() if word in case.peer.casefold()]
    for functions in (*asked, *PEERS.values()):
        for name in (case.function.strip(), case.name):
            if name in functions:
                return functions[name]
    return None


def _failed(case: Case, deviation: float | None, why: str) -> Outcome:
    """Failed, unless an entry of the documented differences says why the peer is not followed."""
    named = case.deliberate or _difference(case)
    known = differences.DIFFERENCES.get(named or "") if _may_name(case, named) else None
    return Outcome(
        case.id,
        passed=False,
        deviation=deviation,
        deliberate=f"{named}: {known}" if known else None,
        why=why,
    )


def _may_name(case: Case, named: str | None) -> bool:
    """An entry speaks of its own peer alone; that nothing is expected can be seen."""
    if named == NO_VALUES:
        return differences.holds_nothing(case.expected)
    return named is not None and named.partition("-")[0] in case.peer.casefold()


def _difference(case: Case) -> str | None:
    """The entry that explains a case: nothing expected, or the peer's defect gives its values."""
    if differences.holds_nothing(case.expected):
        return NO_VALUES
    for name, functions in AS_THE_PEER.items():
        function = functions.get(case.name)
        if function and compared(case.expected, function(case), case.tolerance).passed:
            return name
    return None
