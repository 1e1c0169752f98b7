"""What figures say, before anybody draws them."""

from dataclasses import replace

import pytest

from palermo.reports.cells import Counts
from palermo.reports.figures import completeness, figures_of, maps_of
from palermo.reports.marks import Bars, Flows, Strips, Tiles, Years

MANY = "AFG ALB ARG BGD BLR BOL CHN COL DEU ESP FRA GBR GHA IND ITA MDA NGA"
FORMS = {"total": 1000, "sexual": 520, "forced-labour": 260, "organ-removal": "withheld", "empty": 220}


def figure(tables, context, cells, fields, **other):
    (spec,) = figures_of(Counts(tables(cells, fields, **other)), context)
    return spec


def bars(spec):
    assert isinstance(spec.marks, Bars)
    return {bar.label: bar for group in spec.marks.groups for bar in group.bars}


def test_a_share_counts_only_records_with_at_least_one_code(tables, context):
    spec = figure(tables, context, FORMS, "form_of_exploitation", codes="overlapping")
    assert bars(spec)["Sexual exploitation"].text == "520 · 66.7%"
    assert spec.title == "Sexual exploitation is recorded in two in three records with a known form of exploitation"


def test_the_codebooks_example_gives_50_50_25(tables, context):
    cells = {"total": 5, "labour": 2, "sexual": 2, "other": 1, "empty": 1}
    found = bars(figure(tables, context, cells, "form_of_exploitation", codes="overlapping"))
    assert [found[label].text for label in ("Labour", "Sexual exploitation", "Other exploitation")] == [
        "2 · 50.0%",
        "2 · 50.0%",
        "1 · 25.0%",
    ]


def test_overlapping_shares_are_said_to_add_to_more_than_100(tables, context):
    spec = figure(tables, context, FORMS, "form_of_exploitation", codes="overlapping")
    assert "shares may add to more than 100%" in spec.caution


def test_a_withheld_number_is_hatched_and_never_zero(tables, context):
    bar = bars(figure(tables, context, FORMS, "form_of_exploitation", codes="overlapping"))["Organ removal"]
    assert (bar.value, bar.hatch, bar.text) == (None, "withheld", "withheld")


def test_unknown_has_another_hatch_than_withheld_and_not_recorded_has_none(tables, context):
    cells = {"total": 100, "female": 60, "unknown": 20, "withheld": 10, "empty": 10}
    found = bars(figure(tables, context, cells, "gender"))
    hatches = {label: found[label].hatch for label in ("Unknown", "Withheld by the source", "Not recorded")}
    assert hatches == {"Unknown": "unknown", "Withheld by the source": "withheld", "Not recorded": ""}


def test_no_share_is_stated_where_the_whole_is_withheld(tables, context):
    spec = figure(tables, context, {**FORMS, "total": "withheld"}, "form_of_exploitation")
    assert "%" not in "".join(bar.text for bar in bars(spec).values())


def test_countries_are_told_in_neutral_words(tables, context):
    cells = {"total": 90, "UKR": 40, "NAM": 30, "PHL": "withheld", "empty": 10}
    spec = figure(tables, context, cells, "citizenship")
    assert spec.title == "2 citizenships make up 88% of the records with a known citizenship"


def test_countries_are_in_the_order_of_the_alphabet_and_never_ranked(tables, context):
    cells = {"total": 600, **{f"{code}": 20 + nth for nth, code in enumerate(MANY.split())}, "USA": 200, "empty": 30}
    spec = figure(tables, context, cells, "citizenship")
    *named, last = bars(spec)
    assert named == sorted(named) and "United States" in named and len(named) == 15
    assert last == "Not recorded"
    assert "by the alphabet; 3 more are in the table" in spec.caution


def test_a_bar_of_nothing_that_dwarfs_all_others_is_broken_and_said_to_be(tables, context):
    spec = figure(tables, context, {"total": 1000, "UKR": 60, "NAM": 40, "empty": 900}, "citizenship")
    assert isinstance(spec.marks, Bars)
    assert spec.marks.maximum == 60 and spec.marks.is_broken(bars(spec)["Not recorded"])
    assert "The bar “Not recorded” is broken" in spec.caution


def test_only_people_are_called_people(tables, context):
    for unit, word in (("person", "people"), ("synthetic record", "synthetic records"), ("case", "cases")):
        spec = figure(tables, context, FORMS, "form_of_exploitation", unit=unit)
        assert f"{word} with a known" in spec.title
        assert ("people" in spec.title + spec.subtitle) == (unit == "person")


def test_synthetic_records_are_said_to_stand_for_nobody(tables, context):
    spec = figure(tables, context, FORMS, "form_of_exploitation", unit="synthetic record")
    assert "none of them stands for a person" in spec.caution


