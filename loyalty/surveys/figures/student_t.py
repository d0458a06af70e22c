"""Student's t: what an interval of few accounts is made with, for any degrees of freedom."""

from math import exp, lgamma, log

_MAX_STEPS = 300
_TINY = 1e-300
_CLOSE = 1e-15


def t_quantile(probability: float, freedom: float) -> float:
    """Return the value that Student's t stays below with this probability, over one half; right to nine digits."""
    if not (0.5 < probability < 1 and freedom > 0):
        raise ValueError(f"t for {probability} with {freedom} degrees of freedom; give over 0.5 and over 0")
    low, high = 0.0, 1.0
    while _above(high, freedom) > 1 - probability:
        low, high = high, high * 2
    while high - low > 1e-11 * high:
        middle = (low + high) / 2
        if _above(middle, freedom) > 1 - probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _above(value: float, freedom: float) -> float:
    """Return with which probability t is above the value, which is not negative."""
    return incomplete_beta(freedom / (freedom + value * value), freedom / 2, 0.5) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    # The fraction converges fast on this side only; the function is symmetric.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    result = d
    for step in range(1, _MAX_STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        change = 1.0
        for factor in (even, odd):
            d = 1 / _not_zero(1 + factor * d)
            c = _not_zero(1 + factor / c)
            change = c * d
            result *= change
        if abs(change - 1) < _CLOSE:
            break
    return result


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
