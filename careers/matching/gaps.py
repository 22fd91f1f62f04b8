"""What a candidate lacks for a role, and whether to study or to measure.

A gap is a measured requirement met with probability below 0.5. The advice on a requirement:

==========================================================  =====================================
standing                                                    advice
==========================================================  =====================================
not measured, or only a first indication                    measure: nothing is known to be missing
gap whose cut lies within theta ± 1 SEM (0.16 < p < 0.5)    measure again, before or beside study
gap whose cut lies above theta + 1 SEM (p <= 0.16)          study
met (p >= 0.5)                                              none
==========================================================  =====================================

A requirement met narrowly gets no advice here, yet its doubt is weighed in `next_assessment`.
"""

from dataclasses import dataclass
from enum import StrEnum

from careers.matching.fit import Readiness, SkillState
from careers.matching.requirements import SkillRequirement


class Advice(StrEnum):
    """What to do about a requirement that isn't met."""

    MEASURE = "measure"
    MEASURE_AGAIN = "measure-again"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class Gap:
    """A measured skill short of the level asked.

    `from_level` is the level in which theta lies now, `to_level` the level asked; the first is
    always the lower. `probability` (below 0.5) is that of meeting the requirement all the same.
    """

    requirement: SkillRequirement
    from_level: int
    to_level: int
    probability: float
    advice: Advice


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A requirement about which too little is known to speak of a gap."""

    requirement: SkillRequirement
    has_first_indication: bool
    advice: Advice = Advice.MEASURE


def skill_gaps(readiness: Readiness) -> tuple[Gap, ...]:
    """Return the gaps: essential ones first, then the important, then the least likely met."""
    gaps = [
        Gap(
            requirement=standing.requirement,
            from_level=standing.evidence.level,
            to_level=standing.requirement.level,
            probability=standing.probability,
            advice=Advice.MEASURE_AGAIN if standing.is_uncertain else Advice.STUDY,
        )
        for standing in readiness.skill_standings
        if standing.state is SkillState.SHORT
        and standing.evidence is not None
        and standing.probability is not None
    ]
    return tuple(sorted(gaps, key=lambda gap: (*_weight(gap.requirement), gap.probability)))


def unmeasured_skills(readiness: Readiness) -> tuple[Unmeasured, ...]:
    """Return the requirements not yet measured: essential ones first, then the important."""
    unmeasured = [
        Unmeasured(standing.requirement, standing.state is SkillState.FIRST_INDICATION)
        for standing in readiness.skill_standings
        if standing.state in {SkillState.NOT_MEASURED, SkillState.FIRST_INDICATION}
    ]
    return tuple(sorted(unmeasured, key=lambda entry: _weight(entry.requirement)))


def _weight(requirement: SkillRequirement) -> tuple[bool, int]:
    return not requirement.essential, -requirement.importance
