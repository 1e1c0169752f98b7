# ruff: noqa: E501
"""Write docs/guide/registers.md from the declarations by which the registers are read.

python tools/make_register_guide.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from palermo.commitments import answers, cooperation, funds, meetings, recommendations
from palermo.commitments.beside import BESIDE
from palermo.commitments.catalogue import CATALOGUE
from palermo.commitments.records import Form, RecordKind
from palermo.commitments.registers import FIELD_FORMS, Field, Register
from palermo.workflows.register_beside import BESIDE_VIEWS
from palermo.workflows.register_views import VIEWS

GUIDE = Path(__file__).parents[1] / "docs/guide/registers.md"

NOUNS = {
    "Questionnaires and answers": answers,
    "Recommendations and follow-up": recommendations,
    "Cooperation": cooperation,
    "Funds": funds,
    "Meetings": meetings,
}

HEAD = """# The registers

A register is a CSV file in a project's folder `register/`, one row a record. You fill it with a spreadsheet program and save it as CSV in
UTF-8. `palermo register begin` makes the files with their headings. Some come with facts, each with its source: the questions by provision,
the founders of ICAT, the two trust funds, and the meetings that have appraised the Global Plan. What is recalled there, or reconstructed,
says so.

A file that you do not need can be empty, or not be there. All files are loaded together, or nothing is: `palermo register check` names file
and row of everything that must be mended.

## What every record begins with

| column | must be filled | holds |
|---|---|---|
| `id` | yes | Names the record, alone in this file. |
| `recorded_on` | yes | The day on which you entered it, as in 2013-05-14. |
| `source` | yes | Where it is from: a symbol, a letter, a page. |
| `corrects` | | In a correction, the id of the record that was wrong. |
| `withdrawn` | | `yes` in a correction after which the thing no longer stands. Its other columns may be empty. |

**Never change a row.** What turns out to be wrong is corrected by a new row below it, with an id of its own, today as `recorded_on`, and the
old id in `corrects`. Other files go on naming the first id. `--as-recorded DATE` shows what you knew on a day, `--as-of DATE` what was true
on a day. A date can be a day, a month or a year; of a year, all of it must lie before the day that is asked for.

Registers hold offices and organisations, and no person who was trafficked. Do not write a story of one into them.

## What can be asked

`palermo register show NAME`; the name of a file, such as `grants.csv`, shows its records as of a day.

"""


BESIDE_HEAD = """## Treaties, laws, appraisal and report

`palermo treaties`, `palermo appraise` and `palermo sg-section` read these files too. [Treaties](../method/treaties.md) and
[appraisal](../method/appraisal.md) say what becomes of them. `provisions.csv` may lie beside them: the official text of the Global Plan.
"""

FORMS = {
    Form.TEXT: FIELD_FORMS["text"].words,
    Form.DAY: FIELD_FORMS["day"].words,
    Form.SPAN: "a day, a month or a year, as in 2013-05-14, 2013-05 or 2013; between two, as in 2016-10/2018-07; `../2018-07` is by then",
    Form.NUMBER: FIELD_FORMS["number"].words,
    Form.FLAG: FIELD_FORMS["flag"].words,
    Form.STATE: FIELD_FORMS["state"].words,
}


def guide() -> str:
    """Write the whole page."""
    return HEAD + "\n".join([*_views(), "", *_nouns()])


def _views() -> Iterator[str]:
    yield "| name | shows | |"
    yield "|---|---|---|"
    for name, (words, private, _) in VIEWS.items():
        yield f"| `{name}` | {words} | {'private' if private else ''} |"
    for name, (words, _) in BESIDE_VIEWS.items():
        yield f"| `{name}` | {words} | |"


def _nouns() -> Iterator[str]:
    for heading, noun in NOUNS.items():
        yield f"## {heading}\n"
        for register in noun.REGISTERS:
            yield from _register(CATALOGUE.registers[register.name])
        yield "What must hold:\n"
        for rule in noun.RULES:
            yield f"- {(rule.__doc__ or '').strip()}"
        yield ""
    yield BESIDE_HEAD
    for kind in BESIDE.values():
        yield from _kind(kind)


def _kind(kind: RecordKind) -> Iterator[str]:
    yield f"### {kind.file}\n"
    yield kind.words
    yield f"It counts from `{kind.true_from}` on.\n" if kind.true_from else ""
    yield "| column | must be filled | holds | as |"
    yield "|---|---|---|---|"
    for column in kind.own:
        as_ = ", ".join(f"`{code}`" for code in sorted(column.codes)) or FORMS[column.form]
        yield f"| `{column.name}` | {'yes' if column.needed else ''} | {column.words} | {as_} |"
    yield ""


def _register(register: Register) -> Iterator[str]:
    yield f"### {register.file}\n"
    yield f"{register.words}"
    yield f"It counts from `{register.true_from}` on.\n" if register.true_from else ""
    yield "| column | must be filled | holds | as |"
    yield "|---|---|---|---|"
    for field in register.fields:
        yield f"| `{field.name}` | {'yes' if field.needed else ''} | {field.words} | {_form(field)} |"
    yield ""


def _form(field: Field) -> str:
    if field.codes:
        return ", ".join(f"`{code}`" for code in field.codes)
    into = " or ".join(f"`{name}.csv`" for name in field.into)
    return f"{FIELD_FORMS[field.form].words}{f' in {into}' if into else ''}"


if __name__ == "__main__":
    GUIDE.write_text(guide(), encoding="utf-8")
