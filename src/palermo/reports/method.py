"""How the numbers were made safe to show, in the numbers of the gate."""

from __future__ import annotations

from palermo.reports.numbers import whole
from palermo.tables import Release

__all__ = ["method"]


def method(release: Release, units: str) -> tuple[str, ...]:
    """Say what the policy is, what it withheld, and what the audit found."""
    return (_policy(release, units), _withheld(release), _audit(release))


def _policy(release: Release, units: str) -> str:
    policy = release.policy
    said = f"A number is shown only if it stands on at least {policy.threshold} {units}."
    if policy.rounding:
        return f"{said} Numbers that are shown are rounded to the nearest {policy.rounding}."
    return f"{said} Numbers that are shown are not rounded."


def _withheld(release: Release) -> str:
    audit = release.audit
    cells = f"This release has {whole(audit.n_cells)} numbers in {len(release.tables)} tables."
    if not audit.n_withheld:
        return f"{cells} None of them had to be withheld."
    return (
        f"{cells} {whole(audit.n_withheld)} are withheld: those that stand on fewer, and others without which the first"
        " could be worked out from the totals. How many there are of each is not said, since it would tell readers that"
        " a number is small. A withheld number is never shown as zero."
    )


def _audit(release: Release) -> str:
    narrowest = release.audit.narrowest
    if narrowest is None:
        return "Nothing is withheld, so there was nothing to attack."
    return (
        "Before the tables were let out, every withheld number was attacked with all tables together. The closest an"
        f" attacker can come is an interval {whole(narrowest)} wide; at least {release.policy.threshold} is demanded."
    )
