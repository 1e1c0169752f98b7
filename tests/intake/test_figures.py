"""Figures that are no counts, columns that speak of several fields, and columns that are rows."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError
from palermo.intake import load_mapping
from palermo.intake.field_mapping import FieldMapping
from palermo.intake.values import Context, meanings
from palermo.standard import load_standard

STANDARD = load_standard()
TOP = """
name = "own"
title = "Own"
shape = "aggregates"
unit = "as the source says"
"""
FIGURES = (
    TOP
    + """
[constants]
indicator = "convicted"
dimension = "total"
[fields]
year = "year"
figure = "figure"
country = { column = "country", read_as = "names" }
unit_measure = { column = "unit", values = { "persons" = "number", "rate" = "per-100000" } }
sex = { column = "sex", values = { "" = "total", "F" = "female" } }
"""
)


def _found(engine, examined):
    broken: dict[int, set[str]] = {}
    for row, rule in engine.collect(examined.findings).select("source_row", "rule").rows():
        broken.setdefault(row - 2, set()).add(rule)
    return broken


def _figures(*rows):
    return "country,year,unit,sex,figure\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("rows", "broken", "values"),
    [
        (["Kenya,2020,persons,,3", "Kenya,2021,persons,,4.0"], {}, [3, 4]),
        (["Kenya,2020,persons,,3", "Kenya,2021,rate,,0.4"], {1: {"unit.changes"}}, [3, None]),
        (["Kenya,2021,rate,,0.4", "Kenya,2020,persons,,3"], {0: {"unit.changes"}}, [None, 3]),
        (
            ["Kenya,2020,persons,,3", "Kenya,2021,persons,,0.4"],
            {row: {"unit.against-figures"} for row in (0, 1)},
            [None] * 2,
        ),
        (["Kenya,2020,persons,,3", "Chad,2020,persons,,0.4"], {1: {"unit.against-figures"}}, [3, None]),
        (["Kenya,2020,persons,,3", "Kenya,2020,persons,F,-1"], {1: {"figure.negative"}}, [3, None]),
        (["Kenya,2020,persons,,3", "Kenya,2020,persons,F, 1"], {1: {"cell.padded"}}, [3, 1]),
        (
            ["Tanzania,2020,rate,,3", "United Republic of Tanzania,2021,rate,,3"],
            {1: {"country.two-names"}},
            [None, None],
        ),
        (["Kenya,2020,rate,,3", "kenya,2021,rate,,3"], {}, [None, None]),
        (["Kenya,2020,persons,,3", ",,,,"], {1: {"row.only-separators"}}, [3]),
    ],
)
def test_a_figure_is_a_count_only_where_its_unit_says_so(engine, taken_in, rows, broken, values):
    examined = taken_in(FIGURES, _figures(*rows))
    assert _found(engine, examined) == broken
    assert engine.collect(examined.table.order_by("source_row").select("value"))["value"].to_list() == values


def test_a_row_without_a_figure_is_set_aside_whole(taken_in):
    examined = taken_in(FIGURES, _figures("Kenya,2020,rate,,0.4", "Kenya,2021,rate,,many"))
    assert examined.quarantine.rows() == [(3, "figure.unreadable", ["Kenya", "2021", "rate", "", "many"])]
    assert (examined.rows_in, examined.rows_accepted) == (2, 1)


@given(st.integers(-(10**9), 10**9), st.integers(0, 999), st.sampled_from([".", ","]), st.booleans())
def test_a_figure_is_read_in_the_habit_that_the_mapping_states(whole, part, mark, grouped):
    thousands = "." if mark == "," else ","
    written = f"{whole:,}".replace(",", thousands) if grouped else str(whole)
    mapping = load_mapping("glotip", STANDARD)
    cell = f"{written}{mark}{part:03}"
    row = meanings(FieldMapping("figure", ("x",), decimal=mark), Context(mapping, STANDARD), [cell]).row(0, named=True)
    assert (row["value"], row["problem"]) == (float(f"{whole}.{part:03}"), None)


SAYS = """
[fields]
value = "n"
[constants]
sex = "total"
[says.kind]
"all" = {}
"women" = { sex = "female" }
"children" = { age_group = "child" }
"""


def test_one_column_speaks_of_several_fields_and_mixing_them_is_told(engine, taken_in):
    examined = taken_in(TOP + SAYS, "kind,n\nall,3\nwomen,2\nchildren,1\nhorses,9\n")
    cells = engine.collect(examined.table.order_by("source_row").select("sex", "age_group")).rows()
    assert cells == [("total", None), ("female", None), ("total", "child"), (None, None)]
    assert {"column.mixed-dimensions", "code.unmapped"} == set(examined.summary["rule"])
    assert set(examined.unmapped["value"]) == {"horses"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('[says.kind]\n"all" = { colour = "red" }\n', "the standard has no field 'colour'"),
        ('[says.kind]\n"all" = { sex = "woman" }\n', "no code 'woman'"),
        ('[says.kind]\n"all" = "female"\n', "has the wrong form"),
        ('[says.kind]\n"all" = { year = "soon" }\n', r"\[says\] year: 'soon' is no whole number"),
        ('[says.kind]\n"all" = { value = "1" }\n', "value is filled there and under"),
        ('[says.a]\n"x" = { sex = "male" }\n[says.b]\n"x" = { sex = "male" }\n', "another column speaks of sex"),
        ('[above]\nyear = "(("\n', "year is no pattern"),
        ('[above]\nyear = "by State"\n', "year has 0 groups"),
        ('[above]\ncolour = "(a)"\n', "no field 'colour'"),
    ],
)
def test_what_a_mapping_cannot_mean_is_refused(tmp_path: Path, change, words):
    (tmp_path / "own.toml").write_text(TOP + '[fields]\nvalue = "n"\n' + change, "utf-8")
    with pytest.raises(InputError, match=words):
        load_mapping(str(tmp_path / "own.toml"), STANDARD)


YEARS = st.lists(st.integers(1990, 2030), min_size=1, max_size=5, unique=True)
CELLS = st.one_of(st.just(""), st.just("n/a"), st.integers(0, 99).map(str))


@given(YEARS, st.data())
def test_each_cell_of_a_wide_table_that_says_something_is_a_row(tmp_path_factory, engine, years, data):
    from palermo.intake import examine

    folder = tmp_path_factory.getbasetemp()
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(years), max_size=len(years)), max_size=4))
    mapping = {"name": "own", "title": "Own", "shape": "aggregates", "unit": "person", "missing": ["n/a"]}
    mapping |= {"wide": ["????"], "required": ["region"]}
    mapping |= {"fields": {"region": "region", "year": "(heading)", "value": "(cell)"}}
    (folder / "wide.toml").write_text(tomlkit.dumps(mapping), "utf-8")
    lines = [f"R{place}," + ",".join(row) for place, row in enumerate(rows)]
    (folder / "wide.csv").write_text("\n".join(["region," + ",".join(map(str, years)), *lines]) + "\n", "utf-8")
    examined = examine(folder / "wide.csv", load_mapping(str(folder / "wide.toml"), STANDARD), STANDARD, engine)
    told = {
        (f"R{place}", year, int(cell))
        for place, row in enumerate(rows)
        for year, cell in zip(years, row, strict=True)
        if cell.isdecimal()
    }
    assert set(engine.collect(examined.table.select("region", "year", "value")).rows()) == told
    assert examined.rows_in == examined.rows_accepted == len(told)
