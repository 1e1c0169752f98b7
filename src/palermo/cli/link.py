"""`palermo link …`: count each person once, across agencies that cannot share names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from palermo.errors import UsageError

__all__ = ["link"]

link = typer.Typer(
    help="Which records are the same person, without names.", no_args_is_help=True, rich_markup_mode=None
)
key = typer.Typer(help="Keys: made, split, changed and destroyed.", no_args_is_help=True, rich_markup_mode=None)
overlap = typer.Typer(
    help="How many people two agencies share, without a centre.", no_args_is_help=True, rich_markup_mode=None
)
link.add_typer(key, name="key")
link.add_typer(overlap, name="overlap")

JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer for programs.")]
KeyArgument = Annotated[Path, typer.Argument(metavar="KEY", help="The file of a key.")]
KeyOption = Annotated[Path, typer.Option("--key", metavar="KEY", help="The key of the project.")]
PeopleArgument = Annotated[
    Path,
    typer.Argument(
        metavar="PEOPLE",
        help="A CSV or Parquet file of people: record_id, first_name, surname, birth_date, sex, citizenship, document.",
    ),
]
EncodingsArgument = Annotated[list[Path], typer.Argument(metavar="ENC…", help="Files of encodings, one an agency.")]
PersonsOption = Annotated[Path, typer.Option("--out", metavar="PERSONS", help="Where the persons go, private.")]
MappingOption = Annotated[
    Path | None, typer.Option("--mapping", metavar="MAP", help="A TOML file that says which heading is which field.")
]
EncodeMappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="MAP",
        help="A TOML file that says which heading is which, or the mapping by which a file becomes records.",
    ),
]


@key.command("new")
def key_new(
    out: Annotated[Path, typer.Option("--out", metavar="KEY", help="The file to make.")],
    project: Annotated[str, typer.Option("--project", metavar="NAME", help="What the key is for.")] = "linkage",
) -> None:
    """Make a key for a project, which its agencies share and its linkage unit never has."""
    from palermo import linkage

    made = linkage.new_key(project, as_of=_now().date())
    linkage.write_key(made, out)
    _say(f"Made the key {made.id}. Give it to the agencies by a safe way, and never to whoever compares the encodings.")


@key.command("split")
def key_split(
    file: KeyArgument,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder for the shares.")],
    shares: Annotated[int, typer.Option("--shares", metavar="N", help="How many shares to make.")] = 3,
    needed: Annotated[int, typer.Option("--needed", metavar="K", help="How many give the key back.")] = 2,
) -> None:
    """Split a key into shares for several parties."""
    from palermo import linkage

    paths = linkage.split(linkage.read_key(file), shares=shares, needed=needed, folder=out)
    _say(
        f"Made {len(paths)} shares; any {needed} give the key back. Give each to another party, then"
        f" destroy {file.name}."
    )


@key.command("join")
def key_join(
    shares: Annotated[list[Path], typer.Argument(metavar="SHARE…", help="Shares of one key.")],
    out: Annotated[Path, typer.Option("--out", metavar="KEY", help="The file to make.")],
) -> None:
    """Put a key together again from its shares."""
    from palermo import linkage

    found = linkage.join(shares)
    linkage.write_key(found, out)
    _say(f"Put the key {found.id} together.")


@key.command("rotate")
def key_rotate(
    file: KeyArgument, out: Annotated[Path, typer.Option("--out", metavar="KEY", help="The file to make.")]
) -> None:
    """Make the next key of a project; all agencies encode again with it."""
    from palermo import linkage

    made = linkage.rotate(linkage.read_key(file), as_of=_now().date())
    linkage.write_key(made, out)
    _say(f"Made the key {made.id}, version {made.version}. Encode again everywhere, then destroy {file.name}.")


@key.command("destroy")
def key_destroy(file: KeyArgument, yes: Annotated[bool, typer.Option("--yes", help="Yes, for ever.")] = False) -> None:
    """Overwrite a key and take it away; what it encoded can then be compared with nothing new."""
    from palermo import linkage

    if not yes:
        raise UsageError("a destroyed key does not come back.", todo="Say --yes if that is what you want.")
    _say(
        f"Destroyed the key {linkage.destroy(file)}. Copies in backups and snapshots are out"
        " of reach: destroy them too."
    )


@link.command()
def encode(
    people: PeopleArgument,
    key: KeyOption,
    out: Annotated[Path, typer.Option("--out", metavar="ENC", help="Where the encodings go.")],
    mapping: EncodeMappingOption = None,
    source: Annotated[
        str, typer.Option("--source", metavar="NAME", help="The agency; the file's name otherwise.")
    ] = "",
    schema: Annotated[
        str, typer.Option("--schema", metavar="NAME", help="The profile field or record, or a schema file.")
    ] = "field",
    pseudonymise: Annotated[
        Path | None,
        typer.Option("--pseudonymise", metavar="LOCAL", help="Replace ids, and keep the way back in this file."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Turn an agency's people into encodings that hold no name, no date and no number of a document."""
    from palermo.cli.linkage_answers import show_encode
    from palermo.cli.screen import show_json
    from palermo.workflows.linking.encode import EncodeRequest
    from palermo.workflows.linking.encode import encode as run

    answer = run(EncodeRequest(people, key, out, mapping, source, schema, pseudonymise))
    show_encode(answer)
    if as_json:
        show_json(answer.as_json())


