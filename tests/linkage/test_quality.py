"""What people find in a clerical sample is near what is so, and only what was drawn by chance speaks for the rest."""

from __future__ import annotations

import numpy as np
import pytest

from palermo.linkage import MatchSettings, together
from palermo.linkage.candidates import find_candidates
from palermo.linkage.matching import match
from palermo.linkage.persons import links_of
from palermo.linkage.quality import judge_quality
from palermo.linkage.sample import draws, strata
from tests.linkage.invented import encodings_of, invent

ROWS, WHO = invent(2500, seed=19)


@pytest.fixture(scope="module")
def linked():
    return match(together([encodings_of(ROWS)], ["a"]), MatchSettings())


@pytest.fixture(scope="module")
def truth(linked):
    """Say of each likely pair whether it is one person."""
    who = np.array(WHO)[[int(each[1:]) for each in linked.encodings.record_id]]
    pairs = linked.likely.pairs
    return who[pairs[:, 0]] == who[pairs[:, 1]]


def judged(linked, truth, n, stratum):
    """Judge the first pairs of a stratum as they are."""
    rows = np.flatnonzero(strata(linked) == stratum)
    rows = rows[np.argsort(draws(linked)[rows])][:n]
    return linked.likely.pairs[rows], truth[rows].astype(float)


def both(linked, truth, n, m):
    samples = [judged(linked, truth, n, "link"), judged(linked, truth, m, "doubt")]
    return np.concatenate([each[0] for each in samples]), np.concatenate([each[1] for each in samples])


def test_a_sample_tells_precision_and_recall_within_its_intervals(linked, truth):
    said = judge_quality(linked, *both(linked, truth, 200, 40))
    right = truth & linked.accepted
    precision, recall = right.sum() / linked.accepted.sum(), right.sum() / truth.sum()
    assert (said.judged, said.judged_in_doubt) == (200, min(40, int((strata(linked) == "doubt").sum())))
    assert said.judged_precision.low <= precision <= said.judged_precision.high
    assert said.judged_recall.low - 0.01 <= recall <= said.judged_recall.high + 0.01
    assert said.judged_recall.high - said.judged_recall.low < 0.1


def test_links_alone_tell_precision_only(linked, truth):
    said = judge_quality(linked, *both(linked, truth, 60, 0))
    assert said.judged_precision is not None
    assert said.judged_recall is None


def test_pairs_that_were_picked_are_no_sample(linked, truth):
    pairs, same = judged(linked, truth, 100, "link")
    said = judge_quality(linked, pairs[1:], same[1:])
    assert (said.judged, said.judged_precision) == (0, None)


def test_a_pair_of_which_people_are_unsure_counts_for_nothing_and_ends_nothing(linked, truth):
    pairs, same = judged(linked, truth, 100, "link")
    same[0] = np.nan
    assert judge_quality(linked, pairs, same).judged == 99


def test_the_order_is_by_chance_and_the_same_in_a_later_run(linked):
    def order(linkage):
        pair = ("record_a", "record_b")
        rows = links_of(linkage).select("stratum", "draw", *pair).rows()
        return {(stratum, draw): frozenset(records) for stratum, draw, *records in rows}

    other = match(together([encodings_of(ROWS[::-1])], ["a"]), MatchSettings())
    assert order(linked) == order(other)
    links = links_of(linked)
    own = links.filter(stratum="link")
    assert sorted(own["draw"]) == list(range(1, own.height + 1))
    assert abs(np.corrcoef(own["draw"], own["probability"])[0, 1]) < 0.1


def test_too_few_links_are_for_people_until_they_have_judged_every_one():
    rows, who = invent(150, seed=23)
    few = match(together([encodings_of(rows)], ["a"]), MatchSettings())
    of = np.array(who)[[int(each[1:]) for each in few.encodings.record_id]]
    right = of[few.likely.pairs[:, 0]] == of[few.likely.pairs[:, 1]]
    n = int(few.accepted.sum())
    assert 30 < n < 100
    alone, most, every = (judge_quality(few, *judged(few, right, k, "link")) for k in (0, n - 1, n))
    assert (alone.verdict, most.verdict, every.verdict) == ("review", "review", "usable")
    assert alone.reasons[0].startswith("fewer than 100 links are expected")
    assert every.reasons == ()


def test_what_blocking_has_brought_together_is_estimated_and_thresholds_are_seen_to_matter(linked):
    said = judge_quality(linked, np.zeros((0, 2), np.int32), np.zeros(0))
    who = np.array(WHO)[[int(each[1:]) for each in linked.encodings.record_id]]
    pairs = find_candidates(linked.encodings, cap=200, most=30).pairs
    sizes = np.bincount(who)
    reached = (who[pairs[:, 0]] == who[pairs[:, 1]]).sum() / (sizes * (sizes - 1) // 2).sum()
    assert said.candidate_recall == pytest.approx(reached, abs=0.03)
    counts = said.persons_by_threshold
    assert list(counts) == ["0.3", "0.5", "0.7", "0.9"]
    assert counts["0.3"] < counts["0.9"]
    assert sorted(counts.values()) == list(counts.values())
