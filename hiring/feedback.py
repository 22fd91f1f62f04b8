"""What a candidate is told when nobody wrote anything: honest, and with a next step."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from careers.matching.fit import Readiness, SkillState
from careers.matching.gaps import skill_gaps, unmeasured_skills
from careers.sentences import listed

NAMED_STRENGTHS = 3


def default_feedback(title: str, found: Readiness, names: Mapping[str, str]) -> str:
    """For an application to `title` that wasn't chosen; `names` are skills' names by code."""
    paragraphs = [
        _(
            "Thank you for applying for ‘%(title)s’. We have decided not to go on with your "
            "application."
        )
        % {"title": title},
        _strengths(found, names),
        _next_step(found, names),
        _(
            "Your results stay yours and count for other openings too. This summary was put "
            "together from the results you shared; the decision was taken by a person."
        ),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _strengths(found: Readiness, names: Mapping[str, str]) -> str:
    """The required skills most surely met."""
    met = [row for row in found.skill_standings if row.state is SkillState.MET and row.evidence]
    met.sort(key=lambda row: -(row.probability or 0))
    if not met:
        return ""
    skills = listed(
        _("%(skill)s (level %(level)d, asked for: %(asked)d)")
        % {
            "skill": names[row.requirement.skill],
            "level": row.evidence.level if row.evidence else 0,
            "asked": row.requirement.level,
        }
        for row in met[:NAMED_STRENGTHS]
    )
    return _("What spoke for you: %(skills)s.") % {"skills": skills}


def _next_step(found: Readiness, names: Mapping[str, str]) -> str:
    """The weightiest skill that wasn't measured, else the weightiest gap."""
    unmeasured, gaps = unmeasured_skills(found), skill_gaps(found)
    essential_unknown = bool(unmeasured) and unmeasured[0].requirement.essential
    if unmeasured and (essential_unknown or not gaps):
        return _(
            "A next step: %(skill)s was not measured, so it could not speak for you. Its test "
            "takes a few minutes and counts for every role here."
        ) % {"skill": names[unmeasured[0].requirement.skill]}
    if gaps:
        gap = gaps[0]
        return _(
            "A next step: %(skill)s. You are at level %(level)d, and this opening asks for level "
            "%(asked)d. The role’s page shows courses that lead there."
        ) % {
            "skill": names[gap.requirement.skill],
            "level": gap.from_level,
            "asked": gap.to_level,
        }
    return _(
        "Your results reach every skill that was asked for. Others were chosen for reasons that "
        "a test doesn’t measure."
    )
