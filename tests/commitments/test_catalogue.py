"""Registers together: loaded whole or not at all, corrected by new records, asked for as of two days."""

from __future__ import annotations

from datetime import date

import pytest

from palermo.commitments.catalogue import CATALOGUE, SHIPPED
from palermo.commitments.provisions import load_provisions
from palermo.commitments.records import RecordsRefused
from tests.support.registers import AN_ORDINARY_REGISTER, a_register, and_row, one_row, write_register

LATER = date(2015, 1, 1)
PROVISIONS = frozenset(load_provisions())


def read(folder, as_recorded=LATER):
    return CATALOGUE.read(folder, as_recorded=as_recorded, provisions=PROVISIONS)


def findings(folder, as_recorded=LATER):
    return [(found.rule, found.file, found.row) for found in read(folder, as_recorded).findings]


def test_nothing_is_wrong_with_an_ordinary_register(tmp_path):
    reading = read(a_register(tmp_path))
    assert reading.findings == ()
    assert reading.n_records == {name: len(rows) for name, rows in AN_ORDINARY_REGISTER.items()}


def test_the_ordinary_register_has_every_register():
    assert set(AN_ORDINARY_REGISTER) == set(CATALOGUE.registers)


def test_what_we_ship_breaks_no_rule(tmp_path):
    for name, path in SHIPPED.items():
        (tmp_path / f"{name}.csv").write_bytes(path.read_bytes())
    assert findings(tmp_path, date(2030, 1, 1)) == []


BROKEN = {
    "answer.cleared": ("answer_steps", one_row("answer_steps", "a-1-1", by=""), 3),
    "answer.step": ("answer_steps", one_row("answer_steps", "a-1-0", step="publish"), 2),
    "answer.confidential": ("answers", one_row("answers", "a-1", visibility="confidential"), 4),
    "answer.changed": ("answers", one_row("answers", "a-2", recorded_on="2012-08-01"), 3),
    "answer.reply": ("answers", one_row("answers", "a-4", replies_to="a-1"), 5),
    "answer.round": ("answers", one_row("answers", "a-1", round="greta-1"), 2),
    "progress.evidence": ("progress", one_row("progress", "p-2", evidence=""), 3),
    "progress.commitment": ("progress", one_row("progress", "p-1", about="s-3"), 2),
    "recommendation.position": ("recommendations", one_row("recommendations", "r-3", position="noted"), 4),
    "promise.one-id": ("agency_actions", one_row("agency_actions", "icat-1", id="do-1"), 2),
    "agreement.parties": ("agreements", one_row("agreements", "mou", states="KEN"), 2),
    "cooperation.days": ("activities", one_row("activities", "act-1", to_on="2010"), 2),
    "money.exact": ("contributions", one_row("contributions", "c-2", amount="50.001"), 3),
    "money.rate": ("contributions", one_row("contributions", "c-2", currency="KES"), 3),
    "money.currency": ("rates", one_row("rates", "eur", currency="EUX"), 2),
    "grant.within-fund": ("grants", one_row("grants", "grant", amount="100051", proposal=""), 2),
    "grant.ceiling": ("grants", one_row("grants", "grant", amount="60000.01"), 2),
    "grant.chosen": ("proposals", one_row("proposals", "prop", decision="declined"), 2),
    "payment.within-grant": ("payments", one_row("payments", "pay-1", amount="60000.01"), 2),
    "payment.after-grant": ("payments", one_row("payments", "pay-1", paid_on="2012-03-14"), 2),
    "balance.reconciles": ("balances", one_row("balances", "bank", amount="60050.13"), 2),
    "contribution.pledge": ("contributions", one_row("contributions", "c-1", donor="Italy"), 2),
    "project.days": ("projects", one_row("projects", "proj", to_on="2012-03-01"), 2),
    "call.days": ("calls", one_row("calls", "call", closed_on="2011"), 2),
    "participant.accreditation": ("participants", one_row("participants", "net", accreditation="not_needed"), 5),
    "participant.decided": ("participants", one_row("participants", "net", decided_on=""), 5),
    "participant.state": ("participants", one_row("participants", "who", state="AUT"), 4),
    "speaker.admitted": ("speakers", one_row("speakers", "sp-1", participant="new"), 2),
    "speaker.minutes": ("speakers", one_row("speakers", "sp-4", minutes=""), 5),
    "speaker.place": ("speakers", one_row("speakers", "sp-2", place="1"), 4),
    "facilitator.two": ("facilitators", and_row("facilitators", id="f-3", meeting="hlm", state="ITA"), 4),
    "statement.day": ("statements", one_row("statements", "s-3", made_on="2013-05-15"), 4),
    "statement.provisions": ("statements", one_row("statements", "s-1", provisions=""), 2),
    "session.times": ("sessions", one_row("sessions", "am", ends_at="09:00"), 2),
    "meeting.days": ("meetings", one_row("meetings", "hlm", to_on="2013-05-12"), 2),
    "provision.there": ("statements", one_row("statements", "s-3", provisions="gpa-62"), 4),
    "link.there": ("grants", one_row("grants", "grant", project="nowhere"), 2),
    "funds.currency": ("funds", one_row("funds", "fund", currency="dollars"), 2),
    "participants.state": ("participants", one_row("participants", "ken", state="XXX"), 2),
    "payments.kind": ("payments", one_row("payments", "pay-1", kind="refund"), 2),
    "record.one-id": ("rates", and_row("rates", **AN_ORDINARY_REGISTER["rates"][0]), 3),
}


