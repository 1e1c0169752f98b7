"""What the figures of an estimate say, before anybody draws them."""

from __future__ import annotations

from types import SimpleNamespace

from palermo.reports.drawing import AltairRenderer
from palermo.reports.drawing.canvas import width_of
from palermo.reports.drawing.spans import SMALL, draw
from palermo.reports.figures.estimates import MOST_DRAWN, trial_spans
from palermo.tables import ReleasedEstimate


def _released(group, **points):
    found = [
        ReleasedEstimate(
            name.replace("_", " "), group, "", point, point and point // 2, point and point * 2, 0.95, "bca",
            "published" if point else "none", () if point else ("Nothing fits.",), 0, 0,
        )
        for name, point in points.items()
    ]  # fmt: skip
    return SimpleNamespace(estimates=tuple(found))


def _trial(group, **points):
    return trial_spans(_released(group, **points), group, 500, "Source.")


def test_the_title_says_how_far_a_change_takes_the_number():
    assert _trial("without", without_A=4500, without_B=31_000).title == (
        "Leaving one list out takes the number from 4,500 to 31,000"
    )
    assert _trial("setting", one=1100, two=2500).title == (
        "Settings that nobody can prove right take the number from 1,100 to 2,500"
    )


def test_the_title_says_so_where_little_changes():
    assert _trial("merged", A_and_B=1000, A_and_C=1200).title == (
        "Two lists taken for one: the number stays within 1,000 to 1,200"
    )


def test_a_change_without_number_is_in_the_table_and_where_all_are_there_is_no_figure():
    spec = _trial("without", without_A=4500, without_B=None)
    assert [row.values[0].text for row in spec.table.rows] == ["4,500", "no number"]
    assert _trial("without", without_A=None) is None


def test_of_many_changes_those_that_move_it_most_are_drawn_and_all_are_in_the_table():
    points = {f"pair_{place:02}": 1000 for place in range(20)} | {"far": 9000, "near": 100}
    spec = _trial("merged", **points)
    drawn = [span.label for span in spec.marks.spans]
    assert len(drawn) == MOST_DRAWN
    assert {"far", "near"} <= set(drawn)
    assert f"the {MOST_DRAWN} of 22 that move it most" in spec.subtitle
    assert len(spec.table.rows) == 22


def test_a_number_in_a_label_is_drawn_as_it_is_written():
    release = _released("setting", one=1000)
    release.estimates = (ReleasedEstimate("stepwise, threshold 0.005", *_fields(release.estimates[0])),)
    drawing = AltairRenderer().draw(trial_spans(release, "setting", 500, "Source."))
    assert "threshold 0.005<" in drawing


def test_the_last_number_of_the_scale_stays_on_the_picture_of_a_phone():
    release = _released("merged", A_and_B=1000, A_and_C=400_000)
    sheet = draw(trial_spans(release, "merged", 500, "Source.").marks, 330)
    (place,) = {row["x"] for layer in sheet.layers for row in layer.rows if row.get("text") == "1,000,000"}
    assert place + width_of("1,000,000", SMALL) / 2 <= 330


def _fields(each):
    return [getattr(each, name) for name in ReleasedEstimate.__dataclass_fields__ if name != "name"]
