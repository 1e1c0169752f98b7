"""The forms are accepted by what KoboToolbox and ODK stand on, ask what they say, and read back through intake."""

from __future__ import annotations

import csv
import shutil
import zipfile
from datetime import date
from io import StringIO

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from palermo.errors import UsageError
from palermo.intake import examine, load_mapping
from palermo.standard import FORMS, load_form, load_standard, missing_elements, return_mapping, write_form
from palermo.tables import open_engine
from tests.support.xform import FilledForm

STANDARD = load_standard()
UN_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
TODAY = date(2026, 6, 30)
ADULT = {
    "consent": "yes", "record_id": "r-1", "reporting_entity": "Casa Aurora", "registered_on": "2026-03-01",
    "age": "24", "sex": "female", "citizenship": "NAM", "status": "presumed", "status_decided_by": "ngo",
    "status_on": "2026-03-02", "act": "recruitment transportation", "means": "deception",
    "form_of_exploitation": "sexual forced-labour", "country_of_exploitation": "ITA",
}  # fmt: skip


@pytest.fixture(scope="session")
def engine():
    with open_engine() as opened:
        yield opened


@pytest.fixture(scope="session")
def xforms(tmp_path_factory):
    """Each form as pyxform converts it."""
    folder = tmp_path_factory.mktemp("forms")
    made = {}
    for name in FORMS:
        workbook, _ = write_form(load_form(name, STANDARD), STANDARD, folder)
        converted = convert(str(workbook), validate=False)
        assert converted.warnings == []
        made[name] = converted.xform
    return made


@pytest.fixture(scope="session")
def fill(xforms):
    def filled(answers, form="minimum"):
        return FilledForm(xforms[form], answers, today=TODAY)

    return filled


def without(*names, **more):
    return {name: said for name, said in (ADULT | more).items() if name not in names}


# ── what is asked ─────────────────────────────────────────────────────────────────────────────────


def test_the_minimum_asks_about_fifteen_questions():
    assert len(load_form("minimum", STANDARD).questions) == 15


def test_the_full_form_asks_all_of_the_minimum_in_its_modules():
    minimum, full = (load_form(name, STANDARD) for name in FORMS)
    assert {asked.field.field for asked in minimum.questions} <= {asked.field.field for asked in full.questions}
    assert list(full.modules()) == [
        "record", "person", "status", "event", "exploitation", "perpetrator", "referral", "assistance",
    ]  # fmt: skip
    assert sum(len(asked) for asked in full.modules().values()) == len(full.questions)


def test_the_full_form_asks_for_every_field_but_what_is_worked_out_and_the_numbers_of_other_records():
    """Years and bands follow from dates and ages; routes are what reports say of countries, not of a person."""
    asked = {question.field.field for question in load_form("full", STANDARD).questions}
    left = {name for name, field in STANDARD.fields.items() if field.unit != "cell"} - asked
    assert left <= {
        "year", "age_band", "purpose", "country_of_repatriation", "country_of_origin", "country_of_destination",
        "event_id", "perpetrator_id", "perpetrator_gender", "offence_article", "sentence_months", "reporting_role",
        "referral_id", "assistance_id",
    }  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_every_question_says_why_it_is_asked_and_who_uses_it(name):
    for question in load_form(name, STANDARD).questions:
        assert question.label and question.why.endswith(".") and question.used_by.endswith(".")


def test_no_question_is_for_a_name_a_birth_date_or_an_address():
    asked = {question.field.field for question in load_form("full", STANDARD).questions}
    assert not {"first_name", "surname", "birth_date", "document", "address", "phone"} & asked


def test_a_form_that_is_not_there_is_told_with_those_there_are():
    with pytest.raises(UsageError, match=r"no form 'short'.*minimum, full"):
        load_form("short", STANDARD)


# ── the workbook ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("languages", [("en",), UN_LANGUAGES])
def test_the_validator_of_odk_accepts_a_form(name, languages, tmp_path):
    """ODK Validate comes with pyxform and runs JavaRosa, the engine of ODK Collect."""
    if shutil.which("java") is None:
        pytest.skip("there is no Java: ODK Validate is a Java program")
    workbook, _ = write_form(load_form(name, STANDARD), STANDARD, tmp_path, languages)
    assert convert(str(workbook), validate=True).warnings == []


