"""Skills, the item bank, test forms, attempts and estimates."""

from .attempt import (
    Accommodation,
    Attempt,
    AttemptItem,
    ItemReport,
    ItemResponse,
    PartScore,
    SpeedMeasure,
)
from .bank import Item, ItemVersion, PartScoring, ScoredPart, ScoringVersion
from .estimate import EstimateEvidence, SkillEstimate
from .form import Assessment, Battery, BatteryStep, BlueprintRow, TestForm
from .skill import Facet, Skill, SkillDomain, SkillLevel

__all__ = [
    "Accommodation",
    "Assessment",
    "Attempt",
    "AttemptItem",
    "Battery",
    "BatteryStep",
    "BlueprintRow",
    "EstimateEvidence",
    "Facet",
    "Item",
    "ItemReport",
    "ItemResponse",
    "ItemVersion",
    "PartScore",
    "PartScoring",
    "ScoredPart",
    "ScoringVersion",
    "Skill",
    "SkillDomain",
    "SkillEstimate",
    "SkillLevel",
    "SpeedMeasure",
    "TestForm",
]
