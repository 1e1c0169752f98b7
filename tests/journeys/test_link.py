"""Linkage as its users meet it: agencies that encode, a unit that compares, and what each of them writes."""

from __future__ import annotations

import json
import re

import polars as pl
import pytest

from tests.linkage.invented import invent

ROWS, WHO = invent(1200, seed=21)


@pytest.fixture(scope="module")
def place(palermo, tmp_path_factory):
    """Two agencies and a unit, everything written and said by them in one folder."""
    folder = tmp_path_factory.mktemp("linkage")
    said = [palermo("link", "key", "new", "--out", folder / "key/k", "--project", "harbour")]
    for name, rows in (("north", ROWS[:600]), ("south", ROWS[600:])):
        (folder / "in").mkdir(exist_ok=True)
        for at, row in enumerate(rows):
            row["document"] = f"AB{100000 + int(row['record_id'][1:]) * 7}" if at % 5 == 0 else ""
        pl.DataFrame(rows).write_csv(folder / f"in/{name}.csv")
        said.append(
            palermo(
                *("link", "encode", folder / f"in/{name}.csv", "--key", folder / "key/k"),
                *("--out", folder / f"out/{name}.parquet", "--json"),
            )
        )
    out = {name: folder / f"out/{name}" for name in ("persons.parquet", "links.csv", "histories.csv")}
    files = [folder / f"out/{name}.parquet" for name in ("north", "south")]
    said.append(
        palermo(
            *("link", "match", *files, "--out", out["persons.parquet"], "--links", out["links.csv"]),
            *("--histories", out["histories.csv"], "--json"),
        )
    )
    assert [each.code for each in said] == [0] * 4
    return folder, said


def test_each_record_gets_a_person_at_each_threshold(place):
    persons = pl.read_parquet(place[0] / "out/persons.parquet")
    assert persons.columns[:3] == ["source", "record_id", "person_id"]
    assert {f"person_id_{each}" for each in ("0.3", "0.5", "0.7", "0.9")} <= set(persons.columns)
    assert sorted(persons["record_id"]) == sorted(row["record_id"] for row in ROWS)
    assert abs(persons["person_id"].n_unique() / len(set(WHO)) - 1) < 0.02


def test_the_answer_counts_persons_and_says_that_it_is_private(place):
    answer = place[1][-1].json
    assert answer["private"]
    assert answer["records"] - answer["persons"] == answer["double_count"]
    assert {row["source_a"] for row in answer["overlaps"]} == {"north", "south"}


def test_no_output_holds_a_name_a_date_or_a_number_of_a_document(place):
    folder, said = place
    written = b"".join(path.read_bytes() for path in sorted((folder / "out").rglob("*")) if path.is_file())
    told = (written + "".join(each.out + each.err for each in said).encode()).lower()
    cells = {row[name] for row in ROWS for name in ("first_name", "surname", "birth_date", "document")}
    secrets = {cell.lower().encode() for cell in cells if len(cell) > 5}
    assert len(secrets) > 1000
    assert not [secret for secret in secrets if secret in told]


def test_no_output_has_a_column_for_a_name(place):
    for name in ("north", "south"):
        columns = pl.read_parquet(place[0] / f"out/{name}.parquet").columns
        assert all(re.match("record_id$|filter_|atom_|tokens$", column) for column in columns)
    links = pl.read_csv(place[0] / "out/links.csv")
    assert set(links["surname"]) <= {
        *("not known", "differ", "far", "weak", "fair", "near", "close", "very close", "sounds the same", "same")
    }


def test_the_key_is_in_no_output(place):
    folder, said = place
    secret = json.loads((folder / "key/k").read_text())["secret"]
    written = b"".join(path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file())
    assert secret.encode() not in written
    assert not any(secret in each.out + each.err for each in said)


def test_a_judgement_is_kept_respected_and_undone_by_another_row(palermo, place):
    folder = place[0]
    links = pl.read_csv(folder / "out/links.csv", infer_schema=False).row(0, named=True)
    pair = [links[name] for name in ("source_a", "record_a", "source_b", "record_b")]
    files = [folder / f"out/{name}.parquet" for name in ("north", "south")]

    def one_person() -> bool:
        told = palermo(
            *("link", "match", *files, "--out", folder / "j.parquet", "--judgements", folder / "judged.csv", "--json")
        )
        assert told.code == 0, told.err
        persons = {
            (source, each): person
            for source, each, person in pl.read_parquet(folder / "j.parquet")
            .select("source", "record_id", "person_id")
            .iter_rows()
        }
        return persons[pair[0], pair[1]] == persons[pair[2], pair[3]]

    who = ("--judgements", folder / "judged.csv", "--by", "amara", "--why", "two files of one visit")
    assert palermo("link", "judge", *pair, "different", *who).code == 0
    assert not one_person()
    assert palermo("link", "judge", *pair, "undo", *who).code == 0
    assert one_person()
    assert pl.read_csv(folder / "judged.csv").height == 2


