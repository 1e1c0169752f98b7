"""Estimates as their users meet them: tables, wrong words, and what a real linkage has written."""

from __future__ import annotations

import json
import re

import numpy as np
import polars as pl
import pytest

from palermo import protection
from tests.linkage.invented import invent

METHODS = (
    *("chao", "main-effects", "all-pairs", "fixed", "stepwise", "stepwise-aic", "bic", "bic-average"),
    *("bayes-threshold", "latent-class", "decomposable"),
)
LISTS = ("north", "south", "west")


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table of 1,500 people on three independent lists."""
    path = tmp_path_factory.mktemp("prevalence") / "table.csv"
    on = np.random.default_rng(4).random((1500, 3)) < (0.3, 0.25, 0.2)
    counted = pl.DataFrame(on.astype(int), schema=list("ABC")).group_by("A", "B", "C").agg(count=pl.len())
    counted.filter(pl.sum_horizontal("A", "B", "C") > 0).sort("A", "B", "C").write_csv(path)
    return path


@pytest.fixture(scope="module")
def linked(palermo, tmp_path_factory):
    """Three agencies that encode 1,800 records of invented people, and the unit that matches them."""
    folder = tmp_path_factory.mktemp("linked")
    rows, _ = invent(1800, twice=0.35, seed=5)
    said = [palermo("link", "key", "new", "--out", folder / "key/k", "--project", "harbour")]
    (folder / "in").mkdir()
    for place, name in enumerate(LISTS):
        pl.DataFrame(rows[place::3]).write_csv(folder / f"in/{name}.csv")
        words = ("--key", folder / "key/k", "--out", folder / f"{name}.parquet")
        said.append(palermo("link", "encode", folder / f"in/{name}.csv", *words))
    files = [folder / f"{name}.parquet" for name in LISTS]
    out = {"--out": "persons.parquet", "--links": "links.csv", "--histories": "histories.csv"}
    words = [word for option, name in out.items() for word in (option, folder / name)]
    said.append(palermo("link", "match", *files, *words))
    assert [each.code for each in said] == [0] * 5, said[-1].err
    return folder


def _estimate(palermo, path, method, *more):
    return palermo("prevalence", "estimate", path, "--method", method, "--bootstrap", "100", "--json", *more)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_answers_in_the_shape_that_programs_rely_on(palermo, table, method):
    said = _estimate(palermo, table, method, "--model", "[AB,C]")
    answer = json.loads(said.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert said.code == 0
    assert list(answer) == ["seen", "point", "interval", "method", "model", "warnings"]
    assert answer["method"] == method
    assert answer["seen"] <= answer["point"] < 6000
    if answer["interval"]:
        assert set(answer["interval"]) == {"level", "low", "high", "kind"}
        assert answer["interval"]["kind"] in {"log-normal", "profile", "bca", "posterior"}


def test_a_limit_that_is_not_there_is_null(palermo, tmp_path):
    (tmp_path / "tiny.csv").write_text("A,B,C,count\n1,0,0,3\n0,1,0,3\n0,0,1,2\n1,1,0,1\n", "utf-8")
    said = _estimate(palermo, tmp_path / "tiny.csv", "bic")
    assert "Infinity" not in said.out
    assert said.json["interval"]["high"] is None
    assert "There is no upper limit." in said.json["warnings"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--method", "guess"), 2),
        (("--method", "chapman"), 2),
        (("--method", "fixed"), 2),
        (("--method", "fixed", "--model", "[AX]"), 2),
        (("--method", "fixed", "--model", "[ABC]"), 2),
        (("--method", "stepwise", "--threshold", "2"), 2),
        (("--method", "stepwise", "--bootstrap", "1"), 2),
        (("--method", "stepwise", "--bootstrap", "-5"), 2),
        (("--method", "stepwise", "--bootstrap", "100000000"), 2),
        (("--method", "fixed", "--model", "[AB,C"), 2),
        (("--method", "fixed", "--model", "[AB,,C]"), 2),
        (("--method", "bic", "--linked", "--links", "links.csv", "--draws", "1"), 2),
        (("--method", "bic", "--top", "0"), 2),
        (("--method", "bic", "--order", "7"), 2),
        (("--method", "bic", "--seed", "-1"), 2),
        (("--method", "bic", "--links", "links.csv"), 2),
        (("--method", "bic", "--strata", "region"), 3),
        (("--method", "bic", "--linked"), 3),
    ],
)
def test_wrong_words_get_their_exit_code_and_a_sentence(palermo, table, words, code):
    said = palermo("prevalence", "estimate", table, *words)
    assert said.code == code
    assert re.match(r"palermo: .+\. .+\.\n$", said.err.splitlines(keepends=True)[-1])
    assert not said.out


def test_a_method_that_is_not_for_strata_is_a_wrong_word(palermo, shared):
    table = shared / "data/mse/scotland_pwid_4lists_stratified.csv"
    said = palermo("prevalence", "estimate", table, "--method", "chao", "--strata", "region,gender,age")
    assert said.code == 2
    assert "chao is not for strata." in said.err


def test_an_estimate_of_linked_persons_says_each_threshold_and_reaches_over_all(palermo, linked):
    answer = _estimate(palermo, linked / "persons.parquet", "stepwise", "--linked").json
    parts = [each["estimate"] for each in answer["linkages"]]
    assert [each["linkage"] for each in answer["linkages"]] == ["0.3", "0.5", "0.7", "0.9"]
    assert answer["point"] == parts[1]["point"]
    assert answer["interval"]["low"] == min(part["interval"]["low"] for part in parts)
    assert answer["interval"]["high"] == max(part["interval"]["high"] for part in parts)


def test_persons_and_the_histories_of_the_same_linkage_give_the_same(palermo, linked):
    answers = [
        _estimate(palermo, linked / name, "bic", "--linked").json for name in ("persons.parquet", "histories.csv")
    ]
    assert [answer["interval"] for answer in answers] == [answers[0]["interval"]] * 2
    assert answers[0]["point"] == answers[1]["point"]


def test_drawn_links_give_an_interval_and_twenty_parts(palermo, linked):
    words = ("--linked", "--links", linked / "links.csv")
    answer = _estimate(palermo, linked / "persons.parquet", "main-effects", *words).json
    assert len(answer["linkages"]) == 20
    assert "20 draws" in answer["warnings"][0]
    assert answer["interval"]["low"] < answer["point"] < answer["interval"]["high"]


def test_a_damaged_linkage_is_refused(palermo, linked, tmp_path):
    broken = tmp_path / "persons.parquet"
    broken.write_bytes((linked / "persons.parquet").read_bytes()[:500])
    said = _estimate(palermo, broken, "bic", "--linked")
    assert said.code == 3
    assert said.err.startswith("palermo: persons.parquet: ")


@pytest.mark.slow
def test_a_run_that_links_its_sources_publishes_an_estimate_or_says_why_not(palermo, tmp_path):
    assert palermo("demo", "--victims", "1500", "--out", tmp_path / "valmara", "--quiet").code == 0
    (release,) = (tmp_path / "valmara/releases").iterdir()
    found = protection.reopen(release).estimates
    assert {each.name for each in found} in ({"stepwise", "bic-average"}, {"no number"})
    assert 'id="unseen"' in (release / "report.html").read_text("utf-8")
    for each in found:
        assert each.point is None or len(str(each.point).rstrip("0")) <= 2


def test_strata_have_numbers_sums_and_ratios(palermo, shared):
    table = shared / "data/mse/scotland_pwid_4lists_stratified.csv"
    answer = _estimate(palermo, table, "main-effects", "--strata", "region,gender,age").json
    assert (len(answer["strata"]), len(answer["groups"]), len(answer["ratios"])) == (8, 6, 3)
    assert {each["name"] for each in answer["groups"]} >= {"gender Female", "age Old"}


def test_a_page_shows_all_methods_and_no_small_overlap(palermo, table, tmp_path):
    said = palermo("prevalence", "compare", table, "--bootstrap", "100", "--out", tmp_path / "page.html", "--quiet")
    assert said.code == 0, said.err
    page = (tmp_path / "page.html").read_text("utf-8")
    assert all(method in page for method in METHODS if method != "fixed")
    assert not re.search(r"(src|href)=\"https?:", page)


def test_a_page_says_what_could_change_the_number_and_models_in_words(palermo, shared, tmp_path):
    australia = shared / "data/mse/australia_4lists.csv"
    assert palermo("prevalence", "compare", australia, "--bootstrap", "100", "--out", tmp_path / "page.html").code == 0
    page = (tmp_path / "page.html").read_text("utf-8")
    for name in ("figure-without-lists", "figure-merged-lists", "figure-settings"):
        assert f'id="{name}"' in page
    assert "Each list in turn was taken for all the people there are" in page
    assert "Depend on each other: A and B; B and C; B and D." in page
    assert "[AB,BC,BD]" not in page


def test_what_a_comparison_prints_has_passed_the_gate_unless_it_is_private(palermo, shared):
    australia = shared / "data/mse/australia_4lists.csv"
    words = ("--bootstrap", "100", "--json")
    told = palermo("prevalence", "compare", australia, *words).json
    exact = palermo("prevalence", "compare", australia, *words, "--private").json
    assert (told["private"], exact["private"]) == (False, True)
    by = {each["method"]: each for each in told["estimates"]}
    assert by["stepwise"]["point"] == 6500
    assert next(each for each in exact["estimates"] if each["method"] == "stepwise")["point"] == pytest.approx(
        6496.0087
    )
    for each in told["estimates"]:
        limits = (each["interval"] or {}).get("low"), (each["interval"] or {}).get("high")
        assert all(number is None or len(str(number).rstrip("0")) <= 2 for number in (each["point"], *limits))


def test_a_comparison_that_stands_on_too_few_tells_no_number(palermo, tmp_path):
    (tmp_path / "few.csv").write_text("A,B,C,count\n1,0,0,40\n0,1,0,30\n0,0,1,20\n1,1,0,4\n0,1,1,3\n", "utf-8")
    told = palermo("prevalence", "compare", tmp_path / "few.csv", "--bootstrap", "100", "--json").json
    assert all(each["point"] is None and each["interval"] is None for each in told["estimates"])
    assert {each["status"] for each in told["estimates"]} == {"withheld"}


def test_words_that_are_wrong_for_every_method_stop_a_comparison(palermo, table, tmp_path):
    for words in (("--order", "9"), ("--bootstrap", "1"), ("--model", "[XX]"), ("--out", tmp_path)):
        assert palermo("prevalence", "compare", table, *words).code == 2


def test_too_few_on_several_lists_are_told_with_every_number(palermo, shared):
    few = shared / "data/mse/artificial_3lists.csv"
    said = palermo("prevalence", "estimate", few, "--method", "main-effects", "--json")
    assert said.json["warnings"][0] == "Fewer than 10 people are on more than one list."


def test_a_diagnosis_names_what_is_small_and_no_count_below_the_threshold(palermo, shared):
    said = palermo("prevalence", "diagnose", shared / "data/mse/uk_2013_5lists.csv", "--bootstrap", "100", "--json")
    told = json.loads(said.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert told["private"]
    counts = [pair["count"] for pair in told["pairs"]]
    assert all(isinstance(count, str) or count == 0 or count >= 10 for count in counts)
    assert told["empty_pairs"]
