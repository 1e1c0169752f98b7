"""Make the treaty facts that palermo ships from our notes on the depositaries' pages: facts only, in our own form.

Run as ``python tools/make_treaties.py ../shared/data/treaties``. A fact known by year stays a year, an interval an
interval, and what has no date gets the day by which it was known, never one of its own.
"""

from __future__ import annotations

import csv
import re
import sys
from datetime import date, timedelta
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/palermo/commitments/instruments/data"
RECORDED = "2026-11-25"
VIA = "via zmjones/untreaties"

SNAPSHOTS = {
    "untoc": "2014-01-27",
    "tip_protocol": "2014-01-27",
    "smuggling_protocol": "2014-07-10",
    "cedaw": "2014-07-10",
    "op_crc_sc": "2015-01-27",
    "icrmw": "2014-10-26",
    "crc": "2014-10-26",
    "supplementary_slavery_convention_1956": "2013-07-06",
    "slavery_convention_1926_amended": "2013-07-06",
    "traffic_convention_1950": "2013-07-06",
}
"""The tables that hold every participant, and the day on which each was taken from the depositary's page."""

YEARLY = {"cedaw": "cedaw", "op_crc_sc": "op_crc_sc", "icrmw": "icrmw"}
YEARLY_BY = "2022-06-30"

KINDS = {
    "definitive signature": "definitive_signature",
    "participation (succession)": "participation",
    "became party": "became_party",
    "denounced": "denunciation",
}

RULES = {
    # id: paragraph, signature until, needs, members of, enters into force for each after, first n, first after, leaves
    "untoc": ("res-2", "2002-12-12", "", "", "30 days", "40", "90 days", "1 year"),
    "tip_protocol": ("res-2", "2002-12-12", "untoc:party", "", "30 days", "40", "90 days", "1 year"),
    "smuggling_protocol": ("", "2002-12-12", "untoc:party", "", "30 days", "40", "90 days", "1 year"),
    "op_crc_sc": ("res-3", "", "crc:signatory", "", "1 month", "10", "3 months", "1 year"),
    "cedaw": ("res-3", "", "", "", "30 days", "20", "30 days", ""),
    "supplementary_slavery_convention_1956": ("res-3", "1957-07-01", "", "", "0 days", "2", "0 days", ""),
    "ilo_c029": ("res-3", "never", "", "ilo", "12 months", "2", "12 months", "1 year"),
    "ilo_c105": ("res-3", "never", "", "ilo", "12 months", "2", "12 months", "1 year"),
    "ilo_c182": ("res-3", "never", "", "ilo", "12 months", "2", "12 months", "1 year"),
    "ilo_p029": ("", "never", "ilo_c029:party", "ilo", "12 months", "2", "12 months", "1 year"),
    "icrmw": ("", "", "", "", "first of month after 3 months", "20", "first of month after 3 months", "1 year"),
    "coe_thb_convention_2005": (
        "", "", "", "coe", "first of month after 3 months", "10", "first of month after 3 months",
        "first of month after 3 months",
    ),
    "saarc_convention_2002": ("", "", "", "saarc", "15 days", "7", "15 days", ""),
    "asean_actip": ("", "", "", "asean", "0 days", "6", "30 days", "180 days"),
    "crc": ("", "", "", "", "30 days", "20", "30 days", "1 year"),
    "slavery_convention_1926": ("", "", "", "", "0 days", "", "", "1 year"),
    "slavery_protocol_1953": ("", "", "", "", "0 days", "", "", ""),
    "slavery_convention_1926_amended": ("", "", "", "", "0 days", "", "", "1 year"),
    "traffic_convention_1950": ("", "", "", "", "90 days", "2", "90 days", "1 year"),
}  # fmt: skip
"""From the final clauses, recalled but for UNTOC's protocols and ACTIP; tests work them out again from the dates."""
READ_RULES = ("untoc", "tip_protocol", "asean_actip")

