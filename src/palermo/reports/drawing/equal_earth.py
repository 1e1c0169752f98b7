"""The Equal Earth projection, in which every country has its share of the paper."""

from __future__ import annotations

import math

from palermo.reports.boundaries import LonLat

__all__ = ["project"]

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def project(point: LonLat) -> tuple[float, float]:
    """Project degrees; x lies within about 2.7 of zero and y within about 1.32.

    References
    ----------
    Šavrič, Patterson, Jenny (2019), International Journal of Geographical Information Science 33(3), 454-465.
    """
    lon, lat = math.radians(point[0]), math.radians(point[1])
    theta = math.asin(math.sqrt(3) / 2 * math.sin(lat))
    square = theta * theta
    sixth = square**3
    slope = 9 * A4 * square * sixth + 7 * A3 * sixth + 3 * A2 * square + A1
    x = 2 * math.sqrt(3) * lon * math.cos(theta) / (3 * slope)
    y = theta * (A4 * square * sixth + A3 * sixth + A2 * square + A1)
    return x, y
