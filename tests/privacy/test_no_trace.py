"""From encoding to the report nothing is written or said that holds a name, a birth date or a document's number.

The people are those of the invented country. All that the commands leave behind is walked, Parquet cell by cell, and
all that they say, in words, warnings and logs, also when they are given what they must refuse.
"""

from __future__ import annotations

import logging
import re
import shutil
import warnings

import polars as pl
import pytest

from palermo.intake import load_mapping, read_identity
from palermo.standard import load_standard
from palermo.tables import load_project, open_engine

AGENCIES = ("police", "ngo-network")
LEAST = 4  # letters of a name: shorter ones are in any text


@pytest.fixture(scope="module")
def people(counted_country):
    """Who the records of each agency are about."""
    project = load_project(counted_country[0])
    standard = load_standard(project.standard)
    with open_engine() as engine:
        return {
            source.name: read_identity(
                source.file, load_mapping(source.mapping, standard, folder=project.mappings), standard, engine
            )
            for source in project.sources
        }


@pytest.fixture(scope="module")
def secrets(people):
    """What may be nowhere: names together and, if no word of the standard, alone; documents; dates in four writings."""
    known = pl.concat(people.values())
    named = known.filter(pl.col("first_name").str.len_chars() + pl.col("surname").str.len_chars() > LEAST)
    pairs = set(named.select(pl.format("{} {}", "first_name", "surname")).to_series())
    alone = {name for column in ("first_name", "surname") for name in known[column] if len(name) >= LEAST}
    born = {date for date in known["birth_date"] if date and date < "2013" and not date.endswith("-01-01")}
    dates = {f"{d}{mark}{m}{mark}{y}" for y, m, d in (date.split("-") for date in born) for mark in "./"} | born
    return {text.casefold() for text in pairs | (alone - _words()) | set(known["document"]) - {""} | dates}


def _words():
    """Give the words that a text about trafficking uses anyway, as the names of countries that are also people's."""
    standard = load_standard()
    said = " ".join(country.label for country in standard.countries.values())
    return set(re.findall(r"\w+", said))


def found(text, secrets):
    """Give the secrets that a text holds as whole words."""
    text = text.casefold()
    held = [secret for secret in secrets if secret in text]
    return [secret for secret in held if re.search(rf"(?<!\w){re.escape(secret)}(?!\w)", text)]


def text_of(path):
    """Read a file as text, a table cell by cell."""
    content = path.read_bytes()
    if not content.startswith(b"PAR1"):
        return content.decode("utf-8", errors="replace")
    frame = pl.read_parquet(path)
    cells = [str(value) for column in frame.iter_columns() for value in column.unique().to_list() if value is not None]
    return "\n".join([*frame.columns, *cells, *pl.read_parquet_metadata(path).values()])


def test_the_walk_would_find_what_it_looks_for(counted_country, secrets):
    held = found(text_of(counted_country[0] / "sources" / "ngo-network.csv"), secrets)
    assert len(secrets) > 800
    assert len(held) > 400


def test_a_run_leaves_nothing_of_it_in_any_file_and_says_nothing(counted_country, secrets):
    folder, said = counted_country
    assert not found(said, secrets)
    walked = [path for name in ("encodings", "releases", "store") for path in (folder / name).rglob("*.*")]
    assert len(walked) > 60
    assert not [path.name for path in walked if path.is_file() and found(text_of(path), secrets)]


