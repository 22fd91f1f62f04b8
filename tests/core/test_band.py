"""The band: what it says in words, and where it is drawn."""

import re
from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from core.band import Band, Estimate, Standing

MARKS = (35.0, 46.25, 61.25, 72.5)
MEASURED = Estimate(61.4, 53.2, 69.1, 3, 14, date(2026, 3, 2))


def draw(band, size="normal"):
    template = Template('{% band band size %}')
    return template.render(Context({"band": band, "size": size}))


def test_the_words_say_level_score_band_responses_date_and_what_is_asked():
    band = Band("Active listening", MARKS, MEASURED, required_level=3)

    assert band.text == (
        "Active listening: level 3, 61 of 100, between 53 and 69, 14 responses, March 2026; "
        "this role asks for level 3"
    )


def test_the_words_name_every_caveat():
    estimate = Estimate(
        40, 20, 60, 2, 1, date(2026, 3, 2), Standing.FIRST_INDICATION,
        provisional=True, knowledge_only=True,
    )

    text = Band("Empathy", MARKS, estimate).text

    assert "1 response," in text
    assert text.endswith("first indication, provisional, knowledge only")


def test_unmeasured_is_never_zero():
    band = Band("Empathy", MARKS, None, required_level=4)

    assert band.text == "Empathy: not yet measured; this role asks for level 4"
    assert band.standing == Standing.UNMEASURED
    assert "band__bar" not in draw(band)
    assert "not yet measured" in draw(band)


@pytest.mark.parametrize(
    ("level", "notch"), [(None, None), (1, None), (2, 35.0), (3, 46.25), (4, 61.25), (5, 72.5)]
)
def test_the_notch_stands_where_the_required_level_begins(level, notch):
    assert Band("Empathy", MARKS, MEASURED, required_level=level).notch == notch


def test_levels_are_written_in_the_middle_of_their_stretch():
    assert Band("Empathy", MARKS).level_centres == [
        (1, 17.5), (2, 40.625), (3, 53.75), (4, 66.875), (5, 86.25),
    ]


def test_the_bar_is_as_wide_as_the_error_band_and_never_vanishes():
    exact = Estimate(50, 50, 50, 3, 200, date(2026, 3, 2))

    assert Band("Empathy", MARKS, MEASURED).width == pytest.approx(15.9)
    assert Band("Empathy", MARKS, exact).width == 1.0
    assert Band("Empathy", MARKS).width == 0.0


@pytest.mark.parametrize("size", ["normal", "small"])
@pytest.mark.parametrize("level", [None, 1, 3, 5])
@pytest.mark.parametrize(
    "estimate",
    [
        None,
        MEASURED,
        Estimate(0, 0, 8, 1, 9, date(2026, 3, 2)),
        Estimate(100, 92, 100, 5, 9, date(2026, 3, 2)),
    ],
)
def test_everything_is_drawn_within_the_track(size, level, estimate):
    svg = draw(Band("A & <b>", MARKS, estimate, required_level=level), size)

    places = [float(number) for number in re.findall(r'(?:x|x1|x2)="([\d.]+)%"', svg)]
    assert places
    assert all(0 <= place <= 100 for place in places)
    bar = re.search(r'class="band__bar" x="([\d.]+)%" y="8" width="([\d.]+)%"', svg)
    assert bool(bar) == bool(estimate)
    if bar:
        assert float(bar[1]) + float(bar[2]) <= 100.01
    assert svg.count("band__mark") == 4
    assert ("band__notch" in svg) == (level in {3, 5})
    assert 'role="img"' in svg
    assert "A &amp; &lt;b&gt;" in svg
    assert "style=" not in svg


def test_a_bar_at_the_end_of_the_track_stays_on_it():
    exact = Estimate(100, 100, 100, 5, 200, date(2026, 3, 2))

    svg = draw(Band("Empathy", MARKS, exact))

    bar = re.search(r'class="band__bar" x="([\d.]+)%" y="8" width="([\d.]+)%"', svg)
    assert float(bar[1]) + float(bar[2]) <= 100


def test_coordinates_keep_their_point_in_a_language_with_a_decimal_comma():
    with translation.override("de"):
        assert 'x="53.20%"' in draw(Band("Empathy", MARKS, MEASURED))
