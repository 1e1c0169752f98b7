"""What every method says of every published table: the figures of the methods' pages.

    python benchmarks/prevalence_tables.py [METHOD…]

Tables are those that the room ships; some are given with lists merged or left out as well, as they were published.
Settings are the methods' own, with the seed 1 and 1000 replicates.
"""

from __future__ import annotations

import sys

from palermo.errors import PalermoError
from palermo.prevalence import EXAMPLES, METHODS, CaptureHistories, EstimateSettings, PopulationEstimate, load_example

STUDIED = [name for name in METHODS if name not in ("chapman", "fixed")]
STRATIFIED = ("scotland", "spina-bifida")


def tables() -> dict[str, CaptureHistories]:
    """Give the published tables by their names."""
    there = {name: load_example(name).histories for name in EXAMPLES if name not in STRATIFIED}
    five = there["uk"].merged("PF", "NCA", into="PFNCA")
    return there | {
        "uk, five lists": five,
        "uk, four lists": five.without("GP"),
        "netherlands, five lists": there["netherlands"].merged("I", "O", into="IO"),
        "new-orleans-185, five lists": there["new-orleans-185"].merged("B", "E", "F", "G"),
        "new-orleans-186, five lists": there["new-orleans-186"].merged("B", "E", "F", "G"),
    }


def told(found: PopulationEstimate) -> str:
    """Say an estimate as the pages do."""
    interval = found.interval
    reach = f"{interval.low:,.0f}–{interval.high:,.0f}" if interval else "no interval"
    doubts = " ".join(found.warnings) if not interval else ""
    return f"{found.point:,.0f} ({reach}) | {found.model} | {doubts}"


def main() -> None:
    """Print a table for each method."""
    for method in sys.argv[1:] or STUDIED:
        print(f"\n**{method}**\n\n| table | people, and 95 % | model | |\n|---|---|---|---|")
        for name, histories in tables().items():
            try:
                print(f"| {name} | {told(METHODS[method](histories.checked(), EstimateSettings()))} |", flush=True)
            except PalermoError as error:
                print(f"| {name} | – | | {error.what} |")


if __name__ == "__main__":
    main()
