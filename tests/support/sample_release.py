"""Invented releases for tests and for looking at: records, synthetic records, aggregates, all withheld, nothing.

A release is made here without the gate, by a plain threshold, because only its shape matters.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import polars as pl

from palermo.tables import (
    EMPTY,
    TOTAL,
    Audit,
    Dimension,
    Edition,
    Policy,
    Release,
    ReleasedTable,
    SourceNote,
    Tabulation,
)

__all__ = ["SAMPLES", "Sample", "aggregates", "all_withheld", "nothing", "persons", "records", "synthetic"]

THRESHOLD = 10
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A release with its imprint and the release before it."""

    release: Release
    edition: Edition
    previous: Release | None = None


def tabulation(
    name: str,
    title: str,
    dimensions: Iterable[Dimension],
    counts: Mapping[Key, int],
    *,
    unit: str,
    population: str,
    below: Mapping[Key, int] | None = None,
    notes: tuple[str, ...] = (),
    kind: str = "statistics",
) -> Tabulation:
    """Build a table from its cells; ``below`` says how many counts below five each stands on besides."""
    dims = tuple(dimensions)
    fewer = below or {}
    rows = [
        {
            **dict(zip((dimension.field for dimension in dims), key, strict=True)),
            "count": count,
            "low": count + fewer.get(key, 0),
            "high": count + 4 * fewer.get(key, 0),
            "below_threshold_cells": fewer.get(key, 0),
            "contributors": count + fewer.get(key, 0),
        }
        for key, count in counts.items()
    ]
    cells = pl.DataFrame(rows, schema=_schema(dims))
    reported = any(dimension.codes == "reported" or dimension.field in ("area", "country") for dimension in dims)
    built = Tabulation(name, title, dims, unit, population, cells, notes=notes)
    built = replace(built, unlisted="not-reported") if reported and kind == "statistics" else built
    return replace(built, kind="quality") if kind == "quality" else built


def _schema(dimensions: tuple[Dimension, ...]) -> dict[str, type[pl.DataType]]:
    words = {dimension.field: pl.String for dimension in dimensions}
    return {**words, **dict.fromkeys(("count", "low", "high", "below_threshold_cells", "contributors"), pl.Int64)}


def released(table: Tabulation, threshold: int = THRESHOLD) -> ReleasedTable:
    """Withhold what stands on too few, and nothing else: enough for looking, not for publishing."""
    small = (pl.col("contributors") < threshold) & (pl.col("contributors") > 0)
    cells = table.cells.with_columns(
        *(pl.when(small).then(None).otherwise(pl.col(name)).alias(name) for name in ("count", "low", "high"))
    ).drop("contributors")
    if "status" not in table.fields:
        flag = pl.when(pl.col("count").is_null()).then(pl.lit("withheld")).otherwise(pl.lit("published"))
        cells = cells.with_columns(cell_status=flag)
    return ReleasedTable(
        table.name,
        table.title,
        table.dimensions,
        table.unit,
        table.population,
        cells,
        table.notes,
        table.kind,
        table.unlisted,
        cells.get_column("count").null_count(),
    )


def release_of(tables: Iterable[Tabulation], threshold: int = THRESHOLD) -> Release:
    """Put tables into one release, with numbers for the audit."""
    shown = tuple(released(table, threshold) for table in tables)
    n_withheld = sum(table.n_withheld for table in shown)
    n_cells = sum(table.cells.height for table in shown)
    audit = Audit(n_cells, n_withheld, threshold if n_withheld else None)
    return Release(shown, Policy(threshold=threshold), audit)


# --- records -----------------------------------------------------------------------------------------------------

