"""A search for good models where there are too many to fit them all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.models import Model, all_pairs, as_arrays, close, main_effects, neighbours
from palermo.prevalence.newton import SETTLED, fit_grid

__all__ = ["search"]

_WIDTH = 50
_STARTS = 20


def search(histories: CaptureHistories, order: int, seed: int) -> tuple[Model, ...]:
    """Meet good models: from several starts, try every term more and every term less of the best models met so far.

    Single-term moves downhill from one start can end in the wrong hollow (for the United Kingdom's five lists at 12,262
    people instead of 25,311), so there are many starts, and the best fifty models are kept at a time.
    """
    n_lists = histories.n_lists
    met: dict[Model, float] = {}
    frontier: Collection[Model] = _starts(histories, order, seed)
    while frontier:
        _meet(histories, frontier, met)
        best = sorted(met, key=lambda model: (met[model], model))[:_WIDTH]
        frontier = {near for model in best for near in neighbours(model, n_lists, order)} - met.keys()
    return tuple(sorted(met, key=lambda model: (len(model), model)))


def _starts(histories: CaptureHistories, order: int, seed: int) -> set[Model]:
    """Begin with independence, with each pair alone, and with pairs drawn by lot."""
    n_lists = histories.n_lists
    pairs = [term for term in all_pairs(n_lists) if term.bit_count() > 1] if order > 1 else []
    drawn = np.random.default_rng(seed).random((_STARTS, len(pairs))) < np.linspace(0.1, 0.6, _STARTS)[:, None]
    lots: Iterable[Sequence[int]] = ([pair for pair, there in zip(pairs, row, strict=True) if there] for row in drawn)
    return {main_effects(n_lists), *(close(n_lists, [pair]) for pair in pairs), *(close(n_lists, lot) for lot in lots)}


def _meet(histories: CaptureHistories, models: Iterable[Model], met: dict[Model, float]) -> None:
    """Fit models and note their criterion; one without an estimate is as bad as can be."""
    new = sorted(models)
    rows, lengths = as_arrays(new)
    results = np.empty((1, len(new), 4))
    fit_grid(histories.cells[None].astype(np.float64), rows, lengths, results)
    code, _, _, height = results[0].T
    bic = np.where(code == SETTLED, lengths * np.log(histories.seen) - 2 * height, np.inf)
    met.update(zip(new, bic.tolist(), strict=True))
