"""The colours of a report, by light and by dark; one place for drawing, style sheet and test."""

from __future__ import annotations

from types import MappingProxyType

from palermo.tables import NOTHING

__all__ = ["MARKS", "PAPER_TONES", "RAMP", "TEXTS", "for_field", "for_light", "style_variables"]

PAPER_TONES = MappingProxyType(
    {
        "paper": ("#fbfaf7", "#12181e"),
        "caution-paper": ("#fff6e0", "#2b2411"),
        "soft": ("#f2f0ea", "#1a2229"),
        "hairline": ("#d9d6cf", "#333d46"),
        "land": ("#e6e2d8", "#27313a"),
        "border": ("#fbfaf8", "#12181f"),
    }
)
"""Grounds and lines that need no contrast."""

RAMP = MappingProxyType(
    {
        "ramp-1": ("#d8e8ea", "#1d3a41"),
        "ramp-2": ("#9cc5cc", "#2b5c66"),
        "ramp-3": ("#26717f", "#6db9c6"),
        "ramp-4": ("#0a4a57", "#b4e3ea"),
    }
)
"""Quantities in four steps of one hue. On the first two words are in ink, on the others in the colour of paper."""

TEXTS = MappingProxyType(
    {
        "ink": ("#1b2733", "#e8e6e0"),
        "quiet": ("#55606b", "#a9b2ba"),
        "accent": ("#0b5c6b", "#6cc3d2"),
        "caution": ("#8a5a00", "#e9b949"),
        "error": ("#9b1c1c", "#f19a9a"),
    }
)
"""Colours of words: 4.5 to 1 on every ground they stand on."""

MARKS = MappingProxyType(
    {
        "quantity": ("#0b5c6c", "#5db4c3"),
        "quantity-soft": ("#5d929c", "#41808b"),
        "plum": ("#97436f", "#d98cb4"),
        "blue": ("#2b62a8", "#79aee8"),
        "vermillion": ("#bf4d1c", "#f0875a"),
        "ochre": ("#a07000", "#dcae45"),
        "green": ("#33804f", "#6cc08b"),
        "sky": ("#3f86bd", "#8cc4ee"),
        "slate": ("#66717c", "#9aa5af"),
        "outline": ("#7b858e", "#7f8a94"),
        "hatch": ("#707a84", "#8f99a2"),
    }
)
"""Colours of marks: 3 to 1 on the paper. The seven from plum to slate are for categories."""

FORMS = MappingProxyType(
    {
        "sexual": "plum",
        "forced-labour": "blue",
        "slavery-or-similar": "blue",
        "servitude": "blue",
        "child-labour": "blue",
        "forced-labour-slavery-servitude": "blue",
        "organ-removal": "vermillion",
    }
)

FIXED = MappingProxyType(
    {
        "form_of_exploitation": FORMS,
        "form_group": FORMS,
        "sex": {"female": "ochre", "male": "green", "other": "sky"},
        "gender": {"female": "ochre", "male": "green", "transgender-or-non-conforming": "sky"},
        "age_group": {"child": "quantity", "adult": "quantity-soft"},
        "status": {"identified": "quantity", "presumed": "quantity-soft"},
    }
)
"""The same category has the same colour in every figure; forms by the four groups of the smallest common cut."""

REST = MappingProxyType(
    {"form_of_exploitation": "slate", "form_group": "slate", "sex": "sky", "gender": "sky", "status": "slate"}
)


def for_field(field: str, code: str) -> str:
    """Name the paint of a category."""
    if code in NOTHING:
        return {"empty": "blank", "not-applicable": "outline"}.get(code, code)
    return FIXED.get(field, {}).get(code) or REST.get(field, "quantity")


def for_light(name: str) -> str:
    """Give the light value of a colour, by which drawings are made; the page swaps it in the dark."""
    for tones in (PAPER_TONES, RAMP, TEXTS, MARKS):
        if name in tones:
            return tones[name][0]
    raise KeyError(name)


def style_variables() -> str:
    """Write the variables of the style sheet, and the rules that let drawings follow them."""
    tones = {**PAPER_TONES, **RAMP, **TEXTS, **MARKS}
    light = "".join(f"--{name}:{light};" for name, (light, _) in tones.items())
    dark = "".join(f"--{name}:{dark};" for name, (_, dark) in tones.items())
    swaps = "".join(
        f'.drawing [{part}="{light}"]{{{part}:var(--{name})}}'
        for name, (light, _) in tones.items()
        for part in ("fill", "stroke")
    )
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{swaps}\n"
    )
