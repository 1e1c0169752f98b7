"""Sheets as people make them: headings over headings, several tables, notes; and what must not be opened."""

from __future__ import annotations

import shutil
import struct
import zipfile
from dataclasses import replace

import polars as pl
import pytest

from palermo.errors import InputError
from palermo.intake import Mapping
from palermo.intake.mapping import FieldMapping
from palermo.intake.raw import FILE_COLUMN
from palermo.intake.reading import read_file
from palermo.tables import SOURCE_ROW
from tests.support.files import write_ods, write_xlsx

OWN = Mapping(
    "own", "Own", "records", "record", {"sex": FieldMapping("sex", ("sex",)), "age": FieldMapping("age", ("age",))}
)
TEXT = [["Costs"], ["item", "price", "year"], ["rent", "5", "2020"], ["food", "6", "2020"]]
SOUND = [["sex", "age", "more"], ["f", 31, "x"], ["m", 2.5, None]]


def _read(path, mapping=OWN):
    raw = read_file(path, mapping, path.with_suffix(".parquet"))
    rows = pl.read_parquet(raw.path).rename(lambda column: column.removeprefix(FILE_COLUMN))
    return raw, rows


@pytest.mark.parametrize(("write", "name"), [(write_xlsx, "a.xlsx"), (write_ods, "a.ods"), (write_xlsx, "a.xlsm")])
def test_a_sheet_is_read_as_text_with_its_own_row_numbers(tmp_path, write, name):
    _, rows = _read(write(tmp_path / name, [[], ["Register", None, None], *SOUND]))
    assert rows.rows() == [(4, "f", "31", "x"), (5, "m", "2.5", None)]


def test_headings_over_headings_are_named_after_both(tmp_path):
    mapping = replace(OWN, fields={"sex": FieldMapping("sex", ("Adult > Male",))}, required=("Place", "Child > Male"))
    sheet = [["Place", "Child", None, "Adult", None], [None, "Male", "Female", "Male", "Female"], ["North", 1, 2, 3, 4]]
    raw, rows = _read(write_xlsx(tmp_path / "a.xlsx", sheet, merged=["B1:C1", "D1:E1"]), mapping)
    assert raw.headings.columns == ("Place", "Child > Male", "Child > Female", "Adult > Male", "Adult > Female")
    assert rows.rows() == [(3, "North", "1", "2", "3", "4")]


def test_another_table_below_is_set_aside_whole_and_told(tmp_path):
    raw, rows = _read(write_xlsx(tmp_path / "a.xlsx", [*SOUND, [], *TEXT]))
    assert rows["sex"].to_list() == ["f", "m"]
    assert set(raw.quarantine["reason"]) == {"row.other-table"}
    assert raw.quarantine["cells"].to_list() == [row for row in TEXT if len(row) > 1]
    assert raw.n_rows == rows.height + raw.quarantine.height
    assert "Another table begins in row 5 and was not read; table names the one that is meant." in raw.notes


def test_the_mapping_names_the_table_that_is_meant(tmp_path):
    second = [[], ["Table 2: women", None, None], ["sex", "age", "more"], ["f", 40, None]]
    path = write_xlsx(tmp_path / "a.xlsx", [["Table 1: all", None, None], *SOUND, *second])
    assert _read(path, replace(OWN, table="table 2"))[1]["age"].to_list() == ["40"]
    assert _read(path)[1]["age"].to_list() == ["31", "2.5"]
    with pytest.raises(InputError, match=r"no cell holds the words 'table 3'"):
        _read(path, replace(OWN, table="table 3"))


def test_a_part_with_a_name_of_its_own_is_no_other_table(tmp_path):
    sheet = [["sex", "age", "more"], ["f", 31, "x"], [], ["North", None, None], ["m", 2, "y"]]
    assert _read(write_xlsx(tmp_path / "a.xlsx", sheet))[1]["sex"].to_list() == ["f", "North", "m"]


