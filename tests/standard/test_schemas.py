"""What is generated is current, and is what its readers take it for: validators and databases are asked."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from palermo.errors import UsageError
from palermo.standard import SCHEMAS, generate, load_standard, table_shapes, write_schemas

STANDARD = load_standard()
TEXTS = generate(STANDARD)
SHAPES = table_shapes(STANDARD)
KEPT = Path(__file__).parents[2] / "docs/standard"
SCHEMA = json.loads(TEXTS["palermo.schema.json"])
PACKAGE = json.loads(TEXTS["datapackage.json"])
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


# ── current ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_kept_in_docs_is_what_the_data_say_now():
    """If this fails after a change to the data of the standard: python3 dev.py standard."""
    kept = {path.relative_to(KEPT).as_posix(): path.read_text("utf-8") for path in KEPT.rglob("*") if path.is_file()}
    assert sorted(kept) == sorted(TEXTS)
    assert [name for name, text in TEXTS.items() if kept[name] != text] == []


def test_the_same_standard_gives_the_same_texts(tmp_path):
    assert generate(STANDARD) == TEXTS
    written = write_schemas(STANDARD, tmp_path, ("sql", "json-schema"))
    assert [path.name for path in written] == ["palermo.sql", "palermo.schema.json"]
    assert written[0].read_text("utf-8") == TEXTS["palermo.sql"]


def test_a_kind_that_is_not_there_is_told_with_those_there_are(tmp_path):
    with pytest.raises(UsageError, match=r"no schema 'xsd'.*json-schema, table-schema, sql, pages"):
        write_schemas(STANDARD, tmp_path / "out", ("xsd",))
    assert not (tmp_path / "out").exists() and list(SCHEMAS) == ["json-schema", "table-schema", "sql", "pages"]


# ── JSON Schema ───────────────────────────────────────────────────────────────────────────────────


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


CASE = {
    "event": [{"event_id": "e1", "act": ["recruitment"], "form_of_exploitation": ["sexual"]}],
    "victim": [{"record_id": "r1", "sex": "female", "age": 24, "registered_on": "2026-03-01", "citizenship": "NAM"}],
    "perpetrator": [{"perpetrator_id": "p1", "justice_stage": "suspected"}],
    "event_victim": [{"event_id": "e1", "record_id": "r1"}],
    "victim_perpetrator": [{"record_id": "r1", "perpetrator_id": "p1", "relation_to_perpetrator": "family"}],
    "referral": [{"referral_id": "f1", "record_id": "r1", "referral_reason": "more-services"}],
    "cell": [{"country": "ITA", "year": 2018, "sex": "female", "value": 12}, {"country": "ITA", "value": "<5"}],
}


def test_a_case_of_many_records_is_valid():
    assert list(VALIDATOR.iter_errors(CASE)) == []


@pytest.mark.parametrize(
    ("table", "record"),
    [
        ("victim", {"sex": "female"}),
        ("victim", {"record_id": ""}),
        ("victim", {"record_id": None}),
        ("victim", {"record_id": "r1", "sex": "lady"}),
        ("victim", {"record_id": "r1", "age": -1}),
        ("victim", {"record_id": "r1", "age": "24"}),
        ("victim", {"record_id": "r1", "registered_on": "01/03/2026"}),
        ("victim", {"record_id": "r1", "first_name": "x"}),
        ("event", {"event_id": "e1", "act": "recruitment"}),
        ("event", {"event_id": "e1", "act": []}),
        ("event", {"event_id": "e1", "act": ["receipt", "receipt"]}),
        ("event_victim", {"event_id": "e1"}),
        ("referral", {"referral_id": "f1"}),
        ("cell", {"value": "<0"}),
        ("cell", {"value": -1}),
    ],
)
def test_what_the_standard_cannot_say_is_not_valid(table, record):
    assert list(VALIDATOR.iter_errors({table: [record]})) != []


@given(st.sampled_from([(shape, field) for shape in SHAPES for field in shape.fields if field.is_coded]), st.data())
@settings(max_examples=60)
def test_every_code_of_a_field_is_valid_and_nothing_is_said_by_null(drawn, data):
    shape, field = drawn
    code = data.draw(st.sampled_from(sorted(STANDARD.allowed(field.field).codes)))
    keys = dict.fromkeys(SCHEMA["$defs"][shape.name]["required"], "k")
    for said in ([code] if field.type == "codes" else code, None):
        assert list(VALIDATOR.iter_errors({shape.name: [keys | {field.field: said}]})) == []


# ── Table Schema ──────────────────────────────────────────────────────────────────────────────────


def test_the_package_describes_every_table_and_every_field():
    assert PACKAGE["version"] == STANDARD.version
    assert [resource["name"] for resource in PACKAGE["resources"]] == [shape.name for shape in SHAPES]
    for resource, shape in zip(PACKAGE["resources"], SHAPES, strict=True):
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert list(fields) == [field.field for field in shape.fields]
        assert resource["schema"].get("primaryKey", []) == list(shape.key)
        for field in shape.fields:
            told = fields[field.field]
            assert told["certainty"] == field.certainty and told["title"] == field.label
            assert told.get("codeList", "") == (field.list if field.is_coded else "")


def test_a_foreign_key_points_to_the_key_of_a_table_that_is_there():
    keys = {resource["name"]: resource["schema"].get("primaryKey") for resource in PACKAGE["resources"]}
    pointers = [at for resource in PACKAGE["resources"] for at in resource["schema"].get("foreignKeys", [])]
    assert len(pointers) == 12
    for pointer in pointers:
        assert keys[pointer["reference"]["resource"]] == pointer["reference"]["fields"] == pointer["fields"]


def test_the_types_are_those_of_the_data_package_of_version_2():
    """The list of the specification, datapackage.org, Table Schema 2.0."""
    known = {
        "string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time", "year",
        "yearmonth", "duration", "geopoint", "geojson", "any",
    }  # fmt: skip
    for resource in PACKAGE["resources"]:
        for field in resource["schema"]["fields"]:
            assert field["type"] in known
            assert ("delimiter" in field) == (field["type"] == "list")
            constraints = field.get("constraints", {})
            assert set(constraints) <= {"required", "enum", "minimum", "pattern"}
            assert "enum" not in constraints or field["type"] == "string"


# ── SQL ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sqlite():
    with sqlite3.connect(":memory:") as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.executescript(TEXTS["palermo.sql"])
        yield database
    database.close()


@pytest.fixture
def duck():
    with duckdb.connect() as database:
        database.execute(TEXTS["palermo.sql"])
        yield database


@pytest.fixture(params=["sqlite", "duck"])
def database(request):
    return request.getfixturevalue(request.param)


def test_a_case_with_two_victims_two_perpetrators_and_their_links_can_be_kept(database):
    database.execute("INSERT INTO event (event_id, border_crossing) VALUES ('e1', 'domestic'), ('e2', NULL)")
    database.execute("INSERT INTO victim (record_id, sex, age) VALUES ('r1', 'female', 24), ('r2', 'unknown', NULL)")
    database.execute("INSERT INTO perpetrator (perpetrator_id) VALUES ('p1'), ('p2')")
    database.execute("INSERT INTO event_victim VALUES ('e1', 'r1'), ('e1', 'r2'), ('e2', 'r1')")
    database.execute("INSERT INTO event_perpetrator VALUES ('e1', 'p1'), ('e1', 'p2')")
    database.execute("INSERT INTO event_perpetrator_perpetrator_role VALUES ('e1', 'p1', 'recruiter')")
    database.execute("INSERT INTO event_act VALUES ('e1', 'recruitment'), ('e1', 'receipt')")
    database.execute("INSERT INTO referral (referral_id, record_id) VALUES ('f1', 'r1'), ('f2', 'r1')")
    (links,) = database.execute("SELECT count(*) FROM event_victim JOIN event_perpetrator USING (event_id)").fetchone()
    (persons,) = database.execute(
        "SELECT count(DISTINCT record_id) FROM event_victim JOIN event_perpetrator USING (event_id)"
    ).fetchone()
    assert (links, persons) == (4, 2)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO victim (sex) VALUES ('female')",
        "INSERT INTO victim (record_id, sex) VALUES ('r1', 'lady')",
        "INSERT INTO victim (record_id, age) VALUES ('r1', -1)",
        "INSERT INTO victim (record_id) VALUES ('r1'), ('r1')",
        "INSERT INTO event_victim VALUES ('nowhere', 'nobody')",
        "INSERT INTO event_act VALUES ('nowhere', 'receipt')",
        "INSERT INTO referral (referral_id) VALUES ('f1')",
        "INSERT INTO cell (value_low, value_high) VALUES (5, 4)",
    ],
)
def test_what_the_standard_cannot_say_is_refused_by_a_database(database, statement):
    with pytest.raises((sqlite3.IntegrityError, duckdb.ConstraintException)):
        database.execute(statement)


def test_every_code_is_in_its_table_with_its_label_and_its_certainty(sqlite):
    for name, codes in STANDARD.lists.items():
        if name in {field.list for field in STANDARD.fields.values()}:
            rows = sqlite.execute(f'SELECT code, label, certainty FROM "code_{name}"').fetchall()
            assert {row[0] for row in rows} == {*codes.codes, *STANDARD.codes("nothing").codes}
            assert all(label and certainty in STANDARD.certainties for _, label, certainty in rows)
    assert sqlite.execute("SELECT label FROM code_country WHERE code = 'CIV'").fetchone() == ("Côte d’Ivoire",)
    assert sqlite.execute("SELECT label FROM code_language WHERE code = 'fr'").fetchone() == ("French",)


def test_a_small_count_is_an_interval_in_a_database(sqlite):
    columns = [row[1] for row in sqlite.execute("PRAGMA table_info(cell)")]
    assert {"value_low", "value_high"} <= set(columns) and "value" not in columns


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────

PAGES = {name: text for name, text in TEXTS.items() if name.endswith(".md")}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_that_it_is_generated_and_its_tables_are_whole(name):
    lines = PAGES[name].splitlines()
    assert lines[0].startswith("# ") and "Generated" in lines[2]
    widths = 0
    for line in lines:
        cells = line.replace("\\|", "").count("|")
        assert not line.startswith("|") or not widths or cells == widths, line
        widths = cells if line.startswith("|") else 0


def test_every_field_code_list_and_crosswalk_has_its_place():
    assert all(f"`{name}`" in PAGES["fields.md"] for name in STANDARD.fields)
    assert all(f"## {name}\n" in PAGES["codes.md"] for name in STANDARD.lists.keys() - {"country", "language"})
    for name in TEXTS:
        assert name.endswith("README.md") or name in PAGES["README.md"]


def test_what_is_recalled_is_marked_on_its_page():
    assert "**recalled**" in PAGES["lists/iccs.md"] and "**recalled**" not in PAGES["lists/htcds-2-0.md"]
    assert "| recalled, iccs |" in PAGES["crosswalks/iccs.md"]
    assert "nothing here may be called an IC-TIP code" in PAGES["README.md"]


def test_countries_are_named_in_the_six_languages_of_the_un():
    (row,) = [line for line in PAGES["countries.md"].splitlines() if line.startswith("| `DEU`")]
    assert row == "| `DEU` | DE | 276 | Germany | Allemagne | Alemania | ألمانيا | Германия | 德国 |"
