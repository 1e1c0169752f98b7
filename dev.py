"""Set palermo up, and do with it what one does in a day.

    python3 dev.py demo               build the demonstration country; the last line is its report
    python3 dev.py test [--all] ...   check, then test; more words go to pytest
    python3 dev.py check              words, types, floors, documents, length of files, no trace of a machine
    python3 dev.py standard           remake what is generated from the standard, in docs/standard
    python3 dev.py gallery [FOLDER]   draw every figure and page, to be looked at
    python3 dev.py lock [--upgrade]   remake the constraints files

It needs Python 3.11 or later and nothing else. Everything it installs goes into .venv beside it, and every
package is checked against its hash.
"""

import sys

if sys.version_info < (3, 11):  # so nothing above this line, and no newer grammar below, may trouble an older Python
    sys.exit(
        "palermo needs Python 3.11 or later, and this is Python {}.{}. Install a newer one, or run it by its name, "
        "as in: python3.12 dev.py demo".format(*sys.version_info)
    )

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

RUN = "constraints.txt"
DEV = "constraints-dev.txt"
BUILT_UPON = {RUN: (RUN,), DEV: (RUN, DEV)}
"""The constraints files of each set: what tests need comes on top of what a run needs."""
BUILDERS = ("setuptools>=80",)
"""What builds pyspark, which comes as source; palermo's own builder is named in pyproject.toml."""

CEILING = 600  # the most lines a Python file may have
TRACES = re.compile(
    rb"(?<![\w.-])/(?:work|root|farm)/\w+"
    rb"|\b(?:pypi\.org|(?:\w+\.)?pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org)\b"
)
"""What tells on whose machine, or through which registry, a file was made."""

JAVA = 17  # the oldest that runs Spark 4

Words = Sequence[str]


# ── saying and running ────────────────────────────────────────────────────────────────────────────


def say(mark: str, words: str) -> None:
    """Print one line, at once."""
    print(f"{mark} {words}", flush=True)


def run(command: Sequence[str | Path], **more: str) -> int:
    """Run a command in the project's folder, with more environment, and hand back its exit code."""
    return subprocess.run([str(word) for word in command], cwd=ROOT, env=os.environ | more, check=False).returncode


def must(command: Sequence[str | Path], otherwise: str) -> None:
    """Run a command, or stop with a sentence that helps."""
    if run(command) != 0:
        sys.exit(f"✗ {otherwise}")


# ── setting up ────────────────────────────────────────────────────────────────────────────────────


def prepare(wanted: str) -> None:
    """Install the set that is wanted, then palermo itself; only what is not there yet."""
    make_venv()
    stale = [file for file in BUILT_UPON[wanted] if not holds(file)]
    if not stale:
        return
    begun = time.monotonic()
    for file in stale:
        stamp(file).unlink(missing_ok=True)
    for file in stale:
        say("…", f"Installing what {file} names; the first time takes some minutes.")
        # What comes as source is built by the builders in the first file, whose hashes have been checked.
        isolation = [] if file == RUN else ["--no-build-isolation"]
        must(
            [*installer(), "--require-hashes", *isolation, "-r", file],
            "The packages could not be installed. Is there a connection, and room on the disk? Then run it again: "
            "what has arrived is not fetched twice.",
        )
    must(
        [*installer(), "--no-deps", "--no-build-isolation", "--editable", "."],
        "The packages are there, but palermo could not be installed; the lines above say why.",
    )
    for file in stale:
        stamp(file).write_text(fingerprint(file), encoding="utf-8")
    say("✓", f"Installed in {time.monotonic() - begun:.0f} s.")


def make_venv() -> None:
    """Make .venv, unless it is there and of this Python."""
    version = "{}.{}.".format(*sys.version_info)
    config = VENV / "pyvenv.cfg"
    told = re.findall(r"^version\w* *= *(\S+)", config.read_text(encoding="utf-8"), re.M) if config.exists() else []
    if PYTHON.exists() and any(f"{found}.".startswith(version) for found in told):
        return
    say("…", "Making .venv.")
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    maker = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    must(
        [*maker, str(VENV)],
        ".venv could not be made. On Debian and Ubuntu, Python's venv is a package of its own: "
        "apt-get install python3-venv",
    )


