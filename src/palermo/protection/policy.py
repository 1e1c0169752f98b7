"""What a publisher has decided before seeing the data, in a file that those who sign can read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from palermo.errors import InputError
from palermo.tables import Form, Handwritten, must_be_file, sha256_of

__all__ = ["ReleasePolicy", "load_policy"]

_KEYS: dict[str, Form] = {"publication": "table", "budget": "table"}
_PUBLICATION: dict[str, Form] = {
    "unit": "text",
    "max_rows": "number",
    "domain": "text",
    "records": "text",
    "threshold": "number",
    "approvers": "texts",
}
_BUDGET: dict[str, Form] = {"epsilon": "decimal", "epsilon_each": "decimal", "delta": "decimal", "population": "number"}
_UNITS = ("person", "row")
_APPROVERS = 2


@dataclass(frozen=True, slots=True)
class ReleasePolicy:
    """The decisions, and the hash of the file that holds them."""

    unit: str
    """``person``: linked rows together; ``row`` where rows are not linked."""
    max_rows: int
    domain: Path
    records: str
    """The mode of synthetic records."""
    threshold: int
    """Of official tables."""
    approvers: tuple[str, ...]
    epsilon: float
    """Of all releases together."""
    epsilon_each: float
    """The most of one release."""
    delta: float
    sha256: str

    @property
    def rho(self) -> float:
        """The whole budget, as it adds up."""
        from palermo.protection.private import rho_of

        return rho_of(self.epsilon, self.delta)


def load_policy(path: Path) -> ReleasePolicy:
    """Read a policy.

    Raises
    ------
    InputError
        It lacks something, has no two approvers, or a budget that is none.
    """
    from palermo.protection.private import MODES, public_delta  # compiled code that official tables do without

    must_be_file(path, todo="Write down what you decide before you look at the data; the guide shows a policy.")
    file = Handwritten(path, InputError)
    text = file.read()
    file.check(text, "", _KEYS, "publication", "budget")
    what, cost = text["publication"], text["budget"]
    file.check(what, "[publication]", _PUBLICATION, "unit", "domain", "approvers")
    file.check(cost, "[budget]", _BUDGET, "epsilon")
    approvers = tuple(name.strip() for name in what["approvers"])
    if len({name.casefold() for name in approvers}) < _APPROVERS or not all(approvers):
        file.refuse("approvers must be two people at least.", 'Name them: approvers = ["Amara N.", "Chen L."].')
    if what["unit"] not in _UNITS or what.get("records", "guarded") not in MODES:
        file.refuse("unit or records is no choice.", f"unit: {', '.join(_UNITS)}; records: {', '.join(MODES)}.")
    if what["unit"] == "row" and what.get("max_rows", 1) != 1:
        file.refuse("where rows are not linked, max_rows says nothing.", 'Leave it out, or set unit = "person".')
    each = cost.get("epsilon_each", cost["epsilon"])
    if not 0 < each <= cost["epsilon"] <= 50:
        file.refuse("[budget] epsilon must be above 0, and epsilon_each at most epsilon.", "4 is already generous.")
    delta = cost.get("delta", public_delta(cost.get("population")))
    if not 0 < delta < 1e-3 or what.get("max_rows", 1) < 1 or what.get("threshold", 10) < 1:
        file.refuse("delta, max_rows or threshold makes no sense.", "Leave them out for the usual ones.")
    return ReleasePolicy(
        what["unit"],
        what.get("max_rows", 1),
        path.parent / what["domain"],
        what.get("records", "guarded"),
        what.get("threshold", 10),
        approvers,
        float(cost["epsilon"]),
        float(each),
        float(delta),
        sha256_of(path),
    )
