"""Palermo: from agencies' case files to safe, sourced statistics on trafficking in persons.

For Python, ``import palermo`` has `read`, `tabulate`, `suggest_mapping` and `run`; see `palermo.door`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palermo.door import Records, read, run, suggest_mapping, tabulate

__version__ = "0.1.0"
__all__ = ["Records", "__version__", "read", "run", "suggest_mapping", "tabulate"]


def __getattr__(name: str) -> Any:
    """Open the door only when somebody comes through it: the command line starts faster without."""
    if name not in __all__:
        raise AttributeError(f"module 'palermo' has no attribute {name!r}")
    from palermo import door

    return getattr(door, name)
