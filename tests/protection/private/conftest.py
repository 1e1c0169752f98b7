"""A small invented table and its domain."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from palermo.protection.private.noise import table_noise

DOMAIN = """
source = "invented for a test"
population = 90_000

[columns.country]
values = ["A", "B", "C", "D", "E", "F", "G", "H"]
parents = { A = "north", B = "north" }

[columns.gender]
values = ["Female", "Male"]

[columns.form]
values = ["labour", "sexual", "other"]

[columns.threats]
values = ["yes"]

[columns.debt]
values = ["yes"]

[[impossible]]
gender = ["Male"]
form = ["other"]

[[impossible]]
country = ["H"]
form = ["labour"]
debt = ["yes"]
"""


def invented(rows: int, seed: int = 1) -> pl.DataFrame:
    """People whose form depends on gender, and whose ticks depend on form; country G is nowhere."""
    random = np.random.default_rng(seed)
    gender = random.choice(["Female", "Male", ""], rows, p=[0.6, 0.35, 0.05])
    form = np.where(random.random(rows) < 0.7, np.where(gender == "Male", "labour", "sexual"), "labour")
    form = np.where((random.random(rows) < 0.1) & (gender != "Male"), "other", form)
    country = random.choice(["A", "B", "C", "D", "E", "F"], rows, p=[0.4, 0.25, 0.15, 0.1, 0.06, 0.04])
    threats = np.where(random.random(rows) < np.where(form == "sexual", 0.6, 0.2), "yes", "")
    debt = np.where(random.random(rows) < np.where(form == "labour", 0.5, 0.1), "yes", "")
    return pl.DataFrame({"country": country, "gender": gender, "form": form, "threats": threats, "debt": debt})


def seeded(seed: int) -> Callable[[Fraction, int], npt.NDArray[np.int64]]:
    """Draw the noise of a release with a seed, for claims that chance could break; no release has this."""
    words = np.random.default_rng(seed)

    def draw(variance: Fraction, size: int) -> npt.NDArray[np.int64]:
        return table_noise(variance, size, lambda n: words.integers(0, 2**64, n, dtype=np.uint64))

    return draw


@pytest.fixture(scope="session")
def domain_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("domain") / "DOMAIN.toml"
    path.write_text(DOMAIN, "utf-8")
    return path


@pytest.fixture(scope="session")
def table():
    return invented(4000)
