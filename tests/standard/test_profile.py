"""The profile is data: every field and code says what it means, and how certain it is that its source has it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import UsageError
from palermo.standard import Code, CodeList, load_standard
from palermo.tables import EMPTY, NOTHING, TOTAL

STANDARD = load_standard()
PROFILE = tomllib.loads((resources.files("palermo.standard") / "data" / "profile.toml").read_text("utf-8"))
LISTS = sorted(STANDARD.lists.keys() - {"country", "language"})
FIELDS = sorted(STANDARD.fields)
CODED = sorted(name for name, field in STANDARD.fields.items() if field.is_coded)
KEBAB = re.compile(r"[a-z0-9]+(\+|--?[a-z0-9]+)*\+?")
COARSER = {
    "age_band": "age_group",
    "form_of_exploitation": "form_group",
    "gender": "gender",
}
"""The list in which the parents of a list's codes are found."""


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_a_label_a_definition_and_a_certainty(name):
    for code in STANDARD.codes(name):
        assert KEBAB.fullmatch(code.code), code.code
        assert code.label.strip() and code.definition.strip(), code.code
        assert code.certainty in PROFILE["certainty"], code.code
        assert code.source in STANDARD.sources, code.code


@pytest.mark.parametrize("name", LISTS)
def test_no_two_codes_of_a_list_can_be_taken_for_each_other(name):
    said = Counter(word.casefold() for code in STANDARD.codes(name) for word in {code.code, code.label.casefold()})
    assert [word for word, times in said.items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(COARSER))
def test_a_parent_is_a_code_of_the_coarser_list(name):
    parents = {code.parent for code in STANDARD.codes(name) if code.parent}
    assert parents and parents <= set(STANDARD.codes(COARSER[name]).codes)


def test_every_form_of_exploitation_is_in_one_of_the_four_groups_that_all_sources_share():
    assert set(STANDARD.codes("form_group").codes) == {
        "sexual", "forced-labour-slavery-servitude", "organ-removal", "other",
    }  # fmt: skip
    assert all(code.parent for code in STANDARD.codes("form_of_exploitation"))


def test_the_age_bands_follow_each_other_and_part_at_eighteen():
    bands = [code.code for code in STANDARD.codes("age_band")]
    ends = [(int(band[:2]), int(band[3:] or 110) + 1) for band in bands]
    assert ends[0][0] == 0
    assert [after for _, after in ends[:-1]] == [first for first, _ in ends[1:]]
    for code, (first, after) in zip(STANDARD.codes("age_band"), ends, strict=True):
        assert code.parent == ("child" if after <= 18 else "adult") and not first < 18 < after


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_label_a_definition_and_a_certainty(name):
    field = STANDARD.field(name)
    assert field.label and field.definition
    assert field.certainty in PROFILE["certainty"] and field.source in STANDARD.sources
    assert field.unit in STANDARD.record_types or field.unit in STANDARD.links


@pytest.mark.parametrize("name", FIELDS)
def test_an_age_a_date_and_a_country_say_of_what(name):
    field = STANDARD.field(name)
    asked = field.type in ("year", "date", "integer") or field.list in ("country", "age_band", "age_group")
    assert bool(field.of) or not asked


@pytest.mark.parametrize("name", CODED)
def test_the_list_of_a_coded_field_is_there(name):
    assert len(STANDARD.codes(STANDARD.field(name).list)) > 0


@pytest.mark.parametrize(
    "field",
    ["year", "sex", "gender", "age_band", "age_group", "citizenship", "country_of_exploitation",
     "form_of_exploitation", "means_of_control", "recruiter_relation", "status", "status_decided_by",
     "reporting_entity", "country", "indicator", "dimension", "category"],
)  # fmt: skip
def test_the_fields_that_others_rely_on_are_there(field):
    assert STANDARD.field(field).label


def test_it_is_a_profile_on_the_units_of_ic_tip_and_never_called_its_codes():
    assert STANDARD.name == "palermo profile on the IC-TIP units"
    assert STANDARD.units == ("event", "victim", "perpetrator", "reporting_entity")
    assert "codes not obtained" in STANDARD.sources["ic-tip"]


def test_presumed_and_identified_are_apart_and_detected_is_neither():
    assert {"presumed", "identified", "detected"} <= set(STANDARD.codes("status").codes)


