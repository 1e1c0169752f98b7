"""Files in the Human Trafficking Case Data Standard 2.0: its field names, picklists and its own contradictions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from palermo.intake import examine, load_mapping
from palermo.standard import find_outside_list, load_crosswalk, load_standard
from palermo.tables import open_engine

STANDARD = load_standard()
FIELDS = list(find_outside_list("htcds_v2_fields").codes)
SURVEY = {"prs_First_Name", "prs_Second_Name", "vic_Methods_of_Control"}
VARIABLES = list(find_outside_list("htcds_methods_of_control_variables").codes)
READ = load_mapping("htcds", STANDARD)
IN_PICKLISTS = [
    (column, code, label)
    for column, name in {
        "org_Type": "htcds_organisation_type",
        "prs_Gender": "htcds_gender",
        "prs_MaritalStatus": "htcds_marital_status",
        "prs_HighestLevelOfEducation": "htcds_education_isced2011",
        "vic_TraffickingStatus": "htcds_trafficking_status",
        "vic_TraffickingStatusDecisionMakingOrg": "htcds_status_decision_org",
        "vic_RelationshipToTrafficker": "htcds_relationship_to_trafficker",
        "vic_MethodOfRecruitment": "htcds_method_of_recruitment",
        "vic_RecruitmentWebsitesAndApps": "htcds_websites_and_apps",
        "vic_ExploitationWebsitesAndApps": "htcds_websites_and_apps",
        "vic_MethodsOfControl": "htcds_methods_of_control",
        "vic_TypeOfExploitation": "htcds_type_of_exploitation",
        "vic_TypeOfSexExploitation": "htcds_type_of_sex_exploitation",
        "per_RoleInProcess": "htcds_perpetrator_role",
        "cas_Status": "htcds_case_status",
        "cas_ReasonForIncomingReferral": "htcds_referral_reason",
        "spl_Type": "htcds_support_plan_type",
    }.items()
    for code, label in ((entry.code, entry.label) for entry in find_outside_list(name))
] + [
    ("vic_ForcedLabourIndustry", value, entry.label)
    for entry in find_outside_list("isic_rev4_sections")
    for value in [entry.definition.removeprefix("HTCDS value ")]
]


@pytest.fixture(scope="module")
def engine():
    with open_engine() as opened:
        yield opened


@pytest.fixture
def taken_in(engine, tmp_path: Path):
    def take(rows: list[dict[str, str]], mapping: str = "htcds"):
        headings = [*FIELDS, *VARIABLES]
        with (tmp_path / "export.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headings, restval="")
            writer.writeheader()
            writer.writerows({"prs_Gender": "Feminine", **row} for row in rows)
        examined = examine(tmp_path / "export.csv", load_mapping(mapping, STANDARD), STANDARD, engine)
        return examined, engine.collect(examined.table).rows(named=True)

    return take


def test_each_of_the_84_fields_and_17_variables_is_known(taken_in):
    examined, _ = taken_in([{}])
    assert examined.columns_extra == ()
    assert set(examined.columns_missing) <= SURVEY


def test_every_value_of_every_picklist_is_read_by_its_code_and_by_its_label(taken_in):
    said = [{column: value} for column, code, label in IN_PICKLISTS for value in (code, label)]
    examined, rows = taken_in(said)
    assert examined.unmapped.rows() == []
    assert (examined.rows_accepted, examined.quarantine.height) == (len(said), 0)
    filled = [{field: row[field] for field in READ.fields if row[field] not in (None, [])} for row in rows]
    for number in range(0, len(filled), 2):
        assert filled[number] == filled[number + 1], said[number]


def test_the_picklist_of_16_and_the_17_variables_of_control_are_both_accepted(taken_in):
    picklist = list(find_outside_list("htcds_methods_of_control").codes)
    rows = [{"vic_MethodsOfControl": ";".join(picklist)}, dict.fromkeys(VARIABLES, "1")]
    examined, (values, flags) = taken_in(rows)
    assert (len(picklist), len(VARIABLES)) == (16, 17)
    assert examined.unmapped.is_empty() and "flag.unreadable" not in set(examined.summary["rule"])
    assert len(values["means_of_control"]) == 15  # two kinds of threats are one here
    assert set(flags["means_of_control"]) == {*values["means_of_control"], "restricts-movement", "uses-children"}


def test_the_survey_form_spells_a_field_otherwise(engine, tmp_path):
    (tmp_path / "survey.csv").write_text("prs_Gender,vic_Methods_of_Control\nFeminine,DebtBondage \n", "utf-8")
    examined = examine(tmp_path / "survey.csv", READ, STANDARD, engine)
    assert engine.collect(examined.table)["means_of_control"].to_list() == [["debt-bondage"]]


@pytest.mark.parametrize(("column", "code"), [(column, code) for column, code, _ in IN_PICKLISTS])
def test_what_is_read_is_what_the_crosswalk_says_it_can_be(column, code):
    """Written apart: where the crosswalk is certain, the mapping says so too."""
    walk = load_crosswalk("htcds-2.0", STANDARD)
    for name, mapped in READ.fields.items():
        if column in mapped.columns and name != "referral_direction":
            rows = [row for row in walk.homeward(column, code) if row.field == name]
            exact = {row.code for row in rows if row.match == "exact"}
            read = mapped.values.get(code.casefold())
            assert read in exact or not exact, (name, code)
            assert read in {row.code for row in rows} | {"other"}, (name, code)


@pytest.mark.parametrize("said", ["nl", "NLD", "dut", "Dutch"])
def test_a_language_has_two_letters_or_three_or_its_name(taken_in, said):
    _, (row,) = taken_in([{"prs_PrimaryLanguage": said}])
    assert row["primary_language"] == "nl"


def test_the_stage_of_an_event_says_of_what_its_country_speaks(taken_in):
    stages = ("Recruitment", "Transit", "Exploitation")
    _, rows = taken_in([{"hte_Type": stage, "hte_Country": "Niger"} for stage in stages])
    fields = ("country_of_recruitment", "country_of_transit", "country_of_exploitation")
    assert [[row[field] for field in fields] for row in rows] == [
        ["NER", None, None], [None, ["NER"], None], [None, None, "NER"],
    ]  # fmt: skip


def test_an_empty_box_is_no_refusal_of_consent(taken_in):
    _, rows = taken_in([{"con_Consent": said} for said in ("true", "1", "false", "0", "")])
    assert [row["consent"] for row in rows] == ["yes", "yes", "unknown", "unknown", None]


def test_a_number_of_children_is_not_an_age(taken_in):
    examined, rows = taken_in([{"prs_NumberOfChildren": said} for said in ("0", "12", "-1")])
    assert [row["n_children"] for row in rows] == [0, 12, None]
    assert dict(examined.summary.select("rule", "rows").rows())["number.unreadable"] == 1


def test_both_referrals_of_a_record_can_be_read_each_by_its_mapping(taken_in):
    row = {
        "cas_ReferringOrganisation": "A", "cas_IncomingReferralDate": "2026-01-05",
        "cas_ReasonForIncomingReferral": "Other",
        "cas_ReferredOrganisation": "B", "cas_OutgoingReferralDate": "2026-02-06",
        "cas_ReasonForOutgoingReferral": "MigrationOrChangeOfLocation",
    }  # fmt: skip
    referral = ("referral_direction", "referral_entity", "referral_reason")
    _, (came,) = taken_in([row])
    _, (went,) = taken_in([row], "htcds-outgoing")
    assert [came[field] for field in referral] == ["incoming", "A", "other"]
    assert [went[field] for field in referral] == ["outgoing", "B", "change-of-place"]
    assert (str(came["referred_on"]), str(went["referred_on"])) == ("2026-01-05", "2026-02-06")


def test_what_may_name_a_person_is_not_read(taken_in):
    secret = {name: "SECRETNAME42" for name in FIELDS if name.startswith("prs_") and name != "prs_Gender"}
    free = ("per_RoleDetails", "cco_CaseComment", "hte_Description", "spl_Objectives", "vic_DetailsOfVulnerabilities")
    _, (row,) = taken_in([secret | dict.fromkeys(free, "SECRETNAME42")])
    assert "SECRETNAME42" not in str(row)


def test_what_the_profile_has_no_field_for_is_named_so_in_the_mapping_and_in_the_crosswalk():
    """Of each of the 84 fields: it is read, or it identifies a person, or both say that it has no counterpart."""
    rows = load_crosswalk("htcds-2.0", STANDARD).rows
    placed = {row.their_field for row in rows if row.match != "none"}
    told = {row.their_field for row in rows if row.match == "none" and row.their_field and row.lost}
    named = {identity.column for identity in READ.identity.values()}
    read = {column for mapped in READ.fields.values() for column in (*mapped.columns, *mapped.flags)}
    read |= {mapped.when[0] for mapped in READ.fields.values() if mapped.when}
    outgoing = load_mapping("htcds-outgoing", STANDARD)
    read |= {column for mapped in outgoing.fields.values() for column in mapped.columns}
    assert set(FIELDS) - read - named == set(READ.ignore) & set(FIELDS) - read
    assert {field for field in FIELDS if field not in read} <= told
    assert placed & set(FIELDS) <= read
