"""Which combinations guarded records may hold, judged on a copy of the counts that the model has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from palermo.protection.private.layout import Floats, Layout
from palermo.protection.private.measurement import Measured

__all__ = ["Support", "SupportSettings", "Thinned", "find_support", "thin"]

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SupportSettings:
    """How much must speak for a combination; fixed before any real file is seen."""

    value: float = 2.5
    """The least noisy count of a value, in standard deviations."""
    pair: float = 2.2
    """The least target of a pair."""
    rough_pair: float = 3.0
    """The least noisy count of a pair in a rough table, in standard deviations."""
    any_pair: float = 0.0
    """The least noisy count of any pair, in standard deviations."""
    triple: float = 0.076
    """The least target of a triple, in standard deviations of the noise; twice that with a rough pair in it."""
    triple_within: tuple[float, float] = (1.5, 2.2)
    """The least and the most that the line above may ask for."""
    large: int = 4000
    """A 2-way table with more cells is rough whatever it says."""


@dataclass(frozen=True, slots=True, eq=False)
class Thinned:
    """Noisy counts parted in two copies whose errors are independent: one to fit to, one to judge the fit by.

    With ``g`` of the noise's own variance, ``y + g/2`` has 1.25 times that variance, ``y - 2g`` 5 times, and no
    covariance. This is worked out from the noisy counts and costs nothing.
    """

    fitted: tuple[Floats, Floats, Floats]
    judged_two: Floats

    FITTED_VARIANCE = 1.25
    JUDGED_VARIANCE = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """What may be there."""

    one: Flags
    two: Flags
    three: Flags


def thin(measured: Measured, sigma_two: Floats, seed: int) -> Thinned:
    """Part the noisy counts in two independent copies."""
    random = np.random.default_rng(seed)

    def apart(counts: Floats, sigma: Floats | float) -> tuple[Floats, Floats]:
        noise = random.standard_normal(len(counts), dtype=np.float32) * np.float32(sigma)
        return (counts + noise / 2).astype(np.float32), counts - 2 * noise

    two, judged = apart(measured.two, sigma_two)
    return Thinned(
        (apart(measured.one, measured.sigma_one)[0], two, apart(measured.three, measured.sigma_three)[0]), judged
    )


def find_support(
    measured: Measured,
    sigma_two: Floats,
    thinned: Thinned,
    expected: Floats,
    targets: tuple[Floats, Floats, Floats],
    settings: SupportSettings,
) -> Support:
    """Decide what may be there, value by value, pair by pair, triple by triple; the parts of all must be allowed.

    Parameters
    ----------
    expected
        What the model expects of each pair.
    """
    layout = measured.layout
    one = measured.one >= settings.value * measured.sigma_one
    rough = _rough_tables(measured, thinned, expected, settings)
    of_pair = layout.expand(rough.astype(np.float64)) > 0
    strong = measured.two >= settings.rough_pair * sigma_two
    two = (targets[1] >= settings.pair) & (strong | ~of_pair)
    two &= measured.two >= settings.any_pair * sigma_two
    two &= _parts_allowed(one, layout)
    three = np.zeros(layout.n_triples, dtype=np.bool_)
    low, high = settings.triple_within
    least = min(high, max(low, settings.triple * measured.sigma_three))
    _allow_triples(targets[2], two, rough, least, layout.column, layout.firsts, layout.two, layout.three, three)
    return Support(one, two, three)


def _parts_allowed(one: Flags, layout: Layout) -> Flags:
    out = np.empty(layout.n_pairs, dtype=np.bool_)
    for value in range(layout.n_values):
        out[layout.pairs_of(value)] = one[layout.after(value) :] & one[value]
    return out


def _rough_tables(measured: Measured, thinned: Thinned, expected: Floats, settings: SupportSettings) -> Flags:
    """Find the 2-way tables in which the model smears over cells that are empty, or may do so."""
    layout = measured.layout
    n = layout.n_columns
    sums = np.zeros((n, n, 3))
    rough = np.zeros((n, n), dtype=np.bool_)
    for left, right in layout.column_pairs():
        places = layout.pair_table(left, right).ravel()
        inside = places[(expected[places] >= 2) & (expected[places] < 20)]
        spread = Thinned.JUDGED_VARIANCE * measured.sigma_two[left, right] ** 2 * len(inside)
        sums[left, right] = expected[inside].sum(), thinned.judged_two[inside].sum(), spread
        rough[left, right] = len(places) > settings.large or _is_rough(sums[left, right])
    larger = np.where(layout.sizes[:, None] >= layout.sizes, np.arange(n)[:, None], np.arange(n))
    for column in range(n):
        shared = np.triu((larger == column) & ~rough, 1)
        if _is_rough(sums[shared].sum(axis=0)):
            rough |= shared
    return rough | rough.T


def _is_rough(sums: npt.NDArray[np.float64]) -> bool:
    expected, judged, variance = sums
    return bool(expected - judged > 3.0 * np.sqrt(variance) and judged < 0.8 * expected)


@njit(cache=True)
def _allow_triples(target, two, rough, least, column, firsts, two_at, three_at, three):  # type: ignore[no-untyped-def]
    n = firsts[-1]
    for a in range(n):
        for b in range(firsts[column[a] + 1], n):
            if not two[two_at[a] + b]:
                continue
            for c in range(firsts[column[b] + 1], n):
                if two[two_at[a] + c] and two[two_at[b] + c]:
                    place = three_at[a] + two_at[b] + c
                    i, j, k = column[a], column[b], column[c]
                    twice = rough[i, j] or rough[i, k] or rough[j, k]
                    three[place] = target[place] >= (2 * least if twice else least)
