"""Each rule is silent about a sound row and speaks of the row that breaks it, by itself."""

from __future__ import annotations

from datetime import date

import pytest

RECORDS = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
[fields]
record_id = "id"
registered_on = "registered"
detected_on = "detected"
age = "age"
age_group = "group"
means = "means"
purpose = "purpose"
status = "status"
status_decided_by = "decider"
[identity]
birth_date = "born"
"""
SOUND = {
    "id": "r1",
    "registered": "2020-05-01",
    "detected": "2020-04-01",
    "born": "1990-04-15",
    "age": "30",
    "group": "adult",
    "means": "Deception",
    "purpose": "Sexual exploitation",
    "status": "Identified victim",
    "decider": "Police",
}
TAKEN = date(2020, 12, 31)


def _csv(*rows):
    return "\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]) + "\n"


def _found(engine, examined):
    """Give the rules that each row breaks, by its place among the rows."""
    findings = engine.collect(examined.findings)
    broken = {}
    for row, rule in findings.select("source_row", "rule").rows():
        broken.setdefault(row - 2, set()).add(rule)
    return broken


@pytest.fixture
def sound(standard_words):
    return SOUND | standard_words


@pytest.fixture(scope="session")
def standard_words():
    """Take the codes from the standard, so that a code renamed there is not an error here."""
    from tests.intake.conftest import STANDARD

    def first(field):
        return next(code.code for code in STANDARD.allowed(field) if code.code not in ("unknown", "not-applicable"))

    words = {"means": first("means"), "purpose": first("purpose"), "decider": first("status_decided_by")}
    return words | {"status": "identified"}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"detected": "2020-06-01"}, "date.order"),
        ({"registered": "2021-01-02"}, "date.in-future"),
        ({"born": "2020-04-20", "age": "", "group": "child"}, "date.born-after-detected"),
        ({"age": "40"}, "age.against-birth-date"),
        ({"group": "child"}, "age_group.against-age"),
        ({"means": ""}, "core.means-missing"),
        ({"decider": ""}, "status.without-decider"),
        ({"registered": "31/12/2020"}, "date.unreadable"),
        ({"age": "thirty"}, "number.unreadable"),
        ({"age": "130"}, "age.range"),
        ({"group": "teenager"}, "code.unmapped"),
    ],
)
def test_a_row_that_breaks_a_rule_is_found_and_a_sound_one_is_not(engine, taken_in, sound, change, rule):
    examined = taken_in(RECORDS, _csv(sound, sound | {"id": "r2"} | change), as_of=TAKEN)
    assert _found(engine, examined) == {1: {rule}}


def test_a_child_needs_no_means(engine, taken_in, sound):
    child = sound | {"id": "r2", "born": "2006-04-15", "age": "14", "group": "child", "means": ""}
    assert _found(engine, taken_in(RECORDS, _csv(sound, child), as_of=TAKEN)) == {}


def test_who_is_only_flagged_was_decided_upon_by_nobody(engine, taken_in, sound):
    flagged = sound | {"id": "r2", "status": "flagged", "decider": ""}
    assert _found(engine, taken_in(RECORDS, _csv(sound, flagged), as_of=TAKEN)) == {}


def test_the_same_row_again_is_a_repeat_and_the_same_number_on_another_record_is_a_fault(engine, taken_in, sound):
    other = sound | {"age": "31"}
    assert _found(engine, taken_in(RECORDS, _csv(sound, sound), as_of=TAKEN)) == {1: {"record.repeated"}}
    both = _found(engine, taken_in(RECORDS, _csv(sound, other), as_of=TAKEN))
    assert both == {0: {"record_id.repeated"}, 1: {"record_id.repeated"}}


def test_unknown_is_not_wrong(engine, taken_in, sound):
    bare = dict.fromkeys(sound, "") | {"id": "r2"}
    assert _found(engine, taken_in(RECORDS, _csv(sound, bare), as_of=TAKEN)) == {}


AGGREGATES = """
name = "own"
title = "Own"
shape = "aggregates"
unit = "figure"
[fields]
country = "country"
region = "region"
indicator = "indicator"
sex = { column = "sex", values = { "total" = "total" } }
age_group = { column = "age", values = { "total" = "total" } }
year = "year"
value = "value"
[constants]
dimension = "total"
category = "total"
"""


def _figures(*rows):
    return "country,region,indicator,sex,age,year,value\n" + "\n".join(",".join(row.split()) for row in rows) + "\n"


COL = ("COL South detected-victims female total 2019 60", "COL South detected-victims male total 2019 30")


@pytest.mark.parametrize(
    ("row", "broken"),
    [
        ("COL South detected-victims total total 2019 100", {}),
        ("COL South detected-victims female total 2019 60", {2: {"aggregate.repeated"}}),
        (
            "COL South detected-victims female total 2019 61",
            {0: {"aggregate.conflicting"}, 2: {"aggregate.conflicting"}},
        ),
        ("not-applicable South detected-victims total total 2019 100", {2: {"aggregate.no-country"}}),
        ("ALB South detected-victims total total 2019 2019", {2: {"value.like-a-year"}}),
        ("COL South detected-victims total total 2019 89", {2: {"victims.sexes-exceed-total"}}),
        ("COL South prosecuted total total 2019 80", {}),
        ("COL South detected-victims total child 2019 10", {}),
    ],
)
def test_a_figure_that_breaks_a_rule_is_found(engine, taken_in, row, broken):
    assert _found(engine, taken_in(AGGREGATES, _figures(*COL, row))) == broken


def test_a_total_that_a_join_has_multiplied_by_64_stands_out_among_its_years(engine, taken_in):
    def found(*counts):
        rows = [f"COL South detected-victims total total {2017 + at} {n}" for at, n in enumerate(counts)]
        return _found(engine, taken_in(AGGREGATES, _figures(*rows)))

    assert found(50, 50 * 64, 52) == {1: {"value.leaps"}}
    assert found(50, 50 * 64) == {1: {"value.leaps"}}
    assert found(50, 700, 9_000) == {}


@pytest.mark.parametrize(("indicator", "rule"), [("detected-victims", "victims"), ("convicted", "persons")])
def test_children_and_adults_are_together_no_more_than_the_total(engine, taken_in, indicator, rule):
    def found(children, adults, total):
        counts = {"child": children, "adult": adults, "total": total}
        rows = [f"COL South {indicator} total {age} 2019 {n}" for age, n in counts.items()]
        return _found(engine, taken_in(AGGREGATES, _figures(*rows)))

    assert found(30, 70, 100) == {}
    assert found(30, 60, 100) == {}  # the age of some is not known
    assert found(30, 71, 100) == {2: {f"{rule}.ages-exceed-total"}}
    assert found("<5", 100, 100) == {}


@pytest.mark.parametrize(("now", "is_found"), [(50 * 64, True), (100, True), (50, False), (101, False), (49, False)])
def test_a_total_that_is_some_times_that_of_its_neighbour_release_is_found(engine, taken_in, now, is_found):
    def release(n):
        return _figures(*COL, f"COL South detected-victims total total 2020 {n}")

    examined = taken_in(AGGREGATES, release(now), before=release(50))
    assert _found(engine, examined) == ({2: {"total.multiplied"}} if is_found else {})
    assert examined.notes == ("Its counts were held against those of before.csv.",)


def test_a_few_may_be_twice_as_many_a_month_later(engine, taken_in):
    before, now = (_figures(f"COL South detected-victims total total 2020 {n}") for n in (6, 12))
    assert _found(engine, taken_in(AGGREGATES, now, before=before)) == {}


def test_records_of_a_year_that_a_join_has_repeated_are_found_against_the_file_before(engine, taken_in, sound):
    def month(each):
        people = [sound | {"id": f"r{at}", "registered": f"{2019 + at % 2}-05-01"} for at in range(60)]
        joined = [row | {"id": f"{row['id']}-{copy}"} for row in people for copy in range(each[row["registered"][:4]])]
        return _csv(*(row | {"detected": row["registered"]} for row in joined))

    before, now = month({"2019": 1, "2020": 1}), month({"2019": 1, "2020": 3})
    assert _found(engine, taken_in(RECORDS, now, before=before, as_of=TAKEN)) == {1: {"total.multiplied"}}


def test_a_file_before_that_cannot_be_read_is_told_and_does_not_stand_in_the_way(engine, taken_in):
    examined = taken_in(AGGREGATES, _figures(*COL), before="no such headings\n")
    assert _found(engine, examined) == {}
    assert examined.notes == ("Its counts could not be held against those of before.csv, which cannot be read.",)


def test_a_count_that_begins_with_the_number_of_its_question_is_found(engine, taken_in):
    own = AGGREGATES.replace('category = "total"', "").replace("[constants]", 'category = "question"\n[constants]')
    head = "country,region,indicator,sex,age,year,value,question\n"
    rows = [
        "COL,South,prosecuted,total,total,2019,1245,12. Persons prosecuted",
        "COL,South,prosecuted,female,total,2019,45,12. Persons prosecuted",
        "COL,South,prosecuted,male,total,2019,12,12. Persons prosecuted",
    ]
    assert _found(engine, taken_in(own, head + "\n".join(rows) + "\n")) == {0: {"value.glued-number"}}


def test_persons_prosecuted_have_a_rule_of_their_own(engine, taken_in):
    rows = [row.replace("detected-victims", "prosecuted") for row in COL]
    file = _figures(*rows, "COL South prosecuted total total 2019 89")
    assert _found(engine, taken_in(AGGREGATES, file)) == {2: {"persons.sexes-exceed-total"}}


def test_a_figure_without_a_number_is_kept_whole_in_quarantine(taken_in):
    examined = taken_in(AGGREGATES, _figures(*COL, "COL South detected-victims total total 2019 many"))
    assert (examined.rows_in, examined.rows_accepted) == (3, 2)
    (row,) = examined.quarantine.rows()
    assert row[1] == "value.unreadable" and "many" in row[2]
