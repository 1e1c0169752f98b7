"""The domain is public and written by hand, or refused."""

from __future__ import annotations

import polars as pl
import pytest

from palermo.errors import InputError
from palermo.protection.private.domain import load_domain
from palermo.protection.private.encoding import bound_rows, decode, encode, read_table
from tests.protection.private.conftest import DOMAIN

SMALL = '[columns.a]\nvalues = ["x"]\n[columns.b]\nvalues = ["y", "z"]\n'


def test_a_domain_says_columns_values_and_what_cannot_be(domain_file):
    domain = load_domain(domain_file)
    assert [column.name for column in domain.columns] == ["country", "gender", "form", "threats", "debt"]
    assert [column.name for column in domain.ordered] == ["country", "form", "gender", "threats", "debt"]
    pairs, triples = domain.possible(domain.layout)
    assert (~pairs).sum() == 1
    assert (~triples).sum() == 1
    assert not pairs[domain.layout.two[8 + 2] + 11 + 1]  # form other, gender Male
    assert not triples[domain.layout.three[7] + domain.layout.two[8] + 14]  # H, labour, debt


@pytest.mark.parametrize(
    "text",
    [
        "values = 1",
        "columns = 1",
        "[columns]\na = 1\nb = 2",
        '[columns.a]\nvalues = ["x"]',
        SMALL + '[columns.c]\nvalues = ["x", "x"]',
        SMALL + '[columns.c]\nvalues = [""]',
        SMALL + "[columns.c]\nvalues = []",
        SMALL + '[columns.c]\nvalues = "from the data"',
        SMALL + '[columns.c]\nvalues = ["x"]\nparents = { y = "z" }',
        SMALL + '[columns.c]\nvalues = ["x", "y"]\nparents = { y = "x" }',
        SMALL + '[[impossible]]\na = ["x"]',
        SMALL + '[[impossible]]\na = ["x"]\nb = ["no"]',
        SMALL + '[[impossible]]\na = ["x"]\nb = "y"',
        'source = "cases.parquet"\n' + SMALL,
        "population = 3\n" + SMALL,
        "".join(f"[columns.c{n}]\nvalues = {[str(v) for v in range(900)]}\n" for n in range(3)),
    ],
)
def test_what_is_no_domain_is_refused(tmp_path, text):
    path = tmp_path / "DOMAIN.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"DOMAIN\.toml"):
        load_domain(path)


def test_a_domain_read_from_the_data_is_refused(tmp_path):
    with pytest.raises(InputError, match="tells who is in them"):
        load_domain(tmp_path / "cases.parquet")


def test_a_table_becomes_numbers_and_comes_back(domain_file, table):
    domain = load_domain(domain_file)
    assert decode(encode(table, domain, "t"), domain).equals(table)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.with_columns(name=pl.lit("x")), "does not declare the columns name"),
        (lambda t: t.drop("form"), "does not hold the columns form"),
        (lambda t: t.with_columns(form=pl.lit("secret words")), "undeclared values in 4,000 rows"),
    ],
)
def test_what_is_not_declared_is_refused_without_quoting_it(domain_file, table, change, words):
    with pytest.raises(InputError, match=words) as refusal:
        encode(change(table), load_domain(domain_file), "t.parquet")
    assert "secret" not in str(refusal.value)


def test_a_person_keeps_at_most_so_many_rows_and_nobody_is_not_a_person():
    table = pl.DataFrame({"person": ["p", "p", "p", "q", None, None], "a": ["1", "2", "3", "1", "1", "1"]})
    assert bound_rows(table, "person", 2, "t").height == 5
    kept = {tuple(bound_rows(table, "person", 1, "t")["a"].sort()) for _ in range(60)}
    assert kept == {("1", "1", "1", "1"), ("1", "1", "1", "2"), ("1", "1", "1", "3")}
    with pytest.raises(InputError, match="no column 'who'"):
        bound_rows(table, "who", 1, "t")


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    path = tmp_path / "t.parquet"
    path.write_text(DOMAIN)
    with pytest.raises(InputError, match="cannot be read"):
        read_table(path)
