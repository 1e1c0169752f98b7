"""Importing what a depositary's site gives: whole, or not at all."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.commitments.instruments import (
    find_instrument,
    import_table,
    load_actions,
    load_coverage,
    read_normlex,
    read_untc,
    state_code,
)
from palermo.commitments.records import RecordsRefused
from palermo.errors import InputError

HEADINGS = 'Participant,Signature,"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)"\n'
TABLES = {
    "18-12_untoc_2000": "untoc",
    "18-12-a_palermo_tip_protocol_2000": "tip_protocol",
    "18-2_slavery_convention_1926_amended_1953": "slavery_convention_1926_amended",
    "18-4_supplementary_slavery_convention_1956": "supplementary_slavery_convention_1956",
    "4-8_cedaw_1979": "cedaw",
    "4-11_crc_1989": "crc",
    "4-11-c_op_crc_sale_of_children_2000": "op_crc_sc",
    "4-13_icrmw_1990": "icrmw",
}
WITHOUT = {"18-1_slavery_protocol_1953": 61, "18-3_slavery_convention_1926": 36}
TODAY = date(2026, 11, 26)


@pytest.fixture
def page(tmp_path):
    def write(rows: str, name: str = "untoc.csv"):
        path = tmp_path / name
        path.write_text(HEADINGS + rows if name.endswith("csv") else rows, encoding="utf-8")
        return path

    return write


def imported(path, instrument="untoc", depositary="untc", **more):
    return import_table(
        path, find_instrument(instrument), depositary, snapshot=date(2026, 11, 1), recorded_on=TODAY, **more
    )


@pytest.mark.parametrize(("file", "instrument"), TABLES.items())
def test_a_real_table_agrees_with_its_tidy_copy_in_every_date(shared, file, instrument):
    reading = read_untc(shared / f"data/treaties/untc_2015/{file}.csv")
    assert reading.findings == ()
    signing = ("signature", "succession_to_signature")
    ours = {(each.state, each.action in signing, each.made_on.isoformat()) for each in reading.said}
    with (shared / f"data/treaties/{instrument}.csv").open(encoding="utf-8") as lines:
        tidy = list(csv.DictReader(lines))
    theirs = {(row["iso3"], True, row["signature_date"]) for row in tidy if row["signature_date"]}
    theirs |= {(row["iso3"], False, row["action_date"]) for row in tidy if row["action_date"]}
    assert ours == theirs
    assert reading.n_rows == len(tidy)


@pytest.mark.parametrize(("file", "n_rows"), WITHOUT.items())
def test_the_two_real_tables_without_a_tidy_copy_are_read_too(shared, file, n_rows):
    reading = read_untc(shared / f"data/treaties/untc_2015/{file}.csv")
    assert (reading.findings, reading.n_rows) == ((), n_rows)
    assert {each.state for each in reading.said if each.state} >= {"ATG", "BHS", "BRB"}


@pytest.mark.parametrize(("file", "instrument"), TABLES.items())
def test_a_real_table_brings_nothing_that_is_not_known_and_misses_nothing_of_its_day(shared, file, instrument):
    """The facts are of the same day; what happened later, as 14 accessions to the Protocol, it cannot hold."""
    path = shared / f"data/treaties/untc_2015/{file}.csv"
    day = load_coverage()[instrument]
    answer = import_table(path, find_instrument(instrument), "untc", snapshot=day, recorded_on=TODAY)
    assert (answer.new, answer.corrections, answer.missing, answer.complete) == ((), (), (), True)


def test_a_table_of_which_nothing_was_known_counts_as_whole_only_if_somebody_says_so(shared, tmp_path):
    path = shared / "data/treaties/untc_2015/18-3_slavery_convention_1926.csv"
    asked = {"instrument": "slavery_convention_1926", "register": tmp_path}
    assert not imported(path, **asked).complete
    assert "slavery_convention_1926" not in load_coverage(tmp_path)
    assert imported(path, **asked, whole=True).complete
    assert load_coverage(tmp_path)["slavery_convention_1926"] == date(2026, 11, 1)


def test_letters_footnotes_and_old_names_are_read(page):
    reading = read_untc(
        page("Swaziland 2,,17 Feb 2010 a\nTurkey [1],13 Dec 2000,25 March 2003 A\nMontenegro 3,,23 Oct 2006 d\n")
    )
    assert reading.findings == ()
    assert [(each.state, each.action, each.made_on.isoformat()) for each in reading.said] == [
        ("SWZ", "accession", "2010-02-17"),
        ("TUR", "signature", "2000-12-13"),
        ("TUR", "acceptance", "2003-03-25"),
        ("MNE", "succession", "2006-10-23"),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Atlantis,,17 Feb 2010 a", "no such State"),
        ("Kenya,,17 Feb 2010 a 5", "footnote"),
        ("Kenya,,17 Feb 2010 a [5]", "footnote"),
        ("Kenya,,17/02/2010", "no date"),
        ("Kenya,,31 Feb 2010", "no date"),
        ("Kenya,,17 Feb 2010 s", "heading does not say"),
        ("Kenya,,", "without a date"),
        ("Kenya,,17 Feb 1999", "adopted"),
        ("Togo,,17 Feb 2010", "party already"),
    ],
)
def test_a_row_that_cannot_be_stops_the_whole_table(page, tmp_path, row, words):
    path = page(f"Togo,12 Dec 2000,2 Jul 2004\n{row}\n")
    with pytest.raises(RecordsRefused) as refused:
        imported(path, register=tmp_path / "register")
    (finding,) = refused.value.findings
    assert (finding.file, finding.row) == ("untoc.csv", 3)
    assert words in finding.what
    assert not (tmp_path / "register").exists()
    assert "Atlantis" not in refused.value.sentence()


def test_a_name_that_is_nearly_that_of_a_state_is_told_which_and_not_quoted(page):
    (finding,) = read_untc(page("Kenja,,16 Jun 2004 a\n")).findings
    assert (finding.row, "Kenya" in finding.todo, "Kenja" in finding.sentence()) == (2, True, False)


def test_a_footnote_that_was_read_is_kept(page):
    (said,) = imported(page("Kenya,,16 Jun 2004 a 5\n"), footnotes_read=True).said
    assert said.note == "footnote 5"


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "case,name\n1,somebody\n"])
def test_a_file_that_is_no_such_table_is_refused_and_not_quoted(tmp_path, text):
    (tmp_path / "cases.csv").write_text(text)
    with pytest.raises(InputError, match="no table") as refused:
        read_untc(tmp_path / "cases.csv")
    assert "somebody" not in refused.value.sentence()


def test_what_is_new_is_added_what_differs_corrects_and_a_second_import_changes_nothing(page, tmp_path):
    register = tmp_path / "register"
    path = page("Kenya,,16 Jun 2004 a\nTogo,12 Dec 2000,3 Jul 2004\nJapan,12 Dec 2000,11 Jul 2017 A\n")
    first = imported(path, register=register)
    assert [record["state"] for record in first.new] == ["JPN"]
    assert [(record["state"], record["corrects"]) for record in first.corrections] == [
        ("TGO", "untoc-TGO-ratification")
    ]
    written = (register / "treaty_actions.csv").read_bytes()
    assert imported(path, register=register).as_json()["same"] == 5
    assert (register / "treaty_actions.csv").read_bytes() == written
    assert load_coverage(register)["untoc"] == date(2014, 1, 27)
    after = {row["state"]: row["made_on"] for row in _binding(load_actions(register))}
    before = {row["state"]: row["made_on"] for row in _binding(load_actions(register, as_recorded=date(2026, 11, 25)))}
    assert (before["TGO"], after["TGO"]) == ("2004-07-02", "2004-07-03")
    assert "JPN" not in before


def _binding(actions):
    return actions.filter((actions["instrument"] == "untoc") & (actions["action"] != "signature")).iter_rows(named=True)


PAGE = """<html><body><table><tr><td>menu</td></tr></table>
<table><tr><th>Participant</th><th>Signature</th><th>Ratification, Accession(a), Succession(d)</th></tr>
<tr><td>Montenegro <sup>1</sup></td><td>&nbsp;</td><td>23 Oct&nbsp;2006 d</td></tr>
<tr><td><span>C&ocirc;te d'Ivoire</span></td><td>15 Dec 2000</td><td>25 Oct 2012</td></tr>
</table></body></html>"""


def test_a_saved_page_is_read_like_a_table(page):
    reading = read_untc(page(PAGE, "page.html"))
    assert [(each.state, each.action) for each in reading.said] == [
        ("MNE", "succession"),
        ("CIV", "signature"),
        ("CIV", "ratification"),
    ]


def test_a_saved_page_is_decoded_as_it_says_or_refused(tmp_path):
    said = PAGE.replace("C&ocirc;te", "Côte").replace("<body>", '<head><meta charset="iso-8859-1"></head><body>')
    path = tmp_path / "page.html"
    path.write_bytes(said.encode("latin-1"))
    assert {each.state for each in read_untc(path).said} == {"MNE", "CIV"}
    path.write_bytes(said.replace("iso-8859-1", "utf-8").encode("latin-1"))
    with pytest.raises(InputError, match="not in UTF-8"):
        read_untc(path)


def test_half_of_a_saved_page_is_no_table(page):
    with pytest.raises(InputError, match="no table"):
        read_untc(page(PAGE[: PAGE.index("25 Oct")], "page.html"))


def test_a_saved_page_with_a_footnote_at_a_date_waits_for_somebody_to_read_it(page):
    reading = read_untc(page(PAGE.replace("23 Oct&nbsp;2006 d", "23 Oct 2006 d <sup>4</sup>"), "page.html"))
    assert [(finding.rule, finding.row) for finding in reading.findings] == [("import.footnote", 2)]


NORMLEX = """Country,Date,Status,Note
Afghanistan,16 May 1963,In Force,
Malaysia,13 Oct 1958,Not in force,Denounced on 10 Jan 1990
"""


def test_the_ilos_table_knows_denunciations(tmp_path):
    """Malaysia and Singapore have denounced Convention No. 105 (the ILO's own list)."""
    path = tmp_path / "c105.csv"
    path.write_text(NORMLEX)
    assert [(each.state, each.action, each.made_on.year) for each in read_normlex(path).said] == [
        ("AFG", "ratification", 1963),
        ("MYS", "ratification", 1958),
        ("MYS", "denunciation", 1990),
    ]
    answer = imported(path, "ilo_c105", "normlex")
    assert {record["corrects"] for record in answer.corrections} == {
        "ilo_c105-MYS-ratification",
        "ilo_c105-MYS-denunciation",
    }
    for note in ("Denounced", "Automatic denunciation", ""):
        path.write_text(NORMLEX.replace("Denounced on 10 Jan 1990", note))
        assert read_normlex(path).findings[0].row == 3


@pytest.mark.parametrize(
    ("note", "actions"),
    [
        ("Automatic Denunciation on 10 Jan 1990 by convention P029", ["ratification", "denunciation"]),
        ("The Convention will enter into force for Malaysia on 13 Oct 1959", ["ratification"]),
    ],
)
def test_what_is_not_in_force_has_left_or_is_about_to_be_bound(tmp_path, note, actions):
    """The words are those of the ILO's lists (recalled)."""
    path = tmp_path / "c105.csv"
    path.write_text(NORMLEX.replace("Denounced on 10 Jan 1990", note))
    reading = read_normlex(path)
    assert reading.findings == ()
    assert [each.action for each in reading.said if each.state == "MYS"] == actions


@settings(max_examples=60)
@given(
    st.sampled_from(["Kenya", "Swaziland", "Côte d'Ivoire", "Iran (Islamic Republic of)", "European Union"]),
    st.dates(date(2000, 12, 1), date(2020, 1, 1)),
    st.sampled_from(["", " a", " A", " AA", " d"]),
    st.sampled_from(["", " 1", " 1, 2", " [3]"]),
    st.sampled_from(["%d %b %Y", "%d %B %Y"]),
)
def test_whatever_the_depositary_writes_comes_out_as_the_day_it_means(tmp_path_factory, name, day, letter, mark, form):
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_text(f'{HEADINGS}"{name}{mark}",,{day.strftime(form)}{letter}\n', encoding="utf-8")
    reading = read_untc(path)
    (said,) = reading.said
    assert (said.state, said.made_on) == (state_code(name), day)


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=4))
def test_no_table_makes_the_reader_stumble(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("table") / "t.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as out:
        out.write(HEADINGS)
        csv.writer(out).writerows(cells)
    try:
        reading = read_untc(path)
    except InputError:
        return
    assert len({each.row for each in reading.said} | {finding.row for finding in reading.findings}) <= reading.n_rows
