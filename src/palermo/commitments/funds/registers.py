"""The registers of a fund: pledges and receipts, calls and grants, projects and those whom they reached."""

from __future__ import annotations

from palermo.commitments.registers import Field, Register

__all__ = ["REGISTERS"]

_SEXES = ("male", "female", "other", "unknown")
_AGES = ("0-17", "18+", "unknown")
_DONORS = ("state", "un_entity", "igo", "ngo", "foundation", "private_sector", "individual", "other")
_FUND = Field("fund", "link", "The fund.", True, into=("funds",))


def _money(words: str) -> tuple[Field, Field]:
    return Field("currency", "currency", "The currency of the amount.", True), Field("amount", "amount", words, True)


REGISTERS = (
    Register(
        "funds",
        "A fund into which others pay, and its accounts' currency.",
        (
            Field("name", "text", "Its name.", True),
            Field("manager", "text", "Who runs it.", True),
            Field("manager_ref", "name", "The manager's IATI organisation identifier; needed for the IATI export."),
            Field("currency", "currency", "The currency in which its accounts are kept.", True),
            Field("founded_on", "date", "When it was founded."),
            Field("trustees", "number", "How many trustees it has."),
            Field("sector", "purpose", "OECD DAC purpose code of the whole fund; needed for the IATI export."),
        ),
    ),
    Register(
        "rates",
        "A rate of exchange that holds from a day until the next one.",
        (
            Field("currency", "currency", "One unit of this currency …", True),
            Field("into", "currency", "… in units of this one …", True),
            Field("rate", "rate", "… is so many.", True),
            Field("valid_on", "day", "The first day of the rate.", True),
        ),
        "valid_on",
    ),
    Register(
        "pledges",
        "A promise to pay into a fund.",
        (
            _FUND,
            Field("donor", "text", "Who promised.", True),
            Field("donor_kind", "code", "What the donor is.", True, _DONORS),
            Field("donor_state", "state", "The State, where the donor is one."),
            Field("for_year", "number", "The year for which it was promised."),
            Field("pledged_on", "date", "When it was promised.", True),
            *_money("How much was promised."),
        ),
        "pledged_on",
    ),
    Register(
        "contributions",
        "A payment into a fund that has arrived.",
        (
            _FUND,
            Field("pledge", "link", "The pledge that it pays, if any.", into=("pledges",)),
            Field("donor", "text", "Who paid.", True),
            Field("donor_kind", "code", "What the donor is.", True, _DONORS),
            Field("donor_state", "state", "The State, where the donor is one."),
            Field("paid_on", "day", "When it arrived.", True),
            *_money("How much arrived."),
        ),
        "paid_on",
    ),
    Register(
        "calls",
        "A call for proposals.",
        (
            _FUND,
            Field("name", "text", "Its name.", True),
            Field("programme", "text", "The sub-programme, such as emergency grants."),
            Field("opened_on", "date", "When it opened.", True),
            Field("closed_on", "date", "When it closed."),
            Field("ceiling", "amount", "The most that one grant may be, in the fund's currency."),
        ),
        "opened_on",
    ),
    Register(
        "proposals",
        "An organisation's answer to a call, and what the board decided.",
        (
            Field("call", "link", "The call.", True, into=("calls",)),
            Field("applicant", "text", "The organisation.", True),
            Field("country", "state", "Where it would work.", True),
            Field("submitted_on", "date", "When it came in.", True),
            *_money("How much it asks for."),
            Field("score", "number", "What the assessors gave it, of 100."),
            Field("decision", "code", "What the board decided.", True, ("pending", "chosen", "declined", "withdrawn")),
            Field("decided_on", "date", "When it decided."),
        ),
        "submitted_on",
    ),
    Register(
        "projects",
        "What is done with grants, in one country.",
        (
            Field("title", "text", "Its title.", True),
            Field("description", "text", "What it does, in a sentence for the public.", True),
            Field("country", "state", "Where it works.", True),
            Field("sector", "purpose", "OECD DAC purpose code, as in 15160 for human rights.", True),
            Field("from_on", "day", "Its first day.", True),
            Field("to_on", "day", "Its last day, as planned.", True),
            Field("status", "code", "How far it is.", True, ("planned", "running", "finished", "cancelled")),
            Field("provisions", "provisions", "The provisions that it serves."),
        ),
        "from_on",
    ),
    Register(
        "grants",
        "Money that a fund has awarded to an organisation.",
        (
            _FUND,
            Field("proposal", "link", "The proposal that was chosen, if there was a call.", into=("proposals",)),
            Field("project", "link", "The project that it pays for.", True, into=("projects",)),
            Field("grantee", "text", "The organisation.", True),
            Field("grantee_ref", "name", "Its IATI organisation identifier, if it has one."),
            Field("awarded_on", "day", "When it was awarded.", True),
            *_money("How much was awarded."),
        ),
        "awarded_on",
    ),
    Register(
        "payments",
        "Money that left a fund for a grantee, or came back.",
        (
            Field("grant", "link", "The grant.", True, into=("grants",)),
            Field("kind", "code", "Which way it went.", True, ("disbursement", "return")),
            Field("paid_on", "day", "When.", True),
            *_money("How much; a return too is written without a sign."),
        ),
        "paid_on",
    ),
    Register(
        "balances",
        "What a fund's statement of account says it holds at the end of a day.",
        (_FUND, Field("stated_on", "day", "The day of the statement.", True), *_money("What it holds.")),
        "stated_on",
    ),
    Register(
        "beneficiaries",
        "How many persons of one sex and age group a project reached in a period. Private: it can point at somebody.",
        (
            Field("project", "link", "The project.", True, into=("projects",)),
            Field("period", "date", "The year or month.", True),
            Field("sex", "code", "Their sex.", True, _SEXES),
            Field("age_group", "code", "Their age when they were reached.", True, _AGES),
            Field("n_persons", "number", "How many persons.", True),
        ),
        "period",
    ),
)
