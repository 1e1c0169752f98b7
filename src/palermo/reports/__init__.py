"""Releases become tables, figures and documents here, and nothing else does."""

from palermo.reports.compose import describe
from palermo.reports.description import FigureSpec, Report, TableView
from palermo.reports.drawing import AltairRenderer, NullRenderer, Renderer
from palermo.reports.estimates import EstimatesPage, describe_estimates, write_estimates
from palermo.reports.labels import Labels, PlainLabels
from palermo.reports.quality_page import FindingLine, QualityPage, ShareLine, SourceQuality, write_quality
from palermo.reports.report import write_report

__all__ = [
    "AltairRenderer",
    "EstimatesPage",
    "FigureSpec",
    "FindingLine",
    "Labels",
    "NullRenderer",
    "PlainLabels",
    "QualityPage",
    "Renderer",
    "Report",
    "ShareLine",
    "SourceQuality",
    "TableView",
    "describe",
    "describe_estimates",
    "write_estimates",
    "write_quality",
    "write_report",
]
