"""In the main job each person is counted once: against the truth that only an invented country knows."""

from __future__ import annotations

import json
import shutil

import polars as pl
import pytest

from palermo.errors import InputError, ProjectError
from palermo.linkage import new_key, write_key
from palermo.tables import load_project
from palermo.workflows.linking.encode import EncodeRequest, encode
from palermo.workflows.once import capture_histories, link_sources
from palermo.workflows.run import run

SOURCES = ("police", "ngo-network", "border-guard", "labour-inspectorate")


@pytest.fixture(scope="module")
def release(counted_country):
    (folder,) = (counted_country[0] / "releases").iterdir()
    return folder


@pytest.fixture(scope="module")
def linked(counted_country):
    """Persons as found, and as they are."""
    folder = counted_country[0]
    truth = pl.read_csv(folder / "truth" / "persons.csv", infer_schema=False)
    nth = pl.int_range(1, pl.len() + 1).over("source", "record_id")
    again = pl.when(nth > 1).then(pl.format("#{}", nth)).otherwise(pl.lit(""))
    truth = truth.with_columns(record_id=pl.col("record_id") + again)
    found = pl.read_parquet(folder / "store" / "linkage" / "persons.parquet")
    return found.join(truth.rename({"person_id": "truly"}), on=["source", "record_id"])


@pytest.fixture
def country(counted_country, tmp_path):
    """A copy of the country, to be spoilt."""
    return shutil.copytree(counted_country[0], tmp_path / "valmara", ignore=shutil.ignore_patterns("releases", "store"))


def _cells(release, name):
    fields = ("cell_status", "low", "high", "below_threshold_cells")
    return pl.read_parquet(release / "tables" / f"{name}.parquet").drop(fields)


def _pairs(records, person):
    both = records.join(records, on=person, suffix="_b")
    row, other = (pl.concat_str("source" + end, "record_id" + end, separator=" ") for end in ("", "_b"))
    return both.filter(row < other)


def test_every_record_that_could_be_read_is_somebodys(linked, counted_country):
    store = counted_country[0] / "store"
    assert linked.height == sum(pl.read_parquet(store / name / "cases.parquet").height for name in SOURCES)


def test_most_links_are_right(linked):
    made, there = _pairs(linked, "person_id"), _pairs(linked, "truly")
    right = made.filter(pl.col("truly") == pl.col("truly_b")).height
    assert right / made.height > 0.88
    assert right / there.height > 0.85


def test_the_persons_counted_are_those_there_are(linked, release):
    persons = _cells(release, "by-citizenship").filter(citizenship="total")["count"].item()
    assert abs(persons / linked["truly"].n_unique() - 1) < 0.04  # of 400, one in 25


def test_persons_and_the_double_count_are_the_records(release):
    counts = _cells(release, "records-and-persons").filter(reporting_entity="total")
    by = dict(counts.select("record_of_person", "count").rows())
    assert by["total"] == by["first"] + by["again"]
    assert by["again"] > 100
    assert by["first"] == _cells(release, "by-citizenship").filter(citizenship="total")["count"].item()


def test_the_release_says_what_it_counts_and_what_the_linkage_is_worth(release):
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    assert manifest["edition"]["unit"] == "person"
    units = {table["name"]: table["unit"] for table in manifest["tables"]}
    assert units.pop("records-and-persons") == "record"
    assert units.pop("quality-findings") == "finding"
    assert set(units.values()) == {"person"}
    (once,) = (table for table in manifest["tables"] if table["name"] == "records-and-persons")
    assert "model expects 9" in " ".join(once["notes"])
    report = (release / "report.html").read_text("utf-8")
    assert "are of somebody counted already" in report
    assert "Nobody has judged a sample of the links." in report


def test_other_thresholds_count_fewer_or_more(release):
    by = dict(_cells(release, "quality-linkage-threshold").select("linkage_threshold", "count").rows())
    assert list(by) == ["0.3", "0.5", "0.7", "0.9"]
    assert sorted(by.values()) == list(by.values())
    assert by["0.5"] == _cells(release, "by-citizenship").filter(citizenship="total")["count"].item()


def test_capture_histories_are_there_for_each_threshold(linked, counted_country):
    counted = capture_histories(counted_country[0])
    assert set(counted.columns) == {"threshold", "persons", *SOURCES}
    for (threshold,), histories in counted.group_by("threshold"):
        assert histories["persons"].sum() == linked[f"person_id_{threshold:g}"].n_unique()
        assert histories.select(pl.any_horizontal(SOURCES).all()).item()


def test_a_project_that_links_nothing_has_no_histories(country):
    with pytest.raises(ProjectError, match="this project has no capture histories"):
        capture_histories(country)


def test_the_same_encodings_give_the_same_persons(country, counted_country):
    project = load_project(country)
    link_sources(project, SOURCES)
    for name in ("persons", "links", "histories"):
        path = f"store/linkage/{name}.parquet"
        assert (country / path).read_bytes() == (counted_country[0] / path).read_bytes()


def test_no_key_and_no_name_lies_in_the_project(counted_country):
    folder = counted_country[0]
    assert not list(folder.rglob("*.key"))
    for path in (folder / "encodings").iterdir():
        columns = pl.read_parquet(path).columns
        assert not {"first_name", "surname", "birth_date", "document"} & set(columns)


def test_encodings_that_are_not_there_are_asked_for_before_anything_is_read(country):
    (country / "encodings" / "police.parquet").unlink()
    with pytest.raises(InputError) as refused:
        run(country)
    assert str(refused.value).startswith("police.parquet: there is no such file.")
    assert "palermo link encode" in str(refused.value)


def test_encodings_of_another_source_are_refused(country):
    shutil.copyfile(country / "encodings" / "police.parquet", country / "encodings" / "border-guard.parquet")
    with pytest.raises(InputError) as refused:
        run(country)
    assert str(refused.value) == (
        "border-guard.parquet: these are not the encodings of the source border-guard."
        " Ask the agency to encode again with: --source border-guard"
    )


def test_one_agencys_other_key_is_refused_with_the_way_out(country, tmp_path):
    project = load_project(country)
    (source,) = (each for each in project.sources if each.name == "police")
    write_key(new_key("another", as_of=project.as_of), tmp_path / "key")
    out, mapping = country / "encodings" / "police.parquet", country / "mappings" / "police.toml"
    encode(EncodeRequest(source.file, tmp_path / "key", out, mapping, "police"))
    with pytest.raises(InputError) as refused:
        run(country)
    assert "they cannot be compared. Encode again with the key of this project that is in use now." in str(
        refused.value
    )


@pytest.mark.slow
def test_a_second_run_gives_the_same_bytes(counted_country, release, tmp_path):
    again = run(counted_country[0], out=tmp_path)
    assert (again.folder / "manifest.json").read_bytes() == (release / "manifest.json").read_bytes()


@pytest.mark.slow
def test_a_linkage_that_asks_for_a_review_counts_records_and_says_so(country):
    settings = country / "palermo.toml"
    first, *_, rest = settings.read_text("utf-8").split("[[sources]]")
    kept = first + "[[sources]]" + rest  # only the labour inspectorate, where few are there twice
    settings.write_text(kept, "utf-8")
    made = run(country)
    manifest = json.loads((made.folder / "manifest.json").read_text("utf-8"))
    assert manifest["edition"]["unit"] != "person"
    assert "people must first judge a sample" in " ".join(manifest["edition"]["cautions"])
    assert not (made.folder / "tables" / "records-and-persons.csv").exists()
