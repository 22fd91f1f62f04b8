"""What the tests of accounts share."""

import pytest
from django.core.cache import cache
from django.db import connection


@pytest.fixture(autouse=True)
def mail_goes_through_the_queue(settings):
    """Django's test environment replaces the e-mail backend; these tests look at the real one."""
    settings.EMAIL_BACKEND = "core.mail.JobEmailBackend"


@pytest.fixture
def committed(transactional_db):
    """Changes that other threads see. Django empties neither the queue nor the cache afterwards."""
    yield
    cache.clear()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
