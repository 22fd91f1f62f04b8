"""What must run before Django can use its database."""

from django.conf import settings


def ensure_database() -> None:
    """Start or join the embedded PostgreSQL; does nothing when DATABASE_URL names a server.

    Raises portal.embedded_postgres.ServerUnavailable.
    """
    if settings.EMBEDDED_SERVER is not None:
        settings.EMBEDDED_SERVER.ensure_running()
