"""Rules of a user's own are put as ours are, and what is no condition is refused with where, what and what to do."""

from __future__ import annotations

import operator
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake import examine, load_mapping, load_rules
from palermo.intake.conditions import NotACondition, read_condition
from palermo.standard import load_standard

STANDARD = load_standard()
MAPPING = """
name = "own"
title = "Own"
shape = "records"
unit = "record"
[fields]
record_id = "id"
registered_on = "registered"
detected_on = "detected"
age = "age"
sex = "sex"
citizenship = "citizenship"
country_of_exploitation = "country"
means_of_control = { column = "means", split = ";" }
"""
HEADINGS = "id,registered,detected,age,sex,citizenship,country,means"
SOUND = "a,2020-05-01,2020-04-01,30,female,UKR,POL,threats;debt-bondage"


TAKEN = date(2020, 12, 31)
RULE = {"name": "own.rule", "sentence": "It holds.", "holds": "age < 1"}


def _written(**changes):
    given = {key: value for key, value in (RULE | changes).items() if value is not None}
    return "[[rules]]\n" + "".join(f'{key} = "{value}"\n' for key, value in given.items())


@pytest.fixture(scope="module")
def broken(engine, tmp_path_factory):
    """Give, for each of several rules, the places of the rows that break it."""
    folder = tmp_path_factory.mktemp("own-rules")

    def find(rules, rows, as_of=TAKEN):
        (folder / "own.toml").write_text(MAPPING, "utf-8")
        (folder / "a.csv").write_text("\n".join([HEADINGS, *rows]) + "\n", "utf-8")
        texts = [_written(name=f"own.{at}", **rule) for at, rule in enumerate(rules)]
        (folder / "rules.toml").write_text("".join(texts), "utf-8")
        mapping = load_mapping(str(folder / "own.toml"), STANDARD)
        own = load_rules(folder / "rules.toml", STANDARD)
        examined = examine(folder / "a.csv", mapping, STANDARD, engine, as_of=as_of, rules=own)
        found = engine.collect(examined.findings).filter(pl.col("rule").str.starts_with("own."))
        places = {rule["holds"]: set() for rule in rules}
        for row, rule in found.select("source_row", "rule").rows():
            places[rules[int(rule.removeprefix("own."))]["holds"]].add(row - 2)
        return places

    return find


SAYINGS = [
    ("age < 31", SOUND, False),
    ("age < 30", SOUND, True),
    ("30 > age", SOUND, True),
    ("age <> 30", SOUND, True),
    ("age != 30 or sex = 'female'", SOUND, False),
    ("age between 18 and 29", SOUND, True),
    ("not (age between 18 and 29)", SOUND, False),
    ("age % 10 = 0 and age / 2 = 15 and -age < 0 and age * 2 - 10 + 1 = 51", SOUND, False),
    ("age / 0 > 1", SOUND, False),  # nobody knows
    ("sex = 'female'", SOUND, False),
    ("sex in ('male', 'other')", SOUND, True),
    ("sex not in ('male', 'other')", SOUND, False),
    ("sex = 'male'", SOUND.replace("female", ""), False),
    ("sex = 'male'", SOUND.replace("female", "unknown"), False),
    ("sex <> 'unknown'", SOUND.replace("female", "unknown"), True),
    ("sex is not null", SOUND.replace("female", ""), True),
    ("citizenship <> country_of_exploitation", SOUND, False),
    ("citizenship = country_of_exploitation", SOUND, True),
    ("means_of_control = 'threats'", SOUND, False),
    ("means_of_control <> 'threats'", SOUND, True),
    ("means_of_control in ('threats', 'psychoactive-substances')", SOUND, False),
    ("means_of_control is null", SOUND, True),
    ("registered_on - detected_on <= 30", SOUND, False),
    ("registered_on - detected_on < 30", SOUND, True),
    ("registered_on <= detected_on + 29", SOUND, True),
    ("detected_on >= '2020-04-01'", SOUND, False),
    ("detected_on > date '2020-04-01'", SOUND, True),
    ("'2020-04-01' < detected_on", SOUND, True),
    ("detected_on in ('2020-04-01', '2020-04-02')", SOUND, False),
    ("year(detected_on) = 2020 and month(detected_on) = 4 and day(detected_on) = 1", SOUND, False),
    ("extract(month from registered_on) = 4", SOUND, True),
    ("registered_on < as_of - 300", SOUND, True),
    ("record_id <> 'a'", SOUND, True),
    ("record_id is not null", SOUND, False),
    ("year = 2020 and age_group = 'adult'", SOUND, False),  # which follow from other fields
    ("year >= 2021", SOUND, True),
    ("(registered_on - detected_on) is null", SOUND, True),
]


@pytest.fixture(scope="module")
def said(broken):
    """Put all conditions to all rows at once."""
    rows = list(dict.fromkeys(row for _, row, _ in SAYINGS))
    found = broken([{"holds": holds} for holds in dict.fromkeys(holds for holds, _, _ in SAYINGS)], rows)
    return {(holds, rows[place]) for holds, places in found.items() for place in places}


