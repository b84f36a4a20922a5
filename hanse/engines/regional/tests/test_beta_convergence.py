import math

import pytest

from hanse.engines import faults
from hanse.engines.regional.beta_convergence import beta_convergence


def series(first, last, years=(2000, 2010)):
    n = len(first)
    return {
        "region": list(range(n)) * 2,
        "period": [years[0]] * n + [years[1]] * n,
        "value": [*first, *last],
    }


def test_regions_on_a_line():
    first = [math.exp(one) for one in (1, 2, 3, 4)]
    last = [math.exp(one + 10 * (0.5 - 0.05 * one)) for one in (1, 2, 3, 4)]
    found = beta_convergence(series(first, last)).to_pylist()[0]
    assert found["beta_convergence"] == pytest.approx(-0.05)
    assert found["intercept"] == pytest.approx(0.5)
    assert found["r_squared"] == pytest.approx(1)
    assert found["speed"] == pytest.approx(math.log(2) / 10)
    assert found["half_life"] == pytest.approx(10)
    whole = beta_convergence(series(first, last), annual=False).to_pylist()[0]
    assert whole["beta_convergence"] == pytest.approx(-0.5)
    assert whole["half_life"] == pytest.approx(10)


def test_errors_by_hand():
    # ln x0 = 0, 1, 2; growth 1, 0, 1: slope 0, mean 2/3, residuals 1/3, -2/3, 1/3
    first = [math.exp(one) for one in (0, 1, 2)]
    last = [math.exp(one) for one in (1, 1, 3)]
    found = beta_convergence(series(first, last, (0, 1))).to_pylist()[0]
    assert found["beta_convergence"] == pytest.approx(0, abs=1e-15)
    assert found["standard_error"] == pytest.approx(math.sqrt(6 / 9 / 1 / 2))
    assert found["r_squared"] == pytest.approx(0, abs=1e-15)
    assert found["t"] == pytest.approx(0, abs=1e-15)


def test_zeros_are_left_out_and_two_regions_are_too_few():
    found = beta_convergence(series([1, 2, 0], [2, 3, 4])).to_pylist()[0]
    assert (found["n"], found["left_out"], found["reason"]) == (2, 1, "too_few")
    alike = beta_convergence(series([2, 2, 2], [2, 3, 4])).to_pylist()[0]
    assert (alike["beta_convergence"], alike["reason"]) == (None, "no_variation")


def test_periods_must_be_numbers():
    with pytest.raises(faults.NotNumeric):
        beta_convergence(series([1, 2, 3], [2, 3, 4], ("2000", "2010")))
