"""``python -m palermo`` is the command line too."""

from palermo.cli import main

main()
