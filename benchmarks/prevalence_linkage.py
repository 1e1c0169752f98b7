"""How often intervals hold the truth where links between agencies' records are uncertain.

    python benchmarks/prevalence_linkage.py [POPULATIONS]

Invented people (3,000) are on three independent lists. Of the pairs of records that are one person, some are certain;
for the others, and for pairs of strangers that look alike, the linkage tells a probability, which is right on average:
of the pairs with probability p, a share p is one person. The naive estimate takes links of at least one half for true.
The other draws the links twenty times and combines, or reaches over the thresholds .3, .5, .7 and .9.
"""

from __future__ import annotations

import sys
import time
from itertools import combinations

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from palermo.errors import PalermoError
from palermo.prevalence import (
    METHODS,
    EstimateSettings,
    Linkages,
    draw_linkages,
    estimate_over_linkages,
    linkages_of_persons,
)

TRUTH = 3000
CHANCES = {"A": 0.25, "B": 0.2, "C": 0.15}
DRAWS = 20
THRESHOLDS = (0.3, 0.5, 0.7, 0.9)
SETTINGS = EstimateSettings(bootstrap=0)
CASES = {
    "nothing is uncertain": (0.0, 1, 1),
    "a fifth of true links, one uncertain pair in two is true": (0.2, 1, 1),
    "a third of true links, one uncertain pair in three is true": (0.33, 1, 2),
    "a third of true links, two uncertain pairs in three are true": (0.33, 2, 1),
    "half of true links, one uncertain pair in three is true": (0.5, 1, 2),
}
"""The share of true links that are uncertain, and how many true ones there are to how many false."""


def invent(generator: np.random.Generator, share: float, true: int, false: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Invent records, and the links that a linkage tells between them."""
    on = {name: generator.random(TRUTH) < chance for name, chance in CHANCES.items()}
    records = [(name, f"{who}") for name, there in on.items() for who in np.flatnonzero(there)]
    pairs = [
        (one, other, who) for one, other in combinations(CHANCES, 2) for who in np.flatnonzero(on[one] & on[other])
    ]
    unsure = generator.random(len(pairs)) < share
    chances = np.where(unsure, generator.beta(true + 1, false, len(pairs)), 1.0)
    links = [(one, str(who), other, str(who), p) for (one, other, who), p in zip(pairs, chances, strict=True)]
    strangers = generator.poisson(unsure.sum() * false / true)
    for p in generator.beta(true, false + 1, strangers):
        one, other, _ = pairs[generator.integers(len(pairs))]
        first, second = (str(generator.choice(np.flatnonzero(on[name]))) for name in (one, other))
        if first != second:
            links.append((one, first, other, second, float(p)))
    names = ["source_a", "record_a", "source_b", "record_b", "probability"]
    return (
        pl.DataFrame(records, schema=["source", "record_id"], orient="row"),
        pl.DataFrame(links, schema=names, orient="row"),
    )


def at(persons: pl.DataFrame, links: pl.DataFrame, threshold: float) -> Linkages:
    """Take for true all links from a threshold on: what hangs together is a person."""
    rows = {record: row for row, record in enumerate(persons.rows())}
    held = links.filter(pl.col("probability") >= threshold)
    ends = [[rows[end] for end in held.select(f"source_{side}", f"record_{side}").rows()] for side in "ab"]
    joined = coo_array((np.ones(held.height), ends), shape=(len(rows), len(rows)))
    counted = linkages_of_persons(persons.with_columns(person_id=connected_components(joined, directed=False)[1]))
    return Linkages("thresholds", (f"{threshold:g}",), counted.tables)


def over(parts: list[Linkages]) -> Linkages:
    """Put thresholds beside each other."""
    names = tuple(part.names[0] for part in parts)
    return Linkages("thresholds", names, tuple(part.tables[0] for part in parts), chosen=THRESHOLDS.index(0.5))


def study(case: str, method: str, n_populations: int) -> dict[str, list[tuple[float, float, float]]]:
    """Estimate on every population: number and limits of each way of dealing with links."""
    found: dict[str, list[tuple[float, float, float]]] = {"naive": [], "draws": [], "thresholds": []}
    for seed in range(n_populations):
        persons, links = invent(np.random.default_rng(seed), *CASES[case])
        parts = [at(persons, links, threshold) for threshold in THRESHOLDS]
        ways = {
            "naive": parts[THRESHOLDS.index(0.5)],
            "draws": draw_linkages(persons, links, n_draws=DRAWS, seed=seed),
            "thresholds": over(parts),
        }
        for way, linkages in ways.items():
            try:
                estimate = estimate_over_linkages(linkages, METHODS[method], SETTINGS).estimate
            except PalermoError:
                continue
            found[way].append((estimate.point, estimate.interval.low, estimate.interval.high))
    return found


def main() -> None:
    """Print a table."""
    n_populations = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    begun = time.process_time()
    for case in CASES:
        print(f"\n**Uncertain: {case}**\n" if CASES[case][0] else f"\n**{case.capitalize()}**\n")
        print("| links | method | mean number | interval holds the truth | median width |\n|---|---|---|---|---|")
        for method in ("main-effects", "stepwise"):
            for way, answers in study(case, method, n_populations).items():
                points, lows, highs = np.array(answers).T
                held = np.mean((lows <= TRUTH) & (highs >= TRUTH))
                print(f"| {way} | {method} | {points.mean():,.0f} | {held:.0%} | {np.median(highs - lows):,.0f} |")
    print(f"\ntruth {TRUTH:,}; {n_populations} populations, {DRAWS} draws; {time.process_time() - begun:.0f} CPU s")


if __name__ == "__main__":
    main()