MORE_INSTRUMENTS = [
    ("crc", "Convention on the Rights of the Child", "1989-11-20", "1990-09-02"),
    ("slavery_convention_1926", "Slavery Convention", "1926-09-25", "1927-03-09"),
    ("slavery_protocol_1953", "Protocol amending the Slavery Convention", "1953-12-07", "1953-12-07"),
    ("slavery_convention_1926_amended", "Slavery Convention as amended", "1953-12-07", "1955-07-07"),
    (
        "traffic_convention_1950",
        "Convention for the Suppression of the Traffic in Persons and of the Exploitation of the Prostitution "
        "of Others",
        "1949-12-02",
        "1951-07-25",
    ),
]
"""Not among the instruments of the notes; their dates are recalled."""
SHORT = {
    "untoc": "UNTOC",
    "tip_protocol": "Trafficking Protocol",
    "smuggling_protocol": "Smuggling Protocol",
    "op_crc_sc": "OP-CRC-SC",
    "cedaw": "CEDAW",
    "supplementary_slavery_convention_1956": "1956 Convention",
    "ilo_c029": "ILO No. 29",
    "ilo_c105": "ILO No. 105",
    "ilo_c182": "ILO No. 182",
    "ilo_p029": "ILO P029",
    "icrmw": "ICRMW",
    "coe_thb_convention_2005": "CoE Convention",
    "saarc_convention_2002": "SAARC Convention",
    "asean_actip": "ACTIP",
    "eu_directive_2011_36": "Directive 2011/36",
    "eu_directive_2024_1712": "Directive 2024/1712",
    "crc": "CRC",
    "slavery_convention_1926": "1926 Convention",
    "slavery_protocol_1953": "1953 Protocol",
    "slavery_convention_1926_amended": "1926 Convention as amended",
    "traffic_convention_1950": "1950 Convention",
}

Row = dict[str, str]


def main(folder: Path) -> None:
    """Write the instruments, what States have done, their reservations, and how far each is known."""
    instruments(folder)
    actions(folder)
    reservations(folder)
    coverage()


def read(path: Path) -> list[Row]:
    """Read a table of the notes."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(name: str, rows: list[Row]) -> None:
    """Write a table of facts."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def instruments(folder: Path) -> None:
    """Join what the notes say of each instrument to its rules."""
    rows = [_instrument(row) for row in read(folder / "instruments.csv")]
    rows += [
        _instrument(
            {
                "id": id_,
                "title": title,
                "registration": "",
                "adopted": adopted,
                "entry_into_force": force,
                "depositary": "UN Secretary-General",
                "note": "",
                "verification": "dates recalled",
            }
        )
        for id_, title, adopted, force in MORE_INSTRUMENTS
    ]
    write("instruments.csv", rows)


def _instrument(row: Row) -> Row:
    rule = RULES.get(row["id"])
    names = (
        "paragraph",
        "signature_until",
        "needs",
        "members_of",
        "binds_after",
        "first_n",
        "first_after",
        "leaves_after",
    )
    return {
        "id": row["id"],
        "short": SHORT[row["id"]],
        "title": row["title"],
        "kind": "treaty" if rule else "directive",
        "registration": row["registration"],
        "adopted_on": row["adopted"],
        "in_force_on": row["entry_into_force"],
        "depositary": row["depositary"],
        **dict(zip(names, rule or [""] * len(names), strict=True)),
        "certainty": row["verification"],
        "rule_certainty": ("read" if row["id"] in READ_RULES else "recalled") if rule else "",
        "note": row["note"],
    }


def actions(folder: Path) -> None:
    """Write one record for each thing that a State has done."""
    rows: list[Row] = []
    for instrument, snapshot in SNAPSHOTS.items():
        rows += _dated(folder, instrument, snapshot)
    rows += _later_protocol(folder)
    for instrument in YEARLY:
        rows += _yearly(folder, instrument)
    rows += _partial(folder)
    write("treaty_actions.csv", rows)


def _action(instrument: str, state: str, action: str, made_on: str, source: str, **more: str) -> Row:
    return {
        "id": f"{instrument}-{state}-{action}",
        "recorded_on": RECORDED,
        "source": source,
        "corrects": "",
        "withdrawn": "",
        "instrument": instrument,
        "state": state,
        "action": action,
        "made_on": made_on,
        "effective_on": more.get("effective_on", ""),
        "note": more.get("note", ""),
    }


def _dated(folder: Path, instrument: str, snapshot: str) -> list[Row]:
    succeeded = _successions_to_signature(folder) if instrument == "icrmw" else set()
    found = []
    for row in read(folder / f"{instrument}.csv"):
        collection = row["source"].split(";")[0].replace("UNTC", "UN Treaty Collection")
        source = f"{collection}, taken on {snapshot}, {VIA}"
        state = row["iso3"]
        if row["signature_date"]:
            signed = "succession_to_signature" if row["state"] in succeeded else "signature"
            found.append(_action(instrument, state, signed, row["signature_date"], source))
        if row["action_date"]:
            kind = KINDS.get(row["action"], row["action"])
            found.append(_action(instrument, state, kind, row["action_date"], source))
    return found


def _successions_to_signature(folder: Path) -> set[str]:
    raw = read(folder / "untc_2015/4-13_icrmw_1990.csv")
    return {row["Participant"] for row in raw if next(v for k, v in row.items() if "Signature" in k).endswith(" d")}