def test_a_table_beside_is_told_and_headings_that_come_again_are_no_rows(tmp_path):
    sheet = [["sex", "age", None, "item", "price"], ["f", 31, None, "q", 5], ["sex", "age", None, "item", "price"]]
    raw, rows = _read(write_xlsx(tmp_path / "a.xlsx", [*sheet, ["m", 2, None, "r", 6]]))
    assert rows.rows() == [(2, "f", "31"), (4, "m", "2")]
    assert "Another table stands beside this one, in 2 columns, and was not read." in raw.notes
    assert "1 row repeats the headings." in raw.notes


def test_notes_below_the_table_are_no_rows_and_a_row_too_long_is_kept_aside(tmp_path):
    raw, rows = _read(write_xlsx(tmp_path / "a.xlsx", [*SOUND, ["f", 1, "z", "beyond"], ["* provisional"]]))
    assert rows[SOURCE_ROW].to_list() == [2, 3]
    assert raw.quarantine.rows() == [(4, "row.too-many-cells", ["f", "1", "z", "beyond"])]
    assert "1 row of notes stands below the table." in raw.notes


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("xl/vbaProject.bin", "It holds macros; they were not run."),
        ("xl/externalLinks/externalLink1.xml", "It links to other files; nothing was followed"),
        ("xl/connections.xml", "It asks other sources for data; nothing was asked."),
    ],
)
def test_what_a_workbook_would_do_is_told_and_not_done(tmp_path, member, words):
    path = write_xlsx(tmp_path / "a.xlsx", SOUND)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(member, "x")
    raw, rows = _read(path)
    assert rows.height == 2
    assert any(words in note for note in raw.notes)


def test_a_file_that_says_it_is_large_inside_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "a.xlsx"
    package = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with package, package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
        for _ in range(2049):
            member.write(bytes(1 << 20))
    with pytest.raises(InputError, match=r"^a\.xlsx: it is packed so tightly that it would fill the memory"):
        _read(path)


def test_a_file_that_lies_about_its_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("palermo.intake.container.LARGEST", 1 << 20)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(4 << 20))
    packed = path.read_bytes()
    path.write_bytes(packed.replace(struct.pack("<L", 4 << 20), struct.pack("<L", 1 << 10)))
    with pytest.raises(InputError, match="packed so tightly"):
        _read(path)


def test_two_cells_far_apart_do_not_fill_the_memory(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet()
        page.write(0, 0, "sex")
        page.write(1_000_000, 16_383, "x")
    with pytest.raises(InputError, match=r"reaches over 1,000,001 rows and 16,384 columns, most of them empty"):
        _read(tmp_path / "a.xlsx")


def test_one_cell_repeated_over_a_whole_ods_sheet_is_refused(tmp_path):
    more = ' table:number-columns-repeated="16384"'
    path = write_ods(tmp_path / "a.ods", [["sex"]] * 4_000, more=more)
    with pytest.raises(InputError, match=r"reaches over 4,000 rows and 16,384 columns"):
        _read(path)


def test_a_sheet_in_an_encoding_that_nobody_knows_is_damaged(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("content.xml", '<?xml version="1.0" encoding="SyF-8"?><office/>')
    with pytest.raises(InputError, match="damaged"):
        _read(tmp_path / "a.ods")


def test_a_sheet_of_16384_columns_is_refused_in_words_unless_only_a_few_have_a_heading(tmp_path):
    wide = [[*SOUND[0], *[f"c{n}" for n in range(16_381)]], SOUND[1]]
    with pytest.raises(InputError, match=r"has 16,384 columns, and no more than 2,000 can be read"):
        _read(write_xlsx(tmp_path / "a.xlsx", wide))


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_what_is_no_workbook_is_said_to_be_none(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(InputError, match=rf"^a\.{ending}: "):
        _read(path)


def test_an_old_workbook_is_read_as_a_new_one(shared, tmp_path):
    name = "table-1_human_trafficking_offenses_and_clearances_by_state_2016.xls"
    shutil.copy(shared / "data/us/fbi_ucr_tables_2014_2016" / name, tmp_path / "a.xls")
    mapping = replace(OWN, fields={}, required=("State", "Total > Offenses"))
    raw, rows = _read(tmp_path / "a.xls", mapping)
    assert raw.headings.columns[:3] == (
        "State",
        "Commercial sex acts > Offenses",
        "Commercial sex acts > Total cleared",
    )
    assert rows.filter(State="Texas")["Total > Offenses"].to_list() == ["257"]
