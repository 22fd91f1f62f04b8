"""Roles in a list: all of them, or ranked for one candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from accounts.models import User
from assessments.enums import Publication
from assessments.models import Assessment
from careers import sentences
from careers.enums import Family, Seniority
from careers.matching.fit import SkillStanding, SkillState, skill_standing
from careers.matching.profile import Profile
from careers.matching.ranking import rank_roles
from careers.matching.requirements import SkillRequirement
from careers.models import Occupation, RoleReadiness
from careers.models import SkillRequirement as StoredSkillRequirement
from careers.queries.fit_picture import FitPicture, fit_picture
from careers.queries.profile import skill_evidence

SENIORITY_ORDER = {seniority: place for place, seniority in enumerate(Seniority.values)}


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role in a list; `readiness` is the reader's own, None for anybody unknown."""

    occupation: Occupation
    readiness: RoleReadiness | None

    @property
    def picture(self) -> FitPicture | None:
        return fit_picture(self.readiness) if self.readiness else None


def role_list(candidate: User | None, family: str = "") -> list[tuple[str, list[RoleEntry]]]:
    """The roles by family, within it by seniority: one query, two for a signed-in reader."""
    occupations = Occupation.objects.filter(status=Publication.ACTIVE)
    if family:
        occupations = occupations.filter(family=family)
    readiness = {}
    if candidate is not None:
        readiness = {
            row.occupation_id: row for row in RoleReadiness.objects.filter(candidate=candidate)
        }
    families = {family: place for place, family in enumerate(Family.values)}
    ordered = sorted(
        occupations,
        key=lambda role: (families[role.family], SENIORITY_ORDER[role.seniority], role.title),
    )
    return [
        (str(Family(family).label), [RoleEntry(role, readiness.get(role.pk)) for role in roles])
        for family, roles in groupby(ordered, key=lambda role: role.family)
    ]


@dataclass(frozen=True, slots=True)
class MapEntry:
    """A role on a candidate's career map, with its reason in one sentence."""

    occupation: Occupation
    readiness: RoleReadiness
    exception_words: str
    coverage_words: str
    reason: str

    @property
    def picture(self) -> FitPicture:
        return fit_picture(self.readiness)


def career_map(candidate: User) -> list[MapEntry]:
    """The roles, the one that the candidate is most surely ready for first: four queries."""
    readiness = {
        row.occupation: row
        for row in RoleReadiness.objects.filter(
            candidate=candidate, occupation__status=Publication.ACTIVE
        )
        .select_related("occupation")
        .order_by("occupation__title")
    }
    asked: dict[int, list[StoredSkillRequirement]] = {}
    for row in StoredSkillRequirement.objects.filter(
        requirement_set__in=[found.requirement_set_id for found in readiness.values()]
    ).select_related("skill"):
        asked.setdefault(row.requirement_set_id, []).append(row)
    profile = Profile(skills=skill_evidence(candidate))
    minutes = {
        assessment.skill_id: assessment.stated_minutes
        for assessment in Assessment.objects.filter(status=Publication.ACTIVE).order_by("-code")
    }
    return [
        _map_entry(role, row, asked.get(row.requirement_set_id, []), profile, minutes)
        for role in rank_roles(readiness)
        for row in [readiness[role]]
    ]


def _map_entry(
    occupation: Occupation,
    readiness: RoleReadiness,
    asked: Iterable[StoredSkillRequirement],
    profile: Profile,
    minutes: Mapping[int, int],
) -> MapEntry:
    rows = [(row, _standing(row, profile)) for row in asked]
    essentials = [standing for row, standing in rows if row.essential]
    to_measure = next(
        (
            (row.skill.name, minutes[row.skill_id])
            for row, standing in rows
            if standing.probability is None and row.skill_id in minutes
        ),
        None,
    )
    to_reach = next(
        (
            (row.skill.name, row.level)
            for row, standing in rows
            if standing.state is SkillState.SHORT
        ),
        None,
    )
    return MapEntry(
        occupation,
        readiness,
        exception_words=sentences.exception_sentence(readiness.verdict, readiness.exceptions),
        coverage_words=sentences.essentials_measured(
            sum(standing.probability is not None for standing in essentials), len(essentials)
        ),
        reason=sentences.map_reason(
            readiness.essentials_met,
            readiness.essentials,
            to_measure=to_measure,
            to_reach=to_reach,
        ),
    )


def _standing(row: StoredSkillRequirement, profile: Profile) -> SkillStanding:
    asked = SkillRequirement(row.skill.code, row.level, row.importance, row.essential)
    return skill_standing(asked, profile)


def ladder(entries: Iterable[MapEntry]) -> list[tuple[str, list[MapEntry]]]:
    """The same roles from entry to senior management."""
    ordered = sorted(entries, key=lambda entry: SENIORITY_ORDER[entry.occupation.seniority])
    return [
        (str(Seniority(seniority).label), list(rows))
        for seniority, rows in groupby(ordered, key=lambda entry: entry.occupation.seniority)
    ]