def test_a_year_that_a_caution_calls_incomplete_is_provisional(tables, context, edition):
    context = replace(context, edition=replace(edition, cautions=("2021 is not complete: reports lag.",)))
    spec = figure(tables, context, {"total": 60, "2019": 20, "2020": 30, "2021": 10}, "year")
    assert isinstance(spec.marks, Years)
    assert spec.marks.provisional == {"2021"}
    assert spec.title == "Records: 30 in 2020, the most of any complete year; 2021 is not complete"


@pytest.mark.parametrize(
    ("caution", "years"),
    [
        ("2021: 55 countries so far, after 125 in 2020. This is a lag in reporting and not a fall.", {"2021"}),
        ("Still incomplete: 2020, 2021. Lower figures there are no fall.", {"2020", "2021"}),
        ("2020 and 2021 are provisional.", {"2020", "2021"}),
        ("2019 to 2021 are complete.", set()),
    ],
)
def test_a_caution_is_about_the_years_it_begins_with_or_lists(tables, context, edition, caution, years):
    table = tables({"total": 10}, "year")
    warned = replace(context, edition=replace(edition, cautions=(caution,)))
    noted = replace(table, notes=(caution,))
    for where, what in ((warned, table), (context, noted)):
        assert {year for year in ("2019", "2020", "2021") if where.is_provisional(year, what)} == years


def test_a_mark_of_an_interval_stands_at_the_least_and_keeps_its_bounds(tables, context):
    spec = figure(tables, context, {"2019": "40+24", "2020": 50}, "year", codes="reported")
    assert isinstance(spec.marks, Years)
    point = spec.marks.series[0].points[0]
    assert (point.value, point.low, point.high) == (64, 64, 136)


def test_lines_that_could_be_taken_for_each_other_are_left_to_the_table(tables, context):
    codes = ("sexual", "forced-labour", "servitude", "forced-begging", "forced-marriage")
    cells = {f"{code} {year}": 90 - 10 * nth for nth, code in enumerate(codes) for year in (2019, 2020)}
    spec = figure(tables, context, cells, "form_of_exploitation year", codes="reported")
    assert isinstance(spec.marks, Years)
    assert [series.label for series in spec.marks.series] == ["Sexual exploitation", "Forced labour", "Forced begging"]
    assert "2 categories with smaller numbers or with gaps" in spec.caution


def test_presumed_and_identified_are_not_added(tables, context):
    cells = {"total total": 70, "total presumed": 40, "total identified": 30, "Police presumed": 40}
    spec = figure(tables, context, {**cells, "Police total": 70}, "reporting_entity status")
    assert spec.title == "Identified victims: 30 records; presumed victims: 40 records; the two are not added"


def test_a_map_always_has_its_disclaimer_and_leaves_out_unknown_countries(tables, context):
    cells = {"total total": 90, "UKR POL": 40, "UKR UKR": 20, "NAM ZAF": "withheld", "empty POL": 15, "UKR total": 60}
    map_, tiles = maps_of(Counts(tables(cells, "citizenship country_of_exploitation")), context)
    assert isinstance(map_.marks, Flows)
    assert "do not imply official endorsement" in map_.marks.disclaimer
    assert [(flow.origin.code, flow.destination.code) for flow in map_.marks.flows] == [("UKR", "POL"), ("UKR", "UKR")]
    assert isinstance(tiles.marks, Tiles)
    assert (tiles.marks.rows, tiles.marks.columns, tiles.marks.values) == (
        ("Ukraine",),
        ("Poland", "Ukraine"),
        ((40, 20),),
    )
    assert map_.table.notes == ("1 pair is withheld.",)


def test_a_place_that_the_boundaries_have_not_gets_its_point_from_outside(tables, context):
    cells = {"total total": 60, "XVM POL": 40, "UKR XVM": 20}
    counts = Counts(tables(cells, "citizenship country_of_exploitation"))
    unplaced, _ = maps_of(counts, context)
    placed, _ = maps_of(counts, replace(context, places={"XVM": (5.6, 39.2)}))
    assert isinstance(unplaced.marks, Flows) and isinstance(placed.marks, Flows)
    assert unplaced.marks.flows == ()
    assert [flow.origin.at for flow in placed.marks.flows if flow.origin.code == "XVM"] == [(5.6, 39.2)]


def test_a_flow_is_the_most_frequent_published_one_where_others_are_withheld(tables, context):
    cells = {"total total": 90, "UKR POL": 40, "UKR UKR": 20, "MDA POL": "withheld"}
    map_, tiles = maps_of(Counts(tables(cells, "citizenship country_of_exploitation")), context)
    assert map_.title == "Most frequent published flow between two countries: Ukraine to Poland, 40 records"
    assert tiles.title == "1 of the 2 most frequent published pairs of countries stays within one country"


