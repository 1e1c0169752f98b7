"""Funds: what was promised, paid, awarded and spent. Money is exact, and the books reconcile."""

from pathlib import Path

from palermo.commitments.funds.iati import IatiFile, write_iati
from palermo.commitments.funds.iati_import import Activities, read_iati, rows_for_registers
from palermo.commitments.funds.ledger import Account, Balance, Entry, balance, entries
from palermo.commitments.funds.money import Money, NotMoney, read_money
from palermo.commitments.funds.registers import REGISTERS
from palermo.commitments.funds.rules import RULES
from palermo.commitments.funds.tables import balance_table, beneficiary_table, donor_table, grant_table

__all__ = [
    "REGISTERS",
    "RULES",
    "SHIPPED",
    "Account",
    "Activities",
    "Balance",
    "Entry",
    "IatiFile",
    "Money",
    "NotMoney",
    "balance",
    "balance_table",
    "beneficiary_table",
    "donor_table",
    "entries",
    "grant_table",
    "read_iati",
    "read_money",
    "rows_for_registers",
    "write_iati",
]

SHIPPED = {"funds": Path(__file__).with_name("data") / "funds.csv"}
"""The two trust funds of the United Nations for victims, with which a register can begin."""
