"""What the gate is to see of an estimate, and of what could change it."""

from __future__ import annotations

from palermo.prevalence import EstimateSettings, diagnose, load_example
from palermo.workflows.estimations import estimations_of

AUSTRALIA = load_example("australia").histories
FOUND = estimations_of(AUSTRALIA, [], [], diagnose(AUSTRALIA, EstimateSettings(bootstrap=100)))


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
    assert groups == {"model", "without", "merged", "setting", "consistency"}
    assert sum(each.group == "merged" for each in FOUND) == 6
    assert {each.name.split(",")[0] for each in FOUND if each.group == "setting"} == {
        "stepwise", "bic", "bayes-threshold", "decomposable",
    }  # fmt: skip


def test_consistency_is_told_without_the_size_of_any_list():
    (told,) = (each for each in FOUND if each.group == "consistency")
    assert told.point is None
    assert "of 4 lists the interval holds the known size" in told.words[0]
    assert not any(str(size) in told.words[0] for size in AUSTRALIA.sizes.tolist())


def test_models_are_told_in_words():
    models = [each.name for each in FOUND if each.group == "model"]
    assert "Depend on each other: A and B; B and C; B and D." in models
