"""What must be refused, each with where it is, what is wrong and what to do."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from palermo.errors import PalermoError
from palermo.protection import load_policy, release
from palermo.protection.estimates import two_digits
from palermo.protection.private import Budget, load_domain
from palermo.tables import Dimension
from tests.protection.cubes import count_records, table_of
from tests.protection.test_policy import POLICY

RECORDS = [
    {"place": "NSE"[n % 3], "form": frozenset(["sexual", "labour"] if n % 2 else ["labour"])} for n in range(120)
]


def refusal(call) -> tuple[str, str, str]:
    with pytest.raises(PalermoError) as refused:
        call()
    return refused.value.where, refused.value.what, refused.value.todo


def test_a_domain_read_from_the_data(tmp_path):
    assert refusal(lambda: load_domain(tmp_path / "cases.parquet")) == (
        "cases.parquet",
        "a domain read from the data tells who is in them.",
        "Write the values that there can be in a TOML file, from the codebook, before you look at the data.",
    )


@pytest.mark.parametrize(
    ("old", "new", "what", "todo"),
    [
        (
            'approvers = ["Amara N.", "Bruno K.", "Chen L."]',
            "",
            "[publication] lacks the key 'approvers'.",
            "Add it there",
        ),
        ('["Amara N.", "Bruno K.", "Chen L."]', '["Amara N."]', "approvers must be two people at least.", "Name them"),
        (
            "epsilon = 8",
            "epsilon = 0",
            "[budget] epsilon must be above 0, and epsilon_each at most epsilon.",
            "4 is already",
        ),
    ],
)
def test_a_policy_without_an_approver_or_a_budget(tmp_path, old, new, what, todo):
    assert old in POLICY
    (tmp_path / "POLICY.toml").write_text(POLICY.replace(old, new), "utf-8")
    where, said, then = refusal(lambda: load_policy(tmp_path / "POLICY.toml"))
    assert (where, said) == ("POLICY.toml", what) and then.startswith(todo)


@pytest.mark.parametrize("epsilon", [0, -1, float("nan"), float("inf"), 51])
def test_a_budget_of_nothing_or_beyond_what_anybody_allows(epsilon):
    assert refusal(lambda: Budget(epsilon, 1e-6)) == (
        "--epsilon",
        f"an ε of {epsilon:g} is no budget: it must be above 0 and at most 50.",
        "Give the ε that the policy allows; 4 is already generous.",
    )


AGAIN = "Count them again from the same records. Codes of which a record can have several are overlapping."


def test_a_table_whose_cells_do_not_add_up():
    wrong = table_of("places", "place", {"N": 40, "S": 30, "-": 90})
    said = "the exclusive codes of place contradict a cell of grand total."
    assert refusal(lambda: release([wrong])) == ("tables", said, AGAIN)


def test_forms_of_which_a_record_can_have_several_summed_as_if_it_had_one():
    table = count_records("forms", "form*", RECORDS)
    summed = replace(table, dimensions=(Dimension("form", "exclusive"),))
    said = "the exclusive codes of form contradict a cell of grand total."
    assert refusal(lambda: release([summed])) == ("tables", said, AGAIN)


def test_a_country_with_one_person_alone():
    alone = count_records("country", "place", [{"place": "W"}])
    assert refusal(lambda: release([alone])) == (
        "country",
        "everything counted here stands on fewer than 10 contributors, so nothing of it can be published.",
        "Count over more years, more places or fewer conditions, or leave these tables out.",
    )


def test_a_country_with_one_person_among_others_is_never_shown():
    safe = release([count_records("country", "place", [*RECORDS, {"place": "W"}])])
    row = safe.tables[0].cells.filter(place="W")
    assert row["cell_status"].to_list() == ["withheld"] and row["count"].to_list() == [None]
    assert safe.audit.n_withheld == 2 and safe.audit.narrowest is not None and safe.audit.narrowest >= 10


@pytest.mark.parametrize("people", [None, math.inf, math.nan])
def test_a_number_of_people_that_is_none_stays_none(people):
    assert two_digits(people) is None