def _later_protocol(folder: Path) -> list[Row]:
    """Interval by interval; what the snapshot does not hold happened after it."""
    after = (date.fromisoformat(SNAPSHOTS["tip_protocol"]) + timedelta(1)).isoformat()
    found = []
    for row in read(folder / "tip_protocol_after_snapshot.csv"):
        span = re.sub(r"between (\S+) and (\S+)", r"\1/\2", row["action_date"]).replace("2014-01/", f"{after}/")
        kind = KINDS.get(row["action"], row["action"])
        note = row["date_precision"] if row["date_precision"].startswith("day") else ""
        found.append(_action("tip_protocol", row["iso3"], kind, span, row["source"], note=note))
    return found


def _yearly(folder: Path, instrument: str) -> list[Row]:
    """Add what the table of 2022 knows beyond the snapshot, for members of the United Nations."""
    dated = {(row["iso3"], bool(row["action_date"])): row for row in read(folder / f"{instrument}.csv")}
    signed = {row["iso3"] for row in dated.values() if row["signature_date"]}
    after = (date.fromisoformat(SNAPSHOTS[instrument]) + timedelta(1)).isoformat()
    source = "status by year of members of the United Nations, June 2022, via humanrights-treaties-ratification-status"
    found = []
    for row in read(folder / f"{instrument}_status_2022_year_level.csv"):
        state, year = row["iso3"], row["year_party"]
        if row["status"] == "state party" and (state, True) not in dated:
            first_year = year == SNAPSHOTS[instrument][:4]
            span = f"{after}/{year}-12-31" if first_year else year
            found.append(_action(instrument, state, "became_party", span, source))
        if row["status"] == "signatory" and state not in signed:
            found.append(_action(instrument, state, "signature", f"{after}/{YEARLY_BY}", source))
    return found


def _partial(folder: Path) -> list[Row]:
    found = []
    spans = {
        "ilo_c182_parties_undated": ("ilo_c182", "1999-06-17/2020-08-04"),
        "ilo_c105_partial": ("ilo_c105", ""),
        "coe_thb_convention_2005_partial": ("coe_thb_convention_2005", "2005-05-16/2023-12-31"),
        "asean_actip_partial": ("asean_actip", "2015-11-21/2017-02-07"),
    }
    for file, (instrument, undated) in spans.items():
        for row in read(folder / f"{file}.csv"):
            state, kind = row["iso3"], KINDS.get(row["action"], row["action"])
            if row["signature_date"]:
                found.append(_action(instrument, state, "signature", row["signature_date"], row["source"]))
            if kind == "denunciation":
                found.append(_action(instrument, state, "ratification", "", row["source"], note="day not found"))
            made_on, more = row["action_date"] or undated, {}
            if (instrument, state) == ("coe_thb_convention_2005", "ISR"):
                more = {"effective_on": "2021-09-01"}
            if (instrument, state) == ("asean_actip", "PHL"):
                made_on, more = "2017-02-06/2017-02-07", {"note": "sources differ by a day"}
            found.append(_action(instrument, state, kind, made_on, row["source"], **more))
    return found


def reservations(folder: Path) -> None:
    """Write one record for each reservation or declaration of the notes."""
    sys.path.insert(0, str(OUT.parents[3]))
    from palermo.commitments.instruments import state_code

    rows = []
    for row in read(folder / "reservations_coded.csv"):
        instrument, opts_out = row["instrument"], row["opts_out_of_dispute_settlement"] == "yes"
        state = state_code(row["state"])
        assert state is not None, row["state"]
        topics = [
            re.sub(r"\W+", "_", topic.strip().lower()) for topic in row["other_topics"].split(";") if topic.strip()
        ]
        rows.append(
            {
                "id": f"{instrument}-{state}-statement",
                "recorded_on": RECORDED,
                "source": f"UN Treaty Collection, taken on {SNAPSHOTS[instrument]}, {VIA}; topics coded by keyword",
                "corrects": "",
                "withdrawn": "",
                "instrument": instrument,
                "state": state,
                "kind": "reservation" if opts_out else "declaration",
                "topics": "; ".join(["dispute_settlement"] * opts_out + topics),
                "made_on": f"../{SNAPSHOTS[instrument]}",
                "concerns": "",
            }
        )
    write("treaty_reservations.csv", rows)


def coverage() -> None:
    """Write up to which day every participant of an instrument is in the data."""
    known = {**SNAPSHOTS, "ilo_c182": "2020-08-04", "coe_thb_convention_2005": "2023-12-31"}
    notes = {
        "ilo_c182": "every member of the ILO is a party; single days not found",
        "coe_thb_convention_2005": "every member of the Council of Europe, Belarus and Israel; most days not found",
    }
    write(
        "treaty_coverage.csv",
        [
            {
                "id": f"{instrument}-{day}",
                "recorded_on": RECORDED,
                "source": "the depositary's page",
                "corrects": "",
                "withdrawn": "",
                "instrument": instrument,
                "complete_until": day,
                "note": notes.get(instrument, ""),
            }
            for instrument, day in known.items()
        ],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
