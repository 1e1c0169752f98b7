"""A release under a policy, step by step, and everything that must not work on the way."""

from __future__ import annotations

import json
from types import SimpleNamespace

import polars as pl
import pytest
from typer.testing import CliRunner

from palermo.cli.main import app
from palermo.errors import InputError, PalermoError, ProjectError, ReleaseRefused, UsageError
from palermo.protection import private
from palermo.protection.private import membership
from tests.protection.private.conftest import DOMAIN, invented
from tests.protection.test_policy import POLICY


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "DOMAIN.toml").write_text(DOMAIN, "utf-8")
    (tmp_path / "POLICY.toml").write_text(POLICY.replace("epsilon = 8", "epsilon = 5"), "utf-8")
    people = invented(2000).with_row_index("person_id")
    people.write_parquet(tmp_path / "cases.parquet")
    invented(600, 3).write_parquet(tmp_path / "shadow.parquet")

    def say(command, *words):
        office = ["--policy", str(tmp_path / "POLICY.toml"), "--ledger", str(tmp_path / "store/ledger.jsonl")]
        answer = CliRunner().invoke(app, ["release", command, *words, *office])
        if answer.exception and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout)

    say.folder = tmp_path
    return say


def _make(say, name="r1", *more):
    table, out = str(say.folder / "cases.parquet"), str(say.folder / "public/OUT.parquet")
    return say("make", name, table, "--out", out, "--by", "Amara", "--person-id", "person_id", *more)


def _ledger(_, *words):
    answer = CliRunner().invoke(app, ["release", "ledger", *words])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.stdout


def test_from_a_plan_to_a_publication(desk):
    files = ["--files", str(desk.folder / "public")]
    ledger = str(desk.folder / "store/ledger.jsonl")
    desk("plan", "r1", "--epsilon", "4", "--by", "Amara")
    spent = desk("reserve", "r1", "--by", "Amara")["budget"]
    assert spent["spent_epsilon"] == pytest.approx(4, abs=0.01)
    made = _make(desk)
    assert made["releases"]["r1"]["stage"] == "made"
    assert "linked person" in made["guarantee"]["neighbours"]
    head = json.loads(_ledger(desk, "verify", ledger, "--json"))["head"]
    with pytest.raises(ReleaseRefused, match="not passed an audit"):
        desk("publish", "r1", *files, "--by", "Amara")
    shadow = str(desk.folder / "shadow.parquet")
    report = desk("audit", shadow, "--release", "r1", "--by", "Chen L.", "--runs", "4")
    assert report["passed"]
    desk("approve", "r1", *files, "--by", "Bruno K.")
    with pytest.raises(ReleaseRefused, match="two approvals"):
        desk("publish", "r1", *files, "--by", "Amara")
    with pytest.raises(ReleaseRefused, match="approved it already"):
        desk("approve", "r1", *files, "--by", "Bruno K.")
    desk("approve", "r1", *files, "--by", "Chen L.")
    assert desk("publish", "r1", *files, "--by", "Amara")["releases"]["r1"]["stage"] == "published"
    assert desk("verify", "r1", *files)["verified"]
    assert "all as they were written" in _ledger(desk, "verify", ledger, "--head", head)
    policy = str(desk.folder / "POLICY.toml")
    words = ("outside", "Exact counts, yearbook", "--policy", policy, "--ledger", ledger, "--by", "Amara")
    assert json.loads(_ledger(desk, *words))["outside_the_guarantee"] == 1
    assert json.loads(_ledger(desk, "show", ledger))["outside_the_guarantee"] == 1
    with pytest.raises(UsageError, match="nothing is said"):
        _ledger(desk, "outside", " ", *words[2:])
    with pytest.raises(UsageError, match="replaces nothing"):
        _make(desk)
    (desk.folder / "public/OUT.parquet").unlink()
    with pytest.raises(ReleaseRefused, match="is published"):
        _make(desk)


