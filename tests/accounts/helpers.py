"""E-mails that wait as jobs, and things that happen at once."""

from __future__ import annotations

import re
import threading

from django.db import close_old_connections, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.errors import ActionRefused


def mails(recipient: str | None = None) -> list[dict]:
    """The arguments of the e-mail jobs in the queue, oldest first."""
    jobs = ProcrastinateJob.objects.filter(task_name="core.deliver_email").order_by("pk")
    found = [job.args for job in jobs]
    return [mail for mail in found if recipient is None or recipient in mail["recipients"]]


def link_in(mail: dict, part: str) -> str:
    """The path of the link in a mail's text that contains `part`."""
    urls = re.findall(r"https?://[^/\s]+(\S+)", mail["text"])
    return next(url for url in urls if part in url)


def at_once(*changes):
    """Run the changes in threads of their own, begun together; what each raised, or None."""
    barrier, outcomes = threading.Barrier(len(changes)), []

    def run(change):
        close_old_connections()
        barrier.wait()
        try:
            change()
            outcomes.append(None)
        except ActionRefused as refusal:
            outcomes.append(type(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[change]) for change in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
