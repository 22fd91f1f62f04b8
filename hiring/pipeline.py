"""Stages of an application and the moves between them; pure, without Django.

========== ==================================================
from       to
========== ==================================================
applied    screening, interview, offer; rejected, withdrawn
screening  interview, offer; rejected, withdrawn
interview  offer; rejected, withdrawn
offer      hired; rejected, withdrawn
========== ==================================================

An employer may skip stages on the way forward, because not every opening has a screening or an
interview; only an offer can't be skipped, since nobody is hired without having been offered the
job. Nothing moves back: the candidate has been told. Hired, rejected and withdrawn are final.
Withdrawing is the candidate's own move, every other one the employer's.
"""

from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    APPLIED = "applied"
    SCREENING = "screening"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


FINAL_STAGES: Final = frozenset({Stage.HIRED, Stage.REJECTED, Stage.WITHDRAWN})
_FORWARD: Final = (Stage.APPLIED, Stage.SCREENING, Stage.INTERVIEW, Stage.OFFER)


def is_final(stage: str) -> bool:
    """Raises ValueError for a stage that doesn't exist."""
    return Stage(stage) in FINAL_STAGES


def employer_moves(stage: str) -> tuple[Stage, ...]:
    """The stages to which an employer may move an application, the next one first.

    Raises ValueError for a stage that doesn't exist.
    """
    current = Stage(stage)
    if current in FINAL_STAGES:
        return ()
    ahead = _FORWARD[_FORWARD.index(current) + 1 :] or (Stage.HIRED,)
    return (*ahead, Stage.REJECTED)


def may_move(from_stage: str, to_stage: str) -> bool:
    """Whether an employer may make this move."""
    return to_stage in employer_moves(from_stage)


def may_withdraw(stage: str) -> bool:
    """Whether the candidate may still withdraw."""
    return not is_final(stage)
