"""A minimal view: one INSERT, one commit."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

TABLE = "bench_bare"


def insert(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (value) VALUES (%s)", ["x"])  # noqa: S608
    return HttpResponse("ok")


urlpatterns = [path("bare/", insert)]
