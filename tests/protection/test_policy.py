"""A policy is decided by people, beforehand."""

from __future__ import annotations

import pytest

from palermo.errors import InputError
from palermo.protection import load_policy

POLICY = """
[publication]
unit = "person"
max_rows = 2
domain = "DOMAIN.toml"
records = "guarded"
approvers = ["Amara N.", "Bruno K.", "Chen L."]

[budget]
epsilon = 8
epsilon_each = 4.0
population = 90_000
"""


def _write(tmp_path, text):
    path = tmp_path / "POLICY.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_policy_says_who_what_and_how_much(tmp_path):
    policy = load_policy(_write(tmp_path, POLICY))
    assert (policy.unit, policy.max_rows, policy.epsilon, policy.epsilon_each) == ("person", 2, 8.0, 4.0)
    assert policy.domain == tmp_path / "DOMAIN.toml"
    assert policy.delta == pytest.approx(9.74e-7, rel=0.01)
    assert 0.9 < policy.rho < 1.2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('approvers = ["Amara N.", "Bruno K.", "Chen L."]', ""),
        ('approvers = ["Amara N.", "Bruno K.", "Chen L."]', 'approvers = ["Amara N."]'),
        ('approvers = ["Amara N.", "Bruno K.", "Chen L."]', 'approvers = ["Amara N.", "amara n. "]'),
        ('unit = "person"', 'unit = "case"'),
        ('unit = "person"', 'unit = "row"'),
        ('records = "guarded"', 'records = "exact"'),
        ("epsilon = 8", "epsilon = 0"),
        ("epsilon = 8", "epsilon = 80"),
        ("epsilon = 8", 'epsilon = "8"'),
        ("epsilon = 8", ""),
        ("epsilon_each = 4.0", "epsilon_each = 9.0"),
        ("population = 90_000", "delta = 0.1"),
        ("max_rows = 2", "max_rows = 0"),
        ("max_rows = 2", "threshold = 0"),
        ("max_rows = 2", "budget = 3"),
    ],
)
def test_a_policy_that_is_none_is_refused(tmp_path, old, new):
    with pytest.raises(InputError, match=r"POLICY\.toml"):
        load_policy(_write(tmp_path, POLICY.replace(old, new, 1)))
