"""The traps of the field's standards, one test each: what they do, and what we make of it.

The sections are those of the notes on the standards: HTCDS (2), CTDC (3), GLOTIP and Eurostat (4), SDG (5), ILO (6),
other exchange (7), and where they break against each other (8).
"""

from __future__ import annotations

import re

import pytest

from palermo.intake import examine, load_mapping
from palermo.standard import (
    chain,
    country_names,
    find_outside_list,
    load_crosswalk,
    load_standard,
    missing_elements,
    outside_lists,
    table_shapes,
)
from palermo.tables import NOTHING, open_engine

STANDARD = load_standard()


def walk(name):
    return load_crosswalk(name, STANDARD)


@pytest.fixture(scope="module")
def engine():
    with open_engine() as opened:
        yield opened


@pytest.fixture
def read(engine, tmp_path):
    """Put a file through intake with a ready mapping."""

    def taken(mapping, text):
        (tmp_path / "file.csv").write_text(text, "utf-8")
        examined = examine(tmp_path / "file.csv", load_mapping(mapping, STANDARD), STANDARD, engine)
        return engine.collect(examined.table).rows(named=True)

    return taken


# ── 2 HTCDS ───────────────────────────────────────────────────────────────────────────────────────


def test_htcds_has_84_fields_of_which_40_are_core_and_3_are_deprecated():
    fields = find_outside_list("htcds_v2_fields")
    assert len(fields) == 84
    assert sum(field.more["obligation"] == "core" for field in fields) == 40
    assert sum(field.more["status"] == "DEPRECATED" for field in fields) == 3
    assert {field.more["status"] for field in fields} == {"DRAFT", "DEPRECATED"}


@pytest.mark.parametrize("ours", ["record_id", "person_number", "registered_on", "country_of_exploitation"])
def test_what_htcds_has_no_field_for_we_bring(ours):
    """Trap 1: no case id, person id, registration date or country of exploitation."""
    assert STANDARD.field(ours)
    (row,) = walk("htcds-2.0").outward(ours, "anything")
    assert row.match == "none"


def test_the_16_values_and_the_17_variables_of_control_are_both_read():
    """Trap 2: the picklist lacks restricted movement and the use of children, and splits threats."""
    picklist, variables = (
        find_outside_list(name) for name in ("htcds_methods_of_control", "htcds_methods_of_control_variables")
    )
    assert (len(picklist), len(variables)) == (16, 17)
    htcds = walk("htcds-2.0")
    from_picklist = {htcds.enter([("vic_MethodsOfControl", value)]).said for value in picklist.codes}
    from_variables = {code for name in variables.codes for code in htcds.enter([(name, "1")]).said}
    ours = {("means_of_control", code) for code in STANDARD.codes("means_of_control").codes}
    assert len(from_variables) == 17 and from_variables <= ours
    assert {("means_of_control", code) for code in ("restricts-movement", "uses-children")} <= from_variables
    certain = {pair for said in from_picklist for pair in said}
    assert from_variables - certain == {
        ("means_of_control", code) for code in ("restricts-movement", "uses-children", "other")
    }


@pytest.mark.parametrize("said", ["Unaquainted", "Unacquainted"])
def test_the_misspelt_stranger_is_read_and_written_as_htcds_spells_it(said):
    """Trap 3."""
    htcds = walk("htcds-2.0")
    assert htcds.enter([("vic_RelationshipToTrafficker", said)]).said == {("relation_to_perpetrator", "stranger")}
    assert htcds.leave([("relation_to_perpetrator", "stranger")]).said == {
        ("vic_RelationshipToTrafficker", "Unaquainted")
    }


def test_not_specified_and_unknown_are_one_value_of_htcds_and_so_neither_is_taken_for_certain():
    """Trap 3."""
    (row,) = walk("htcds-2.0").homeward("prs_Gender", "NonSpecifiedUnknown")
    assert (row.code, row.match) == ("unknown", "broader")
    assert find_outside_list("htcds_gender").codes["NonSpecifiedUnknown"].label == "Not Specified/Unknown"


