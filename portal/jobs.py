"""The job queue: PostgreSQL's, so that a job rolls back with the transaction that enqueued it."""

import procrastinate


def on_app_ready(app: procrastinate.App) -> None:
    """Called by procrastinate once Django is ready; tasks are found in each app's `tasks.py`."""
