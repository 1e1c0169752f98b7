"""A project with a budget: noisy tables and records instead of exact ones, and all that must be refused before."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import product

import polars as pl
import pytest

from palermo.errors import ProjectError
from palermo.protection.private import membership
from palermo.protection.private.noise import SAMPLERS
from palermo.standard import load_standard
from palermo.tables import load_project
from palermo.workflows.private_run import open_account
from tests.protection.private.conftest import seeded

POLICY = """
[publication]
unit = "row"
domain = "DOMAIN.toml"
approvers = ["Amara N.", "Chen L."]

[budget]
epsilon = 4
population = 90_000
"""
DOMAIN = """
[columns.year]
values = ["2018", "2019", "2020"]
[columns.gender]
values = ["female", "male", "other"]
[columns.country_of_exploitation]
values = ["POL", "ITA", "DEU"]
[columns."form_of_exploitation.forced-labour"]
values = ["yes"]
[columns."form_of_exploitation.sexual"]
values = ["yes"]
[columns."form_of_exploitation.other"]
values = ["yes"]
"""
BUDGET = '\n[budget]\npolicy = "policy.toml"\nepsilon = 3\n'
AGREED = 'exact_tables_approved_by = "Chen L."\n'


def write_source(folder, more=0):
    """Write 640 invented records. Noise has a standard deviation of 24 at most, 540 from what would be too few."""
    groups = product((2018, 2019), ("Female", "Male"), ("POL", "ITA"))
    rows = [f"{year},{gender},30--38,UKR,{country},1,," for year, gender, country in groups for _ in range(80)]
    rows += ["2019,Female,30--38,UKR,ITA,1,,"] * more
    headings = "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation"
    text = f"{headings},isForcedLabour,isSexualExploit,isOtherExploit\n" + "\n".join(rows) + "\n"
    (folder / "invented.csv").write_text(text, "utf-8")


def make_project(palermo, folder):
    write_source(folder)
    words = ("--mapping", "ctdc-2021", "--publisher", "Nobody", "--as-of", "2021-01-31")
    assert palermo("init", folder / "project", "--source", folder / "invented.csv", *words).code == 0
    return folder / "project"


@pytest.fixture
def project(palermo, tmp_path):
    return make_project(palermo, tmp_path)


@pytest.fixture(autouse=True, scope="module")
def _seeded():
    """An honest audit of so few rows fails by chance now and then, so the noise has a seed here, and only here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SAMPLERS, "table", seeded(1))
        yield


@pytest.fixture(scope="module")
def paid(palermo, tmp_path_factory):
    """A project that has published once, the folder of its release, and the manifest."""
    project = make_project(palermo, tmp_path_factory.mktemp("paid"))
    _settle(project)
    return project, *_run(palermo, project)


def _settle(project, budget=BUDGET, policy=POLICY, domain=DOMAIN):
    settings = project / "palermo.toml"
    settings.write_text(settings.read_text("utf-8").partition("\n[budget]")[0] + budget, "utf-8")
    (project / "policy.toml").write_text(policy, "utf-8")
    (project / "DOMAIN.toml").write_text(domain, "utf-8")


def _run(palermo, project):
    answer = palermo("run", project, "--json").json
    folder = project / "releases" / answer["id"]
    return folder, json.loads((folder / "manifest.json").read_text("utf-8"))


