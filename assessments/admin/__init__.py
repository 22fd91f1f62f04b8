"""Django's admin for content staff: skills, items, assessments, batteries and item reports.

Attempts, responses, scores and estimates have no page here. Extra time is personal, so only
platform admins see it.
"""

from . import accommodations, assessments, items, reports, skills

__all__ = ["accommodations", "assessments", "items", "reports", "skills"]
