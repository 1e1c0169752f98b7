"""CPU seconds of estimates on published tables, beside what was aimed at and what the R programs take.

The R figures were measured once, elsewhere, on two cores with R 4.2.2: SparseMSE 2.0.1, MultipleSystemsEstimation 1.2.0
and Rcapture 1.4-4; some are scaled up from fewer replicates. The first call compiles, and is not counted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from measure import PALERMO, measure

from palermo.prevalence import METHODS, EstimateSettings, all_models, load_example, rank_models
from palermo.prevalence.latent_class import ChainSettings, latent_class_draws

TIMES = 3
STARTS = {
    "palermo --help, which does not use the room": (*PALERMO, "--help"),
    "opening the room": (sys.executable, "-c", "import palermo.prevalence"),
}

UK_6 = load_example("uk").histories
UK_5 = UK_6.merged("PF", "NCA")
AUSTRALIA = load_example("australia").histories
NEW_ORLEANS = load_example("new-orleans-185").histories
NETHERLANDS = load_example("netherlands").histories


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be timed."""

    name: str
    work: Callable[[], object]
    aim: str
    peer: float | None = None
    """CPU seconds of the R program."""


def stepwise(histories):
    """Stepwise selection with 1000 replicates and its jackknife."""
    return lambda: METHODS["stepwise"](histories, EstimateSettings())


def enumerate_and_fit():
    """List the 6,212 models anew and fit them."""
    all_models.cache_clear()
    return rank_models(UK_5, EstimateSettings(order=3))


def bic(histories, order):
    """Rank all models, and let 1000 replicates choose among the best hundred."""

    def work():
        all_models.cache_clear()
        return METHODS["bic"](histories, EstimateSettings(order=order, top=100))

    return work


def decomposable():
    """Average over 822 graphs and a grid of 247,020 dark figures."""
    return METHODS["decomposable"](NETHERLANDS.merged("I", "O"), EstimateSettings())


def sweeps():
    """Count the Gibbs sweeps of four chains in a CPU second."""
    chains = ChainSettings()
    took = cpu_of(lambda: latent_class_draws(UK_5, seed=1))
    return chains.n_chains * (chains.burn_in + chains.n_draws * chains.thin) / took


TASKS = [
    Task("stepwise + BCa, Australia, 4 lists", stepwise(AUSTRALIA), "0.15", 32),
    Task("stepwise + BCa, UK, 5 lists", stepwise(UK_5), "0.3", 102),
    Task("stepwise + BCa, UK, 6 lists", stepwise(UK_6), "1", 234),
    Task("stepwise + BCa, Netherlands, 6 lists", stepwise(NETHERLANDS), "–", 353),
    Task("stepwise + BCa, New Orleans, 8 lists", stepwise(NEW_ORLEANS), "1", 519),
    Task("6,212 models of 5 lists, listed and fitted", enumerate_and_fit, "0.5", 12.4),
    Task("BIC over 6,893 models + BCa in the top 100, UK, 5 lists", bic(UK_5, 4), "2", 122),
    Task("BIC over 32,768 models + BCa in the top 100, UK, 6 lists", bic(UK_6, 2), "10"),
    Task("BIC by search + BCa in the top 100, New Orleans, 8 lists", bic(NEW_ORLEANS, 2), "–"),
]


def cpu_of(work):
    """Give the least CPU seconds of a few calls, after one that compiles."""
    work()
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def main():
    """Print the table."""
    print("| what | CPU s | aim | R program, CPU s | times faster |\n|---|---|---|---|---|")
    for task in TASKS:
        took = cpu_of(task.work)
        peer = f"{task.peer:g} | {task.peer / took:,.0f}" if task.peer else "none offers it |"
        print(f"| {task.name} | {took:.3f} | {task.aim} | {peer} |", flush=True)
    print(f"\nlatent classes, UK, 5 lists: {sweeps():,.0f} sweeps a CPU second over four chains; aim 70,000;", end=" ")
    print("LCMCR 0.4.14, one chain: 68,000 to 158,000")
    print(f"decomposable graphs, Netherlands, 5 lists: {cpu_of(decomposable):.2f} CPU s; dga 2.0.2: 0.05 to 0.5")
    for what, words in STARTS.items():
        least = min((measure(*words) for _ in range(TIMES)), key=lambda cost: cost.cpu)
        print(f"{what}: {least}")


if __name__ == "__main__":
    main()
