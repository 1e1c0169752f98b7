"""Who does what where: a cell for every theme and country, the empty ones too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

import polars as pl

from palermo.commitments.cooperation.registers import THEMES
from palermo.commitments.registers import Known

__all__ = ["agreement_table", "grid", "member_table"]


def grid(known: Known, as_of: date, *, countries: Sequence[str] = ()) -> pl.DataFrame:
    """Say who was active on each theme in each country on a day.

    Parameters
    ----------
    countries
        Those to look at; where none is given, those in which anybody has ever been active. A country that nobody has
        entered is in no grid unless it is named here.

    Returns
    -------
    pl.DataFrame
        One row a cell: ``state`` is ``gap`` where nobody is known to be active, ``overlap`` where several actors are,
        and ``covered``. A gap may also be an activity that nobody has entered.
    """
    actors = known.by_id("actors")
    active: dict[tuple[str, str], set[str]] = {}
    for record in known.rows("activities"):
        began, ended = record["from_on_latest"], record["to_on_latest"]
        if began <= as_of and (ended is None or as_of <= ended):
            active.setdefault((record["country"], record["theme"]), set()).add(actors[record["actor"]]["name"])
    wanted = sorted(set(countries) or set(known.tables["activities"]["country"]))
    rows = [
        (country, theme, _state(len(here)), len(here), "; ".join(sorted(here)) or None)
        for country, theme in product(wanted, THEMES)
        for here in [active.get((country, theme), set())]
    ]
    schema = {
        "country": pl.String(),
        "theme": pl.String(),
        "state": pl.String(),
        "n_actors": pl.Int64(),
        "actors": pl.String(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _state(n_actors: int) -> str:
    return {0: "gap", 1: "covered"}.get(n_actors, "overlap")


def member_table(known: Known, as_of: date) -> pl.DataFrame:
    """List the bodies of the Inter-Agency Coordination Group with their mandate and who has succeeded them.

    Those that have joined by a day, and those of which nobody says since when.
    """
    joined = pl.col("icat_since_latest") <= as_of
    members = known.tables["actors"].filter(pl.col("icat").is_not_null() & joined.fill_null(True))
    return members.select("icat", "name", "icat_since", "succeeded_by", "mandate", "source", "id").sort("icat", "name")


def agreement_table(known: Known, as_of: date) -> pl.DataFrame:
    """List the agreements that had surely been signed by a day, and say whether they were in force on it."""
    signed = known.true_on(as_of).tables["agreements"]
    began, ended = pl.col("in_force_on_latest") <= as_of, pl.col("ended_on_latest") <= as_of
    state = (
        pl.when(ended.fill_null(False))
        .then(pl.lit("ended"))
        .when(began.fill_null(False))
        .then(pl.lit("in force"))
        .when(pl.col("in_force_on").is_null())
        .then(pl.lit("unknown"))
        .otherwise(pl.lit("signed"))
    )
    columns = ("id", "title", "kind", "states", "actors", "signed_on", "in_force_on", "ended_on", "state", "subject")
    return signed.with_columns(state.alias("state")).select(columns).sort("signed_on", "id")