def test_a_withheld_pair_is_a_tile_of_its_own_kind_and_no_zero(tables, context):
    cells = {"total total": 90, "UKR POL": 40, "UKR UKR": 20, "MDA POL": 12, "MDA UKR": "withheld"}
    _, tiles = maps_of(Counts(tables(cells, "citizenship country_of_exploitation")), context)
    assert isinstance(tiles.marks, Tiles)
    assert tiles.marks.values == ((12, None), (40, 20))


def quality(tables, **fields):
    return [
        Counts(tables({"total": 200, **cells}, field, name=f"quality-{field.replace('_', '-')}"))
        for field, cells in fields.items()
    ]


def test_completeness_is_the_total_without_the_kinds_of_nothing(tables, context):
    found = quality(
        tables,
        gender={"female": 100, "male": 90, "empty": 10},
        age_group={"adult": 80, "child": 25, "empty": 90, "unknown": 5},
    )
    spec = completeness(found, context)
    assert spec is not None and isinstance(spec.marks, Strips)
    assert spec.title == "Recorded least often: age, in 52.5% of records"
    assert [part.permille for part in spec.marks.strips[1].parts] == [525, 450, 25, 0, 0]
    assert spec.table.rows[1].values[0].text == "105"


def test_where_a_kind_of_nothing_is_withheld_what_is_recorded_is_not_shown(tables, context):
    found = quality(tables, gender={"female": 195, "empty": "withheld"}, age_group={"adult": 150, "empty": 50})
    spec = completeness(found, context)
    assert spec is not None and isinstance(spec.marks, Strips)
    assert [strip.text for strip in spec.marks.strips] == ["not shown", "75.0%"]
    assert spec.marks.strips[0].parts[0].permille is None
    assert spec.table.rows[0].values[0].text == "not shown"
    assert spec.title == "Recorded least often of the fields shown: age, in 75.0% of records"
    assert "since one gives the other away" in spec.caution


def test_what_may_be_greater_than_the_best_is_not_said_to_be_less(tables, context):
    cells = {"total": "withheld", "sexual": 40, "forced-labour": 30, "organ-removal": "withheld"}
    spec = figure(tables, context, cells, "form_of_exploitation")
    assert spec.title == "Sexual exploitation is recorded most among the numbers that are shown: 40 records"


AREAS = {
    "2019 named": "40+6", "2019 total": "40+6", "2020 named": 70, "2020 not-applicable": 10, "2020 total": 80,
    "total named": "110+6", "total not-applicable": 10, "total total": "120+6",
}  # fmt: skip


def test_regional_rows_without_a_country_stand_apart_from_named_countries(tables, context):
    spec = figure(tables, context, AREAS, "year area", name="detected-victims-by-year", unit="person")
    assert isinstance(spec.marks, Years)
    assert [point.value for point in spec.marks.series[0].points] == [46, 70]
    assert spec.marks.part is not None and [point.value for point in spec.marks.part.points] == [10]
    assert spec.title == "Detected victims: 70 in 2020, the most of any year"
    assert "repeat countries" in spec.caution and "named by the source" in spec.caution
    assert [row.head for row in spec.table.rows] == ["Total", "2019", "2020"]


def shares(years, *, sexual="60", labour="30"):
    return {
        f"{code} {year} {area}": number
        for year in years
        for area in ("named", "total")
        for code, number in {"sexual": sexual, "forced-labour": labour}.items()
    }


def test_lines_of_reported_figures_are_of_named_countries_and_say_a_share_with_its_bounds(tables, context):
    cells = {**shares(("2019", "2020"), sexual="56+4", labour=30), "sexual 2020 not-applicable": 900}
    name = "detected-victims-by-form-and-year"
    spec = figure(tables, context, cells, "form_of_exploitation year area", name=name, codes="reported")
    assert isinstance(spec.marks, Years)
    assert [point.value for point in spec.marks.series[0].points] == [60, 60]
    assert spec.title == (
        "In 2020, 67–71% of detected victims with a reported form of exploitation were reported as sexual exploitation"
    )
    assert "regional rows without a country are in the file" in spec.caution


def test_breakdowns_of_other_indicators_are_left_to_their_tables(tables, context):
    cells = shares(("2019", "2020"), sexual=60, labour=30)
    counts = Counts(tables(cells, "form_of_exploitation year area", name="convicted-by-form-and-year"))
    assert figures_of(counts, context) == ()


def test_a_year_with_a_withheld_category_has_no_most_frequent_one(tables, context):
    cells = {"sexual 2019": 20, "forced-labour 2019": "withheld", "sexual 2020": 30, "forced-labour 2020": 12}
    spec = figure(tables, context, cells, "form_of_exploitation year")
    assert spec.title.endswith("is the most frequent form of exploitation in the one year shown in full")


@pytest.mark.parametrize("number", ["withheld", 0])
def test_a_figure_in_which_everything_is_withheld_is_empty(tables, context, number):
    cells = {"total": number, "female": number, "male": number}
    assert figure(tables, context, cells, "gender").is_empty == (number == "withheld")
