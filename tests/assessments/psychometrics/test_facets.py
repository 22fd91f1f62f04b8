from fractions import Fraction

import numpy as np
import pytest

from assessments.psychometrics import ItemParameters, ScoredResponse, irt
from assessments.psychometrics.estimation import estimate_abilities, estimate_ability
from assessments.psychometrics.facets import FacetVerdict, facet_findings
from assessments.psychometrics.judged import judged_parameters

FACETS = ("facts", "inference", "tone", "confirming")
ONE_OF_FOUR = (Fraction(3, 4), Fraction(1, 4))
SITUATIONAL = (Fraction(8, 12), Fraction(1, 12), Fraction(2, 12), Fraction(1, 12))


def bank(parts):
    """The same parts for every facet: levels 1 to 5 in turn, half right/wrong, half graded."""
    return [
        judged_parameters(1 + number % 5, 1.1, *((1, ONE_OF_FOUR), (3, SITUATIONAL))[number % 2])
        for number in range(parts)
    ]


def grouped(items, scores):
    size = len(items) // len(FACETS)
    return {
        facet: [
            ScoredResponse(items[place], int(scores[place]))
            for place in range(number * size, (number + 1) * size)
        ]
        for number, facet in enumerate(FACETS)
    }


def named(findings):
    return [finding for finding in findings if finding.verdict != FacetVerdict.NOT_RELIABLE]


@pytest.mark.parametrize("parts", [3, 5])
@pytest.mark.parametrize("spread", [(0.0, 1.0), (-1.5, 0.0), (0.0, 0.0)])
def test_an_even_skill_is_seldom_given_strengths_or_weaknesses(parts, spread):
    # 800 candidates without any true difference; the standard error of the share is 0.8 %.
    rng = np.random.default_rng(8)
    items = bank(parts) * len(FACETS)
    truth = rng.normal(*spread, size=800)
    scores = np.stack([irt.sample_scores(item, truth, rng) for item in items], axis=1)
    thetas, _ = estimate_abilities(items, scores)
    wrongly_named = [
        bool(named(facet_findings(grouped(items, row), theta)))
        for row, theta in zip(scores, thetas, strict=True)
    ]

    assert np.mean(wrongly_named) <= 0.10


def test_a_real_weakness_is_found_and_is_named_as_one():
    rng = np.random.default_rng(9)
    items = bank(8) * len(FACETS)
    found = []
    for _ in range(60):
        truth = [0.8] * 24 + [-1.7] * 8
        scores = [
            irt.sample_scores(item, theta, rng) for item, theta in zip(items, truth, strict=True)
        ]
        facets = grouped(items, scores)
        theta = estimate_ability([r for group in facets.values() for r in group]).theta
        found.append({(f.facet, f.verdict) for f in named(facet_findings(facets, theta))})

    assert np.mean([("confirming", FacetVerdict.WEAKNESS) in names for names in found]) > 0.5
    assert not any(("confirming", FacetVerdict.STRENGTH) in names for names in found)


def test_deviation_by_hand():
    # Equal items at theta 0: residuals ±1/2, V = 1/4 each, w = a; what both facets share cancels,
    # so the deviation is 6 · 1/2 and its variance 6/4 - (6/4)²/(12/4) with six right against six
    # wrong; a quarter of a point goes off.
    item = ItemParameters(1.3, (0.0,))
    facets = {
        "facts": [ScoredResponse(item, 1)] * 6,
        "tone": [ScoredResponse(item, 0)] * 6,
    }
    strength, weakness = facet_findings(facets, 0.0)

    assert strength.z == pytest.approx((3 - 0.25) / 0.75**0.5)
    assert weakness.z == pytest.approx(-(3 - 0.25) / 0.75**0.5)
    assert (strength.facet, strength.parts, strength.verdict) == ("facts", 6, "strength")
    assert weakness.verdict == "weakness"


def test_what_moves_all_facets_alike_names_none():
    item = ItemParameters(1.0, (0.0,))
    facets = {facet: [ScoredResponse(item, 1)] * 5 for facet in FACETS}

    assert [finding.z for finding in facet_findings(facets, 0.7)] == pytest.approx([0] * 4)


def test_small_facets_and_a_lone_facet_are_not_judged():
    item = ItemParameters(1.0, (0.0,))
    two, five = [ScoredResponse(item, 1)] * 2, [ScoredResponse(item, 0)] * 5
    findings = facet_findings({"facts": two, "tone": five, "inference": five}, 0.0)

    assert [finding.facet for finding in findings] == ["tone", "inference"]
    assert facet_findings({"facts": five}, 0.0) == []
    assert facet_findings({}, 0.0) == []


def test_items_that_say_nothing_at_theta_name_nothing():
    item = ItemParameters(50.0, (60.0,))
    facets = {facet: [ScoredResponse(item, 0)] * 4 for facet in FACETS}

    assert facet_findings(facets, -60.0) == []
