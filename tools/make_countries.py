"""Make the country list of the standard from the M49 table: facts only, in our own form.

Run as ``python tools/make_countries.py ../shared/data/geo/country_codes_m49.csv``.
Names are not in the list; they come from CLDR in the reader's language.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src/palermo/standard/data/countries.csv"
EXTRA = [
    # UNSD numbers Sark and ISO does not; GLOTIP names it without a code.
    {"code": "X68", "alpha_2": "", "numeric": "680", "region": "150", "subregion": "154", "label": "Sark"},
    # UNSD counts Kosovo apart under 412; XKX is a code that ISO leaves to users, and the label is the UN's wording.
    {
        "code": "XKX",
        "alpha_2": "XK",
        "numeric": "412",
        "region": "150",
        "subregion": "039",
        "label": "Kosovo (under UN Security Council resolution 1244)",
    },
    # The code for stateless persons in travel documents (ICAO Doc 9303).
    {"code": "XXA", "alpha_2": "", "numeric": "", "region": "", "subregion": "", "label": "Stateless"},
    # Former States by their codes in ISO 3166-3 and M49; who was their citizen is not given a later one.
    {
        "code": "ANT",
        "alpha_2": "",
        "numeric": "530",
        "region": "019",
        "subregion": "419",
        "label": "Netherlands Antilles (until 2010)",
    },
    {
        "code": "CSK",
        "alpha_2": "",
        "numeric": "200",
        "region": "150",
        "subregion": "151",
        "label": "Czechoslovakia (until 1992)",
    },
    {
        "code": "DDR",
        "alpha_2": "",
        "numeric": "278",
        "region": "150",
        "subregion": "155",
        "label": "German Democratic Republic (until 1990)",
    },
    {
        "code": "SCG",
        "alpha_2": "",
        "numeric": "891",
        "region": "150",
        "subregion": "039",
        "label": "Serbia and Montenegro (until 2006)",
    },
    {
        "code": "SUN",
        "alpha_2": "",
        "numeric": "810",
        "region": "150",
        "subregion": "151",
        "label": "Soviet Union (until 1991)",
    },
    {
        "code": "YUG",
        "alpha_2": "",
        "numeric": "890",
        "region": "150",
        "subregion": "039",
        "label": "Yugoslavia (until 1992)",
    },
]


def main(m49: Path) -> None:
    """Write the list, sorted by code."""
    with m49.open(encoding="utf-8", newline="") as lines:
        rows = [
            {
                "code": row["ISO3166-1-Alpha-3"],
                "alpha_2": row["ISO3166-1-Alpha-2"],
                "numeric": row["ISO3166-1-numeric"].zfill(3),
                "region": row["Region Code"].zfill(3) if row["Region Code"] else "",
                "subregion": row["Sub-region Code"].zfill(3) if row["Sub-region Code"] else "",
                "label": "",
            }
            for row in csv.DictReader(lines)
        ]
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(
            out, ["code", "alpha_2", "numeric", "region", "subregion", "label"], lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(sorted(rows + EXTRA, key=lambda row: row["code"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