def test_pseudonyms_hide_ids_and_only_the_local_file_leads_back(palermo, place, tmp_path):
    folder = place[0]
    pl.DataFrame({"record_id": ["Silva Ana", "Okoro Lea"], "surname": ["Silva", "Okoro"]}).write_csv(tmp_path / "p.csv")
    words = ("link", "encode", tmp_path / "p.csv", "--key", folder / "key/k", "--out", tmp_path / "e.parquet")
    refused = palermo(*words)
    assert refused.code == 3
    assert "Silva" not in refused.err
    assert palermo(*words, "--pseudonymise", tmp_path / "local.csv").code == 0
    hidden = pl.read_parquet(tmp_path / "e.parquet")["record_id"].to_list()
    back = dict(pl.read_csv(tmp_path / "local.csv").select("pseudonym", "record_id").iter_rows())
    assert [back[each] for each in hidden] == ["Silva Ana", "Okoro Lea"]
    assert b"Silva" not in (tmp_path / "e.parquet").read_bytes()


def test_encodings_under_the_next_key_are_refused_with_the_way_out(palermo, place, tmp_path):
    folder = place[0]
    assert palermo("link", "key", "rotate", folder / "key/k", "--out", tmp_path / "k2").code == 0
    words = ("link", "encode", folder / "in/south.csv", "--key", tmp_path / "k2", "--out", tmp_path / "s.parquet")
    assert palermo(*words).code == 0
    said = palermo("link", "match", folder / "out/north.parquet", tmp_path / "s.parquet", "--out", tmp_path / "p")
    assert said.code == 3
    assert "Encode again with the key" in said.err
    assert not (tmp_path / "p").exists()


def test_one_agency_counts_its_own_people_by_name(palermo, place, tmp_path):
    said = palermo("link", "dedupe", place[0] / "in/north.csv", "--out", tmp_path / "p.parquet", "--json")
    true = len({WHO[at] for at in range(600)})
    assert abs(said.json["persons"] / true - 1) < 0.02


def test_an_agency_is_told_how_its_people_were_counted(palermo, place, tmp_path):
    words = ("link", "dedupe", place[0] / "in/north.csv", "--out", tmp_path / "p.parquet")
    said, shown = palermo(*words, "--json").json, palermo(*words)
    assert (said["private"], said["engine"], said["by"], said["threshold"]) == (True, "duckdb", "weights", 0.5)
    assert said["compared"] == ["first_name", "surname", "birth_date", "citizenship", "sex", "document"]
    assert said["records"] - said["persons"] == said["double_count"] <= said["links"]
    assert "Counted on duckdb by weights that Splink has learnt from the file." in " ".join(shown.err.split())


def test_a_file_too_small_to_learn_from_is_said_to_be_and_counted_by_equality(palermo, tmp_path):
    row = {"first_name": "Ana", "surname": "Silva", "birth_date": "1990-03-04"}
    rows = [{"record_id": str(at)} | row | other for at, other in enumerate(({}, {}, {"birth_date": "4.3.90"}))]
    pl.DataFrame(rows).write_csv(tmp_path / "few.csv")
    said = palermo("link", "dedupe", tmp_path / "few.csv", "--out", tmp_path / "p.csv", "--json").json
    assert (said["by"], said["records"], said["persons"], said["links"]) == ("equality", 3, 2, 1)
    assert said["unreadable"] == {"birth_date": 1}
    assert "1 cell of birth_date could not be read, and counts as not known." in said["notes"]
    assert said["notes"][-1].startswith("Too few records agree on names or on dates to learn from.")


def test_two_agencies_count_whom_they_share_without_a_centre(palermo, place, tmp_path):
    folder, key = place[0], ("--key", place[0] / "key/k")
    ask = ("link", "overlap", "ask", folder / "in/north.csv", *key, "--out", tmp_path / "m", "--state", tmp_path / "s")
    assert palermo(*ask).code == 0
    reply = ("link", "overlap", "answer", folder / "in/south.csv", tmp_path / "m", *key, "--out", tmp_path / "a")
    assert palermo(*reply).code == 0
    found = palermo("link", "overlap", "count", tmp_path / "a", "--state", tmp_path / "s", "--json").json["at_least"]
    shared = len({*WHO[:600]} & {*WHO[600:]})
    assert shared * 0.3 < found <= shared


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("key", "destroy", "{key}"), 2, "--yes"),
        (("key", "new", "--out", "{key}"), 2, "never overwritten"),
        (("match", "{people}", "--out", "{out}"), 3, "people.csv"),
        (("match", "{north}", "{north}", "--out", "{out}"), 2, "north.parquet: this file is given twice"),
        (("match", "{north}", "--out", "{north}"), 2, "take the place"),
        (("match", "{north}", "--out", "{out}", "--threshold", "0"), 2, "threshold"),
        (("encode", "{people}", "--key", "{north}", "--out", "{out}"), 3, "not a key"),
        (("encode", "{out}.csv", "--key", "{key}", "--out", "{out}"), 3, "no such file"),
        (("dedupe", "{people}", "--out", "{out}", "--engine", "oracle"), 2, "oracle"),
    ],
)
def test_wrong_words_and_files_are_told_apart_and_nothing_is_written(palermo, place, tmp_path, words, code, message):
    (tmp_path / "people.csv").write_text("record_id,surname\n1,Silva\n2,Okoro\n")
    names = {
        "key": place[0] / "key/k",
        "people": tmp_path / "people.csv",
        "north": place[0] / "out/north.parquet",
        "out": tmp_path / "x.parquet",
    }
    said = palermo("link", *(word.format(**names) for word in words))
    assert (said.code, said.out) == (code, "")
    assert message in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "x.parquet").exists()
