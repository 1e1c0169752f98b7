"""The treaty facts that palermo ships, beside the resolution of 2012, dated reports, and the treaties' own rules."""

from __future__ import annotations

import csv
from datetime import date

import country_converter
import polars as pl
import pytest

from palermo.commitments.instruments import (
    Basis,
    action_rules,
    disagreements,
    find_instrument,
    gaps,
    load_actions,
    load_coverage,
    load_instruments,
    load_reservations,
    next_step,
    reservation_rules,
    reservations_on,
    state_code,
    status,
    timeline,
    un_members,
)

ACTIONS, COVERAGE = load_actions(), load_coverage()
SEED = date(2012, 11, 13)


def ask(instrument: str, day: date | str, basis: str = "deposit"):
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return status(ACTIONS, find_instrument(instrument), day, basis=Basis(basis), coverage=COVERAGE)


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_no_fact_breaks_a_rule():
    assert action_rules(ACTIONS, "treaty_actions.csv") == []
    assert reservation_rules(load_reservations(), "treaty_reservations.csv") == []


@pytest.mark.parametrize(
    ("instrument", "day", "basis", "parties"),
    [
        ("untoc", "2012-10-24", "deposit", 172),
        ("tip-protocol", "2012-10-24", "deposit", 153),
        ("untoc", "2012-11-13", "deposit", 173),
        ("tip-protocol", "2012-11-13", "deposit", 154),
        ("untoc", "2012-11-13", "in-force", 172),
        ("tip-protocol", "2012-11-13", "in-force", 153),
        ("untoc", "2012-11-23", "in-force", 172),
        ("untoc", "2012-11-24", "in-force", 173),
        ("smuggling_protocol", "2012-11-13", "deposit", 135),
        ("op_crc_sc", "2012-11-13", "deposit", 161),
        ("cedaw", "2012-11-13", "deposit", 187),
        ("supplementary_slavery_convention_1956", "2012-11-13", "deposit", 123),
        ("icrmw", "2012-11-13", "deposit", 46),
        ("crc", "2012-11-13", "deposit", 193),
    ],
)
def test_the_parties_are_as_many_as_the_resolution_and_the_depositary_say(instrument, day, basis, parties):
    """172 and 153: the draft resolution. The others: the depositary's pages, as ``_counts.csv`` has them."""
    found = ask(instrument, day, basis)
    assert (len(found.parties), found.at_least) == (parties, False)


def test_cote_divoire_made_the_difference():
    """It deposited on 25 October 2012, and was bound thirty days later."""
    before, after = ask("untoc", "2012-10-24"), ask("untoc", SEED)
    assert set(after.parties) - set(before.parties) == {"CIV"}
    (standing,) = (each for each in after.standings if each.state == "CIV")
    assert (standing.deposited_on, standing.binds_on) == ("2012-10-25", date(2012, 11, 24))


@pytest.mark.parametrize(
    ("instrument", "basis", "n"),
    [
        ("untoc", "deposit", 24),
        ("tip_protocol", "deposit", 40),
        ("untoc", "in-force", 25),
        ("tip_protocol", "in-force", 41),
    ],
)
def test_the_resolution_urges_so_many_members_of_the_united_nations(instrument, basis, n):
    """Operative paragraph 2 of the draft urges them; issue 7 and knowledge/commitments.md give the numbers."""
    answer = gaps(ask(instrument, SEED, basis)).as_json()
    assert (answer["n"], len(answer["not_party"]), answer["unknown"]) == (n, n, [])


def test_who_is_no_member_of_the_united_nations_is_never_a_gap():
    for instrument in COVERAGE:
        assert not {"COK", "NIU", "VAT", "PSE", "EUU"} & set(gaps(ask(instrument, SEED)).not_party)


def test_so_many_had_signed():
    """The depositary's pages, as ``_counts.csv`` has them."""
    assert len(ask("untoc", SEED).signatories) == 147
    assert len(ask("tip_protocol", SEED).signatories) == 117


def test_every_count_that_came_with_the_tables_is_ours(shared):
    """``treaties/_counts.csv``: ten treaties, at their snapshots and on two days of 2012, and without the Union."""
    counts = rows(shared / "data/treaties/_counts.csv")
    assert len(counts) == 10
    for row in counts:
        at_snapshot, draft, before = (
            ask(row["instrument"], day) for day in (row["snapshot_date"], "2012-11-13", "2012-10-24")
        )
        assert COVERAGE[row["instrument"]].isoformat() == row["snapshot_date"]
        assert len(at_snapshot.parties) == int(row["parties_at_snapshot"])
        assert len(at_snapshot.signatories) == int(row["signed"])
        assert len(draft.parties) == int(row["parties_2012_11_13"])
        assert len(set(draft.parties) - {"EUU"}) == int(row["parties_2012_11_13_excl_EU"])
        assert len(before.parties) == int(row["parties_2012_10_24"])


