"""Hierarchical log-linear models: how they are written, and which there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

import numpy as np

from palermo.errors import UsageError
from palermo.prevalence.newton import Ints

__all__ = [
    "Model",
    "all_models",
    "all_pairs",
    "as_arrays",
    "close",
    "in_words",
    "main_effects",
    "name_model",
    "neighbours",
    "read_model",
]

Model = tuple[int, ...]
"""The terms, each the set of lists it names as a history, the intercept 0 first, then single lists, pairs and so on.
With a term all that it contains is there."""

_PARTING = re.compile(r"[\s,:;\[\]]+")
_SPACES = re.compile(r"\s+")


def _in_order(terms: Iterable[int]) -> Model:
    return tuple(sorted(set(terms), key=lambda term: (term.bit_count(), term)))


def main_effects(n_lists: int) -> Model:
    """The model of lists that are independent of each other."""
    return (0, *(1 << place for place in range(n_lists)))


def all_pairs(n_lists: int) -> Model:
    """The model in which any two lists may depend on each other."""
    return close(n_lists, ((1 << one) | (1 << other) for one, other in combinations(range(n_lists), 2)))


def close(n_lists: int, terms: Iterable[int]) -> Model:
    """Add what the terms contain, and all single lists."""
    within = {part for term in terms for part in range(term + 1) if part & term == part}
    return _in_order(within | set(main_effects(n_lists)))


def name_model(model: Model, lists: Sequence[str]) -> str:
    """Write a model by its largest terms, as in ``[AB,C]``; longer names of lists are joined by colons.

    What would part a name in two, such as a space or a comma, is written as an underscore.
    """
    names = [_legible(name) for name in lists]
    joint = "" if all(len(name) == 1 for name in names) else ":"
    return f"[{','.join(joint.join(names[place] for place in term) for term in _largest(model))}]"


def in_words(text: str, lists: Sequence[str]) -> str:
    """Say in words what a model as `name_model` writes it supposes of the lists; any other text stays as it is."""
    try:
        model = read_model(text, lists) if text.startswith("[") else None
    except UsageError:  # two lists are written alike
        return text
    if model is None:
        return text
    joint = [term for term in _largest(model) if len(term) > 1]
    if not joint:
        return "All lists are independent of each other."
    if joint == list(combinations(range(len(lists)), 2)):
        return "Any two lists may depend on each other."
    return f"Depend on each other: {'; '.join(_and([lists[place] for place in term]) for term in joint)}."


def _largest(model: Model) -> list[tuple[int, ...]]:
    """Give the places of the lists in each term that no other contains, in order."""
    terms = [term for term in model if not any(term != other and term & other == term for other in model)]
    return sorted(tuple(place for place in range(term.bit_length()) if term >> place & 1) for term in terms)


def _legible(name: str) -> str:
    return _PARTING.sub("_", name.strip())


def _and(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1]))


def read_model(text: str, lists: Sequence[str]) -> Model:
    """Read a model as `name_model` writes it; lists that it does not name are taken to be independent.

    Raises
    ------
    UsageError
        A term names something that is no list, or nothing.
    """
    inner = text.strip()
    if inner.startswith("[") == inner.endswith("]"):
        inner = inner.removeprefix("[").removesuffix("]")
    names = tuple(_legible(name) for name in lists)
    terms = (_SPACES.sub("_", term.strip()) for term in (inner.split(",") if inner else ()))
    return close(len(lists), (_read_term(term, names) for term in terms))


def _read_term(text: str, lists: Sequence[str]) -> int:
    parts = tuple(text.split(":"))
    found = [parts] if all(part in lists for part in parts) else list(_readings(text, lists))
    readings = {frozenset(names) for names in found if len(set(names)) == len(names)}
    if len(readings) != 1 or any(lists.count(name) > 1 for names in readings for name in names):
        what = "can be read in several ways" if readings else "does not name lists"
        raise UsageError(
            f"the term {text!r} of the model {what}.",
            todo=f"Write it with colons, as in A:B. The lists are: {', '.join(lists)}.",
        )
    return sum(1 << lists.index(name) for name in readings.pop())


def _readings(text: str, lists: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Part a term into names of lists, in every way."""
    if text in lists:
        yield (text,)
    for name in lists:
        rest = text.removeprefix(name)
        if rest != text and rest:
            yield from ((name, *more) for more in _readings(rest.removeprefix(":"), lists))


@cache
def all_models(n_lists: int, order: int) -> tuple[Model, ...]:
    """List every model whose terms name at most ``order`` lists; all single lists are in each."""
    models = [frozenset(main_effects(n_lists))]
    for size in range(2, order + 1):
        terms = [sum(1 << place for place in places) for places in combinations(range(n_lists), size)]
        models = [model | more for model in models for more in _subsets(_allowed(model, terms))]
    return tuple(sorted((_in_order(model) for model in models), key=lambda model: (len(model), model)))


def _allowed(model: frozenset[int], terms: Sequence[int]) -> list[int]:
    """Find the terms all of whose parts are in the model."""
    return [term for term in terms if all(part in model for part in _parts(term))]


def _parts(term: int) -> list[int]:
    return [term & ~(1 << place) for place in range(term.bit_length()) if term >> place & 1]


def _subsets(terms: Sequence[int]) -> Iterator[frozenset[int]]:
    for size in range(len(terms) + 1):
        yield from map(frozenset, combinations(terms, size))


def neighbours(model: Model, n_lists: int, order: int) -> Iterator[Model]:
    """Give the models with one term more or one term less."""
    held = set(model)
    for term in range(1 << n_lists):
        if not 1 < term.bit_count() <= order:
            continue
        if term not in held and all(part in held for part in _parts(term)):
            yield _in_order(held | {term})
        elif term in held and not any(term != other and term & other == term for other in held):
            yield _in_order(held - {term})


def as_arrays(models: Sequence[Model]) -> tuple[Ints, Ints]:
    """Write models as rows of terms, and how many terms each has."""
    lengths = np.array([len(model) for model in models], dtype=np.int64)
    rows = np.zeros((len(models), int(lengths.max(initial=1))), dtype=np.int64)
    for row, model in zip(rows, models, strict=True):
        row[: len(model)] = model
    return rows, lengths
