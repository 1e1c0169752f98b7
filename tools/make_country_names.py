"""Make the table of the names that the United Nations give to countries, in its six languages.

Run as ``python tools/make_country_names.py ../shared/data/geo/country_codes_m49.csv``.
Names that CLDR has already are left out, and so are the articles that the terminology database puts around names.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from palermo.standard import fold, load_standard, names_to_codes

OUT = Path(__file__).parents[1] / "src/palermo/standard/data/country_names.csv"
LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "ar": "Arabic", "ru": "Russian", "zh": "Chinese"}
ARTICLE_BEHIND = re.compile(r" *\((?:el|la|los|las|le|les|l'|l’|the)\) *\**$", re.I)
ARTICLE_BEFORE = re.compile(r"^(?:the|la|le|les|el|los|las) |^l['’]", re.I)


def main(m49: Path) -> None:
    """Write the table, sorted by code and language."""
    countries = load_standard().countries
    with m49.open(encoding="utf-8", newline="") as lines:
        rows = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(lines)}
    found: dict[tuple[str, str], dict[str, None]] = {}
    for language in LANGUAGES:
        known = names_to_codes({code: countries[code] for code in rows}, (language,))
        for code, row in rows.items():
            for name in _names(row, language):
                if fold(name) not in known:
                    found.setdefault((code, name), {})[language] = None
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["name", "code", "languages"])
        writer.writerows((name, code, "|".join(languages)) for (code, name), languages in sorted(found.items()))


def _names(row: Mapping[str, str], language: str) -> Iterator[str]:
    short = "cn" if language == "zh" else language
    columns = (f"official_name_{short}", f"UNTERM {LANGUAGES[language]} Short", f"UNTERM {LANGUAGES[language]} Formal")
    for column in columns:
        name = ARTICLE_BEFORE.sub("", ARTICLE_BEHIND.sub("", row[column].strip())).strip(" *")
        if name:
            yield name[0].upper() + name[1:]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
