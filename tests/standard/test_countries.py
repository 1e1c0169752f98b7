"""Countries: their codes are ISO's and M49's, their names CLDR's, and a name is found however it is written."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.standard import Country, fold, is_language, load_standard, name_in, names_to_codes

COUNTRIES = load_standard().countries
UN_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def test_the_codes_are_those_that_others_have(shared):
    """The file brings ISO 3166 and M49 together, and was made by others."""
    with (shared / "data/geo/country_codes_m49.csv").open(encoding="utf-8-sig", newline="") as lines:
        theirs = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(lines) if row["M49"].strip()}
    compared = theirs.keys() & COUNTRIES.keys()
    assert len(compared) >= 245
    for code in compared:
        country, row = COUNTRIES[code], theirs[code]
        assert (country.alpha_2, country.numeric) == (row["ISO3166-1-Alpha-2"], row["M49"].zfill(3))
        assert country.region == (row["Region Code"] and row["Region Code"].zfill(3))
        assert country.subregion == (row["Sub-region Code"] and row["Sub-region Code"].zfill(3))


def test_no_two_countries_share_a_code():
    for attribute in ("code", "alpha_2", "numeric"):
        said = [getattr(country, attribute) for country in COUNTRIES.values() if getattr(country, attribute)]
        assert len(said) == len(set(said)) >= 249


@pytest.mark.parametrize("language", UN_LANGUAGES)
def test_every_country_has_a_name_of_its_own_in_every_language_of_the_un(language):
    names = [name_in(language, country) for country in COUNTRIES.values()]
    assert len({fold(name) for name in names}) == len(COUNTRIES)
    assert not set(names) & set(COUNTRIES)


@given(st.sampled_from(UN_LANGUAGES), st.sampled_from(sorted(COUNTRIES)), st.sampled_from([str, str.upper, str.lower]))
def test_a_name_in_any_of_the_languages_leads_back_to_its_country(language, code, shout):
    names = names_to_codes(COUNTRIES, (language,))
    assert names[fold(shout(name_in(language, COUNTRIES[code])))] == code


def test_a_name_is_found_without_its_accents_and_dashes():
    names = names_to_codes(COUNTRIES, ("en", "fr"))
    assert names[fold("COTE D'IVOIRE")] == names[fold("Côte d’Ivoire")] == "CIV"
    assert names[fold("Guinee Bissau")] == names[fold("Guinée-Bissau")] == "GNB"


def test_the_names_of_all_languages_are_known_at_once():
    names = names_to_codes(COUNTRIES, ("en", "fr", "ar"))
    assert names[fold("Germany")] == names[fold("Allemagne")] == names[fold("ألمانيا")] == "DEU"
    assert fold("Deutschland") not in names


def test_a_country_that_cldr_does_not_know_is_called_by_its_label_or_its_code():
    assert name_in("en", Country("XVM", "XV", "999", "150", "039", "Valmara")) == "Valmara"
    assert name_in("en", Country("XVM", "XV", "999", "150", "039", "")) == "XVM"


@given(st.text(max_size=20))
def test_folding_a_folded_name_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Nd", "Zs"]), max_size=20))
def test_case_and_spaces_are_not_part_of_a_name(text):
    assert fold(f"  {text.upper().lower()} ") == fold(text.upper())


@pytest.mark.parametrize("code", [*UN_LANGUAGES, "pt-BR", "pt_BR", "zh-Hant"])
def test_a_language_is_known_with_a_dash_or_a_line(code):
    assert is_language(code)


@pytest.mark.parametrize("code", ["klingon", "xx", "", "../en", "e n", "en-"])
def test_what_is_no_language_is_said_to_be_none(code):
    assert not is_language(code)
