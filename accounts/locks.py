"""Locks on what has no row yet."""

from django.db import connection


def lock_address(email: str) -> None:
    """Until the transaction ends, nobody else gets past here with the same address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"user:{email}"])
