"""Student's t agrees with the printed tables."""

from math import gamma, pi, sqrt

import pytest

from loyalty.surveys.figures.student_t import incomplete_beta, t_quantile


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.7062047), (2, 4.3026527), (3, 3.1824463), (4, 2.7764451), (5, 2.5705818), (9, 2.2621572), (29, 2.0452296),
     (120, 1.9799304), (100000, 1.9599878)],
)  # fmt: skip
def test_the_quantile_at_95_per_cent_is_that_of_the_tables(freedom: float, quantile: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(quantile, abs=5e-7)


def test_degrees_of_freedom_need_not_be_whole() -> None:
    # With two degrees of freedom the quantile has a closed form; between whole ones it lies between.
    assert t_quantile(0.9, 2) == pytest.approx(0.8 * (1 / (2 * 0.9 * 0.1)) ** 0.5, rel=1e-9)
    assert t_quantile(0.975, 3) < t_quantile(0.975, 2.5) < t_quantile(0.975, 2)


def test_the_incomplete_beta_function_is_that_of_simple_cases() -> None:
    assert incomplete_beta(0.3, 1, 1) == pytest.approx(0.3)
    assert incomplete_beta(0.3, 2, 3) == pytest.approx(0.3483)
    assert (incomplete_beta(0, 2, 3), incomplete_beta(1, 2, 3)) == (0, 1)


@pytest.mark.parametrize("freedom", [2.4, 2.846, 7.5])
def test_as_much_of_the_density_lies_below_the_quantile_as_was_asked_for(freedom: float) -> None:
    scale = gamma((freedom + 1) / 2) / gamma(freedom / 2) / sqrt(freedom * pi)
    step = t_quantile(0.975, freedom) / 2000
    density = [scale * (1 + (step * each) ** 2 / freedom) ** (-(freedom + 1) / 2) for each in range(2001)]
    # Simpson's rule: ends once, odd places four times, even ones twice.
    between = step / 3 * (density[0] + 4 * sum(density[1::2]) + 2 * sum(density[2:-1:2]) + density[-1])
    assert between == pytest.approx(0.475, abs=1e-9)


@pytest.mark.parametrize(("probability", "freedom"), [(0.5, 3), (1, 3), (0.9, 0)])
def test_what_has_no_quantile_is_refused(probability: float, freedom: float) -> None:
    with pytest.raises(ValueError, match=r"give over 0\.5 and over 0"):
        t_quantile(probability, freedom)
