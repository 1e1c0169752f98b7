"""Capture histories: what they hold, how they are read, and which are refused."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import InputError, UsageError
from palermo.prevalence import CaptureHistories, read_histories, read_stratified

THREE = CaptureHistories.of("ABC", {1: 40, 2: 30, 4: 20, 3: 6})

REFUSED = {
    "negative": ("A,B,count\n1,0,5\n0,1,-2\n1,1,3\n", "row 2 .* negative or broken count"),
    "fractional": ("A,B,count\n1,0,5\n0,1,2.5\n1,1,3\n", "row 2 .* negative or broken count"),
    "no number": ("A,B,count\n1,0,many\n", "row 1 .* no number"),
    "endless": ("A,B,count\n1,0,inf\n", "row 1 .* negative or broken count"),
    "too many": ("A,B,count\n1,0,1e30\n0,1,3\n1,1,2\n", "row 1 .* more people than there are"),
    "too many lists": (",".join(f"L{n}" for n in range(17)) + ",count\n" + "1," * 17 + "3\n", "table.csv: .* 16 lists"),
    "on no list": ("A,B,count\n0,0,9\n1,1,3\n", "row 1 .* on no list"),
    "twice": ("A,B,count\n1,0,5\n1,0,5\n", "row 2 .* history of an earlier row"),
    "no sign": ("A,B,count\n1,2,5\n", "row 1 .* column B"),
    "no count": ("A,B,people\n1,0,5\n", "no column count"),
    "person on no list": ("person_id,A,B\np1,1,0\np2,0,0\n", "row 2 .* on no list"),
    "headings only": ("A,B,count\n", "nobody is counted"),
    "ragged": ("A,B,count\n1,0\n", "more or fewer cells"),
    "same heading": ("A,A,count\n1,0,3\n", "no heading, or that of another"),
    "empty": ("", "empty"),
    "nobody": ("A,B,count\n1,0,0\n", "nobody is counted"),
    "one list": ("A,count\n1,4\n", "fewer than two lists"),
    "empty list": ("A,B,C,count\n1,0,0,5\n0,1,0,4\n1,1,0,3\n", "nobody is on list C"),
    "copies": ("A,B,C,count\n1,1,0,5\n0,0,1,4\n1,1,1,3\n", "A and B are copies"),
    "no overlap": ("A,B,count\n1,0,5\n0,1,4\n", "no two lists share a person"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_from_which_nothing_follows_is_refused_with_its_reason(case, tmp_path):
    text, reason = REFUSED[case]
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_histories(tmp_path / "table.csv")


def test_a_refusal_quotes_no_cell(tmp_path):
    (tmp_path / "table.csv").write_text("A,B,count\nMaria,0,5\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_histories(tmp_path / "table.csv")
    assert "Maria" not in str(refused.value)


def test_the_bit_of_a_list_says_whether_a_person_is_on_it(tmp_path):
    (tmp_path / "table.csv").write_text("A,B,C,count\n0,0,1,20\n1,1,0,6\n0,1,0,30\n1,0,0,40\n", encoding="utf-8")
    read = read_histories(tmp_path / "table.csv")
    assert read == THREE
    assert read.seen == 96
    assert read.histories.tolist() == [1, 2, 3, 4]
    assert read.sizes.tolist() == [46, 36, 20]
    assert read.together("A", "B") == 6


def test_rows_of_persons_and_rows_of_memberships_count_the_same():
    persons = {"p1": "A", "p2": "AB", "p3": "B", "p4": "AB", "p5": "C"}
    memberships = pl.DataFrame(
        {
            "person_id": [who for who, on in persons.items() for _ in on * 2],
            "source": [name for on in persons.values() for name in on * 2],
        }
    )
    indicators = pl.DataFrame({name: [int(name in on) for on in persons.values()] for name in "ABC"})
    counted = CaptureHistories.of("ABC", {1: 1, 3: 2, 2: 1, 4: 1})
    assert CaptureHistories.from_memberships(memberships) == counted
    assert CaptureHistories.from_indicators(indicators, "ABC") == counted


WAYS = {
    "counted": "A,B,C,count\n1,0,0,2\n1,1,0,3\n0,0,1,1\n0,1,1,1\n",
    "a row a person": "person_id,A,B,C\n" + "p,1,0,0\n" * 2 + "p,1,1,0\n" * 3 + "p,0,0,1\np,0,1,1\n",
    "a row a person, without a name": "A,B,C\n" + "1,0,0\n" * 2 + "1,1,0\n" * 3 + "0,0,1\n0,1,1\n",
    "semicolons, and the mark of Excel": "\ufeffA;B;C;count\r\n1;0;0;2\r\n1;1;0;3\r\n0;0;1;1\r\n0;1;1;1\r\n",
    "tabs": "A\tB\tC\tcount\n1\t0\t0\t2\n1\t1\t0\t3\n0\t0\t1\t1\n0\t1\t1\t1\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_table_may_be_written_in_several_ways(way, tmp_path):
    (tmp_path / "table.csv").write_text(WAYS[way], encoding="utf-8", newline="")
    assert read_histories(tmp_path / "table.csv") == CaptureHistories.of("ABC", {1: 2, 3: 3, 4: 1, 6: 1})


def test_a_person_without_an_identifier_is_not_counted_in_silence():
    with pytest.raises(InputError, match="no person_id"):
        CaptureHistories.from_memberships(pl.DataFrame({"person_id": ["p1", None], "source": ["A", "B"]}))


def test_a_list_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UsageError, match="The lists are: A, B, C"):
        THREE.mask(["D"])


@pytest.mark.parametrize(
    ("whole", "names", "into", "part"),
    [
        ("uk_2013_6lists", ["PF", "NCA"], "PFNCA", "uk_2013_5lists"),
        ("netherlands_6lists", ["I", "O"], "IO", "netherlands_5lists"),
        ("new_orleans_8lists_185", ["B", "E", "F", "G"], "BEFG", "new_orleans_5lists_185"),
        ("new_orleans_8lists_186", ["B", "E", "F", "G"], "BEFG", "new_orleans_5lists_186"),
    ],
)
def test_merging_lists_gives_the_published_table_of_fewer(shared, whole, names, into, part):
    """The fewer-list tables are those of Chan, Silverman and Vincent (2021)."""
    tables = shared / "data" / "mse"
    assert read_histories(tables / f"{whole}.csv").merged(*names, into=into) == read_histories(tables / f"{part}.csv")


def test_leaving_a_list_out_gives_the_published_table_without_it(shared):
    """Silverman (2020) drops GP, and its 316 sole cases leave."""
    tables = shared / "data" / "mse"
    five = read_histories(tables / "uk_2013_5lists.csv")
    assert five.without("GP") == read_histories(tables / "uk_2013_4lists.csv")


def test_strata_add_up_to_the_whole(shared):
    strata = read_stratified(shared / "data/mse/spina_bifida_ny_3lists_stratified.csv", ["ethnicity"])
    assert strata.strata == (("afro_american",), ("caucasian",), ("other",))
    assert strata.pooled().seen == sum(table.seen for table in strata.tables) == 621


tables = st.integers(2, 6).flatmap(
    lambda t: st.dictionaries(st.integers(1, 2**t - 1), st.integers(1, 999), min_size=1).map(
        lambda counted: CaptureHistories.of([f"L{place}" for place in range(t)], counted)
    )
)


@given(tables, st.randoms())
def test_lists_in_another_order_and_back_are_the_same(table, random):
    names = random.sample(table.lists, table.n_lists)
    assert table.reordered(*names).reordered(*table.lists) == table


@given(tables)
def test_merging_loses_nobody_and_leaving_out_only_those_on_no_other_list(table):
    one, other = table.lists[:2]
    assert table.merged(one, other).seen == table.seen
    alone = int(table.counts[np.flatnonzero(table.histories == 1)].sum())
    assert (table.seen - alone) == (table.without(one).seen if table.seen > alone else 0)
