"""Write every sample as a page, and as pictures where Chromium is there: ``python -m tests.support.gallery OUTDIR``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from palermo.reports import PlainLabels, write_report
from tests.support.sample_release import SAMPLES

__all__ = ["main"]

WIDTHS = (1280, 360)
TALL = 16000
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-sync", "--hide-scrollbars", "--disable-extensions",
)  # fmt: skip


def main(out: Path, names: list[str]) -> None:
    """Write the pages, then the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    for name in names or list(SAMPLES):
        sample = SAMPLES[name]()
        page = out / f"{name}.html"
        text = write_report(sample.release, sample.edition, previous=sample.previous, labels=PlainLabels())
        page.write_text(text, encoding="utf-8")
        print(f"{page}: {page.stat().st_size:,} bytes")
        if browser:
            picture(browser, page, out)
    if not browser:
        print("No Chromium here, so there are pages and no pictures.")


def picture(browser: str, page: Path, out: Path) -> None:
    """Take the page at each width, light and dark, and as it prints."""
    for width in WIDTHS:
        for tone in ("light", "dark"):
            shot = out / f"{page.stem}-{width}-{tone}.png"
            # The new headless mode has a least window width; a frame of the wanted width stands in for a phone.
            _run(
                browser,
                f"--screenshot={shot}",
                f"--window-size={max(width, 500)},{TALL}",
                *_dark(tone),
                _framed(page, width),
            )
    _run(browser, f"--print-to-pdf={out / page.stem}.pdf", "--no-pdf-header-footer", page.resolve().as_uri())


def _dark(tone: str) -> tuple[str, ...]:
    return (
        ("--blink-settings=preferredColorScheme=0",) if tone == "dark" else ("--blink-settings=preferredColorScheme=1",)
    )


def _framed(page: Path, width: int) -> str:
    """Put a page into a frame of a width, where a window cannot be so narrow."""
    if width >= 500:
        return page.resolve().as_uri()
    frame = page.with_name(f"{page.stem}-{width}-frame.html")
    frame.write_text(
        f'<!DOCTYPE html><meta name="color-scheme" content="light dark"><body style="margin:0">'
        f'<iframe src="{page.name}" style="border:0;width:{width}px;height:{TALL}px"></iframe>',
        encoding="utf-8",
    )
    return frame.resolve().as_uri()


def _run(browser: str, *words: str) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *QUIET, f"--user-data-dir={profile}", *words]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
