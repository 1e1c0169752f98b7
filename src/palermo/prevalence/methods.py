"""Every method by its name."""

from __future__ import annotations

from palermo.prevalence.bayes_threshold import bayes_threshold
from palermo.prevalence.bic import bic
from palermo.prevalence.bic_average import bic_average
from palermo.prevalence.chao import chao
from palermo.prevalence.chapman import chapman
from palermo.prevalence.decomposable import decomposable
from palermo.prevalence.estimate import Method
from palermo.prevalence.fixed import estimate_all_pairs, estimate_fixed, estimate_main_effects
from palermo.prevalence.latent_class import latent_class
from palermo.prevalence.stepwise import stepwise
from palermo.prevalence.stepwise_aic import stepwise_aic

__all__ = ["METHODS"]

METHODS: dict[str, Method] = {
    "chapman": chapman,
    "chao": chao,
    "main-effects": estimate_main_effects,
    "all-pairs": estimate_all_pairs,
    "fixed": estimate_fixed,
    "stepwise": stepwise,
    "stepwise-aic": stepwise_aic,
    "bic": bic,
    "bic-average": bic_average,
    "bayes-threshold": bayes_threshold,
    "latent-class": latent_class,
    "decomposable": decomposable,
}