def test_a_table_that_does_not_fit_spends_nothing_more_and_can_be_mended(desk):
    desk("plan", "r1", "--epsilon", "4", "--by", "Amara", "--product", "tables")
    desk("reserve", "r1", "--by", "Amara")
    right = pl.read_parquet(desk.folder / "cases.parquet")
    strange = right.with_columns(gender=pl.lit("Woman"))
    for wrong, what in ((right.with_columns(name=pl.lit("x")), "declare the columns name"), (strange, "undeclared")):
        wrong.write_parquet(desk.folder / "cases.parquet")
        with pytest.raises(InputError, match=what):
            _make(desk)
    right.write_parquet(desk.folder / "cases.parquet")
    assert _make(desk)["releases"]["r1"]["stage"] == "made"


def test_a_second_release_beyond_the_budget_is_refused(desk):
    for name in ("r1", "r2"):
        desk("plan", name, "--epsilon", "4", "--by", "Amara", "--product", "tables")
    desk("reserve", "r1", "--by", "Amara")
    with pytest.raises(ReleaseRefused, match="budget is spent"):
        desk("reserve", "r2", "--by", "Amara")


def test_an_audit_subtracts_every_release_that_was_made_before(desk, monkeypatch):
    for name, epsilon in (("r1", "1"), ("r2", "2"), ("r3", "3")):
        desk("plan", name, "--epsilon", epsilon, "--by", "Amara", "--product", "tables")
    for name in ("r1", "r2"):
        desk("reserve", name, "--by", "Amara")
        out = str(desk.folder / name / "OUT.parquet")
        table = str(desk.folder / "cases.parquet")
        desk("make", name, table, "--out", out, "--by", "Amara", "--person-id", "person_id")
    told = []

    def _audit(*_, earlier, runs):
        told.append([budget.epsilon for budget in earlier])
        return SimpleNamespace(as_json=lambda: {"passed": runs == 40})

    monkeypatch.setattr(private, "audit", _audit)
    for name in ("r1", "r2"):
        desk("audit", str(desk.folder / "shadow.parquet"), "--release", name, "--by", "Chen L.")
    assert told == [[], [1]]


def test_what_stops_in_the_middle_is_spent_and_not_made_again(desk, monkeypatch):
    desk("plan", "r1", "--epsilon", "4", "--by", "Amara")
    desk("reserve", "r1", "--by", "Amara")

    def _crash(*_):
        raise MemoryError

    with monkeypatch.context() as crashing, pytest.raises(MemoryError):
        crashing.setattr(private, "release_privately", _crash)
        _make(desk)
    with pytest.raises(ReleaseRefused, match="plan another"):
        _make(desk)
    told = json.loads(_ledger(desk, "show", str(desk.folder / "store/ledger.jsonl")))
    assert told["budget"]["spent_rho"] > 0.3
    assert not (desk.folder / "public").exists()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("plan", "r1", "--epsilon", "4.5", "--by", "Amara"), ReleaseRefused),
        (("plan", "r1", "--epsilon", "0", "--by", "Amara"), ReleaseRefused),
        (("plan", "r1", "--epsilon", "1", "--by", "Amara", "--product", "names"), UsageError),
        (("reserve", "r1", "--by", "Amara"), PalermoError),
        (("verify", "r1", "--files", "."), ReleaseRefused),
        (("audit", "none.parquet", "--release", "r1"), UsageError),
        (("audit", "none.parquet", "--release", "r1", "--by", "Chen L."), ReleaseRefused),
    ],
)
def test_wrong_words_are_refused(desk, words, error):
    with pytest.raises(error):
        desk(*words)


def test_a_policy_for_persons_asks_which_rows_are_one_persons(desk):
    desk("plan", "r1", "--epsilon", "1", "--by", "Amara")
    desk("reserve", "r1", "--by", "Amara")
    with pytest.raises(UsageError, match="which rows are one person"):
        desk("make", "r1", str(desk.folder / "cases.parquet"), "--out", str(desk.folder / "o.parquet"), "--by", "A")