Record = dict[str, frozenset[str]]
ENTITIES = (
    "National Police, Anti-Trafficking Department",
    "Safe Harbour NGO Network",
    "Border Guard",
    "Labour Inspectorate",
)
PAIRS = (
    "UKR-UKR 90,MDA-UKR 70,UKR-POL 160,UKR-RUS 220,BLR-RUS 120,MDA-RUS 80,MMR-IDN 75,MMR-THA 60,KHM-THA 45,PHL-PHL 90,"
    "PHL-ARE 30,NGA-ITA 60,NGA-LBY 45,MEX-USA 110,USA-USA 320,GTM-USA 25,IDN-MYS 45,BGD-MYS 35,VNM-GBR 30,VNM-CHN 40,"
    "ROU-GBR 30,BGR-DEU 40,ETH-SAU 35,UGA-ARE 20,COL-ESP 25,VEN-COL 35,HTI-DOM 25,COD-COD 40,NPL-IND 55,IND-IND 45,"
    "BOL-ARG 25,BIH-HRV 14,SLV-MEX 18,TTO-VCT 12,NAM-ZAF 11,GHA-CIV 25,SGS-FLK 3,MHL-USA 6,COG-CAF 12,KGZ-KAZ 24"
)
FORMS = (
    "sexual 42,forced-labour 34,servitude 6,forced-begging 6,forced-criminality 5,forced-marriage 4,"
    "slavery-or-similar 3,organ-removal 1,forced-military 1,other 3"
)
MEANS = (
    "psychological-abuse 30,threats 26,false-promises 24,restricts-movement 22,takes-earnings 20,debt-bondage 15,"
    "physical-abuse 15,withholds-documents 12,excessive-working-hours 12,withholds-necessities 9,sexual-abuse 9,"
    "restricts-medical-care 6,psychoactive-substances 5,threat-of-law-enforcement 5,uses-children 2,other 4"
)


def _weighted(text: str) -> tuple[list[str], list[int]]:
    pairs = [entry.rsplit(" ", 1) for entry in text.split(",")]
    return [code for code, _ in pairs], [int(weight) for _, weight in pairs]


def invented(n: int, seed: int, *, years: range, gender: str = "gender") -> list[Record]:
    """Invent records with the habits of real ones."""
    rng = random.Random(seed)

    def nothing(chance: float, codes: Iterable[str]) -> frozenset[str]:
        return frozenset({EMPTY} if rng.random() < chance else codes)

    pairs, forms, means = _weighted(PAIRS), _weighted(FORMS), _weighted(MEANS)
    year_weights = [2 + nth * nth % 17 for nth in range(len(years))]
    found = []
    for _ in range(n):
        pair = rng.choices(*pairs)[0].split("-")
        form = set(rng.choices(*forms, k=2 if rng.random() < 0.08 else 1))
        woman = rng.random() < (0.9 if "sexual" in form else 0.5)
        sex = "female" if woman else "male" if rng.random() > 0.02 else "transgender-or-non-conforming"
        found.append(
            {
                "form_of_exploitation": nothing(0.2, form),
                gender: nothing(0.1, {sex}),
                "age_group": nothing(0.3, {"child" if rng.random() < 0.24 else "adult"}),
                "year": nothing(0.04, {str(rng.choices(years, year_weights)[0])}),
                "citizenship": nothing(0.12, {pair[0]}),
                "country_of_exploitation": nothing(0.2, {pair[1]}),
                "means_of_control": nothing(0.55, rng.choices(*means, k=rng.randint(1, 4))),
                "recruiter_relation": nothing(
                    0.6, rng.choices(("other", "friend", "family", "intimate-partner"), (50, 20, 18, 12))
                ),
                "reporting_entity": frozenset(rng.choices(ENTITIES, (50, 25, 10, 15))),
                "status": frozenset(
                    rng.choices(("presumed", "identified", "not-confirmed", "flagged"), (46, 38, 5, 11))
                ),
            }
        )
    return found


def counted(records: list[Record], fields: tuple[str, ...], times: int = 1) -> dict[Key, int]:
    """Count records by fields with all margins; a record with two codes counts under both and once in the margin."""
    counts: dict[Key, int] = {(TOTAL,) * len(fields): 0}
    for record in records:
        for key in itertools.product(*(sorted(record[field] | {TOTAL}) for field in fields)):
            counts[key] = counts.get(key, 0) + times
    return dict(sorted(counts.items()))


