"""A table dropped into a folder replaces ours without a change of code, or is refused; it is never passed over."""

from __future__ import annotations

import pytest

from palermo.errors import InputError
from palermo.standard import load_standard

FIELDS = "field,unit,type,list,of,label,definition,certainty,source\n"
COUNTRIES = "code,alpha_2,numeric,region,subregion,label,latitude,longitude\n"


@pytest.fixture
def load(tmp_path):
    """Load the standard with some tables dropped into a folder."""

    def with_tables(**tables: str | bytes):
        for name, text in tables.items():
            path = tmp_path / f"{name.replace('__', '/')}.csv"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load_standard(tmp_path)

    return with_tables


@pytest.fixture
def refused(load):
    """Load what must be refused, and give the error if it says where, what and what to do next."""

    def with_tables(**tables: str | bytes) -> InputError:
        with pytest.raises(InputError) as caught:
            load(**tables)
        error = caught.value
        assert error.where and error.what.endswith(".") and error.todo.endswith(".")
        return error

    return with_tables


def test_without_a_folder_the_standard_is_ours(tmp_path):
    assert load_standard(tmp_path / "nowhere") is load_standard()
    assert load_standard().replaced == ()


def test_a_code_list_replaces_ours_as_a_whole_and_the_others_stay(load):
    standard = load(codes__sex="code,label\nf,Femme\nm,Homme\n")
    assert [(code.code, code.label) for code in standard.codes("sex")] == [("f", "Femme"), ("m", "Homme")]
    assert standard.replaced == ("codes/sex.csv",)
    assert standard.codes("gender").codes == load_standard().codes("gender").codes


def test_a_replaced_list_is_what_a_field_may_hold(load):
    standard = load(codes__sex="code,label\nf,Femme\nm,Homme\n")
    assert standard.code("sex", "femme") == "f"
    assert standard.label("sex", "f") == "Femme"
    assert set(standard.allowed("sex").codes) == {"f", "m", "unknown", "not-applicable", "withheld"}


def test_what_an_official_list_does_not_say_is_the_projects_own(load):
    code = load(codes__sex="\ufeffcode,label\nf,\n").codes("sex").codes["f"]
    assert (code.label, code.definition, code.parent, code.certainty) == ("f", "", "", "project")


def test_a_field_can_be_added_with_a_list_of_its_own(load):
    fields = FIELDS + "visa,victim,code,visa,detection,Visa,Kind of visa,project,project\n"
    standard = load(fields=fields, codes__visa="code,label\nwork,Work visa\n")
    assert standard.label("visa", "work") == "Work visa"
    assert standard.field("sex") == load_standard().field("sex")


def test_a_field_of_ours_can_be_described_anew(load):
    standard = load(fields=FIELDS + "year,victim,year,,detection,Year of detection,D,project,project\n")
    assert standard.field_label("year") == "Year of detection"
    assert list(standard.fields) == list(load_standard().fields)


def test_a_country_can_be_added_and_one_of_ours_renamed(load):
    standard = load(countries=COUNTRIES + "XVM,XV,999,150,039,Valmara,39.2,-5.6\nFRA,FR,250,150,155,Gaul,,\n")
    assert (standard.label("citizenship", "XVM"), standard.label("citizenship", "FRA")) == ("Valmara", "Gaul")
    assert (standard.countries["XVM"].latitude, standard.countries["XVM"].longitude) == (39.2, -5.6)
    assert (standard.countries["FRA"].latitude, standard.countries["FRA"].longitude) == (None, None)
    assert "DEU" in standard.codes("country")


@pytest.mark.parametrize(
    "name", ["sex", "codes__gendre", "codes__country", "codes__fields", "codes__countries", "field", "deep__fields"]
)
def test_a_table_that_nobody_would_read_is_refused(refused, name):
    error = refused(**{name: "code,label\na,A\n"})
    assert error.where == f"{name.replace('__', '/')}.csv"
    assert "codes/<list>.csv" in error.todo


def test_a_table_with_a_shouted_ending_is_not_passed_over(tmp_path):
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "SEX.CSV").write_text("code,label\nf,F\n")
    with pytest.raises(InputError, match=r"SEX\.CSV: nobody reads"):
        load_standard(tmp_path)


def test_a_text_beside_the_tables_does_no_harm(tmp_path):
    (tmp_path / "README.md").write_text("Codes of 2025.")
    assert load_standard(tmp_path).replaced == ()


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("codes__sex", "", "no column code, label"),
        ("codes__sex", "code\nf\n", "no column label"),
        ("codes__sex", "code;label\nf;Femme\n", "no column code, label"),
        ("codes__sex", "code,label\nf,Femme\nf,Fille\n", "code 'f' is there twice"),
        ("codes__sex", "code,label\nf,Femme\n,Homme\n", "row 2 below the headings has no code"),
        ("codes__sex", "code,label\nf\n", "row 1 below the headings has more or fewer cells"),
        ("codes__sex", "code,label\nf,Femme, fille\n", "row 1 below the headings has more or fewer cells"),
        ("codes__sex", "code,label\nf,Féminin\n".encode("cp1252"), "no CSV in UTF-8"),
        ("codes__sex", "code,label\nf," + "x" * (1 << 21), "no CSV in UTF-8"),
        ("codes__sex", "code,label\ntotal,Both\n", "code 'total' is kept"),
        ("codes__sex", "code,label\nempty,No answer\n", "code 'empty' is kept"),
        ("codes__sex", "code,label\nfilled,Yes\n", "code 'filled' is kept"),
        ("countries", "code,label\nXVM,Valmara\n", "no column alpha_2, numeric, region, subregion"),
        ("countries", COUNTRIES + "XVM,XV,999,150,039,Valmara,north,5.6\n", "the point of XVM"),
        ("countries", COUNTRIES + 2 * "XVM,XV,999,150,039,Valmara,,\n", "code 'XVM' is there twice"),
        ("fields", "field,type\nvisa,code\n", "no column unit, list"),
        ("fields", FIELDS + "visa,victim,kode,sex,,Visa,,project,project\n", "type 'kode' is none of code, codes"),
        ("fields", FIELDS + "visa,victim,code,visas,,Visa,,project,project\n", "no code list 'visas'"),
        ("fields", FIELDS + "visa,victim,code,,,Visa,,project,project\n", "no code list ''"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_says_why(refused, name, text, what):
    assert what in refused(**{name: text}).what


def test_the_breakdown_by_nothing_may_be_called_total(load):
    assert "total" in load(codes__dimension="code,label\ntotal,Total\n").codes("dimension")