def _ledger(project):
    path = project / "store" / "ledger.jsonl"
    return [json.loads(line)["event"] for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_noisy_tables_and_records_take_the_place_of_exact_tables(paid):
    project, folder, manifest = paid
    tables = {table["name"]: table for table in manifest["tables"]}
    assert all(table["noisy"] for table in tables.values() if table["kind"] == "statistics")
    assert manifest["guarantee"]["epsilon"] == 3 and manifest["guarantee"]["unit"] == "row"
    cells = pl.read_csv(folder / "tables" / "noisy-gender-year.csv", schema_overrides={"year": pl.String})
    assert set(cells["year"]) == {"2018", "2019", "2020", "total"} and set(cells["gender"]) > {
        "female",
        "male",
        "other",
    }
    assert (cells["low"] <= cells["count"]).all() and (cells["count"] <= cells["high"]).all()
    (women,) = cells.filter(gender="female", year="2018")["count"]
    assert 160 - 150 < women < 160 + 150  # more than 13 standard deviations of the noise
    forms = pl.read_csv(folder / "tables" / "noisy-form-of-exploitation.csv")
    assert set(forms["form_of_exploitation"]) == {"forced-labour", "sexual", "other", "total"}
    records = pl.read_parquet(folder / "private" / "records.parquet")
    assert records.columns[:3] == ["year", "gender", "country_of_exploitation"]
    report = (folder / "report.html").read_text("utf-8")
    assert "hold noise" in report and "which the guarantee does not cover" not in report and "has no seed" in report
    assert _ledger(project) == ["open", "plan", "reserve", "start", "make", "audit"]
    page = json.loads((folder / "private" / "records.audit.json").read_text("utf-8"))
    assert page["passed"] and page["parameters"]["epsilon"] == 3 and page["membership"]["non_members"] >= 2000


def test_the_same_again_costs_nothing_and_a_lost_release_is_written_as_it_was(palermo, paid):
    project, folder, manifest = paid
    again = palermo("run", project, "--json").json
    assert again["verified"] and len(_ledger(project)) == 6
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    folder.rmdir()
    same, other = _run(palermo, project)
    assert same == folder and other["files"] == manifest["files"] and len(_ledger(project)) == 6


def test_what_fails_its_audit_does_not_go_out_and_is_spent(palermo, project, monkeypatch):
    _settle(project)
    with monkeypatch.context() as failing:
        failing.setattr(membership.Membership, "passed", False)
        said = palermo("run", project)
    assert said.code == 3 and "the attacks find more than is allowed" in said.err
    assert not list((project / "releases").iterdir())
    assert _ledger(project)[-1] == "audit"
    again = palermo("run", project)
    assert again.code == 3 and "has failed" in again.err and "Read and check" not in again.err
    assert len(_ledger(project)) == 6


def test_exact_tables_beside_noisy_ones_need_a_name_and_every_page_says_so(palermo, project):
    _settle(project, BUDGET + AGREED)
    folder, manifest = _run(palermo, project)
    assert {table["noisy"] for table in manifest["tables"] if table["kind"] == "statistics"} == {True, False}
    warning = "Chen L. approved the tables without noise, which the guarantee does not cover."
    assert warning in (folder / "report.html").read_text("utf-8")
    assert warning in json.loads((folder / "datapackage.json").read_text("utf-8"))["description"]
    assert _ledger(project)[-2:] == ["outside", "audit"]


def test_where_records_are_linked_noise_protects_and_counts_persons(palermo, tmp_path):
    valmara = tmp_path / "valmara"
    assert palermo("demo", "--victims", "1000", "--out", valmara).code == 0
    with (valmara / "palermo.toml").open("a", encoding="utf-8") as settings:
        settings.write(BUDGET)
    folder, manifest = _run(palermo, valmara)
    assert manifest["guarantee"]["unit"] == "person"
    statistics = [table for table in manifest["tables"] if table["kind"] == "statistics"]
    assert all(table["noisy"] and table["unit"] == "person" for table in statistics)
    assert not [table for table in manifest["tables"] if "linkage" in table["name"]]
    persons = pl.read_parquet(valmara / "store" / "linkage" / "persons.parquet")
    fewest = persons["person_id_0.3"].n_unique()
    (total,) = pl.read_csv(folder / "tables" / "noisy-sex.csv").filter(sex="total")["count"]
    assert fewest + 300 < persons.height and fewest - 150 < total < fewest + 150  # as far from chance as above


def test_what_is_left_must_pay_for_the_next(palermo, paid):
    project = paid[0]
    _settle(project, BUDGET.replace("3", "3.5"))
    said = palermo("run", project)
    assert said.code == 3 and "the budget is spent" in said.err and "ledger.jsonl" in said.err
    assert "Read and check" not in said.err


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        ({"budget": BUDGET.replace("3", "0")}, "palermo.toml", "an ε of 0 is nothing"),
        ({"budget": BUDGET.replace("3", "nan")}, "palermo.toml", "an ε of nan is nothing"),
        ({"budget": BUDGET.replace("3", "4.5")}, "palermo.toml", "more than the policy allows one release"),
        ({"budget": BUDGET + AGREED.replace("Chen", "Bruno")}, "palermo.toml", "not one of the approvers"),
        ({"budget": "\n[budget]\nepsilon = 3\n"}, "palermo.toml", "policy"),
        ({"budget": BUDGET.replace("policy.toml", "lost.toml")}, "lost.toml", "there is no such file"),
        ({"policy": POLICY.replace('domain = "DOMAIN.toml"', "")}, "policy.toml", "domain"),
        ({"policy": POLICY.replace("DOMAIN.toml", "lost.toml")}, "lost.toml", "there is no such file"),
        ({"policy": POLICY.replace("DOMAIN.toml", "cases.parquet")}, "cases.parquet", "a domain read from the data"),
        ({"policy": POLICY.replace('approvers = ["Amara N.", "Chen L."]', "")}, "policy.toml", "approvers"),
        ({"policy": POLICY.replace(', "Chen L."', "")}, "policy.toml", "two people at least"),
        ({"policy": POLICY.replace('"row"', '"person"')}, "policy.toml", "which records are one person's"),
        ({"policy": POLICY.replace("epsilon = 4", "epsilon = 0")}, "policy.toml", "epsilon must be above 0"),
        (
            {"domain": DOMAIN.replace("columns.gender", "columns.gander")},
            "DOMAIN.toml",
            "the standard has no field gander",
        ),
    ],
)
def test_what_is_badly_settled_is_refused_before_any_work(palermo, project, change, where, what):
    _settle(project, **change)
    said = palermo("run", project)
    assert said.code == 3 and said.err.startswith(f"palermo: {where}: ") and what in said.err, said.err
    assert "Read and check" not in said.err and _ledger(project) == []


def test_a_project_without_records_has_nothing_to_spend_on(project):
    _settle(project)
    with pytest.raises(ProjectError, match="no source has records") as refused:
        open_account(load_project(project), load_standard(project / "standard"), [])
    assert refused.value.where == "palermo.toml" and "Take [budget] out" in refused.value.todo


@pytest.mark.parametrize(
    ("domain", "what"),
    [
        (DOMAIN.replace(', "ITA"', ""), "country_of_exploitation holds undeclared values"),
        (DOMAIN.replace('[columns."form_of_exploitation.forced-labour"]\nvalues = ["yes"]\n', ""), "does not declare"),
    ],
)
def test_a_domain_that_does_not_fit_the_records_costs_nothing(palermo, project, domain, what):
    _settle(project, domain=domain)
    said = palermo("run", project)
    assert said.code == 3 and what in said.err, said.err
    assert _ledger(project) == [] and not list((project / "releases").glob("*"))


def test_without_a_budget_nothing_of_it_is_loaded():
    check = "import sys, palermo.workflows.run; print([n for n in ('numba', 'opendp') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