def test_no_party_to_the_protocol_was_outside_the_convention():
    """Article 37 of the Convention: a State must be party to it to become party to a protocol."""
    assert set(ask("tip_protocol", SEED).parties) <= set(ask("untoc", SEED).parties)


def test_the_dated_counts_of_others_are_ours_or_we_say_at_least(shared):
    """Reports of the Secretary-General, UNODC's list and others, each named in ``party_count_checkpoints.csv``."""
    inside = 0
    for row in rows(shared / "data/treaties/party_count_checkpoints.csv"):
        found, theirs = ask(row["instrument"], row["as_of"]), int(row["parties"])
        if found.at_least:
            assert len(found.parties) <= theirs
        else:
            assert len(found.parties) == theirs
            inside += row["instrument"] in ("untoc", "tip_protocol")
    assert inside == 7


@pytest.mark.parametrize(
    ("instrument", "states"),
    [("cedaw", ["CPV", "GMB", "PHL", "SGP"]), ("op_crc_sc", ["MDA", "NZL"]), ("icrmw", [])],
)
def test_the_years_of_another_table_differ_for_these_alone(shared, instrument, states):
    """The year-level tables of June 2022, of another hand than the depositary's pages."""
    table = rows(shared / f"data/treaties/{instrument}_status_2022_year_level.csv")
    years = {row["iso3"]: int(row["year_party"]) for row in table if row["year_party"]}
    found = disagreements(ACTIONS, instrument, years, until=COVERAGE[instrument])
    assert [each.state for each in found] == states


@pytest.mark.parametrize(
    "instrument",
    [
        "untoc",
        "tip_protocol",
        "smuggling_protocol",
        "op_crc_sc",
        "crc",
        "icrmw",
        "supplementary_slavery_convention_1956",
    ],
)
def test_the_rule_of_a_treaty_gives_the_day_on_which_it_came_into_force(instrument):
    """So many deposits, and so long after; an organisation's is not added to those of its members."""
    treaty = load_instruments()[instrument]
    deposits = ACTIONS.filter(
        (pl.col("instrument") == instrument)
        & ~pl.col("action").is_in(["signature", "succession_to_signature"])
        & (pl.col("state") != "EUU")
    )["made_on_latest"].sort()
    assert treaty.first_after.after(deposits[treaty.first_n - 1]) == treaty.in_force_on


def test_cedaw_came_into_force_a_day_before_our_dates_say_because_former_states_are_not_in_them():
    treaty = load_instruments()["cedaw"]
    deposits = ACTIONS.filter((pl.col("instrument") == "cedaw") & (pl.col("action") != "signature"))["made_on_latest"]
    assert treaty.first_after.after(deposits.sort()[19]) > treaty.in_force_on
    assert "former States" in ask("cedaw", "1981-09-03").note


def test_an_undated_fact_is_known_by_its_day_and_unknown_before():
    assert len(ask("ilo_c182", "2020-08-04").parties) == 187
    before = ask("ilo_c182", SEED)
    assert (len(before.parties), len(before.unknown), before.at_least) == (0, 187, True)
    answer = gaps(before).as_json()
    assert answer["n"] is None
    assert len(answer["unknown"]) == 186


def test_of_an_instrument_known_in_part_every_member_without_a_record_is_unknown():
    answer = gaps(ask("ilo-c105", SEED)).as_json()
    assert (answer["n"], answer["not_party"], answer["snapshot"]) == (None, [], None)
    assert {"MYS", "SGP", "USA"} <= set(answer["unknown"])
    assert "KEN" in answer["unknown"]
    assert "AFG" not in answer["unknown"]


def test_before_an_instrument_was_adopted_nobody_is_party_even_where_data_are_partial():
    """ACTIP was adopted on 21 November 2015."""
    answer = gaps(ask("asean_actip", SEED)).as_json()
    assert (answer["n"], answer["unknown"], answer["at_most"]) == (193, [], False)
    assert gaps(ask("asean_actip", "2015-11-21")).as_json()["n"] is None


def test_a_year_is_not_a_day():
    """Israel joined the Council of Europe's Convention in 2021; it is bound from 1 September of that year."""
    assert "ISR" in ask("coe_thb_convention_2005", "2021-08-31").unknown
    assert "ISR" in ask("coe_thb_convention_2005", "2021-12-31").parties
    assert "ISR" not in ask("coe_thb_convention_2005", "2021-08-31", "in-force").parties
    assert "ISR" in ask("coe_thb_convention_2005", "2021-09-01", "in-force").parties


