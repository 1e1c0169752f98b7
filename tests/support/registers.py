"""Builders of registers: an ordinary secretariat, whose files a test changes in one place."""

# ruff: noqa: E501
from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from palermo.commitments.catalogue import CATALOGUE

Rows = Sequence[Mapping[str, str]]

AN_ORDINARY_REGISTER: dict[str, list[dict[str, str]]] = {
    "questions": [
        {"id": "q-offence", "questionnaire": "untoc-review", "text": "Is it an offence?", "provisions": "tip_protocol-5", "certainty": "recalled"},
        {"id": "q-assistance", "questionnaire": "untoc-review", "text": "Which help?", "provisions": "tip_protocol-6; gpa-28", "certainty": "recalled"},
        {"id": "g-assistance", "questionnaire": "greta", "text": "What assistance?", "provisions": "gpa-28", "certainty": "recalled"},
    ],
    "rounds": [
        {"id": "untoc-1", "questionnaire": "untoc-review", "state": "KEN", "name": "first", "due_on": "2012-06-30"},
        {"id": "untoc-2", "questionnaire": "untoc-review", "state": "KEN", "name": "second", "due_on": "2014-06-30"},
        {"id": "greta-1", "questionnaire": "greta", "state": "KEN", "name": "first", "due_on": "2014-09-30"},
    ],
    "focal_points": [
        {"id": "fp-1", "state": "KEN", "office": "Rapporteur", "from_on": "2011-01-01", "to_on": "2013-12-31"},
        {"id": "fp-2", "state": "KEN", "office": "Ministry of Justice", "from_on": "2014-01-01"},
    ],
    "answers": [
        {"id": "a-1", "round": "untoc-1", "questions": "q-offence", "voice": "state", "author": "Ministry of Justice", "text": "It is an offence since 2010.", "visibility": "public"},
        {"id": "a-2", "round": "untoc-1", "questions": "q-assistance", "voice": "state", "author": "Ministry of Labour", "text": "Two shelters are open.", "visibility": "public"},
        {"id": "a-3", "round": "untoc-1", "questions": "q-assistance", "voice": "civil_society", "author": "Network of shelters", "text": "One shelter has closed.", "visibility": "public"},
        {"id": "a-4", "round": "untoc-1", "questions": "q-assistance", "voice": "government_reply", "author": "Ministry of Labour", "text": "It will open again in March, and a second one with it.", "visibility": "public", "replies_to": "a-3"},
        {"id": "a-5", "round": "untoc-2", "questions": "q-offence", "voice": "state", "author": "Ministry of Justice", "text": "It is an offence since 2010, for legal persons too.", "visibility": "confidential"},
    ],
    "answer_steps": [
        {"id": f"{answer}-{n}", "answer": answer, "step": step, "by": by, "done_on": on}
        for answer in ("a-1", "a-2", "a-4")
        for n, (step, by, on) in enumerate(
            [("submit", "Experts", "2012-05-01"), ("clear", "Rapporteur", "2012-05-10"), ("publish", "Rapporteur", "2012-06-01")]
        )
    ]
    + [
        {"id": "a-3-0", "answer": "a-3", "step": "submit", "by": "Network of shelters", "done_on": "2012-05-02"},
        {"id": "a-3-1", "answer": "a-3", "step": "publish", "by": "Network of shelters", "done_on": "2012-06-01"},
    ],
    "recommendations": [
        {"id": "r-1", "state": "KEN", "mechanism": "upr", "body": "UPR", "text": "Ratify the Protocol on trafficking in persons (Spain)", "published_on": "2010-06-17", "position": "supported"},
        {"id": "r-2", "state": "KEN", "mechanism": "upr", "body": "UPR", "text": "Ratify the Protocol on trafficking in persons (Italy)", "published_on": "2010-06-17", "position": "noted"},
        {"id": "r-3", "state": "KEN", "mechanism": "treaty_body", "body": "CEDAW", "text": "Open shelters for women who were trafficked", "published_on": "2011-04"},
    ],
    "actions": [
        {"id": "do-1", "recommendations": "r-1; r-2", "lead": "Ministry of Foreign Affairs", "action": "Bring the bill", "indicator": "Deposit", "due_on": "2012-12-31"},
        {"id": "do-2", "recommendations": "r-3", "lead": "Ministry of Labour", "action": "Open two shelters", "indicator": "Shelters open", "due_on": "2013-06-30"},
    ],
    "evidence": [
        {"id": "ev-1", "kind": "figure", "title": "Beds in shelters", "reference": "release 0123, table 4", "dated_on": "2013-01"},
    ],
    "progress": [
        {"id": "p-1", "about": "do-2", "noted_on": "2013-02-01", "stage": "under_way", "note": "One is open.", "evidence": "ev-1"},
        {"id": "p-2", "about": "s-2", "noted_on": "2013-12-01", "stage": "done", "note": "Paid.", "evidence": "ev-1"},
    ],
    "actors": [
        {"id": "iom", "name": "IOM", "kind": "un_entity", "icat": "founder", "icat_since": "2007-03"},
        {"id": "ngo", "name": "Network of shelters", "kind": "ngo"},
    ],
    "agreements": [
        {"id": "mou", "title": "Memorandum", "kind": "bilateral", "states": "KEN; UGA", "signed_on": "2011", "subject": "Return"},
    ],
    "activities": [
        {"id": "act-1", "actor": "iom", "theme": "shelter", "country": "KEN", "title": "Beds", "from_on": "2011", "to_on": "2013"},
        {"id": "act-2", "actor": "ngo", "theme": "shelter", "country": "KEN", "title": "Beds", "from_on": "2012-02"},
        {"id": "act-3", "actor": "ngo", "theme": "awareness", "country": "UGA", "title": "Radio", "from_on": "2012-02"},
    ],
    "agency_actions": [
        {"id": "icat-1", "owner": "IOM", "action": "Draft the paper", "agreed_at": "ICAT", "agreed_on": "2012-01-15", "due_on": "2012-09-30"},
    ],
    "practices": [
        {"id": "pr-1", "title": "Radio plays", "country": "UGA", "actor": "ngo", "theme": "awareness", "objective": "Know the risks", "design": "randomised", "method": "20 villages by lot", "result": "No difference", "limits": "One season", "evidence": "ev-1"},
        {"id": "pr-2", "title": "Posters", "country": "UGA", "actor": "ngo", "theme": "awareness", "objective": "Know the risks", "design": "before_after", "method": "Asked twice", "result": "More knew", "limits": "No comparison"},
    ],
    "funds": [
        {"id": "fund", "name": "Fund for Victims", "manager": "UNODC", "manager_ref": "XX-TEST-1", "sector": "15160", "currency": "USD", "founded_on": "2010-11-04"},
    ],
    "rates": [{"id": "eur", "currency": "EUR", "into": "USD", "rate": "1.25", "valid_on": "2012-01-01"}],
    "pledges": [
        {"id": "pledge", "fund": "fund", "donor": "Austria", "donor_kind": "state", "donor_state": "AUT", "for_year": "2012", "pledged_on": "2012-01-10", "currency": "EUR", "amount": "100000"},
    ],
    "contributions": [
        {"id": "c-1", "fund": "fund", "pledge": "pledge", "donor": "Austria", "donor_kind": "state", "donor_state": "AUT", "paid_on": "2012-02-01", "currency": "EUR", "amount": "80000.10"},
        {"id": "c-2", "fund": "fund", "donor": "A. Person", "donor_kind": "individual", "paid_on": "2012-03-01", "currency": "USD", "amount": "50.00"},
    ],
    "calls": [{"id": "call", "fund": "fund", "name": "First call", "opened_on": "2012-01", "closed_on": "2012-02", "ceiling": "60000"}],
    "proposals": [
        {"id": "prop", "call": "call", "applicant": "Shelter", "country": "KEN", "submitted_on": "2012-02-10", "currency": "USD", "amount": "60000", "decision": "chosen", "decided_on": "2012-03"},
    ],
    "projects": [
        {"id": "proj", "title": "A shelter & a kitchen", "description": "Beds and legal help.", "country": "KEN", "sector": "15160", "from_on": "2012-04-01", "to_on": "2013-03-31", "status": "running"},
    ],
    "grants": [
        {"id": "grant", "fund": "fund", "proposal": "prop", "project": "proj", "grantee": "Shelter", "awarded_on": "2012-03-15", "currency": "USD", "amount": "60000"},
    ],
    "payments": [
        {"id": "pay-1", "grant": "grant", "kind": "disbursement", "paid_on": "2012-04-02", "currency": "USD", "amount": "40000"},
        {"id": "pay-2", "grant": "grant", "kind": "return", "paid_on": "2013-04-30", "currency": "USD", "amount": "123.45"},
    ],
    "balances": [{"id": "bank", "fund": "fund", "stated_on": "2012-12-31", "currency": "USD", "amount": "60050.12"}],
    "beneficiaries": [
        {"id": "b-1", "project": "proj", "period": "2012", "sex": "female", "age_group": "18+", "n_persons": "3"},
        {"id": "b-2", "project": "proj", "period": "2013", "sex": "female", "age_group": "18+", "n_persons": "4"},
    ],
    "meetings": [
        {"id": "hlm", "title": "The high-level meeting", "kind": "high_level", "from_on": "2013-05-13", "to_on": "2013-05-14"},
    ],
    "modalities": [
        {"id": "m-1", "meeting": "hlm", "subject": "speaking_order", "category": "un_entity", "number": "1", "text": "The United Nations open.", "adopted_on": "2013-05-01"},
        {"id": "m-2", "meeting": "hlm", "subject": "speaking_order", "category": "member_state", "number": "2", "text": "States follow.", "adopted_on": "2013-05-01"},
        {"id": "m-3", "meeting": "hlm", "subject": "speaking_time", "category": "member_state", "number": "5", "text": "Five minutes.", "adopted_on": "2013-05-01"},
        {"id": "m-4", "meeting": "hlm", "subject": "speaking_time", "category": "ngo", "number": "3", "text": "Three minutes.", "adopted_on": "2013-05-01"},
    ],
    "facilitators": [
        {"id": "f-1", "meeting": "hlm", "state": "AUT"},
        {"id": "f-2", "meeting": "hlm", "state": "CPV"},
    ],
    "consultations": [{"id": "cons", "meeting": "hlm", "held_on": "2013-03-01", "subject": "Modalities"}],
    "participants": [
        {"id": "ken", "meeting": "hlm", "name": "Kenya", "category": "member_state", "state": "KEN", "accreditation": "not_needed"},
        {"id": "ita", "meeting": "hlm", "name": "Italy", "category": "member_state", "state": "ITA", "accreditation": "not_needed"},
        {"id": "who", "meeting": "hlm", "name": "UNODC", "category": "un_entity", "accreditation": "not_needed"},
        {"id": "net", "meeting": "hlm", "name": "Network of shelters", "category": "ngo", "accreditation": "accredited", "decided_on": "2013-04-20"},
        {"id": "new", "meeting": "hlm", "name": "New network", "category": "ngo", "accreditation": "requested"},
    ],
    "sessions": [
        {"id": "am", "meeting": "hlm", "name": "Plenary", "held_on": "2013-05-13", "begins_at": "10:00", "ends_at": "10:20"},
    ],
    "speakers": [
        {"id": "sp-1", "session": "am", "participant": "net", "place": "1"},
        {"id": "sp-2", "session": "am", "participant": "ita", "place": "2"},
        {"id": "sp-3", "session": "am", "participant": "ken", "place": "1"},
        {"id": "sp-4", "session": "am", "participant": "who", "place": "1", "minutes": "10"},
    ],
    "statements": [
        {"id": "s-1", "meeting": "hlm", "participant": "ken", "made_on": "2013-05-13", "text": "We open shelters", "provisions": "gpa-28", "commits": "yes", "due_on": "2014-07-01"},
        {"id": "s-2", "meeting": "hlm", "participant": "ita", "made_on": "2013-05-13", "text": "We pay into the Fund", "provisions": "gpa-38", "commits": "yes"},
        {"id": "s-3", "meeting": "hlm", "participant": "net", "made_on": "2013-05-14", "text": "Shelters lack money", "provisions": "gpa-28"},
    ],
    "summary": [
        {"id": "sum-1", "meeting": "hlm", "section": "Gaps", "place": "1", "text": "Money for shelters is lacking.", "cites": "s-3", "status": "draft"},
    ],
}  # fmt: skip
"""Invented, but for the two States that facilitated the meeting of 2013."""


def write_register(folder: Path, name: str, rows: Rows, *, recorded_on: str = "2012-01-01") -> Path:
    """Write one file; a row says only what matters, and was entered long ago."""
    register = CATALOGUE.registers[name]
    path = folder / register.file
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in register.kind.columns])
        writer.writeheader()
        writer.writerows({"recorded_on": recorded_on, "source": "invented"} | dict(row) for row in rows)
    return path


def a_register(project: Path, **changed: Rows) -> Path:
    """Write an ordinary register into a project, with some of its files changed."""
    folder = project / "register"
    folder.mkdir()
    for name, rows in (AN_ORDINARY_REGISTER | changed).items():
        write_register(folder, name, rows)
    return folder


def one_row(name: str, row_id: str, /, **cells: str) -> Rows:
    """Give the rows of an ordinary register with some cells of one of them changed."""
    return [row | cells if row["id"] == row_id else row for row in AN_ORDINARY_REGISTER[name]]


def and_row(name: str, /, **cells: str) -> Rows:
    """Give the rows of an ordinary register with one more."""
    return [*AN_ORDINARY_REGISTER[name], cells]
