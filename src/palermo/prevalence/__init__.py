"""Capture histories → estimates of the people no one has seen."""

from palermo.prevalence.bic import Settled, settledness
from palermo.prevalence.bootstrap import Bca, bca
from palermo.prevalence.diagnosis import Diagnosis, diagnose, doubts, too_few
from palermo.prevalence.draws import draw_linkages
from palermo.prevalence.estimate import (
    EstimateSettings,
    Interval,
    Method,
    NoEstimate,
    PopulationEstimate,
    roughly,
)
from palermo.prevalence.existence import existence_code
from palermo.prevalence.histories import CaptureHistories, StratifiedHistories
from palermo.prevalence.linkage_aware import LinkageAware, OneLinkage, estimate_over_linkages
from palermo.prevalence.linkages import Linkages, linkages_of_histories, linkages_of_persons
from palermo.prevalence.loglinear import LogLinearFit, conditional_intervals, fit_model, fitted_means
from palermo.prevalence.methods import METHODS
from palermo.prevalence.models import Model, all_models, all_pairs, in_words, main_effects, name_model, read_model
from palermo.prevalence.published import EXAMPLES, Example, load_example
from palermo.prevalence.ranking import Ranking, rank_models
from palermo.prevalence.reading import read_histories, read_stratified
from palermo.prevalence.strata import Group, StrataEstimate, estimate_strata
from palermo.prevalence.tabulation import carriers, tabulate_histories
from palermo.prevalence.trials import Outcome

__all__ = [
    "EXAMPLES",
    "METHODS",
    "Bca",
    "CaptureHistories",
    "Diagnosis",
    "EstimateSettings",
    "Example",
    "Group",
    "Interval",
    "LinkageAware",
    "Linkages",
    "LogLinearFit",
    "Method",
    "Model",
    "NoEstimate",
    "OneLinkage",
    "Outcome",
    "PopulationEstimate",
    "Ranking",
    "Settled",
    "StrataEstimate",
    "StratifiedHistories",
    "all_models",
    "all_pairs",
    "bca",
    "carriers",
    "conditional_intervals",
    "diagnose",
    "doubts",
    "draw_linkages",
    "estimate_over_linkages",
    "estimate_strata",
    "existence_code",
    "fit_model",
    "fitted_means",
    "in_words",
    "linkages_of_histories",
    "linkages_of_persons",
    "load_example",
    "main_effects",
    "name_model",
    "rank_models",
    "read_histories",
    "read_model",
    "read_stratified",
    "roughly",
    "settledness",
    "tabulate_histories",
    "too_few",
]