@pytest.fixture(scope="module")
def desks(palermo, counted_country, people, tmp_path_factory):
    """Two agencies and a unit, from encoding to the overlap: where their files lie, and all that was said."""
    place = tmp_path_factory.mktemp("desks")
    own, out = place / "own", place / "out"
    own.mkdir()
    said = [palermo("link", "key", "new", "--out", own / "key", "--project", "valmara")]
    key = ("--key", own / "key")
    for name in AGENCIES:
        people[name].filter(pl.col("record_id") != "").unique("record_id").sort("record_id").write_csv(
            own / f"{name}.csv"
        )
        said.append(palermo("link", "encode", own / f"{name}.csv", *key, "--out", out / f"{name}.parquet", "--json"))
    (source,) = (each for each in load_project(counted_country[0]).sources if each.name == "border-guard")
    mapping = ("--mapping", counted_country[0] / "mappings" / "border-guard.toml")
    said.append(palermo("link", "encode", source.file, *mapping, *key, "--out", out / "border-guard.parquet"))
    files = sorted(out.glob("*.parquet"))
    judgements = out / "judgements.csv"
    ids = [people[name]["record_id"][3] for name in AGENCIES]
    why = ("--by", "reviewer 2", "--why", "same levels but the day", "--judgements", judgements)
    said.append(palermo("link", "judge", AGENCIES[0], ids[0], AGENCIES[1], ids[1], "different", *why))
    results = ("--out", out / "persons.csv", "--links", out / "links.csv", "--histories", out / "histories.csv")
    for form in ([], ["--json"]):
        said.append(palermo("link", "match", *files, *results, "--judgements", judgements, *form))
    for form in ([], ["--json"]):
        said.append(palermo("link", "dedupe", own / "police.csv", "--out", out / "once.csv", *form))
    ask, answer = out / "message", out / "answer"
    said.append(palermo("link", "overlap", "ask", own / "police.csv", *key, "--out", ask, "--state", out / "state"))
    said.append(palermo("link", "overlap", "answer", own / "ngo-network.csv", ask, *key, "--out", answer))
    said.append(palermo("link", "overlap", "count", answer, "--state", out / "state", "--json"))
    assert [each.code for each in said] == [0] * len(said), [each.err for each in said]
    return own, out, said


def test_no_step_of_a_linkage_leaves_or_says_any_of_it(desks, secrets):
    _, out, said = desks
    walked = [path for path in out.rglob("*") if path.is_file()]
    assert len(walked) == 11
    assert not [path.name for path in walked if found(text_of(path), secrets)]
    assert not found("\n".join(each.out + each.err for each in said), secrets)


def _spoilt(desks, place, people):
    """Give commands that must be refused, each with people of whom something is wrong."""
    own, out, _ = desks
    rows = people["ngo-network"].filter((pl.col("surname").str.len_chars() > LEAST) & (pl.col("birth_date") != ""))
    (place / "cut.csv").write_bytes((own / "police.csv").read_bytes()[:-4000] + b'"\xff')
    rows.with_columns(record_id="surname").write_csv(place / "names.csv")
    rows.with_columns(record_id="birth_date").write_csv(place / "dates.csv")
    rows.with_columns(record_id=pl.lit("7")).write_csv(place / "one-id.csv")
    rows.drop("record_id").write_csv(place / "no-id.csv")
    rows.head(30).write_csv(place / "few.csv")
    rows.with_columns(sex="surname", birth_date="surname", citizenship="surname").write_csv(place / "moved.csv")
    shutil.copyfile(own / "police.csv", place / "people.parquet")
    shutil.copyfile(own / "police.csv", place / "map.toml")
    shutil.copyfile(own / "police.csv", place / "judgements.csv")
    key = ("--key", own / "key")
    new = ("--out", place / "new.parquet")
    for name in ("cut.csv", "names.csv", "dates.csv", "one-id.csv", "no-id.csv", "people.parquet", "moved.csv"):
        yield "encode", place / name, *key, *new
        yield "dedupe", place / name, *new, "--engine", "none"
    yield "encode", own / "police.csv", *key, *new, "--mapping", place / "map.toml"
    yield "encode", own / "police.csv", "--key", own / "police.csv", *new
    yield "match", own / "police.csv", *new
    yield "match", place / "people.parquet", *new
    yield "match", *sorted(out.glob("*.parquet")), *new, "--judgements", place / "judgements.csv"
    yield "overlap", "ask", place / "few.csv", *key, *new, "--state", place / "state"
    yield "overlap", "answer", place / "few.csv", out / "message", *key, *new
    yield "overlap", "answer", own / "ngo-network.csv", own / "police.csv", *key, *new
    yield "overlap", "count", own / "police.csv", "--state", own / "police.csv"


def test_what_is_refused_is_refused_without_a_word_of_it(palermo, desks, people, secrets, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    refused = 0
    for words in _spoilt(desks, tmp_path, people):
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            said = palermo("link", *words)
        heard = "\n".join([said.out, said.err, *(str(warning.message) for warning in warned)])
        assert not found(heard, secrets), words
        assert "Traceback" not in heard
        refused += said.code in (2, 3)
    assert refused > 18
    assert not found(caplog.text, secrets)


def test_encodings_of_an_agency_that_has_moved_its_columns_say_how_much_was_unreadable(
    palermo, desks, people, tmp_path
):
    *_, moved = (
        words for words in _spoilt(desks, tmp_path, people) if "moved.csv" in str(words[1]) and words[0] == "encode"
    )
    answer = palermo("link", *moved, "--json").json
    assert answer["unreadable"]["birth_date"] == answer["records"]
