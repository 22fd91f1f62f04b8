"""Occupations, what they require, what a candidate declares, and how the two fit."""

from .declared import HeldCertificate, LanguageSkill, WorkExperience
from .occupation import LadderStep, Occupation
from .readiness import ReadinessFields, RoleReadiness
from .requirement import FactRequirement, MeasureRequirement, RequirementSet, SkillRequirement

__all__ = [
    "FactRequirement",
    "HeldCertificate",
    "LadderStep",
    "LanguageSkill",
    "MeasureRequirement",
    "Occupation",
    "ReadinessFields",
    "RequirementSet",
    "RoleReadiness",
    "SkillRequirement",
    "WorkExperience",
]
