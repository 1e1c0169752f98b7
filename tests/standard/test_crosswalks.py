"""A crosswalk loses just what its rows say: exact rows come back, and of every other one it is known why not."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import UsageError
from palermo.intake import load_mapping
from palermo.standard import crosswalks, find_outside_list, load_crosswalk, load_standard
from palermo.tables import NOTHING

STANDARD = load_standard()
WALKS = {name: load_crosswalk(name, STANDARD) for name in crosswalks()}
ROWS = [(name, row) for name, walk in WALKS.items() for row in walk.rows]
KEPT = {*NOTHING, "total", ""}
COLUMNS = {
    "ctdc-2020": "ctdc_global_kanon_2020_columns",
    "ctdc-2021": "ctdc_synthetic_v2021_columns",
    "ctdc-2024": "ctdc_synthetic_v2024_columns",
    "ctdc-2002-2024": "ctdc_synthetic_2002_2024_columns",
    "glotip": "glotip_columns",
    "htcds-2.0": "htcds_v2_fields",
}
"""Where all the fields of a standard are known: none may be passed over."""
LISTS = {
    ("glotip", "Indicator"): ["glotip_indicators"],
    ("glotip", "Dimension"): ["glotip_dimension_confirmed", "glotip_dimensions_probable"],
    ("glotip", "Category"): ["glotip_form_of_exploitation_confirmed"],
    ("glotip", "Sex"): ["glotip_sex"],
    ("glotip", "Age"): ["glotip_age"],
    ("sdg-16-2-2", "SERIES"): ["sdg_16_2_2_series"],
    ("sdg-16-2-2", "SEX"): ["sdg_sex"],
    ("sdg-16-2-2", "AGE"): ["sdg_age_16_2_2"],
    ("eurostat", "eurostat_thb_breakdowns"): ["eurostat_thb_breakdowns"],
    ("eurostat", "eurostat_2011_indicator_list"): ["eurostat_2011_indicator_list"],
    ("iccs", "iccs_tip"): ["iccs_tip"],
    **{
        ("ilo", name): [name]
        for name in (
            "ilo_forced_labour_indicators_11", "ilo_delphi_dimensions", "ilo_delphi_labour_indicators",
            "ilo_icls20_forced_labour_categories", "ilo_gems2021_categories",
        )
    },
    ("ctdc-2024", "gender"): ["ctdc_synthetic_gender"],
    ("ctdc-2024", "traffickMonths"): ["ctdc_traffick_months"],
    ("ctdc-2024", "ageBroad"): ["ctdc_age_broad"],
    ("ctdc-2020", "gender"): ["ctdc_kanon_gender"],
}  # fmt: skip
"""Where all the codes of a field of theirs are known."""


def ids(entry):
    return entry if isinstance(entry, str) else f"{entry.field}-{entry.code}-{entry.their_field}-{entry.their_code}"


# ── what a row says ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", WALKS)
def test_every_row_says_exact_broader_narrower_or_none_and_what_is_lost(name):
    for row in WALKS[name].rows:
        assert row.match in ("exact", "broader", "narrower", "none"), row
        assert bool(row.lost) == (row.match != "exact" or row.written == "accepted"), row
        assert row.certainty in STANDARD.certainties and row.source in STANDARD.sources
        assert bool(row.field and row.their_field) == (row.match != "none"), row
    assert len(set(WALKS[name].rows)) == len(WALKS[name].rows)


@pytest.mark.parametrize("name", WALKS)
def test_a_row_speaks_of_a_field_and_a_code_that_there_are(name):
    for row in WALKS[name].rows:
        if row.field not in ("", "*"):
            field = STANDARD.field(row.field)
            assert row.code in KEPT or row.code in STANDARD.codes(field.list)


@pytest.mark.parametrize("name", WALKS)
def test_no_field_and_no_code_of_ours_is_passed_over(name):
    for field in STANDARD.fields.values():
        codes = {row.code for row in WALKS[name].rows if row.field == field.field}
        whole = "" in codes
        assert codes, field.field
        assert whole or not (set(STANDARD.codes(field.list).codes) - codes), field.field


@pytest.mark.parametrize("name", COLUMNS)
def test_no_field_of_theirs_is_passed_over(name):
    theirs = {row.their_field for row in WALKS[name].rows}
    assert set(find_outside_list(COLUMNS[name]).codes) - theirs == set()


@pytest.mark.parametrize(("name", "field"), LISTS)
def test_no_code_of_theirs_is_passed_over(name, field):
    theirs = {row.their_code for row in WALKS[name].rows if row.their_field == field}
    known = {code for listed in LISTS[name, field] for code in find_outside_list(listed).codes}
    assert {code for code in known - theirs if not WALKS[name].homeward(field, code)} == set()


def test_no_value_of_a_picklist_of_htcds_is_passed_over():
    theirs = {(row.their_field, row.their_code) for row in WALKS["htcds-2.0"].rows}
    for field in find_outside_list("htcds_v2_fields"):
        if "|" in field.more["allowed_values"] and field.more["status"] != "DEPRECATED":
            for value in field.more["allowed_values"].split("|"):
                assert (field.code, value) in theirs


def test_what_rests_on_a_recalled_list_is_marked_as_recalled():
    for name, row in ROWS:
        if row.their_field in find_outside_list_names() and row.match != "none":
            listed = find_outside_list(row.their_field)
            assert (row.certainty == "recalled") == (listed.certainty == "recalled"), (name, row)


def find_outside_list_names():
    return {field for _, field in LISTS if field.startswith(("iccs", "ilo", "eurostat"))}


# ── there and back ────────────────────────────────────────────────────────────────────────────────

PAIRS = [(name, row) for name, row in ROWS if row.code not in KEPT and row.match != "none"]
EXACT = [(name, row) for name, row in PAIRS if row.match == "exact" and row.written != "accepted"]


@pytest.mark.parametrize(("name", "row"), EXACT, ids=ids)
def test_an_exact_row_comes_back_as_it_went(name, row):
    there = WALKS[name].leave([(row.field, row.code)])
    assert (row.their_field, row.their_code) in there.said and there.lost == () and there.unmapped == ()
    back = WALKS[name].enter([(row.their_field, row.their_code)])
    assert {code for field, code in back.said if field == row.field} == {row.code}


def test_a_spelling_that_is_only_read_comes_in_and_never_goes_out():
    accepted = [(name, row) for name, row in PAIRS if row.written == "accepted"]
    assert accepted
    for name, row in accepted:
        assert (row.field, row.code) in WALKS[name].enter([(row.their_field, row.their_code)]).said
        assert (row.their_field, row.their_code) not in WALKS[name].leave([(row.field, row.code)]).said


@pytest.mark.parametrize("name", WALKS)
def test_what_goes_into_a_broader_value_does_not_come_back_and_the_row_names_what_it_is_lost_among(name):
    walk = WALKS[name]
    for row in (row for at, row in PAIRS if at == name and row.match == "broader"):
        there = walk.leave([(row.field, row.code)])
        assert (row.their_field, row.their_code) in there.said
        back = walk.enter([(row.their_field, row.their_code)])
        assert (row.field, row.code) not in back.said
        among = {
            other.code
            for other in walk.homeward(row.their_field, row.their_code)
            if other.field == row.field and other.match in ("exact", "broader") and other.code not in KEPT
        } - {row.code}
        named = row.lost.partition("Cannot be told from: ")[2].partition(".")[0]
        assert set(filter(None, named.split(", "))) == among, row


@pytest.mark.parametrize("name", WALKS)
def test_a_part_of_ours_comes_in_as_ours_or_closer_and_ours_does_not_go_out_as_one_of_its_parts(name):
    walk = WALKS[name]
    for row in (row for at, row in PAIRS if at == name and row.match == "narrower"):
        back = walk.enter([(row.their_field, row.their_code)])
        closer = {at.code for at in walk.homeward(row.their_field, row.their_code) if at.match == "exact"}
        assert (row.field, row.code) in back.said or {(row.field, code) for code in closer} & back.said
        assert (row.their_field, row.their_code) not in walk.leave([(row.field, row.code)]).said


@pytest.mark.parametrize("name", WALKS)
def test_what_has_no_counterpart_is_lost_and_said_to_be(name):
    for row in (row for row in WALKS[name].rows if row.match == "none"):
        if row.field not in ("", "*"):
            there = WALKS[name].leave([(row.field, row.code or "anything")])
            assert there.said == frozenset() and row in there.lost
        if row.their_field and row.their_field != "*":
            back = WALKS[name].enter([(row.their_field, row.their_code or "anything")])
            assert back.said == frozenset() and row in back.lost


RECORDS = st.sampled_from(sorted(WALKS)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.sets(st.sampled_from([(row.field, row.code) for at, row in PAIRS if at == name]), max_size=12),
    )
)


@given(RECORDS)
def test_a_record_comes_back_without_what_its_rows_lose_and_nothing_is_made_up(drawn):
    """Field by field: what one field says can bring in another, as a purpose brings in a form."""
    name, record = drawn
    exact = {(row.field, row.code) for at, row in EXACT if at == name}
    for field in {field for field, _ in record}:
        said = {pair for pair in record if pair[0] == field}
        there = WALKS[name].leave(said)
        back = {pair for pair in WALKS[name].enter(there.said).said if pair[0] == field}
        named = {(field, code) for row in there.lost for code in re.findall(r"[\w+-]+", row.lost)}
        assert said & exact <= back <= said | named
        assert {(row.field, row.code) for row in there.lost} == said - exact


@given(st.sampled_from(sorted(WALKS)), st.text(max_size=5), st.text(max_size=5))
def test_what_no_row_speaks_of_is_never_passed_over_in_silence(name, field, code):
    for passed in (WALKS[name].leave([(field, code)]), WALKS[name].enter([(field, code)])):
        assert passed.said or passed.lost or passed.unmapped == ((field, code),)


# ── whole fields ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["ctdc-2020", "ctdc-2021", "ctdc-2024", "htcds-2.0"])
@pytest.mark.parametrize("code", STANDARD.countries)
def test_every_country_comes_back_from_the_codes_that_a_standard_uses(name, code):
    walk = WALKS[name]
    (written,) = walk.leave([("citizenship", code)]).said
    row = walk.outward("citizenship", code)[0]
    counted = "SRB" if code == "XKX" and name in ("ctdc-2021", "ctdc-2024") else code
    assert STANDARD.code("citizenship", written[1]) == counted
    if row.match == "exact":
        assert ("citizenship", code) in walk.enter([written]).said


@pytest.mark.parametrize("code", STANDARD.countries)
def test_a_country_goes_to_the_sdg_database_as_a_number_without_zeros_and_comes_back(code):
    (written,) = WALKS["sdg-16-2-2"].leave([("country", code)]).said
    numeric = STANDARD.countries[code].numeric
    assert written == ("REF_AREA", str(int(numeric)) if numeric else code)
    assert ("country", code) in WALKS["sdg-16-2-2"].enter([written]).said


def test_what_is_no_code_stays_as_it_is():
    assert ("citizenship", "Q1") in WALKS["ctdc-2020"].enter([("citizenship", "Q1")]).said
    assert ("REF_AREA", "ZZZ") in WALKS["sdg-16-2-2"].leave([("country", "ZZZ")]).said
    assert ("prs_Citizenship", "ZZZ") in WALKS["htcds-2.0"].leave([("citizenship", "ZZZ")]).said
    assert ("primary_language", "zzz") in WALKS["htcds-2.0"].enter([("prs_PrimaryLanguage", "zzz")]).said


def test_a_crosswalk_that_is_not_there_is_told_with_those_there_are():
    with pytest.raises(UsageError, match=r"no crosswalk to 'ic-tip'.*ctdc-2020, .*, sdg-16-2-2"):
        load_crosswalk("ic-tip", STANDARD)


# ── against what others say ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["ctdc-2020", "ctdc-2021", "ctdc-2024"])
def test_the_ready_mapping_of_a_file_says_nothing_that_the_crosswalk_does_not(name):
    """Written apart, on the file itself: a flag gives a code that is, or can be, what the crosswalk brings in."""
    mapping = load_mapping(name, STANDARD)
    checked = Counter()
    for field, mapped in mapping.fields.items():
        for column, codes in mapped.flags.items():
            if not WALKS[name].homeward(column, "1"):  # a spelling that is only read, as the codebook's own misprint
                continue
            rows = [row for row in WALKS[name].homeward(column, "1") if row.field == field]
            certain = {code for at, code in WALKS[name].enter([(column, "1")]).said if at == field}
            assert set(codes) <= {row.code for row in rows}, column
            assert certain <= set(codes), column
            checked[field] += 1
    assert sum(checked.values()) >= (15 if name == "ctdc-2024" else 30)


@pytest.mark.parametrize("columns", ["ctdc_synthetic_v2024_columns", "ctdc_synthetic_2002_2024_columns"])
def test_the_mapping_of_2024_knows_every_column_of_both_releases(columns):
    """The columns are those of the codebook, and of the later file in which typeOf… is called sectorOf…."""
    assert set(find_outside_list(columns).codes) <= set(load_mapping("ctdc-2024", STANDARD).columns)


def test_the_forms_are_those_of_the_table_of_forms(shared):
    """Derived apart from ours: sdg_series, ctdc_column and the categories of ICCS for each of the four groups."""
    with (shared / "standards/crosswalk_exploitation_forms.csv").open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    for row in table:
        group = row["code"].lower().replace("_", "-")
        codes = {code.code for code in STANDARD.codes("form_of_exploitation") if code.parent == group}
        assert codes
        for name, field, theirs in (
            ("sdg-16-2-2", "SERIES", {row["sdg_series"]}),
            ("iccs", "iccs_tip", {row["iccs_reconstructed"]}),
            ("htcds-2.0", "vic_TypeOfExploitation", set(row["htcds_value"].split("|"))),
        ):
            said = {there for code in codes for there in WALKS[name].leave([("form_of_exploitation", code)]).said}
            found = {value for at, value in said if at == field}
            assert theirs <= found and (name == "htcds-2.0" or found == theirs), (group, name)
