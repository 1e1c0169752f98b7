"""Recommendations that say nearly the same, so that one action can answer them together."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

__all__ = ["DEFAULT_LIKENESS", "cluster"]

DEFAULT_LIKENESS = 75
"""Two texts are near-duplicates from this likeness on, of 100."""

_AUTHOR = re.compile(r"\s*\([^()]{1,60}\)\s*[.;]?\s*$")
"""In the UPR the State that recommends stands at the end, in brackets."""
_WORD = re.compile(r"\w+")


def cluster(recommendations: pl.DataFrame, *, likeness: float = DEFAULT_LIKENESS) -> pl.DataFrame:
    """Give each recommendation the id of the first one that says nearly the same to the same State.

    The earliest texts lead, and each later one joins the leader that it is most like; so no chain of small changes ties
    two texts that differ.

    Parameters
    ----------
    likeness
        Of 100: rapidfuzz's ``token_sort_ratio``, the share of signs that two texts have in common when the words of
        both are put in order.

    Returns
    -------
    pl.DataFrame
        ``id``, ``cluster``, ``likeness`` (to the leader), and ``n_in_cluster``.
    """
    ordered = recommendations.sort("state", pl.col("published_on").fill_null("9999"), "id")
    found: list[tuple[str, str, float]] = []
    for _, of_state in ordered.group_by("state", maintain_order=True):
        found += _lead(of_state["id"].to_list(), [_plain(text) for text in of_state["text"]], likeness)
    schema = {"id": pl.String(), "cluster": pl.String(), "likeness": pl.Float64()}
    table = pl.DataFrame(found, schema=schema, orient="row")
    return table.with_columns(pl.len().over("cluster").alias("n_in_cluster"))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(_AUTHOR.sub("", text).casefold()))


def _lead(ids: list[str], texts: list[str], likeness: float) -> list[tuple[str, str, float]]:
    leaders: list[int] = []
    found = []
    for position, text in enumerate(texts):
        scores = process.cdist([text], [texts[leader] for leader in leaders], scorer=fuzz.token_sort_ratio)
        best = int(np.argmax(scores)) if leaders else -1
        if leaders and scores[0, best] >= likeness:
            found.append((ids[position], ids[leaders[best]], round(float(scores[0, best]), 1)))
        else:
            leaders.append(position)
            found.append((ids[position], ids[position], 100.0))
    return found
