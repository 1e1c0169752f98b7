"""The encoding schema: what is hashed, into how many bits, and how it is hardened.

A schema is a small TOML file with a version. Encodings carry it, and encodings of different schemas are never compared.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from palermo.errors import InputError, UsageError
from palermo.tables import must_be_file

__all__ = ["PROFILES", "Profile", "Schema", "load_schema", "schema_from"]

Profile = Literal["field", "record"]
PROFILES: tuple[Profile, ...] = get_args(Profile)
WORD = 64
_OURS = Path(__file__).parent / "schemas"


@dataclass(frozen=True, slots=True)
class Schema:
    """How people become encodings."""

    profile: Profile
    """``field``: a filter for each field, and blocking tokens. ``record``: one filter for all, and no token."""
    version: int
    name_bits: int = 256
    name_positions: int = 12
    value_bits: int = 128
    value_positions: int = 30
    place_bits: int = 512
    record_bits: int = 1024
    fold_names: bool = True
    """Whether blocking also trusts a phonetic spelling of names."""
    rule_90: bool = False
    xor_fold: bool = False
    noise: float = 0.0
    """The share of bits of names, or of a record's one filter, that are flipped at random."""

    @property
    def digest(self) -> str:
        """Sixteen digits that are the same for the same schema only."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """What people call it, such as ``field-1``."""
        hardened = [name for name in ("rule_90", "xor_fold") if getattr(self, name)]
        hardened += [f"noise {self.noise:g}"] if self.noise else []
        return f"{self.profile}-{self.version}" + "".join(f" + {each}" for each in hardened)

    def as_text(self) -> str:
        """Write the schema for the file that it made."""
        return json.dumps(asdict(self), sort_keys=True)


def load_schema(name: str) -> Schema:
    """Read one of our schemas by its profile, or a schema file by its path.

    Raises
    ------
    InputError
        There is no such file, or it is no schema.
    """
    path = _OURS / f"{name}.toml" if name in PROFILES else Path(name)
    must_be_file(path, todo=f"Take one of {', '.join(PROFILES)}, or the path of a schema file.")
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("this is no TOML file.", where=path.name, todo="Begin with a schema of ours.") from error
    return schema_from(found, where=path.name)


def schema_from(found: dict[str, object], *, where: str) -> Schema:
    """Make a schema of what a file says, or say what it cannot be.

    Raises
    ------
    InputError
        A key is not known, is missing, or has a value that cannot be.
    """
    known = {each.name: each for each in fields(Schema)}
    strange = [name for name in found if name not in known]
    if strange:
        raise InputError(f"a schema has no key {strange[0]!r}.", where=where, todo=f"Known are: {', '.join(known)}.")
    try:
        schema = Schema(**found)  # type: ignore[arg-type]
        _check(schema)
    except (TypeError, ValueError, UsageError) as error:
        raise InputError(f"this schema cannot be: {error}", where=where, todo="Begin with a schema of ours.") from error
    return schema


def _check(schema: Schema) -> None:
    widths = (schema.name_bits, schema.value_bits, schema.place_bits, schema.record_bits)
    if schema.profile not in PROFILES:
        raise UsageError("profile must be field or record.")
    if any(type(width) is not int or width % (2 * WORD) or width < 2 * WORD for width in widths):
        raise UsageError("the widths must be multiples of 128 bits.")
    if not (0 < schema.name_positions <= WORD // 2 and 0 < schema.value_positions < schema.value_bits):
        raise UsageError("a name's piece takes 1 to 32 positions, and a value fewer than there are bits.")
    if type(schema.version) is not int or not 0 <= schema.noise < 0.5:
        raise UsageError("version must be a whole number, and noise between 0 and 0.5.")
