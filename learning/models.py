"""Courses and who takes them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import Publication
from assessments.models import Skill
from assessments.models.skill import level_in_range


class CourseFormat(models.TextChoices):
    SELF_PACED = "self-paced", _("Self-paced")
    WORKSHOP = "workshop", _("Workshop")
    PRACTICE_GROUP = "practice-group", _("Practice group")


class Course(models.Model):
    """Teaches one skill from one level to a higher one."""

    code = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=150)
    summary = models.TextField(_("summary"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="courses")
    from_level = models.PositiveSmallIntegerField(_("from level"))
    to_level = models.PositiveSmallIntegerField(_("to level"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    format = models.CharField(_("format"), max_length=20, choices=CourseFormat)
    outcomes = ArrayField(models.TextField(), verbose_name=_("outcomes"))
    practice_task = models.TextField(_("practice between and after the lessons"), blank=True)
    practice_minutes = models.PositiveSmallIntegerField(_("minutes of practice"), default=0)
    prerequisites = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="opens"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Publication, default=Publication.ACTIVE
    )

    class Meta:
        ordering = ["skill__position", "from_level", "code"]
        constraints = [
            models.CheckConstraint(
                condition=level_in_range("from_level")
                & level_in_range("to_level")
                & models.Q(from_level__lt=models.F("to_level")),
                name="course_raises_level",
                violation_error_message=_("A course leads to a higher level than it starts from."),
            ),
            models.CheckConstraint(condition=models.Q(hours__gt=0), name="course_hours_positive"),
        ]

    def __str__(self) -> str:
        return self.title


class PlannedLesson(models.Model):
    """A lesson's place in a course: what it is for and how long it takes."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=150)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    aim = models.TextField(_("aim"))

    class Meta:
        ordering = ["course", "position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "position"], name="lesson_position_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """A learner's course; finished when `completed_at` is set. It never raises a score."""

    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments"
    )
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "course"], name="enrolment_once"),
            models.CheckConstraint(
                condition=models.Q(completed_at=None)
                | models.Q(completed_at__gte=models.F("enrolled_at")),
                name="enrolment_completed_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.course_id}"
