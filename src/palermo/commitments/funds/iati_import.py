"""Activities of an IATI 2.x file → tables, and → records that a register can take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl

from palermo.errors import InputError
from palermo.standard import load_standard
from palermo.tables import must_be_file

__all__ = ["Activities", "Rows", "read_iati", "rows_for_registers"]

_ACTIVITY = (
    "identifier",
    "title",
    "description",
    "status",
    "country",
    "sector",
    "from_on",
    "to_on",
    "funder",
    "grantee",
    "grantee_ref",
)
_TRANSACTION = ("identifier", "ref", "kind", "on", "currency", "amount", "provider", "receiver")
_COMMITMENT, _DISBURSEMENT = "2", "3"
_STATUS = {"1": "planned", "2": "running", "3": "running", "4": "finished", "5": "cancelled", "6": "running"}

Rows = Mapping[str, list[dict[str, str]]]
"""Rows by register, as `append_records` takes them."""


@dataclass(frozen=True, slots=True)
class Activities:
    """What a file holds; an amount is text, so that not a digit of it is lost."""

    activities: pl.DataFrame
    transactions: pl.DataFrame


def read_iati(path: Path) -> Activities:
    """Read a file of activities.

    Raises
    ------
    InputError
        It is no XML, declares entities, is no file of activities, or of version 1.
    """
    must_be_file(path, todo="Look at the path.")
    data = path.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise InputError("the file declares a document type, which IATI does not have.", where=path.name)
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        raise InputError("the file is no XML.", where=path.name, todo="Download it again.") from error
    if root.tag != "iati-activities":
        raise InputError("the file has no activities.", where=path.name, todo="Give an IATI activity file.")
    if not root.get("version", "").startswith("2."):
        raise InputError("the file is of no version 2 of IATI.", where=path.name, todo="Ask for version 2.03.")
    found = root.findall("iati-activity")
    activities = pl.DataFrame([_activity(each) for each in found], schema=dict.fromkeys(_ACTIVITY, pl.String()))
    moved = [_transaction(each, transaction) for each in found for transaction in each.findall("transaction")]
    return Activities(activities, pl.DataFrame(moved, schema=dict.fromkeys(_TRANSACTION, pl.String())))


def _text(element: ET.Element, path: str) -> str:
    found = element.findtext(path)
    return " ".join((found or "").split())


def _attribute(element: ET.Element, path: str, name: str) -> str:
    found = element.find(path)
    return found.get(name, "") if found is not None else ""


def _activity(activity: ET.Element) -> dict[str, str]:
    alpha_3 = {country.alpha_2: code for code, country in load_standard().countries.items() if country.alpha_2}
    countries = [each.get("code", "") for each in activity.findall("recipient-country")]
    days = {each.get("type"): each.get("iso-date", "") for each in activity.findall("activity-date")}
    roles = {each.get("role"): each for each in activity.findall("participating-org")}
    grantee = roles.get("4")
    return {
        "identifier": _text(activity, "iati-identifier"),
        "title": _text(activity, "title/narrative"),
        "description": _text(activity, "description/narrative"),
        "status": _STATUS.get(_attribute(activity, "activity-status", "code"), ""),
        "country": alpha_3.get(countries[0], "") if len(countries) == 1 else "",
        "sector": _sector(activity),
        "from_on": days.get("2") or days.get("1") or "",
        "to_on": days.get("4") or days.get("3") or "",
        "funder": _text(roles["1"], "narrative") if "1" in roles else "",
        "grantee": _text(grantee, "narrative") if grantee is not None else "",
        "grantee_ref": grantee.get("ref", "") if grantee is not None else "",
    }


def _sector(activity: ET.Element) -> str:
    """Take the DAC purpose code; an element without a vocabulary is one."""
    codes = [each.get("code", "") for each in activity.findall("sector") if each.get("vocabulary", "1") == "1"]
    return codes[0] if codes else ""


def _transaction(activity: ET.Element, transaction: ET.Element) -> dict[str, str]:
    value = transaction.find("value")
    default = activity.get("default-currency", "")
    return {
        "identifier": _text(activity, "iati-identifier"),
        "ref": transaction.get("ref", ""),
        "kind": _attribute(transaction, "transaction-type", "code"),
        "on": _attribute(transaction, "transaction-date", "iso-date"),
        "currency": value.get("currency", default) if value is not None else default,
        "amount": _text(transaction, "value"),
        "provider": _text(transaction, "provider-org/narrative"),
        "receiver": _text(transaction, "receiver-org/narrative"),
    }


def rows_for_registers(read: Activities, *, fund: str, recorded_on: date, source: str) -> tuple[Rows, int]:
    """Make projects, grants and payments of the activities with an outgoing commitment, and count what is left out.

    An activity is left out that has no commitment, no end, no grantee, or not exactly one country: a register must not
    guess. So is every transaction of another kind than commitment and disbursement.
    """
    rows: dict[str, list[dict[str, str]]] = {"projects": [], "grants": [], "payments": []}
    moved = read.transactions.partition_by("identifier", as_dict=True)
    n_left_out = 0
    for activity in read.activities.iter_rows(named=True):
        own = moved.get((activity["identifier"],))
        transactions = own.to_dicts() if own is not None else []
        committed = [each for each in transactions if each["kind"] == _COMMITMENT]
        if len(committed) != 1 or not all(
            activity[name] for name in ("country", "to_on", "from_on", "grantee", "status", "sector")
        ):
            n_left_out += 1
            continue
        own_rows = _Provenance(recorded_on.isoformat(), source, _name(activity["identifier"]))
        rows["projects"].append(own_rows.project(activity))
        rows["grants"].append(own_rows.grant(activity, committed[0], fund))
        paid = [each for each in transactions if each["kind"] == _DISBURSEMENT]
        rows["payments"] += own_rows.payments(paid)
        n_left_out += len(transactions) - len(paid) - 1
    return rows, n_left_out


def _name(identifier: str) -> str:
    """Make an id that a register takes of an identifier that may hold other signs."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "_" for sign in identifier)


@dataclass(frozen=True, slots=True)
class _Provenance:
    recorded_on: str
    source: str
    name: str

    def _row(self, suffix: str, **cells: str) -> dict[str, str]:
        return {"id": self.name + suffix, "recorded_on": self.recorded_on, "source": self.source} | cells

    def project(self, activity: Mapping[str, str]) -> dict[str, str]:
        told = {name: activity[name] for name in ("title", "country", "sector", "from_on", "to_on", "status")}
        return self._row("-project", **told, description=activity["description"] or activity["title"])

    def grant(self, activity: Mapping[str, str], committed: Mapping[str, str], fund: str) -> dict[str, str]:
        money = {"currency": committed["currency"], "amount": committed["amount"]}
        to = {"grantee": activity["grantee"], "grantee_ref": activity["grantee_ref"]}
        return self._row("", fund=fund, project=f"{self.name}-project", awarded_on=committed["on"], **to, **money)

    def payments(self, paid: list[dict[str, str]]) -> Iterator[dict[str, str]]:
        for number, each in enumerate(paid, start=1):
            back = each["amount"].startswith("-")
            yield self._row(
                f"-payment-{number}",
                grant=self.name,
                kind="return" if back else "disbursement",
                paid_on=each["on"],
                currency=each["currency"],
                amount=each["amount"].lstrip("-"),
            )
