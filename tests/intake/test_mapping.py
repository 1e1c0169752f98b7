"""A mapping that cannot be says which file, which key, and what to do; one that can be is read as it is written."""

from __future__ import annotations

import tomllib

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake import load_mapping, ready_mappings
from palermo.intake.mapping import FieldMapping, IdentityColumn
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
TOP = 'unit = "record"\n'


@pytest.fixture
def load(tmp_path):
    def read(text: str | bytes):
        (tmp_path / "own.toml").write_bytes(text.encode() if isinstance(text, str) else text)
        return load_mapping(str(tmp_path / "own.toml"), STANDARD)

    return read


@pytest.fixture
def refused(load):
    """Read a mapping that must be refused, and give the error if it says where, what and what to do next."""

    def read(text: str | bytes) -> str:
        with pytest.raises(InputError) as caught:
            load(text)
        assert caught.value.where == "own.toml"
        assert caught.value.what and caught.value.todo
        return caught.value.sentence()

    return read


@pytest.mark.parametrize("name", ready_mappings())
def test_a_ready_mapping_fits_the_standard(name):
    assert load_mapping(name, STANDARD).name == name


@pytest.mark.parametrize("text", ["name =", "[fields", b"\xff\xfe\xe9", SOUND + SOUND])
def test_what_is_not_toml_is_said_to_be_so(refused, text):
    assert "not TOML" in refused(text)


@pytest.mark.parametrize("key", ["name", "title", "shape", "unit"])
def test_a_key_that_must_be_there_is_missed(refused, key):
    without = "\n".join(line for line in SOUND.splitlines() if not line.startswith(key))
    assert f"lacks the key {key!r}" in refused(without)


def test_a_mapping_without_fields_reads_nothing_and_is_none(refused):
    assert "lacks the key 'fields'" in refused(SOUND[: SOUND.index("[fields")])


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        (TOP, TOP + 'colour = "red"\n', "nobody reads, 'colour'"),
        ("column =", "colum =", "[fields.sex] has a key that nobody reads, 'colum'"),
        ('"records"', '"pictures"', "shape: 'pictures' is none of records, aggregates"),
        (TOP, TOP + 'repeats = "often"\n', "repeats: 'often' is none of reported, expected"),
        (TOP, TOP + 'encoding = "klingon"\n', "encoding: nobody knows 'klingon'"),
        (TOP, TOP + 'encoding = "base64"\n', "encoding: nobody knows 'base64'"),
        (TOP, TOP + 'required = "sex"\n', "required has the wrong form"),
        (TOP, TOP + "missing = [-99]\n", "missing has the wrong form"),
        (TOP, TOP + "sheet = 3\n", "sheet has the wrong form"),
        (TOP, TOP + 'flags = "x"\n', "flags has the wrong form"),
        (TOP, TOP + 'flags = { yes = "x" }\n', "[flags] yes has the wrong form"),
        (TOP, TOP + 'flags = { maybe = ["x"] }\n', "[flags] has a key that nobody reads, 'maybe'"),
        ("[fields.sex]", "[fields.zodiac]", "[fields.zodiac]: the standard has no such field"),
        ('"female"', '"woman"', "code list sex has no code 'woman'. List the codes with: palermo standard codes sex"),
        ('"female"', "[]", "[fields.sex]: [] is no code"),
        ('"female"', "3", "[fields.sex]: 3 is no code"),
        ('column = "sex"', "", "[fields.sex] names no column"),
        ('column = "sex"', "column = []", "[fields.sex] names no column"),
        ('column = "sex"', "column = 3", "[fields.sex] column has the wrong form"),
        ('column = "sex"', "column = [3]", "[fields.sex] column has the wrong form"),
        ('{ "F" = "female" }', '["F"]', "[fields.sex] values has the wrong form"),
        ('"F" = "female"', '"F" = "female", " f" = "male"', "[fields.sex.values]: ' f' stands there twice"),
        ('column = "sex"', 'column = "sex"\nsplit = ","', "[fields.sex] has flags or split, and holds one code only"),
        ('column = "sex"', 'flags = { x = "female" }', "[fields.sex] has flags or split, and holds one code only"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(refused, right, wrong, words):
    assert right in SOUND
    assert words in refused(SOUND.replace(right, wrong, 1))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('read_as = "guess"', "[fields.sex] read_as: 'guess' is none of"),
        ('format = "ydm"', "[fields.sex] format: 'ydm' is none of"),
        ('languages = ["klingon"]', "[fields.sex] languages: nobody knows the language 'klingon'"),
        ('languages = ["../en"]', "[fields.sex] languages: nobody knows the language '../en'"),
        ('when = { column = "x" }', "[fields.sex] when lacks the key 'is'"),
        ('when = { column = "x", is = "y", or = "z" }', "[fields.sex] when has a key that nobody reads, 'or'"),
        ("[fields]\nage = 3", "[fields] age has the wrong form"),
        ("[fields.means.flags]\nforced = 3", "[fields.means.flags] forced has the wrong form"),
        ('[fields.means.flags]\nforced = "forced"', "code list means has no code 'forced'"),
        ('[fields.category]\ncolumn = "x"\nvalues = { a = 3 }', "[fields.category]: 3 is no code"),
        ("[constants]\nzodiac = 'lion'", "[constants]: the standard has no field 'zodiac'"),
        ("[constants]\nyear = 'last'", "[constants] year: 'last' is no whole number"),
        ("[constants]\nage = -5", "[constants] age: '-5' is no whole number"),
        ("[constants]\nregistered_on = '2016-02-30'", "[constants] registered_on: '2016-02-30' is no day"),
        ("[constants]\nregistered_on = '20160101'", "[constants] registered_on: '20160101' is no day"),
        ("[constants]\nsex = 'woman'", "code list sex has no code 'woman'"),
        ("[identity]\nzodiac = 'sign'", "[identity]: 'zodiac' is none of"),
        ("[identity]\nbirth_date = 3", "[identity] birth_date has the wrong form"),
        ("[identity]\nbirth_date = { col = 'x' }", "[identity.birth_date] has a key that nobody reads, 'col'"),
        ("[identity]\nbirth_date = { format = 'dmy' }", "[identity.birth_date] lacks the key 'column'"),
        ("[identity]\nbirth_date = { column = 'x', format = 'ydm' }", "[identity.birth_date] format: 'ydm' is none of"),
    ],
)
def test_a_line_too_many_is_refused_with_its_place(refused, more, words):
    assert words in refused(SOUND + more)


