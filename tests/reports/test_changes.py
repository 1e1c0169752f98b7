"""What is said about the release before."""

from dataclasses import replace

from palermo.reports import NullRenderer, PlainLabels, describe, write_report


def test_changes_are_counted_by_cell(tables, release_of, edition):
    before = release_of(tables({"total": 50, "a": 20, "b": 20, "c": 10, "e": "withheld"}, "gender"))
    now = release_of(tables({"total": 50, "a": 22, "b": "withheld", "d": 15, "e": 12}, "gender"))
    (change,) = describe(now, edition, previous=before, labels=PlainLabels()).changes or ()
    assert (change.n_same, change.n_changed, change.n_new, change.n_gone) == (1, 1, 1, 1)
    assert (change.n_newly_withheld, change.n_newly_shown) == (1, 1)


def test_a_number_that_is_withheld_now_is_not_printed_again(tables, release_of, edition):
    before = release_of(tables({"total": 5000, "a": 4321}, "gender"))
    now = release_of(tables({"total": 5000, "a": "withheld"}, "gender"))
    page = write_report(now, edition, previous=before, labels=PlainLabels(), renderer=NullRenderer())
    assert "4,321" not in page and "was shown" in page


def test_without_a_release_before_it_is_the_first(tables, release_of, edition):
    page = write_report(
        release_of(tables({"total": 5}, "gender")), edition, labels=PlainLabels(), renderer=NullRenderer()
    )
    assert "This is the first release." in page


def test_a_table_with_other_dimensions_is_not_compared(tables, release_of, edition):
    before, now = release_of(tables({"total": 5}, "sex")), release_of(tables({"total": 5}, "gender"))
    labels = PlainLabels()
    assert describe(now, replace(edition, previous="x"), previous=before, labels=labels).changes == ()
