"""Palermo: from agencies' case files to safe, sourced statistics on trafficking in persons."""

__version__ = "0.1.0"
