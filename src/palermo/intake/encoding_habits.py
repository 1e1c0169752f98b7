"""In which encoding a country's programs write what is not UTF-8.

The bytes of most texts fit several encodings, so they alone do not tell: a Croatian file can be read as Western
European without an error, with other letters in its names. The country of the agency ranks them, and a person confirms.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["ranked"]

_USUAL = "cp1252"  # what a spreadsheet program in Western Europe writes, and in most of the world
_NEVER_WITHOUT_A_MARK = ["utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]
_HABITS = {
    "cp1250": "ALB BIH CZE HRV HUN MNE POL ROU SVK SVN SRB",
    "cp1251": "BGR BLR KAZ KGZ MKD MNG RUS SRB TJK UKR UZB BIH MNE MDA",
    "cp1253": "GRC CYP",
    "cp1254": "TUR AZE CYP",
    "cp1255": "ISR",
    "cp1256": "AFG ARE BHR DJI DZA EGY IRN IRQ JOR KWT LBN LBY MAR MRT OMN PAK PSE QAT SAU SDN SOM SYR TUN YEM",
    "cp1257": "EST LTU LVA",
    "cp1258": "VNM",
    "cp874": "THA",
    "cp932": "JPN",
    "cp949": "KOR PRK",
    "gb18030": "CHN SGP",
    "big5": "HKG MAC TWN",
}
"""Encoding → the countries whose programs write it: the code pages of Windows by language."""


def ranked(head: bytes, country: str = "") -> list[str]:
    """List the encodings in which bytes can be read, the likeliest first; the last one reads anything.

    Parameters
    ----------
    country
        The three letters of the country where the agency writes; without one, Western European comes first.
    """
    found = [encoding for encoding in dict.fromkeys(_candidates(head, country)) if _fits(head, encoding)]
    return found or ["latin-1"]


def _candidates(head: bytes, country: str) -> Iterator[str]:
    yield from (encoding for encoding, countries in _HABITS.items() if country and country in countries.split())
    yield _USUAL
    if not _fits(head, _USUAL):
        from charset_normalizer import from_bytes

        best = from_bytes(head, cp_exclusion=_NEVER_WITHOUT_A_MARK).best()
        yield from [best.encoding] if best else []
    yield from ("cp1250", "cp1251") if country else ()


def _fits(head: bytes, encoding: str) -> bool:
    """Whether every byte has a letter or sign; what was cut off at the end may lack its second byte."""
    try:
        text = head.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end < len(head) - 1:
            return False
        text = head[: error.start].decode(encoding, errors="replace")
    return not any("\x80" <= letter <= "\x9f" for letter in text)
