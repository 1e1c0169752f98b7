"""Names of countries and citizens: resolved, or not, and never to a wrong country."""

from __future__ import annotations

import logging

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.standard import country_names, fold, load_standard, name_in

COUNTRIES = load_standard().countries
UN_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
NAMES = country_names(COUNTRIES, UN_LANGUAGES)
NOBODYS = {
    *("(especifique el pa\ufffds)", "(especifique otras nacionalidades)", "0", "Abroad", "Africa others", "Amercias"),
    *("2 maliens", "3 maliens", "3 nigériens et 1 tunisien", "97 albanian", "Asia others", "Central africa"),
    *("Caribbean (Trinidad and Tobago, Barbados, etc)", "Ciudadanos de su pa\ufffds", "Congolese", "DESCONOCIDA"),
    *("Desconocido", "Disputed", "EU-28 others", "Europe others", "European Economic Area", "Inconnue", "N/A"),
    *("Kurdistan, Iraq", "M49 Region: Africa", "M49 Region: Americas", "M49 Region: Asia", "Mumbai, India"),
    *("NO DETERMINADA", "NO REGISTRA", "Nationality", "Nationals", "OTROS", "PERO", "Rohingya", "Sin determinar"),
    *("Other Countries (Dominica, Panama, French Guiana, Brazil, etc.)", "TOTAL", "TOTAL POR AÑO", "Unknown"),
    *("Personnes de nationalit\ufffd \ufffdtrang\ufffdre", "no information", "own country", "without"),
}
"""Categories of GLOTIP that name no country, several, or one that cannot be known."""


@pytest.fixture(scope="module")
def spellings(shared):
    """The categories by citizenship and by country of repatriation, as States wrote them."""
    cells = pl.read_csv(shared / "data/unodc/data_glotip_2023-05-30.csv.gz", infer_schema=False)
    named = cells.filter(pl.col("Dimension").is_in(["by citizenship", "by country of repatriation"]))
    return named["Category"].drop_nulls().unique().sort().to_list()


def test_every_spelling_of_glotip_is_a_country_or_known_to_be_none(spellings):
    assert len(spellings) == 432
    assert {text for text in spellings if NAMES.code(text) is None} == NOBODYS


def test_no_spelling_of_glotip_is_taken_for_another_country_than_country_converter_takes_it_for(spellings):
    """country-converter 1.3 matches by patterns, so it errs on a former State, a longer name and a part of one."""
    from country_converter import CountryConverter

    logging.getLogger("country_converter").setLevel(logging.CRITICAL)
    theirs = CountryConverter().convert(spellings, to="ISO3", not_found=None)
    differ = {
        text: (NAMES.code(text), other)
        for text, other in zip(spellings, theirs, strict=True)
        if NAMES.code(text) and other != text and NAMES.code(text) != other
    }
    assert differ == {
        "Former Czechoslovakia": ("CSK", "CZE"),
        "GUINEA ECUATORIAL": ("GNQ", "GIN"),
        "China, Taiwan Province of China": ("TWN", ["CHN", "TWN"]),
    }


def test_czech_rep_is_not_ivory_coast():
    assert (NAMES.code("Czech Rep"), NAMES.code("Costa d'Avorio")) == ("CZE", "CIV")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Espa\ufffda", "ESP"),
        ("C\ufffdte d\ufffdIvoire", "CIV"),
        ("EMIRATOS \ufffdRABES UNIDOS", "ARE"),
        ("T\u00c3\u00bcrkiye", "TUR"),
        ("C\u00c3\u00b4te d'Ivoire", "CIV"),
    ],
)
def test_a_damaged_name_is_found_where_only_one_fits(text, code):
    assert NAMES.code(text) == code


@pytest.mark.parametrize(
    "text", ["", "\ufffd", "\ufffd\ufffd\ufffd\ufffd", "I\ufffd", "Ir\ufffd\ufffd", "Ira\ufffd", "Nig\ufffdri\ufffdn"]
)
def test_a_damaged_name_that_fits_several_or_says_too_little_is_none(text):
    assert NAMES.code(text) is None


