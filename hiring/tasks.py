"""Jobs of this app, run by the worker."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from hiring.actions.recompute import recompute_batch
from hiring.models import Requisition


@app.task(
    name="hiring.recompute_applications",
    retry=RetryStrategy(max_attempts=5, exponential_wait=4),
    pass_context=False,
)
def recompute_applications(*, requisition_id: str) -> None:
    """Work through a requisition's applications, batch by batch, each in a transaction.

    Cut off in between it goes on where it was; run twice it finds nothing to do.
    """
    requisition = Requisition.objects.filter(pk=requisition_id).first()
    while requisition and recompute_batch(requisition=requisition, now=timezone.now()):
        pass
