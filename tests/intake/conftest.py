"""A mapping and a file as text, put through intake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from palermo.intake import Examined, examine, load_mapping
from palermo.standard import load_standard
from palermo.tables import open_engine

STANDARD = load_standard()


@pytest.fixture(scope="session")
def engine():
    with open_engine() as opened:
        yield opened


@pytest.fixture
def taken_in(engine, tmp_path: Path) -> Callable[..., Examined]:
    def take(mapping: str, file: str | bytes, *, as_of: date | None = None, before: str = "") -> Examined:
        (tmp_path / "own.toml").write_text(mapping, "utf-8")
        (tmp_path / "a.csv").write_bytes(file.encode() if isinstance(file, str) else file)
        read = load_mapping(str(tmp_path / "own.toml"), STANDARD)
        (tmp_path / "before.csv").write_text(before, "utf-8")
        earlier = tmp_path / "before.csv" if before else None
        return examine(tmp_path / "a.csv", read, STANDARD, engine, as_of=as_of, before=earlier)

    return take
