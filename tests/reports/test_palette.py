"""Colours can be read, by day and by night."""

import pytest

from palermo.reports.palette import MARKS, PAPER_TONES, RAMP, TEXTS, for_light, style_variables

LIGHT, DARK = 0, 1


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("tone", [LIGHT, DARK])
@pytest.mark.parametrize("name", TEXTS)
def test_words_stand_out_from_the_paper(name, tone):
    grounds = ("paper", "caution-paper") if name in ("ink", "caution") else ("paper",)
    assert all(contrast(TEXTS[name][tone], PAPER_TONES[ground][tone]) >= 4.5 for ground in grounds)


@pytest.mark.parametrize("tone", [LIGHT, DARK])
@pytest.mark.parametrize("name", MARKS)
def test_marks_stand_out_from_the_paper(name, tone):
    assert contrast(MARKS[name][tone], PAPER_TONES["paper"][tone]) >= 3


@pytest.mark.parametrize("tone", [LIGHT, DARK])
def test_arcs_and_rings_stand_out_from_the_land(tone):
    assert contrast(MARKS["quantity"][tone], PAPER_TONES["land"][tone]) >= 3
    assert contrast(MARKS["ochre"][tone], PAPER_TONES["land"][tone]) >= 3


@pytest.mark.parametrize("tone", [LIGHT, DARK])
def test_numbers_stand_out_from_their_tiles(tone):
    first, second, third, fourth = (ground[tone] for ground in RAMP.values())
    assert all(contrast(TEXTS["ink"][tone], ground) >= 4.5 for ground in (first, second))
    assert all(contrast(PAPER_TONES["paper"][tone], ground) >= 4.5 for ground in (third, fourth))


def test_every_light_colour_has_one_name_so_that_the_dark_can_take_its_place():
    names = [*PAPER_TONES, *RAMP, *TEXTS, *MARKS]
    assert len({for_light(name) for name in names}) == len(names)
    assert all(f'[fill="{for_light(name)}"]{{fill:var(--{name})}}' in style_variables() for name in names)
