"""The audit finds a release that leaks, and passes one that does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from palermo.protection.private import Budget, audit, encode, inference, load_domain
from palermo.protection.private.chances import FALSE_ALARM
from palermo.protection.private.inference import Risk, attribute_inference, rare_combinations, singling_out
from palermo.protection.private.measurement import MeasureSettings
from palermo.protection.private.membership import Trials, attack_difference, attack_membership, judge_scores
from palermo.protection.private.noise import table_noise
from tests.protection.private.conftest import invented, seeded


@pytest.fixture(scope="module")
def domain(domain_file):
    return load_domain(domain_file)


@pytest.fixture(scope="module")
def codes(domain, table):
    return encode(table, domain, "t")


def _trials(domain, sampler):
    settings = replace(MeasureSettings(), within=1.0)
    return Trials(domain.layout, Budget(2, 1e-6), sampler, settings, runs=20, canaries=40, seed=1)


def _attack_difference(codes, trials):
    return attack_difference(codes, trials, [trials.budget])


@pytest.mark.parametrize("attack", [attack_membership, _attack_difference])
def test_an_honest_release_gives_away_no_more_than_its_epsilon(domain, codes, attack):
    """The noise has no seed. At ε = 2 the best attack finds 3 in 100 at this rate; luck never makes 120 of 400."""
    found = attack(codes[:800], _trials(domain, table_noise))
    assert found.passed
    assert found.members == found.non_members == 400
    assert found.found_at_one_percent < 0.3


@pytest.mark.parametrize("attack", [attack_membership, _attack_difference])
def test_a_sampler_with_hardly_any_noise_is_caught(domain, codes, attack):
    """With a hundredth of the noise a canary stands out by some 30 standard deviations: no seed is needed."""
    found = attack(codes[:800], _trials(domain, lambda variance, size: table_noise(variance / 10_000, size)))
    assert not found.passed
    assert found.epsilon_at_least > 2


@pytest.mark.parametrize(("epsilon", "part"), [(4, 5), (12, 10)])
def test_noise_that_is_too_small_by_some_part_is_caught_at_any_epsilon(domain, codes, epsilon, part):
    """Of ε itself 2,000 canaries prove no more than 5; what is caught is that ρ is many times what was promised."""
    noise = seeded(5)
    trials = replace(
        _trials(domain, lambda variance, size: noise(variance / part**2, size)),
        budget=Budget(epsilon, 1e-6),
        runs=40,
        canaries=100,
    )
    assert not attack_membership(codes[:800], trials).passed
    assert attack_membership(codes[:800], replace(trials, sampler=noise)).passed


def test_an_earlier_release_that_told_much_shows_who_came_since(domain, codes):
    """A difference holds the noise of both; after a release with little of it, only that of the last is left."""
    trials = replace(_trials(domain, seeded(4)), budget=Budget(8, 1e-6))
    once, often = (attack_difference(codes[:800], trials, [Budget(each, 1e-6)]) for each in (0.5, 50))
    assert once.passed and often.passed
    assert once.found_at_one_percent + 0.05 < often.found_at_one_percent


def test_the_bound_is_that_of_known_normal_scores():
    random = np.random.default_rng(1)
    members, others = random.normal(1, 1, 20_000), random.normal(0, 1, 20_000)
    found = judge_scores(members, others, Budget(8, 1e-6))
    assert found.found_at_one_percent == pytest.approx(0.0924, abs=0.012)  # 1 - Phi(2.326 - 1)
    assert 1.2 < found.epsilon_at_least < 4
    assert 0.2 < found.rho_at_least < 0.5  # a difference of one standard deviation is ρ = 1/2


def test_others_who_are_told_to_be_away_prove_as_much_as_members_who_are_told_to_be_there():
    random = np.random.default_rng(1)
    members, others = random.normal(1, 1, 2000), random.normal(0, 1, 2000)
    there, away = judge_scores(members, others, Budget(8, 1e-6)), judge_scores(-others, -members, Budget(8, 1e-6))
    assert there.rho_at_least == pytest.approx(away.rho_at_least, rel=0.5)
    assert away.rho_at_least > 0.08


def test_scores_that_never_fail_prove_only_what_their_number_can():
    found = judge_scores(np.ones(100), np.zeros(100), Budget(8, 1e-6))
    assert found.epsilon_at_least == pytest.approx(np.log(0.871 / 0.129), abs=0.01)  # 0.001 ** (1 / 50)


@pytest.fixture(params=["compiled", "plain"])
def _loops(request, monkeypatch):
    if request.param == "plain":
        monkeypatch.setattr(inference, "_nearest", inference._nearest.py_func)


@pytest.fixture
def strangers():
    """People with values by chance in nine columns: whoever is recognised is recognised from a copy."""
    return np.random.default_rng(2).integers(0, 9, (2, 120, 9)).astype(np.int32)


@pytest.mark.usefixtures("_loops")
def test_a_copy_of_the_file_fails_attribute_inference(strangers):
    inside, outside = strangers
    risk = attribute_inference(inside, inside, outside, attacks=60, seed=1)
    assert risk.inside == 1
    assert not risk.passed


def test_a_copy_of_the_file_fails_singling_out(strangers):
    inside, outside = strangers
    risk = singling_out(inside, inside, outside, attacks=200, seed=1)
    assert risk.attacks == 200
    assert risk.inside == 1
    assert not risk.passed
    assert risk.excess_at_least <= risk.excess


def test_records_that_are_all_alike_single_nobody_out(strangers):
    inside, outside = strangers
    alike = np.repeat(inside[:1], 50, axis=0)
    assert singling_out(alike, inside, outside, attacks=5, seed=1).passed


def test_one_success_among_few_attacks_proves_nothing():
    assert Risk(attacks=1, people=1, inside=1.0, outside=0.0).passed
    assert Risk(attacks=2000, people=3, inside=1.0, outside=0.0).passed
    assert not Risk(attacks=2000, people=60, inside=1.0, outside=0.0).passed


@pytest.mark.parametrize("people", [1, 7, 40, 150])
@pytest.mark.parametrize("rate", [0.02, 0.3, 0.6, 0.97])
def test_an_audit_of_few_people_fails_by_chance_less_than_once_in_a_hundred(people, rate):
    """Worked out over every outcome: five attacks share the hundredth."""
    hits = np.arange(people + 1)
    chances = stats.binom.pmf(hits, people, rate)
    fails = [[not Risk(people, people, i / people, o / people).passed for o in hits] for i in hits]
    assert chances @ np.array(fails) @ chances <= FALSE_ALARM / 5


def test_rare_combinations_are_compared_with_those_of_others():
    inside, outside = np.array([1, 1, 0, 0, 5], dtype=np.int32), np.array([0, 0, 1, 1, 5], dtype=np.int32)
    assert rare_combinations(np.array([True, True, False, False, True]), inside, outside, 7).excess == 1
    assert rare_combinations(np.array([True, False, True, False, True]), inside, outside, 7).passed
    assert rare_combinations(np.zeros(5, dtype=bool), inside * 0, outside, 7).inside == 0


def test_a_copy_of_the_file_fails_in_rare_combinations():
    inside, outside = np.repeat([1, 0], 200).astype(np.int32), np.repeat([0, 1], 200).astype(np.int32)
    assert not rare_combinations(inside == 1, inside, outside, 200).passed


def test_an_audit_says_what_it_did_and_whether_it_passed(domain):
    shadow = encode(invented(1200, 5), domain, "t")
    report = audit(shadow, domain, Budget(4, 1e-6), "accurate", runs=8, attacks=200)
    told = report.as_json()
    assert (
        told["passed"]
        is report.passed
        is all(r.passed for r in (report.membership, report.differencing, *report.risks.values()))
    )
    assert told["membership"]["non_members"] == told["differencing"]["non_members"] == 200
    assert set(told["risks"]) == {"attribute_inference", "singling_out", "rare_combinations"}
    assert "nothing here was measured on the real file" in told["measured_on"]
