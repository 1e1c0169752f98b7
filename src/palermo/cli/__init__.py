"""Words on the command line → workflows."""

from palermo.cli.main import main

__all__ = ["main"]
