"""The audit before publication: attacks on trial releases with the same domain, budget and settings.

It sees invented rows or the records of a private release, never the real file, so that its results may be published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from palermo.protection.private.budget import Budget
from palermo.protection.private.chances import FALSE_ALARM
from palermo.protection.private.counting import count_all
from palermo.protection.private.domain import Domain
from palermo.protection.private.inference import Risk, attribute_inference, rare_combinations, singling_out
from palermo.protection.private.layout import Codes
from palermo.protection.private.membership import Membership, Trials, attack_difference, attack_membership
from palermo.protection.private.noise import SAMPLERS
from palermo.protection.private.synthesis import frozen_settings, records

__all__ = ["AuditReport", "audit"]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What the attacks found, and whether a release with these parameters may go out."""

    parameters: Mapping[str, Any]
    membership: Membership
    differencing: Membership
    """Of newcomers, by what the release differs by from all before."""
    risks: Mapping[str, Risk]

    @property
    def passed(self) -> bool:
        """Whether all attacks stay within their limits."""
        return self.membership.passed and self.differencing.passed and all(risk.passed for risk in self.risks.values())

    def as_json(self) -> dict[str, Any]:
        """Give the page's numbers."""
        risks = {
            name: asdict(risk)
            | {
                "excess": round(risk.excess, 4),
                "excess_at_least": round(risk.excess_at_least, 4),
                "passed": risk.passed,
            }
            for name, risk in self.risks.items()
        }
        found = {
            name: asdict(attack) | {"passed": attack.passed}
            for name, attack in (("membership", self.membership), ("differencing", self.differencing))
        }
        return {
            "passed": self.passed,
            "parameters": dict(self.parameters),
            "false_alarms_at_most": FALSE_ALARM,
            **found,
            "risks": risks,
            "measured_on": "trial files; nothing here was measured on the real file",
        }


def audit(
    shadow: Codes,
    domain: Domain,
    budget: Budget,
    mode: str,
    *,
    earlier: Sequence[Budget] = (),
    runs: int = 40,
    attacks: int = 2000,
    seed: int = 0,
) -> AuditReport:
    """Attack trial releases of shadow rows.

    Parameters
    ----------
    shadow
        Invented rows, or those of an earlier private release.
    earlier
        What each earlier release of these people cost; if there is none, the difference is from one that cost the same.
    """
    layout = domain.layout
    settings = frozen_settings(layout)
    order = np.random.default_rng(seed).permutation(len(shadow))
    half = len(shadow) // 2
    inside, outside = shadow[order[:half]], shadow[order[half : 2 * half]]
    canaries = 2 * max(1, -(-attacks // runs))
    trials = Trials(layout, budget, SAMPLERS["table"], settings.measure, runs, canaries, seed)
    before = tuple(earlier) or (budget,)
    membership, difference = attack_membership(inside, trials), attack_difference(inside, trials, before)
    measured = trials.look(inside)
    made = records(measured, mode, domain.possible(layout), settings, seed)
    risks = {
        "attribute_inference": attribute_inference(made, inside, outside, attacks=attacks, seed=seed),
        "singling_out": singling_out(made, inside, outside, attacks=attacks, seed=seed),
        "rare_combinations": rare_combinations(
            count_all(made, layout)[1] > 0, count_all(inside, layout)[1], count_all(outside, layout)[1], half
        ),
    }
    parameters = {
        "epsilon": budget.epsilon,
        "delta": budget.delta,
        "mode": mode,
        "subtracts_releases_of_epsilon": [one.epsilon for one in before],
        "trial_releases": runs,
        "canaries_a_release": canaries,
        "rows": half,
    }
    return AuditReport(parameters, membership, difference, risks)
