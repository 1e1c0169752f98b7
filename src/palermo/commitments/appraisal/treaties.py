"""What an appraisal says of an instrument: who joined in the period, who has not, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from palermo.commitments.appraisal.evidence import EVIDENCE
from palermo.commitments.instruments import Instrument, Standing, Stands, Status

__all__ = ["appraise_instrument"]


def appraise_instrument(
    instrument: Instrument, before: Status, after: Status, reservations: pl.DataFrame, states: Sequence[str]
) -> pl.DataFrame:
    """Give the evidence on an instrument for some States over a period.

    Joining within the period is an achievement, not being a party at its end a gap, a reservation that stands and a
    signature that nothing followed are challenges. Of a State of which the data do not say, nothing is said.

    Parameters
    ----------
    before, after
        Where States stood before the first and on the last day of the period.

    Returns
    -------
    polars.DataFrame
        See `EVIDENCE`; the provision is the instrument's id.
    """
    stood = {each.state: each for each in after.standings}
    rows: list[dict[str, object]] = []
    for state in states:
        standing = stood.get(state)
        if standing is None:
            if after.snapshot is not None:
                rows.append(_row(instrument, state, "gap", f"Not party to {instrument.short}", after, "", None))
            continue
        if standing.stands is Stands.PARTY and state not in before.parties and state not in before.unknown:
            says = f"Joined {instrument.short} by {standing.action.replace('_', ' ')} ({standing.deposited_on})"
            rows.append(_row(instrument, state, "achievement", says, after, standing.source, _day(standing)))
        if standing.stands is Stands.NOT_PARTY:
            rows += _not_party(instrument, standing, after)
    made = reservations.filter((pl.col("instrument") == instrument.id) & pl.col("state").is_in(list(states)))
    for record in made.filter(pl.col("kind") == "reservation").iter_rows(named=True):
        says = f"Reservation to {instrument.short}: {record['topics'] or 'topic not coded'}".replace("_", " ")
        row = _row(instrument, record["state"], "challenge", says, after, record["source"], None)
        rows.append(row | {"id": record["id"]})
    return pl.DataFrame(rows, schema=EVIDENCE)


def _not_party(instrument: Instrument, standing: Standing, after: Status) -> list[dict[str, object]]:
    rows = [_row(instrument, standing.state, "gap", f"Not party to {instrument.short}", after, standing.source, None)]
    if standing.signed_on:
        says = f"Signed {instrument.short} ({standing.signed_on}) and has not ratified it"
        rows.append(_row(instrument, standing.state, "challenge", says, after, standing.source, None))
    return rows


def _row(
    instrument: Instrument, state: str, role: str, says: str, after: Status, source: str, since: date | None
) -> dict[str, object]:
    return {
        "id": f"{instrument.id}-{state}-{role}",
        "state": state,
        "provision": instrument.id,
        "role": role,
        "says": says,
        "since": since,
        "confidence": "low" if after.snapshot is None else "medium" if after.at_least else "high",
        "source": source or f"{instrument.depositary}'s list, until {after.snapshot}",
    }


def _day(standing: Standing) -> date | None:
    is_day = len(standing.deposited_on) == len("2000-01-01")
    return date.fromisoformat(standing.deposited_on) if is_day else None