def installer() -> list[str | Path]:
    """Choose uv if it is there, and pip if not."""
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON]
    if not any(VENV.glob("[Ll]ib*/**/site-packages/pip")):
        must([PYTHON, "-m", "ensurepip"], "pip could not be put into .venv. Remove .venv and run it again.")
    return [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]


def stamp(file: str) -> Path:
    """Name the file that remembers what was installed."""
    return VENV / f".installed-{Path(file).stem}"


def fingerprint(wanted: str) -> str:
    """Hash everything on which the installed packages depend."""
    told = hashlib.sha256(sys.version.encode())
    for file in ("pyproject.toml", *BUILT_UPON[wanted]):
        told.update((ROOT / file).read_bytes())
    return told.hexdigest()


def holds(file: str) -> bool:
    """Say whether this set is installed as its file stands now."""
    kept = stamp(file)
    return kept.exists() and kept.read_text(encoding="utf-8") == fingerprint(file)


# ── checking ──────────────────────────────────────────────────────────────────────────────────────


def tracked(*patterns: str) -> list[Path]:
    """List the files that git tracks or would track; without git, all that are not hidden."""
    asked = ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", *patterns]
    try:
        told = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        found = [path for pattern in patterns or ("*",) for path in ROOT.rglob(pattern)]
        names = [path.relative_to(ROOT) for path in found]
        made = {"build", "dist", "gallery", "demo-country", "htmlcov", "__pycache__"}
        kept = [name for name in names if not any(part.startswith(".") or part in made for part in name.parts)]
    else:
        kept = [Path(name) for name in told.split("\0") if name]
    return sorted(name for name in kept if (ROOT / name).is_file())


def long_files() -> list[str]:
    """Name the Python files above the ceiling."""
    lengths = {path: (ROOT / path).read_bytes().count(b"\n") for path in tracked("*.py")}
    return [f"{path}: {n} lines, {n - CEILING} too many" for path, n in lengths.items() if n > CEILING]


def traces() -> list[str]:
    """Name the lines that hold a path of somebody's machine, or a registry's host."""
    return [
        f"{path}:{number}: {found[0].decode()}"
        for path in tracked()
        for number, line in enumerate((ROOT / path).read_bytes().splitlines(), 1)
        for found in TRACES.finditer(line)
    ]


