"""What every figure and sentence must know: who publishes what, and how it is called."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

from palermo.reports.boundaries import LonLat, boundaries
from palermo.reports.cells import Counts
from palermo.reports.labels import Labels
from palermo.reports.numbers import lower_first, plural, upper_first, whole
from palermo.tables import NOTHING, TOTAL, Edition, Release, ReleasedTable

__all__ = ["Context"]

NOT_COMPLETE = re.compile(r"provisional|incomplete|not complete|\blag\b|reporting.lag|late\b|not yet|so far", re.I)

YEAR = re.compile(r"\b\d{4}\b")
LEADING = re.compile(r"(?:\d{4}\b(?:, | and )?)+")

NOT_PREVALENCE = "Counts show what was detected and reported, not how much trafficking there is."
SYNTHETIC = "Synthetic records imitate the patterns of real ones; none of them stands for a person."
OVER_AGENCIES = "A person met by several entities is in several records."
AREA = "Named country or region"
AREAS = {"named": "Countries named by the source", "not-applicable": "Regional rows that name no country"}
CHANGING = "Who reports changes from year to year, and moves the numbers too."
REGIONAL = "Nobody outside can know whether the regional rows repeat countries, so the two are shown apart."
OVERLAPPING = "One {unit} can state several, so shares may add to more than 100%."


@dataclass(frozen=True, slots=True)
class Context:
    """A release with its imprint and its words."""

    release: Release
    edition: Edition
    labels: Labels
    places: Mapping[str, LonLat] = dataclasses.field(default_factory=dict)
    """Points of countries that the boundaries have not, or have elsewhere: longitude and latitude."""

    def find(self, name: str) -> Counts | None:
        """Read a table by its name, if the release has it and there is something in it."""
        for table in self.release.tables:
            if table.name == name and not table.cells.is_empty():
                return Counts(table)
        return None

    def label(self, field: str, code: str) -> str:
        """Name a code."""
        if code in AREAS and (field == "area" or (field == "country" and code in NOTHING)):
            return AREAS[code]
        return self.labels.label(field, code)

    def head(self, field: str) -> str:
        """Name a field at the head of a column."""
        return AREA if field == "area" else self.labels.field_label(field)

    def field(self, field: str) -> str:
        """Name a field inside a sentence."""
        return "age" if field == "age_group" else lower_first(self.head(field))

    def nothing(self, field: str, code: str) -> str:
        """Name a code for nothing together with its field, since by itself it could be of any."""
        return upper_first(f"{self.field(field)} {lower_first(self.label(field, code))}")

    def point(self, code: str) -> LonLat | None:
        """Find the point of a country on the map."""
        known = boundaries().countries.get(code)
        return self.places.get(code) or (known.point if known else None)

    def noun(self, table: ReleasedTable) -> str:
        """Name what an indicator counts; empty where a table counts the records themselves."""
        indicator, by, _ = table.name.partition("-by-")
        return self.label("indicator", indicator) if by else ""

    def subtitle(self, table: ReleasedTable, measured: str) -> str:
        """Say what is measured, in which unit, when and among whom."""
        unit = "" if self.noun(table) else f", in {plural(table.unit)}"
        return f"{measured}{unit}; {self.edition.period}. {upper_first(table.population).rstrip('.')}."

    @property
    def source(self) -> str:
        """Say where the data come from, and in which release they are."""
        names = "; ".join(dict.fromkeys(source.title for source in self.edition.sources)) or self.edition.publisher
        return f"Source: {names}. Release {self.edition.id}."

    def is_provisional(self, year: str, table: ReleasedTable) -> bool:
        """Say whether a caution of the edition or a note of the table calls a year not complete.

        It begins with the year, or lists it.
        """
        said = (*self.edition.cautions, *table.notes)
        return any(year in YEAR.findall(_about(words)) for words in said if NOT_COMPLETE.search(words))

    def cautions(self, counts: Counts, *, field: str = "", overlapping: bool = False) -> str:
        """Choose by rule the sentences that must stand under a figure."""
        unit = counts.table.unit
        said = [SYNTHETIC if unit.startswith("synthetic") else NOT_PREVALENCE]
        if unit == "record" and len(self.edition.sources) > 1:
            said.append(OVER_AGENCIES)
        if overlapping:
            said.append(OVERLAPPING.format(unit=unit))
        if field:
            said += self._about_field(counts, field)
        return " ".join(said)

    def _about_field(self, counts: Counts, field: str) -> list[str]:
        said = []
        recorded, total, units = counts.recorded(field), counts.total.count, plural(counts.table.unit)
        if recorded is not None and total and recorded * 10 < total * 8:
            said.append(
                f"{upper_first(self.field(field))} is recorded in {whole(recorded)} of {whole(total)} {units};"
                " the others may differ."
            )
        cells = [counts.cell(**{field: code}) for code in counts.codes(field) if code not in (TOTAL, *NOTHING)]
        withheld = sum(cell.is_withheld for cell in cells if cell is not None)
        if withheld:
            noun = "category is" if withheld == 1 else "categories are"
            said.append(f"{withheld} {noun} withheld so that nobody can be recognised.")
        return said


def _about(caution: str) -> str:
    """Take the part of a caution that says which years it is about: those it begins with, else its first sentence."""
    leading = LEADING.match(caution)
    return leading[0] if leading else caution.partition(".")[0]