TABLES = (
    ("by-form-sex-age-year", "{Units} by form of exploitation, {gender}, age group and year",
     ("form_of_exploitation", "{gender}", "age_group", "year")),
    ("means-of-control", "{Units} by means of control", ("means_of_control",)),
    ("recruiter-relation", "{Units} by the recruiter's relation to the victim", ("recruiter_relation",)),
    ("by-citizenship", "{Units} by citizenship", ("citizenship",)),
    ("by-country-of-exploitation", "{Units} by country of exploitation", ("country_of_exploitation",)),
    ("corridors", "{Units} by citizenship and country of exploitation", ("citizenship", "country_of_exploitation")),
    ("by-entity-and-status", "{Units} by reporting entity and status", ("reporting_entity", "status")),
)  # fmt: skip
OVERLAPPING = {"form_of_exploitation", "means_of_control", "recruiter_relation"}


def tables_of(
    records: list[Record], *, unit: str, population: str, gender: str = "gender", times: int = 1
) -> list[Tabulation]:
    """Build the standard tables and those about quality."""
    units = "People" if unit == "person" else unit.capitalize() + "s"
    found = []
    for name, title, raw in TABLES:
        fields = tuple(field.format(gender=gender) for field in raw)
        dimensions = [Dimension(field, "overlapping" if field in OVERLAPPING else "exclusive") for field in fields]
        found.append(
            tabulation(
                name,
                title.format(Units=units, gender=gender),
                dimensions,
                counted(records, fields, times),
                unit=unit,
                population=population,
            )
        )
    return found + [_quality(records, field, unit, population, times) for field in records[0]] + [_findings()]


