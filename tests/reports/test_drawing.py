"""Drawings: the same bytes each time, words that stay words, colours that the page can swap."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from palermo.reports import PlainLabels, describe, write_report
from palermo.reports.drawing import AltairRenderer
from palermo.reports.drawing.equal_earth import project
from palermo.reports.drawing.flows import _ways
from palermo.reports.palette import MARKS, PAPER_TONES, RAMP, TEXTS
from tests.support.sample_release import SAMPLES

SVG = re.compile(r"<svg.*?</svg>", re.S)
CLOSED = {light for tones in (PAPER_TONES, RAMP, TEXTS, MARKS) for light, _ in tones.values()} | {"none", ""}


@pytest.fixture(scope="module")
def drawings():
    found = {}
    for name in ("records", "aggregates"):
        sample = SAMPLES[name]()
        report = describe(sample.release, sample.edition, labels=PlainLabels())
        for spec in (*report.figures, *report.maps, *report.quality_figures):
            found[f"{name} {spec.name}"] = (spec, AltairRenderer().draw(spec))
    return found


def test_a_figure_is_drawn_twice_with_its_text_alternative(drawings):
    for spec, drawing in drawings.values():
        roots = [ElementTree.fromstring(svg) for svg in SVG.findall(drawing)]
        assert [root.get("viewBox", "").split()[2] for root in roots] == ["760", "320"]
        assert all(root.get("aria-label") == spec.alternative and root.get("role") == "img" for root in roots)


def test_words_stay_words(drawings):
    _, drawing = drawings["records by-citizenship-citizenship"]
    assert ">Ukraine</text>" in drawing and ">Bosnia &amp; Herzegovina</text>" not in drawing


def test_only_colours_with_a_name_are_used(drawings):
    for name, (_, drawing) in drawings.items():
        used = {colour for _, colour in re.findall(r'(fill|stroke)="([^"u]*)"', drawing)}
        assert used <= CLOSED, name


def test_hatches_are_defined_where_they_are_used_and_ids_are_not_shared(drawings):
    ids: list[str] = []
    for _, drawing in drawings.values():
        for svg in SVG.findall(drawing):
            defined = re.findall(r'<pattern id="([^"]+)"', svg)
            assert set(re.findall(r"url\(#([^)]+)\)", svg)) == set(defined)
            ids += defined
    assert ids and all("withheld" in name or "unknown" in name for name in ids)


def test_the_same_release_gives_the_same_bytes_in_another_process():
    lines = (
        "from tests.support.sample_release import SAMPLES as S",
        "from palermo.reports import PlainLabels, write_report",
        "import hashlib",
        "s = S['aggregates']()",
        "page = write_report(s.release, s.edition, labels=PlainLabels())",
        "print(hashlib.sha256(page.encode()).hexdigest())",
    )
    command = [sys.executable, "-c", "\n".join(lines)]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    )
    assert first.stdout == second.stdout


def test_altair_is_not_loaded_before_there_is_something_to_draw():
    code = "import sys, palermo.reports; print({'altair', 'vl_convert'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_the_projection_keeps_areas_and_its_known_extent():
    # Šavrič, Patterson, Jenny (2019): the map is 5.41 wide at the equator and 2.63 high, in radii of the sphere.
    assert project((180, 0))[0] == pytest.approx(2.7066, abs=1e-4)
    assert project((0, 90))[1] == pytest.approx(1.3173, abs=1e-4)


def test_a_bar_starts_at_zero_and_is_as_long_as_its_value(tables, release_of, edition):
    release = release_of(tables({"total": 60, "female": 40, "male": 20}, "gender"))
    page = write_report(release, edition, labels=PlainLabels())
    drawing = SVG.findall(page)[0]
    lengths = {fill: float(length) for length, fill in re.findall(r'h([\d.]+)v16[^"]*" fill="(#\w+)"', drawing)}
    assert lengths[MARKS["ochre"][0]] == pytest.approx(2 * lengths[MARKS["green"][0]], abs=0.2)


def test_an_arc_takes_the_shorter_way_round_the_world():
    manila, dallas, berlin = (121.0, 14.6), (-96.8, 32.8), (13.4, 52.5)
    assert _ways(manila, berlin) == [(manila, berlin)]
    assert _ways(manila, dallas) == [(manila, (263.2, 32.8)), ((-239.0, 14.6), dallas)]
    assert [tuple(reversed(way)) for way in _ways(dallas, manila)] == list(reversed(_ways(manila, dallas)))
