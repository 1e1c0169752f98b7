"""Records and files that are hard to link: what is refused, in which words; nobody is put together in silence."""

from __future__ import annotations

import json
import re

import polars as pl
import pytest

from palermo.linkage.schema import schema_from
from tests.linkage.invented import invent

ROWS, _ = invent(900, seed=41)
ID_TODO = (
    "Give every record an id of its own that says nothing about the person, or take --pseudonymise for ids that tell"
    " something."
)


def a_person(record_id, **said):
    row = {"first_name": "Oksana", "surname": "Kovalenko", "birth_date": "1994-06-17", "sex": "f", "citizenship": "UKR"}
    return {"record_id": record_id, **row, **said}


@pytest.fixture(scope="module")
def desk(palermo, tmp_path_factory):
    """An agency with two keys, of which the second is the next version of the first."""
    folder = tmp_path_factory.mktemp("desk")
    assert palermo("link", "key", "new", "--out", folder / "key").code == 0
    assert palermo("link", "key", "rotate", folder / "key", "--out", folder / "next").code == 0
    pl.DataFrame(ROWS).write_csv(folder / "north.csv")
    pl.DataFrame(ROWS[:300]).with_columns(record_id="s" + pl.col("record_id")).write_csv(folder / "south.csv")
    assert palermo(*_encode(folder, "north")).code == 0
    return folder


def _encode(folder, name, *more, key="key", out=None):
    out = folder / f"{out or name}.parquet"
    return "link", "encode", folder / f"{name}.csv", "--key", folder / key, "--out", out, *more


@pytest.fixture
def linked(palermo, desk, tmp_path):
    """Link some records among 900 others, and say whose each is, and what was said."""

    def link(rows, *more):
        (tmp_path / "p").mkdir()
        pl.DataFrame(rows, infer_schema_length=None).write_csv(tmp_path / "more.csv")
        words = ("link", "encode", tmp_path / "more.csv", "--key", desk / "key", "--out", tmp_path / "more.parquet")
        encoded = palermo(*words, "--json")
        files = (desk / "north.parquet", tmp_path / "more.parquet")
        out = ("--out", tmp_path / "p" / "persons.csv", "--links", tmp_path / "p" / "links.csv")
        answer = palermo("link", "match", *files, *out, *more, "--json").json
        persons = pl.read_csv(tmp_path / "p" / "persons.csv", infer_schema=False).filter(source="more")
        links = pl.read_csv(tmp_path / "p" / "links.csv", infer_schema=False)
        return dict(persons.select("record_id", "person_id").iter_rows()), encoded.json, answer, links

    return link


def test_records_with_almost_no_fields_are_persons_of_their_own_and_said_to_be(linked):
    bare = [a_person(f"x{at}", first_name="", surname="", birth_date="", citizenship="") for at in range(40)]
    short = [a_person(f"y{at}", first_name="Ali", surname="", birth_date="1990-01-01") for at in range(5)]
    persons, encoded, answer, links = linked([*bare, *short])
    assert len(set(persons.values())) == 45
    assert encoded["bare"] == 40
    assert answer["to_review"] >= 10
    assert set(links.filter(source_a="more")["probability"]) == {"0.4"}
    assert (
        "40 records hold too little to be found again by, and will count as persons of their own." in encoded["notes"]
    )


def test_twins_are_two_and_left_to_people_to_judge(linked):
    persons, _, _, links = linked([a_person("x1"), a_person("x2", first_name="Beth")])
    assert persons["x1"] != persons["x2"]
    pair = links.filter(record_a="x1", record_b="x2")
    assert 0.1 < float(pair["probability"].item()) < 0.5
    assert (pair["surname"].item(), pair["month_day"].item()) == ("same", "same")


def test_where_there_are_no_twins_who_shares_all_but_a_first_name_is_one(linked):
    persons, *_ = linked([a_person("x1"), a_person("x2", first_name="Beth")], "--no-twins")
    assert persons["x1"] == persons["x2"]


def test_one_person_with_three_spellings_is_one(linked):
    spelled = [a_person("x1", first_name="Оксана", surname="Коваленко"), a_person("x2", first_name="Oxana")]
    persons, *_ = linked([*spelled, a_person("x3", surname="Kowalenko")])
    assert len(set(persons.values())) == 1


