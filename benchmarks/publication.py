"""What a whole publication of CTDC's synthetic file takes, report included."""

from pathlib import Path
from tempfile import TemporaryDirectory

from measure import PALERMO, given_file, measure

with TemporaryDirectory() as folder:
    project = Path(folder) / "project"
    words = ("--mapping", "ctdc-2021", "--country", "world", "--publisher", "Benchmark")
    measure(*PALERMO, "init", project, "--source", str(given_file()), *words)
    print("palermo run:", measure(*PALERMO, "run", project))
