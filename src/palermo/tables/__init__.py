"""What a table is; the engines; reading and writing; the project folder."""

from palermo.tables.atomic import atomic_file, atomic_folder, sweep
from palermo.tables.engine import ENGINES, Engine, EngineKind, open_engine
from palermo.tables.estimation import Estimation, ReleasedEstimate
from palermo.tables.files import harmless, must_be_file, sha256_of, text_of, write_csv
from palermo.tables.handwritten import Form, Handwritten
from palermo.tables.parquet import checked_parts, opened_parquet, parquet_groups, read_parquet
from palermo.tables.project import Project, Source, Spending, load_project
from palermo.tables.release import Audit, Edition, Guarantee, Policy, Release, ReleasedTable, SourceNote
from palermo.tables.tabulation import CELL_KEYS, EMPTY, MEASURES, NOTHING, TOTAL, Dimension, Tabulation, Unlisted
from palermo.tables.text_rows import SOURCE_ROW, TextRow, write_text_rows

__all__ = [
    "CELL_KEYS",
    "EMPTY",
    "ENGINES",
    "MEASURES",
    "NOTHING",
    "SOURCE_ROW",
    "TOTAL",
    "Audit",
    "Dimension",
    "Edition",
    "Engine",
    "EngineKind",
    "Estimation",
    "Form",
    "Guarantee",
    "Handwritten",
    "Policy",
    "Project",
    "Release",
    "ReleasedEstimate",
    "ReleasedTable",
    "Source",
    "SourceNote",
    "Spending",
    "Tabulation",
    "TextRow",
    "Unlisted",
    "atomic_file",
    "atomic_folder",
    "checked_parts",
    "harmless",
    "load_project",
    "must_be_file",
    "open_engine",
    "opened_parquet",
    "parquet_groups",
    "read_parquet",
    "sha256_of",
    "sweep",
    "text_of",
    "write_csv",
    "write_text_rows",
]
