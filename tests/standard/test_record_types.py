"""What is recorded: the four units of IC-TIP, referral and assistance, with links from many to many."""

from __future__ import annotations

import pytest

from palermo.standard import load_standard, table_shapes

STANDARD = load_standard()
SHAPES = {shape.name: shape for shape in table_shapes(STANDARD)}


def test_the_units_are_those_of_ic_tip_and_referral_and_assistance_say_that_they_are_none():
    assert list(STANDARD.record_types) == [*STANDARD.units, "referral", "assistance", "cell"]
    for name, record in STANDARD.record_types.items():
        assert ("no unit of IC-TIP" in record.definition) == (name not in STANDARD.units)
        assert record.certainty in STANDARD.certainties and record.source in STANDARD.sources


@pytest.mark.parametrize("name", STANDARD.record_types)
def test_a_record_is_told_from_others_by_a_field_of_its_own(name):
    record = STANDARD.record_types[name]
    if record.key:
        assert STANDARD.field(record.key).unit == name
    else:
        assert name == "cell"
    assert all(STANDARD.field(field).unit != name for field in record.beside)


@pytest.mark.parametrize("name", STANDARD.links)
def test_a_link_joins_two_record_types(name):
    link = STANDARD.links[name]
    assert {link.one, link.other} <= set(STANDARD.record_types)
    assert link.kind in ("many-to-many", "one-to-many")


def test_events_victims_perpetrators_and_reporting_entities_are_linked_from_many_to_many():
    many = {(link.one, link.other) for link in STANDARD.links.values() if link.kind == "many-to-many"}
    assert many == {
        ("event", "victim"), ("event", "perpetrator"), ("event", "reporting_entity"),
        ("victim", "reporting_entity"), ("victim", "perpetrator"),
    }  # fmt: skip


def test_what_belongs_to_both_ends_stands_in_the_link():
    assert [field.field for field in SHAPES["victim_perpetrator"].fields] == [
        "record_id", "perpetrator_id", "relation_to_perpetrator",
    ]  # fmt: skip
    assert SHAPES["event_perpetrator"].key == ("event_id", "perpetrator_id")


def test_a_referral_points_to_one_victim():
    shape = SHAPES["referral"]
    assert shape.key == ("referral_id",)
    assert [(pointer.field.field, pointer.table) for pointer in shape.pointers] == [("record_id", "victim")]
    assert "victim_referral" not in SHAPES


def test_every_field_stands_in_a_table():
    assert {field.field for shape in SHAPES.values() for field in shape.fields} == set(STANDARD.fields)
    for shape in SHAPES.values():
        names = [field.field for field in shape.fields]
        assert len(names) == len(set(names))


def test_no_table_has_a_column_for_a_name_a_birth_date_or_an_address():
    """Names never travel: what identifies is named in a mapping, for use at the agency."""
    for name in STANDARD.fields:
        assert not {"name", "surname", "birth", "address", "phone", "email", "passport"} & set(name.split("_"))
