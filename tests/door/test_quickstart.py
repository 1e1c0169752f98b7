"""The notebook that newcomers run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "docs/guide/quickstart.ipynb"


@pytest.mark.filterwarnings("ignore:Parsing dates involving a day of month:DeprecationWarning")
def test_the_quickstart_runs_from_top_to_bottom(tmp_path):
    book = nbformat.read(NOTEBOOK, as_version=4)
    assert not any(cell.get("outputs") for cell in book.cells)
    NotebookClient(book, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute(
        stderr=subprocess.DEVNULL
    )
    said = "".join(str(output) for cell in book.cells for output in cell.get("outputs", ()))
    assert "[fields.citizenship]" in said
    assert "Congolese" in said
    assert "code.unmapped" in said
