"""From a plan to a publication: each step written into the ledger before it is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from palermo.errors import InputError, ReleaseRefused, UsageError
from palermo.protection import Book, Ledger, ReleasePolicy, in_parts, known_end, load_policy, private, read_ledger
from palermo.tables import atomic_file, must_be_file, sha256_of, text_of
from palermo.workflows.synthesise import Wanted, must_fit, release_table

__all__ = ["Office", "audit_table", "show_ledger", "verify_ledger"]

_TRIALS = 40
"""How many trial releases an audit makes, unless it is told otherwise."""
_PRODUCTS = ("records", "tables")


@dataclass(frozen=True, slots=True)
class Office:
    """Where releases are decided: a policy and its ledger."""

    policy: Path
    ledger: Path

    def plan(self, release: str, product: str, epsilon: float, by: str) -> dict[str, Any]:
        """Write down what is to be released and what it will cost."""
        policy = self._policy()
        if product not in _PRODUCTS:
            raise UsageError(f"{product!r} is no product.", todo=f"Choose one of: {', '.join(_PRODUCTS)}.")
        if not 0 < epsilon <= policy.epsilon_each:
            raise ReleaseRefused(
                f"an ε of {epsilon:g} is nothing, or more than the policy allows one release.",
                where=self.policy.name,
                todo=f"Plan at most {policy.epsilon_each:g}.",
            )
        rho = in_parts(private.rho_of(epsilon, policy.delta))
        events: list[tuple[str, str, str, Mapping[str, Any]]] = []
        if not read_ledger(self.ledger)[1].policy:
            facts = {"policy": policy.sha256, "cap": in_parts(policy.rho), "approvers": list(policy.approvers)}
            events.append(("open", by, "", facts))
        events.append(("plan", by, release, {"product": product, "epsilon": epsilon, "rho": rho}))
        return self._write(events, policy)

    def afford(self, epsilon: float) -> None:
        """Refuse what the ledger has too little left for; nothing is written."""
        policy, book = self._policy(), read_ledger(self.ledger)[1]
        left = in_parts(policy.rho) - book.spent
        if in_parts(private.rho_of(epsilon, policy.delta)) > left:
            spent = private.epsilon_of(book.spent / 10**12, policy.delta)
            raise ReleaseRefused(
                f"the budget is spent: earlier releases cost an ε of {spent:.3g} of {policy.epsilon:g}, and what is"
                f" left is less than {epsilon:g} costs.",
                where=self.ledger.name,
                todo="Ask for a smaller ε. What was spent is not given back, and only a new policy decides on more.",
            )

    def reserve(self, release: str, by: str) -> dict[str, Any]:
        """Spend what the release will cost."""
        return self._write([("reserve", by, release, {})], self._policy())

    def make(self, release: str, table: Path, out: Path, by: str, person_id: str | None) -> dict[str, Any]:
        """Make a reserved release, once: if this stops in the middle, what was reserved is spent."""
        policy = self._policy()
        if policy.unit == "person" and person_id is None:
            raise UsageError(
                "the policy protects persons, and nothing says which rows are one person's.",
                where="--person-id",
                todo='Name the column, or set unit = "row" in the policy if rows cannot be linked.',
            )
        if out.exists():
            raise UsageError("there is such a file.", where="--out", todo="A release replaces nothing: name another.")
        facts = self._facts(release)
        mode = policy.records if facts["product"] == "records" else "tables"
        wanted = Wanted(
            table, policy.domain, float(facts["epsilon"]), policy.delta, out, mode, person_id, policy.max_rows
        )
        must_fit(wanted)
        self._write([("start", by, release, {"table": table.name, "domain": sha256_of(policy.domain)})], policy)
        answer = release_table(wanted)
        files = {**answer["files"], answer["about"]: sha256_of(out.parent / answer["about"])}
        return self._write([("make", by, release, {"files": files})], policy) | {"guarantee": answer["guarantee"]}

    def audit(
        self, release: str, shadow: Path, by: str, *, runs: int = _TRIALS, out: Path | None = None
    ) -> dict[str, Any]:
        """Attack trial releases with the parameters of this one and of all before, and write down whether they pass."""
        policy, facts = self._policy(), self._facts(release)
        report = audit_table(
            shadow,
            policy.domain,
            float(facts["epsilon"]),
            policy.delta,
            mode=policy.records,
            runs=runs,
            out=out,
            max_rows=policy.max_rows,
            earlier=self._before(release),
        )
        self._write([("audit", by, release, {"passed": report["passed"]})], policy)
        return report

    def approve(self, release: str, folder: Path, by: str) -> dict[str, Any]:
        """Put a name under a release whose files are as they were made."""
        self.verify(release, folder)
        return self._write([("approve", by, release, {})], self._policy())

    def publish(self, release: str, folder: Path, by: str) -> dict[str, Any]:
        """Say that a release has passed the audit and two people, and may go out."""
        self.verify(release, folder)
        return self._write([("publish", by, release, {})], self._policy())

    def outside(self, what: str, by: str) -> dict[str, Any]:
        """Record exact statistics that were published elsewhere: no guarantee covers them."""
        if not what.strip():
            raise UsageError("nothing is said.", where="ledger outside", todo="Say what was published, and where.")
        return self._write([("outside", by, "", {"what": what})], self._policy())

    def verify(self, release: str, folder: Path) -> dict[str, Any]:
        """See that the files of a release are those that the ledger knows."""
        planned = read_ledger(self.ledger)[1].releases.get(release)
        if planned is None or not planned.files:
            raise ReleaseRefused(f"no release {release!r} was made.", where="ledger", todo="Make it first.")
        for name, digest in planned.files.items():
            if not (folder / name).is_file() or sha256_of(folder / name) != digest:
                raise InputError(
                    "the file is gone or was changed since it was made.",
                    where=name,
                    todo="Find the file as it was made.",
                )
        return {"release": release, "files": dict(planned.files), "verified": True}

    def _before(self, release: str) -> list[float]:
        """Give the ε of each release that was made before this one."""
        entries, _ = read_ledger(self.ledger)
        made = [entry.release for entry in entries if entry.event == "make"]
        until = made.index(release) if release in made else len(made)
        return [float(self._facts(name)["epsilon"]) for name in made[:until]]

    def _facts(self, release: str) -> Mapping[str, Any]:
        plans = [
            entry.facts for entry in read_ledger(self.ledger)[0] if (entry.event, entry.release) == ("plan", release)
        ]
        if not plans:
            raise ReleaseRefused(f"there is no release {release!r}.", where="ledger", todo="Plan it first.")
        return plans[0]

    def _policy(self) -> ReleasePolicy:
        policy = load_policy(self.policy)
        known = read_ledger(self.ledger)[1].policy
        if known and known != policy.sha256:
            raise ReleaseRefused(
                "this is not the policy that the ledger was opened with.",
                where=self.policy.name,
                todo="Take the policy as it was. A new one needs a new ledger, and what was spent stays spent.",
            )
        return policy

    def _write(self, events: list[tuple[str, str, str, Mapping[str, Any]]], policy: ReleasePolicy) -> dict[str, Any]:
        return _summary(Ledger(self.ledger).write(events), policy.delta)


def audit_table(
    table: Path,
    domain: Path,
    epsilon: float,
    delta: float | None,
    *,
    mode: str,
    runs: int,
    out: Path | None,
    max_rows: int = 1,
    earlier: Sequence[float] = (),
) -> dict[str, Any]:
    """Attack trial releases of invented rows, or of the records of a private release; ``earlier`` ones had these ε."""
    if mode not in private.MODES:
        raise UsageError(f"{mode!r} is no choice.", todo=f"Choose one of: {', '.join(private.MODES)}.")
    must_be_file(table, todo="Name invented rows, or the records of a private release: never the real file.")
    public = private.load_domain(domain)
    delta = private.public_delta(public.population) if delta is None else delta
    budget, *before = (private.Budget(each, delta, max_rows) for each in (epsilon, *earlier))
    rows = private.read_table(table)
    if rows.height < 100:
        raise InputError("100 rows are the least that can be attacked.", where=table.name, todo="Give it more.")
    codes = private.encode(rows, public, table.name)
    report = private.audit(codes, public, budget, mode, earlier=before, runs=runs).as_json()
    if out is not None:
        with atomic_file(out) as unfinished:
            unfinished.write_text(text_of(report), encoding="utf-8")
    return report


def verify_ledger(path: Path, head: str | None) -> dict[str, Any]:
    """See that no line of a ledger was changed, and that it ends, or went on, with a known hash."""
    must_be_file(path, todo="Name the ledger.")
    entries, book = read_ledger(path)
    if not entries:
        raise InputError("the ledger is empty: all of its lines are gone.", where=path.name, todo="Find a copy.")
    if head is not None and head not in [entry.hash for entry in entries]:
        raise InputError(
            "no line has the hash that you know: lines are gone from its end.", where=path.name, todo="Find a copy."
        )
    return {
        "verified": True,
        "lines": len(entries),
        "head": entries[-1].hash,
        "end_known": head is not None or known_end(path) is not None,
        "spent_rho": book.spent / 10**12,
    }


def show_ledger(path: Path) -> dict[str, Any]:
    """Add a ledger up."""
    must_be_file(path, todo="Name the ledger.")
    return _summary(read_ledger(path)[1], None)


def _summary(book: Book, delta: float | None) -> dict[str, Any]:
    spent = book.spent / 10**12
    releases = {
        name: {
            "product": one.product,
            "stage": one.stage,
            "audit_passed": one.passed,
            "approved_by": sorted(one.approvers),
        }
        for name, one in book.releases.items()
    }
    cost: dict[str, Any] = {"spent_rho": spent, "cap_rho": book.cap / 10**12}
    if delta is not None:
        cost |= {"spent_epsilon": round(private.epsilon_of(spent, delta), 4) if spent else 0.0, "delta": delta}
    return {"releases": releases, "budget": cost, "outside_the_guarantee": book.outside}
