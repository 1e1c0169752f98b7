"""Who draws a figure: Altair and vl-convert in reports, nobody in tests."""

from palermo.reports.drawing.renderer import AltairRenderer, NullRenderer, Renderer

__all__ = ["AltairRenderer", "NullRenderer", "Renderer"]
