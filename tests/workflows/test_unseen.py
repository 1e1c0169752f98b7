"""The estimate of a run: from records whose persons a linkage has told, past the gate, into the report."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
import pytest

from palermo import protection
from palermo.linkage.quality import Quality
from palermo.reports import NullRenderer, PlainLabels, write_report
from palermo.tables import Edition, Policy, open_engine
from palermo.workflows.once import Linked
from palermo.workflows.unseen import estimate_unseen

SOURCES = ("north", "south", "west")
THRESHOLDS = {name: f"person_id_{name}" for name in ("0.3", "0.5", "0.7", "0.9")}
TRUTH = 2000
EDITION = Edition("abc123def456", "Invented", "Nobody", "", "2019–2021", "person", (), "0.1.0")


def _linked(verdict="usable"):
    unknown = dict.fromkeys(("precision", "recall", "judged_precision", "judged_recall", "candidate_recall"))
    nothing = dict.fromkeys(
        ("records", "persons", "double_count", "links", "expected_links", "judged", "judged_in_doubt", "to_review"), 0
    )
    quality = Quality(
        **unknown,
        **nothing,
        persons_by_threshold={},
        candidates_per_record=0.0,
        dropped_blocks={},
        alone=0,
        verdict=verdict,
        reasons=(),
    )
    return Linked(pl.DataFrame({"person_id": ["p"] * 100}), THRESHOLDS, "0.5", quality)


def _records(seed, chances=(0.3, 0.25, 0.2), truth=TRUTH):
    """Records of people on independent lists; at a high threshold every fifth second record is of a new person."""
    rng = np.random.default_rng(seed)
    on = rng.random((truth, 3)) < chances
    rows = [(SOURCES[place], f"p{who}") for who, place in np.argwhere(on)]
    frame = pl.DataFrame(rows, schema=["source", "own"], orient="row").with_row_index("row")
    lost = (pl.col("own").is_duplicated()) & (pl.col("row") % 5 == 0)
    apart = pl.when(lost).then(pl.format("{} alone", "row")).otherwise("own")
    return frame.select(
        "source", *((apart if name == "0.9" else pl.col("own")).alias(c) for name, c in THRESHOLDS.items())
    )


def _estimate(frame, linked):
    with open_engine() as engine:
        return estimate_unseen(engine.from_frame(frame), linked, SOURCES, engine)


def _report(found):
    release = protection.release([], Policy(), found)
    return release, write_report(release, EDITION, labels=PlainLabels(), renderer=NullRenderer())


def test_the_interval_reaches_over_every_threshold_of_the_linkage():
    frame = _records(1)
    strict = frame.with_columns(pl.col("person_id_0.9").alias(column) for column in THRESHOLDS.values())
    loose = frame.with_columns(pl.col("person_id_0.5").alias(column) for column in THRESHOLDS.values())
    all_, high, own = (_estimate(each, _linked())[0] for each in (frame, strict, loose))
    assert all_.point == own.point
    assert (all_.low, all_.high) == (own.low, high.high)
    assert all_.low < TRUTH < all_.high


def test_the_report_gives_numbers_of_two_digits_with_what_they_rest_on():
    release, page = _report(_estimate(_records(1), _linked()))
    assert {each.name for each in release.estimates} == {"stepwise", "bic-average"}
    told = page[page.index('id="unseen"') : page.index('id="tables"')]
    assert "The data cannot test this." in told
    assert "The interval reaches over 4 thresholds of the linkage" in told
    numbers = {number.replace(",", "") for number in re.findall(r"\d,\d{3}\b", told)}
    assert numbers
    assert all(len(number.rstrip("0")) <= 2 for number in numbers - {"1000"})


@pytest.mark.parametrize(
    ("frame", "linked", "why"),
    [
        (_records(1), _linked("review"), "People must first judge a sample"),
        (_records(1, chances=(0.3, 0.25, 0.0)), _linked(), "nobody is on list west"),
        (_records(1, chances=(0.03, 0.03, 0.03), truth=900), _linked(), "It stands on too few people"),
    ],
)
def test_that_no_number_can_be_defended_is_a_result(frame, linked, why):
    release, page = _report(_estimate(frame, linked))
    assert [each.point for each in release.estimates] == [None]
    assert "No number of people in no source can be defended." in page
    assert why in page


def test_models_far_apart_leave_no_number():
    counts = {1: 59, 2: 57, 3: 43, 4: 32, 5: 2, 6: 6}  # a sparse draw in which south takes clients from north
    who = [(history, nth) for history, count in counts.items() for nth in range(count)]
    rows = [(name, f"{h} {nth}") for h, nth in who for place, name in enumerate(SOURCES) if h >> place & 1]
    frame = pl.DataFrame(rows, schema=["source", "who"], orient="row")
    found = _estimate(frame.with_columns(pl.col("who").alias(column) for column in THRESHOLDS.values()), _linked())
    assert [each.point for each in found] == [None]
    assert "models fit as well as each other" in found[0].words[0]