@pytest.mark.parametrize("said", ["nl", "nld", "dut", "NLD"])
def test_a_language_of_htcds_has_two_letters_or_three(said):
    """Trap 4."""
    assert walk("htcds-2.0").enter([("prs_PrimaryLanguage", said)]).said == {("primary_language", "nl")}


@pytest.mark.parametrize("said", ["DebtBondage ", " DebtBondage"])
def test_a_space_around_a_value_of_the_survey_form_does_no_harm(read, engine, tmp_path, said):
    """Trap 5: the value ``DebtBondage`` of the survey form ends in a space."""
    (tmp_path / "own.toml").write_text(
        'name="a"\ntitle="A"\nshape="records"\nunit="record"\n[fields.means_of_control]\n'
        'column="vic_Methods_of_Control"\nvalues={"DebtBondage"="debt-bondage"}\n',
        "utf-8",
    )
    assert read(str(tmp_path / "own.toml"), f"vic_Methods_of_Control\n{said}\nx\n")[0]["means_of_control"] == [
        "debt-bondage"
    ]


@pytest.mark.parametrize("name", ["htcds-2.0", "ctdc-2020", "ctdc-2021", "ctdc-2024", "ctdc-2002-2024"])
def test_sex_is_never_made_from_gender(name):
    """Trap 6, and section 8."""
    assert {row.match for row in walk(name).rows if row.field == "sex"} == {"none"}
    assert STANDARD.field("sex") != STANDARD.field("gender")


@pytest.mark.parametrize("name", ["glotip", "sdg-16-2-2"])
def test_gender_is_never_made_from_sex(name):
    assert {row.match for row in walk(name).rows if row.field == "gender"} == {"none"}


def test_the_family_migrant_has_no_borrowed_definition():
    """Trap 7: the guidance repeats the text of the visitor."""
    assert "mistake" in STANDARD.codes("migration_status").codes["family"].definition
    assert "copy error" in find_outside_list("htcds_migration_protection_status").codes["FamilyMigrant"].definition


def test_several_industries_in_a_cell_are_read(read):
    """2.5: the survey form lets one choose several, the list of fields does not."""
    (row,) = read(
        "htcds", "prs_Gender,vic_ForcedLabourIndustry\nFeminine,F_Construction;A_AgricultureForestryAndFishing\n"
    )
    assert row["industry"] == ["a", "f"]


def test_the_first_letter_of_an_industry_is_its_section():
    """Trap 8."""
    for row in walk("htcds-2.0").rows:
        if row.their_field == "vic_ForcedLabourIndustry" and row.field == "industry":
            assert (row.code, row.match) == (row.their_code[0].lower(), "exact")
            assert row.their_code[0] in find_outside_list("isic_rev4_sections")


def test_a_field_without_label_type_or_meaning_is_given_none():
    """Trap 9."""
    (row,) = walk("htcds-2.0").homeward("per_Organisation", "anything")
    assert row.match == "none" and "no label, type or meaning" in row.lost


# ── 3 CTDC ────────────────────────────────────────────────────────────────────────────────────────

CTDC_2020 = "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,meansOfControlThreats\n"
CTDC_2021 = "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,"


def test_the_first_heading_of_2020_is_a_sentence_and_no_column():
    assert "By using this data" not in " ".join(row.their_field for row in walk("ctdc-2020").rows)
    assert any("terms-use" in column for column in load_mapping("ctdc-2020", STANDARD).ignore)
    assert len(find_outside_list("ctdc_global_kanon_2020_columns")) == 63


def test_older_releases_have_a_number_of_the_case_and_the_same_body(read):
    """3.1: in the first column, where the later file has its sentence."""
    header = "case_id,yearOfRegistration,gender,citizenship,CountryOfExploitation\n"
    (row,) = read("ctdc-2020", header + "17,2016,Female,PH,00\n")
    assert (row["year"], row["gender"], row["citizenship"]) == (2016, "female", "PHL")
    assert row["country_of_exploitation"] == "unknown"


def test_na_is_namibia_and_not_nothing(read):
    (row,) = read("ctdc-2020", CTDC_2020 + "2018,Female,18--20,NA,NA,1\n")
    assert (row["citizenship"], row["country_of_exploitation"]) == ("NAM", "NAM")
    assert walk("ctdc-2020").enter([("citizenship", "NA")]).said == {("citizenship", "NAM")}
    assert walk("ctdc-2020").leave([("citizenship", "NAM")]).said == {("citizenship", "NA")}


