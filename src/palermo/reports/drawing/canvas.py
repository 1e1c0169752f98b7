"""The sheet that figures are drawn on: Altair layers in pixels, and their way to a tidy SVG.

Positions are counted here and never left to the measuring of text, so the same figure has the same bytes wherever it
is drawn, whichever fonts are there. Colours are the light ones; the page swaps them in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal, NotRequired, TypedDict

import altair as alt
import vl_convert

from palermo.reports.palette import for_light

__all__ = [
    "OUTLINED",
    "Box",
    "Layer",
    "Sheet",
    "Words",
    "blanks",
    "boxes",
    "fill_of",
    "lines",
    "pixels",
    "to_svg",
    "width_of",
    "words",
    "wrap",
]

FONT = "Noto Sans, Liberation Sans, Arial, sans-serif"
CHARACTER = 0.56
"""How wide a letter is on average, in its size; a little generous."""

Anchor = Literal["start", "middle", "end"]
ALIGN: dict[Anchor, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}

OUTLINED = ("blank", "unknown", "withheld")
"""Paints that need an outline to be seen as a mark."""

HATCHES = {"unknown": "url(#hatch-unknown)", "withheld": "url(#hatch-withheld)"}


@dataclass(frozen=True, slots=True)
class Layer:
    """What a chart draws, apart from the chart, so that Altair need not walk through it."""

    chart: alt.Chart
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Layers and the size of the paper under them."""

    layers: tuple[Layer, ...]
    width: int
    height: int


class Box(TypedDict):
    """A filled rectangle, in pixels."""

    x: float
    x2: float
    y: float
    y2: float
    fill: str


class Words(TypedDict):
    """A piece of text; lines apart where it is a list."""

    x: float
    y: float
    text: str | list[str]
    anchor: NotRequired[Anchor]


def fill_of(paint: str) -> str:
    """Give the fill of a paint: a colour, or a hatch."""
    if paint == "blank":
        return "none"
    return HATCHES.get(paint) or for_light(paint)


def pixels(*fields: str) -> dict[str, Any]:
    """Encode positions, sizes and fills that are already in pixels and colours."""
    return {field: _AS_IT_IS[field] for field in fields}


_AS_IT_IS: dict[str, Any] = {
    "x": alt.X(field="x", type="quantitative", scale=None, axis=None),
    "y": alt.Y(field="y", type="quantitative", scale=None, axis=None),
    "x2": alt.X2(field="x2"),
    "y2": alt.Y2(field="y2"),
    "size": alt.Size(field="size", type="quantitative", scale=None),
    "fill": alt.Fill(field="fill", type="nominal", scale=None),
    "text": alt.Text(field="text", type="nominal"),
}


def boxes(rows: list[Box]) -> Layer:
    """Draw filled rectangles."""
    return Layer(alt.Chart().mark_rect().encode(**pixels("x", "x2", "y", "y2", "fill")), rows)


def blanks(rows: list[Box], *, colour: str = "outline", dash: tuple[int, ...] = ()) -> Layer:
    """Draw the outlines of rectangles, with whatever fill they name."""
    style: dict[str, Any] = {"strokeDash": list(dash)} if dash else {}
    mark = alt.Chart().mark_rect(stroke=for_light(colour), strokeWidth=1, **style)
    return Layer(mark.encode(**pixels("x", "x2", "y", "y2", "fill")), rows)


def lines(rows: list[dict[str, float]], *, colour: str = "hairline", width: float = 1) -> Layer:
    """Draw straight lines."""
    mark = alt.Chart().mark_rule(stroke=for_light(colour), strokeWidth=width)
    return Layer(mark.encode(**pixels("x", "x2", "y", "y2")), rows)


def words(
    rows: list[Words],
    *,
    size: float = 14,
    colour: str = "ink",
    weight: int = 400,
    halo: bool = False,
    angle: int = 0,
) -> list[Layer]:
    """Write text, one layer for each anchor; a halo keeps it readable on a map."""
    layers = []
    for anchor, align in ALIGN.items():
        found = [row for row in rows if row.get("anchor", "start") == anchor]
        if not found:
            continue
        style: dict[str, Any] = {"align": align, "fontSize": size, "fontWeight": weight, "lineHeight": size * 1.2}
        style |= {"angle": angle} if angle else {}
        paper = for_light("paper")
        around: dict[str, Any] = {"color": paper, "stroke": paper, "strokeWidth": 3, "strokeJoin": "round"}
        for paint in (around, {"color": for_light(colour)}) if halo else ({"color": for_light(colour)},):
            mark = alt.Chart().mark_text(baseline="middle", **style, **paint)
            layers.append(Layer(mark.encode(**pixels("x", "y", "text")), found))
    return layers


