"""Openings, who applied to them, what they shared, and what became of it."""

from .application import Application
from .requisition import Requisition
from .shared import SharedFact, SharedMeasure, SharedSkill
from .transition import StageTransition

__all__ = [
    "Application",
    "Requisition",
    "SharedFact",
    "SharedMeasure",
    "SharedSkill",
    "StageTransition",
]
