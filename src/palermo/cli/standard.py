"""The commands on the data standard: what it says, its forms, its schemas and its crosswalks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(
    help="The data standard: fields, code lists, forms, schemas and crosswalks.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer for programs.")]
FolderOption = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", file_okay=False, help="The folder to write to.")
]
FieldOption = Annotated[str | None, typer.Option("--field", metavar="FIELD", help="Only what concerns this field.")]


@app.command()
def show(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A record type, a link or a field.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what is recorded and how it belongs together, or all there is to say of one record type, link or field."""
    from palermo.cli.standard_answers import show_standard
    from palermo.standard import load_standard

    show_standard(load_standard(), name, as_json=as_json)


@app.command()
def fields(as_json: JsonOption = False) -> None:
    """List the fields of the standard."""
    from palermo.cli.standard_answers import show_fields
    from palermo.standard import load_standard

    show_fields(load_standard(), as_json=as_json)


@app.command()
def codes(
    name: Annotated[
        str | None, typer.Argument(metavar="[LIST]", help="A code list, ours or another standard's, or a field.")
    ] = None,
    language: Annotated[str, typer.Option("--language", metavar="XX", help="The language of the labels.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """List the codes of a list, or the lists; every code says how certain it is."""
    from palermo.cli.standard_answers import show_codes
    from palermo.standard import load_standard

    show_codes(load_standard(), name, language, as_json=as_json)


@app.command()
def form(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which form: minimum or full.")],
    out: FolderOption = None,
    language: Annotated[str, typer.Option("--language", metavar="XX[,XX…]", help="The languages of the form.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """List what a form asks and why; with --out, write it as an XLSForm with the mapping that reads its answers."""
    from palermo.cli.standard_answers import show_form
    from palermo.standard import load_form, load_standard, write_form

    standard = load_standard()
    asked = load_form(name, standard)
    if out is None:
        show_form(asked, as_json=as_json)
        return
    languages = tuple(said.strip() for said in language.split(",") if said.strip())
    for path in write_form(asked, standard, out, languages):
        typer.echo(path)


@app.command()
def schema(
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND…]", help="json-schema, table-schema, sql or pages; else all.")
    ] = None,
    out: FolderOption = None,
) -> None:
    """Write the standard for programs (JSON Schema, Table Schema, SQL) and for people (pages)."""
    from palermo.errors import UsageError
    from palermo.standard import generate, load_standard, write_schemas

    if out is not None:
        for path in write_schemas(load_standard(), out, tuple(kinds or ())):
            typer.echo(path)
        return
    first, *more = generate(load_standard(), tuple(kinds or ())).values()
    if more:
        raise UsageError(f"these are {len(more) + 1} files.", todo="Name a folder for them with --out.")
    typer.echo(first, nl=False)


@app.command()
def crosswalk(
    name: Annotated[
        str | None, typer.Argument(metavar="[STANDARD]", help="Another standard, such as htcds-2.0.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="STANDARD", help="From that one to this, by ours.")] = None,
    field: FieldOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say how fields and codes are said in another standard, how exactly, and what is lost; or name the crosswalks."""
    from palermo.cli.standard_answers import show_chain, show_crosswalk, show_crosswalks
    from palermo.errors import UsageError
    from palermo.standard import load_crosswalk, load_standard

    standard = load_standard()
    if field is not None:
        standard.field(field)
    if name is None and (field or to):
        todo = f"Name it, as in: palermo standard crosswalk htcds-2.0{f' --field {field}' if field else ''}"
        raise UsageError("a crosswalk begins with a standard, and none is named.", todo=todo)
    if name is None:
        show_crosswalks(standard, as_json=as_json)
    elif to is None:
        show_crosswalk(load_crosswalk(name, standard), field, as_json=as_json)
    else:
        show_chain(load_crosswalk(name, standard), load_crosswalk(to, standard), field, as_json=as_json)