@pytest.mark.parametrize("text", ["Congolese", "Dominican", "Korean", "Korea", "Central Africa", "the Americas"])
def test_a_name_that_two_countries_could_claim_is_none(text):
    assert NAMES.code(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("Former Yugoslavia", "YUG"), ("Soviet Union", "SUN"), ("Former Czechoslovakia", "CSK"), ("Stateless", "XXA")],
)
def test_a_former_state_and_no_state_stay_what_they_are(text, code):
    assert NAMES.code(text) == code


@pytest.mark.parametrize(("text", "code"), [("nigériane", "NGA"), ("nigérienne", "NER"), ("nigerino", "NER")])
def test_niger_and_nigeria_are_told_apart_in_every_language(text, code):
    assert NAMES.code(text) == code


def test_no_name_stands_for_two_countries():
    everything: dict[str, str] = {}
    for language in UN_LANGUAGES:
        for name, code in country_names(COUNTRIES, (language,)).codes.items():
            assert everything.setdefault(name, code) == code


def test_every_country_that_is_named_is_in_the_list():
    assert set(NAMES.codes.values()) <= COUNTRIES.keys()


def test_only_the_languages_that_were_asked_for_are_known():
    assert country_names(COUNTRIES, ("en",)).code("alemana") is None
    assert country_names(COUNTRIES, ("es",)).code("alemana") == "DEU"


@given(st.sampled_from(sorted(COUNTRIES)), st.sampled_from(UN_LANGUAGES), st.data())
def test_a_lost_letter_never_makes_another_country(code, language, data):
    name = name_in(language, COUNTRIES[code])
    at = data.draw(st.integers(0, len(name) - 1))
    assert NAMES.code(name[:at] + "\ufffd" + name[at + 1 :]) in (code, None)


@given(st.text(max_size=12))
def test_any_text_is_a_country_or_none(text):
    assert NAMES.code(text) in {*COUNTRIES, None}
    assert NAMES.code(text) == NAMES.code(f" {text.upper()} ") or not fold(text)


def test_the_names_of_the_tip_statements_are_read_as_country_converter_reads_them(shared):
    """Ours never differs, and leaves to a person what theirs takes from a word in a longer text."""
    from country_converter import CountryConverter

    logging.getLogger("country_converter").setLevel(logging.CRITICAL)
    cells = pl.read_csv(shared / "data/tip_report/tip_directionality_2008_2016.csv.gz", infer_schema=False)
    places = ("Origin_Country", "Transit_Country", "Destination_Country")
    named = sorted({text for place in places for text in cells[place].drop_nulls().str.strip_chars()})
    english = country_names(COUNTRIES, ("en",))
    theirs = dict(zip(named, CountryConverter().convert(named, to="ISO3", not_found=None), strict=True))
    pairs = {text: (english.code(text), other) for text, other in theirs.items() if other != text}
    assert {text: pair for text, pair in pairs.items() if pair[0] and pair[0] != pair[1]} == {}
    assert {text: other for text, (ours, other) in pairs.items() if ours is None} == {
        "(Beqaa Valley) Lebanon": "LBN", "China (Tibet)": "CHN", "Dominica Republic": "DMA",
        "Former Portuguese colonies": "PRT", "Guinea to Maghreb countries": "GIN", "Korea": "KOR",
        "Neigboring Central American countries": "GBR", "Persian Gulf": "IRN", "Persian Gulf States": "IRN",
        "Reunion (French Island)": "REU", "Somaliland": "SOM", "Southern Africa": "ZAF", "southern Africa": "ZAF",
        "Turkish Republic of Northern Cyprus": "CYP",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Turkish Republic of Northern Cyprus", "Tibet", "Somaliland", "CAR", "Dominica Republic"]
)
def test_what_is_no_state_or_could_be_two_is_left_to_a_person(text):
    assert NAMES.code(text) is None