@pytest.mark.parametrize(("holds", "row", "breaks"), SAYINGS)
def test_a_condition_says_of_a_row_what_it_says_in_words(said, holds, row, breaks):
    assert ((holds, row) in said) is breaks


def test_only_rows_of_which_the_first_condition_is_true_are_asked(broken):
    child, unknown = SOUND.replace("30", "12"), SOUND.replace(",30,", ",,")
    rule = {"holds": "means_of_control is null", "when": "age < 18"}
    assert broken([rule], [SOUND, child, unknown]) == {rule["holds"]: {1}}


def test_nothing_is_in_the_future_of_an_unknown_day(broken):
    rule = {"holds": "registered_on > as_of"}
    assert broken([rule], [SOUND], as_of=None) == {rule["holds"]: set()}


NUMBERS = ("age", "n_children")
_OF = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
_BY = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def _lift(compute):
    """Compute with what may be unknown."""
    return lambda *parts: None if None in parts else compute(*parts)


def _and(left, right):
    return False if False in (left, right) else None if None in (left, right) else True


def _or(left, right):
    return True if True in (left, right) else None if None in (left, right) else False


SEXES = (None, "unknown", "female", "male", "other")


def _number():
    """Invent a number: its text, and how Python computes it for a row."""
    leaf = st.sampled_from(NUMBERS).map(lambda name: (name, lambda row: row[name])) | st.integers(-9, 99).map(
        lambda n: (str(n), lambda row: n)
    )

    def calculated(parts):
        (left, of_left), sign, (right, of_right) = parts
        compute = _lift(_BY[sign])
        return f"({left} {sign} {right})", lambda row: compute(of_left(row), of_right(row))

    return st.recursive(
        leaf, lambda inner: st.tuples(inner, st.sampled_from(sorted(_BY)), inner).map(calculated), max_leaves=4
    )


def _compared(parts):
    (left, of_left), sign, (right, of_right) = parts
    compare = _lift(_OF[sign])
    return f"{left} {sign} {right}", lambda row: compare(of_left(row), of_right(row))


def _joined(parts):
    (left, of_left), word, (right, of_right) = parts
    join = {"and": _and, "or": _or}[word]
    return f"({left} {word} {right})", lambda row: join(of_left(row), of_right(row))


def _negated(part):
    text, of = part
    return f"not ({text})", lambda row: _lift(operator.not_)(of(row))


IS_EMPTY = st.sampled_from(NUMBERS).map(lambda name: (f"{name} is null", lambda row: row[name] is None))


def _of_sex(parts):
    codes, no = parts
    listed = ", ".join(f"'{code}'" for code in codes)

    def of(row):
        if row["sex"] is None or (row["sex"] == "unknown" and "unknown" not in codes):
            return None
        return (row["sex"] in codes) is not no

    return f"sex {'not ' if no else ''}in ({listed})", of


OF_SEX = st.tuples(st.lists(st.sampled_from(SEXES[1:]), min_size=1, max_size=4), st.booleans()).map(_of_sex)
CONDITIONS = st.recursive(
    st.tuples(_number(), st.sampled_from(sorted(_OF)), _number()).map(_compared) | IS_EMPTY | OF_SEX,
    lambda inner: st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(_joined) | inner.map(_negated),
    max_leaves=6,
)
ROWS = pl.DataFrame(
    [(age, n, sex) for age in (None, 0, 7, 18, 64) for n in (None, 0, 1, 3) for sex in SEXES],
    schema=dict.fromkeys(NUMBERS, pl.Int64) | {"sex": pl.String},
    orient="row",
)


@settings(max_examples=150)
@given(CONDITIONS)
def test_the_engine_answers_as_three_valued_logic_does(engine, condition):
    text, of = condition
    table = engine.from_frame(ROWS)
    condition = read_condition(text, STANDARD)
    said = engine.collect(table.mutate(holds=condition.holds(table), fails=condition.fails(table)))
    for row in said.iter_rows(named=True):
        assert (row["holds"] is True, row["fails"] is True) == (of(row) is True, of(row) is False)


