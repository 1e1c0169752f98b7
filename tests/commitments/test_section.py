"""The report section: no sentence without a source, and cleared only in the words that were cleared."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from palermo.commitments.records import RecordsRefused, load_records
from palermo.commitments.section import CLEARANCES, Sentence, clearance_rules, facts_from_events, load_events, wording
from palermo.commitments.section.sentence import cleared

HEADINGS = "id,recorded_on,source,sentence,wording,cleared_by,cleared_on\n"


def clearances(*rows: tuple[str, str]) -> pl.DataFrame:
    given = [{"sentence": id_, "wording": words, "cleared_by": "focal point"} for id_, words in rows]
    return pl.DataFrame(given, schema=CLEARANCES.schema())


@pytest.mark.parametrize("sources", [(), ("",)])
def test_a_sentence_that_rests_on_nothing_cannot_be_made(sources):
    with pytest.raises(ValueError, match="no source"):
        Sentence("s1", "All is well.", sources)


def test_a_sentence_is_cleared_in_its_words_and_a_draft_in_any_other():
    sentence = Sentence("s1", "173 States are parties.", ("depositary",))
    given = clearances(("s1", wording(sentence.text)))
    assert (cleared(sentence, given).status, cleared(sentence, given).cleared_by) == ("cleared", "focal point")
    assert cleared(Sentence("s1", "174 States are parties.", ("depositary",)), given).status == "draft"
    assert cleared(Sentence("s2", sentence.text, ("depositary",)), given).status == "draft"
    assert cleared(sentence, clearances()).status == "draft"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("c1,2012-01-05,mail,s1,abc,,2012-01-04", "cleared_by is empty"),
        ("c1,2012-01-05,mail,s1,abc,focal point,2012-02-04", "after the day"),
    ],
)
def test_a_sentence_cleared_by_nobody_is_found(tmp_path, row, words):
    path = tmp_path / "clearances.csv"
    path.write_text(HEADINGS + row + "\n")
    with pytest.raises(RecordsRefused, match=words):
        load_records(path, CLEARANCES, clearance_rules)


def test_the_world_day_is_told_when_it_happened_and_that_its_day_is_recalled():
    """Resolution 68/192, December 2013."""
    told = facts_from_events(load_events(), date(2013, 1, 1), date(2014, 1, 1)).filter(pl.col("topic") == "world_day")
    (row,) = told.to_dicts()
    assert (row["certainty"], "68/192" in row["says"]) == ("recalled", True)
    assert facts_from_events(load_events(), date(2010, 1, 1), date(2013, 1, 1)).filter(
        pl.col("topic") == "world_day"
    ).is_empty()  # fmt: skip
