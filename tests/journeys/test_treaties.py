"""palermo treaties, as an officer of a secretariat meets it."""

from __future__ import annotations

import json

import pytest


def test_the_figures_of_the_resolution_come_out(palermo):
    answer = palermo("treaties", "status", "--instrument", "untoc", "--as-of", "2012-10-24", "--json").json
    assert (answer["parties"], answer["signatories"], answer["basis"], answer["snapshot"], answer["at_least"]) == (
        172,
        147,
        "deposit",
        "2014-01-27",
        False,
    )


def test_hyphens_and_lines_name_the_same_instrument(palermo):
    answers = [
        palermo("treaties", "gaps", "--instrument", name, "--as-of", "2012-11-13", "--json").json
        for name in ("tip-protocol", "tip_protocol", "TIP-Protocol")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert (answers[0]["n"], answers[0]["unknown"], answers[0]["basis"]) == (40, [], "deposit")


def test_in_force_is_another_count(palermo):
    words = ("--instrument", "untoc", "--as-of", "2012-11-13", "--count", "in-force", "--json")
    assert palermo("treaties", "gaps", *words).json["n"] == 25


def test_a_reservation_without_a_day_is_not_said_to_be_none(palermo):
    """The 50 to the Convention were read in January 2014, and no day is given (`reservations_coded.csv`)."""
    words = ("treaties", "status", "--instrument", "untoc", "--as-of")
    early, late = (palermo(*words, day, "--json").json for day in ("2012-11-13", "2014-01-27"))
    found = [(len(each["reservations"]), len(each["reservations_without_a_day"])) for each in (early, late)]
    assert found == [(0, 50), (50, 0)]
    assert "of 50 more the source" in palermo(*words, "2012-11-13").err


def test_after_the_snapshot_the_answer_is_at_least(palermo):
    said = palermo("treaties", "status", "--instrument", "untoc", "--as-of", "2016-06-30")
    assert "at least 179" in said.out
    assert "The data stop on 2014-01-27" in said.err


def test_the_matrix_joins_two_depositaries(palermo):
    answer = palermo("treaties", "matrix", "--as-of", "2012-11-13", "--json").json
    assert [each["instrument"] for each in answer["instruments"]] == [
        "untoc",
        "tip_protocol",
        "op_crc_sc",
        "cedaw",
        "supplementary_slavery_convention_1956",
        "ilo_c029",
        "ilo_c105",
        "ilo_c182",
    ]
    kenya = next(row for row in answer["states"] if row["state"] == "KEN")
    assert (kenya["untoc"], kenya["tip_protocol"], kenya["op_crc_sc"], kenya["ilo_c029"]) == (
        "party",
        "party",
        "signatory",
        "unknown",
    )
    assert len(answer["states"]) >= 193
    assert "P party" in palermo("treaties", "matrix", "--as-of", "2012-11-13", "--all").err


def test_next_steps_count_the_days_since_the_signature(palermo):
    answer = palermo("treaties", "next-steps", "--state", "Iran", "--as-of", "2012-11-13", "--json").json
    steps = answer["steps"]
    untoc = next(step for step in steps if step["instrument"] == "untoc")
    assert (untoc["step"], untoc["days_since_signature"]) == ("ratify", 4354)


def test_a_timeline_is_read_by_people_and_programs(palermo):
    words = ("treaties", "timeline", "--instrument", "tip-protocol", "--as-of", "2012-11-13")
    answer = palermo(*words, "--json").json
    assert (answer["parties"], answer["snapshot"], answer["basis"]) == (154, "2014-01-27", "deposit")
    assert answer["actions"][-1] == {
        "made_on": "2012-10-25",
        "state": "CIV",
        "action": "accession",
        "binds_on": "2012-11-24",
        "parties": 154,
    }
    assert "2012-11-24" in palermo(*words).out


def test_what_was_known_before_we_wrote_it_down_is_nothing(palermo):
    words = ("--instrument", "untoc", "--as-of", "2012-10-24", "--as-recorded", "2020-01-01", "--json")
    answer = palermo("treaties", "status", *words).json
    assert (answer["parties"], answer["at_least"], answer["snapshot"]) == (0, True, None)
    assert answer["as_recorded"] == "2020-01-01"
    assert answer["note"] == "Nothing on this instrument had been written down by 2020-01-01."


def test_what_is_written_down_tomorrow_is_not_known_today(palermo, tmp_path):
    (tmp_path / "register").mkdir()
    (tmp_path / "register/treaty_actions.csv").write_text(
        "id,recorded_on,source,instrument,state,action,made_on\n"
        "fiji,2999-01-01,depositary,untoc,FJI,accession,2012-01-01\n"
    )
    ask = ("treaties", "gaps", "--instrument", "untoc", "--as-of", "2012-11-13", "--project", tmp_path, "--json")
    assert "FJI" in palermo(*ask).json["not_party"]
    assert "FJI" not in palermo(*ask, "--as-recorded", "2999-01-01").json["not_party"]


@pytest.mark.parametrize("question", ["status", "gaps", "timeline", "matrix", "next-steps"])
def test_every_answer_says_how_it_counts_from_what_and_as_known_when(palermo, question):
    one = ("--instrument", "untoc") if question in ("status", "gaps", "timeline") else ()
    words = ("treaties", question, *one, "--as-of", "2012-11-13")
    answer = palermo(*words, "--as-recorded", "2100-01-01", "--json").json
    assert (answer["basis"], answer["as_of"], answer["as_recorded"]) == ("deposit", "2012-11-13", "2100-01-01")
    assert answer.get("snapshot", answer.get("instruments", [{}])[0].get("snapshot")) == "2014-01-27"
    told = palermo(*words)
    assert "parties by deposit" in told.err
    assert "2014-01-27" in told.err + told.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("status", "--instrument", "palermo-protocol"), "there is no instrument"),
        (("status", "--instrument", "eu-directive-2011-36"), "directive"),
        (("status", "--instrument", "untoc", "--as-of", "13 Nov 2012"), "no day"),
        (("next-steps", "--state", "Atlantis"), "no State"),
        (("next-steps", "--state", "Kenja"), "Is it Kenya?"),
    ],
)
def test_wrong_words_are_said_to_be_wrong(palermo, words, said):
    answer = palermo("treaties", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_table_with_a_wrong_row_is_refused_for_people_and_programs(palermo, tmp_path):
    table = tmp_path / "untoc.csv"
    table.write_text('Participant,Signature,"Ratification, Accession(a)"\nAtlantis,,17 Feb 2010 a\n')
    words = ("treaties", "import", "--depositary", "untc", table, "--instrument", "untoc", "--project", tmp_path / "r")
    people, programs = palermo(*words), palermo(*words, "--json")
    assert people.code == programs.code == 3
    assert "untoc.csv, row 2" in people.err
    assert json.loads(programs.out)["findings"][0]["row"] == 2
    assert not (tmp_path / "r").exists()


def test_an_imported_table_answers_for_a_later_day(palermo, shared, tmp_path):
    table, register = tmp_path / "untoc.csv", tmp_path / "register"
    real = (shared / "data/treaties/untc_2015/18-12_untoc_2000.csv").read_text(encoding="utf-8")
    table.write_text(f"{real.rstrip()}\nFiji,,19 Sep 2017 a\n", encoding="utf-8")
    words = ("treaties", "import", "--depositary", "untc", table, "--instrument", "untoc", "--snapshot", "2020-01-01")
    answer = palermo(*words, "--project", register, "--json").json
    assert ([record["state"] for record in answer["new"]], answer["complete"]) == (["FJI"], True)
    ask = ("treaties", "status", "--instrument", "untoc", "--as-of", "2018-01-01", "--project", register)
    after = palermo(*ask, "--json").json
    assert (after["parties"], after["at_least"], after["snapshot"]) == (180, False, "2020-01-01")
    assert "Added to" in palermo(*words, "--project", register).err


def test_a_part_of_a_table_does_not_pass_for_all_of_it(palermo, tmp_path):
    table, register = tmp_path / "untoc.csv", tmp_path / "register"
    table.write_text('Participant,Signature,"Ratification, Accession(a)"\nFiji,,19 Sep 2017 a\n')
    words = ("treaties", "import", "--depositary", "untc", table, "--instrument", "untoc", "--project", register)
    assert "does not count as complete" in " ".join(palermo(*words).err.split())
    ask = ("treaties", "status", "--instrument", "untoc", "--as-of", "2018-01-01", "--project", register)
    after = palermo(*ask, "--json").json
    assert (after["parties"], after["at_least"], after["snapshot"]) == (180, True, "2014-01-27")


@pytest.mark.parametrize(
    "words",
    [("treaties", "matrix"), ("sg-section",), ("appraise", "--scope", "KEN", "--from", "2010", "--to", "2012")],
)
def test_a_project_without_a_register_is_told_how_to_begin_one(palermo, tmp_path, words):
    for project in (tmp_path, tmp_path / "nowhere"):
        answer = palermo(*words, "--project", project)
        assert (answer.code, answer.out) == (3, "")
        assert "palermo register begin" in answer.err


def test_every_question_says_how_far_its_data_reach(palermo):
    day = ("--as-of", "2020-01-01", "--json")
    for question in ("status", "gaps", "timeline"):
        answer = palermo("treaties", question, "--instrument", "untoc", *day).json
        assert (answer["snapshot"], answer["basis"]) == ("2014-01-27", "deposit")
        assert answer["at_most" if question == "gaps" else "at_least"] is True
    for question in ("matrix", "next-steps"):
        (untoc, *_) = palermo("treaties", question, *day).json["instruments"]
        assert (untoc["snapshot"], untoc["at_least"]) == ("2014-01-27", True)


def test_before_an_instrument_was_adopted_nobody_is_party_and_the_answer_says_why(palermo):
    answer = palermo("treaties", "status", "--instrument", "untoc", "--as-of", "1999-12-31", "--json").json
    assert (answer["parties"], answer["at_least"]) == (0, False)
    assert "adopted on 2000-11-15" in answer["note"]


UNTOC = 'Participant,Signature,"Ratification, Acceptance(A), Accession(a), Succession(d)"\n'


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ("Kenya,,16 Jun 2004 a\nC\xf4te d'Ivoire,,25 Oct 2012\n".encode("latin-1"), 0, "not in UTF-8"),
        ("Kenya,,16 Jun 2004 a\n".encode("utf-16"), 0, "not in UTF-8"),
        (b"Kenya,,16 Jun 2004 a\nTogo,12 Dec 2000,2 J", 3, "no date"),
        (b'Kenya,,16 Jun 2004 a\nTogo,12 Dec 2000,"2 J', 0, "no CSV"),
        (b"Montenegro,,23 Oct 2006 d\nMontenegro,,23 Oct 2007 a\n", 3, "party already"),
        (b"Kenya,,16 Jun 2004 a 3\n", 2, "footnote"),
        (b"Kenya,,30 Feb 2004 a\n", 2, "no date"),
        (b"Kenya,,1 Jan 1999 a\n", 2, "adopted"),
        (b"Atlantis,,16 Jun 2004 a\n", 2, "no such State"),
        (b"", 0, "no table"),
    ],
)
def test_wrong_input_is_a_finding_with_file_and_row_and_nothing_is_kept(palermo, tmp_path, rows, row, words):
    table = tmp_path / "untoc.csv"
    table.write_bytes(UNTOC.encode() + rows)
    words_of = ("treaties", "import", "--depositary", "untc", table, "--instrument", "untoc", "--project", tmp_path)
    answer = palermo(*words_of, "--json")
    (finding,) = json.loads(answer.out)["findings"]
    assert answer.code == 3
    assert (finding["file"], finding["row"]) == ("untoc.csv", row)
    assert words in finding["what"]
    assert not (tmp_path / "register").exists()


