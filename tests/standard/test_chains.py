"""From one standard to another by way of the profile, against crosswalks that others have made."""

from __future__ import annotations

import csv

import pytest

from palermo.standard import chain, crosswalks, load_crosswalk, load_standard, stranded

STANDARD = load_standard()


def walk(name):
    return load_crosswalk(name, STANDARD)


def between(first, second):
    """Give the match for each two values that meet: their field and code, and the other's."""
    return {
        (at.first.their_field, at.first.their_code, at.second.their_field, at.second.their_code): at
        for at in chain(walk(first), walk(second))
    }


def test_means_of_2021_become_those_of_2024_as_the_codebook_of_ctdc_says(shared):
    """Appendix II of the CTDC Global Synthetic Data Codebook v2 (2024): renamed, merged or dropped."""
    found = between("ctdc-2020", "ctdc-2024")
    with (shared / "standards/ctdc_means_crosswalk_2021_2024.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["code"].startswith("meansOfControl")]
    assert len(rows) == 17
    for row in rows:
        if row["label"]:
            at = found[row["code"], "1", row["label"], "1"]
            assert at.match == {"renamed": "exact", "merged": "broader"}[row["definition"]]
            assert bool(at.lost) == (at.match != "exact")
        else:
            assert not [ends for ends in found if ends[0] == row["code"]]


@pytest.mark.parametrize(
    ("ctdc", "htcds", "match"),
    [
        (("gender", "Woman"), ("prs_Gender", "Feminine"), "exact"),
        (("gender", "Man"), ("prs_Gender", "Masculine"), "exact"),
        (("gender", "Trans/Transgender/NonConforming"), ("prs_Gender", "NonConforming"), "narrower"),
        (("meansDebtBondageEarnings", "1"), ("vic_MethodsOfControl", "DebtBondage"), "narrower"),
        (("meansThreats", "1"), ("vic_MethodsOfControl", "ThreatsLawEnforcement"), "narrower"),
        (("meansThreats", "1"), ("vic_MethodsOfControl", "PhysicalThreats"), "narrower"),
        (("meansAbusePsyPhySex", "1"), ("vic_MethodsOfControl", "SexualAbuse"), "narrower"),
        (("meansFalsePromises", "1"), ("vic_MethodsOfControl", "FalsePromises"), "exact"),
        (("meansDrugsAlcohol", "1"), ("vic_MethodsOfControl", "PsychoactiveSubstance"), "exact"),
        (("meansDenyBasicNeeds", "1"), ("vic_MethodsOfControl", "WithholdsNecessities"), "narrower"),
        (("meansDenyBasicNeeds", "1"), ("vic_MethodsOfControl", "Other"), "none"),
        (("meansExcessiveWorkHours", "1"), ("vic_MethodsOfControl", "ExcessiveWorkingHours"), "exact"),
        (("meansWithholdDocs", "1"), ("vic_MethodsOfControl", "WithholdsDocuments"), "exact"),
        (("isSexualExploit", "1"), ("vic_TypeOfExploitation", "SexualExploitation"), "exact"),
        (("typeOfLabourAgriculture", "1"), ("vic_ForcedLabourIndustry", "A_AgricultureForestryAndFishing"), "broader"),
        (("typeOfLabourConstruction", "1"), ("vic_ForcedLabourIndustry", "F_Construction"), "exact"),
        (("typeOfSexProstitution", "1"), ("vic_TypeOfSexExploitation", "Prostitution"), "exact"),
        (("citizenship", ""), ("prs_Citizenship", ""), "broader"),
    ],
)
def test_ctdc_of_2024_becomes_htcds_as_a_mapper_of_others_has_it(ctdc, htcds, match):
    """The crosswalk that was read agrees with a public CTDC-to-HTCDS mapper; a one-to-many row is narrower here."""
    assert between("ctdc-2024", "htcds-2.0")[(*ctdc, *htcds)].match == match


@pytest.mark.parametrize(
    "ours", [("yearOfRegistration", ""), ("ageBroad", "9--17"), ("traffickMonths", "25+ (2+ yrs)")]
)
def test_what_htcds_does_not_ask_arrives_nowhere(ours):
    assert not [ends for ends in between("ctdc-2024", "htcds-2.0") if ends[:2] == ours]


def test_values_that_overlap_are_said_to_and_neither_follows_from_the_other():
    at = between("ctdc-2024", "htcds-2.0")["isOtherExploit", "1", "vic_TypeOfExploitation", "Other"]
    assert at.match == "none" and at.lost.startswith("They overlap")


def test_a_standard_becomes_itself():
    for ends, at in between("ctdc-2024", "ctdc-2024").items():
        assert at.match == "exact" or ends[:2] != ends[2:] or not ends[1], at


def test_the_way_back_is_the_way_there_turned_round():
    turned = {"exact": "exact", "broader": "narrower", "narrower": "broader", "none": "none"}
    there, back = between("ctdc-2021", "ctdc-2024"), between("ctdc-2024", "ctdc-2021")
    for ends, at in there.items():
        if (*ends[2:], *ends[:2]) in back:
            assert back[(*ends[2:], *ends[:2])].match == turned[at.match], ends


def test_two_values_meet_once():
    chains = chain(walk("ctdc-2024"), walk("htcds-2.0"))
    ends = [(c.first.their_field, c.first.their_code, c.second.their_field, c.second.their_code) for c in chains]
    assert len(ends) == len(set(ends)) >= 60


@pytest.mark.parametrize("second", crosswalks())
@pytest.mark.parametrize("first", ["ctdc-2020", "htcds-2.0", "glotip"])
def test_a_value_meets_another_or_is_said_to_become_nothing_and_why(first, second):
    there, left = chain(walk(first), walk(second)), stranded(walk(first), walk(second))
    met = {(at.first.their_field, at.first.their_code) for at in there}
    lost = {(at.first.their_field, at.first.their_code) for at in left}
    assert met & lost == set() and len(lost) == len(left)
    assert met | lost == {
        (row.their_field, row.their_code) for row in walk(first).rows if row.their_field not in ("", "*")
    }
    assert all(at.lost for at in left)


def test_gender_becomes_nothing_where_sex_is_asked():
    left = {at.first.their_code: at.lost for at in stranded(walk("ctdc-2020"), walk("glotip"))}
    assert "never filled from gender" in left["Female"]
