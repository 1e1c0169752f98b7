"""Attack released records with anonymeter, to compare with the attacks of our audit.

python -m venv PEERS && PEERS/bin/pip install anonymeter pyarrow
python benchmarks/synthetic.py BENCH peers FOLDER
PEERS/bin/python benchmarks/anonymeter_peer.py FOLDER
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pandas as pd
from anonymeter.evaluators import InferenceEvaluator, SinglingOutEvaluator

ATTACKS = 2000
SECRETS = ("citizenship", "typeOfLabour", "gender", "ageBroad")


def main() -> None:
    """Print the risk of each attack beyond that on people who are not in the file."""
    folder = Path(sys.argv[1])
    outside = pd.read_parquet(folder / "outside.parquet").fillna("").astype(str)
    for mode in ("guarded", "accurate"):
        made, inside = (
            pd.read_parquet(folder / f"{mode}-{name}.parquet").fillna("").astype(str) for name in ("made", "inside")
        )
        single = SinglingOutEvaluator(ori=inside, syn=made, control=outside, n_attacks=ATTACKS, n_cols=4)
        single.evaluate(mode="multivariate")
        told("singling out, 4 columns", mode, single)
        for secret in SECRETS:
            known = [column for column in made.columns if column != secret]
            guess = InferenceEvaluator(
                ori=inside, syn=made, control=outside, aux_cols=known, secret=secret, n_attacks=ATTACKS
            )
            guess.evaluate(n_jobs=1)
            told(f"inference of {secret}", mode, guess)


def told(attack: str, mode: str, evaluator: SinglingOutEvaluator | InferenceEvaluator) -> None:
    """Print one line."""
    found, risk = evaluator.results(), evaluator.risk()
    inside, outside, (low, high) = found.attack_rate.value, found.control_rate.value, risk.ci
    print(
        f"| {attack} | {mode} | {found.n_attacks_ori:,} | {inside:.1%} / {outside:.1%}"
        f" | {risk.value:.1%} ({low:.1%} to {high:.1%}) |",
        flush=True,
    )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
