"""An open requisition, one of its employer's recruiters and a candidate who may apply."""

import pytest
from django.db import connection

from tests.factories.accounts import EmployerFactory, MembershipFactory
from tests.factories.hiring import make_application, make_person, make_requisition


@pytest.fixture
def employer(db):
    return EmployerFactory(name="Bayside Contact", slug="bayside")


@pytest.fixture
def recruiter(employer):
    return MembershipFactory(employer=employer).user


@pytest.fixture
def requisition(employer):
    return make_requisition(employer)


@pytest.fixture
def candidate(db):
    return make_person()


@pytest.fixture
def application(requisition, candidate):
    return make_application(requisition, candidate)


@pytest.fixture
def candidate_client(client, candidate):
    client.force_login(candidate)
    return client


@pytest.fixture
def staff_client(client, recruiter):
    client.force_login(recruiter)
    return client


@pytest.fixture(autouse=True)
def mail_jobs(settings):
    """E-mail goes to the queue, as it does in the portal."""
    settings.EMAIL_BACKEND = "core.mail.JobEmailBackend"


@pytest.fixture
def committed(transactional_db):
    """Changes that other threads see. Django doesn't empty the queue afterwards."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
