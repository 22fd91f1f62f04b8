"""The content that simulated candidates meet: read once, used for all of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from assessments.enums import ItemUse, Publication
from assessments.models import Assessment, ItemVersion, PartScoring, TestForm
from assessments.psychometrics import selection
from careers.matching.requirements import RoleRequirements
from careers.models import Occupation
from careers.queries.requirements import role_requirements, with_requirements
from learning.models import Course

from .people import Person
from .sitting import Bank

TYPING = "typing"
ENTRY_ROLE_WEIGHT, OTHER_ROLE_WEIGHT = 3, 1
RETAKERS = 0.12
TAKE_ALL = 0.7
"""Share of people who take a test twice, and who take all tests of a battery."""


@dataclass(frozen=True, slots=True)
class PlannedSitting:
    """`number` counts a person's attempts at the same assessment from 1."""

    assessment: Assessment
    started_at: datetime
    number: int = 1


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Active assessments with their current forms and pools, roles with their batteries."""

    assessments: dict[str, Assessment]
    forms: dict[int, TestForm]
    pools: dict[int, list[ItemVersion]]
    bank: Bank
    roles: list[Occupation]
    requirements: list[tuple[Occupation, RoleRequirements]]
    batteries: dict[int, list[str]]
    courses: dict[int, list[Course]]

    def target_role(self, person: Person, wanted: list[Occupation]) -> Occupation:
        """The role a person aims at: two in three at one of those that are `wanted` now."""
        random = person.stream("target role")
        if wanted and random.random() < 0.65:
            return random.choice(wanted)
        weights = [
            ENTRY_ROLE_WEIGHT if role.seniority == "entry" else OTHER_ROLE_WEIGHT
            for role in self.roles
        ]
        return random.choices(self.roles, weights)[0]

    def planned_sittings(
        self, person: Person, role: Occupation, until: datetime
    ) -> list[PlannedSitting]:
        """The role's battery or the first part of it, over days; a few take one test again."""
        random = person.stream("sittings")
        battery = self.batteries.get(role.pk) or sorted(self.assessments)
        share = 1.0 if random.random() < TAKE_ALL else random.random()
        taken = battery[: max(1, round(len(battery) * share))]
        planned = []
        at = person.joined_at
        for code in taken:
            at += (
                timedelta(minutes=45)
                if random.random() < 0.6
                else timedelta(hours=random.uniform(12, 110))
            )
            planned.append(PlannedSitting(self.assessments[code], at))
        if random.random() < RETAKERS:
            again = random.choice(planned)
            cool_down = again.assessment.cool_down_days
            later = again.started_at + timedelta(days=cool_down + random.uniform(1, 20))
            planned.append(PlannedSitting(again.assessment, max(later, at + timedelta(days=1)), 2))
        return [sitting for sitting in planned if sitting.started_at < until]

    def draw(self, assessment: Assessment, seen: set[str], random: Random) -> list[ItemVersion]:
        """The items of one form, as `start_attempt` draws them: speed tests last."""
        versions = {version.item.code: version for version in self.pools[assessment.skill_id]}
        rows = [
            selection.BlueprintRow(
                row.count,
                row.level_min,
                row.level_max,
                row.facet.code if row.facet else None,
                row.item_type or None,
            )
            for row in self.forms[assessment.pk].rows.all()
        ]
        drawn: list[selection.PoolItem] = []
        for typed in (False, True):
            pool = [
                selection.PoolItem(code, version.item.item_type, version.facet.code, version.level)
                for code, version in versions.items()
                if (version.item.item_type == TYPING) is typed
            ]
            blueprint = [row for row in rows if (row.item_type == TYPING) is typed]
            drawn += selection.draw(pool, blueprint, seen, {}, random)
        return [versions[item.code] for item in drawn]


def read_catalogue() -> Catalogue:
    assessments = {
        assessment.code: assessment
        for assessment in Assessment.objects.filter(status=Publication.ACTIVE).select_related(
            "skill"
        )
    }
    forms = TestForm.objects.filter(
        is_current=True, assessment__in=assessments.values()
    ).prefetch_related("rows__facet")
    pools: dict[int, list[ItemVersion]] = defaultdict(list)
    versions = ItemVersion.objects.filter(
        is_current=True, item__use=ItemUse.SCORED, item__status=Publication.ACTIVE
    ).select_related("item", "facet")
    for version in versions.order_by("item__code"):
        pools[version.item.skill_id].append(version)
    scorings = PartScoring.objects.filter(
        scoring_version__is_current=True, scoring_version__item_version__in=versions
    ).select_related("scoring_version", "part")
    roles = list(
        Occupation.objects.filter(status=Publication.ACTIVE)
        .select_related("battery", "requirements")
        .prefetch_related("battery__steps__assessment", *with_requirements())
    )
    courses: dict[int, list[Course]] = defaultdict(list)
    for course in Course.objects.filter(status=Publication.ACTIVE):
        courses[course.skill_id].append(course)
    return Catalogue(
        assessments,
        {form.assessment_id: form for form in forms},
        pools,
        Bank({scoring.scoring_version.item_version_id: scoring for scoring in scorings}),
        roles,
        [(role, role_requirements(role.requirements)) for role in roles],
        {
            role.pk: [
                step.assessment.code
                for step in role.battery.steps.all()
                if step.assessment.code in assessments
            ]
            for role in roles
            if role.battery
        },
        courses,
    )