def test_missing_withheld_unknown_and_no_are_four_things_in_2020(read):
    rows = read(
        "ctdc-2020",
        CTDC_2020 + "2018,Female,-99,-99,0,-99\n2018,Unknown,-99,00,IT,0\n2018,-99,-99,PH,IT,1\n",
    )
    assert [row["citizenship"] for row in rows] == [None, "unknown", "PHL"]
    assert [row["country_of_exploitation"] for row in rows] == ["withheld", "ITA", "ITA"]
    assert [row["gender"] for row in rows] == ["female", "unknown", None]
    ctdc = walk("ctdc-2020")
    assert ctdc.enter([("citizenship", "-99")]).said == {("citizenship", "empty")}
    assert ctdc.enter([("citizenship", "0")]).said == {("citizenship", "withheld")}
    assert ctdc.enter([("citizenship", "00")]).said == {("citizenship", "unknown")}
    assert ctdc.leave([("citizenship", "empty")]).said == {("citizenship", "-99")}


def test_nothing_goes_into_the_synthetic_file_as_an_empty_cell_and_the_reason_is_lost():
    passed = walk("ctdc-2021").leave([("citizenship", "withheld")])
    assert passed.said == {("citizenship", "empty")}
    assert [row.match for row in passed.lost] == ["broader"]


@pytest.mark.parametrize(
    ("name", "other"), [("ctdc-2021", "09--17"), ("ctdc-2024", "09--17"), ("ctdc-2002-2024", "9--17")]
)
def test_the_band_before_eighteen_is_spelt_in_two_ways(name, other):
    spelt = walk(name).leave([("age_band", "09-17")]).said
    assert len(spelt) == 1 and ("ageBroad", other) not in spelt
    for band in ("9--17", "09--17"):
        assert walk(name).enter([("ageBroad", band)]).said == {("age_band", "09-17")}


def test_the_bands_of_ctdc_part_at_eighteen_so_that_they_fold_into_child_and_adult():
    for band in find_outside_list("ctdc_age_broad"):
        ((_, code),) = walk("ctdc-2024").enter([("ageBroad", band.code)]).said
        child = STANDARD.codes("age_band").codes[code].parent == "child"
        assert child == (band.more["minor"] == "YES") == (int(band.more["min_age"]) < 18)


def test_the_words_for_gender_changed_between_releases():
    assert walk("ctdc-2021").leave([("gender", "female")]).said == {("gender", "Female")}
    assert walk("ctdc-2024").leave([("gender", "female")]).said == {("gender", "Woman")}


def test_four_durations_of_2021_are_three_in_2024():
    matches = {
        (at.first.their_code, at.second.their_code): at.match
        for at in chain(walk("ctdc-2021"), walk("ctdc-2024"))
        if at.first.field == "duration_band"
    }
    assert matches["25--60 (2-5 yrs)", "25+ (2+ yrs)"] == matches["61+ (5+ yrs)", "25+ (2+ yrs)"] == "broader"
    assert matches["0--12 (0-1 yr)", "0--12 (0-1 yr)"] == "exact"


def test_countries_have_two_letters_in_2020_and_three_later():
    assert walk("ctdc-2020").leave([("citizenship", "PHL")]).said == {("citizenship", "PH")}
    assert walk("ctdc-2024").leave([("citizenship", "PHL")]).said == {("citizenship", "PHL")}


@pytest.mark.parametrize("name", ["ctdc-2021", "ctdc-2024", "ctdc-2002-2024"])
def test_ctdc_counts_kosovo_with_serbia_and_tibet_has_no_code_of_its_own(name):
    """3.2: as the UN does; who leaves the profile loses the difference, and is told."""
    there = walk(name).leave([("citizenship", "XKX")])
    assert there.said == {("citizenship", "SRB")} and "Cannot be told from: SRB" in there.lost[0].lost
    assert walk(name).enter([("citizenship", "SRB")]).said == {("citizenship", "SRB")}
    assert not [code for code, country in STANDARD.countries.items() if "Tibet" in country.label]


