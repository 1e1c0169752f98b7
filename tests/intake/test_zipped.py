"""One file in a zipped one is read; of several the mapping names one, and no path in it is followed."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import polars as pl
import pytest

from palermo.errors import InputError
from palermo.intake import Mapping
from palermo.intake.mapping import FieldMapping
from palermo.intake.reading import read_file

OWN = Mapping("own", "Own", "records", "record", {"sex": FieldMapping("sex", ("sex",))})


def _zip(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def _read(path, mapping=OWN):
    raw = read_file(path, mapping, path.parent / "raw.parquet")
    return raw, pl.read_parquet(raw.path).rows()


@pytest.mark.parametrize("name", ["a.csv", "out/a.csv", "../../a.csv", "..\\a.csv"])
def test_the_one_file_is_read_wherever_it_says_it_lies(tmp_path, name):
    raw, rows = _read(_zip(tmp_path / "a.zip", **{name: "sex\nf\n", "__MACOSX/._a.csv": "x"}))
    assert rows == [(2, "f")]
    assert raw.notes[0] == "It was read from a.csv in a.zip."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "raw.parquet"]


def test_of_several_files_the_mapping_names_one(tmp_path):
    path = _zip(tmp_path / "a.zip", **{"in/a.csv": "sex\nf\n", "b.csv": "sex\nm\n"})
    assert _read(path, replace(OWN, member="a.csv"))[1] == [(2, "f")]
    with pytest.raises(InputError, match=r"^a\.zip: it holds 2 files: 'in/a.csv', 'b.csv'\. Name one"):
        _read(path)
    with pytest.raises(InputError, match=r"^a\.zip: it holds no file c\.csv\."):
        _read(path, replace(OWN, member="c.csv"))


def test_what_cannot_be_unpacked_is_refused(tmp_path):
    cut = _zip(tmp_path / "a.zip", **{"a.csv": "sex\n" + "f\n" * 9_000})
    cut.write_bytes(cut.read_bytes()[:-30])
    with pytest.raises(InputError, match="damaged, cut off"):
        _read(cut)
    with pytest.raises(InputError, match="holds no file"):
        _read(_zip(tmp_path / "none.zip"))
    with pytest.raises(InputError, match="another zipped file"):
        _read(_zip(tmp_path / "twice.zip", **{"b.zip": "x"}))


@pytest.mark.parametrize("name", ["\0a.csv", "/..", "a/.."])
def test_a_name_that_damage_has_emptied_or_that_leads_upwards_is_no_file(tmp_path, name):
    path = _zip(tmp_path / "a.zip", **{"xa.csv" if "\0" in name else name: "sex\nf\n"})
    path.write_bytes(path.read_bytes().replace(b"xa.csv", b"\0a.csv"))
    with pytest.raises(InputError, match="holds no file"):
        _read(path)


def test_a_name_too_long_for_a_disk_is_cut(tmp_path):
    _, rows = _read(_zip(tmp_path / "a.zip", **{"ż" * 300 + ".csv": "sex\nf\n"}))
    assert len(rows) == 1


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("palermo.intake.container.LARGEST", 1 << 20)
    with pytest.raises(InputError, match="packed so tightly"):
        _read(_zip(tmp_path / "a.zip", **{"a.csv": "sex\n" + "f\n" * (1 << 20)}))
