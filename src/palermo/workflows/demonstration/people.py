"""The victims of Valmara, drawn from its patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from palermo.workflows.demonstration.names import FAMILIES, all_names
from palermo.workflows.demonstration.patterns import chances, load, pick, weights

__all__ = ["AGENCIES", "AS_OF", "HOME", "People", "draw_people"]

AGENCIES = ("police", "ngo-network", "border-guard", "labour-inspectorate")
AS_OF = np.datetime64("2024-01-31")
HOME = "XVM"
_MIDDLE_YEAR = 2018
_BORDER = AGENCIES.index("border-guard")

Ints = NDArray[np.int64]
Picked = tuple[tuple[str, ...], Ints]
"""The codes there are, and which one each person has (-1: none)."""
Held = tuple[tuple[str, ...], NDArray[np.bool_]]
"""The codes there are, and whether each holds for each person."""


@dataclass(frozen=True, slots=True)
class People:
    """Persons as they are, before anybody writes anything down."""

    person: Ints
    met_on: NDArray[np.datetime64]
    born_on: NDArray[np.datetime64]
    age: Ints
    months: Ints
    first_agency: Ints
    first_name: NDArray[np.object_]
    """Shape (persons, spellings)."""
    surname: NDArray[np.object_]
    """Shape (persons, spellings)."""
    document: NDArray[np.object_]
    only_year: NDArray[np.bool_]
    """Whether the day of birth is known to nobody."""
    picked: dict[str, Picked]
    held: dict[str, Held]


def draw_people(rng: np.random.Generator, n: int, *, first: int) -> People:
    """Draw ``n`` persons; ``first`` is the number of the first one."""
    world = load("patterns")
    profiles = list(world["profiles"].values())
    met_on = _days(rng, n, world)
    origin = _origin(rng, met_on, world)
    profile = _profile(rng, origin, world)
    agency = pick(rng, profile, weights([p["first"] for p in profiles], AGENCIES))
    sex, gender = _sexes(rng, profile, profiles)
    age = _ages(rng, profile, profiles)
    held = _held(rng, profile, world)
    picked = {
        "citizenship": (tuple(world["citizenships"]), origin),
        "country_of_recruitment": (tuple(world["citizenships"]), origin),
        "country_of_exploitation": _exploited_in(rng, origin, profile, agency, world),
        "sex": (("female", "male"), sex),
        "gender": (("female", "male", "trans-feminine"), gender),
        "age_group": (("child", "adult"), (age >= 18).astype(np.int64)),
        "labour_sector": _option(rng, profile, [p.get("sectors", {}) for p in profiles]),
        "recruiter_relation": _option(rng, profile, [p["recruiter"] for p in profiles]),
        "duration_band": _option(rng, np.zeros(n, np.int64), [world["duration"]]),
    }
    family = np.array([FAMILIES.index(c["family"]) for c in world["citizenships"].values()])[origin]
    first_name, surname, only_year = _named(rng, family, gender)
    return People(
        person=np.arange(first, first + n),
        met_on=met_on,
        born_on=met_on - (age * 365.25 + rng.random(n) * 365).astype(np.int64),
        age=age,
        months=rng.integers(0, 36, n),
        first_agency=agency,
        first_name=first_name,
        surname=surname,
        document=_documents(rng, origin, tuple(world["citizenships"])),
        only_year=only_year,
        picked=picked,
        held=held,
    )


def _days(rng: np.random.Generator, n: int, world: dict[str, Any]) -> NDArray[np.datetime64]:
    """Draw the day on which each person first meets an agency."""
    time = world["time"]
    months = [f"{year}-{month:02}" for year in time["years"] for month in range(1, 13)]
    weight = {m: time["years"][m[:4]] * time["months"][int(m[5:]) - 1] * time["unusual"].get(m, 1.0) for m in months}
    drawn = pick(rng, np.zeros(n, np.int64), weights([weight], months))
    start = np.array(months, "datetime64[M]").astype("datetime64[D]")[drawn]
    days: NDArray[np.datetime64] = start + (rng.random(n) * 28).astype(np.int64)
    return days


def _years(days: NDArray[np.datetime64]) -> Ints:
    years: Ints = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def _origin(rng: np.random.Generator, met_on: NDArray[np.datetime64], world: dict[str, Any]) -> Ints:
    years = sorted(int(year) for year in world["time"]["years"])
    shares = [
        {code: c["weight"] * c["growth"] ** (year - _MIDDLE_YEAR) for code, c in world["citizenships"].items()}
        for year in years
    ]
    return pick(rng, _years(met_on) - years[0], weights(shares, tuple(world["citizenships"])))


def _profile(rng: np.random.Generator, origin: Ints, world: dict[str, Any]) -> Ints:
    mixes = list(world["mixes"])
    mix = np.array([mixes.index(c["mix"]) for c in world["citizenships"].values()])
    return pick(rng, mix[origin], weights(list(world["mixes"].values()), tuple(world["profiles"])))


def _sexes(rng: np.random.Generator, profile: Ints, profiles: list[dict[str, Any]]) -> tuple[Ints, Ints]:
    female = rng.random(len(profile)) < np.array([p["female"] for p in profiles])[profile]
    transgender = rng.random(len(profile)) < np.array([p.get("transgender", 0.0) for p in profiles])[profile]
    sex = np.where(female & ~transgender, 0, 1)
    return sex, np.where(transgender, 2, sex)


def _ages(rng: np.random.Generator, profile: Ints, profiles: list[dict[str, Any]]) -> Ints:
    least, usual, most = np.array([p["ages"] for p in profiles], float).T
    ages: Ints = rng.triangular(least[profile], usual[profile], most[profile]).astype(np.int64)
    return ages


def _held(rng: np.random.Generator, profile: Ints, world: dict[str, Any]) -> dict[str, Held]:
    profiles = list(world["profiles"].values())
    held = {
        field: _several(rng, profile, [p.get(key, {}) for p in profiles])
        for field, key in (
            ("form_of_exploitation", "forms"),
            ("sexual_form", "sexual_form"),
            ("means_of_control", "control"),
            ("means", "means"),
        )
    }
    held["act"] = _several(rng, np.zeros(len(profile), np.int64), [world["acts"]])
    forms, has_form = held["form_of_exploitation"]
    main = np.array([list(p["forms"].values()).index(max(p["forms"].values())) for p in profiles])
    usual = np.array([forms.index(list(p["forms"])[at]) for p, at in zip(profiles, main, strict=True)])
    none = ~has_form.any(axis=1)
    has_form[none, usual[profile[none]]] = True
    held["purpose"] = _purposes(forms, has_form, world["purposes"])
    return held


def _purposes(forms: tuple[str, ...], has_form: NDArray[np.bool_], purposes: dict[str, str]) -> Held:
    codes = tuple(dict.fromkeys(purposes.values()))
    has = np.zeros((len(has_form), len(codes)), bool)
    for at, form in enumerate(forms):
        has[:, codes.index(purposes.get(form, purposes["others"]))] |= has_form[:, at]
    return codes, has


def _several(rng: np.random.Generator, group: Ints, shares: list[dict[str, float]]) -> Held:
    codes = tuple(dict.fromkeys(code for share in shares for code in share))
    return codes, chances(rng, group, weights(shares, codes))


def _option(rng: np.random.Generator, group: Ints, shares: list[dict[str, float]]) -> Picked:
    """Draw one code for each person; a group without shares has none."""
    codes = tuple(dict.fromkeys(code for share in shares for code in share))
    table = np.hstack([weights(shares, codes), np.array([[0.0 if share else 1.0] for share in shares])])
    drawn = pick(rng, group, table)
    return codes, np.where(drawn == len(codes), -1, drawn)


def _exploited_in(rng: np.random.Generator, origin: Ints, profile: Ints, agency: Ints, world: dict[str, Any]) -> Picked:
    abroad = [c["abroad"] for c in world["citizenships"].values()]
    codes = tuple(dict.fromkeys([HOME, *(code for share in abroad for code in share)]))
    foreigners = world["foreigners"]
    stays = np.where(agency == _BORDER, foreigners["in_valmara_when_met_at_the_border"], foreigners["in_valmara"])
    at_home = np.array([p["at_home"] for p in world["profiles"].values()])[profile]
    own = origin == list(world["citizenships"]).index(HOME)
    here = rng.random(len(origin)) < np.where(own, at_home, stays)
    return codes, np.where(here, codes.index(HOME), pick(rng, origin, weights(abroad, codes)))


def _named(
    rng: np.random.Generator, family: Ints, gender: Ints
) -> tuple[NDArray[np.object_], NDArray[np.object_], NDArray[np.bool_]]:
    names, families = all_names(), list(load("names").values())
    female = names["female"].spelled[names["female"].draw(rng, family)]
    male = names["male"].spelled[names["male"].draw(rng, family)]
    surname = names["surnames"].spelled[names["surnames"].draw(rng, family)]
    second = names["surnames"].spelled[names["surnames"].draw(rng, family)]
    has_second = rng.random(len(family)) < np.array([f["second_surname"] for f in families])[family]
    only_year = rng.random(len(family)) < np.array([f["only_year"] for f in families])[family]
    first = np.where((gender == 1)[:, None], male, female)
    return first, np.where(has_second[:, None], surname + " " + second[:, :1], surname), only_year


def _documents(rng: np.random.Generator, origin: Ints, codes: tuple[str, ...]) -> NDArray[np.object_]:
    numbers = rng.integers(1_000_000, 10_000_000, len(origin))
    return np.array([f"{codes[at]}{number}" for at, number in zip(origin, numbers, strict=True)], dtype=object)
