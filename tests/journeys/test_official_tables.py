"""Official tables after earlier ones, and with noise from cell keys, as a publisher runs them."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.journeys.test_budget import make_project, write_source

KEYED = 'perturbation = 5\nkey = "../cells.key"\n'


@pytest.fixture(scope="module")
def first(palermo, tmp_path_factory):
    """A project whose first release has gone out."""
    project = make_project(palermo, tmp_path_factory.mktemp("official"))
    return project, palermo("run", project, "--json").json["id"]


def _settle(project, lines):
    settings = project / "palermo.toml"
    head, _, tail = settings.read_text("utf-8").partition("[release]\n")
    settings.write_text(f"{head}[release]\n{lines}\n[engine]{tail.partition('[engine]')[2]}", "utf-8")


@pytest.fixture
def project(first):
    """The same project with its settings as they were afterwards."""
    project = first[0]
    before = (project / "palermo.toml").read_text("utf-8")
    yield project
    (project / "palermo.toml").write_text(before, "utf-8")
    write_source(project / "sources")


def _by_year(project, release):
    return dict(
        pl.read_csv(project / "releases" / release / "tables" / "quality-year.csv").select("year", "count").rows()
    )


def test_a_release_after_another_with_three_more_in_all_is_refused(palermo, first, project):
    _settle(project, f'published = ["{first[1]}"]\n')
    write_source(project / "sources", more=3)
    said = palermo("run", project)
    assert said.code == 3 and "together with an earlier release" in said.err, said.err


def test_without_saying_that_it_has_gone_out_the_difference_is_published(palermo, first, project):
    write_source(project / "sources", more=3)
    later = palermo("run", project, "--json").json["id"]
    assert _by_year(project, later)["2019"] - _by_year(project, first[1])["2019"] == 3


def test_a_release_that_is_not_there_cannot_be_compared_with(palermo, project):
    _settle(project, 'published = ["000000000000"]\n')
    said = palermo("run", project)
    assert said.code == 3 and "names 000000000000, and there is no such release" in said.err, said.err
    assert "Read and check" not in said.err


def test_noise_from_cell_keys_is_the_same_in_every_table(palermo, project):
    _settle(project, KEYED)
    (project.parent / "cells.key").write_bytes(bytes(range(32)))
    made = palermo("run", project, "--json").json["id"]
    tables = project / "releases" / made / "tables"
    totals = {
        pl.read_csv(path, infer_schema=False).filter(pl.all_horizontal(pl.nth(*range(n)) == "total"))["count"][0]
        for path, n in ((tables / "quality-year.csv", 1), (tables / "corridors.csv", 2))
    }
    assert len(totals) == 1 and abs(int(totals.pop()) - 640) <= 5
    manifest = json.loads((tables.parent / "manifest.json").read_text("utf-8"))
    assert manifest["policy"]["perturbation"] == 5 and "cells.key" not in json.dumps(manifest)
    assert "moved by at most 5 either way" in (tables.parent / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ("perturbation = 5\n", "perturbation and key go together"),
        ('key = "../cells.key"\n', "perturbation and key go together"),
        ('threshold = 5\nperturbation = 5\nkey = "../cells.key"\n', "noise is smaller than the threshold"),
        ('perturbation = 5\nkey = "cells.key"\n', "lies in the project folder"),
        ('perturbation = 5\nkey = "../lost.key"\n', "there is no such file"),
        ("dominance = 40\n", "no percentage of use"),
        ("dominance = true\n", "has the wrong form"),
    ],
)
def test_rules_that_make_no_sense_are_refused_before_any_work(palermo, project, lines, what):
    _settle(project, lines)
    said = palermo("run", project)
    assert said.code == 3 and what in said.err, said.err
    assert "Read and check" not in said.err
