"""Nobody can work out from several releases of a growing file who has come since, or what one of them withheld."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse

from palermo.errors import ReleaseRefused
from palermo.protection import release
from palermo.tables import Policy, Release
from tests.privacy.attacker import CLOSE, Attack, Cell
from tests.protection.cubes import count_records

COMMON = settings(derandomize=True, suppress_health_check=list(HealthCheck))
FIELDS = (("place sex", "place year"), ("place sex year",), ("place form*", "place sex"))


def jointly(releases: Sequence[Release]) -> list[dict[Cell, tuple[int, int]]] | None:
    """Attack the withheld cells of all releases at once, by linear programming over all published margins.

    Beside what each release tells by itself, the attacker takes it that no cell has become less. None if that is false.
    """
    attacks = [Attack(made.tables) for made in releases]
    starts = np.cumsum([0, *(len(attack.unknown) for attack in attacks)])
    if not starts[-1]:
        return [{} for _ in attacks]
    equal, least = [], []
    for kind, rows in (("equal", equal), ("at_least", least)):
        blocks = [attack._rows(getattr(attack, kind)) for attack in attacks]
        rows += [sparse.block_diag([block for block, _ in blocks]), np.concatenate([at for _, at in blocks])]
    entries, constants = [], []
    for nth, (before, after) in enumerate(pairwise(attacks)):
        for cell in before.values.keys() & after.values.keys():
            old, new = before.values[cell], after.values[cell]
            if old is not None and new is not None:
                continue
            row = np.zeros(starts[-1])
            if old is None:
                row[starts[nth] + before.unknown.index(cell)] = -1
            if new is None:
                row[starts[nth + 1] + after.unknown.index(cell)] = 1
            entries.append(row)
            constants.append((new or 0) - (old or 0))
    a_least = sparse.vstack([least[0], sparse.csr_array(np.array(entries).reshape(-1, starts[-1]))])
    b_least = np.concatenate([least[1], np.array(constants, dtype=float)])
    top = 3 * max(attack._top() for attack in attacks)

    def solve(goal: np.ndarray) -> float | None:
        answer = optimize.linprog(
            goal, A_eq=equal[0], b_eq=-equal[1], A_ub=-a_least, b_ub=b_least, bounds=(1, top), method="highs"
        )
        return float(answer.fun) if answer.success else None

    found = []
    for nth, attack in enumerate(attacks):
        own = {}
        for index, cell in enumerate(attack.unknown):
            goal = np.zeros(starts[-1])
            goal[starts[nth] + index] = 1
            ends = solve(goal), solve(-goal)
            if ends[0] is None or ends[1] is None:
                return None
            own[cell] = (math.ceil(ends[0] - CLOSE), math.floor(-ends[1] + CLOSE))
        found.append(own)
    return found


def changes(before: Release, after: Release) -> list[int]:
    """Say by how much the numbers differ that both releases show."""
    old, new = Attack(before.tables).values, Attack(after.tables).values
    return [abs(new[cell] - old[cell]) for cell in old.keys() & new.keys() if None not in (old[cell], new[cell])]


@st.composite
def growing(draw: st.DrawFn) -> list[list[dict]]:
    """Draw a file, and what comes to it twice."""
    codes = {"place": "NSEW", "sex": "fm", "year": "12"}
    forms = st.sets(st.sampled_from(["sexual", "labour"])).map(frozenset)
    bunch = st.fixed_dictionaries({name: st.sampled_from(kinds) for name, kinds in codes.items()} | {"form": forms})
    first = draw(st.lists(st.tuples(bunch, st.integers(4, 40)), min_size=4, max_size=9))
    later = draw(st.lists(st.tuples(bunch, st.integers(1, 25)), min_size=1, max_size=4))
    files = [[record for record, size in first for _ in range(size)] + [first[0][0]] * 20]
    files.append(files[0] + [record for record, size in later for _ in range(size)] + [first[0][0]] * 10)
    return files


def counted(fields: Sequence[str], records: list[dict]) -> list:
    return [count_records(f"table-{index}", names, records) for index, names in enumerate(fields)]


@given(growing(), st.sampled_from(FIELDS))
@settings(COMMON, max_examples=40)
def test_no_cell_can_be_worked_out_from_two_releases(files, fields) -> None:
    try:
        first = release(counted(fields, files[0]))
        second = release(counted(fields, files[1]), before=[first])
    except ReleaseRefused:
        return
    assert all(change == 0 or change >= 10 for change in changes(first, second))
    for own in jointly([first, second]) or []:
        assert all(high - low >= 10 for low, high in own.values())


def grown(seed: int) -> tuple[list[dict], list[dict]]:
    """Make a file, and the same a year later."""
    chance = random.Random(seed)

    def bunches(least: int, most: int, largest: int) -> list[dict]:
        kinds = [{"place": "NSEW", "sex": "fm", "year": "12"} for _ in range(chance.randint(least, most))]
        sizes = [chance.randint(1, largest) for _ in kinds]
        drawn = [{field: chance.choice(codes) for field, codes in kind.items()} for kind in kinds]
        return [record for record, size in zip(drawn, sizes, strict=True) for _ in range(size)]

    first = bunches(6, 14, 40)
    return first, first + bunches(2, 6, 30)


@pytest.mark.parametrize("seed", [2, 12, 17, 25, 28, 36, 53, 60])
def test_a_file_that_grew_is_published_with_the_earlier_cells_withheld_again(seed) -> None:
    """In these the cells that are chosen without the earlier pattern give something away together with it."""
    before, now = grown(seed)
    fields = ("place sex year",)
    first = release(counted(fields, before))
    second = release(counted(fields, now), before=[first])
    assert all(high - low >= 10 for own in jointly([first, second]) for low, high in own.values())


def test_where_even_that_gives_something_away_there_is_no_release() -> None:
    before, now = grown(99)
    first = release(counted(("place sex year",), before))
    with pytest.raises(ReleaseRefused, match="together with an earlier release"):
        release(counted(("place sex year",), now), before=[first])


PLACES = {"N": 40, "S": 30, "E": 25}


def people(more: dict[str, int]) -> list[dict]:
    sizes = {place: PLACES[place] + more.get(place, 0) for place in PLACES}
    return [{"place": place, "sex": "fm"[nth % 2]} for place, size in sizes.items() for nth in range(size)]


def test_without_the_ledger_one_newcomer_is_found_with_all_her_details() -> None:
    first = release(counted(("place sex",), people({})))
    second = release(counted(("place sex",), [*people({"N": 20}), {"place": "S", "sex": "f"}]))
    old, new = Attack(first.tables).values, Attack(second.tables).values
    cell = frozenset({("place", "S"), ("sex", "f")})
    assert new[cell] - old[cell] == 1


def test_with_it_the_cells_that_changed_by_one_are_withheld_and_stay_open() -> None:
    first = release(counted(("place sex",), people({})))
    newcomer = [*people({"N": 20, "E": 20}), {"place": "S", "sex": "f"}]
    second = release(counted(("place sex",), newcomer), before=[first])
    cell = frozenset({("place", "S"), ("sex", "f")})
    low, high = jointly([first, second])[1][cell]
    assert low >= 15 and high - low >= 10  # 15 were there before
    assert all(change == 0 or change >= 10 for change in changes(first, second))


def test_where_too_few_have_come_in_all_there_is_no_release() -> None:
    first = release(counted(("place sex",), people({})))
    with pytest.raises(ReleaseRefused, match="a few people who have come since") as refused:
        release(counted(("place sex",), people({"N": 9})), before=[first])
    assert "Wait until more have come" in refused.value.todo and refused.value.where == "table-0"


def test_the_same_file_again_gives_the_same_release() -> None:
    records = [*people({}), *[{"place": "W", "sex": "f"}] * 3]
    first = release(counted(("place sex",), records))
    again = release(counted(("place sex",), records), before=[first, first])
    assert [table.cells.rows() for table in again.tables] == [table.cells.rows() for table in first.tables]


def test_what_was_withheld_is_not_given_away_by_what_is_shown_later() -> None:
    """Three women in the west were hidden by 12 in the east: a later number of each must not bound the earlier."""
    small = [{"place": "W", "sex": "f"}] * 3
    first = release(counted(("place sex",), [*people({}), *small]))
    assert first.audit.n_withheld
    try:
        second = release(counted(("place sex",), [*people({"N": 15, "S": 15, "E": 15}), *small * 4]), before=[first])
    except ReleaseRefused:
        return
    widths = [high - low for own in jointly([first, second]) for low, high in own.values()]
    assert min(widths) >= 10


def test_a_cell_that_was_withheld_stays_so_while_its_number_would_bound_the_earlier_one() -> None:
    """Three women in the west were open from 1 upwards; if 10 are shown now, they were 10 at most: 9 apart."""
    west = [{"place": "W", "sex": "m"}] * 20
    first = release(counted(("place sex",), [*people({}), *west, *[{"place": "W", "sex": "f"}] * 3]))
    grown = [*people({"N": 30, "S": 30, "E": 30}), *west, *west, *[{"place": "W", "sex": "f"}] * 10]
    cell = frozenset({("place", "W"), ("sex", "f")})
    assert Attack(release(counted(("place sex",), grown)).tables).values[cell] == 10
    second = release(counted(("place sex",), grown), before=[first])
    assert Attack(second.tables).values[cell] is None
    found = jointly([first, second])
    assert all(high - low >= 10 for own in found for low, high in own.values())


@pytest.mark.parametrize("more", [{}, {"N": 30, "S": 30, "E": 30}])
def test_after_a_release_that_gives_a_cell_away_by_itself_there_is_no_other(more: dict[str, int]) -> None:
    few = [{"place": "W", "sex": "f"}] * 3
    records = [*people({}), *few]
    first = release(counted(("place sex",), records), Policy(threshold=1))
    status = pl.when(pl.col("count") < 10).then(pl.lit("withheld")).otherwise(pl.lit("published"))
    hidden = [pl.when(pl.col("count") >= 10).then(name).alias(name) for name in ("count", "low", "high")]
    naive = replace(first.tables[0], cells=first.tables[0].cells.with_columns(*hidden, cell_status=status))
    broken = replace(first, tables=(naive,), policy=Policy())
    with pytest.raises(ReleaseRefused, match="together with an earlier release"):
        release(counted(("place sex",), [*people(more), *few]), before=[broken])


def test_a_field_of_several_codes_in_which_nothing_was_said_is_seen_through() -> None:
    records = [record | {"form": frozenset()} for record in [*people({}), *[{"place": "W", "sex": "f"}] * 3]]
    first = release(counted(("place form*",), records))
    again = release(counted(("place form*",), records), before=[first])
    assert first.audit.n_withheld and again.tables[0].cells.rows() == first.tables[0].cells.rows()


def test_rounded_releases_are_not_compared() -> None:
    first = release(counted(("place sex",), people({})), Policy(rounding=5))
    second = release(counted(("place sex",), people({"N": 1})), Policy(rounding=5), before=[first])
    assert second.audit.n_withheld == 0


def test_a_smaller_number_than_before_is_no_bound() -> None:
    """Records that were taken out show that the file has not only grown."""
    first = release(counted(("place sex",), [*people({}), *[{"place": "W", "sex": "f"}] * 3]))
    fewer = [record for record in people({"N": 30}) if record != {"place": "S", "sex": "m"}]
    second = release(counted(("place sex",), [*fewer, *[{"place": "W", "sex": "m"}] * 4]), before=[first])
    assert all(change == 0 or change >= 10 for change in changes(first, second))


def test_a_file_that_shrank_is_attacked_release_by_release() -> None:
    """Twenty women and twenty men in the north were published, and now there are 23 people: it has not grown."""
    first = release(counted(("place sex",), people({})))
    fewer = [record for record in people({"S": 30}) if record["place"] != "N"]
    north = [{"place": "N", "sex": "f"}] * 3 + [{"place": "N", "sex": "m"}] * 20
    second = release(counted(("place sex",), [*fewer, *north]), before=[first])
    assert jointly([first, second]) is None
    assert second.tables[0].n_withheld
    assert all(change == 0 or change >= 10 for change in changes(first, second))


def test_tables_of_another_universe_are_another_matter() -> None:
    first = release([replace(table, universe="others") for table in counted(("place sex",), people({}))])
    second = release(counted(("place sex",), people({"N": 1})), before=[first])
    assert second.audit.n_withheld == 0


def test_numbers_known_as_intervals_are_unknown_to_the_attacker() -> None:
    first = release(counted(("place sex",), people({})))
    blurred = [
        replace(table, cells=table.cells.with_columns(low=pl.col("low") - 1, high=pl.col("high") + 1))
        for table in first.tables
    ]
    second = release(counted(("place sex",), people({"N": 3})), before=[replace(first, tables=tuple(blurred))])
    assert second.audit.n_withheld == 0
