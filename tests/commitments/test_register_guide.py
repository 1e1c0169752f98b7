"""The page of the registers says what the loader reads."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_guide_is_what_the_declarations_say():
    spec = importlib.util.spec_from_file_location("make_register_guide", ROOT / "tools/make_register_guide.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    told = (ROOT / "docs/guide/registers.md").read_text("utf-8")
    assert told == tool.guide(), "run: python tools/make_register_guide.py"
