"""Reading the e-mails that wait as jobs."""

from __future__ import annotations

import re

from procrastinate.contrib.django.models import ProcrastinateJob


def mails(recipient: str | None = None) -> list[dict]:
    """The arguments of the e-mail jobs in the queue, oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name="core.deliver_email").order_by("pk")
    found = [job.args for job in jobs]
    return [mail for mail in found if recipient is None or recipient in mail["recipients"]]


def link_in(mail: dict, part: str) -> str:
    """The path of the link in a mail's text that contains `part`."""
    urls = re.findall(r"https?://[^/\s]+(\S+)", mail["text"])
    return next(url for url in urls if part in url)
