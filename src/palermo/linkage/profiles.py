"""How the encodings of each profile are matched."""

from __future__ import annotations

from typing import Protocol

from palermo.linkage.candidates import Pairs
from palermo.linkage.encodings import Encodings
from palermo.linkage.matching import Linkage, match
from palermo.linkage.schema import Profile
from palermo.linkage.settings import MatchSettings
from palermo.linkage.whole import match_whole

__all__ = ["MATCHERS"]


class _Match(Protocol):
    def __call__(self, encodings: Encodings, settings: MatchSettings, *, same: Pairs, different: Pairs) -> Linkage: ...


MATCHERS: dict[Profile, _Match] = {"field": match, "record": match_whole}