WHOLE = """
name = "own"
title = "Own"
shape = "aggregates"
unit = "figure"
publisher = "Nobody"
citation = "C"
terms = "T"
coverage = "V"
repeats = "expected"
required = ["sex"]
ignore = ["notes"]
missing = ["N/A"]
sheet = "Data"
encoding = "cp1252"
[fields]
age = "age"
sex = { column = ["sex", "gender"], values = { "  Frau " = "female" } }
registered_on = { column = "on", format = "dmy" }
citizenship = { column = "from", read_as = "names", languages = ["fr", "pt-BR"], when = { column = "by", is = "A  B" } }
means = { flags = { hit = "threat-or-force", lied = ["fraud", "deception"] } }
purpose = { column = "what", split = ";" }
[constants]
year = 2016
status_on = 2016-01-31
country = "FRA"
[identity]
surname = "name"
birth_date = { column = "born", format = "dmy" }
[flags]
yes = ["JA"]
"""


@pytest.fixture
def whole(load):
    means = next(code.code for code in STANDARD.codes("means"))
    return load(WHOLE.replace("threat-or-force", means))


def test_every_key_is_read(whole):
    given = tomllib.loads(WHOLE)
    texts = ("name", "title", "shape", "unit", "publisher", "citation", "terms", "coverage", "repeats", "sheet")
    assert {key: getattr(whole, key) for key in texts} == {key: given[key] for key in texts}
    assert (whole.required, whole.ignore, whole.encoding) == (("sex",), ("notes",), "cp1252")
    assert whole.constants == {"year": "2016", "status_on": "2016-01-31", "country": "FRA"}
    assert whole.identity == {"surname": IdentityColumn("name"), "birth_date": IdentityColumn("born", "dmy")}
    assert whole.fields["age"] == FieldMapping("age", columns=("age",))
    assert whole.fields["registered_on"] == FieldMapping("registered_on", columns=("on",), format="dmy")
    assert whole.fields["purpose"] == FieldMapping("purpose", columns=("what",), split=";")


def test_values_are_compared_without_capitals_and_double_spaces(whole):
    assert whole.fields["sex"].values == {"frau": "female"}
    assert whole.fields["citizenship"].when == ("by", "a b")
    assert (whole.missing, whole.yes, whole.no) == ({"n/a"}, {"ja"}, frozenset())


def test_every_column_is_named_once_and_the_required_ones_first(whole):
    assert whole.columns == (
        "sex", "age", "gender", "on", "from", "by", "hit", "lied", "what", "name", "born", "notes",
    )  # fmt: skip


def test_without_flags_one_is_yes_and_zero_is_no(load):
    assert (load(SOUND).yes, load(SOUND).no) == ({"1"}, {"0"})


ANYTHING = st.recursive(
    st.integers(-3, 3) | st.booleans() | st.text("ab/é", max_size=3) | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["column", "a"]), inner, max_size=2),
    max_leaves=4,
)
KEYS = st.sampled_from(sorted({*tomllib.loads(WHOLE), "zodiac"}))
PLACES = st.lists(
    st.sampled_from(["fields", "sex", "means", "values", "flags", "when", "identity", "constants"]), max_size=3
)


@given(PLACES, KEYS, ANYTHING)
def test_whatever_stands_in_a_mapping_it_is_read_or_refused_in_words(tmp_path_factory, places, key, value):
    text = tomllib.loads(SOUND)
    table = text
    for place in places:
        table = table.setdefault(place, {})
        if not isinstance(table, dict):
            return
    table[key] = value
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_text(tomlkit.dumps(text), "utf-8")
    try:
        assert load_mapping(str(path), STANDARD).name == text["name"]
    except InputError as error:
        assert error.where == "any.toml" and error.todo


def test_a_projects_own_mapping_goes_before_a_ready_one(tmp_path):
    (tmp_path / "glotip.toml").write_text(SOUND, "utf-8")
    assert load_mapping("glotip", STANDARD, folder=tmp_path).title == "Own"


def test_a_mapping_that_is_not_there_names_those_that_are(tmp_path):
    (tmp_path / "police.toml").write_text(SOUND, "utf-8")
    with pytest.raises(InputError, match=r"no mapping 'polic'\. Give one of .*, montenegro, police, .*, uk, or"):
        load_mapping("polic", STANDARD, folder=tmp_path)
    with pytest.raises(InputError, match=r"no mapping '.*nowhere\.toml'\. Give one of armenia, .*, uk, or"):
        load_mapping(str(tmp_path / "nowhere.toml"), STANDARD)
