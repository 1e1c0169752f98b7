"""Bias, error and coverage of each method on simulated tables whose truth is known.

    python benchmarks/prevalence_study.py [TABLES [LETTERS [METHOD…]]]

Each setting, or each of those whose letters are given, draws tables (200 unless said otherwise) of people on sparse
lists, forgets those on none, and lets every method, or those that are named, estimate how many there are. The latent
classes take seconds a table, and are given the first tenth of the tables.

The settings follow those of Chan, Silverman and Vincent (2021): sparse lists with few interactions, and the table of
the United Kingdom with the model that stepwise selection finds for it.
Bias and error (root mean square) are of the logarithm of the number of people, in per cent. Coverage is that of the
intervals which are given; a method that gives no interval, or no number, on a table is counted as such.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palermo.errors import PalermoError
from palermo.prevalence import METHODS, CaptureHistories, EstimateSettings, fitted_means, load_example, read_model

REPLICATES = 500
SLOW = "latent-class"
KINDS = ("bca", "log-normal", "profile", "posterior")
STUDIED = [name for name in METHODS if name != "fixed"]


@dataclass(frozen=True, slots=True)
class Setting:
    """A population, and how it comes to be on lists."""

    name: str
    size: int
    means: np.ndarray
    """How many people have each history, on average; the first has no list."""


def log_linear(name: str, size: int, chances: Sequence[float], pairs: dict[tuple[int, int], float]) -> Setting:
    """People who are alike, with odds ratios between pairs of lists."""
    odds = np.log(np.array(chances) / (1 - np.array(chances)))
    cells = np.arange(1 << len(chances))
    on = cells[:, None] >> np.arange(len(chances)) & 1
    logs = on @ odds + sum(np.log(ratio) * on[:, one] * on[:, other] for (one, other), ratio in pairs.items())
    weights = np.exp(logs)
    return Setting(name, size, size * weights / weights.sum())


def united_kingdom() -> Setting:
    """The five lists of the United Kingdom, drawn from the stepwise model, as if its 11,313 people were the truth."""
    histories = load_example("uk").histories.merged("PF", "NCA")
    found = METHODS["stepwise"](histories, EstimateSettings(bootstrap=0))
    means = fitted_means(histories, read_model(found.model, histories.lists))
    return Setting("G the UK's five lists, with the stepwise model for true, N = 11,313", round(found.point), means)


def two_kinds(name: str, size: int, chances: Sequence[float], harder: float, share: float) -> Setting:
    """Independent lists, on which a share of people is harder to find."""
    easy, hard = (log_linear("", size, np.array(chances) * factor, {}).means for factor in (1.0, harder))
    return Setting(name, size, (1 - share) * easy + share * hard)


SETTINGS = [
    log_linear("A 4 independent lists, N = 1,000", 1000, (0.12, 0.1, 0.08, 0.06), {}),
    log_linear("B one pair attracts (odds ratio 5)", 1000, (0.12, 0.1, 0.08, 0.06), {(0, 1): 5}),
    log_linear("C one pair repels (odds ratio 0.1)", 2000, (0.12, 0.1, 0.08, 0.06), {(0, 1): 0.1}),
    log_linear("D attraction and repulsion", 3000, (0.1, 0.08, 0.08, 0.06), {(0, 1): 4, (2, 3): 0.2}),
    log_linear(
        "E 5 sparse lists, N = 12,000, as the UK", 12000, (0.01, 0.05, 0.1, 0.06, 0.03), {(0, 1): 5, (2, 4): 0.3}
    ),
    two_kinds("F 4 lists, half the people three times harder to find", 2000, (0.2, 0.15, 0.12, 0.1), 1 / 3, 0.5),
    united_kingdom(),
    log_linear("H 2 independent lists, N = 1,000", 1000, (0.2, 0.15), {}),
    log_linear("I 2 lists that attract (odds ratio 3)", 1000, (0.2, 0.15), {(0, 1): 3}),
]


def draw(setting: Setting, seed: int) -> CaptureHistories:
    """Draw a table."""
    cells = np.random.default_rng(seed).multinomial(setting.size, setting.means / setting.means.sum())
    lists = "ABCDEFGH"[: int(math.log2(cells.size))]
    return CaptureHistories.of(lists, dict(enumerate(cells.tolist())) | {0: 0})


def is_for(method: str, setting: Setting) -> bool:
    """Say whether a method is for so many lists."""
    n_lists = int(math.log2(setting.means.size))
    return n_lists == 2 if method == "chapman" else n_lists > 2 or method in ("chao", "main-effects")


@dataclass(frozen=True, slots=True)
class Found:
    """How a method does on the tables of a setting."""

    bias: float
    error: float
    coverage: dict[str, float]
    """By kind of interval."""
    unsure: int
    """On how many tables it gives a number without an interval."""
    lost: int
    """On how many it gives no number."""

    @property
    def row(self) -> str:
        """As a line of the table."""
        shown = [f"{self.coverage[kind]:.0%}" if kind in self.coverage else "–" for kind in KINDS]
        return " | ".join(
            [f"{100 * self.bias:+.0f}", f"{100 * self.error:.0f}", *shown, f"{self.unsure}", f"{self.lost}"]
        )


def study(setting: Setting, method: str, n_tables: int) -> Found:
    """Estimate on every table."""
    errors, hits, unsure, lost = [], {}, 0, 0
    for seed in range(n_tables):
        try:
            found = METHODS[method](draw(setting, seed).checked(), EstimateSettings(bootstrap=REPLICATES, seed=seed))
        except PalermoError:
            lost += 1
            continue
        errors.append(math.log(found.point / setting.size))
        unsure += not found.intervals
        for interval in found.intervals:
            hits.setdefault(interval.kind, []).append(interval.low <= setting.size <= interval.high)
    coverage = {kind: float(np.mean(kept)) for kind, kept in hits.items()}
    return Found(float(np.mean(errors)), float(np.sqrt(np.mean(np.square(errors)))), coverage, unsure, lost)


def main() -> None:
    """Print a table for each setting."""
    n_tables = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    letters = sys.argv[2] if len(sys.argv) > 2 else "ABCDEFGHI"
    wanted = sys.argv[3:] or STUDIED
    begun = time.process_time()
    for setting in SETTINGS:
        if setting.name[0] not in letters:
            continue
        seen = np.mean([draw(setting, seed).seen for seed in range(20)])
        print(f"\n**{setting.name}**: {seen / setting.size:.0%} are seen\n")
        print("| method | tables | bias | error | BCa | log-normal | profile | posterior | no interval | no number |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for method in (name for name in wanted if is_for(name, setting)):
            tables = n_tables // 10 if method == SLOW else n_tables
            print(f"| {method} | {tables} | {study(setting, method, tables).row} |", flush=True)
    print(f"\n{n_tables} tables a setting, {REPLICATES} replicates; {time.process_time() - begun:.0f} CPU s")


if __name__ == "__main__":
    main()
