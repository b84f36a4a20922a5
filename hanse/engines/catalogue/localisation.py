"""Localisation over tables of points (x, y, type, weight) and of places (x, y, value, total).

r            increasing distances, in the unit of x and y
reference    the type looked at; no word: all points
neighbour    the type around it; no word: the reference type
h            a bandwidth in the unit of x and y; 0: by the rule
window       x from, x to, y from, y to; none: the box around all points
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hanse.engines import faults, reasons
from hanse.engines.catalogue.rows import no_reasons, table_of
from hanse.engines.localisation.bandwidth import SILVERMAN
from hanse.engines.localisation.d_function import d_function
from hanse.engines.localisation.envelopes import Envelope
from hanse.engines.localisation.k_function import k_function
from hanse.engines.localisation.kd import kd
from hanse.engines.localisation.kd_envelope import kd_envelope
from hanse.engines.localisation.kd_of_places import kd_of_places
from hanse.engines.localisation.l_function import l_function
from hanse.engines.localisation.m_density import m_density
from hanse.engines.localisation.m_envelope import m_envelope
from hanse.engines.localisation.m_function import m_function
from hanse.engines.localisation.null_models import RANDOM_LOCATION
from hanse.engines.localisation.points import Floats
from hanse.engines.localisation.window import Window, rectangle

Numbers = Sequence[float]
CORNERS = 4
# A tenth of the least candidate is as near as the peer solves the bandwidth's equation.
KD_PRESETS = {"dbmss": {"like": "dbmss"}}
BANDS_PRESETS = {"dbmss": {"algorithm": "dropping"}}
KD_BANDS_PRESETS = {"dbmss": {**KD_PRESETS["dbmss"], **BANDS_PRESETS["dbmss"]}}


def kd_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    reference: str = "",
    neighbour: str = "",
    rule: str = SILVERMAN,
    h: float = 0.0,
    exact: bool = False,
    like: str | None = None,
) -> pa.Table:
    """Kd at each distance."""
    found = kd(
        *_places(rows),
        _distances(r),
        *_labels(rows, reference, neighbour),
        weights=_weights(rows),
        rule=h or rule,
        exact=exact,
        like=like,
    )
    return _curve("kd", r, found, reasons.TOO_FEW)


def m_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    reference: str = "",
    neighbour: str = "",
    case_control: bool = False,
) -> pa.Table:
    """M up to each distance."""
    found = m_function(
        *_places(rows),
        _distances(r),
        *_labels(rows, reference, neighbour),
        weights=_weights(rows),
        case_control=case_control,
    )
    return _curve("m", r, found, reasons.NO_NEIGHBOURS)


def m_density_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    reference: str = "",
    neighbour: str = "",
    rule: str = SILVERMAN,
    h: float = 0.0,
    case_control: bool = False,
    like: str | None = None,
) -> pa.Table:
    """Little m at each distance."""
    found = m_density(
        *_places(rows),
        _distances(r),
        *_labels(rows, reference, neighbour),
        weights=_weights(rows),
        rule=h or rule,
        case_control=case_control,
        like=like,
    )
    return _curve("m_density", r, found, reasons.NO_NEIGHBOURS)


def k_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    reference: str = "",
    neighbour: str = "",
    window: Numbers = (),
    correction: str = "isotropic",
) -> pa.Table:
    """K up to each distance."""
    return _curve("k", r, _k(rows, r, reference, neighbour, window, correction), reasons.TOO_FEW)


def l_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    reference: str = "",
    neighbour: str = "",
    window: Numbers = (),
    correction: str = "isotropic",
    minus_r: bool = False,
) -> pa.Table:
    """L at each distance."""
    k = _k(rows, r, reference, neighbour, window, correction)
    return _curve("l", r, l_function(_distances(r), k, minus_r=minus_r), reasons.TOO_FEW)


def d_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    cases: str = "",
    controls: str = "",
    window: Numbers = (),
    correction: str = "isotropic",
    intertype: bool = False,
) -> pa.Table:
    """D at each distance; `controls` no word: all points that are no cases."""
    if not cases:
        raise faults.NothingGiven("d_function needs cases, the type of points looked at.")
    found = d_function(
        *_places(rows),
        _distances(r),
        _window(rows, window),
        *_labels(rows, cases, controls),
        intertype=intertype,
        correction=correction,
    )
    return _curve("d", r, found, reasons.TOO_FEW)


def kd_envelope_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    reference: str = "",
    neighbour: str = "",
    rule: str = SILVERMAN,
    h: float = 0.0,
    null: str = RANDOM_LOCATION,
    simulations: int = 100,
    alpha: float = 0.05,
    seed: int = 0,
    algorithm: str = "rank",
    test: bool = False,
    like: str | None = None,
) -> pa.Table:
    """Kd with its bands."""
    found = kd_envelope(
        *_places(rows),
        _distances(r),
        *_labels(rows, reference, neighbour),
        weights=_weights(rows),
        rule=h or rule,
        null=null,
        simulations=int(simulations),
        alpha=alpha,
        seed=int(seed),
        algorithm=algorithm,
        test=test,
        like=like,
    )
    return _bands("kd", found, reasons.TOO_FEW)


def m_envelope_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    reference: str = "",
    neighbour: str = "",
    case_control: bool = False,
    null: str = RANDOM_LOCATION,
    simulations: int = 100,
    alpha: float = 0.05,
    seed: int = 0,
    algorithm: str = "rank",
    test: bool = False,
) -> pa.Table:
    """M with its bands."""
    found = m_envelope(
        *_places(rows),
        _distances(r),
        *_labels(rows, reference, neighbour),
        weights=_weights(rows),
        case_control=case_control,
        null=null,
        simulations=int(simulations),
        alpha=alpha,
        seed=int(seed),
        algorithm=algorithm,
        test=test,
    )
    return _bands("m", found, reasons.NO_NEIGHBOURS)


def kd_of_places_rows(
    rows: pa.Table,
    *,
    r: Numbers = (),
    h: float = 0.0,
    simulations: int = 199,
    alpha: float = 0.05,
    seed: int = 0,
    test: bool = False,
) -> pa.Table:
    """Kd of persons in places with its bands; h must be said."""
    found = kd_of_places(
        *_places(rows)[:2],
        *_figures(rows),
        _distances(r),
        h=h,
        simulations=int(simulations),
        alpha=alpha,
        seed=int(seed),
        test=test,
    )
    return _bands("kd", found, reasons.SINGLE_UNIT)


def _k(
    rows: pa.Table, r: Numbers, reference: str, neighbour: str, window: Numbers, correction: str
) -> Floats:
    return k_function(
        *_places(rows),
        _distances(r),
        _window(rows, window),
        *_labels(rows, reference, neighbour),
        correction=correction,
    )


def _figures(rows: pa.Table) -> tuple[Floats, Floats]:
    return rows["value"].to_numpy(), rows["total"].to_numpy()


def _places(rows: pa.Table) -> tuple[Floats, Floats, NDArray[Any]]:
    """x, y and types; one type where the table names none."""
    x, y = rows["x"].to_numpy(), rows["y"].to_numpy()
    if "type" not in rows.column_names:
        return x, y, np.full(len(x), "")
    return x, y, np.array(rows["type"].to_pylist())


def _weights(rows: pa.Table) -> Floats | None:
    return rows["weight"].to_numpy() if "weight" in rows.column_names else None


def _labels(rows: pa.Table, *given: str) -> list[Any]:
    """Types as the table has them, which may be numbers; None for no word."""
    known = set(rows["type"].to_pylist()) if "type" in rows.column_names else set()
    of = {str(one): one for one in known}
    for label in given:
        if label and label not in of:
            names = ", ".join(sorted(of)) or "none"
            raise faults.UnknownConvention(f"No point is of type {label!r}; types are: {names}.")
    return [of[label] if label else None for label in given]


def _distances(r: Numbers) -> Numbers:
    if not len(r):
        raise faults.NothingGiven("Distances r are needed, in the unit of x and y.")
    return r


def _window(rows: pa.Table, window: Numbers) -> Window:
    if not len(window):
        x, y, _ = _places(rows)
        window = (x.min(), x.max(), y.min(), y.max())
    if len(window) != CORNERS:
        raise faults.WrongShape(f"A window is x from, x to, y from, y to; {len(window)} are given.")
    return rectangle((window[0], window[1]), (window[2], window[3]))


def _curve(name: str, r: Numbers, found: Floats, otherwise: str) -> pa.Table:
    distances = np.asarray(r, float)
    return table_of({"r": distances}, {name: found}, no_reasons(len(distances)), otherwise)


def _bands(name: str, found: Envelope, otherwise: str) -> pa.Table:
    columns = {
        name: found.observed,
        "low": found.low,
        "high": found.high,
        "global_low": found.global_low,
        "global_high": found.global_high,
    }
    if found.p is not None:
        columns["p"] = np.full(len(found.r), found.p)
    return table_of({"r": found.r}, columns, no_reasons(len(found.r)), otherwise)
