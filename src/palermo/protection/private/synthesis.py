"""Records from noisy counts, in two modes; everything here works on what was measured and costs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from palermo.protection.private.blending import blend
from palermo.protection.private.drawing import Drawn, draw
from palermo.protection.private.layout import Codes, Floats, Layout
from palermo.protection.private.measurement import Measured, MeasureSettings
from palermo.protection.private.mixture import FitSettings, Mixture, expected_three, expected_two, fit
from palermo.protection.private.repair import blank_forbidden, bring_back
from palermo.protection.private.search import Targets, search
from palermo.protection.private.support import Support, SupportSettings, Thinned, find_support, thin

__all__ = ["MODES", "Settings", "frozen_settings", "records"]

Flags = npt.NDArray[np.bool_]
Counts = tuple[Floats, Floats, Floats]

_WIDE = 25
"""A file with more columns is wide: most of its values are blank, and few rows hold most of its triples."""
_SMOOTH = 10
"""Added to a target before its reciprocal becomes a weight."""
_FORBIDDEN, _BARRED = 0.2, 1e4
"""The weight of a row too many where none may be: at first a little, so that the search finds its way; then all."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice of the method, frozen before real data and made from the domain alone."""

    measure: MeasureSettings = field(default_factory=MeasureSettings)
    fit: FitSettings = field(default_factory=FitSettings)
    support: SupportSettings = field(default_factory=SupportSettings)
    rounds: int = 3
    """How often rare values are brought back in guarded mode, each time followed by so many sweeps:"""
    sweeps: int = 3


def frozen_settings(layout: Layout) -> Settings:
    """Give the settings for a domain of this shape."""
    if layout.n_columns <= _WIDE:
        return Settings()
    return Settings(
        MeasureSettings(ones=Fraction(13, 100), pairs=Fraction(36, 100), within=0.996),
        FitSettings(classes=300, first_steps=400, second_steps=200, profiles=True, spread=0.3),
        SupportSettings(pair=3.0, any_pair=2.0, triple_within=(1.5, 3.0)),
        rounds=2,
        sweeps=1,
    )


def records(measured: Measured, mode: str, possible: tuple[Flags, Flags], settings: Settings, seed: int) -> Codes:
    """Make as many records as there seem to be rows.

    Parameters
    ----------
    mode
        A key of `MODES`.
    possible
        Which pairs and triples can be: no other is ever drawn.
    """
    return MODES[mode](measured, possible, settings, seed)


def _accurate(measured: Measured, possible: tuple[Flags, Flags], settings: Settings, seed: int) -> Codes:
    """Come as near to all targets as whole rows can, with whatever combinations that takes."""
    layout = measured.layout
    noisy = measured.one, measured.two, measured.three
    model = fit(measured, noisy, 1.0, settings.fit, seed)
    targets, _ = _targets(measured, model)
    support = Support(np.ones(layout.n_values, dtype=np.bool_), *possible)
    drawn = draw(model, measured.rows, layout, seed)
    rows = drawn[0].copy()
    blank_forbidden(rows, support, layout)
    _search(rows, drawn, _aims(targets, support, 3.0, _BARRED), layout, seed)
    return rows


def _guarded(measured: Measured, possible: tuple[Flags, Flags], settings: Settings, seed: int) -> Codes:
    """Draw only what the counts speak for, and give up what conflicts with that."""
    layout = measured.layout
    sigma_two = layout.expand(measured.sigma_two)
    thinned = thin(measured, sigma_two, seed)
    model = fit(measured, thinned.fitted, Thinned.FITTED_VARIANCE, settings.fit, seed)
    targets, expected = _targets(measured, model)
    found = find_support(measured, sigma_two, thinned, expected, targets, settings.support)
    support = Support(found.one, found.two & possible[0], found.three & possible[1])
    drawn = draw(model, measured.rows, layout, seed)
    rows = drawn[0].copy()
    _search(rows, drawn, _aims(targets, support, 50.0, _FORBIDDEN), layout, seed)
    blank_forbidden(rows, support, layout)
    aims = _aims(targets, support, 50.0, _BARRED)
    for turn in range(settings.rounds):
        bring_back(rows, support, aims.one, layout, seed + turn)
        search(rows, drawn, aims, layout, sweeps=settings.sweeps, deep=True, seed=seed + 3 + turn)
    blank_forbidden(rows, support, layout)
    return rows


MODES: dict[str, Callable[[Measured, tuple[Flags, Flags], Settings, int], Codes]] = {
    "accurate": _accurate,
    "guarded": _guarded,
}


def _search(rows: Codes, drawn: Drawn, aims: Targets, layout: Layout, seed: int) -> None:
    search(rows, drawn, aims, layout, sweeps=1, deep=False, seed=seed + 1)
    search(rows, drawn, aims, layout, sweeps=2, deep=True, seed=seed + 2)


def _targets(measured: Measured, model: Mixture) -> tuple[Counts, Floats]:
    """Blend what was measured with what the model expects; give the expected pairs too."""
    layout, rows = measured.layout, measured.rows
    expected = expected_two(model, rows, layout)
    one = (rows * (model.weights @ model.chances)).astype(np.float32)
    targets = (
        blend(measured.one, one, measured.sigma_one),
        blend(measured.two, expected, layout.expand(measured.sigma_two)),
        blend(measured.three, expected_three(model, rows, layout), measured.sigma_three),
    )
    return targets, expected


def _aims(targets: Counts, support: Support, of_one: float, forbidden: float) -> Targets:
    """Weigh the targets; what may not be has a target of nothing."""
    one, two, three = (
        np.where(allowed, target, np.float32(0))
        for target, allowed in zip(targets, (support.one, support.two, support.three), strict=True)
    )
    return Targets(
        one,
        two,
        three,
        (of_one / (one + _SMOOTH)).astype(np.float32),
        np.where(support.two, 1 / (two + _SMOOTH), np.float32(forbidden)).astype(np.float32),
        np.where(support.three, 1 / (three + _SMOOTH), np.float32(forbidden)).astype(np.float32),
    )
