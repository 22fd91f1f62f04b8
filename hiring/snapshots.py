"""What was known when an application was moved; it holds no name and no words of the candidate."""

from __future__ import annotations

from typing import Any

from hiring.models import Application
from hiring.queries.sharing import Shared


def snapshot(application: Application, found: Shared) -> dict[str, Any]:
    """JSON for a transition. `scoring_versions` name the keys and parameters behind a theta."""
    return {
        "fit": application.fit,
        "coverage": application.coverage,
        "lowest": application.lowest,
        "highest": application.highest,
        "verdict": str(application.verdict),
        "essentials_met": application.essentials_met,
        "essentials": application.essentials,
        "exceptions": application.exceptions,
        "requirement_set": application.requirement_set_id,
        "shared_at": application.shared_at.isoformat(),
        "skills": {
            row.skill.code: {
                "theta": row.theta,
                "sem": row.sem,
                "level": row.level,
                "responses": row.part_count,
                "measured": row.measured,
                "provisional": row.provisional,
                "knowledge_only": row.knowledge_only,
                "evidence_at": row.evidence_at.isoformat(),
                "scoring_versions": row.scoring_versions,
            }
            for row in found.skills
        },
        "measures": [
            {"measure": row.measure, "device": row.device, "value": row.value}
            for row in found.measures
        ],
    }