def steps(state, day=SEED):
    statuses = {each.id: ask(each.id, day) for each in load_instruments().values() if each.is_treaty}
    return {id_: next_step(state, find_instrument(id_), statuses) for id_ in statuses}


def test_the_united_states_is_bound_by_a_protocol_whose_convention_it_only_signed():
    found = steps("USA")
    assert (found["op_crc_sc"].step, found["crc"].step, found["cedaw"].step) == ("none", "ratify", "ratify")
    assert found["cedaw"].days_since_signature == (SEED - date(1980, 7, 17)).days


def test_a_protocol_needs_its_convention_and_an_ilo_convention_a_member():
    assert steps("SOM")["tip_protocol"].step == "join first"
    assert steps("JPN")["tip_protocol"].step == "join first"
    assert steps("AND", date(2020, 8, 4))["ilo_c182"].step == "join first"
    assert steps("IRN")["untoc"].step == "ratify"
    assert steps("FJI")["untoc"].step == "accede"
    assert steps("KEN")["ilo_c029"].step == "find out"


def test_there_is_no_step_towards_what_is_not_adopted_yet():
    found = steps("KEN", date(1990, 1, 1))
    assert {id_ for id_, step in found.items() if step.why == "is not adopted yet"} == {
        id_ for id_ in found if find_instrument(id_).adopted_on > date(1990, 1, 1)
    }
    assert (found["untoc"].step, found["untoc"].stands, found["asean_actip"].stands) == (
        "none",
        "not party",
        "not party",
    )


def test_the_united_nations_grew_as_its_own_table_says():
    """ "Growth in United Nations membership", the members at the end of each year."""
    growth = {
        1945: 51, 1946: 55, 1947: 57, 1948: 58, 1949: 59, 1950: 60, 1955: 76, 1956: 80, 1957: 82, 1958: 82, 1960: 99,
        1961: 104, 1962: 110, 1963: 113, 1964: 115, 1965: 117, 1966: 122, 1967: 123, 1968: 126, 1970: 127, 1971: 132,
        1973: 135, 1974: 138, 1975: 144, 1976: 147, 1977: 149, 1978: 151, 1979: 152, 1980: 154, 1981: 157, 1983: 158,
        1984: 159, 1990: 159, 1991: 166, 1992: 179, 1993: 184, 1994: 185, 1999: 188, 2000: 189, 2002: 191, 2006: 192,
        2011: 193,
    }  # fmt: skip
    assert {year: len(un_members(date(year, 12, 31))) for year in growth} == growth


def test_the_years_of_admission_are_those_of_country_converter():
    theirs = country_converter.CountryConverter().data[["ISO3", "UNmember"]].dropna()
    for state, year in theirs.itertuples(index=False):
        assert state in un_members(date(int(year), 12, 31))
        assert state not in un_members(date(int(year) - 1, 12, 31)) or state in ("SYR", "IDN")
    assert len(theirs) == 193


def test_a_timeline_ends_with_the_count():
    table = timeline(ACTIONS, find_instrument("tip_protocol"), SEED)
    assert table["parties"][-1] == 154
    first = table.filter(pl.col("parties") == 40)["made_on"][0]
    assert first <= date(2003, 9, 26)


def test_dispute_clauses_are_the_usual_reservation():
    """40 of 50 to the Convention, 29 of 34 to the Protocol, 19 of 22 to the third (by hand, 2014)."""
    made = load_reservations()
    for instrument, n_out, n in (("untoc", 40, 50), ("tip_protocol", 29, 34), ("smuggling_protocol", 19, 22)):
        standing = reservations_on(made, instrument, date(2014, 12, 31))
        out = standing.filter(pl.col("topics").str.contains("dispute_settlement"))
        assert (out.height, standing.height) == (n_out, n)


@pytest.mark.parametrize(
    ("name", "state"),
    [("Swaziland", "SWZ"), ("TURKEY", "TUR"), ("Upper Volta", "BFA"), ("Zaïre", "COD"), ("Côte d’Ivoire", "CIV"),
     ("Tchéquie", "CZE"), ("Holy See", "VAT"), ("Serbia and Montenegro", "SCG"), ("Atlantis", None),
     ("Korea, Republic of", "KOR"), ("Korea, Democratic People's Republic of", "PRK"), ("The Gambia", "GMB"),
     ("Macedonia, The former Yugoslav Republic of", "MKD"), ("Congo (Democratic Republic of the)", "COD"),
     ("Congo, Republic of the", "COG"), ("Moldova, Republic of", "MDA"), ("Netherlands (Aruba)", None)],
)  # fmt: skip
def test_a_state_is_known_by_the_names_it_had(name, state):
    assert state_code(name) == state
