"""The attacks may call the command line as its users do."""

from tests.journeys.conftest import palermo

__all__ = ["palermo"]
