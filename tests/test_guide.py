"""What the guide shows works as it says, and no link of the documents leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from palermo.intake import examine, load_mapping
from palermo.standard import load_standard
from palermo.tables import load_project, open_engine
from palermo.workflows.check import check
from palermo.workflows.table import Question, tabulate

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def _block(page, kind):
    text = (ROOT / "docs/guide" / page).read_text("utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.S | re.M)[0]


@pytest.fixture
def shelter(tmp_path):
    (tmp_path / "casa-aurora.csv").write_text(_block("mapping.md", "csv"), "utf-8")
    (tmp_path / "casa-aurora.toml").write_text(_block("mapping.md", 'toml title="casa-aurora.toml"'), "utf-8")
    return tmp_path / "casa-aurora.csv", str(tmp_path / "casa-aurora.toml")


def test_the_mapping_of_the_guide_reads_its_file_whole(shelter):
    answer = check(*shelter, as_of=None)
    assert (answer.rows_in, answer.rows_accepted) == (4, 4)
    assert answer.findings == () and answer.unmapped == ()
    assert answer.columns_missing == () and answer.columns_extra == ()


def test_two_forms_in_one_cell_count_under_each(shelter):
    rows = tabulate(Question(*shelter, by=("form_of_exploitation",), private=True)).rows
    counted = {row["form_of_exploitation"]: row["count"]["value"] for row in rows}
    assert counted == {"sexual": 3, "forced-begging": 1, "forced-labour": 1}


def test_the_project_of_the_guide_can_be_loaded(tmp_path):
    (tmp_path / "palermo.toml").write_text(_block("project-folder.md", 'toml title="palermo.toml"'), "utf-8")
    project = load_project(tmp_path)
    assert (project.period, project.provisional, len(project.sources)) == ("2021–2025", (2025,), 2)


def test_every_key_of_a_field_mapping_is_in_the_guide():
    from dataclasses import fields

    from palermo.intake.mapping import FieldMapping

    text = (ROOT / "docs/guide/mapping.md").read_text("utf-8")
    keys = {field.name for field in fields(FieldMapping)} - {"field", "columns"}
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_ready_mappings_that_the_guide_speaks_of_exist():
    assert load_mapping("glotip", load_standard()).shape == "aggregates"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_leads_nowhere(page):
    lost = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert lost == []


def test_the_wide_table_of_the_guide_becomes_rows(tmp_path):
    text = (ROOT / "docs/guide/mapping.md").read_text("utf-8")
    (tmp_path / "ministry.csv").write_text(re.findall(r"^```csv\n(.*?)^```", text, re.S | re.M)[1], "utf-8")
    (tmp_path / "ministry.toml").write_text(re.findall(r"^```toml\n(.*?)^```", text, re.S | re.M)[0], "utf-8")
    mapping = load_mapping(str(tmp_path / "ministry.toml"), load_standard())
    with open_engine() as engine:
        examined = examine(tmp_path / "ministry.csv", mapping, load_standard(), engine)
        rows = engine.collect(examined.table.select("region", "sex", "year", "value")).rows()
    assert sorted(rows) == [
        ("North", "female", 2023, 2),
        ("North", "female", 2024, 1),
        ("North", "male", 2023, 4),
        ("North", "male", 2024, 6),
        ("South", "male", 2023, 9),
    ]
    assert examined.summary.height == 0


def test_every_page_of_the_guide_and_the_methods_is_in_the_site_once():
    listed = re.findall(r'"((?:guide|method)/[\w/-]+\.md)"', (ROOT / "zensical.toml").read_text("utf-8"))
    there = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES if page.is_relative_to(ROOT / "docs")]
    assert sorted(listed) == sorted(page for page in there if page.startswith(("guide/", "method/")))