def test_ten_thousand_people_born_on_1_january_stay_ten_thousand(palermo, desk, tmp_path):
    rows, _ = invent(10_000, twice=0.0, seed=11)
    heap = [row | {"birth_date": f"{row['birth_date'][:4]}-01-01"} for row in rows]
    pl.DataFrame(heap).write_csv(tmp_path / "heap.csv")
    key = ("--key", desk / "key")
    encoded = palermo("link", "encode", tmp_path / "heap.csv", *key, "--out", tmp_path / "h.parquet", "--json").json
    assert encoded["january_first"] == 10_000
    assert "10,000 records are of 1 January, which is taken for a day that is not known." in encoded["notes"]
    answer = palermo("link", "match", tmp_path / "h.parquet", "--out", tmp_path / "p.parquet", "--json").json
    assert 9_990 <= answer["persons"] <= 10_000
    assert answer["verdict"] == "review"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "there is nobody in the file. Export it again."),
        ("record_id,surname\n", "there is nobody in the file. Export it again."),
        ("id,surname\n1,A\n", "there is no column record_id. Name it so, or say in a mapping which one it is."),
        ("record_id,surname\n7,A\n8,B\n7,C\n", f"record_id repeats in 2 rows, first in row 1. {ID_TODO}"),
        ("record_id,surname\n7,A\n,B\n", f"record_id is empty in 1 row, first in row 2. {ID_TODO}"),
        (
            "record_id,surname\n7,A,B,C\n",
            "the file cannot be read: it is cut off, damaged, or not in UTF-8. Export it again.",
        ),
    ],
)
def test_people_that_cannot_be_encoded_are_refused(palermo, desk, tmp_path, content, message):
    (tmp_path / "people.csv").write_text(content, "utf-8")
    words = ("link", "encode", tmp_path / "people.csv", "--key", desk / "key", "--out", tmp_path / "e.parquet")
    said = palermo(*words)
    assert (said.code, said.out, said.err) == (3, "", f"palermo: people.csv: {message}\n")
    assert not (tmp_path / "e.parquet").exists()


def test_what_only_pretends_to_be_parquet_is_refused(palermo, desk, tmp_path):
    for name, message in (
        ("people", "this cannot be read as a Parquet file: it may be cut off or damaged. Export it again."),
        ("encodings", "this is no Parquet file, which encodings are. Make some with: palermo link encode"),
    ):
        (tmp_path / f"{name}.parquet").write_bytes((desk / "north.csv").read_bytes())
        verb = "encode" if name == "people" else "match"
        key = ("--key", desk / "key") if verb == "encode" else ()
        said = palermo("link", verb, tmp_path / f"{name}.parquet", *key, "--out", tmp_path / "o.parquet")
        assert (said.code, said.err) == (3, f"palermo: {name}.parquet: {message}\n")


def test_a_table_that_holds_no_encodings_is_refused(palermo, tmp_path):
    pl.DataFrame(ROWS[:5]).write_parquet(tmp_path / "people.parquet")
    said = palermo("link", "match", tmp_path / "people.parquet", "--out", tmp_path / "o.parquet")
    assert (said.code, said.err) == (
        3,
        "palermo: people.parquet: these are no encodings. Make some with: palermo link encode\n",
    )


@pytest.mark.parametrize("share", [0.0, 0.5, 0.98])
def test_encodings_cut_in_half_are_refused(palermo, desk, tmp_path, share):
    whole = (desk / "north.parquet").read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[: int(len(whole) * share)])
    said = palermo("link", "match", tmp_path / "cut.parquet", "--out", tmp_path / "o.parquet")
    message = (
        "this cannot be read as a Parquet file: it may be cut off or damaged. Ask the agency to send it again, whole."
    )
    assert (said.code, said.out, said.err) == (3, "", f"palermo: cut.parquet: {message}\n")
    assert not (tmp_path / "o.parquet").exists()