def test_the_same_form_gives_the_same_bytes(tmp_path):
    form = load_form("minimum", STANDARD)
    one, two = (write_form(form, STANDARD, tmp_path / name) for name in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert [path.name for path in one] == ["palermo-minimum.xlsx", "form-minimum.toml"]
    assert zipfile.ZipFile(one[0]).testzip() is None


def test_a_form_in_several_languages_names_countries_as_cldr_does_and_marks_what_is_in_english_only(tmp_path):
    workbook, _ = write_form(load_form("minimum", STANDARD), STANDARD, tmp_path, ("fr", "ar"))
    survey, choices, settings = (
        pl.read_excel(workbook, sheet_name=name, infer_schema_length=0) for name in ("survey", "choices", "settings")
    )
    assert settings["default_language"].to_list() == ["français (fr)"]
    labels = {(row["list_name"], row["name"]): row for row in choices.rows(named=True)}
    assert labels["country", "DEU"]["label::français (fr)"] == "Allemagne"
    assert labels["country", "DEU"]["label::العربية (ar)"] == "ألمانيا"
    assert labels["act", "recruitment"]["label::français (fr)"] == "Recrutement"
    assert labels["act", "unknown"]["label::français (fr)"] == "Inconnu"
    assert labels["status", "appealed"]["label::français (fr)"] == "[en] Appealed"
    first = survey.row(0, named=True)
    assert first["type"] == "note" and "not checked" in first["label::français (fr)"]
    asked = survey.filter(pl.col("type") != "calculate")
    assert all(label.startswith("[en] ") for label in asked["label::français (fr)"].to_list())


def test_languages_are_chosen_by_their_english_names_too(tmp_path):
    workbook, _ = write_form(load_form("full", STANDARD), STANDARD, tmp_path, ("en", "fr"))
    choices = pl.read_excel(workbook, sheet_name="choices", infer_schema_length=0)
    french = choices.filter((pl.col("list_name") == "language") & (pl.col("name") == "fr")).row(0, named=True)
    assert (french["label::English (en)"], french["label::français (fr)"]) == ("French", "français")


def test_a_question_that_is_our_reconstruction_says_so(tmp_path):
    workbook, _ = write_form(load_form("full", STANDARD), STANDARD, tmp_path)
    hints = {
        row["name"]: row["hint::English (en)"]
        for row in pl.read_excel(workbook, sheet_name="survey", infer_schema_length=0).rows(named=True)
    }
    assert "our reconstruction" in hints["border_crossing"]
    assert "our reconstruction" not in hints["sex"]


def test_a_language_that_is_none_is_refused_and_nothing_is_written(tmp_path):
    with pytest.raises(UsageError, match="no language 'klingon'"):
        write_form(load_form("minimum", STANDARD), STANDARD, tmp_path / "out", ("en", "klingon"))
    assert not (tmp_path / "out").exists()


# ── the rules of the form, worked out by its own expressions ──────────────────────────────────────


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"age": "17"}, False),
        ({"age": "18"}, True),
        ({"age": "", "age_group": "child"}, False),
        ({"age": "", "age_group": "adult"}, True),
        ({"age": "", "age_group": "unknown"}, True),
        ({"age": "", "age_group": ""}, True),
    ],
)
def test_no_means_is_asked_of_a_child_and_a_person_of_unknown_age_is_not_taken_for_one(fill, form, said, asked):
    filled = fill(ADULT | said, form)
    assert filled.asks("means") == asked
    assert filled.asks("no_means") == (not asked)


@given(age=st.integers(0, 120))
@settings(max_examples=40)
def test_what_the_form_asks_for_is_enough_for_the_definition(fill, age):
    """A record filled in as asked lacks no element: article 3 (a), (c) and (d) of the Protocol."""
    row = fill(ADULT | {"age": str(age)}).row()
    said = {name: row[name].split() for name in ("act", "means")} | {"purpose": row["form_of_exploitation"].split()}
    assert bool(said["means"]) == (age >= 18)
    assert missing_elements(**said, child=age < 18) == ()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("said", ["no", "unknown", ""])
def test_without_a_yes_nothing_is_asked_and_nothing_is_kept(fill, form, said):
    filled = fill(ADULT | {"consent": said}, form)
    names = {question.field.field for question in load_form(form, STANDARD).questions} - {"consent"}
    assert not any(filled.asks(name) for name in names)
    assert not any(filled.row()[name] for name in names)
    assert filled.asks("stop") == (said != "")


def test_child_or_adult_is_asked_only_where_the_age_is_not_known(fill):
    assert not fill(ADULT).asks("age_group")
    assert fill(ADULT | {"age": ""}).asks("age_group")


