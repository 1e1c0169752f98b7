"""What is asked of funds: where each stands, who gave what in which year, and what it was spent on."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import polars as pl

from palermo.commitments.funds.exchange import Rates
from palermo.commitments.funds.ledger import balance, money_of
from palermo.commitments.funds.money import Money, zero
from palermo.commitments.registers import Known

__all__ = ["balance_table", "beneficiary_table", "donor_table", "grant_table"]

_AMOUNTS = ("pledged", "received", "awarded", "paid", "cash", "owed", "free")


def balance_table(known: Known, as_of: date) -> pl.DataFrame:
    """Say where each fund stood at the end of a day, in its own currency; nothing where nothing is recorded of it."""
    rows = []
    for fund, record in known.by_id("funds").items():
        stands = balance(known, fund, as_of)
        amounts = {name: _text(getattr(stands, name)) if _is_kept(known, fund) else None for name in _AMOUNTS}
        rows.append({"fund": fund, "name": record["name"], "currency": record["currency"], **amounts})
    names = ("fund", "name", "currency", *_AMOUNTS)
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()))


def _is_kept(known: Known, fund: str) -> bool:
    return any(fund in known.tables[name]["fund"] for name in ("pledges", "contributions", "grants"))


def donor_table(known: Known, as_of: date) -> pl.DataFrame:
    """Say what each donor pledged and paid a fund in each year, in the fund's currency."""
    rates, funds = Rates.of(known.rows("rates")), known.by_id("funds")
    sums: dict[tuple[str, str, str, int], dict[str, Money]] = defaultdict(dict)
    for name, day, column in (("pledges", "pledged_on_latest", "pledged"), ("contributions", "paid_on", "paid")):
        for record in known.rows(name):
            if record[day] > as_of:
                continue
            currency = funds[record["fund"]]["currency"]
            year = (record["for_year"] if name == "pledges" else None) or record[day].year
            cell = sums[record["fund"], record["donor"], record["donor_kind"], year]
            worth = rates.exchange(money_of(record), currency, record[day])
            cell[column] = cell.get(column, zero(currency)) + worth
    rows = [
        {
            "fund": fund,
            "donor": donor,
            "donor_kind": kind,
            "year": year,
            "currency": funds[fund]["currency"],
            **{column: _text(cell.get(column, zero(funds[fund]["currency"]))) for column in ("pledged", "paid")},
        }
        for (fund, donor, kind, year), cell in sorted(sums.items())
    ]
    texts = dict.fromkeys(("fund", "donor", "donor_kind"), pl.String())
    return pl.DataFrame(
        rows, schema={**texts, "year": pl.Int64(), **dict.fromkeys(("currency", "pledged", "paid"), pl.String())}
    )


def grant_table(known: Known, as_of: date) -> pl.DataFrame:
    """List the grants until a day with their project, in the currency in which they were awarded."""
    projects, grants = known.tables["projects"], known.tables["grants"].filter(pl.col("awarded_on") <= as_of)
    told = projects.select(project="id", title="title", country="country", status="status")
    columns = ("id", "fund", "grantee", "country", "title", "status", "awarded_on", "currency", "amount")
    return grants.join(told, on="project", how="left").select(columns).sort("awarded_on", "id")


def beneficiary_table(known: Known, as_of: date) -> pl.DataFrame:
    """Count those whom projects reached by sex and age, over all projects. Private: it has not passed the gate.

    Periods and projects add up to contacts, not to persons: somebody can be reached in two of them.
    """
    reached = known.tables["beneficiaries"].filter(pl.col("period_latest") <= as_of)
    counted = reached.group_by("sex", "age_group").agg(pl.col("n_persons").sum().alias("n_reached"))
    return counted.sort("sex", "age_group")


def _text(money: Money) -> str:
    amount: Decimal = money.amount
    return f"{amount:f}"
