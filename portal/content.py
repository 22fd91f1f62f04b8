"""All kinds of content, in the order in which they build on one another."""

from pathlib import Path

from django.conf import settings

from accounts.content.kinds import KINDS as ACCOUNT_KINDS
from assessments.content.kinds import KINDS as ASSESSMENT_KINDS
from careers.content.kinds import KINDS as CAREER_KINDS
from learning.content.kinds import KINDS as LEARNING_KINDS

KINDS = (*ACCOUNT_KINDS, *ASSESSMENT_KINDS, *LEARNING_KINDS, *CAREER_KINDS)
STARTER_CONTENT: Path = settings.BASE_DIR / "content" / "bpo"
