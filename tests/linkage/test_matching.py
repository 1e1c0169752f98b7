"""Who is the same person: small cases in sight, and an invented file with a known truth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from palermo.errors import InputError
from palermo.linkage import Key, MatchSettings, read_encodings, strangers, together, write_encodings
from palermo.linkage.candidates import find_candidates
from palermo.linkage.comparison import LEVELS, MEASURES, SOUND, compare, pack
from palermo.linkage.frequency import LocalRates
from palermo.linkage.matching import match
from palermo.linkage.persons import capture_histories, links_of, overlaps, persons_of
from palermo.linkage.quality import judge_quality, wilson
from palermo.linkage.strangers import Drawn
from palermo.linkage.whole import match_whole
from tests.linkage.invented import encodings_of, invent

NOBODY = np.zeros((0, 2), np.int32)


def persons(rows, **chosen):
    """Give the person of each record, by its id."""
    table = persons_of(match(together([encodings_of(rows)], ["a"]), MatchSettings(**chosen)))
    return dict(table.select("record_id", "person_id").iter_rows())


def a_person(record_id, **exception):
    return {
        "record_id": record_id,
        "first_name": "Oksana",
        "surname": "Kovalenko",
        "birth_date": "1994-05-17",
        "sex": "f",
        "citizenship": "UKR",
    } | exception


@pytest.fixture(scope="module")
def crowd():
    return invent(3000)


@pytest.fixture(scope="module")
def linked(crowd):
    return match(encodings_of(crowd[0]), MatchSettings())


def f1(labels, truth):
    """Compare two ways to put records together by the pairs they hold."""

    def n_pairs(*columns):
        counts = np.unique(np.column_stack(columns), axis=0, return_counts=True)[1]
        return int((counts * (counts - 1) // 2).sum())

    both = n_pairs(labels, truth)
    return 2 * both / (n_pairs(labels) + n_pairs(truth))


def test_one_person_with_three_spellings_is_one(crowd):
    spelled = [a_person("x1"), a_person("x2", first_name="Oxana"), a_person("x3", surname="Kowalenko")]
    found = persons(crowd[0][:600] + spelled)
    assert found["x1"] == found["x2"] == found["x3"]


def test_two_spellings_of_one_sound_are_a_level_of_their_own():
    rows = [a_person("1"), a_person("2", first_name="Oxana", surname="Kowalenko"), a_person("3", citizenship="")]
    encodings = encodings_of(rows)
    levels = compare(pack(encodings), np.array([[0, 1], [0, 2], [1, 2]], np.int32))
    assert levels[:, :2].tolist() == [[SOUND, SOUND], [SOUND + 1, SOUND + 1], *levels[2:, :2].tolist()]
    assert LEVELS["surname"][SOUND] == "sounds the same"
    assert (levels[2, :2] < SOUND).all()  # the token by which it is seen holds the citizenship too


@pytest.mark.parametrize("n", [0, 1, 2, 3, 7, 40, 3000])
def test_pairs_by_chance_are_of_two_records_and_are_found_again(n):
    drawn = Drawn.by_chance(n, seed=1)
    assert (drawn.pairs[:, 0] != drawn.pairs[:, 1]).all()
    some = np.sort(np.random.default_rng(2).integers(0, max(n, 1), (n // 2, 2)), axis=1).astype(np.int32)
    wanted = {*map(tuple, some[some[:, 0] < some[:, 1]].tolist())}
    expected = [tuple(sorted(pair)) in wanted for pair in drawn.pairs.tolist()]
    assert drawn.among(some[some[:, 0] < some[:, 1]]).tolist() == expected


def test_people_who_are_there_twice_do_not_make_likeness_look_common():
    rows, _ = invent(600, twice=0.5, seed=5)
    days = [
        match(encodings_of(each), MatchSettings()).model.u["month_day"][3] for each in (rows, invent(600, twice=0.0)[0])
    ]
    assert days[0] == pytest.approx(days[1], rel=0.2)


def test_twins_are_two(crowd):
    twins = [a_person("x1"), a_person("x2", first_name="Darina")]
    found = persons(crowd[0][:600] + twins)
    assert found["x1"] != found["x2"]


def test_names_given_in_the_other_order_are_the_same_person(crowd):
    swapped = [a_person("x1"), a_person("x2", first_name="Kovalenko", surname="Oksana")]
    found = persons(crowd[0][:600] + swapped)
    assert found["x1"] == found["x2"]


def test_records_with_almost_nothing_are_persons_of_their_own(crowd):
    bare = [{"record_id": f"x{at}", "sex": "f"} for at in range(50)] + [{"record_id": "y"}]
    found = persons(crowd[0][:600] + bare)
    assert len({found[each["record_id"]] for each in bare}) == 51


def test_a_heap_of_people_born_on_1_january_is_not_put_together(crowd):
    rows, _ = invent(2000, twice=0.0, seed=11)
    heap = [row | {"record_id": f"h{at}", "birth_date": "1990-01-01"} for at, row in enumerate(rows)]
    found = persons(crowd[0][:600] + heap)
    assert len({found[each["record_id"]] for each in heap}) > 1980


def test_most_people_there_twice_are_found_and_few_are_made_up(crowd, linked):
    truth = np.array(crowd[1])[[int(each[1:]) for each in linked.encodings.record_id]]
    assert f1(linked.persons[0.5], truth) > 0.95
    assert abs(linked.n_persons / len(set(crowd[1])) - 1) < 0.02


def test_persons_at_a_higher_threshold_are_parts_of_persons_at_a_lower_one(linked):
    for low, high in ((0.3, 0.5), (0.5, 0.7), (0.7, 0.9)):
        together_at = {}
        for one, other in zip(linked.persons[high], linked.persons[low], strict=True):
            assert together_at.setdefault(one, other) == other


def test_pairs_judged_in_parts_are_judged_as_all_at_once(crowd, linked, monkeypatch):
    monkeypatch.setattr(strangers, "PART", 97)
    again = match(encodings_of(crowd[0]), MatchSettings())
    assert linked.compared.n_pairs > 97 * 40
    assert again.compared == linked.compared
    assert (again.likely.pairs == linked.likely.pairs).all()
    assert (again.likely.log_odds == linked.likely.log_odds).all()
    assert all((again.persons[each] == rows).all() for each, rows in linked.persons.items())


def test_only_likely_pairs_are_kept_and_what_is_expected_of_the_others_is_known(linked):
    assert linked.likely.posterior.min() >= 0.1
    assert len(linked.likely.pairs) < linked.compared.n_pairs
    assert linked.compared.expected > linked.likely.posterior.sum()


def test_persons_do_not_hang_on_the_order_of_the_rows(crowd):
    rows = crowd[0][:800]
    assert persons(rows) == persons(rows[::-1])


def test_two_deduplicated_sources_give_a_record_one_partner_at_most():
    rows, _ = invent(1000, seed=3)
    halves = [encodings_of(rows[:500], source="a"), encodings_of(rows[500:], source="b")]
    table = persons_of(match(together(halves, ["a", "b"]), MatchSettings(deduplicated=True)))
    each = table.group_by("person_id", "source").len()
    assert each["len"].max() == 1
    shared = overlaps(table).filter(source_a="a", source_b="b")["persons"].item()
    assert shared == 1000 - table["person_id"].n_unique() > 20
    histories = capture_histories(table, thresholds=(0.5,))
    assert histories.filter(a=True, b=True)["persons"].item() == shared
    assert histories["persons"].sum() == table["person_id"].n_unique()


def test_what_people_have_judged_goes_before_the_model(crowd):
    rows = [*crowd[0][:600], a_person("x1"), a_person("x2"), a_person("x3", first_name="Lea", surname="Okoro")]
    encodings = encodings_of(rows)
    said = {"same": np.array([[600, 602]], np.int32), "different": np.array([[600, 601]], np.int32)}
    found = dict(persons_of(match(encodings, MatchSettings(), **said)).select("record_id", "person_id").iter_rows())
    assert found["x1"] == found["x3"] != found["x2"]


def test_a_link_is_explained_by_levels_and_never_by_values(linked):
    links = links_of(linked)
    assert set(MEASURES) <= set(links.columns)
    assert "same" in links["surname"].to_list()
    text = links.write_csv()
    assert not any(row["surname"] in text for row in invent(3000)[0][:200])


def test_candidates_are_bounded_and_hold_nearly_all_that_there_is_to_find(crowd):
    rows, who = crowd
    found = find_candidates(encodings_of(rows), cap=200, most=30)
    truth = np.array(who)
    hits = int((truth[found.pairs[:, 0]] == truth[found.pairs[:, 1]]).sum())
    sizes = np.bincount(truth)
    assert hits / (sizes * (sizes - 1) // 2).sum() > 0.97
    assert 2 * len(found.pairs) / len(rows) <= 60
    assert (found.pairs[:, 0] < found.pairs[:, 1]).all()


def test_blocks_that_stay_too_large_are_dropped_and_told():
    rows = [{"record_id": f"r{at}", "first_name": "Ana", "surname": "Silva"} for at in range(300)]
    found = find_candidates(encodings_of(rows), cap=200, most=30)
    assert found.dropped["both names"] == (1, 300)
    assert found.n_alone == 300


@pytest.mark.parametrize(
    ("one", "other", "measure", "level"),
    [
        ({"birth_date": "1990-03-04"}, {"birth_date": "1990-04-03"}, "month_day", 2),
        ({"birth_date": "1990-03-04"}, {"birth_date": "1991-03-04"}, "year", 2),
        ({"birth_date": "1990-03-04"}, {"birth_date": "1990-01-01"}, "month_day", 4),
        ({"birth_date": "1990-01-01"}, {"birth_date": "1991-01-01"}, "month_day", 5),
        ({"birth_date": "1990-03-04"}, {"birth_date": "1990"}, "month_day", 0),
        ({"first_name": "Ana", "surname": "Silva"}, {"first_name": "Silva", "surname": "Ana"}, "swapped", 1),
        ({"document": "AB 123-456"}, {"document": "ab123456"}, "document", 3),
        ({"document": "AB1234567"}, {"document": "AB1234568"}, "document", 2),
        ({"citizenship": "PH"}, {"citizenship": "PHL"}, "citizenship", 2),
    ],
)
def test_a_level_says_how_alike_two_records_are(one, other, measure, level):
    packed = pack(encodings_of([{"record_id": "1"} | one, {"record_id": "2"} | other]))
    assert compare(packed, np.array([[0, 1]], np.int32))[0, MEASURES.index(measure)] == level


def test_quality_claims_what_the_truth_bears_out(crowd, linked):
    truth = np.array(crowd[1])[[int(each[1:]) for each in linked.encodings.record_id]]
    pairs = linked.likely.pairs[linked.accepted]
    right = truth[pairs[:, 0]] == truth[pairs[:, 1]]
    said = judge_quality(linked, pairs, right)
    assert said.verdict == "usable"
    assert said.precision is not None
    assert abs(said.precision.point - right.mean()) < 0.03
    assert said.judged_precision == wilson(int(right.sum()), len(pairs))
    assert said.double_count == said.records - said.persons


def test_few_people_in_common_are_not_counted_on_the_model_s_word_alone():
    rows, _ = invent(3000, twice=0.01, seed=5)
    linkage = match(encodings_of(rows), MatchSettings())
    said = judge_quality(linkage, NOBODY, np.zeros(0, np.bool_))
    assert said.verdict == "review"
    assert abs(said.persons / 2970 - 1) < 0.01


def test_wilson_agrees_with_a_textbook():
    """Agresti and Coull (1998), The American Statistician 52(2): no success in 20 trials gives 0 to .161."""
    assert wilson(0, 20).high == pytest.approx(0.161, abs=5e-4)


def test_the_record_profile_finds_fewer_and_says_that_it_claims_nothing(crowd):
    rows, who = crowd
    linkage = match_whole(encodings_of(rows, schema="record"), MatchSettings())
    truth = np.array(who)[[int(each[1:]) for each in linkage.encodings.record_id]]
    said = judge_quality(linkage, NOBODY, np.zeros(0, np.bool_))
    assert f1(linkage.persons[0.5], truth) > 0.75
    assert said.precision is None
    assert said.verdict == "review"


def test_encodings_of_another_key_or_schema_are_refused():
    rows = [a_person("x1")]
    ours = encodings_of(rows, source="a")
    with pytest.raises(InputError, match="key"):
        together([ours, encodings_of(rows, source="b", key=Key("other", 1, "2026-01-01", bytes(32)))], ["a", "b"])
    with pytest.raises(InputError, match="schema"):
        together([ours, encodings_of(rows, source="b", schema="record")], ["a", "b"])
    with pytest.raises(InputError, match="same source"):
        together([ours, ours], ["a", "b"])


def test_a_file_of_encodings_that_is_cut_off_is_refused_wherever_it_is_cut(tmp_path: Path):
    path, cut = tmp_path / "e.parquet", tmp_path / "cut.parquet"
    write_encodings(encodings_of(invent(50)[0]), path)
    whole = path.read_bytes()
    for share in (0, 0.01, 0.3, 0.5, 0.9, 0.999):
        cut.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(InputError, match="cut off or damaged"):
            read_encodings(cut)


def test_encodings_come_back_as_they_were_written(tmp_path: Path):
    encodings = encodings_of(invent(40)[0])
    write_encodings(encodings, tmp_path / "e.parquet")
    again = read_encodings(tmp_path / "e.parquet")
    assert again.schema == encodings.schema
    assert again.record_id.tolist() == encodings.record_id.tolist()
    assert all((again.filters[name] == encodings.filters[name]).all() for name in encodings.filters)
    assert (again.tokens == encodings.tokens).all()


def test_encodings_written_in_many_groups_and_with_a_note_are_read_as_they_were(tmp_path: Path):
    whole, parts = tmp_path / "e.parquet", tmp_path / "parts.parquet"
    write_encodings(encodings_of(invent(40)[0]), whole)
    about = {key: value for key, value in pq.read_metadata(whole).metadata.items() if key != b"ARROW:schema"}
    table = pq.read_table(whole).append_column("note", [["kept by the agency"] * 40])
    pq.write_table(table.replace_schema_metadata(about), parts, row_group_size=7)
    one, other = read_encodings(whole), read_encodings(parts)
    assert pq.ParquetFile(parts).num_row_groups == 6
    assert one.record_id.tolist() == other.record_id.tolist()
    assert (one.tokens == other.tokens).all()
    assert all((one.filters[name] == other.filters[name]).all() for name in one.filters)


def test_names_nearby_are_counted_in_the_citizenship_without_the_two_themselves():
    names = ["Oksana"] * 4 + ["Oxana"] * 2 + ["Oksanka"] * 3 + ["Maria"] * 5
    encodings = encodings_of([a_person(f"{at}", first_name=name) for at, name in enumerate(names)])
    pairs = np.array([[0, 1], [0, 4]], np.int32)
    packed = pack(encodings)
    levels = compare(packed, pairs)[:, 0]
    assert levels.tolist() == [SOUND + 1, SOUND]
    table = np.full((3, SOUND + 2), 0.01)
    words, nothing = encodings.filters["first_name"], np.zeros(2, np.uint8)
    heard = np.ascontiguousarray(packed.heard[:, 0])
    found = LocalRates.learn(words, heard, np.ones(14, np.int64), rates=table, seed=1).of(
        pairs, levels, nothing, nothing
    )
    # Ten records of the rate .01 are laid to the 13 others: of one name 4 less both; of one sound 2 and 4 less one.
    assert found == pytest.approx([(2 + 0.1) / 23, 0.5 * (1 + 0.1) / 23 + 0.5 * (3 + 0.1) / 23])