ELSEWHERE = {"answer.confidential": "answer_steps.csv", "grant.chosen": "grants.csv"}
"""Rules whose finding is in another file than the one that was changed."""


@pytest.mark.parametrize("rule", BROKEN)
def test_what_breaks_a_rule_is_found_in_its_row_and_nothing_is_loaded(tmp_path, rule):
    name, rows, row = BROKEN[rule]
    folder = a_register(tmp_path, **{name: rows})
    found = findings(folder)
    assert (rule, ELSEWHERE.get(rule, f"{name}.csv"), row) in found
    with pytest.raises(RecordsRefused):
        CATALOGUE.load(folder, as_recorded=LATER, provisions=PROVISIONS)


def test_an_office_clears_only_while_it_is_the_focal_point(tmp_path):
    late = one_row("answer_steps", "a-1-1", by="Ministry of Justice")
    assert findings(a_register(tmp_path, answer_steps=late)) == [("answer.cleared", "answer_steps.csv", 3)]


def test_evidence_that_is_a_withdrawn_figure_is_found(tmp_path):
    gone = {"id": "ev-1x", "corrects": "ev-1", "withdrawn": "yes", "recorded_on": "2014-01-01"}
    folder = a_register(tmp_path, evidence=and_row("evidence", **gone))
    found = findings(folder)
    assert ("link.withdrawn", "progress.csv", 2) in found
    assert findings(folder, date(2013, 12, 31)) == []


def test_a_correction_is_a_new_record_and_what_was_known_before_can_be_asked(tmp_path):
    right = AN_ORDINARY_REGISTER["grants"][0] | {
        "id": "grant-2",
        "corrects": "grant",
        "amount": "59000",
        "recorded_on": "2013-06-01",
    }
    folder = a_register(tmp_path, grants=and_row("grants", **right))
    assert CATALOGUE.load(folder, as_recorded=date(2013, 5, 31)).rows("grants")[0]["amount"] == "60000"
    after = CATALOGUE.load(folder, as_recorded=date(2013, 6, 1))
    assert [(grant["id"], grant["amount"]) for grant in after.rows("grants")] == [("grant", "59000")]
    assert {payment["grant"] for payment in after.rows("payments")} == {"grant"}


def test_of_a_year_all_must_lie_before_the_day(tmp_path):
    known = CATALOGUE.load(a_register(tmp_path), as_recorded=LATER)
    assert known.true_on(date(2011, 12, 30)).rows("agreements") == []
    assert len(known.true_on(date(2011, 12, 31)).rows("agreements")) == 1


def test_what_has_no_date_is_left_out_and_counted(tmp_path):
    undated = one_row("recommendations", "r-3", published_on="")
    known = CATALOGUE.load(a_register(tmp_path, recommendations=undated), as_recorded=LATER)
    assert known.true_on(LATER).n_undated == {"recommendations": 1}


def test_a_file_and_a_column_that_nobody_reads_are_found(tmp_path):
    folder = a_register(tmp_path)
    (folder / "grant.csv").write_text("id\n")
    path = folder / "rates.csv"
    path.write_text(path.read_text().replace("valid_on", "valid_from"))
    assert [rule for rule, _, _ in findings(folder)] == ["file.known", "file.readable"]
    path.write_text(path.read_text().replace("corrects", "korrects").replace("valid_from", "valid_on"))
    assert ("file.headings", "rates.csv", 1) in findings(folder)


def test_a_finding_never_quotes_a_cell(tmp_path):
    secret = "Maria-Example"
    for name, rows in AN_ORDINARY_REGISTER.items():
        folder = tmp_path / name
        folder.mkdir()
        last = CATALOGUE.registers[name].kind.columns[-1].name
        write_register(folder, name, [row | {last: secret, "recorded_on": secret} for row in rows])
        assert findings(folder)
        assert all(secret not in found.sentence() for found in read(folder).findings)
