"""Suggesting a mapping: what people call things is known, what is unsure says so, and no rare cell is written down."""

from __future__ import annotations

import tomllib

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.intake import draft, load_mapping, ready_mappings, sample, suggest
from palermo.standard import load_standard, load_words

STANDARD = load_standard()
KNOWN = [load_mapping(name, STANDARD) for name in ready_mappings()]
SHELTER = """Casa Aurora – guests of 2025;;;;;;
No.;Came on;Sexo;Nacionalidad;Type of exploitation;Apellidos;Remarks
1;14/03/2025;F;nigeriana;sexual;Secretname;
2;17/03/2025;F;nigeriana;sexual, begging;Secretname;ran away
3;02/04/2025;M;n/a;work;Secretname;
4;19/05/2025;F;moldava;sexual;Secretname;came back
"""


@pytest.fixture
def suggested(tmp_path):
    def made(text, *, name="a.csv", known=KNOWN):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return suggest(sample(path, tmp_path), STANDARD, known)

    return made


def test_headings_in_several_languages_and_one_file_are_known(suggested):
    fields = {guess.column: (guess.role, guess.meaning) for guess in suggested(SHELTER).columns}
    assert fields == {
        "No.": ("field", "record_id"),
        "Came on": ("field", "registered_on"),
        "Sexo": ("field", "sex"),
        "Nacionalidad": ("field", "citizenship"),
        "Type of exploitation": ("field", "form_of_exploitation"),
        "Apellidos": ("identity", "surname"),
        "Remarks": ("private", ""),
    }


def test_the_draft_reads_the_file_it_was_made_from(suggested, taken_in):
    examined = taken_in(draft(suggested(SHELTER), STANDARD), SHELTER)
    rows = examined.table.order_by("source_row").to_polars()
    assert rows["sex"].to_list() == ["female", "female", "male", "female"]
    assert rows["citizenship"].to_list() == ["NGA", "NGA", None, "MDA"]
    assert rows["form_of_exploitation"].to_list() == [
        ["sexual"],
        ["forced-begging", "sexual"],
        ["forced-labour"],
        ["sexual"],
    ]
    assert [day.isoformat() for day in rows["registered_on"]] == [
        "2025-03-14",
        "2025-03-17",
        "2025-04-02",
        "2025-05-19",
    ]
    assert examined.unmapped.height == 0


def test_days_that_could_be_months_are_asked_about(suggested):
    day = suggested("Date\n03/04/2025\n05/06/2025\n").columns[0]
    assert "cannot be told apart" in day.content.why
    assert "cannot be told apart" in draft(suggested("Date\n03/04/2025\n05/06/2025\n"), STANDARD)


def test_flags_are_gathered_under_their_field(suggested):
    text = "case id,isForcedLabour,Debt bondage,Smokes\n1,1,yes,yes\n2,0,no,no\n3,1,yes,no\n"
    flags = {guess.column: (guess.meaning, guess.code) for guess in suggested(text).of("flag")}
    assert flags == {
        "isForcedLabour": ("form_of_exploitation", "forced-labour"),
        "Debt bondage": ("means_of_control", "debt-bondage"),
    }


def test_the_words_for_yes_and_no_in_a_draft_are_those_of_the_file(suggested, taken_in):
    text = "case id,isForcedLabour,Debt bondage\n1,oui,non\n2,non,1.0\n"
    rows = taken_in(draft(suggested(text), STANDARD), text).table.order_by("source_row").to_polars()
    assert rows["form_of_exploitation"].to_list() == [["forced-labour"], None]
    assert rows["means_of_control"].to_list() == [None, ["debt-bondage"]]


@pytest.mark.parametrize("heading", ["Name", "Full name", "Nom complet", "ФИО", "姓名", "Case worker", "Nickname"])
def test_a_column_of_names_fills_no_field(suggested, heading):
    (guess, _) = suggested(f"{heading},Sex\nZzq,F\nQqz,M\n").columns
    assert (guess.role, guess.meaning) == ("private", "")


@pytest.mark.parametrize("heading", ["a", "G", "x"])
def test_a_letter_over_a_column_is_no_code(suggested, heading):
    (guess,) = suggested(f"{heading}\n1\n0\n").columns
    assert guess.role == "none"


def test_a_country_without_saying_of_what_is_not_taken_for_one(suggested):
    (guess, _) = suggested("Country,Sex\n" + "Peru,F\nItaly,M\n" * 9).columns
    assert guess.score < 0.8


