"""Capture histories → estimates of the people no one has seen."""

from palermo.prevalence.estimate import EstimateSettings, Interval, Method, NoEstimate, PopulationEstimate
from palermo.prevalence.histories import CaptureHistories, StratifiedHistories
from palermo.prevalence.methods import METHODS
from palermo.prevalence.reading import read_histories, read_stratified

__all__ = [
    "METHODS",
    "CaptureHistories",
    "EstimateSettings",
    "Interval",
    "Method",
    "NoEstimate",
    "PopulationEstimate",
    "StratifiedHistories",
    "read_histories",
    "read_stratified",
]