def width_of(text: str, size: float) -> float:
    """Estimate how wide a text will be."""
    return len(text) * size * CHARACTER


def wrap(text: str, width: float, size: float, most: int = 3) -> list[str]:
    """Break a text into lines of a width; what does not fit in the most lines ends in an ellipsis."""
    found: list[str] = []
    for word in text.split():
        if found and width_of(f"{found[-1]} {word}", size) <= width:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    if len(found) > most:
        found = [*found[: most - 1], f"{found[most - 1]} …"]
    return found


def to_svg(sheet: Sheet, *, name: str, size: str, alternative: str) -> str:
    """Convert a sheet, and tidy what comes out."""
    charts = alt.layer(*(layer.chart for layer in sheet.layers)).resolve_scale(
        x="independent", y="independent", color="independent"
    )
    spec = charts.properties(width=sheet.width, height=sheet.height, padding=0, autosize="none").to_dict(validate=False)
    spec["config"] = {"view": {"stroke": None}, "background": None, "font": FONT, "aria": False}
    for drawn, layer in zip(spec["layer"], sheet.layers, strict=True):
        drawn["data"] = {"values": layer.rows}
    svg = vl_convert.vegalite_to_svg(spec)
    return _tidy(svg, sheet, name=name, size=size, alternative=alternative)


NOISE = re.compile(
    r' (?:aria-[a-z]+|role|class|pointer-events|stroke-miterlimit|font-family|font-weight="400")(?:="[^"]*")?'
    r'| font-weight="(?:400|normal)"| opacity="1"'
)
EMPTY_PATH = re.compile(r'<path[^>]* d="(?:M0,0h0v0h0Z)?"[^>]*/>')
BACKGROUND = re.compile(r"<path d=\"M0(?:\.5)?,0(?:\.5)?h[\d.]+v[\d.]+h-[\d.]+Z\"[^>]*/>")
CLIPS = re.compile(r' clip-path="[^"]*"|<clipPath.*?</clipPath>', re.S)
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}(?=[^<>]*>)")
"""Of a place on the picture; what is written there stays as it is."""


def _tidy(svg: str, sheet: Sheet, *, name: str, size: str, alternative: str) -> str:
    """Keep the marks; give the picture a size that can shrink, hatches of its own, and its text alternative."""
    inner = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    inner = NOISE.sub("", CLIPS.sub("", inner)).replace("<defs></defs>", "")
    inner = LONG_NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), inner)
    inner = EMPTY_PATH.sub("", BACKGROUND.sub("", inner))
    for hatch in HATCHES:
        inner = inner.replace(f"#hatch-{hatch})", f"#{name}-{hatch})")
    patterns = _patterns(inner, name)
    return (
        f'<svg class="drawing {size}" viewBox="0 0 {sheet.width} {sheet.height}" width="{sheet.width}"'
        f' height="{sheet.height}" role="img" aria-label="{escape(alternative)}">{patterns}{inner}</svg>\n'
    )


def _patterns(inner: str, name: str) -> str:
    """Define the hatches that are used: slanted lines for unknown, crossed ones for withheld."""
    colour, soft = for_light("hatch"), for_light("soft")
    found = ""
    for hatch, stripes in (("unknown", "M0,0V6"), ("withheld", "M0,0V6M0,0H6")):
        if f"#{name}-{hatch})" in inner:
            found += (
                f'<pattern id="{name}-{hatch}" width="6" height="6" patternUnits="userSpaceOnUse"'
                f' patternTransform="rotate(45)"><rect width="6" height="6" fill="{soft}"/>'
                f'<path d="{stripes}" stroke="{colour}" stroke-width="2.4"/></pattern>'
            )
    return f"<defs>{found}</defs>" if found else ""
