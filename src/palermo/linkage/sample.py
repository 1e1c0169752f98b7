"""A clerical sample: the order in which people judge pairs, so that what they find speaks for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from palermo.linkage.candidates import Pairs
from palermo.linkage.matching import Linkage

__all__ = ["Sample", "draws", "interval", "sampled", "strata"]

_TRIALS = 4000
_LEVEL = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Sample:
    """What people have found in one stratum, from the first pair of its order on."""

    pairs: int
    """How many pairs the stratum holds."""
    judged: int
    same: int

    def shares(self, seed: int) -> npt.NDArray[np.float64]:
        """Draw the share of pairs that are one person's, given what was found (Jeffreys's prior)."""
        rng = np.random.Generator(np.random.PCG64(seed))
        return rng.beta(self.same + 0.5, self.judged - self.same + 0.5, _TRIALS)


def interval(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Give what 95 percent of drawn values lie between."""
    low, high = np.percentile(values, _LEVEL)
    return float(low), float(high)


def strata(linkage: Linkage) -> npt.NDArray[np.str_]:
    """Say of each likely pair whether it is a ``link`` or in ``doubt``."""
    return np.where(linkage.accepted, "link", "doubt")


def draws(linkage: Linkage) -> npt.NDArray[np.int64]:
    """Say when each likely pair is to be judged: 1 is the first of its stratum.

    The order is by a hash of the records' names, so that it is by chance, and the same in a later run.
    """
    of = strata(linkage)
    chance = np.array([_hash(linkage, pair) for pair in linkage.likely.pairs.tolist()], dtype=np.uint64)
    order = np.lexsort((chance, of))
    place = np.empty(len(of), np.int64)
    place[order] = np.arange(len(of))
    first = {name: int(place[of == name].min()) for name in set(of.tolist())}
    return place - np.array([first[name] for name in of.tolist()], dtype=np.int64) + 1


def sampled(linkage: Linkage, judged: Pairs, same: npt.NDArray[np.float64]) -> dict[str, Sample]:
    """Give by stratum what people have found as far as they have judged every pair from the first of its order on.

    Pairs that were picked otherwise, such as the most doubtful ones, say nothing of the rest and are left out; so are
    those of which people were unsure, but these do not end the sample.

    Parameters
    ----------
    judged, same
        Rows of judged pairs, and 1, 0 or not a number: the same, different, unsure.
    """
    of, order = strata(linkage), draws(linkage)
    low, high = np.minimum(judged[:, 0], judged[:, 1]).tolist(), np.maximum(judged[:, 0], judged[:, 1]).tolist()
    said = dict(zip(zip(low, high, strict=True), same.tolist(), strict=True))
    found = {}
    for name in ("link", "doubt"):
        own = np.flatnonzero(of == name)
        own = own[np.argsort(order[own])]
        verdicts = _first(linkage.likely.pairs[own].tolist(), said)
        clear = [verdict for verdict in verdicts if verdict == verdict]
        found[name] = Sample(len(own), len(clear), int(sum(clear)))
    return found


def _first(pairs: list[list[int]], said: dict[tuple[int, int], float]) -> list[float]:
    """Give the verdicts on pairs up to the first of which there is none."""
    found = []
    for low, high in pairs:
        if (low, high) not in said:
            break
        found.append(said[low, high])
    return found


def _hash(linkage: Linkage, pair: list[int]) -> int:
    ids, sources = linkage.encodings.record_id, linkage.encodings.source
    names = sorted((str(sources[row]), str(ids[row])) for row in pair)
    return int.from_bytes(blake2b("\0".join(name for each in names for name in each).encode(), digest_size=8).digest())
