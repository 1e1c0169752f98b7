"""IATI: what we write is accepted by the official schema of version 2.03, and comes back the same."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from okfn_iati import IatiValidator

from palermo.commitments.catalogue import CATALOGUE
from palermo.commitments.funds import read_iati, rows_for_registers, write_iati
from palermo.errors import InputError
from tests.support.registers import a_register, one_row

LATER = date(2015, 1, 1)


@pytest.fixture
def known(tmp_path):
    return CATALOGUE.load(a_register(tmp_path), as_recorded=LATER)


@pytest.fixture
def path(known, tmp_path):
    path = tmp_path / "activities.xml"
    path.write_text(write_iati(known, LATER).xml, encoding="utf-8")
    return path


def test_the_official_schema_accepts_it(path):
    """The schema files are IATI's own of version 2.03, as okfn-iati ships them."""
    schema = IatiValidator().schema
    assert schema.validate(etree.parse(path)), schema.error_log


def test_the_schema_is_the_one_that_refuses(known, path):
    text = path.read_text("utf-8").replace("<title>", "<titel>").replace("</title>", "</titel>")
    assert not IatiValidator().validate_xml(text)[0]


def test_a_fund_and_each_grant_are_activities_and_their_money_is_exact(path):
    root = ET.parse(path).getroot()
    names = [each.findtext("iati-identifier") for each in root]
    assert names == ["XX-TEST-1-fund", "XX-TEST-1-grant"]
    values = [(each.get("currency"), each.text) for each in root.iter("value")]
    assert values == [
        ("EUR", "100000.00"),
        ("EUR", "80000.10"),
        ("USD", "50.00"),
        ("USD", "60000.00"),
        ("USD", "40000.00"),
        ("USD", "-123.45"),
    ]


def test_neither_a_private_donor_nor_those_who_were_helped_are_in_it(path):
    text = path.read_text("utf-8")
    assert "A. Person" not in text
    assert "An individual" in text
    assert "18+" not in text and "female" not in text


def test_only_what_was_done_by_the_day_is_in_it(known):
    assert write_iati(known, date(2012, 3, 14)).n_activities == 1
    assert write_iati(known, date(2012, 12, 31)).n_transactions == 5


def test_what_comes_back_is_what_was_written(known, path):
    rows, n_left_out = rows_for_registers(read_iati(path), fund="fund", recorded_on=LATER, source="IATI")
    assert n_left_out == 1  # the fund itself, which has no outgoing commitment
    for name, cells in (
        ("projects", ("title", "description", "country", "sector", "from_on", "to_on", "status")),
        ("grants", ("fund", "grantee", "awarded_on", "currency")),
        ("payments", ("kind", "paid_on", "currency")),
    ):
        ours = [{cell: str(record[cell]) for cell in cells} for record in known.rows(name)]
        assert [{cell: row[cell] for cell in cells} for row in rows[name]] == ours
    assert [row["amount"] for row in rows["grants"] + rows["payments"]] == ["60000.00", "40000.00", "123.45"]


def test_a_fund_without_its_managers_identifier_is_not_exported(tmp_path):
    known = CATALOGUE.load(a_register(tmp_path, funds=one_row("funds", "fund", manager_ref="")), as_recorded=LATER)
    with pytest.raises(InputError, match=r"funds\.csv, row 2: manager_ref must be filled"):
        write_iati(known, LATER)


def test_what_the_standard_cannot_hold_is_refused(tmp_path):
    """XML 1.0 has no vertical tab."""
    known = CATALOGUE.load(
        a_register(tmp_path, projects=one_row("projects", "proj", title="A\x0bB")), as_recorded=LATER
    )
    with pytest.raises(InputError, match="rules of IATI"):
        write_iati(known, LATER)


@pytest.mark.parametrize(
    "text",
    [
        "no xml",
        "<organisations/>",
        "<iati-activities/>",
        '<iati-activities version="1.05"/>',
        '<!DOCTYPE x [<!ENTITY a "b">]><iati-activities/>',
    ],
)
def test_what_is_no_file_of_activities_is_refused(tmp_path, text):
    path = tmp_path / "file.xml"
    path.write_text(text)
    with pytest.raises(InputError):
        read_iati(path)


def test_an_activity_in_two_countries_is_left_out_and_counted(path, tmp_path):
    country = '<recipient-country code="KE" />'
    other = tmp_path / "two.xml"
    other.write_text(path.read_text("utf-8").replace(country, country + '<recipient-country code="UG" />'))
    rows, n_left_out = rows_for_registers(read_iati(other), fund="fund", recorded_on=LATER, source="IATI")
    assert (len(rows["grants"]), n_left_out) == (0, 2)