@settings(max_examples=400)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from([*"()=<>,'\"-+*/%;.$|", "age", "sex", "'female'", "1", "and", "or", "not", "in", "is", "null"]),
        max_size=12,
    ).map(" ".join)
)
def test_any_text_is_a_condition_or_is_refused(text):
    try:
        read_condition(text, STANDARD)
    except NotACondition as refused:
        assert refused.what and refused.todo


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not one condition"),
        ("age", "a number, and no condition"),
        ("age < 1; sex = 'male'", "not one condition"),
        ("age <", "cannot be read"),
        ("(" * 400 + "age" + ")" * 400 + " < 1", "too deep"),
        ("not " * 240 + "age < 1", "too deep"),
        ("age < 1 and " * 100 + "age < 1", "longer than"),
        ("select age", "select is not allowed"),
        ("(select 1) = 1", "subquery is not allowed"),
        ("age in (select 1)", "in is not allowed"),
        ("read_csv('secret.csv') is null", "read_csv is not allowed"),
        ("getenv('HOME') = 'x'", "is not allowed"),
        ("record_id like 'a%'", "like is not allowed"),
        ("age::text = '1'", "cast is not allowed"),
        ("case when age > 1 then true end", "case is not allowed"),
        ("rows.age = 1", "column is not allowed"),
        ("age = $1", "is not allowed"),
        ("age is true", "boolean is not allowed"),
        ("born_on is null", "no field 'born_on'"),
        ('sex = "female"', "single quotation marks"),
        ("sex = 'woman'", "no code 'woman'"),
        ("sex in ('female', 'woman')", "no code 'woman'"),
        ("sex in (age, sex)", "values between brackets"),
        ("sex = 1", "sex holds codes"),
        ("sex < 'male'", "none is less than another"),
        ("sex = citizenship", "one code of its list"),
        ("sex + 1 = 2", "a code and a number"),
        ("age = 'ten'", "a number cannot be compared with text"),
        ("age = sex", "cannot be compared"),
        ("(age < 1) = (age < 2)", "cannot be compared"),
        ("age and sex", "a number stands where a comparison"),
        ("registered_on = 'spring'", "'spring' is no day"),
        ("registered_on = date '2020-02-30'", "'2020-02-30' is no day"),
        ("registered_on + 1.5 < detected_on", "a whole number of days"),
        ("registered_on + age < detected_on", "a whole number of days"),
        ("registered_on * 2 < detected_on", "in this way"),
        ("year(age) = 1", "year of a number"),
        ("extract(hour from registered_on) = 1", "hour of a day"),
        ("age < 1e99", "too large"),
        ("-sex = 1", "a code has no sign"),
    ],
)
def test_what_is_no_condition_is_refused(text, words):
    with pytest.raises(NotACondition, match=words.replace("(", r"\(")):
        read_condition(text, STANDARD)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rules]", "this is not TOML"),
        ("", "lacks the key 'rules'"),
        ("rules = 1", "rules has the wrong form"),
        ("[[rules]]\n", "lacks the key 'name'"),
        (_written(sentence=None), "lacks the key 'sentence'"),
        (_written(holds=None), "lacks the key 'holds'"),
        (_written(colour="red"), "a key that nobody reads, 'colour'"),
        (_written(name="Own rule"), "'Own rule' is no name of a rule"),
        (_written(name="own|rule"), "is no name of a rule"),
        (_written(name="age.range"), "'age.range' is the name of a rule that comes with palermo"),
        (_written() * 2, "'own.rule' stands there twice"),
        (_written(sentence=" "), "'own.rule' needs a sentence"),
        (_written(sentence="a" * 201), "'own.rule' needs a sentence"),
        (_written(level="grave"), "'own.rule' has the level 'grave'"),
        (_written(field="colour"), "'own.rule' field: the standard has no field 'colour'"),
        (_written(holds="1 = 1"), "'own.rule' holds: it names no field"),
        (_written(when="colour = 1"), "'own.rule' when: the standard has no field 'colour'"),
    ],
)
def test_a_file_of_rules_that_cannot_be_is_refused_with_its_place(tmp_path, text, words):
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"^mine\.toml: ") as refused:
        load_rules(tmp_path / "mine.toml", STANDARD)
    assert words in refused.value.what and refused.value.todo


def test_a_rule_without_the_fields_it_needs_is_told_and_not_put(engine, tmp_path):
    (tmp_path / "own.toml").write_text(MAPPING, "utf-8")
    (tmp_path / "a.csv").write_text(f"{HEADINGS}\n{SOUND}\n", "utf-8")
    (tmp_path / "rules.toml").write_text(_written(holds="education is not null") + _written(name="b"), "utf-8")
    mapping = load_mapping(str(tmp_path / "own.toml"), STANDARD)
    rules = load_rules(tmp_path / "rules.toml", STANDARD)
    examined = examine(tmp_path / "a.csv", mapping, STANDARD, engine, rules=rules)
    assert set(examined.summary["rule"]) == {"b"}
    assert [note for note in examined.notes if note.endswith("fields: own.rule.")]


def test_a_rule_of_figures_leaves_out_what_is_only_an_interval(engine, tmp_path):
    mapping = 'name = "own"\ntitle = "Own"\nshape = "aggregates"\nunit = "figure"\n[fields]\nvalue = "n"\n'
    (tmp_path / "own.toml").write_text(mapping, "utf-8")
    (tmp_path / "a.csv").write_text("n,place\n9,a\n<5,b\n1,c\n", "utf-8")
    (tmp_path / "rules.toml").write_text(_written(holds="value >= 5"), "utf-8")
    rules = load_rules(tmp_path / "rules.toml", STANDARD)
    read_by = load_mapping(str(tmp_path / "own.toml"), STANDARD)
    examined = examine(tmp_path / "a.csv", read_by, STANDARD, engine, rules=rules)
    assert engine.collect(examined.findings)["source_row"].to_list() == [4]
