"""What the tests of accounts share."""

import pytest


@pytest.fixture(autouse=True)
def mail_goes_through_the_queue(settings):
    """Django's test environment replaces the e-mail backend; these tests look at the real one."""
    settings.EMAIL_BACKEND = "core.mail.JobEmailBackend"