@pytest.mark.parametrize(
    ("more", "key", "message"),
    [
        (
            (),
            "next",
            "this was encoded with the key {next}, and north.parquet with the key {key}; they cannot be compared."
            " Encode again with the key of this project that is in use now.",
        ),
        (
            ("--schema", "record"),
            "key",
            "this was encoded with the schema {south}, and north.parquet with {north}; they cannot be compared. Encode"
            " both again with one schema.",
        ),
    ],
)
def test_an_agency_with_another_key_or_schema_is_refused_with_the_way_out(palermo, desk, tmp_path, more, key, message):
    words = _encode(desk, "south", *more, key=key)
    assert palermo(*words).code == 0
    said = palermo("link", "match", desk / "north.parquet", desk / "south.parquet", "--out", tmp_path / "o.parquet")
    told = {name: pl.read_parquet_metadata(desk / f"{name}.parquet") for name in ("north", "south")}
    schemas = {name: schema_from(json.loads(about["schema"]), where=name) for name, about in told.items()}
    named = {name: f"{schema.name} ({schema.digest})" for name, schema in schemas.items()}
    named |= {"key": told["north"]["key"], "next": told["south"]["key"]}
    assert (said.code, said.out, said.err) == (3, "", f"palermo: south.parquet: {message.format(**named)}\n")
    assert not (tmp_path / "o.parquet").exists()


def test_four_records_are_no_ground_for_a_verdict(palermo, desk, tmp_path):
    pl.DataFrame([a_person("1"), a_person("2"), a_person("3", surname="Bondar"), {"record_id": "4"}]).write_csv(
        desk / "four.csv"
    )
    assert palermo(*_encode(desk, "four")).code == 0
    words = ("link", "match", desk / "four.parquet", "--out", tmp_path / "p.csv")
    answer, shown = palermo(*words, "--json").json, palermo(*words)
    assert answer["verdict"] == "review"
    assert "fewer than 100 links are expected" in answer["reasons"][0]
    assert "Verdict: review." in shown.err


@pytest.mark.parametrize(
    "words",
    [
        "encode {people} --key {key} --out {people}",
        "encode {people} --key {key} --out {key}",
        "encode {people} --key {key} --out {new} --pseudonymise {people}",
        "encode {people} --key {key} --out {new} --pseudonymise {key}",
        "encode {people} --key {key} --out {new} --pseudonymise {new}",
        "encode {people} --key {key} --out {new} --mapping {new}",
        "dedupe {people} --out {people}",
        "match {encodings} --out {encodings}",
        "match {encodings} --out {new} --links {new}",
        "match {encodings} --out {new} --judgements {people} --histories {people}",
        "overlap ask {people} --key {key} --out {new} --state {new}",
        "overlap ask {people} --key {key} --out {new} --state {key}",
        "overlap answer {people} {encodings} --key {key} --out {people}",
        "encode {people} --key {key} --out {folder}",
        "match {encodings} --out {folder}",
    ],
)
def test_no_output_takes_the_place_of_a_file_that_was_given(palermo, desk, tmp_path, words):
    files = {"people": desk / "north.csv", "key": desk / "key", "encodings": desk / "north.parquet"}
    before = {name: path.read_bytes() for name, path in files.items()}
    named = files | {"new": tmp_path / "new", "folder": tmp_path}
    said = palermo("link", *(word.format(**named) for word in words.split()))
    assert (said.code, said.out) == (2, "")
    assert re.search("would take the place of another file|this is a folder", said.err)
    assert {name: path.read_bytes() for name, path in files.items()} == before
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("verb", ["encode", "dedupe"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("record_id\n7\n8\n", "there is no column beside record_id that tells of a person."),
        ("record_id,Name,Born\n7,Ana Silva,1990\n", "there is no column beside record_id that tells of a person."),
        ("record_id,surname,surname\n7,Silva,Okoro\n", "the heading surname is there twice."),
        ("record_id,surname\n7,Ana Silva\n7,Lea Okoro\n", "record_id repeats in 2 rows, first in row 1."),
        ("record_id,surname\nSilva Ana,Silva\n", "record_id looks like a name or a date in 1 row, first in row 1."),
    ],
)
def test_what_cannot_be_people_is_told_without_a_cell(palermo, desk, tmp_path, verb, content, message):
    (tmp_path / "p.csv").write_text(content)
    key = ("--key", desk / "key") if verb == "encode" else ()
    said = palermo("link", verb, tmp_path / "p.csv", *key, "--out", tmp_path / "o.parquet")
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith(f"palermo: p.csv: {message} ")
    assert not {"Silva", "Okoro", "Ana", "1990"} & set(re.findall(r"\w+", said.err))
    assert not (tmp_path / "o.parquet").exists()


