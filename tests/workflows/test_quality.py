"""The six questions of quality, answered for rows that are in sight and for real files."""

from __future__ import annotations

import json
from datetime import date

import pytest

from palermo.errors import InputError, PalermoError, UsageError
from palermo.workflows.quality import appraise_quality

TODAY = date(2022, 1, 31)
MAPPING = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
coverage = "Women in the shelter of the capital."
[fields]
record_id = "id"
detected_on = "detected"
registered_on = "registered"
age = "age"
sex = "sex"
"""
ROWS = """id,detected,registered,age,sex
a,2020-01-01,2020-01-05,30,female
b,2020-01-01,2020-06-01,31,female
c,2020-02-01,2020-01-01,32,
d,2021-03-01,2021-03-02,300,unknown
e,2021-03-01,2021-03-02,40,F?
"""


@pytest.fixture
def answer(tmp_path):
    (tmp_path / "own.toml").write_text(MAPPING, "utf-8")
    (tmp_path / "a.csv").write_text(ROWS, "utf-8")
    return appraise_quality(
        tmp_path / "a.csv", mapping=str(tmp_path / "own.toml"), today=TODAY, out=tmp_path / "quality.html"
    )


def _shares(answer, dimension, field=""):
    found = [each for _, each in answer.measures if (each.dimension, each.field) == (dimension, field)]
    return {each.year: (each.part, each.whole) for each in found}


def test_each_question_is_answered_for_all_years_and_for_each(answer):
    assert _shares(answer, "completeness", "sex") == {None: (2, 5), 2020: (2, 3), 2021: (0, 2)}
    assert _shares(answer, "accuracy") == {None: (4, 5), 2020: (3, 3), 2021: (1, 2)}  # nobody is 300 years old
    assert _shares(answer, "coherence") == {None: (4, 5), 2020: (2, 3), 2021: (2, 2)}  # registered before detected
    assert _shares(answer, "timeliness") == {None: (3, 4), 2020: (1, 2), 2021: (2, 2)}
    assert _shares(answer, "comparability", "sex") == {None: (2, 3)}  # one cell has no code
    (relevance,) = _shares(answer, "relevance").values()
    assert relevance == (3, 9)  # the year and the age group follow from what is there


def test_the_statement_says_who_is_in_the_data_and_of_what_nobody_speaks(answer):
    said = " ".join(answer.page.coverage)
    assert "1 source with 5 rows about 2020 to 2021, as of 2022-01-31." in said
    assert "Women in the shelter of the capital." in said
    assert "Citizenship" in said and "Sex" not in said.partition("no source says anything")[2]


def test_a_field_that_is_suddenly_left_out_breaks_the_comparison(answer):
    (source,) = answer.page.sources
    assert "Sex: recorded in 67 % of 2020, and in 0 % of 2021." in source.breaks


def test_the_page_is_private_and_quotes_no_cell(answer, tmp_path):
    page = (tmp_path / "quality.html").read_text("utf-8")
    assert "<title>Private: " in page and "<script" not in page and "http" not in page
    assert "F?" not in page + json.dumps(answer.as_json())


def test_a_real_file_is_answered(shared):
    file = shared / "data/sdg/montenegro_16-2-2.csv"
    answer = appraise_quality(file, mapping="montenegro", today=date(2026, 1, 31))
    assert _shares(answer, "comparability")[2025] == (9, 10)  # its unit changes in that year
    assert answer.as_json()["private"] is True


def test_wrong_words_are_refused_in_words(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS, "utf-8")
    with pytest.raises(UsageError, match="needs a mapping"):
        appraise_quality(tmp_path / "a.csv", today=TODAY)
    with pytest.raises(UsageError, match="names its own mappings"):
        appraise_quality(tmp_path, mapping="glotip", today=TODAY)
    with pytest.raises(PalermoError, match=r"no palermo\.toml"):
        appraise_quality(tmp_path, today=TODAY)
    with pytest.raises(InputError):
        appraise_quality(tmp_path / "none.csv", today=TODAY)
