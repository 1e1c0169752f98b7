"""A run is whole or nothing, and the same inputs give the same bytes."""

from __future__ import annotations

import hashlib
import json
import resource
import signal
import subprocess
import sys
from itertools import product

import pytest

PALERMO = (sys.executable, "-m", "palermo")
SIXTY_FOUR_KB = 1 << 16


def _palermo(*words, **more):
    return subprocess.run(
        [*PALERMO, *map(str, words)], capture_output=True, text=True, timeout=120, check=False, **more
    )


def _project(folder):
    """Make a project of invented records, many enough that most can be published."""
    rows = [
        f"{year},{gender},30--38,UKR,{country},1,,"
        for year, gender, country in product((2018, 2019), ("Female", "Male"), ("POL", "ITA"))
        for _ in range(15)
    ]
    source = folder / "invented.csv"
    headings = "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation"
    source.write_text(f"{headings},isForcedLabour,isSexualExploit,isOtherExploit\n" + "\n".join(rows) + "\n", "utf-8")
    words = ("--mapping", "ctdc-2021", "--publisher", "Nobody", "--as-of", "2021-01-31")
    made = _palermo("init", folder / "project", "--source", source, *words)
    assert made.returncode == 0, made.stderr
    return folder / "project"


def _bytes(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _releases(project):
    folder = project / "releases"
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    project = _project(tmp_path_factory.mktemp("finished"))
    done = _palermo("run", project)
    assert done.returncode == 0, done.stderr
    return project


def test_the_same_inputs_in_another_folder_give_the_same_bytes(finished, tmp_path):
    other = _project(tmp_path)
    assert _palermo("run", other).returncode == 0
    assert _bytes(other / "releases") == _bytes(finished / "releases")


def test_a_second_run_verifies_the_release_and_leaves_it(finished):
    before = {path: path.stat().st_mtime_ns for path in (finished / "releases").rglob("*")}
    again = _palermo("run", finished)
    assert again.returncode == 0
    assert {path: path.stat().st_mtime_ns for path in (finished / "releases").rglob("*")} == before


def test_the_id_is_the_first_digits_of_a_hash_and_stands_in_the_manifest(finished):
    (name,) = _releases(finished)
    manifest = json.loads((finished / "releases" / name / "manifest.json").read_text("utf-8"))
    assert len(name) == 12 and set(name) <= set("0123456789abcdef")
    assert "report.html" in manifest["files"]


def test_a_report_says_of_what_no_source_has_a_column(finished):
    (name,) = _releases(finished)
    said = json.loads((finished / "releases" / name / "manifest.json").read_text("utf-8"))["edition"]["cautions"]
    (absent,) = [caution for caution in said if caution.startswith("Of this no source has a column: ")]
    assert "status" in absent.lower() and "age" not in absent.lower()  # the age group follows from the band
    assert absent in (finished / "releases" / name / "report.html").read_text("utf-8")


def test_a_release_that_was_changed_is_refused(tmp_path):
    project = _project(tmp_path)
    _palermo("run", project)
    (name,) = _releases(project)
    table = next((project / "releases" / name / "tables").glob("*.csv"))
    table.write_text(table.read_text("utf-8") + "\n", "utf-8")
    again = _palermo("run", project)
    assert again.returncode == 3
    assert table.name in again.stderr and "Traceback" not in again.stderr


def test_a_release_whose_manifest_was_changed_with_it_is_refused(tmp_path):
    project = _project(tmp_path)
    _palermo("run", project)
    (name,) = _releases(project)
    folder = project / "releases" / name
    report, manifest = folder / "report.html", folder / "manifest.json"
    old = hashlib.sha256(report.read_bytes()).hexdigest()
    report.write_bytes(report.read_bytes() + b"\n")
    new = hashlib.sha256(report.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text("utf-8").replace(old, new), "utf-8")
    for words in (("run", project), ("report", project)):
        again = _palermo(*words)
        assert again.returncode == 3, words
        assert "manifest.json" in again.stderr and "Traceback" not in again.stderr


def test_a_release_that_a_kill_kept_out_of_the_journal_is_in_it_after_the_next_run(tmp_path):
    project = _project(tmp_path)
    _palermo("run", project)
    journal = project / "store" / "releases.json"
    before = journal.read_bytes()
    journal.unlink()
    assert _palermo("run", project).returncode == 0
    assert journal.read_bytes() == before


@pytest.mark.parametrize("moment", ["Count the tables", "Put the release"])
def test_a_run_that_is_killed_leaves_nothing_half_written(tmp_path, moment):
    project = _project(tmp_path)
    with subprocess.Popen([*PALERMO, "run", str(project)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as run:
        before = {"Count the tables": b"Keep findings", "Put the release": b"Write the report"}[moment]
        for line in run.stderr:
            if before in line:
                run.send_signal(signal.SIGKILL)
                break
    assert _releases(project) == []
    assert _palermo("run", project).returncode == 0
    assert len(_releases(project)) == 1


def test_a_disk_that_fills_up_leaves_nothing_half_written(tmp_path):
    project = _project(tmp_path)

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (SIXTY_FOUR_KB, SIXTY_FOUR_KB))

    full = _palermo("run", project, preexec_fn=no_room)
    assert full.returncode == 3, full.stderr
    assert "Traceback" not in full.stderr
    assert _releases(project) == []
    assert _palermo("run", project).returncode == 0
