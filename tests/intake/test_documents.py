"""JSON as programs export it, with the repeats of forms; nothing is counted that nobody said is a row."""

from __future__ import annotations

import json
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake import Mapping
from palermo.intake.mapping import FieldMapping
from palermo.intake.raw import FILE_COLUMN
from palermo.intake.reading import read_file

OWN = Mapping("own", "Own", "records", "record", {"sex": FieldMapping("sex", ("sex", "victim/sex"))})
KOBO = {
    "count": 2,
    "results": [
        {
            "_id": 1,
            "__version__": "vA",
            "place": "North",
            "victim": [{"victim/sex": "f", "victim/form": "a b"}, {"victim/sex": "m"}],
        },
        {"_id": 2, "__version__": "vB", "place": "South", "victim": [{"victim/sex": "f"}], "_tags": []},
    ],
}


def _read(path, content, mapping=OWN):
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    raw = read_file(path, mapping, path.with_suffix(".parquet"))
    return raw, pl.read_parquet(raw.path).rename(lambda column: column.removeprefix(FILE_COLUMN))


@pytest.mark.parametrize(
    "content",
    [
        [{"sex": "f", "age": 31}, {"sex": "m", "age": None}],
        {"results": [{"sex": "f", "age": 31}, {"sex": "m"}]},
        {"value": [{"sex": "f", "age": 31}, {"sex": "m"}]},
        '{"sex": "f", "age": 31}\n{"sex": "m"}\n',
    ],
)
def test_records_are_rows_wherever_they_lie(tmp_path, content):
    assert _read(tmp_path / "a.json", content)[1].rows() == [(1, "f", "31"), (2, "m", None)]


def test_each_round_of_the_repeat_that_the_mapping_names_is_a_row(tmp_path):
    raw, rows = _read(tmp_path / "a.json", KOBO, replace(OWN, rows="victim", versions=("vA",)))
    assert rows.select("source_row", "_id", "place", "victim/sex", "victim/form").rows() == [
        (1, "1", "North", "f", "a b"),
        (1, "1", "North", "m", None),
        (2, "2", "South", "f", None),
    ]
    assert raw.notes == ("The form has versions that the mapping was not made for (vB): see that it still fits.",)


def test_a_repeat_that_the_mapping_does_not_name_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"^a\.json: records repeat 'victim'\. Name in the mapping, as rows,"):
        _read(tmp_path / "a.json", KOBO)
    with pytest.raises(InputError, match=r"no record has the repeat 'child'"):
        _read(tmp_path / "a.json", KOBO, replace(OWN, rows="child"))


def test_lists_of_words_and_groups_are_said_in_one_cell_or_by_their_path(tmp_path):
    mapping = replace(OWN, required=("victim/sex",))
    _, rows = _read(tmp_path / "a.json", [{"victim": {"sex": "f", "forms": ["a", "b"], "minor": True}}], mapping)
    assert rows.drop("source_row").to_dicts() == [{"victim/sex": "f", "victim/forms": "a; b", "victim/minor": "true"}]


def test_what_is_nested_a_thousand_deep_is_refused(tmp_path):
    with pytest.raises(InputError, match="lie in one another 1001 deep"):
        _read(tmp_path / "a.json", '{"sex": ' + "[" * 1000 + "]" * 1000 + "}")
    assert _read(tmp_path / "a.json", [{"sex": "[" * 1000}])[1].height == 1


@pytest.mark.parametrize("content", ["{", "[1, 2]", "[]", "nothing", '"sex"', '[{"sex": "f"}', '{"a": SECRETNAME42}'])
def test_what_is_no_list_of_records_is_refused_without_a_word_of_it(tmp_path, content):
    with pytest.raises(InputError) as caught:
        _read(tmp_path / "a.json", content)
    assert "SECRETNAME42" not in str(caught.value)


KEYS = st.sampled_from(["sex", "age", "place", "_id", "a/b"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=4))
def test_any_records_are_read_or_refused_in_words(tmp_path_factory, records):
    folder = tmp_path_factory.getbasetemp()
    try:
        raw, rows = _read(folder / "any.json", records)
    except InputError as error:
        assert error.todo
    else:
        assert raw.n_rows == rows.height <= len(records)
