"""The house itself: floors, lengths, pins, and the script that sets it up."""

import ast
import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

import dev

ROOT = Path(dev.__file__).parent
PIN = re.compile(r"^(?P<package>[^\s=;]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))? *\\$", re.M)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with the project's own contracts and an empty room for each package."""
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for room in ("cli", "workflows", "reports", "intake", "statistics", "protection", "standard", "tables"):
        write(tmp_path, f"{room}/__init__.py", "")
    write(tmp_path, "__init__.py", "")
    write(tmp_path, "errors.py", "")
    return tmp_path


def write(house: Path, module: str, text: str) -> None:
    path = house / "src" / "palermo" / module
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def broken_contracts(house: Path) -> list[str]:
    """Ask import-linter which contracts a house breaks."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"],
        cwd=house,
        env={"PYTHONPATH": str(house / "src"), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    broken = re.findall(r"^(.+) BROKEN$", done.stdout, re.M)
    assert bool(broken) == bool(done.returncode), done.stdout + done.stderr
    return broken


FLOORS = "Imports point down, and a room never imports a room"
REPORTS = "Reports see releases and appraisals only: they and the rooms are strangers"
ENGINES = "Only tables and linkage name an engine"
DJANGO = "Only the hub knows Django"


def test_an_empty_house_breaks_nothing(house: Path) -> None:
    assert broken_contracts(house) == []


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        pytest.param("standard/codes.py", "import palermo.intake", FLOORS, id="upstairs"),
        pytest.param("intake/read.py", "from palermo import protection", FLOORS, id="next-room"),
        pytest.param("intake/read.py", "import palermo.workflows", FLOORS, id="room-to-workflow"),
        pytest.param("utils.py", "", FLOORS, id="package-without-a-floor"),
        pytest.param("reports/page.py", "from palermo.protection import release", REPORTS, id="report-to-room"),
        pytest.param("statistics/cube.py", "import duckdb", ENGINES, id="engine"),
        pytest.param("cli/run.py", "from pyspark.sql import SparkSession", ENGINES, id="spark"),
        pytest.param("workflows/publish.py", "from django.db import models", DJANGO, id="django"),
    ],
)
def test_a_wrong_import_breaks_its_contract(house: Path, module: str, line: str, broken: str) -> None:
    write(house, module, line + "\n")

    assert broken in broken_contracts(house)


def test_a_right_import_breaks_nothing(house: Path) -> None:
    write(house, "tables/engine.py", "import duckdb\nimport pyspark\n")
    write(house, "linkage/__init__.py", "import duckdb\nfrom palermo import tables\n")
    write(house, "hub/__init__.py", "import django\nfrom palermo import workflows\n")
    write(house, "workflows/publish.py", "from palermo import intake, linkage, protection, reports\n")
    write(house, "reports/page.py", "import ibis\nfrom palermo import errors, standard, tables\n")

    assert broken_contracts(house) == []


def test_a_file_above_the_ceiling_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / "fits.py").write_text("\n" * dev.CEILING)
    (tmp_path / "long.py").write_text("\n" * (dev.CEILING + 2))
    (tmp_path / "codes.csv").write_text("\n" * 9999)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "theirs.py").write_text("\n" * 9999)

    assert dev.long_files() == ["long.py: 602 lines, 2 too many"]


def test_what_git_ignores_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("made/\n")
    (tmp_path / "made").mkdir()
    for name in ("ours.py", "made/by-a-program.py"):
        (tmp_path / name).touch()

    assert dev.tracked("*.py") == [Path("ours.py")]


@pytest.mark.parametrize(
    ("line", "n_traces"),
    [
        pytest.param("/".join(["open('", "work", "data.csv')"]), 1, id="path"),
        pytest.param("/".join(["file://", "root", "wheels"]), 1, id="path-in-an-address"),
        pytest.param("https://files.python" + "hosted.org/x.whl", 1, id="registry"),
        pytest.param("https://www.example.org/work/report.html", 0, id="page"),
        pytest.param("../shared/data, and all our work/rest", 0, id="words"),
    ],
)
def test_a_trace_of_a_machine_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, n_traces: int
) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / "notes.md").write_text(f"fine\n{line}\n")

    assert [found.split(": ")[0] for found in dev.traces()] == ["notes.md:2"] * n_traces


def pins(file: str) -> dict[tuple[str, str], str]:
    """Read the pins of a constraints file: package and marker to version."""
    text = (ROOT / file).read_text(encoding="utf-8")
    return {(pin["package"], pin["marker"] or ""): pin["version"] for pin in PIN.finditer(text)}


@pytest.mark.parametrize("file", [dev.RUN, dev.DEV])
def test_every_pin_has_a_hash(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    after_a_pin = [after for before, after in zip(lines, [*lines[1:], ""], strict=True) if not before.startswith(" ")]

    assert len(after_a_pin) == len(pins(file)) > 0
    assert all(line.startswith("    --hash=sha256:") for line in after_a_pin)


@pytest.mark.parametrize("file", [dev.RUN, dev.DEV])
def test_no_pin_holds_an_address(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")

    assert not re.search(r"://|index-url|find-links|trusted-host|\.whl|\.tar", text)
    assert not dev.TRACES.search(text.encode())


def test_tests_run_on_the_versions_that_users_run() -> None:
    run, development = (
        {(package, version) for (package, _), version in pins(file).items()} for file in (dev.RUN, dev.DEV)
    )

    assert run <= development


def test_a_newcomer_downloads_no_spark() -> None:
    packages = {package for package, _ in pins(dev.RUN)}

    assert "duckdb" in packages
    assert not packages & {"pyspark", "pytest", "mypy", "django"}


def test_an_old_python_is_told_so_in_words() -> None:
    script = (ROOT / "dev.py").read_text(encoding="utf-8")

    tree = ast.parse(script, feature_version=(3, 6))

    guard = next(number for number, node in enumerate(tree.body) if isinstance(node, ast.If))
    assert [ast.unparse(node) for node in tree.body[1:guard]] == ["import sys"]
    assert "needs Python 3.11 or later" in ast.unparse(tree.body[guard])


def test_a_changed_pin_is_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    for file in ("pyproject.toml", dev.RUN, dev.DEV):
        (tmp_path / file).write_text("")
    for file in (dev.RUN, dev.DEV):
        dev.stamp(file).write_text(dev.fingerprint(file))
    assert dev.holds(dev.RUN)
    assert dev.holds(dev.DEV)

    (tmp_path / dev.DEV).write_text("pytest==1")
    assert dev.holds(dev.RUN)
    assert not dev.holds(dev.DEV)

    (tmp_path / dev.RUN).write_text("duckdb==1")
    assert not dev.holds(dev.RUN)


def test_unknown_words_get_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dev.main(["dmeo"])

    assert ended.value.code == 2
    assert "python3 dev.py demo" in capsys.readouterr().err


def test_what_a_package_asks_for_with_an_extra_is_pinned_with_it():
    """Else pip takes the newest version for the extra, for which there is no hash, as soon as there is one."""
    pinned: dict[str, set[str]] = {}
    for line in (ROOT / "constraints-dev.txt").read_text("utf-8").splitlines():
        if found := re.match(r"([\w.-]+)(?:\[([\w,.-]+)\])?==", line):
            pinned[_plain(found[1])] = set((found[2] or "").split(",")) - {""}
    asked = [
        (_plain(found[1]), extra)
        for package in distributions()
        for needed in package.requires or ()
        if "extra ==" not in needed and (found := re.match(r"([\w.-]+)\[([\w,.-]+)\]", needed))
        for extra in found[2].split(",")
    ]
    assert ("coverage", "toml") in asked
    assert [ask for ask in asked if ask[1] not in pinned.get(ask[0], ())] == []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
