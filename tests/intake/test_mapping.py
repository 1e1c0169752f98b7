"""A mapping that cannot be says which file, which key, and where to look."""

from __future__ import annotations

import pytest

from palermo.errors import InputError
from palermo.intake import load_mapping, ready_mappings
from tests.intake.conftest import STANDARD

SOUND = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
[fields.sex]
column = "sex"
values = { "F" = "female" }
"""


@pytest.mark.parametrize("name", ready_mappings())
def test_a_ready_mapping_fits_the_standard(name):
    assert load_mapping(name, STANDARD).name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name =", "not TOML"),
        (SOUND.replace('title = "Own"', ""), "title"),
        (SOUND.replace('unit = "record"', 'unit = "record"\ncolour = "red"'), "colour"),
        (SOUND.replace("records", "pictures"), "shape 'pictures' is none of records, aggregates"),
        (SOUND.replace("[fields.sex]", "[fields.zodiac]"), "[fields.zodiac]: the standard has no such field"),
        (SOUND.replace('"female"', '"woman"'), "code list sex has no code 'woman'"),
        (SOUND.replace('column = "sex"', ""), "[fields.sex] names no column"),
        (SOUND.replace("column =", "colum ="), "a key that no field mapping knows"),
        (SOUND.replace('"F" = "female"', '"F" = "female", " f" = "male"'), "stands there twice"),
        (SOUND + 'read_as = "guess"', "read_as: 'guess' is none of"),
        (SOUND + 'format = "ydm"', "format: 'ydm' is none of"),
        (SOUND + "[constants]\nzodiac = 'lion'", "no field 'zodiac'"),
        (SOUND + "[identity]\nzodiac = 'sign'", "[identity]: 'zodiac' is none of"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(tmp_path, text, words):
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        load_mapping(str(tmp_path / "own.toml"), STANDARD)
    assert str(refused.value).startswith("own.toml: ")
    assert words in str(refused.value)


def test_a_projects_own_mapping_goes_before_a_ready_one(tmp_path):
    (tmp_path / "glotip.toml").write_text(SOUND, "utf-8")
    assert load_mapping("glotip", STANDARD, folder=tmp_path).title == "Own"
