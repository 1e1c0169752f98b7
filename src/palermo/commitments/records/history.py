"""What was known when: records are added and corrected, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from palermo.commitments.records.finding import Finding

__all__ = ["current_ids", "history_findings", "known", "until"]


def known(records: pl.DataFrame, as_recorded: date | None = None) -> pl.DataFrame:
    """Keep what was known on a day: records written down by then that no record written down by then corrects.

    Without a day, keep what is known now.
    """
    written = records if as_recorded is None else records.filter(pl.col("recorded_on") <= as_recorded)
    corrected = written["corrects"].drop_nulls().to_list()
    return written.filter(~pl.col("id").is_in(corrected) & ~pl.col("withdrawn").fill_null(False))


def current_ids(records: pl.DataFrame, as_recorded: date | None = None) -> dict[str, str]:
    """Give for every id that a thing has or had that of the record which stands; nothing for what was withdrawn."""
    corrected = dict(records.select("id", "corrects").rows())
    found: dict[str, str] = {}
    for standing in known(records, as_recorded)["id"]:
        name: str | None = standing
        while name is not None:
            found[name] = standing
            name = corrected.get(name)
    return found


def until(records: pl.DataFrame, column: str, as_of: date) -> pl.DataFrame:
    """Keep what had surely happened by a day; `column` is a day, or a span of which the latest day counts."""
    by = f"{column}_latest" if f"{column}_latest" in records.columns else column
    return records.filter(pl.col(by) <= as_of)


def history_findings(records: pl.DataFrame, file: str, above: pl.DataFrame | None = None) -> list[Finding]:
    """Find ids that are twice there and corrections that correct nothing which stands above them."""
    written: dict[str, date] = {} if above is None else dict(above.select("id", "recorded_on").rows())
    replaced: set[str] = set() if above is None else set(above["corrects"].drop_nulls())
    findings: list[Finding] = []
    for record in records.iter_rows(named=True):
        if record["id"] in written:
            findings.append(
                Finding("record.one-id", file, record["row"], "this id is there already.", "Give a new id.")
            )
        problem = _problem(record, written, replaced)
        if problem:
            findings.append(Finding("record.correction", file, record["row"], problem))
        written.setdefault(record["id"], record["recorded_on"])
        replaced |= {record["corrects"]} - {None}
    return findings


def _problem(record: Mapping[str, object], written: Mapping[str, date], replaced: set[str]) -> str:
    corrects = record["corrects"]
    if corrects is None:
        return "it is withdrawn, and does not say in corrects what it takes back." if record["withdrawn"] else ""
    if corrects not in written:
        return "it corrects a record that does not stand above it."
    if written[str(corrects)] > date.fromisoformat(str(record["recorded_on"])):
        return "it was written down before the record that it corrects."
    return "it corrects a record that another has corrected: correct that one." if corrects in replaced else ""
