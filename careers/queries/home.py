"""The one next step that the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.models import Attempt, SkillEstimate
from assessments.queries.attempts import seconds_left
from careers.matching.fit import Verdict
from careers.queries.career_map import career_map
from careers.queries.role import role_page


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next, why, where, and about how many minutes it takes (None: no telling)."""

    title: str
    text: str
    url: str
    minutes: int | None = None


def next_step(candidate: User, now: datetime, open_attempt: Attempt | None = None) -> NextStep:
    """An attempt that is open goes first; else the step that helps most towards the best role."""
    if open_attempt is not None and not open_attempt.is_overdue(now):
        return attempt_step(open_attempt, now)
    if not SkillEstimate.objects.filter(candidate=candidate, is_current=True).exists():
        return first_step()
    roles = career_map(candidate)
    if not roles:
        return first_step()
    return role_step(roles[0].occupation.code, candidate, now)


def attempt_step(attempt: Attempt, now: datetime) -> NextStep:
    """Back to the test that was begun; `attempt` is open."""
    left = seconds_left(attempt, now)
    return NextStep(
        title=_("Go on with %(name)s") % {"name": attempt.assessment.name},
        text=_("You have begun this test. Every answer you gave is saved."),
        url=reverse("assessments:attempt", args=[attempt.pk]),
        minutes=attempt.assessment.stated_minutes if left is None else -(-left // 60),
    )


def first_step() -> NextStep:
    return NextStep(
        title=_("Take your first assessment"),
        text=_("Choose one skill. Your result shows which roles it points to, and it is yours."),
        url=reverse("assessments:catalogue"),
    )


def role_step(code: str, candidate: User, now: datetime) -> NextStep:
    """Towards one role: measure while evidence lacks, then study, then measure what is left."""
    page = role_page(code, candidate, now)
    role = page.occupation.title
    standing = page.standing
    assert standing is not None
    if standing.readiness.verdict is Verdict.READY:
        return NextStep(
            title=_("You are ready for: %(role)s") % {"role": role},
            text=standing.verdict_words + ". " + " ".join(standing.reasons),
            url=reverse("careers:role", args=[code]),
        )
    enough = standing.readiness.verdict is not Verdict.NOT_ENOUGH_EVIDENCE
    following = standing.next_assessment
    if following is not None and not (enough and standing.courses):
        return NextStep(
            title=_("Measure: %(name)s") % {"name": following.assessment.name},
            text=following.reason,
            url=reverse("assessments:detail", args=[following.assessment.code]),
            minutes=following.assessment.stated_minutes,
        )
    if standing.courses:
        planned = standing.courses[0]
        return NextStep(
            title=_("Course: %(title)s") % {"title": planned.course.title},
            text=_("It brings you closer to the role ‘%(role)s’. %(reason)s.")
            % {"role": role, "reason": planned.reason},
            url=reverse("learning:course", args=[planned.course.code]),
            minutes=round(60 * planned.course.hours),
        )
    return NextStep(
        title=_("See how you stand for: %(role)s") % {"role": role},
        text=standing.verdict_words + ". " + " ".join(standing.reasons),
        url=reverse("careers:role", args=[code]),
    )
