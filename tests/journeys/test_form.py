"""A form, made and filled in as KoboToolbox and ODK do, comes back through the command line."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest
from pyxform.xls2xform import convert

from tests.support.xform import FilledForm

TODAY = date(2026, 6, 30)
ADULT = {
    "consent": "yes", "record_id": "r-1", "reporting_entity": "Casa Aurora", "registered_on": "2026-03-01",
    "age": "24", "sex": "female", "citizenship": "NAM", "status": "presumed", "status_decided_by": "ngo",
    "status_on": "2026-03-02", "act": "recruitment transportation", "means": "deception",
    "form_of_exploitation": "sexual forced-labour", "country_of_exploitation": "ITA",
}  # fmt: skip
CHILD = {key: said for key, said in ADULT.items() if key != "means"} | {"record_id": "r-2", "age": "15"}


@pytest.fixture
def made(palermo, tmp_path):
    """The workbook and the mapping, as the command writes them."""
    said = palermo("standard", "form", "minimum", "--out", tmp_path)
    assert said.code == 0
    workbook, mapping = said.out.split()
    return workbook, mapping


@pytest.fixture
def rows(made):
    xform = convert(made[0], validate=False).xform
    return [FilledForm(xform, said, today=TODAY).row() for said in (ADULT, CHILD)]


def _as_csv(rows, path):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _as_json(rows, path):
    """As KoboToolbox gives its data to programs: what was not asked is not there."""
    records = [
        {"_id": number, "__version__": "v1", **{key: said for key, said in row.items() if said}}
        for number, row in enumerate(rows, start=1)
    ]
    path.write_text(json.dumps({"count": len(records), "results": records}), "utf-8")


@pytest.mark.parametrize(("ending", "write"), [("csv", _as_csv), ("json", _as_json)])
def test_a_submission_reads_back_without_a_finding(palermo, made, rows, tmp_path, ending, write):
    write(rows, tmp_path / f"answers.{ending}")
    answer = palermo("check", tmp_path / f"answers.{ending}", "--mapping", made[1], "--as-of", TODAY, "--json").json
    assert (answer["rows_in"], answer["rows_accepted"], answer["rows_quarantined"]) == (2, 2, 0)
    assert answer["findings"] == [] and answer["unmapped"] == [] and answer["columns_extra"] == []


def test_what_was_filled_in_is_what_is_counted(counts, made, rows, tmp_path):
    _as_csv(rows, tmp_path / "answers.csv")
    assert counts(tmp_path / "answers.csv", made[1], "age_group,citizenship,form_of_exploitation") == {
        (group, "NAM", form): 1 for group in ("adult", "child") for form in ("sexual", "forced-labour")
    }


def test_an_answer_that_somebody_changed_by_hand_is_told(palermo, made, rows, tmp_path):
    _as_csv([rows[0] | {"sex": "woman"}, rows[1]], tmp_path / "answers.csv")
    answer = palermo("check", tmp_path / "answers.csv", "--mapping", made[1], "--as-of", TODAY, "--json").json
    assert answer["unmapped"] == [{"field": "sex", "values": 1, "rows": 1}]
    assert "code.unmapped" in {found["rule"] for found in answer["findings"]}
