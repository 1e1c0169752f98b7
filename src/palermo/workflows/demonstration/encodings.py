"""What the agencies of the invented country send to be linked: encodings, and never the key."""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from palermo import linkage
from palermo.tables import load_project
from palermo.workflows.demonstration.people import AS_OF
from palermo.workflows.linking.encode import EncodeRequest, encode

__all__ = ["MOST_LINKED", "encode_country"]

MOST_LINKED = 200_000
"""Victims; a larger country is for measuring the tables, and linking it would take most of the time."""

_SETTINGS = """
[linkage]
encodings = "encodings"         # one file a source, made at the agencies by `palermo link encode`; no key is here
"""


def encode_country(folder: Path, *, seed: int) -> None:
    """Encode the people of each agency, as each would do at home, and tell the project of it.

    The key follows from the seed, so that a demonstration can be repeated; a real one is drawn (`linkage.new_key`). It
    lies in a place of its own for as long as the agencies encode, and is then destroyed.
    """
    (folder / "encodings").mkdir(exist_ok=True)
    secret = hashlib.sha256(f"valmara {seed}".encode()).digest()
    with TemporaryDirectory() as place:
        key = Path(place) / "valmara.key"
        linkage.write_key(linkage.Key("valmara", 1, str(AS_OF), secret), key)
        for source in load_project(folder).sources:
            mapping = folder / "mappings" / f"{source.mapping}.toml"
            out = folder / "encodings" / f"{source.name}.parquet"
            encode(EncodeRequest(source.file, key, out, mapping, source.name))
        linkage.destroy(key)
    with (folder / "palermo.toml").open("a", encoding="utf-8") as settings:
        settings.write(_SETTINGS)
