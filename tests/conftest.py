"""What every test may ask for."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("palermo", deadline=None)  # how long an example takes says nothing: machines are busy
settings.load_profile("palermo")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--run-slow", action="store_true", help="also run the tests marked slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--run-slow"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    items[:] = [item for item in items if item not in slow]
    config.hook.pytest_deselected(items=slow)


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Path:
    """The folder of real data beside the project, which is not part of it."""
    folder = pytestconfig.rootpath.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real data are not here: this test reads ../shared, beside the project's folder")
    return folder


@pytest.fixture(scope="session")
def counted_country(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A small demonstration country with its release, and what was said while it was made. Do not write into it."""
    folder = tmp_path_factory.mktemp("counted") / "valmara"
    command = [sys.executable, "-m", "palermo", "demo", "--victims", "400", "--out", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout + done.stderr