def test_a_changed_policy_ledger_or_file_is_seen(desk):
    desk("plan", "r1", "--epsilon", "1", "--by", "Amara", "--product", "tables")
    desk("reserve", "r1", "--by", "Amara")
    _make(desk)
    made = desk.folder / "public/OUT.parquet"
    made.write_bytes(made.read_bytes() + b"x")
    with pytest.raises(InputError, match="changed since it was made"):
        desk("approve", "r1", "--files", str(desk.folder / "public"), "--by", "Chen L.")
    ledger = desk.folder / "store/ledger.jsonl"
    with pytest.raises(InputError, match="lines are gone"):
        _ledger(desk, "verify", str(ledger), "--head", "0" * 64)
    policy = desk.folder / "POLICY.toml"
    policy.write_text(policy.read_text("utf-8").replace("epsilon = 5", "epsilon = 60"), "utf-8")
    with pytest.raises((ReleaseRefused, InputError)):
        desk("plan", "r2", "--epsilon", "1", "--by", "Amara")
    policy.write_text(policy.read_text("utf-8").replace("epsilon = 60", "epsilon = 20"), "utf-8")
    with pytest.raises(ReleaseRefused, match="not the policy"):
        desk("plan", "r2", "--epsilon", "1", "--by", "Amara")
    whole = ledger.read_bytes()
    ledger.write_bytes(b"")
    with pytest.raises(InputError, match="lines are gone from its end"):
        _ledger(desk, "verify", str(ledger))
    end = ledger.with_name("ledger.jsonl.end")
    kept = end.read_bytes()
    end.unlink()
    with pytest.raises(InputError, match="ledger is empty"):
        _ledger(desk, "verify", str(ledger))
    ledger.write_bytes(whole)
    assert "give a hash it had" in _ledger(desk, "verify", str(ledger))
    assert json.loads(_ledger(desk, "verify", str(ledger), "--json"))["end_known"] is False
    end.write_bytes(kept)
    assert json.loads(_ledger(desk, "verify", str(ledger), "--json"))["end_known"] is True
    ledger.write_bytes(whole + b"\xff\n")
    with pytest.raises(InputError, match="is not as it was written"):
        _ledger(desk, "verify", str(ledger))
    ledger.write_bytes(whole)
    ledger.write_text(ledger.read_text("utf-8").replace("Amara", "Amira", 1), "utf-8")
    with pytest.raises(InputError, match="line 1"):
        _ledger(desk, "verify", str(ledger))
    told = json.loads(CliRunner().invoke(app, ["release", "ledger", "verify", str(ledger), "--json"]).stdout)
    assert told["verified"] is False and told["what"].startswith("line 1 is not as it was written")
    with pytest.raises((InputError, ProjectError)):
        _ledger(desk, "show", str(ledger))


def test_an_audit_without_a_ledger_writes_its_page_and_fails_loudly(desk, monkeypatch):
    page = desk.folder / "audit.json"
    words = ["release", "audit", str(desk.folder / "shadow.parquet"), "--domain", str(desk.folder / "DOMAIN.toml")]
    words += ["--epsilon", "4", "--runs", "2", "--mode", "accurate", "--out", str(page)]
    assert isinstance(CliRunner().invoke(app, [*words, "--mode", "best"]).exception, UsageError)
    assert CliRunner().invoke(app, words).exit_code == 0
    assert json.loads(page.read_text("utf-8"))["passed"] is True
    monkeypatch.setattr(membership.Membership, "passed", False)
    answer = CliRunner().invoke(app, words)
    assert isinstance(answer.exception, ReleaseRefused)
    pl.read_parquet(desk.folder / "shadow.parquet").head(50).write_parquet(desk.folder / "shadow.parquet")
    assert isinstance(CliRunner().invoke(app, words).exception, InputError)
