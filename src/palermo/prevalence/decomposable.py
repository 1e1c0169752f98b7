"""Bayesian averaging over decomposable graphs, exact on a grid of dark figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from palermo.prevalence.estimate import EstimateSettings, Interval, NoEstimate, PopulationEstimate, roughly
from palermo.prevalence.graphs import decomposable_graphs
from palermo.prevalence.histories import CaptureHistories
from palermo.prevalence.models import close, in_words, name_model

__all__ = ["GraphPosterior", "decomposable", "graph_posterior"]

Floats = npt.NDArray[np.float64]

MOST_LISTS = 5
_CHUNK = 1024
_COARSE = 64
_NEGLIGIBLE = 46.0
"""Graphs whose every probability is below the best by this power of e, 1e-20, change no printed digit."""
_MUCH_AT_END = 0.001
_CAMP, _VALLEY = 0.025, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class GraphPosterior:
    """How likely each dark figure and each graph is."""

    seen: int
    unseen: npt.NDArray[np.int64]
    mass: Floats
    """Of each dark figure of the grid; it adds up to one."""
    graphs: tuple[tuple[str, float], ...]
    """Graphs by their cliques, the likeliest first."""

    @property
    def mass_at_end(self) -> float:
        """The mass in the last hundredth of the grid."""
        return float(self.mass[-max(1, len(self.mass) // 100) :].sum())

    @property
    def camps(self) -> tuple[float, int] | None:
        """The mass of an upper camp and where it begins, if a valley parts it from a lower one.

        A camp holds at least a fortieth of the mass, and the valley lies at a tenth of both heights or lower.
        """
        left = np.maximum.accumulate(self.mass)
        right = np.maximum.accumulate(self.mass[::-1])[::-1]
        above = 1 - np.cumsum(self.mass)
        depth = np.where((above > _CAMP) & (above < 1 - _CAMP), self.mass / np.minimum(left, right), 1.0)
        place = int(depth.argmin())
        return (float(above[place]), int(self.seen + self.unseen[place])) if depth[place] <= _VALLEY else None

    def quantile(self, share: float) -> float:
        """Give the number of people, seen or not, up to which a share of the mass lies."""
        place = int(np.searchsorted(np.cumsum(self.mass), share))
        return float(self.seen + self.unseen[min(place, len(self.mass) - 1)])


def decomposable(histories: CaptureHistories, settings: EstimateSettings, *, furthest: int = 30) -> PopulationEstimate:
    """Estimate by averaging over all decomposable graphs of three to five lists.

    Parameters
    ----------
    furthest : int
        The grid goes to this many times the people seen.

    Raises
    ------
    NoEstimate
        There are fewer than three lists, or more than five.

    References
    ----------
    Madigan and York (1997), Biometrika 84(1), 19-31; prior as in Johndrow, Lum and Ball's dga: 2^-t for each cell.
    """
    posterior = graph_posterior(histories, furthest=furthest)
    tail = (1 - settings.level) / 2
    low, middle, high = (posterior.quantile(share) for share in (tail, 0.5, 1 - tail))
    likeliest, share = posterior.graphs[0]
    told = f"The likeliest ({share:.0%}): {in_words(likeliest, histories.lists)}"
    return PopulationEstimate(
        seen=histories.seen,
        point=middle,
        intervals=(Interval(settings.level, low, high, "posterior"),),
        method="decomposable",
        model=f"An average over decomposable graphs. {told}",
        settings=(
            ("level", f"{settings.level:g}"),
            ("prior of a cell", f"2^-{histories.n_lists}"),
            ("prior of N", "1/N"),
            ("grid", f"every whole dark figure up to {furthest} times the seen"),
        ),
        warnings=_doubts(posterior),
    )


def _doubts(posterior: GraphPosterior) -> tuple[str, ...]:
    """Say where the grid decides, and where the posterior has two answers."""
    doubts = []
    if (end := posterior.mass_at_end) > _MUCH_AT_END:
        doubts.append(f"{end:.1%} of the posterior lies in the last hundredth of the grid: the grid decides the limit.")
    if camps := posterior.camps:
        valley = roughly(camps[1])
        doubts.append(f"There are two answers: {camps[0]:.0%} of the posterior lies apart, above {valley} people.")
    return tuple(doubts)


def graph_posterior(histories: CaptureHistories, *, furthest: int = 30) -> GraphPosterior:
    """Work the posterior out for every graph and every whole dark figure of the grid.

    Raises
    ------
    NoEstimate
        There are fewer than three lists, or more than five.
    """
    n_lists = histories.n_lists
    if not 3 <= n_lists <= MOST_LISTS:
        raise NoEstimate(
            f"decomposable graphs are averaged over 3 to {MOST_LISTS} lists.",
            todo="Merge lists that are kept by the same kind of agency, or take latent-class.",
        )
    graphs = decomposable_graphs(n_lists)
    powers = np.array([[terms.get(lists, 0) for lists in range(2**n_lists)] for _, terms in graphs], dtype=np.float64)
    unseen = np.arange(1, furthest * histories.seen + 1)
    best = _joint(histories, powers, unseen[::_COARSE]).max(axis=1)
    likely = np.flatnonzero(best > best.max() - _NEGLIGIBLE)
    of_graphs, of_numbers = np.zeros(len(likely)), np.empty(len(unseen))
    for begin in range(0, len(unseen), _CHUNK):
        chunk = slice(begin, begin + _CHUNK)
        weights = np.exp(_joint(histories, powers[likely], unseen[chunk]) - best.max())
        of_graphs += weights.sum(axis=1)
        of_numbers[chunk] = weights.sum(axis=0)
    shares = of_graphs / of_graphs.sum()
    order = np.argsort(-shares, kind="stable")
    named = tuple((_name(graphs[likely[place]][1], histories.lists), float(shares[place])) for place in order)
    return GraphPosterior(histories.seen, unseen, of_numbers / of_numbers.sum(), named)


def _joint(histories: CaptureHistories, powers: Floats, unseen: npt.NDArray[np.int64]) -> Floats:
    """Give the logarithm of prior times likelihood, but for constants: shape (graphs, numbers)."""
    n_lists, seen = histories.n_lists, histories.seen
    delta = 2.0**-n_lists
    total = float(gammaln(1.0)) - gammaln(seen + unseen + 1.0)
    parts = np.zeros((2**n_lists, len(unseen)))
    for lists in range(1, 2**n_lists):
        size = 2 ** (n_lists - lists.bit_count())
        cells = np.bincount(histories.histories & lists, weights=histories.counts, minlength=2**n_lists)
        inside = [cell for cell in range(1, 2**n_lists) if cell & ~lists == 0]
        known = gammaln(cells[inside] + delta * size).sum() - 2 ** lists.bit_count() * gammaln(delta * size)
        parts[lists] = known + gammaln(cells[0] + unseen + delta * size) + total
    prior = gammaln(seen + unseen + 1.0) - gammaln(unseen + 1.0) - np.log(seen + unseen)
    logs: Floats = powers @ parts + prior
    return logs


def _name(terms: dict[int, int], lists: tuple[str, ...]) -> str:
    """Name a graph by its cliques, as a log-linear model is named."""
    return name_model(close(len(lists), (held for held, power in terms.items() if power > 0)), lists)
