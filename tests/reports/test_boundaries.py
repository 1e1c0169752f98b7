"""The world's outlines, and the countries that are easily lost."""

import itertools
from importlib.resources import files

from palermo.reports.boundaries import boundaries


def test_every_country_has_a_point_on_the_globe():
    countries = boundaries().countries
    assert len(countries) == 249
    assert all(-180 <= lon <= 180 and -60 <= lat <= 84 for lon, lat in (place.point for place in countries.values()))


def test_namibia_and_small_states_are_there():
    countries = boundaries().countries
    assert countries["NAM"].alpha_2 == "NA" and countries["NAM"].rings
    assert countries["SGP"].rings == () and countries["SGP"].point[1] > 1


def test_no_ring_jumps_across_the_date_line():
    rings = [ring for country in boundaries().countries.values() for ring in country.rings]
    assert all(abs(x1 - x0) < 90 for ring in rings for (x0, _), (x1, _) in itertools.pairwise(ring))


def test_the_file_is_small_and_says_where_it_comes_from():
    text = (files("palermo.reports") / "data/boundaries.json").read_text(encoding="utf-8")
    assert len(text) <= 90_000
    assert all(word in text for word in ("Natural Earth", "public domain", "tools/make_boundaries.py"))