def tool(name: str, *words: str) -> Callable[[], list[str]]:
    """Make a step of a program: what it says when it fails."""

    def step() -> list[str]:
        done = subprocess.run([BIN / name, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        said = (done.stdout + done.stderr).splitlines()
        return (said or [f"{name} ended with exit code {done.returncode}"]) if done.returncode else []

    return step


STEPS: dict[str, Callable[[], list[str]]] = {
    "words (ruff check)": tool("ruff", "check", "--quiet", "."),
    "layout (ruff format)": tool("ruff", "format", "--check", "--quiet", "."),
    "types (mypy --strict)": tool("mypy"),
    "floors (import-linter)": tool("lint-imports", "--no-logo"),
    "documents (zensical, links too)": tool("zensical", "build", "--clean", "--strict"),
    f"no Python file above {CEILING} lines": long_files,
    "no trace of a machine or a registry": traces,
}


def check() -> bool:
    """Go through all steps, one line each; say whether all is well."""
    well = True
    for name, step in STEPS.items():
        wrong = step()
        say("✗" if wrong else "✓", name)
        for line in wrong:
            say(" ", line)
        well = well and not wrong
    return well


# ── Java, for the Spark test ──────────────────────────────────────────────────────────────────────


def java_version() -> int:
    """Ask Java its version; 0 if there is none."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else "java"
    try:
        told = subprocess.run([java, "-version"], capture_output=True, encoding="utf-8", check=True).stderr
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0


def prepare_java() -> None:
    """See to it that Spark finds a Java, where that can be done without asking."""
    if java_version() >= JAVA:
        return
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        say("…", "Installing Java for the Spark test.")
        run([apt, "-qq", "update"])
        for package in ("openjdk-17-jre-headless", "openjdk-21-jre-headless"):
            if run([apt, "-qq", "install", "-y", package], DEBIAN_FRONTEND="noninteractive") == 0:
                break
    if java_version() < JAVA:
        say("!", f"There is no Java {JAVA} or later, so the tests on Spark will be skipped.")


# ── the commands ──────────────────────────────────────────────────────────────────────────────────


def demo(words: Words) -> int:
    """Build the demonstration country and say where its report is."""
    prepare(RUN)
    return subprocess.run([BIN / "palermo", "demo", *words], check=False).returncode


def test(words: Words) -> int:
    """Check, then test; pytest has the last line."""
    prepare(DEV)
    prepare_java()
    well = check()
    told = ["--run-slow" if word == "--all" else word for word in words]
    if set(words) <= {"--all"}:
        told += ["-n", "logical", "--dist", "loadfile"]  # all of them: as many files at a time as there are cores
    loopback = {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": str(PYTHON), "PYSPARK_DRIVER_PYTHON": str(PYTHON)}
    return run([PYTHON, "-m", "pytest", *told], **loopback) or int(not well)


def only_check(words: Words) -> int:
    """Check, without testing."""
    none_more(words)
    prepare(DEV)
    return int(not check())


def gallery(words: Words) -> int:
    """Draw every figure and page into a folder, so that people can look at them."""
    folder, *more = words or ["gallery"]
    none_more(more)
    script = ROOT / "tests" / "support" / "gallery.py"
    if not script.exists():
        sys.stderr.write("There is no gallery yet: tests/support/gallery.py is missing.\n")
        return 2
    prepare(DEV)
    return run([PYTHON, script, Path(folder).absolute()], PYTHONPATH=str(ROOT))


def standard(words: Words) -> int:
    """Remake the pages and schemas of the standard."""
    none_more(words)
    prepare(DEV)
    return run([BIN / "palermo", "standard", "schema", "--out", "docs/standard"])


def lock(words: Words) -> int:
    """Remake the constraints files; without --upgrade a pin that still fits stays."""
    none_more([word for word in words if word != "--upgrade"])
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        uv = shutil.which("uv") or throwaway_uv(folder / "venv")
        own = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
        builders = folder / "builders.in"
        builders.write_text("\n".join([*own, *BUILDERS]), encoding="utf-8")
        command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate", "--no-strip-extras"]
        on_top = ["--extra", "spark", "--extra", "psi", "--extra", "dev", "--constraint", str(folder / RUN)]
        for file, more in ((RUN, []), (DEV, on_top)):
            if (ROOT / file).exists() and "--upgrade" not in words:
                shutil.copy(ROOT / file, folder)
            must(
                [*command, *more, "pyproject.toml", builders, "--output-file", folder / file],
                f"{file} stays as it is: no set of versions could be found; the lines above say why.",
            )
            pins = (folder / file).read_text(encoding="utf-8")
            if "://" in pins or TRACES.search(pins.encode()):
                sys.exit(f"✗ {file} stays as it is: an address got into it.")
            (ROOT / file).write_text(f"# Made by: python3 dev.py lock\n{pins}", encoding="utf-8")
            say("✓", f"{file}: {len(re.findall(r'^[^ #]+==', pins, re.M))} packages")
    return 0


def throwaway_uv(folder: Path) -> str:
    """Install uv where it is gone again soon."""
    must([sys.executable, "-m", "venv", folder], "A virtual environment for uv could not be made.")
    python = folder / BIN.name / PYTHON.name
    must([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"], "uv could not be installed.")
    return str(folder / BIN.name / "uv")


def none_more(words: Words) -> None:
    """Refuse words that mean nothing here."""
    if words:
        sys.stderr.write(f"dev.py does not know: {' '.join(words)}\n{__doc__}")
        sys.exit(2)


COMMANDS = {"demo": demo, "test": test, "check": only_check, "gallery": gallery, "standard": standard, "lock": lock}


def main(words: Words) -> int:
    """Do what the first word says."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0 if words else 2
    if words[0] not in COMMANDS:
        none_more(words)
    try:
        return COMMANDS[words[0]](words[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without ticks gets a "?"
    sys.exit(main(sys.argv[1:]))