def test_the_country_of_exploitation_of_ctdc_is_a_stand_in_and_says_so():
    assert "proxy" in STANDARD.field("country_of_exploitation").definition
    rows = walk("ctdc-2024").outward("country_of_detection", "ITA")
    assert [row.match for row in rows] == ["broader"]


def test_the_age_of_ctdc_is_that_at_registration():
    assert STANDARD.field("age_band").of == "registration"
    for name in ("age_at_trafficking", "age_at_detection"):
        assert {row.match for row in walk("ctdc-2024").rows if row.field == name} == {"none"}


def test_an_empty_flag_is_not_a_no(read):
    header = CTDC_2021 + "isForcedLabour,isSexualExploit,isOtherExploit\n"
    one, none = read("ctdc-2021", header + "2018,Female,18--20,PHL,ITA,1,,\n2018,Female,18--20,PHL,ITA,,,\n")
    assert one["form_of_exploitation"] == ["forced-labour"]
    assert none["form_of_exploitation"] is None


def test_a_share_is_of_those_with_a_one_in_the_group(read):
    """The codebook's own test: labour only, sexual only, other only, none, labour and sexual: 50, 50 and 25 percent."""
    header = CTDC_2021 + "isForcedLabour,isSexualExploit,isOtherExploit\n"
    flags = ["1,,", ",1,", ",,1", ",,", "1,1,"]
    rows = read("ctdc-2021", header + "".join(f"2018,Female,18--20,PHL,ITA,{said}\n" for said in flags))
    forms = [set(row["form_of_exploitation"]) for row in rows if row["form_of_exploitation"]]
    shares = [100 * sum(code in form for form in forms) // len(forms) for code in ("forced-labour", "sexual", "other")]
    assert shares == [50, 50, 25]


def test_sectors_are_named_otherwise_in_the_last_release_and_mean_the_same():
    """3.2: typeOf… was renamed sectorOf…."""
    was = walk("ctdc-2024").enter([("typeOfLabourConstruction", "1"), ("typeOfSexProstitution", "1")]).said
    assert was
    assert (
        walk("ctdc-2002-2024").enter([("sectorOfLabourConstruction", "1"), ("sectorOfSexProstitution", "1")]).said
        == was
    )


def test_the_misprinted_name_of_the_codebook_is_not_a_column():
    fields = {row.their_field for row in walk("ctdc-2024").rows}
    assert "meansWithholdDocs" in fields and "meansWithholdDocuments" not in fields


def test_a_name_cut_at_32_characters_is_known_by_what_is_left_of_it():
    whole = walk("ctdc-2020").enter([("meansOfControlThreatOfLawEnforcement", "1")]).said
    assert walk("ctdc-2020").enter([("meansOfControlThreatOfLawEnforce", "1")]).said == whole
    assert walk("ctdc-2021").enter([("meansOfControlThreatOfLawEnforcement", "1")]).said == whole
    assert whole == {("means_of_control", "threat-of-law-enforcement")}


def test_agriculture_in_ctdc_is_one_division_of_a_section():
    (row,) = walk("htcds-2.0").outward("labour_sector", "agriculture")
    assert row.match == "broader" and "fishing" in row.lost


def test_a_link_of_victim_and_perpetrator_is_no_person():
    """3.3: a row of the victim-perpetrator file is a link; the role belongs to the event, the relation to the link."""
    assert STANDARD.field("relation_to_perpetrator").unit == "victim_perpetrator"
    assert STANDARD.links["victim_perpetrator"].kind == "many-to-many"
    assert "not a count of persons" in STANDARD.links["victim_perpetrator"].definition
    assert len(find_outside_list("ctdc_victim_perpetrator_columns")) == 16


def test_a_flag_of_the_two_forms_together_is_both_forms():
    assert walk("ctdc-2020").enter([("isSexAndLabour", "1")]).said == {
        ("form_of_exploitation", "sexual"), ("form_of_exploitation", "forced-labour"),
    }  # fmt: skip


# ── 4 GLOTIP and Eurostat ─────────────────────────────────────────────────────────────────────────

GLOTIP = (
    "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source\n"
)


def _cell(value, *, dimension="Total", category="Total"):
    return (
        f"ITA,Italy,Europe,Southern Europe,Detected trafficking victims,{dimension},{category},Total,Total,2018,"
        f'Counts,"{value}",UNODC\n'
    )


def test_a_small_count_is_the_interval_it_says_and_no_number(read, engine, tmp_path):
    (row,) = read("glotip", GLOTIP + _cell("<5"))
    assert (row["value"], row["value_high"]) == (1, 4)


@pytest.mark.parametrize("said", ["Female", "FEMALE", "female", " Female "])
def test_capital_letters_of_a_sex_vary(read, said):
    (row,) = read("glotip", GLOTIP + _cell("10").replace("Total,Total,2018", f"{said},Total,2018"))
    assert row["sex"] == "female"


def test_a_comma_parts_thousands(read):
    (row,) = read("glotip", GLOTIP + _cell("1,283"))
    assert row["value"] == 1283


def test_the_same_people_stand_under_several_dimensions_and_a_figure_says_under_which(read):
    rows = read("glotip", GLOTIP + _cell("10") + _cell("10", dimension="by citizenship", category="Italy"))
    assert {row["dimension"] for row in rows} == {"total", "citizenship"}
    assert STANDARD.codes("dimension").codes["total"].definition == "No breakdown"


@pytest.mark.parametrize("part", ["England and Wales", "Scotland", "Northern Ireland"])
def test_the_three_parts_of_the_united_kingdom_are_that_state(part):
    """4.1: in crime files of UNODC it may come as three jurisdictions."""
    names = country_names(STANDARD.countries, ("en",))
    assert names.code(f"United Kingdom ({part})") == names.code(part) == "GBR"


def test_detected_is_identified_and_presumed_and_is_not_parted_again():
    glotip = walk("glotip")
    passed = glotip.leave([("status", "presumed")])
    assert passed.said == {("Indicator", "Detected trafficking victims")}
    assert "identified" in passed.lost[0].lost
    assert ("status", "detected") in glotip.enter(passed.said).said
    assert ("status", "presumed") not in glotip.enter(passed.said).said


def test_the_total_of_a_sex_or_an_age_is_a_margin_and_no_code():
    assert walk("glotip").enter([("Sex", "Total")]).said == {("sex", "total")}
    assert "total" not in STANDARD.codes("sex") and "total" not in STANDARD.codes("age_group")


def test_a_dimension_that_was_only_named_by_one_reader_is_marked_as_recalled():
    (row,) = walk("glotip").homeward("Dimension", "by age group")
    assert (row.match, row.certainty) == ("none", "recalled")


def test_eurostat_tells_three_groups_of_citizenship_apart_and_no_country():
    rows = walk("eurostat").outward("citizenship", "PHL")
    assert {row.their_code for row in rows} == {"CITIZEN_NAT", "CITIZEN_EU_OTHER", "CITIZEN_NON_EU"}
    assert {row.match for row in rows} == {"broader"}


@pytest.mark.parametrize("field", ["reflection_period", "residence_permit", "assistance_type"])
def test_assistance_reflection_and_permit_are_asked_by_eurostat_and_not_by_glotip(field):
    assert {row.match for row in walk("eurostat").rows if row.field == field} == {"broader"}
    assert {row.match for row in walk("glotip").rows if row.field == field} == {"none"}


# ── 5 SDG ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_is_in_the_series_and_not_in_a_dimension():
    rows = [row for row in walk("sdg-16-2-2").rows if row.field == "form_of_exploitation"]
    assert {row.their_field for row in rows} == {"SERIES"}
    assert "FORM" not in {code.code for code in find_outside_list("sdg_dsd_dimensions")}


def test_the_key_has_fifteen_positions_in_order():
    positions = [int(code.more["key_position"]) for code in find_outside_list("sdg_dsd_dimensions")]
    assert positions == list(range(1, 16))


@pytest.mark.parametrize(("field", "code", "written", "api"), [
    ("sex", "male", "M", "MALE"), ("sex", "female", "F", "FEMALE"), ("sex", "total", "_T", "BOTHSEX"),
    ("age_group", "child", "Y0T17", "<18Y"), ("age_group", "adult", "Y_GE18", "18+"),
    ("age_group", "total", "_T", "ALLAGE"),
])  # fmt: skip
def test_the_interface_spells_what_the_exchange_format_writes(field, code, written, api):
    sdg, position = walk("sdg-16-2-2"), {"sex": "SEX", "age_group": "AGE"}[field]
    assert sdg.leave([(field, code)]).said == {(position, written)}
    assert (field, code) in sdg.enter([(position, api)]).said


def test_an_area_is_a_number_without_zeros():
    assert walk("sdg-16-2-2").leave([("country", "ALB")]).said == {("REF_AREA", "8")}
    assert walk("sdg-16-2-2").enter([("REF_AREA", "8")]).said == {("country", "ALB")}


def test_a_rate_is_no_count():
    rates = [code for code in find_outside_list("sdg_16_2_2_series").codes if code.endswith("R")]
    assert len(rates) == 5
    for series in rates:
        assert walk("sdg-16-2-2").enter([("SERIES", series)]).said == frozenset()


def test_codes_for_the_nature_of_a_figure_are_recalled_and_say_so():
    assert outside_lists()["sdg_nature_codes"].certainty == "recalled"


# ── 6 ILO ─────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_67_indicators_for_adults_and_65_for_children_in_six_dimensions():
    graded = list(find_outside_list("ilo_delphi_labour_indicators"))
    for who, count in (("adult_labour", 67), ("child_labour", 65)):
        assert sum(code.more[who] in ("S", "M", "W") for code in graded) == count
    sizes = {code.code: int(code.more["n_adult_labour"]) for code in find_outside_list("ilo_delphi_dimensions")}
    assert sizes == {"D1": 10, "D2": 10, "D3": 16, "D4": 9, "D5": 15, "D6": 7}


def test_the_set_for_children_has_no_weak_grade():
    assert "W" not in {code.more["child_labour"] for code in find_outside_list("ilo_delphi_labour_indicators")}


def test_a_grade_depends_on_the_phase():
    """Debt bondage and documents: medium at recruitment, strong at destination, for adults."""
    grades = {
        (code.more["dimension"], code.label): code.more["adult_labour"]
        for code in find_outside_list("ilo_delphi_labour_indicators")
    }
    for label in ("Confiscation of documents", "Debt bondage"):
        assert (grades["D2", label], grades["D5", label]) == ("M", "S")


def test_a_child_needs_no_means_and_a_person_of_unknown_age_is_not_taken_for_a_child():
    said = {"act": ["receipt"], "means": [], "purpose": ["servitude"]}
    assert missing_elements(**said, child=True) == ()
    assert missing_elements(**said, child=False) == ("means",)


def test_an_estimate_is_never_a_count_of_detected_victims():
    rows = [row for row in walk("ilo").rows if row.their_field == "ilo_gems2021_categories" and row.match == "narrower"]
    assert rows and all("never a count" in row.lost for row in rows)


# ── 7 other exchange ──────────────────────────────────────────────────────────────────────────────


def test_a_service_directory_asks_for_an_address_that_a_shelter_must_not_give():
    """The trap is kept in sight: HSDS requires it, and the standard has no field for an address."""
    hsds = find_outside_list("hsds_v3_fields").codes
    assert hsds["address.address_1"].more["obligation"] == "required"
    assert not [name for name in STANDARD.fields if "address" in name]


def test_no_sector_of_aid_is_only_for_trafficking():
    named = [c.code for c in find_outside_list("iati_sector_trafficking_relevant") if "trafficking" in c.definition]
    assert {"15160", "15180", "15190"} <= set(named)
    assert "9" in find_outside_list("iati_sector_vocabulary")


def test_there_are_eleven_signs_of_forced_labour_and_none_has_a_weight():
    """6.2: no official weights."""
    signs = list(find_outside_list("ilo_forced_labour_indicators_11"))
    assert len(signs) == 11 and not {"weight", "grade"} & {key for sign in signs for key in sign.more}


def test_a_theme_of_uhri_is_there_once():
    """7.6: the seed used G5 twice, for refugees and for displaced persons."""
    themes = [theme.code for theme in find_outside_list("uhri_themes_legacy")]
    assert len(themes) == len(set(themes)) == 38


def test_the_crime_type_in_an_address_of_sherloc_is_not_that_of_the_case():
    assert len(find_outside_list("sherloc_crime_type_path")) > 1


def test_a_heading_of_uhri_is_spelt_as_the_export_spells_it():
    assert "Reccomending Body" in find_outside_list("uhri_export_columns")


# ── 8 where they break against each other ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["slavery-or-similar", "servitude"])
def test_slavery_and_servitude_are_with_forced_labour_in_the_sdg(code):
    assert walk("sdg-16-2-2").leave([("form_of_exploitation", code)]).said == {("SERIES", "VC_HTF_DETVFL")}


def test_servitude_is_a_value_of_htcds_and_slavery_a_flag_of_2020_only():
    form = "form_of_exploitation"
    assert walk("htcds-2.0").leave([(form, "servitude")]).lost == ()
    assert walk("htcds-2.0").leave([(form, "slavery-or-similar")]).lost != ()
    assert walk("ctdc-2020").leave([(form, "slavery-or-similar")]).lost == ()
    assert walk("ctdc-2024").leave([(form, "slavery-or-similar")]).lost != ()


def test_child_labour_is_a_value_of_htcds_and_of_nobody_else():
    exact = {
        name
        for name in (
            "htcds-2.0",
            "ctdc-2020",
            "ctdc-2021",
            "ctdc-2024",
            "glotip",
            "eurostat",
            "sdg-16-2-2",
            "iccs",
            "ilo",
        )
        for row in walk(name).outward("form_of_exploitation", "child-labour")
        if row.match == "exact"
    }
    assert exact == {"htcds-2.0"}


def test_begging_is_a_form_in_htcds_a_kind_of_labour_in_2020_and_gone_in_2024():
    assert walk("htcds-2.0").leave([("form_of_exploitation", "forced-begging")]).lost == ()
    assert walk("ctdc-2020").leave([("labour_sector", "begging")]).said == {("typeOfLabourBegging", "1")}
    assert walk("ctdc-2024").leave([("labour_sector", "begging")]).said == frozenset()


def test_forced_criminality_is_missing_in_htcds():
    (row,) = walk("htcds-2.0").outward("form_of_exploitation", "forced-criminality")
    assert row.match == "broader" and "no value for forced criminality" in row.lost


def test_an_age_says_of_what():
    ages = {name: field.of for name, field in STANDARD.fields.items() if re.match(r"age(_|$)", name)}
    assert set(ages.values()) == {"registration", "trafficking", "exploitation", "detection"}
    assert all(ages.values())


def test_a_country_says_of_what_and_no_two_say_the_same():
    countries = [field for field in STANDARD.fields.values() if field.list == "country" and field.unit != "perpetrator"]
    assert len({field.of for field in countries}) == len(countries) >= 8
    assert {"citizenship", "detection", "exploitation", "repatriation", "transit"} <= {field.of for field in countries}


def test_persons_cases_offences_and_links_are_counted_apart():
    assert {code.parent for code in STANDARD.codes("indicator")} >= {"person", "offence"}
    assert {shape.name for shape in table_shapes(STANDARD)} >= {"event", "victim", "perpetrator", "victim_perpetrator"}


def test_zero_empty_small_missing_unknown_and_not_applicable_are_six_things(read):
    rows = read("glotip", GLOTIP + _cell("0") + _cell("<5", dimension="by citizenship", category="Italy"))
    assert {(row["value"], row["value_high"]) for row in rows} == {(0, 0), (1, 4)}
    assert len(set(NOTHING)) == 4 and {"unknown", "not-applicable", "withheld"} < set(NOTHING)


def test_the_smallest_common_cut_can_be_said_in_every_standard_of_figures():
    """Sex, age and form: SDG, GLOTIP and ICCS all have a place for the forms of each of the four groups."""
    for name in ("sdg-16-2-2", "glotip", "iccs"):
        for code in STANDARD.codes("form_of_exploitation"):
            assert walk(name).leave([("form_of_exploitation", code.code)]).said, (name, code.code)


def test_nothing_recalled_is_shown_without_its_mark():
    for listed in outside_lists().values():
        source = STANDARD.sources[listed.source]
        if listed.certainty == "recalled" and listed.source not in ("glotip-2023", "sdg", "untoc-review"):
            assert "general knowledge" in source
