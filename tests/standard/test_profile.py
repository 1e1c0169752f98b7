"""The profile is data: every list says what its codes mean and how certain that is."""

from __future__ import annotations

import re

import pytest

from palermo.errors import PalermoError
from palermo.standard import load_standard
from palermo.tables import NOTHING

STANDARD = load_standard()
CODED = sorted({field.list for field in STANDARD.fields.values() if field.list and field.list != "country"})
KEBAB = re.compile(r"[a-z0-9]+(\+|--?[a-z0-9]+)*\+?")


@pytest.mark.parametrize("name", CODED)
def test_every_code_has_a_label_and_says_how_certain_it_is(name):
    for code in STANDARD.codes(name):
        assert KEBAB.fullmatch(code.code), code.code
        assert code.label and code.certainty and code.source


@pytest.mark.parametrize(
    "field",
    ["year", "sex", "gender", "age_band", "age_group", "citizenship", "country_of_exploitation",
     "form_of_exploitation", "means_of_control", "recruiter_relation", "status", "status_decided_by",
     "reporting_entity", "country", "indicator", "dimension", "category"],
)  # fmt: skip
def test_the_fields_that_others_rely_on_are_there(field):
    assert STANDARD.field(field).label


@pytest.mark.parametrize("said", ["PHL", "PH", "608", "Philippines", "philippines"])
def test_a_country_is_known_by_its_codes_and_by_its_name(said):
    assert STANDARD.code("citizenship", said) == "PHL"


def test_na_is_namibia():
    assert STANDARD.code("citizenship", "NA") == "NAM"


def test_the_kinds_of_nothing_are_apart():
    assert {"unknown", "not-applicable", "withheld"} <= set(NOTHING)


def test_an_unknown_field_is_told_with_what_to_do():
    with pytest.raises(PalermoError, match="palermo standard fields"):
        STANDARD.field("favourite_colour")
