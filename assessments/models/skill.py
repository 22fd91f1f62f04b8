"""The skill framework: the vocabulary that items, roles and courses share."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.psychometrics.scales import CutScores

LOWEST_LEVEL, HIGHEST_LEVEL = 1, 5


def level_in_range(field: str) -> models.Q:
    return models.Q(**{f"{field}__gte": LOWEST_LEVEL, f"{field}__lte": HIGHEST_LEVEL})


class SkillDomain(models.Model):
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """One skill. Its cut scores are the thetas at which levels 2 to 5 begin."""

    code = models.SlugField(max_length=60, unique=True)
    domain = models.ForeignKey(SkillDomain, models.PROTECT, related_name="skills")
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("definition"))
    position = models.PositiveSmallIntegerField(default=0)
    self_reported = models.BooleanField(
        _("close to self-report"),
        default=False,
        help_text=_("Answers can easily be shaped to please, so roles don't make it essential."),
    )
    cut_2 = models.FloatField(_("level 2 begins at theta"), default=-1.0)
    cut_3 = models.FloatField(_("level 3 begins at theta"), default=-0.25)
    cut_4 = models.FloatField(_("level 4 begins at theta"), default=0.75)
    cut_5 = models.FloatField(_("level 5 begins at theta"), default=1.5)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cut_2__lt=models.F("cut_3"))
                & models.Q(cut_3__lt=models.F("cut_4"))
                & models.Q(cut_4__lt=models.F("cut_5")),
                name="skill_cuts_ascend",
                violation_error_message=_("The cut scores must ascend."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def cuts(self) -> CutScores:
        return CutScores((self.cut_2, self.cut_3, self.cut_4, self.cut_5))


class SkillLevel(models.Model):
    """One of a skill's five described levels."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("level"))
    title = models.CharField(_("title"), max_length=80)
    description = models.TextField(_("description"))
    behaviours = ArrayField(models.TextField(), verbose_name=_("observable behaviours"))
    at_work = models.TextField(_("what it means at work"))

    class Meta:
        ordering = ["skill", "level"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "level"], name="skill_level_once"),
            models.CheckConstraint(condition=level_in_range("level"), name="skill_level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} {self.level}: {self.title}"


class Facet(models.Model):
    """A part of a skill that items name, so that strengths within it can be told."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="facets")
    code = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["skill", "position"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "code"], name="facet_code_once"),
        ]

    def __str__(self) -> str:
        return self.name