@link.command()
def match(
    encodings: EncodingsArgument,
    out: PersonsOption,
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="P", help="From which probability on two records are one person.")
    ] = 0.5,
    deduplicated: Annotated[
        bool, typer.Option("--deduplicated", help="Every agency has counted its own people once.")
    ] = False,
    no_twins: Annotated[
        bool, typer.Option("--no-twins", help="Link records that share all but a first name, as those of twins do.")
    ] = False,
    judgements: Annotated[
        Path | None, typer.Option("--judgements", metavar="FILE", help="What people have judged; it is respected.")
    ] = None,
    links: Annotated[
        Path | None, typer.Option("--links", metavar="FILE", help="Where pairs for review go, private.")
    ] = None,
    histories: Annotated[
        Path | None, typer.Option("--histories", metavar="FILE", help="Where capture histories go, private.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say which encoded records are the same person."""
    from palermo.cli.linkage_answers import show_match
    from palermo.cli.screen import show_json
    from palermo.linkage import MatchSettings
    from palermo.workflows.linking.match import MatchRequest
    from palermo.workflows.linking.match import match as run

    settings = MatchSettings(threshold=threshold, deduplicated=deduplicated, doubt_twins=not no_twins)
    answer = run(MatchRequest(tuple(encodings), out, settings, judgements, links, histories))
    show_json(answer.as_json()) if as_json else show_match(answer)


@link.command()
def dedupe(
    people: PeopleArgument,
    out: PersonsOption,
    mapping: MappingOption = None,
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="P", help="From which probability on two records are one person.")
    ] = 0.5,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="duckdb, or spark for a file that outgrows one machine.")
    ] = "duckdb",
    as_json: JsonOption = False,
) -> None:
    """Say which records of one agency are the same person, by their names as they are."""
    from palermo.cli.linkage_answers import show_dedupe
    from palermo.cli.screen import show_json
    from palermo.linkage import MatchSettings
    from palermo.workflows.linking.dedupe import dedupe as run

    answer = run(people, out, settings=MatchSettings(threshold=threshold), mapping=mapping, engine=engine)
    show_json(answer.as_json()) if as_json else show_dedupe(answer)


@link.command()
def judge(
    pair: Annotated[
        tuple[str, str, str, str], typer.Argument(metavar="SOURCE RECORD SOURCE RECORD", help="Two records.")
    ],
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="same, different, unsure or undo.")],
    judgements: Annotated[Path, typer.Option("--judgements", metavar="FILE", help="The table; a row is added.")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who judges.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why, without names.")],
) -> None:
    """Write down whether two records are one person; nothing written before is ever changed."""
    from palermo.linkage.judgements import append_judgement

    append_judgement(judgements, pair, verdict, by=by, at=_now(), why=why)
    _say("Written down. The next match respects it.")


@overlap.command("ask")
def overlap_ask(
    people: PeopleArgument,
    key: KeyOption,
    out: Annotated[Path, typer.Option("--out", metavar="MESSAGE", help="What goes to the other agency.")],
    state: Annotated[
        Path, typer.Option("--state", metavar="FILE", help="What stays at home until the answer is read.")
    ],
    mapping: MappingOption = None,
) -> None:
    """Ask another agency how many people you share."""
    from palermo.workflows.linking.overlap import ask

    ask(people, key, out, state, mapping)
    _say(f"Send {out.name} to the other agency, and keep {state.name}.")


@overlap.command("answer")
def overlap_answer(
    people: PeopleArgument,
    message: Annotated[Path, typer.Argument(metavar="MESSAGE", help="What the other agency sent.")],
    key: KeyOption,
    out: Annotated[Path, typer.Option("--out", metavar="ANSWER", help="What goes back.")],
    mapping: MappingOption = None,
) -> None:
    """Answer an agency that asks; it learns a number, and nothing else."""
    from palermo.workflows.linking.overlap import answer

    answer(people, key, message, out, mapping)
    _say(f"Send {out.name} back. Write down that you answered: each answer tells a number.")


@overlap.command("count")
def overlap_count(
    answer: Annotated[Path, typer.Argument(metavar="ANSWER", help="What came back.")],
    state: Annotated[Path, typer.Option("--state", metavar="FILE", help="What you kept when you asked.")],
    as_json: JsonOption = False,
) -> None:
    """Read the number in the answer: a lower bound, and private."""
    from palermo.cli.screen import show_json
    from palermo.workflows.linking.overlap import count

    found = count(state, answer)
    show_json(found.as_json()) if as_json else typer.echo(f"at least {found.at_least:,}")


def _now() -> datetime:
    return datetime.now(UTC)


def _say(text: str) -> None:
    typer.echo(text, err=True)
