"""Every method by its name."""

from __future__ import annotations

from palermo.prevalence.bayes_threshold import bayes_threshold
from palermo.prevalence.chao import chao
from palermo.prevalence.chapman import chapman
from palermo.prevalence.decomposable import decomposable
from palermo.prevalence.estimate import Method
from palermo.prevalence.latent_class import latent_class

__all__ = ["METHODS"]

METHODS: dict[str, Method] = {
    "chapman": chapman,
    "chao": chao,
    "bayes-threshold": bayes_threshold,
    "latent-class": latent_class,
    "decomposable": decomposable,
}
