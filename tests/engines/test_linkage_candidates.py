"""The same candidate pairs come out of the compiled loop, of DuckDB and of a Spark cluster of two workers."""

from __future__ import annotations

import pytest

from palermo.linkage.candidates import find_candidates
from palermo.linkage.engine_candidates import find_candidates_on
from tests.linkage.invented import encodings_of, invent

ROWS = [row | {"citizenship": "C1"} if at % 2 else row for at, row in enumerate(invent(700, seed=13)[0])]
ROWS += [{"record_id": f"x{at}", "first_name": "Ana", "surname": "Silva"} for at in range(30)]
CAP, MOST = 12, 5


@pytest.mark.filterwarnings("ignore")  # Spark's own
@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_an_engine_finds_the_pairs_that_the_compiled_loop_finds(request, name):
    encodings = encodings_of(ROWS)
    expected = find_candidates(encodings, cap=CAP, most=MOST)
    found = find_candidates_on(request.getfixturevalue(name), encodings, cap=CAP, most=MOST)
    assert found.pairs.tolist() == expected.pairs.tolist()
    assert found.dropped == expected.dropped
    assert (found.n_alone, found.n_enumerated) == (expected.n_alone, expected.n_enumerated)
    assert len(found.pairs) > 500
    assert found.dropped
