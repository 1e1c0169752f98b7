"""Corridors: from which country of citizenship to which country of exploitation."""

from __future__ import annotations

from palermo.reports.boundaries import boundaries
from palermo.reports.cells import Cell, Counts
from palermo.reports.context import Context
from palermo.reports.description import FigureSpec, Row, TableView, Value
from palermo.reports.marks import Flow, Flows, Place, Tiles
from palermo.reports.numbers import counted, plural, upper_first, whole
from palermo.tables import NOTHING, TOTAL

__all__ = ["corridor_map", "corridor_tiles"]

MOST_ARCS = 40
MOST_ROWS = 14
MOST_COLUMNS = 10
MOST_PAIRS = 15
DISCLAIMER = (
    "The boundaries and names shown and the designations used on this map do not imply official endorsement or"
    " acceptance. Arcs join countries, not places, and are not routes."
)


def corridor_map(counts: Counts, context: Context) -> FigureSpec | None:
    """Describe the flows on a map of the world, from a least number upwards."""
    flows = _flows(counts, context)
    across = [flow for flow in flows if not flow.is_within]
    if not flows:
        return None
    drawn = across[:MOST_ARCS]
    least = drawn[-1].value if len(across) > len(drawn) else flows[-1].value
    within = [flow for flow in flows if flow.is_within and flow.value >= least]
    placed = [flow for flow in (*drawn, *within) if flow.origin.at and flow.destination.at]
    unit = counts.table.unit
    said = [context.cautions(counts)]
    if len(across) > len(drawn):
        said.append(f"Flows smaller than {counted(least, unit)} are in the table only.")
    if len(placed) < len(drawn) + len(within):
        said.append(f"{len(drawn) + len(within) - len(placed)} more have a country without a point on this map.")
    told = "; ".join(_told(flow) for flow in drawn[:10])
    return FigureSpec(
        name="corridors-map",
        title=_finding(across, flows, counts, context),
        subtitle=context.subtitle(counts.table, "Citizenship to country of exploitation"),
        marks=Flows(tuple(placed), least, plural(unit), DISCLAIMER),
        caution=" ".join(said),
        source=f"{context.source} Boundaries: {boundaries().source}.",
        alternative=f"Map of {counted(len(drawn), 'flow')} between countries; the widest: {told}.",
        table=_behind(flows, counts, context),
    )


def corridor_tiles(counts: Counts, context: Context) -> FigureSpec | None:
    """Describe the same flows as a grid in the order of the alphabet, for who cannot use a map."""
    flows = _flows(counts, context)
    if len({(flow.origin.code, flow.destination.code) for flow in flows}) < 2:
        return None
    foremost = _foremost([(flow.destination, flow.value) for flow in flows])[:MOST_COLUMNS]
    rows = _foremost([(flow.origin, flow.value) for flow in flows if flow.destination in foremost])[:MOST_ROWS]
    by_name = sorted(foremost, key=lambda place: place.label)
    rows = sorted(rows, key=lambda place: place.label)
    pairs = _pairs(counts)
    none = Cell(0, 0, 0)
    values = tuple(tuple(pairs.get((row.code, column.code), none).count for column in by_name) for row in rows)
    return FigureSpec(
        name="corridors-tiles",
        title=_within_finding(flows, "published " if _n_withheld(counts) else ""),
        subtitle=context.subtitle(counts.table, "Citizenship (rows) by country of exploitation (columns)"),
        marks=Tiles(
            tuple(place.label for place in rows),
            tuple(place.label for place in by_name),
            values,
            tuple(by_name.index(place) for place in foremost),
            "none recorded",
        ),
        caution=f"{context.cautions(counts)} The countries with the largest numbers, by the alphabet; pairs with a"
        " country that is not recorded are left out. All pairs are in the table.",
        source=context.source,
        alternative="Grid of pairs of countries: " + "; ".join(_told(flow) for flow in flows[:MOST_PAIRS]) + ".",
        table=_behind(flows, counts, context),
    )


def _foremost(numbers: list[tuple[Place, int]]) -> list[Place]:
    """Put places in the order of their numbers, to choose those with the most."""
    weights: dict[Place, int] = {}
    for place, number in numbers:
        weights[place] = weights.get(place, 0) + number
    return sorted(weights, key=lambda place: (-weights[place], place.label))


def _n_withheld(counts: Counts) -> int:
    return sum(cell.is_withheld for cell in _pairs(counts).values())


def _within_finding(flows: list[Flow], published: str) -> str:
    """Say how many of the most frequent pairs are one country twice."""
    first = flows[:MOST_PAIRS]
    n_within = sum(flow.is_within for flow in first)
    if not n_within:
        return f"None of the {len(first)} most frequent {published}pairs of countries stays within one country"
    stay = "stays" if n_within == 1 else "stay"
    return f"{n_within} of the {len(first)} most frequent {published}pairs of countries {stay} within one country"


def _flows(counts: Counts, context: Context) -> list[Flow]:
    """List the published flows between known countries, largest first, then by name."""
    flows = [
        Flow(
            Place(origin, context.label("citizenship", origin), context.point(origin)),
            Place(destination, context.label("country_of_exploitation", destination), context.point(destination)),
            cell.count,
        )
        for (origin, destination), cell in _pairs(counts).items()
        if cell.count
    ]
    return sorted(flows, key=lambda flow: (-flow.value, flow.origin.label, flow.destination.label))


def _pairs(counts: Counts) -> dict[tuple[str, str], Cell]:
    first, second = counts.fields.index("citizenship"), counts.fields.index("country_of_exploitation")
    left_out = {TOTAL, *NOTHING}
    return {
        (key[first], key[second]): cell
        for key, cell in counts.cells.items()
        if key[first] not in left_out
        and key[second] not in left_out
        and all(code == TOTAL for nth, code in enumerate(key) if nth not in (first, second))
    }


def _told(flow: Flow) -> str:
    where = f"within {flow.origin.label}" if flow.is_within else f"{flow.origin.label} to {flow.destination.label}"
    return f"{where} {whole(flow.value)}"


def _finding(across: list[Flow], flows: list[Flow], counts: Counts, context: Context) -> str:
    """Say which flow is most frequent."""
    unit = counts.table.unit
    if not across:
        return f"No flow between two countries is published; {len(flows)} stay within one"
    best = across[0]
    published = "published " if _n_withheld(counts) else ""
    said = f"Most frequent {published}flow between two countries: {best.origin.label} to {best.destination.label}"
    return f"{said}, {counted(best.value, unit)}"


def _behind(flows: list[Flow], counts: Counts, context: Context) -> TableView:
    n_withheld = _n_withheld(counts)
    notes = (f"{whole(n_withheld)} {'pair is' if n_withheld == 1 else 'pairs are'} withheld.",) if n_withheld else ()
    rows = tuple(
        Row(flow.origin.label, (Value(flow.destination.label, "words"), Value(whole(flow.value)))) for flow in flows
    )
    return TableView(
        name=counts.table.name,
        caption=f"{counts.table.title}, published pairs by number",
        head=context.head("citizenship"),
        columns=(context.head("country_of_exploitation"), upper_first(plural(counts.table.unit))),
        rows=rows,
        files=(counts.table.name,),
        notes=(*notes, *counts.table.notes),
    )
