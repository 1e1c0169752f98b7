"""How the numbers were made safe to show, in the numbers of the gate."""

from __future__ import annotations

from palermo.reports.numbers import whole
from palermo.tables import Release

__all__ = ["method"]


def method(release: Release, units: str) -> tuple[str, ...]:
    """Say what the policy is, what it withheld, and what the audit found."""
    exact = [table for table in release.tables if not table.noisy]
    rule = (_policy(release, units), _withheld(release, len(exact)), _audit(release)) if exact else ()
    return (*_noise(release), *rule)


def _noise(release: Release) -> tuple[str, ...]:
    """Say what the noise promises, and of which tables."""
    if release.guarantee is None:
        return ()
    promise = release.guarantee
    noisy = sum(table.noisy for table in release.tables)
    rest = len(release.tables) - noisy
    said = (
        f"{whole(noisy)} tables hold noise, and nothing in them is withheld. Whatever somebody sees in them is at most"
        f" e^ε times as likely with a {promise.unit} in the data as without, but for a chance of δ;"
        f" ε is {promise.epsilon:g} and δ is {promise.delta:.2g}. Beside each number is the interval that holds the"
        " count 95 times in 100, as it follows from the noise alone."
    )
    warning = f"This promise does not cover the other {whole(rest)} tables, which hold no noise."
    return (said, warning) if rest else (said,)


def _policy(release: Release, units: str) -> str:
    policy = release.policy
    said = f"A number is shown only if it stands on at least {policy.threshold} {units}."
    if policy.rounding:
        return f"{said} Numbers that are shown are rounded to the nearest {policy.rounding}."
    return f"{said} Numbers that are shown are not rounded."


def _withheld(release: Release, n_tables: int) -> str:
    audit = release.audit
    cells = f"This release has {whole(audit.n_cells)} numbers in {n_tables} tables."
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
