"""What the gate is to see of an estimate, and of what could change it."""

from __future__ import annotations

from palermo.prevalence import CaptureHistories, EstimateSettings, diagnose, load_example
from palermo.workflows.estimations import estimations_of

AUSTRALIA = load_example("australia").histories
FOUND = estimations_of(AUSTRALIA, [], [], diagnose(AUSTRALIA, EstimateSettings(bootstrap=100)), threshold=10)


def test_neighbouring_settings_that_say_the_same_are_one():
    names = [each.name for each in FOUND if each.group == "setting"]
    assert "stepwise, threshold 0.001 to 0.1" in names
    assert [name for name in names if name.startswith("decomposable")] == [
        "decomposable, grid ×10",
        "decomposable, grid ×30",
        "decomposable, grid ×100",
    ]


def test_every_change_of_lists_and_settings_is_there_for_a_page():
    groups = {each.group for each in FOUND}
    assert groups == {"model", "without", "merged", "setting", "remarks"}
    assert sum(each.group == "merged" for each in FOUND) == 6
    assert {each.name.split(",")[0] for each in FOUND if each.group == "setting"} == {
        "stepwise", "bic", "bayes-threshold", "decomposable",
    }  # fmt: skip


def test_what_a_table_is_like_is_told_without_a_count_of_any_list_or_overlap():
    (told,) = (each for each in FOUND if each.group == "remarks")
    assert told.point is None
    shared, empty, models, consistency = told.words
    assert shared == "About 15% of the people seen are on more than one list."  # 69 of 414
    assert empty == "Pairs of lists that share nobody: none of 6."
    assert models.startswith("113 models were tried")
    assert "The known size lies within the interval for 1 of 4, and above the number for 4." in consistency
    assert not any(f" {size} " in " ".join(told.words) for size in AUSTRALIA.sizes.tolist())


def test_pairs_that_share_nobody_are_named_where_they_are_few_and_no_share_is_told_of_few_people():
    few = CaptureHistories.of("ABC", {1: 90, 2: 80, 4: 70, 3: 20, 6: 15})
    found = estimations_of(few, [], [], diagnose(few, EstimateSettings(bootstrap=0)), threshold=10)
    (told,) = (each for each in found if each.group == "remarks")
    assert told.words[0] == "Pairs of lists that share nobody: 1 of 3 (A and C)."
    assert "Some give no number:" in told.words[1]


def test_models_are_told_in_words():
    models = [each.name for each in FOUND if each.group == "model"]
    assert "Depend on each other: A and B; B and C; B and D." in models