def test_the_table_of_another_instrument_is_not_taken_for_corrections(palermo, shared, tmp_path):
    table = shared / "data/treaties/untc_2015/18-12_untoc_2000.csv"
    words = ("treaties", "import", "--depositary", "untc", table, "--instrument", "cedaw", "--project", tmp_path)
    answer = palermo(*words, "--json")
    assert answer.code == 3
    assert [each["rule"] for each in json.loads(answer.out)["findings"]] == ["import.instrument"]
    assert not (tmp_path / "register").exists()


def test_a_table_of_tomorrow_is_not_taken(palermo, shared):
    table = shared / "data/treaties/untc_2015/18-12_untoc_2000.csv"
    words = ("treaties", "import", "--depositary", "untc", table, "--instrument", "untoc", "--snapshot", "2999-01-01")
    assert palermo(*words).code == 2


def test_the_ilos_table_answers_by_deposit_and_in_force_a_year_later(palermo, tmp_path):
    """A convention of the ILO binds twelve months after a ratification is registered (No. 29, article 28)."""
    table = tmp_path / "c029.csv"
    table.write_text(
        "Country,Date,Status,Note\n"
        '"Korea, Republic of",20 Apr 2021,In Force,\n'
        '"Tanzania, United Republic of",30 Jan 1962,In Force,\n',
        encoding="utf-8",
    )
    words = ("treaties", "import", "--depositary", "normlex", table, "--instrument", "ilo-c029", "--project", tmp_path)
    assert [record["state"] for record in palermo(*words, "--json").json["new"]] == ["KOR", "TZA"]
    ask = ("treaties", "status", "--instrument", "ILO-C029", "--as-of", "2021-12-31", "--project", tmp_path, "--json")
    assert palermo(*ask).json["parties"] == 2
    assert palermo(*ask, "--count", "in-force").json["parties"] == 1