@pytest.mark.parametrize(("said", "asked"), [("presumed", True), ("flagged", False), ("unknown", False), ("", False)])
def test_who_decided_and_when_is_asked_of_a_decision(fill, said, asked):
    filled = fill(ADULT | {"status": said})
    assert filled.asks("status_decided_by") == filled.asks("status_on") == asked


@pytest.mark.parametrize(
    ("name", "said", "kept"),
    [
        ("age", "0", True), ("age", "120", True), ("age", "121", False), ("age", "-1", False),
        ("registered_on", "2026-06-30", True), ("registered_on", "2026-07-01", False),
        ("act", "receipt transfer", True), ("act", "unknown", True), ("act", "unknown receipt", False),
    ],
)  # fmt: skip
def test_what_cannot_be_is_not_let_through(fill, name, said, kept):
    assert fill(ADULT | {name: said}).accepts(name) == kept


def test_sectors_are_asked_of_the_form_that_they_belong_to(fill):
    filled = fill(ADULT | {"form_of_exploitation": "sexual"}, "full")
    assert filled.asks("sexual_form") and not filled.asks("labour_sector")
    filled = fill(ADULT | {"form_of_exploitation": "forced-labour"}, "full")
    assert filled.asks("labour_sector") and not filled.asks("sexual_form")


# ── and back ──────────────────────────────────────────────────────────────────────────────────────


def _read_back(rows, form, engine, folder):
    (folder / "form.toml").write_text(return_mapping(load_form(form, STANDARD)), "utf-8")
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    (folder / "export.csv").write_text(text.getvalue(), "utf-8")
    mapping = load_mapping(str(folder / "form.toml"), STANDARD)
    return examine(folder / "export.csv", mapping, STANDARD, engine, as_of=TODAY)


def test_a_filled_minimum_reads_back_whole(fill, engine, tmp_path):
    """Headings as an export of KoboToolbox with XML values has them, with what the program adds."""
    child = without("age", "means", record_id="r-2", age_group="child", act="unknown")
    rows = [
        {"start": "2026-03-01T10:00", **fill(said).row(), "_id": str(number), "_uuid": "u"}
        for number, said in enumerate((ADULT, child), start=1)
    ]
    examined = _read_back(rows, "minimum", engine, tmp_path)
    assert (examined.rows_in, examined.rows_accepted) == (2, 2)
    assert examined.summary.is_empty() and examined.unmapped.is_empty()
    assert set(examined.columns_missing) <= set(examined.mapping.ignore)
    assert examined.columns_extra == ()
    one, two = engine.collect(examined.table.order_by("record_id")).rows(named=True)
    assert {name: one[name] for name in ("sex", "citizenship", "status", "age")} == {
        "sex": "female", "citizenship": "NAM", "status": "presumed", "age": 24,
    }  # fmt: skip
    assert one["registered_on"] == date(2026, 3, 1)
    assert set(one["act"]) == {"recruitment", "transportation"} and one["means"] == ["deception"]
    assert set(one["form_of_exploitation"]) == {"sexual", "forced-labour"}
    assert (two["age"], two["age_group"], two["means"], two["act"]) == (None, "child", None, ["unknown"])


@pytest.mark.parametrize(
    "mark", ["/", pytest.param("", marks=pytest.mark.slow), pytest.param("-", marks=pytest.mark.slow)]
)
def test_a_filled_full_form_reads_back_whole_whatever_the_headings(fill, engine, tmp_path, mark):
    """Alone, after the group with a slash (KoboToolbox), or with a dash (ODK Central)."""
    answers = ADULT | _one_of_each("full")
    row = fill(answers, "full").row(mark=mark)
    examined = _read_back([row], "full", engine, tmp_path)
    assert examined.unmapped.is_empty() and examined.columns_extra == ()
    (read,) = engine.collect(examined.table).rows(named=True)
    for name, said in answers.items():
        field = STANDARD.field(name)
        expected = {"codes": lambda s: s.split(), "date": date.fromisoformat, "integer": int}.get(field.type, str)(said)
        found = sorted(read[name]) if field.type == "codes" else read[name]
        assert found == (sorted(expected) if field.type == "codes" else expected), name


def _one_of_each(form):
    """An answer to every question that the minimum leaves out: the first code, an early day, a small number."""
    said = {}
    for question in load_form(form, STANDARD).questions:
        field = question.field
        if field.field not in ADULT and field.field != "age_group":
            plain = {"date": "2026-02-01", "integer": "12", "text": "x-1"}
            codes = next(iter(STANDARD.codes(field.list).codes)) if field.is_coded else ""
            said[field.field] = plain.get(field.type) or codes
    return said