def test_encodings_given_as_people_are_refused(palermo, desk, tmp_path):
    said = palermo("link", "dedupe", desk / "north.parquet", "--out", tmp_path / "p.csv")
    assert said.code == 3
    assert "there is no column beside record_id that tells of a person" in said.err


def test_fields_that_no_record_has_are_named(palermo, desk, tmp_path):
    (tmp_path / "p.csv").write_text("record_id,surname,birth_date,Sex\n7,Silva,1990-02-03,f\n")
    words = ("link", "encode", tmp_path / "p.csv", "--key", desk / "key", "--out", tmp_path / "o.parquet", "--json")
    notes = palermo(*words).json["notes"]
    assert "No record has first_name or sex or citizenship. Columns are found by these names, or by a mapping." in notes


def test_a_key_inside_a_project_is_not_made_and_one_put_there_is_told(palermo, desk, tmp_path):
    (tmp_path / "palermo.toml").write_text("")
    made = palermo("link", "key", "new", "--out", tmp_path / "key")
    assert made.code == 2
    assert "inside a project folder" in made.err
    (tmp_path / "key").write_bytes((desk / "key").read_bytes())
    words = ("link", "encode", desk / "south.csv", "--key", tmp_path / "key", "--out", tmp_path / "o" / "e.parquet")
    assert any("inside a project folder" in note for note in palermo(*words, "--json").json["notes"])


def test_two_files_of_one_source_are_refused(palermo, desk, tmp_path):
    (tmp_path / "copy.parquet").write_bytes((desk / "north.parquet").read_bytes())
    said = palermo("link", "match", desk / "north.parquet", tmp_path / "copy.parquet", "--out", tmp_path / "p.csv")
    assert said.code == 3
    assert "same source" in said.err
    assert "--source" in said.err


def test_a_judgement_of_a_record_that_is_not_here_is_left_out_and_counted(palermo, desk, tmp_path):
    judged = ("--judgements", tmp_path / "j.csv")
    pair = ("north", ROWS[0]["record_id"], "south", "nobody")
    assert palermo("link", "judge", *pair, "same", *judged, "--by", "amara", "--why", "seen both").code == 0
    words = ("link", "match", desk / "north.parquet", "--out", tmp_path / "p.csv", *judged)
    assert palermo(*words, "--json").json["judged_elsewhere"] == 1
    assert "1 judgement is about a record that is in none of these files, and left out." in palermo(*words).err
    assert (tmp_path / "j.csv").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        (("1",), "2 shares are needed, and 1 was given. Name more of them."),
        (("1", "1"), "one share was given twice. Name another share in its place."),
    ],
)
def test_too_few_shares_of_a_key_are_told(palermo, desk, tmp_path, shares, message):
    assert palermo("link", "key", "split", desk / "key", "--out", tmp_path).code == 0
    files = [tmp_path / f"share-{each}-of-3.json" for each in shares]
    said = palermo("link", "key", "join", *files, "--out", tmp_path / "k")
    assert (said.code, said.err) == (3, f"palermo: {message}\n")


@pytest.mark.parametrize(
    "words",
    [
        *("key new", "key split", "key join", "key rotate", "key destroy", "encode", "match", "dedupe", "judge"),
        *("overlap ask", "overlap answer", "overlap count"),
    ],
)
def test_each_command_says_what_it_does_and_what_each_option_is(palermo, words):
    said = palermo("link", *words.split(), "--help")
    assert said.code == 0
    described = [line for line in said.out.splitlines() if re.match(r"  (--|[A-Z]+[ …])", line)]
    assert len(described) >= 2
    assert not [line for line in described if re.fullmatch(r"\s*(--[a-z-]+|[A-Z…]+)( [A-Z]+)?\s*", line)]
