"""The standard's largest cube beside one hand-written DuckDB query over the same coded records, in the same run."""

import time
from collections.abc import Callable
from pathlib import Path

from measure import given_file

from palermo import intake
from palermo.standard import load_standard
from palermo.statistics import Counted, count_records
from palermo.tables import Engine, open_engine

BY = ("form_of_exploitation", "gender", "age_band", "year")
QUERY = """
    SELECT form, gender, age_band, year, count(*) FROM (
        SELECT unnest(list_prepend('total', coalesce(form_of_exploitation, ['empty']))) AS form,
               coalesce(gender, 'empty') AS gender, coalesce(age_band, 'empty') AS age_band,
               coalesce(CAST(year AS VARCHAR), 'empty') AS year
        FROM '{path}')
    GROUP BY GROUPING SETS ((form), (form, gender), (form, age_band), (form, year), (form, gender, age_band),
                            (form, gender, year), (form, age_band, year), (form, gender, age_band, year))
"""


def main(file: Path) -> None:
    """Print both times and their ratio, each the least of seven."""
    standard = load_standard()
    with open_engine() as engine:
        examined = intake.examine(file, intake.load_mapping("ctdc-2021", standard), standard, engine)
        cases = engine.keep(examined.table, "cases")
        path = engine.scratch / "cases.parquet"
        what = Counted("synthetic record", "all")
        ours = _least(lambda: count_records(cases, BY, what, name="t", title="T", standard=standard, engine=engine))
        theirs = _least(lambda: _by_hand(engine, path))
    print(f"cube: {ours:.3f} CPU s; by hand: {theirs:.3f} CPU s; ratio {ours / theirs:.2f}")


def _by_hand(engine: Engine, path: Path) -> None:
    engine.backend.raw_sql(QUERY.format(path=path)).fetchall()


def _least(work: Callable[[], object]) -> float:
    times = []
    for _ in range(7):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


main(given_file())
