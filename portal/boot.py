"""What must be there before Django starts."""

from django.conf import settings


def ensure_surroundings() -> None:
    """Make the folder of static files, and start or join the embedded PostgreSQL.

    With DATABASE_URL no server is started. Raises portal.embedded_postgres.ServerUnavailable.
    """
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if settings.EMBEDDED_SERVER is not None:
        settings.EMBEDDED_SERVER.ensure_running()
