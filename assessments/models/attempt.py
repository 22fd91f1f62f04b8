"""Attempts: what was drawn, what was answered, what it scored."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import OPEN_STATES, AttemptState, Device, Ending, ReportState
from assessments.psychometrics import timing

from .bank import ItemVersion, ScoredPart, ScoringVersion
from .form import Assessment, TestForm


class Accommodation(models.Model):
    """Extra time for a candidate, in percent of every limit; part of a deadline from its start."""

    candidate = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="accommodation"
    )
    extra_time_percent = models.PositiveSmallIntegerField(_("extra time in percent"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(extra_time_percent__lte=300), name="accommodation_extra_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.extra_time_percent} %"


class Attempt(models.Model):
    """One candidate's go at one assessment. The deadline is derived, never stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="attempts")
    test_form = models.ForeignKey(TestForm, models.PROTECT, related_name="attempts")
    state = models.CharField(max_length=20, choices=AttemptState, default=AttemptState.IN_PROGRESS)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    seed = models.BigIntegerField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    scored_at = models.DateTimeField(null=True)
    time_limit = models.DurationField(null=True)
    extra_time = models.DurationField(default=timedelta)
    paused = models.DurationField(default=timedelta)
    credited = models.DurationField(default=timedelta)
    paused_since = models.DateTimeField(null=True)
    furthest_position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "assessment"],
                condition=models.Q(state__in=OPEN_STATES),
                name="attempt_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=OPEN_STATES, submitted_at=None, ending="")
                | (
                    models.Q(submitted_at__isnull=False)
                    & ~models.Q(ending="")
                    & ~models.Q(state__in=OPEN_STATES)
                )
                | models.Q(state=AttemptState.VOIDED),
                name="attempt_submitted_exactly_when_ended",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AttemptState.SCORED) | models.Q(scored_at__isnull=False),
                name="attempt_scored_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=AttemptState.PAUSED, paused_since__isnull=False)
                | (~models.Q(state=AttemptState.PAUSED) & models.Q(paused_since=None)),
                name="attempt_paused_exactly_when_paused",
            ),
        ]
        indexes = [
            models.Index(
                fields=["candidate", "assessment", "-submitted_at"], name="attempt_by_candidate"
            ),
            models.Index(
                fields=["started_at"],
                condition=models.Q(state__in=OPEN_STATES),
                name="attempt_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def deadline(self) -> datetime | None:
        """The moment after which no answer is taken; None when untimed."""
        return timing.deadline(
            self.started_at,
            limit=self.time_limit,
            extra=self.extra_time,
            paused=self.paused,
            credited=self.credited,
            paused_since=self.paused_since,
        )

    def is_overdue(self, now: datetime) -> bool:
        deadline = self.deadline
        return self.state == AttemptState.IN_PROGRESS and deadline is not None and now > deadline


class AttemptItem(models.Model):
    """One drawn item, in its place, with its options in the order in which they are shown."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="uses")
    option_order = ArrayField(models.CharField(max_length=10), default=list)
    flagged = models.BooleanField(default=False)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attempt_position_once"),
            models.UniqueConstraint(
                fields=["attempt", "item_version"], name="attempt_item_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} question {self.position}"


class ItemResponse(models.Model):
    """The stored answer to one drawn item; `revision` grows with each change."""

    attempt_item = models.OneToOneField(
        AttemptItem, models.CASCADE, primary_key=True, related_name="response"
    )
    answer = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=1)
    answer_id = models.UUIDField(help_text="Chosen by the page: the same answer sent twice is one.")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revision__gte=1), name="item_response_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_item_id} revision {self.revision}"


class PartScore(models.Model):
    """What one scored part of one drawn item earned, under the scoring version it names."""

    attempt_item = models.ForeignKey(AttemptItem, models.CASCADE, related_name="scores")
    part = models.ForeignKey(ScoredPart, models.PROTECT, related_name="+")
    scoring_version = models.ForeignKey(ScoringVersion, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt_item", "part"], name="part_score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_item_id}/{self.part_id}: {self.score}"


class SpeedMeasure(models.Model):
    """Typing speed on one device. Keyboard and phone are never pooled."""

    attempt_item = models.OneToOneField(
        AttemptItem, models.CASCADE, primary_key=True, related_name="speed_measure"
    )
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="speed_measures"
    )
    device = models.CharField(max_length=10, choices=Device)
    gross_wpm = models.FloatField()
    net_wpm = models.FloatField()
    accuracy = models.FloatField(help_text="0 to 1")
    character_count = models.PositiveIntegerField()
    measured_at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["candidate", "device", "-measured_at"], name="speed_by_candidate"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accuracy__gte=0, accuracy__lte=1, net_wpm__gte=0),
                name="speed_measure_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.net_wpm:.0f} net WPM ({self.device})"


class ItemReport(models.Model):
    """A candidate's word that something is wrong with an item."""

    attempt_item = models.ForeignKey(AttemptItem, models.CASCADE, related_name="reports")
    text = models.TextField(_("what is wrong"), max_length=2000)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt_item"],
                condition=models.Q(state=ReportState.OPEN),
                name="item_report_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_item_id}: {self.state}"