def _quality(records: list[Record], field: str, unit: str, population: str, times: int) -> Tabulation:
    """Count all codes of one field; some of what is empty is said to be unknown or kept back by the source."""
    counts = counted(records, (field,), times)
    empty = counts.pop((EMPTY,), 0)
    for code, part in (("unknown", empty // 5), ("withheld", empty // 8)):
        counts |= {(code,): part} if part else {}
        empty -= part
    counts |= {(EMPTY,): empty} if empty else {}
    return tabulation(
        f"quality-{field.replace('_', '-')}",
        f"{field}: completeness",
        [Dimension(field, "overlapping" if field in OVERLAPPING else "exclusive")],
        counts,
        unit=unit,
        population=population,
        kind="quality",
    )


def _findings() -> Tabulation:
    counts: dict[Key, int] = {("person.born-before-detected",): 31, ("year.in-the-future",): 12}
    counts |= {("code.unmapped",): 207, ("record.repeated",): 162, ("value.like-a-year",): 3}
    return tabulation(
        "quality-findings",
        "Findings by rule",
        [Dimension("rule", "reported")],
        counts,
        unit="finding",
        population="Rows of the sources that break a rule",
        kind="quality",
    )


def source(name: str, title: str, coverage: str, **other: str) -> SourceNote:
    """Build a note on a source."""
    return SourceNote(
        name=name,
        title=title,
        publisher=other.get("publisher", title),
        citation=other.get("citation", f"{title}, extract of 1 March 2026. Invented for demonstration."),
        terms=other.get("terms", "Invented data; no restriction."),
        coverage=coverage,
        file=f"sources/{name}.csv",
        sha256=(name.encode().hex() * 8)[:64],
        mapping=other.get("mapping", f"mappings/{name}.toml"),
    )


def records() -> Sample:
    """Give records of four entities of an invented country, with a release before."""
    found = invented(3000, 7, years=range(2016, 2025))
    population = "Records of four reporting entities; a person met by two of them is in both"
    tables = tables_of(found, unit="record", population=population)
    before = tables_of(found[:2700], unit="record", population=population)
    edition = Edition(
        id="4f2a90c1be37",
        title="Trafficking in persons in the Republic of Palmaria: what four reporting entities recorded",
        publisher="Office of the National Rapporteur of Palmaria",
        country="",
        period="2016–2024",
        unit="record",
        sources=(
            source("police", ENTITIES[0], "People whom the police examined; not those who never met an officer."),
            source("ngo", ENTITIES[1], "People who asked one of eleven shelters for help."),
            source("border", ENTITIES[2], "People stopped at six land crossings."),
            source("labour", ENTITIES[3], "Workers met at inspections of farms, building sites and kitchens."),
        ),
        version="0.1.0",
        previous="09ab77d2c4e1",
        cautions=(
            "The unit is the record: a person met by several entities is in several records, and no number of persons"
            " can be stated yet.",
            "2024 is provisional: two entities have not yet sent the last quarter.",
        ),
    )
    return Sample(release_of(tables), edition, release_of(before))


def synthetic() -> Sample:
    """Give synthetic records of the world, a first release."""
    found = invented(19000, 11, years=range(2002, 2022))
    tables = tables_of(found, unit="synthetic record", population="All synthetic records", times=10)
    tables = [
        table
        for table in tables
        if table.name not in ("by-entity-and-status", "quality-status", "quality-reporting-entity")
    ]
    edition = Edition(
        id="a81c55d09e42",
        title="Global synthetic data on victims of trafficking",
        publisher="Example Statistics Unit",
        country="",
        period="2002–2021",
        unit="synthetic record",
        sources=(
            source(
                "global",
                "Global Synthetic Dataset (invented likeness)",
                "Synthetic records made from people assisted by partner organisations in 189 countries; nobody who was"
                " never detected, and not a random sample.",
            ),
        ),
        version="0.1.0",
        cautions=("Synthetic records are not people. Each published number of one attribute is a multiple of 10.",),
    )
    return Sample(release_of(tables), edition)


def persons() -> Sample:
    """Give people of one small country, with sex instead of gender."""
    found = [
        {**record, "sex": frozenset("other" if code.startswith("trans") else code for code in record["sex"])}
        for record in invented(640, 3, years=range(2021, 2025), gender="sex")
    ]
    tables = tables_of(found, unit="person", population="Presumed and identified victims, each once", gender="sex")
    sample = records()
    edition = replace(sample.edition, unit="person", period="2021–2024", previous=None, cautions=(), id="77e01b2c9d5f")
    edition = replace(edition, sources=edition.sources[:1], title="Detected victims of trafficking in Palmaria")
    return Sample(release_of(tables), edition)


def aggregates() -> Sample:
    """Give tables as States report them: intervals, regional rows without a country, a year that is not complete."""
    rng = random.Random(5)
    years = [str(year) for year in range(2014, 2022)]
    totals = dict(zip(years, (27100, 31250, 38900, 44611, 46283, 49572, 47448, 20380), strict=True))
    regional = {"2017": 2788, "2018": 3516, "2019": 3657, "2020": 2346}
    args = {"unit": "person", "population": "Detected victims, as States reported them. The unit is the person."}
    convicted = {"unit": "person", "population": "Persons convicted, as States reported them. The unit is the person."}
    shares = {"sex": {"female": 58, "male": 34, "other": 1}, "age_group": {"adult": 66, "child": 33}}
    forms = {"sexual": 46, "forced-labour": 39, "other": 11}
    tables = [
        _by_year("convicted", "Persons convicted", {year: n // 21 for year, n in totals.items()}, {}, convicted),
        _by_year("detected-victims", "Detected victims", totals, regional, args),
        *(_split(field, parts, totals, rng, args) for field, parts in shares.items()),
        _split("form_of_exploitation", forms, totals, rng, args),
        _countries(years, rng, args),
        _findings(),
    ]
    edition = Edition(
        id="c0ffee123456",
        title="Detected victims of trafficking and responses, as reported by States",
        publisher="Example Statistics Unit",
        country="",
        period="2014–2021",
        unit="person",
        sources=(
            source(
                "glotip",
                "Data on trafficking in persons (invented likeness)",
                "What 120 States and territories reported about the victims their authorities detected; States that did"
                " not answer are missing.",
                citation="United Nations Office on Drugs and Crime, dataUNODC, trafficking in persons.",
                terms="Attribution. https://dataunodc.un.org/terms-of-use",
            ),
        ),
        version="0.1.0",
        cautions=(
            "2021 is not complete: 55 countries have reported, and the lower number is no fall.",
            "Detected victims are identified and presumed victims, who cannot be told apart here.",
        ),
    )
    return Sample(release_of(tables, threshold=1), edition)


def _by_year(
    name: str, title: str, named: dict[str, int], regional: dict[str, int], args: dict[str, str]
) -> Tabulation:
    """Count years by area, with all margins; every figure stands on a few that are below five."""
    counts: dict[Key, int] = {}
    for year, number in named.items():
        for key in itertools.product((year, TOTAL), ("named", TOTAL)):
            counts[key] = counts.get(key, 0) + number
        if year in regional:
            for key in itertools.product((year, TOTAL), ("not-applicable", TOTAL)):
                counts[key] = counts.get(key, 0) + regional[year]
    below = {key: 20 for key in counts if key[0] != TOTAL}
    dimensions = [Dimension("year"), Dimension("area")]
    return tabulation(f"{name}-by-year", f"{title} by year", dimensions, counts, below=below, **args)


def _split(
    field: str, shares: dict[str, int], totals: dict[str, int], rng: random.Random, args: dict[str, str]
) -> Tabulation:
    counts: dict[Key, int] = {}
    below: dict[Key, int] = {}
    for year, total in totals.items():
        parts = {code: total * max(share + rng.randint(-2, 2), 0) // 100 for code, share in shares.items()}
        for code, number in {TOTAL: total, **parts}.items():
            for area in ("named", TOTAL):
                counts[code, year, area] = number
                below[code, year, area] = 7
    short = {"form_of_exploitation": "form", "age_group": "age"}.get(field, field)
    return tabulation(
        f"detected-victims-by-{short}-and-year",
        f"Detected victims by {short} and year",
        [Dimension(field, "reported"), Dimension("year"), Dimension("area")],
        counts,
        below=below,
        **args,
    )


def _countries(years: list[str], rng: random.Random, args: dict[str, str]) -> Tabulation:
    codes = (
        "ALB ARG BIH BOL CIV COD COL DEU ESP FRA GBR GTM IND LAO MDA MMR NAM NGA PHL PRK ROU SGS STP TTO UKR USA VCT"
    )
    counts: dict[Key, int] = {}
    below: dict[Key, int] = {}
    for code, year in itertools.product(codes.split(), years):
        if rng.random() < 0.8:
            few = rng.random() < 0.15
            counts[code, year] = 0 if few else rng.randint(6, 2400)
            below[code, year] = int(few)
    return tabulation(
        "detected-victims-by-country-and-year",
        "Detected victims by country and year",
        [Dimension("country"), Dimension("year")],
        counts,
        below=below,
        **args,
    )


def all_withheld() -> Sample:
    """Give a release in which every number is withheld."""
    sample = records()
    tables = tables_of(invented(60, 2, years=range(2022, 2025)), unit="record", population="Records of one shelter")
    edition = replace(sample.edition, sources=sample.edition.sources[1:2], period="2022–2024", previous=None)
    return Sample(release_of(tables, threshold=100_000), replace(edition, title="One shelter: everything withheld"))


def nothing() -> Sample:
    """Give a release without a table."""
    sample = records()
    edition = replace(sample.edition, sources=(), previous=None, cautions=(), title="A release with nothing in it yet")
    return Sample(release_of([]), edition)


SAMPLES: dict[str, Callable[[], Sample]] = {
    "records": records,
    "synthetic": synthetic,
    "persons": persons,
    "aggregates": aggregates,
    "all-withheld": all_withheld,
    "nothing": nothing,
}
