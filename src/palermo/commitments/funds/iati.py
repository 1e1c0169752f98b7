"""Funds and grants as activities of the aid-transparency standard IATI 2.03, held against its official schema.

Beneficiaries are not in it: a small count by sex and age can point at somebody, and no gate has seen it.
A donor who is an individual is not named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from xml.etree import ElementTree as ET

from palermo.commitments.funds.ledger import money_of
from palermo.commitments.registers import Known, Record
from palermo.errors import InputError
from palermo.standard import load_standard

__all__ = ["IatiFile", "write_iati"]

_VERSION = "2.03"
_MULTILATERAL, _NATIONAL_NGO = "40", "22"
_FUNDING, _IMPLEMENTING = "1", "4"
_INCOMING, _COMMITMENT, _DISBURSEMENT, _INCOMING_COMMITMENT = "1", "2", "3", "11"
_STATUS = {"planned": "1", "running": "2", "finished": "4", "cancelled": "5"}
_DATES = {"planned": ("1", "3"), "running": ("2", "3"), "finished": ("2", "4"), "cancelled": ("1", "3")}
"""Start and end: planned are 1 and 3, actual are 2 and 4."""
_WORLD_REGION = "998"
_DAC = "1"
_DONOR_TYPES = {
    "state": "10",
    "un_entity": "40",
    "igo": "40",
    "ngo": "21",
    "foundation": "60",
    "private_sector": "70",
    "individual": "90",
    "other": "90",
}


@dataclass(frozen=True, slots=True)
class IatiFile:
    """A file of activities that the schema and the ruleset accept."""

    xml: str
    n_activities: int
    n_transactions: int


def write_iati(known: Known, as_of: date) -> IatiFile:
    """Write every fund of which anything is recorded, and every grant made by a day, as an activity.

    Raises
    ------
    InputError
        A fund lacks its manager's identifier or its sector, or the schema refuses the file.
    """
    moment = datetime.combine(as_of, time()).isoformat()
    if not _kept(known):
        raise InputError("no fund has a pledge, a contribution or a grant, so there is nothing to write.")
    root = ET.Element("iati-activities", {"version": _VERSION, "generated-datetime": moment})
    for activity in (*_funds(known, as_of), *_grants(known, as_of)):
        root.append(activity)
    ET.indent(root)
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    _must_be_valid(xml)
    return IatiFile(xml, len(root), len(root.findall("iati-activity/transaction")))


def _must_be_valid(xml: str) -> None:
    from okfn_iati import IatiValidator  # type: ignore[import-untyped]

    valid, problems = IatiValidator().validate(xml)
    if not valid:
        n_problems = sum(len(each) for each in problems.values())
        what = f"{n_problems} rules of IATI {_VERSION} would be broken, so nothing is written."
        raise InputError(
            what, todo="Look for signs in titles, descriptions and names that cannot be written, such as control signs."
        )


def _kept(known: Known) -> list[tuple[str, Record]]:
    """Give the funds of which anything is recorded."""
    named = {record["fund"] for name in ("pledges", "contributions", "grants") for record in known.rows(name)}
    return [(fund, record) for fund, record in known.by_id("funds").items() if fund in named]


def _funds(known: Known, as_of: date) -> Iterator[ET.Element]:
    for fund, record in _kept(known):
        _must_have(record)
        activity = _activity(record, fund, level="1")
        _narrative(ET.SubElement(activity, "title"), record["name"])
        _narrative(ET.SubElement(activity, "description", type="1"), f"Voluntary fund run by {record['manager']}.")
        _organisation(activity, record["manager"], role="2", ref=record["manager_ref"], kind=_MULTILATERAL)
        ET.SubElement(activity, "activity-status", code="2")
        founded = record["founded_on_earliest"] or as_of
        ET.SubElement(activity, "activity-date", {"type": "2", "iso-date": founded.isoformat()})
        ET.SubElement(activity, "recipient-region", vocabulary="1", code=_WORLD_REGION)
        ET.SubElement(activity, "sector", vocabulary=_DAC, code=record["sector"])
        for kind, name, day in (
            (_INCOMING_COMMITMENT, "pledges", "pledged_on_latest"),
            (_INCOMING, "contributions", "paid_on"),
        ):
            for paid in known.rows(name):
                if paid["fund"] == fund and paid[day] <= as_of:
                    _transaction(activity, kind, paid, paid[day], from_=_donor(paid), to=record["name"])
        for grant in _of_fund(known, fund, as_of):
            ref = _identifier(record, grant["id"])
            ET.SubElement(activity, "related-activity", ref=ref, type="2")
        yield activity


def _grants(known: Known, as_of: date) -> Iterator[ET.Element]:
    countries, projects = load_standard().countries, known.by_id("projects")
    for fund, record in _kept(known):
        for grant in _of_fund(known, fund, as_of):
            project = projects[grant["project"]]
            activity = _activity(record, grant["id"], level="2")
            _narrative(ET.SubElement(activity, "title"), project["title"])
            _narrative(ET.SubElement(activity, "description", type="1"), project["description"])
            _organisation(activity, record["name"], role=_FUNDING, ref=_identifier(record, fund), kind=_MULTILATERAL)
            _organisation(activity, grant["grantee"], role=_IMPLEMENTING, ref=grant["grantee_ref"], kind=_NATIONAL_NGO)
            ET.SubElement(activity, "activity-status", code=_STATUS[project["status"]])
            for kind, day in zip(_DATES[project["status"]], ("from_on", "to_on"), strict=True):
                ET.SubElement(activity, "activity-date", {"type": kind, "iso-date": project[day].isoformat()})
            ET.SubElement(activity, "recipient-country", code=countries[project["country"]].alpha_2)
            ET.SubElement(activity, "sector", vocabulary=_DAC, code=project["sector"])
            _transaction(activity, _COMMITMENT, grant, grant["awarded_on"], from_=record["name"], to=grant["grantee"])
            _payments(activity, known, record, grant, as_of)
            ET.SubElement(activity, "related-activity", ref=_identifier(record, fund), type="1")
            yield activity


def _of_fund(known: Known, fund: str, as_of: date) -> list[Record]:
    return [grant for grant in known.rows("grants") if grant["fund"] == fund and grant["awarded_on"] <= as_of]


def _payments(activity: ET.Element, known: Known, fund: Record, grant: Record, as_of: date) -> None:
    for paid in known.rows("payments"):
        if paid["grant"] == grant["id"] and paid["paid_on"] <= as_of:
            back = paid["kind"] == "return"
            _transaction(
                activity, _DISBURSEMENT, paid, paid["paid_on"], from_=fund["name"], to=grant["grantee"], back=back
            )


def _must_have(fund: Record) -> None:
    missing = [name for name in ("manager_ref", "sector") if not fund[name]]
    if missing:
        where, what = f"funds.csv, row {fund['row']}", f"{' and '.join(missing)} must be filled for this export."
        raise InputError(what, where=where, todo="Correct the fund in a new row that names this one in corrects.")


def _identifier(fund: Record, name: str) -> str:
    return f"{fund['manager_ref']}-{name}"


def _activity(fund: Record, name: str, *, level: str) -> ET.Element:
    activity = ET.Element("iati-activity", {"default-currency": fund["currency"], "hierarchy": level})
    ET.SubElement(activity, "iati-identifier").text = _identifier(fund, name)
    reporting = ET.SubElement(activity, "reporting-org", ref=fund["manager_ref"], type=_MULTILATERAL)
    _narrative(reporting, fund["manager"])
    return activity


def _narrative(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "narrative").text = text


def _organisation(activity: ET.Element, name: str, *, role: str, ref: str | None, kind: str) -> None:
    told = {"role": role, "type": kind} | ({"ref": ref} if ref else {})
    _narrative(ET.SubElement(activity, "participating-org", told), name)


def _donor(record: Record) -> str:
    return "An individual" if record["donor_kind"] == "individual" else str(record["donor"])


def _transaction(
    activity: ET.Element, kind: str, record: Record, day: date, *, from_: str, to: str, back: bool = False
) -> None:
    transaction = ET.SubElement(activity, "transaction", ref=record["id"])
    ET.SubElement(transaction, "transaction-type", code=kind)
    ET.SubElement(transaction, "transaction-date", {"iso-date": day.isoformat()})
    money = -money_of(record) if back else money_of(record)
    value = ET.SubElement(transaction, "value", {"currency": money.currency, "value-date": day.isoformat()})
    value.text = f"{money.amount:f}"
    donor = {"type": _DONOR_TYPES[record["donor_kind"]]} if "donor_kind" in record else {}
    _narrative(ET.SubElement(transaction, "provider-org", donor), from_)
    _narrative(ET.SubElement(transaction, "receiver-org"), to)