def test_the_kinds_of_nothing_are_apart():
    assert set(NOTHING) == {EMPTY, "unknown", "not-applicable", "withheld"}
    assert {*STANDARD.codes("nothing").codes, EMPTY} == set(NOTHING)


# ── finding and saying ────────────────────────────────────────────────────────────────────────────

ENTRIES = st.sampled_from([(field, code.code) for field in CODED for code in STANDARD.allowed(field)])
SHOUTS = st.sampled_from([str.upper, str.lower, str.title, lambda said: f"  {said}\t"])


@given(ENTRIES, SHOUTS)
def test_a_code_and_its_label_are_found_however_they_are_written(entry, shout):
    field, code = entry
    assert STANDARD.code(field, shout(code)) == code
    assert STANDARD.code(field, shout(STANDARD.label(field, code))) == code


@given(st.sampled_from(CODED), st.text(max_size=8).filter(lambda said: said not in (EMPTY, TOTAL, "filled")))
def test_what_is_no_code_is_refused_and_never_guessed(field, said):
    try:
        found = STANDARD.code(field, said)
    except UsageError as error:
        assert f"palermo standard codes {STANDARD.field(field).list}" in error.todo
    else:
        assert found in STANDARD.allowed(field) or found in (TOTAL, EMPTY, "filled")


@pytest.mark.parametrize("said", ["", " ", "\t"])
def test_nothing_said_is_no_country_without_a_code(said):
    # Sark has no two-letter code
    with pytest.raises(UsageError, match="code list country has no code"):
        STANDARD.code("citizenship", said)


@pytest.mark.parametrize("said", ["PHL", "PH", "608", "Philippines", "philippines", " ph "])
def test_a_country_is_known_by_its_codes_and_by_its_name(said):
    assert STANDARD.code("citizenship", said) == "PHL"


def test_na_is_namibia():
    assert STANDARD.code("citizenship", "NA") == "NAM"


@pytest.mark.parametrize("said", [TOTAL, EMPTY, "filled"])
def test_a_margin_and_a_state_are_taken_as_they_are(said):
    assert STANDARD.code("sex", said) == said


@pytest.mark.parametrize("said", ["abc", "", "20 16", "2016.0", "-1", TOTAL])
def test_what_is_no_number_is_refused_where_a_field_holds_numbers(said):
    with pytest.raises(UsageError, match="year holds whole numbers"):
        STANDARD.code("year", said)


def test_what_a_field_without_codes_holds_is_taken_as_it_is():
    assert STANDARD.code("year", "2016") == "2016"
    assert STANDARD.code("year", EMPTY) == EMPTY
    assert STANDARD.code("region", "Western Europe") == "Western Europe"


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("sex", "female", "Female"),
        ("sex", "unknown", "Unknown"),
        ("sex", TOTAL, "Total"),
        ("sex", EMPTY, "Not recorded"),
        ("sex", "filled", "Recorded"),
        ("sex", "zzz", "zzz"),
        ("citizenship", "PHL", "Philippines"),
        ("citizenship", "X68", "Sark"),
        ("citizenship", "withheld", "Withheld by the source"),
        ("citizenship", "ZZZ", "ZZZ"),
        ("year", "2016", "2016"),
        ("area", "named", "named"),
    ],
)
def test_a_code_is_said_in_words_and_one_without_words_as_it_is(field, code, words):
    assert STANDARD.label(field, code) == words


def test_a_field_is_said_in_words_even_if_it_is_not_in_the_standard():
    assert STANDARD.field_label("age_group") == "Child or adult"
    assert STANDARD.field_label("favourite_colour") == "Favourite colour"


def test_an_unknown_field_is_told_with_what_to_do():
    with pytest.raises(UsageError, match=r"no field 'favourite_colour'.*palermo standard fields"):
        STANDARD.field("favourite_colour")


def test_an_unknown_list_is_told_with_those_there_are():
    with pytest.raises(UsageError, match=r"no code list 'colours'.*The lists are: act, .*, yes_no"):
        STANDARD.codes("colours")


def test_a_code_list_is_asked_walked_and_counted():
    listed = CodeList("kinds", {code: Code(code, code.upper()) for code in ("a", "b")})
    assert "a" in listed and "c" not in listed
    assert [code.label for code in listed] == ["A", "B"]
    assert len(listed) == 2
