"""People as an agency knows them: read, brought to one spelling, and never written anywhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from palermo.errors import InputError, many
from palermo.linkage.spelling import normalised, over_distinct
from palermo.tables import must_be_file, read_parquet

__all__ = ["COLUMNS", "People", "check_ids", "people_from", "read_columns", "read_people"]

COLUMNS = ("record_id", "first_name", "surname", "birth_date", "sex", "citizenship", "document", "place")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?([~?%]?)")
_SEXES = {"f": "f", "female": "f", "w": "f", "woman": "f", "girl": "f", "m": "m", "male": "m", "man": "m", "boy": "m"}
_NO_CODE = frozenset({"", "UNKNOWN", "UNK", "XX", "XXX", "ZZZ", "N/A", "NONE", "NULL", "-"})
_LOOKS_LIKE_NAME = r"^[\p{L}'.]{2,}([ ,]+[\p{L}'.]{2,})+$|^\p{Lu}[\p{Ll}'\u2019]+([-_]\p{Lu}[\p{Ll}'\u2019]+)*$"
"""Two words without a digit, or one that is written as names are."""
_LOOKS_LIKE_DATE = (
    r"(^|\D)(19|20)\d\d[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(\D|$)"
    r"|(^|\D)\d{1,2}[-/.]\d{1,2}[-/.](19|20)\d\d(\D|$)|^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$"
)

Texts = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class People:
    """One row a record, in one spelling; an empty text or a zero is something that is not known."""

    record_id: list[str]
    first_name: Texts
    surname: Texts
    year: Numbers
    month_day: Numbers
    """Month times 100 and the day."""
    sex: Texts
    citizenship: Texts
    document: Texts
    place: Texts
    unreadable: Mapping[str, int]
    """How many filled cells of a field could not be read, and count as not known."""

    def __len__(self) -> int:
        """Count the records."""
        return len(self.record_id)

    @property
    def n_bare(self) -> int:
        """How many records hold so little (no name, or nothing beside one) that little can be found by them."""
        named = (self.first_name != "").astype(int) + (self.surname != "")
        other = (self.year > 0).astype(int) + (self.month_day > 0) + (self.document != "") + (self.place != "")
        return int(((named == 0) | (named + other < 2)).sum())


def read_people(path: Path, mapping: Path | None, countries: Mapping[str, str]) -> People:
    """Read an agency's people from CSV or Parquet.

    Parameters
    ----------
    mapping
        A TOML file whose table ``[columns]`` says which heading is which of `COLUMNS`; otherwise they are called so.
    countries
        Other codes of countries, in capitals, and the code that stands for them.

    Raises
    ------
    InputError
        The file cannot be read, a column is missing, or an id is missing, repeats, or looks like a name or a date.
    """
    return people_from(read_columns(path, mapping), countries, where=path.name)


def read_columns(path: Path, mapping: Path | None) -> pl.DataFrame:
    """Read the columns of `COLUMNS` as text; those that are not there are empty."""
    frame = _read(path)
    headings = _headings(mapping) if mapping else {name: name for name in COLUMNS if name in frame.columns}
    for name, heading in headings.items():
        if heading not in frame.columns:
            raise InputError(
                f"there is no column for {name}, which the mapping looks for.", where=path.name, todo="Mend [columns]."
            )
        if f"{heading}_duplicated_0" in frame.columns:  # so Polars calls the second
            raise InputError(f"the heading {heading} is there twice.", where=path.name, todo="Take one of them out.")
    if "record_id" not in headings:
        raise InputError(
            "there is no column record_id.", where=path.name, todo="Name it so, or say in a mapping which one it is."
        )
    if len(headings) == 1:
        raise InputError(
            "there is no column beside record_id that tells of a person.",
            where=path.name,
            todo=f"Name columns {', '.join(COLUMNS[1:])}, or say in a mapping which is which.",
        )
    return frame.select(
        (pl.col(headings[name]).cast(pl.String).str.strip_chars().fill_null("") if name in headings else pl.lit(""))
        .alias(name)
        for name in COLUMNS
    )  # fmt: skip


def people_from(frame: pl.DataFrame, countries: Mapping[str, str], *, where: str) -> People:
    """Bring text columns of `COLUMNS` to one spelling."""
    check_ids(frame["record_id"], where)
    texts = {name: frame[name].to_numpy().astype(object) for name in COLUMNS[1:]}
    year, month_day, n_unreadable = _dates(texts["birth_date"])
    sex = over_distinct(texts["sex"], lambda text: _SEXES.get(text.casefold(), ""))
    return People(
        record_id=frame["record_id"].to_list(),
        first_name=over_distinct(texts["first_name"], normalised),
        surname=over_distinct(texts["surname"], normalised),
        year=year,
        month_day=month_day,
        sex=sex,
        citizenship=over_distinct(texts["citizenship"], lambda text: _country(text, countries)),
        document=over_distinct(texts["document"], _document),
        place=over_distinct(texts["place"], _place),
        unreadable={"birth_date": n_unreadable, "sex": int(((texts["sex"] != "") & (sex == "")).sum())},
    )


def _read(path: Path) -> pl.DataFrame:
    must_be_file(path, todo="Check the path.")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            "people are read from CSV or Parquet.", where=path.name, todo="Export the file as one of them."
        )
    if not path.stat().st_size:
        raise _nobody(path)
    try:
        frame = reader(path)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError):
        raise InputError(
            "the file cannot be read: it is cut off, damaged, or not in UTF-8.",
            where=path.name,
            todo="Export it again.",
        ) from None
    if frame.is_empty():
        raise _nobody(path)
    return frame


def _nobody(path: Path) -> InputError:
    return InputError("there is nobody in the file.", where=path.name, todo="Export it again.")


def _read_csv(path: Path) -> pl.DataFrame:
    with path.open(encoding="utf-8-sig") as file:
        first = file.readline()
    separator = max(",;\t", key=first.count)
    return pl.read_csv(path, separator=separator, infer_schema=False)


_READERS: dict[str, Callable[[Path], pl.DataFrame]] = {
    ".csv": _read_csv,
    ".parquet": partial(read_parquet, todo="Export it again."),
}


def _headings(mapping: Path) -> dict[str, str]:
    must_be_file(mapping, todo="Check the path of the mapping.")
    try:
        columns = tomllib.loads(mapping.read_text("utf-8")).get("columns")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            "this is no TOML file.", where=mapping.name, todo="Write [columns], and a line a field."
        ) from error
    if not isinstance(columns, dict) or not all(isinstance(heading, str) for heading in columns.values()):
        raise InputError("the mapping has no table [columns].", where=mapping.name, todo='Write: surname = "Heading"')
    strange = [name for name in columns if name not in COLUMNS]
    if strange:
        raise InputError(f"there is no field {strange[0]!r}.", where=mapping.name, todo=f"Take {', '.join(COLUMNS)}.")
    return columns


def check_ids(ids: pl.Series, where: str, *, hidden: bool = False) -> None:
    """Refuse ids that are missing or repeat, and those that tell of a person unless they will be hidden."""
    telling = ids.str.contains(_LOOKS_LIKE_NAME) | ids.str.contains(_LOOKS_LIKE_DATE)
    rows = {
        "is empty": ids == "",
        "repeats": ids.is_duplicated(),
        "looks like a name or a date": telling & (not hidden),
    }
    for what, wrong in rows.items():
        if wrong.any():
            first = int(wrong.arg_true()[0]) + 1
            raise InputError(
                f"record_id {what} in {many(int(wrong.sum()), 'row', 'rows')}, first in row {first}.",
                where=where,
                todo="Give every record an id of its own that says nothing about the person, or take --pseudonymise"
                " for ids that tell something.",
            )


def _dates(texts: Texts) -> tuple[Numbers, Numbers, int]:
    read = {text: _date(text) for text in set(texts)}
    pairs = np.array([read[text] for text in texts], dtype=np.int64).reshape(-1, 2)
    filled = texts != ""
    return pairs[:, 0], pairs[:, 1], int((filled & (pairs[:, 0] == 0)).sum())


def _date(text: str) -> tuple[int, int]:
    """Read a year, and month and day where they are known; an estimated date (``1998~``) is known by its year only."""
    found = _DATE.fullmatch(text)
    if not found or not 1880 <= int(found[1]) <= 2100:
        return 0, 0
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if month > 12 or day > 31:
        return 0, 0
    return year, (month * 100 + day if month and day and not found[4] else 0)


def _country(text: str, countries: Mapping[str, str]) -> str:
    code = text.upper()
    return "" if code in _NO_CODE else countries.get(code, code)


def _document(text: str) -> str:
    kept = "".join(mark for mark in normalised_marks(text) if mark.isalnum())
    return kept if len(kept) >= 4 and len(set(kept)) > 1 else ""


def normalised_marks(text: str) -> str:
    """Write digits and letters of any script as ours, in capitals."""
    from anyascii import anyascii

    return anyascii(text).upper()


def _place(text: str) -> str:
    return " ".join("".join(mark if mark.isalnum() else " " for mark in normalised_marks(text)).lower().split())
