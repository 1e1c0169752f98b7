"""Whatever is in a delimited file: rows in are rows accepted and rows kept aside, and no cell is ever quoted."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.workflows.check import check

SECRET = "SECRETNAME42"
MAPPING = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
[fields.sex]
column = "sex"
values = { "f" = "female", "m" = "male" }
[fields]
age = "age"
"""
WORDS = st.text("aé ß\"'\n,;|\t=", max_size=4).map(lambda more: SECRET + more)
CELLS = st.one_of(st.sampled_from(["", "f", "m", "31", "-5"]), WORDS)
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=25)


def _written(rows, delimiter, encoding, titles):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([["A title"]] * titles)
    writer.writerow(["sex", "age", "story"])
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    titles=st.integers(0, 3),
)
def test_no_row_is_lost_and_what_is_kept_aside_is_whole(engine, taken_in, rows, delimiter, encoding, titles):
    examined = taken_in(MAPPING, _written(rows, delimiter, encoding, titles))
    said = [row for row in rows if any(row)]
    aside = [row for row in said if any(row[3:])]
    assert examined.rows_in == len(said)
    assert examined.quarantine["cells"].to_list() == aside
    assert engine.collect(examined.table).height == examined.rows_accepted == len(said) - len(aside)
    told = engine.collect(examined.findings).write_csv() + examined.summary.write_csv() + examined.quality.write_csv()
    assert SECRET not in told + "".join((*examined.notes, *examined.columns_extra))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, delimiter=st.sampled_from(",;"))
def test_the_answer_for_programs_quotes_no_cell(tmp_path, rows, delimiter):
    (tmp_path / "own.toml").write_text(MAPPING, "utf-8")
    (tmp_path / "a.csv").write_bytes(_written(rows, delimiter, "utf-8", 0))
    answer = check(tmp_path / "a.csv", str(tmp_path / "own.toml"), as_of=None).as_json()
    assert answer["rows_in"] == answer["rows_accepted"] + answer["rows_quarantined"]
    assert SECRET not in json.dumps(answer)


@pytest.mark.parametrize("width", [1, 2])
def test_a_row_with_too_few_cells_is_a_record_and_a_finding(engine, taken_in, width):
    examined = taken_in(MAPPING, "sex,age,story\n" + ",".join(["f", "31"][:width]) + "\n")
    assert examined.rows_accepted == 1
    assert engine.collect(examined.findings)["rule"].to_list() == ["row.too-few-cells"]
