"""Make the list of languages of the standard from the aliases of CLDR: two letters, and the three that mean the same.

Run as ``python tools/make_languages.py``. Names are not in the list; they come from CLDR in the reader's language.
"""

from __future__ import annotations

import csv
from pathlib import Path

from babel import Locale
from babel.core import get_global

OUT = Path(__file__).parents[1] / "src/palermo/standard/data/languages.csv"


def main() -> None:
    """Write a row for each language with a two-letter code that CLDR names, sorted."""
    named = Locale.parse("en").languages
    threes: dict[str, list[str]] = {}
    for alias, language in get_global("language_aliases").items():
        if len(alias) == 3 and len(language) == 2 and language in named:
            threes.setdefault(language, []).append(alias)
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["code", "three_letters"])
        writer.writerows([language, " ".join(sorted(found))] for language, found in sorted(threes.items()))


if __name__ == "__main__":
    main()
