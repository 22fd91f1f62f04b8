"""Stages and the moves between them."""

import pytest

from hiring import enums
from hiring.pipeline import FINAL_STAGES, Stage, employer_moves, is_final, may_move, may_withdraw


def test_the_pure_stages_are_those_that_are_stored():
    assert [str(stage) for stage in Stage] == enums.Stage.values


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("applied", ["screening", "interview", "offer", "rejected"]),
        ("screening", ["interview", "offer", "rejected"]),
        ("interview", ["offer", "rejected"]),
        ("offer", ["hired", "rejected"]),
        ("hired", []),
        ("rejected", []),
        ("withdrawn", []),
    ],
)
def test_an_employer_moves_forward_or_rejects(stage, expected):
    assert [str(to) for to in employer_moves(stage)] == expected


def test_nobody_is_hired_without_an_offer():
    assert [stage for stage in Stage if may_move(stage, Stage.HIRED)] == [Stage.OFFER]


def test_nothing_moves_back_or_stays():
    order = list(Stage)[:5]
    for place, stage in enumerate(order):
        assert not any(may_move(stage, earlier) for earlier in order[: place + 1])


def test_only_the_candidate_withdraws_and_from_any_stage_that_is_not_final():
    assert not any(may_move(stage, Stage.WITHDRAWN) for stage in Stage)
    assert {stage for stage in Stage if may_withdraw(stage)} == set(Stage) - FINAL_STAGES


def test_a_stage_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="shortlisted"):
        employer_moves("shortlisted")
    with pytest.raises(ValueError, match="shortlisted"):
        is_final("shortlisted")
    assert not may_move("applied", "shortlisted")
