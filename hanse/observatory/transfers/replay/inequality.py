"""Functions of PySAL's inequality by our engines."""

from collections.abc import Callable, Mapping
from typing import Any

from hanse.engines import regional
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.inputs import listed


def of(name: str, columns: Mapping[str, str]) -> Callable[[Case], Any]:
    """An indicator of a vector; columns: the peer's name of a result → ours."""

    def play(case: Case) -> Any:
        rows = listed(case.input["x"])
        if "groups" in case.input:
            rows["group"] = case.input["groups"]
        found = getattr(regional, name)(rows, like="pysal")
        return {peer: found[ours][0].as_py() for peer, ours in columns.items()}

    return play


FUNCTIONS: dict[str, Callable[[Case], Any]] = {
    "inequality.gini.Gini": of("gini", {"g": "gini"}),
    "inequality.theil.Theil": of("theil", {"T": "theil"}),
    "inequality.theil.TheilD": of(
        "theil", {"T": "theil", "between": "between", "within": "within"}
    ),
}
