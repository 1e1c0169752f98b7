"""Records: added and corrected, never changed; a file is taken whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.commitments.records import (
    Column,
    Form,
    RecordKind,
    RecordsRefused,
    append_records,
    known,
    load_records,
    read_records,
    read_span,
    until,
)
from palermo.errors import InputError

PROMISE = RecordKind(
    "promises",
    (
        Column("state", Form.STATE, needed=True),
        Column("made_on", Form.SPAN),
        Column("n_people", Form.NUMBER),
        Column("form", codes=frozenset({"labour", "sexual"}), many=True),
        Column("public", Form.FLAG),
    ),
)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.fixture
def register(tmp_path):
    """Write a register file from a table in the test."""

    def write(text: str):
        path = tmp_path / "promises.csv"
        lines = [",".join(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_a_record_is_read_with_its_types(register):
    path = register("""
        id | recorded_on | source | state | made_on | n_people | form           | public
        p1 | 2012-01-05  | note   | KEN   | 2011    | 7        | labour; sexual | yes
    """)
    (record,) = load_records(path, PROMISE).to_dicts()
    assert record["made_on_earliest"] == date(2011, 1, 1)
    assert record["made_on_latest"] == date(2011, 12, 31)
    assert (record["made_on"], record["n_people"], record["public"], record["row"]) == ("2011", 7, True, 2)


def test_what_was_known_then_can_be_asked_after_a_correction(register):
    records = load_records(
        register("""
            id | recorded_on | source | state | n_people | corrects | withdrawn
            p1 | 2012-01-05  | note   | KEN   | 7        |          |
            p2 | 2012-06-01  | letter | KEN   | 9        | p1       |
            p3 | 2013-01-01  | letter |       |          | p2       | yes
        """),
        PROMISE,
    )
    assert known(records, date(2012, 1, 4))["id"].to_list() == []
    assert known(records, date(2012, 5, 31))["n_people"].to_list() == [7]
    assert known(records, date(2012, 12, 31))["n_people"].to_list() == [9]
    assert known(records)["id"].to_list() == []


@pytest.mark.parametrize(
    ("row", "rule", "words"),
    [
        ("p2 | 2012-01-05 | note | Kenya | | | |", "promises.state", "three letters"),
        ("p2 | 5 Jan 2012 | note | KEN | | | |", "promises.recorded_on", "no day"),
        ("p2 | 2012-01-05 |      | KEN | | | |", "promises.complete", "source is empty"),
        ("p2 | 2012-01-05 | note | KEN | 2011-13 | | |", "promises.made_on", "no day, month"),
        ("p2 | 2012-01-05 | note | KEN | | many | |", "promises.n_people", "whole number"),
        ("p2 | 2012-01-05 | note | KEN | | | farm |", "promises.form", "labour, sexual"),
        ("p1 | 2012-01-05 | note | KEN | | | |", "record.one-id", "there already"),
        ("p2 | 2012-01-05 | note | KEN | | | | p9", "record.correction", "does not stand above"),
        ("p2 | 2011-01-05 | note | KEN | | | | p1", "record.correction", "before the record"),
    ],
)
def test_a_wrong_row_is_found_and_nothing_is_taken(register, row, rule, words):
    path = register(f"""
        id | recorded_on | source | state | made_on | n_people | form | corrects
        p1 | 2012-01-05  | note   | KEN   |         |          |      |
        {row}
    """)
    with pytest.raises(RecordsRefused) as refused:
        load_records(path, PROMISE)
    (finding,) = refused.value.findings
    assert (finding.rule, finding.file, finding.row) == (rule, "promises.csv", 3)
    assert words in finding.what
    assert "Kenya" not in refused.value.sentence()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"id,id,source\n", "twice"),
        (b"id,source\n1,2\n", "no column recorded_on"),
        (b"id,recorded_on,source,state\np1,2012-01-01,note,KEN,more\n", "more cells"),
        ("id,recorded_on,source,state\np1,2012-01-01,été,KEN\n".encode("latin-1"), "not in UTF-8"),
        (b"", "no column"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_words(tmp_path, text, words):
    (tmp_path / "promises.csv").write_bytes(text)
    with pytest.raises(InputError, match=words):
        read_records(tmp_path / "promises.csv", PROMISE)


def test_adding_keeps_every_byte_and_a_wrong_addition_changes_nothing(tmp_path):
    path = tmp_path / "register" / "promises.csv"
    row = {"id": "p1", "recorded_on": "2012-01-05", "source": "note, by hand", "state": "KEN"}
    append_records(path, PROMISE, [row])
    before = path.read_bytes()
    append_records(path, PROMISE, [row | {"id": "p2", "corrects": "p1"}])
    after = path.read_bytes()
    assert after.startswith(before)
    with pytest.raises(RecordsRefused) as refused:
        append_records(path, PROMISE, [row | {"id": "p3"}, row | {"id": "p2"}])
    assert refused.value.findings[0].file == "promises.csv"
    assert path.read_bytes() == after
    assert [file.name for file in path.parent.iterdir()] == ["promises.csv"]


@given(DAYS)
def test_a_day_is_itself(day):
    assert read_span(day.isoformat()).day == day


@given(DAYS, DAYS)
def test_an_interval_keeps_its_order(one, other):
    if one <= other:
        span = read_span(f"{one}/{other}")
        assert (span.earliest, span.latest) == (one, other)
    else:
        with pytest.raises(ValueError, match="before"):
            read_span(f"{one}/{other}")


@given(DAYS)
def test_by_then_has_no_beginning(day):
    assert read_span(f"../{day}").earliest is None
    assert read_span(f"../{day}").latest == day
    assert read_span(f"{day.year}").earliest == date(day.year, 1, 1)
    assert read_span(f"{day:%Y-%m}").latest.month == day.month
    assert (read_span(f"{day:%Y-%m}").latest + timedelta(1)).day == 1


@given(st.lists(st.tuples(DAYS, st.integers(-3, 8), st.booleans()), max_size=9), DAYS, DAYS)
def test_a_later_look_never_forgets_except_by_a_correction(rows, one, other):
    frame = pl.DataFrame(
        [
            {"id": str(n), "recorded_on": day, "corrects": str(target) if 0 <= target < n else None, "withdrawn": gone}
            for n, (day, target, gone) in enumerate(sorted(rows))
        ],
        schema={"id": pl.String, "recorded_on": pl.Date, "corrects": pl.String, "withdrawn": pl.Boolean},
    )
    early, late = sorted((one, other))
    gone = set(known(frame, early)["id"]) - set(known(frame, late)["id"])
    assert gone <= set(frame.filter(pl.col("recorded_on") <= late)["corrects"].drop_nulls())


def test_what_is_known_by_year_has_happened_when_the_year_is_over():
    frame = pl.DataFrame({"made_on": ["2011"], "made_on_latest": [date(2011, 12, 31)]})
    assert until(frame, "made_on", date(2011, 12, 30)).height == 0
    assert until(frame, "made_on", date(2011, 12, 31)).height == 1
