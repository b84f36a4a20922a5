import math

import pytest

from hanse.engines import faults
from hanse.engines.regional.sigma_convergence import sigma_convergence

SERIES = {
    "region": ["a", "b"] * 3,
    "period": [2000, 2000, 2005, 2005, 2010, 2010],
    "value": [1, 3, 2, 4, 3, 3],
}


def test_spread_and_trend_by_hand():
    found = sigma_convergence(SERIES, sample=False).to_pylist()
    assert [row["sigma_convergence"] for row in found] == pytest.approx([0.5, 1 / 3, 0.0])
    assert found[0]["trend"] == pytest.approx(-0.05)


def test_logarithms():
    found = sigma_convergence(SERIES, measure="sd_log").to_pylist()
    assert found[0]["sigma_convergence"] == pytest.approx(math.log(3) / math.sqrt(2))


def test_unknowns_are_named():
    zeros = sigma_convergence({**SERIES, "value": [0, 0, 2, 4, 3, 3]}).to_pylist()
    assert (zeros[0]["sigma_convergence"], zeros[0]["reason"]) == (None, "region_empty")
    assert zeros[1]["trend"] == pytest.approx((0 - math.sqrt(2) / 3) / 5)
    logs = sigma_convergence({**SERIES, "value": [0, 0, 2, 4, 3, 3]}, measure="sd_log").to_pylist()
    assert (logs[0]["reason"], logs[0]["left_out"]) == ("zero_value", 2)
    alone = sigma_convergence({"region": ["a"], "period": [1], "value": [4]}).to_pylist()[0]
    assert (alone["reason"], alone["trend"]) == ("single_unit", None)


def test_measures_and_periods_that_are_none():
    with pytest.raises(faults.UnknownConvention):
        sigma_convergence(SERIES, measure="gini")
    with pytest.raises(faults.NotNumeric):
        sigma_convergence({**SERIES, "period": ["a", "a", "b", "b", "c", "c"]})
