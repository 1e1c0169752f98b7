"""Wrong input: where, what and what to do next; exit code 3 for a file to mend, 2 for wrong words."""

from __future__ import annotations

from pathlib import Path

import pytest

SOUND = "yearOfRegistration,gender,citizenship,CountryOfExploitation\n2016,Female,PH,US\n"


@pytest.fixture
def write(tmp_path: Path):
    def put(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return put


def refused(said, code: int, *words: str) -> None:
    assert said.code == code
    assert said.out == ""
    assert said.err.startswith("palermo: ")
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", "", ["empty.csv", "is empty"]),
        ("blank.csv", "\n\n  \n", ["blank.csv", "is empty"]),
        ("report.csv", b"%PDF-1.7\n%\xe2\xe3", ["report.csv", "a PDF"]),
        ("book.xlsx", "a,b\n1,2\n", ["book.xlsx", "no workbook"]),
        ("cut.xlsx", b"PK\x03\x04\x14\x00\x06\x00", ["cut.xlsx", "cut off"]),
        ("table.parquet", b"PAR1 and no more", ["table.parquet", "cut off"]),
        ("notes.docx", "x", ["notes.docx", "no reader"]),
        ("other.csv", "name;place\na;b\n", ["other.csv", "no row of the file has a heading"]),
        (
            "twins.csv",
            SOUND.replace("gender", "citizenship"),
            ["twins.csv", "'citizenship' stands over columns 2 and 3"],
        ),
        (
            "short.csv",
            "gender,citizenship\nFemale,PH\n",
            ["short.csv", "'yearOfRegistration'", "'CountryOfExploitation'"],
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_where_what_and_what_next(palermo, write, name, content, words):
    said = palermo("check", write(name, content), "--mapping", "ctdc-2020", "--json")
    refused(said, 3, *words)
    assert said.err.rstrip().endswith(".") or "Export" in said.err


def test_a_file_that_is_not_there(palermo, tmp_path):
    refused(palermo("check", tmp_path / "nowhere.csv", "--mapping", "ctdc-2020"), 3, "nowhere.csv", "no such file")


def test_a_folder_is_no_file(palermo, tmp_path):
    refused(palermo("check", tmp_path, "--mapping", "ctdc-2020"), 3, tmp_path.name, "a folder", "Name one file")


def test_a_mapping_that_is_not_there_names_those_that_are(palermo, write):
    said = palermo("check", write("a.csv", SOUND), "--mapping", "ctdc-2019")
    refused(said, 3, "'ctdc-2019'", "ctdc-2020", "glotip")


@pytest.mark.parametrize("words", [("check",), ("table", "--by", "sex")])
def test_a_file_without_a_mapping_is_told_how_to_get_one(palermo, write, words):
    said = palermo(words[0], write("a.csv", SOUND), *words[1:])
    refused(said, 2, "a file needs a mapping", "--mapping NAME", "palermo map a.csv")


def test_a_mapping_of_ones_own_is_known_by_its_name_beside_the_file(palermo, write):
    own = 'name = "own"\ntitle = "Own"\nshape = "records"\nunit = "record"\n[fields]\ngender = "gender"\n'
    write("own.toml", own)
    assert palermo("check", write("a.csv", SOUND), "--mapping", "own", "--json").json["mapping"] == "own"


def test_a_field_that_is_not_in_the_standard(palermo, write):
    said = palermo("table", write("a.csv", SOUND), "--mapping", "ctdc-2020", "--by", "colour")
    refused(said, 2, "'colour'", "palermo standard fields")


def test_a_condition_that_is_none(palermo, write):
    said = palermo("table", write("a.csv", SOUND), "--mapping", "ctdc-2020", "--by", "gender", "--where", "gender")
    refused(said, 2, "FIELD=VALUE")


def test_wrong_words_end_with_2(palermo_process):
    assert palermo_process("table").code == 2
    assert palermo_process("nonsense").code == 2


def found(answer):
    return {(each["rule"], each["field"], each["rows"], each["level"]) for each in answer["findings"]}


def test_a_row_with_too_many_cells_is_kept_in_quarantine(palermo, write):
    file = write("long.csv", SOUND + "2016,Male,PH,US,extra,more\n2017,Male,UA,UA\n")
    answer = palermo("check", file, "--mapping", "ctdc-2020", "--json").json
    assert (answer["rows_in"], answer["rows_accepted"], answer["rows_quarantined"]) == (3, 2, 1)
    assert ("row.too-many-cells", "", 1, "error") in found(answer)


def test_a_value_without_a_code_is_unmapped_and_never_becomes_one(palermo, counts, write):
    file = write("odd.csv", SOUND + "2016,Femmale,PH,US\n2016,Femmale,PH,US\n")
    answer = palermo("check", file, "--mapping", "ctdc-2020", "--json").json
    assert answer["unmapped"] == [{"field": "gender", "values": 1, "rows": 2}]
    assert counts(file, "ctdc-2020", "gender") == {"female": 1, None: 2}


def test_an_error_never_quotes_a_cell(palermo, write):
    story = "Maria-from-the-farm"
    files = [
        write("a.csv", f"{story};x\n{story};y\n"),
        write("b.csv", SOUND + f"{story},{story},{story},{story}\n"),
        write("c.csv", SOUND + f'2016,"{story},PH,US\n' + "x" * 2_000_000),
    ]
    for file in files:
        for command in (("check",), ("table", "--by", "gender")):
            said = palermo(command[0], file, "--mapping", "ctdc-2020", *command[1:])
            assert story not in said.out + said.err


MAPPING = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
[fields.registered_on]
column = "day"
format = "{format}"
"""


@pytest.mark.parametrize(
    ("habit", "read", "unread"),
    [("dmy", "31/12/2020", "12/31/2020"), ("mdy", "12/31/2020", "31/12/2020"), ("ymd", "2020-12-31", "31/12/2020")],
)
def test_a_date_in_another_habit_than_the_mappings_is_a_finding_and_no_guess(
    palermo, counts, write, habit, read, unread
):
    mapping = write("own.toml", MAPPING.format(format=habit))
    file = write("days.csv", f"day,x\n{read},1\n{unread},2\n")
    answer = palermo("check", file, "--mapping", mapping, "--json").json
    assert ("date.unreadable", "registered_on", 1, "error") in found(answer)
    assert counts(file, str(mapping), "year") == {2020: 1, None: 1}


def test_mixed_encodings_are_read_line_by_line_and_told(palermo, write):
    mapping = write("own.toml", MAPPING.format(format="ymd"))
    file = write("mixed.csv", "day,x\n2020-01-01,é\n".encode() + "2020-01-02,é\n".encode("cp1252"))
    answer = palermo("check", file, "--mapping", mapping, "--json").json
    assert ("file.mixed-encodings", "", 1, "warning") in found(answer)
    assert any("cp1252" in note for note in answer["notes"])


def test_a_mapping_with_a_code_that_is_not_in_the_list_names_file_field_and_next_step(palermo, write):
    text = MAPPING.format(format="ymd") + '[fields.sex]\ncolumn = "x"\nvalues = { "F" = "woman" }\n'
    said = palermo("check", write("days.csv", "day,x\n"), "--mapping", write("own.toml", text))
    refused(said, 3, "own.toml", "[fields.sex]", "'woman'", "palermo standard codes sex")
