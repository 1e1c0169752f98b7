"""What the demonstration country takes at a size, from invention through intake to the report."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import PALERMO, measure

victims = sys.argv[1] if len(sys.argv) > 1 else "10000000"
with TemporaryDirectory() as folder:
    country = Path(folder) / "valmara"
    print(f"{int(victims):,} victims:", measure(*PALERMO, "demo", "--victims", victims, "--parquet", "--out", country))