FIGURES = """Année;Sexe;Pays;Valeur
2021;Homme;Kenya;14
2021;Femme;Kenya;<5
2021;Ensemble;Kenya;17
"""


def test_a_table_of_figures_is_told_from_a_list_of_records(suggested, taken_in):
    suggestion = suggested(FIGURES)
    assert suggestion.shape == "aggregates"
    assert {guess.column: guess.meaning for guess in suggestion.columns} == {
        "Année": "year", "Sexe": "sex", "Pays": "country", "Valeur": "value",
    }  # fmt: skip
    text = draft(suggestion, STANDARD).replace('# unit_measure = "number"', 'unit_measure = "number"')
    rows = taken_in(text, FIGURES).table.order_by("source_row").to_polars()
    assert rows["sex"].to_list() == ["male", "female", "total"]
    assert rows["country"].to_list() == ["KEN"] * 3


def test_a_heading_of_an_earlier_mapping_counts_most(suggested, tmp_path):
    (tmp_path / "ours.toml").write_text(
        'name = "ours"\ntitle = "Ours"\nshape = "records"\nunit = "record"\n'
        '[fields.sex]\ncolumn = "Q7"\nvalues = { "one" = "female", "two" = "male" }\n'
    )
    known = [load_mapping(str(tmp_path / "ours.toml"), STANDARD)]
    guess = suggested("Q7,Q8\n" + "one,x\ntwo,y\n" * 9, known=known).columns[0]
    assert (guess.meaning, guess.score) == ("sex", 1.0)
    assert "as in ours" in guess.why
    assert {value.value: value.code for value in guess.content.values} == {"one": "female", "two": "male"}


def test_a_column_can_be_told_by_its_values_alone_and_is_left_to_be_confirmed(suggested):
    text = "X1\n" + "Ukraine\nMoldova\nNigeria\n" * 5
    assert "# [fields.citizenship]" in draft(suggested(text), STANDARD)


def test_a_misspelt_word_is_offered_and_not_taken(suggested):
    text = "Form of exploitation\n" + "sexual exploitation\n" * 30 + "sexual exploitaton\n" * 12
    assert '# "sexual exploitaton" = "sexual"' in draft(suggested(text), STANDARD)


SECRET = st.text("abcdefg", min_size=8, max_size=12).map(lambda word: "zq" + word)


@given(
    st.lists(SECRET, min_size=1, max_size=8, unique=True),
    st.sampled_from(["Sex", "Citizenship", "Status", "Anything", "Age", "Date"]),
)
def test_no_value_of_a_few_rows_is_written_down_unless_its_word_is_known(tmp_path_factory, secrets, heading):
    folder = tmp_path_factory.mktemp("s")
    (folder / "a.csv").write_text("\n".join([f"{heading},other column", *(f"{one},1" for one in secrets * 3)]) + "\n")
    suggestion = suggest(sample(folder / "a.csv", folder), STANDARD, KNOWN)
    assert not [one for one in secrets if one in draft(suggestion, STANDARD)]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12), min_size=1, max_size=5),
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=6), max_size=5),
)
def test_the_draft_of_any_table_is_a_mapping_that_can_be_read(tmp_path_factory, headings, cells):
    folder = tmp_path_factory.mktemp("s")
    named = [f"h{at} {heading}" for at, heading in enumerate(headings)]
    rows = {name: [*cells, "x"] for name in named}
    pl.DataFrame(rows).write_parquet(folder / "a.parquet")
    text = draft(suggest(sample(folder / "a.parquet", folder), STANDARD, []), STANDARD)
    tomllib.loads(text)
    (folder / "m.toml").write_text(text, "utf-8")
    load_mapping(str(folder / "m.toml"), STANDARD)


def test_the_words_stand_for_fields_and_codes_that_there_are():
    words = load_words()
    assert words.fields.keys() <= STANDARD.fields.keys()
    for name, codes in words.codes.items():
        assert codes.keys() <= STANDARD.codes(name).codes.keys(), name
        meant = [(word.casefold(), code) for code, said in codes.items() for word in said]
        assert len({word for word, _ in meant}) == len(set(meant)), name


def test_only_the_first_rows_of_a_large_file_are_looked_at(tmp_path):
    pl.DataFrame({"sex": ["f", "m"] * 20_000}).write_parquet(tmp_path / "large.parquet")
    (tmp_path / "scratch").mkdir()
    seen = sample(tmp_path / "large.parquet", tmp_path / "scratch")
    assert (seen.rows.height, seen.is_part) == (20_000, True)
