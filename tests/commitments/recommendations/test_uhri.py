"""The export of the Universal Human Rights Index, in the layout of ../shared/standards/uhri_export_columns.csv."""

from __future__ import annotations

import csv
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from palermo.commitments.recommendations import read_uhri
from palermo.commitments.recommendations.uhri import COLUMNS, _items
from palermo.errors import InputError

HEADINGS = tuple(COLUMNS.values())
DAY = date(2015, 1, 1)
ROWS = [
    [
        "Ratify the Protocol",
        "- UPR",
        "2010-06-17",
        "- Trafficking in persons - Ratification of & accession to treaties",
    ],
    ["Train judges", "- SR Trafficking", "17/06/2011", "- Trafficking in persons"],
    ["Open shelters; also for men", "- CEDAW", "17 Jun 2012", ""],
    ["Ratify the Protocol", "- UPR", "2010-06-17", "- Trafficking in persons"],
]


def an_export(path, rows=ROWS, headings=HEADINGS):
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for n, row in enumerate([headings, *rows]):
                sheet.write_row(n, 0, row)
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def read(path):
    return read_uhri(path, state="KEN", recorded_on=DAY)


def test_the_columns_are_those_of_the_export(shared):
    with (shared / "standards/uhri_export_columns.csv").open(encoding="utf-8", newline="") as lines:
        assert [row["code"] for row in csv.DictReader(lines)] == list(COLUMNS.values())


@pytest.mark.parametrize("name", ["export.csv", "export.xlsx"])
def test_each_recommendation_has_its_body_day_and_themes(tmp_path, name):
    rows = read(an_export(tmp_path / name))
    told = [(row["mechanism"], row["body"], row["published_on"], row["themes"]) for row in rows]
    assert told == [
        ("upr", "UPR", "2010-06-17", "Trafficking in persons; Ratification of & accession to treaties"),
        ("special_procedure", "SR Trafficking", "2011-06-17", "Trafficking in persons"),
        ("treaty_body", "CEDAW", "2012-06-17", ""),
    ]


def test_what_says_the_same_on_the_same_day_is_taken_once_and_has_the_same_id_again(tmp_path):
    once, again = read(an_export(tmp_path / "a.csv")), read(an_export(tmp_path / "b.csv", ROWS[::-1]))
    assert {row["id"] for row in once} == {row["id"] for row in again}
    assert len(once) == 3


def test_a_column_that_is_missing_is_named(tmp_path):
    with pytest.raises(InputError, match="Themes"):
        read(an_export(tmp_path / "a.csv", [row[:3] for row in ROWS], HEADINGS[:3]))


@pytest.mark.parametrize("row", [["", "- UPR", "", ""], ["Text", "", "", ""], ["Text", "- UPR", "soon", ""]])
def test_a_row_that_cannot_be_read_is_named_and_not_quoted(tmp_path, row):
    with pytest.raises(InputError, match="row 2") as error:
        read(an_export(tmp_path / "a.csv", [row]))
    assert "soon" not in error.value.sentence()


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(InputError):
        read(tmp_path / "a.xlsx")


@given(
    st.lists(st.from_regex(r"[A-Za-z]+(?:-[a-z]+)?(?: [a-z]+)*", fullmatch=True), max_size=5),
    st.sampled_from([" ", "\n"]),
)
def test_items_come_apart_at_their_dashes_and_nowhere_else(items, between):
    assert _items(between.join(f"- {item}" for item in items)) == items
