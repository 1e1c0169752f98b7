"""The candidates of `candidates`, found by an engine: for files whose blocks outgrow one machine's memory.

The same pairs come out of the compiled loop, of DuckDB and of Spark, since weights are whole numbers and ties go to the
record that comes first.
"""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import polars as pl
from ibis.expr.types import Table

from palermo.linkage.candidates import Candidates, block_weights
from palermo.linkage.encodings import Encodings
from palermo.linkage.tokens import KINDS
from palermo.tables import Engine

__all__ = ["find_candidates_on"]

_SPLITS = ("sex", "citizenship", "year")


def find_candidates_on(engine: Engine, encodings: Encodings, *, cap: int, most: int) -> Candidates:
    """Find each record's likeliest partners on an engine; see `candidates.find_candidates`."""
    n = len(encodings)
    atoms = engine.from_frame(_atoms(encodings))
    blocks, large = _blocks(engine.from_frame(_tokens(encodings)), atoms, cap)
    members = engine.keep(blocks, "blocks")
    weights = engine.from_frame(pl.DataFrame({"size": np.arange(cap + 1), "weight": block_weights(n, cap)}))
    chosen = engine.collect(_chosen(members, weights, most)).sort("one", "other")
    dropped = engine.collect(large.group_by("kind").agg(blocks=large.key.nunique(), records=large.count()))
    known = engine.collect(members.aggregate(records=members.row.nunique(), met=(members["size"] - 1).sum()))
    return Candidates(
        pairs=chosen.to_numpy().astype(np.int32).reshape(-1, 2),
        n_enumerated=int(known["met"][0] or 0),
        dropped={KINDS[kind]: (blocks, records) for kind, blocks, records in dropped.sort("kind").iter_rows()},
        n_alone=n - int(known["records"][0]),
    )


def _tokens(encodings: Encodings) -> pl.DataFrame:
    rows, kinds = np.nonzero(encodings.tokens)
    hashes = pl.Series(encodings.tokens[rows, kinds].astype(str))
    return pl.DataFrame({"row": rows, "kind": kinds, "key": hashes}).with_columns(
        key=pl.format("{}:{}", "kind", "key"), row=pl.col("row").cast(pl.Int64), kind=pl.col("kind").cast(pl.Int32)
    )


def _atoms(encodings: Encodings) -> pl.DataFrame:
    columns = {name: pl.Series(encodings.atoms[name].astype(str)) for name in _SPLITS}
    return pl.DataFrame({"row": np.arange(len(encodings), dtype=np.int64)} | columns)


def _blocks(tokens: Table, atoms: Table, cap: int) -> tuple[Table, Table]:
    """Put records into blocks, split the large ones, and give what is too large in the end."""
    kept, left = [], tokens
    for by in (*_SPLITS, None):
        left = left.mutate(size=left.count().over(ibis.window(group_by="key")))
        kept.append(left.filter((left["size"] > 1) & (left["size"] <= cap)).select("row", "key", "size"))
        left = left.filter(left["size"] > cap).select("row", "kind", "key")
        if by is not None:
            beside = left.join(atoms.select("row", part=atoms[by]), "row")
            left = beside.select("row", "kind", key=beside.key + "/" + beside.part)
    return ibis.union(*kept), left


def _chosen(members: Table, weights: Table, most: int) -> Table:
    """Add up what each two records share, and keep a pair if either side is among the other's likeliest."""
    weighed = members.join(weights, "size").select("row", "key", "weight")
    others = weighed.select(other="row", key="key")
    met = weighed.join(others, "key")
    met = met.filter(met.row != met.other).group_by(one="row", other="other").agg(shared=ibis._.weight.sum())
    order: Any = [ibis.desc("shared"), "other"]
    ranked = met.mutate(rank=ibis.row_number().over(ibis.window(group_by="one", order_by=order)))
    best = ranked.filter(ranked["rank"] < most)
    return best.select(one=ibis.least(best.one, best.other), other=ibis.greatest(best.one, best.other)).distinct()
