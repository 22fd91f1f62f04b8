"""Keyset pages: nothing twice, nothing left out, whatever the ties."""

import base64
import json
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from core.models import AuditEvent, MailboxMessage
from core.pagination import CursorInvalid, capped_count, keyset_page

START = datetime(2026, 1, 1, tzinfo=UTC)


def make_events(count, actors=3):
    random = Random(5)
    events = AuditEvent.objects.bulk_create(
        AuditEvent(actor_id=random.randrange(actors), action="test", subject_type="x", subject_id=n)
        for n in range(count)
    )
    for event in events:
        event.at = START + timedelta(days=random.randrange(3), microseconds=event.pk % 2)
    return events


def walk(rows, keys, size):
    """Every row, page by page, and the sizes of the pages."""
    found, sizes, cursor = [], [], None
    while True:
        page = keyset_page(rows, keys=keys, size=size, cursor=cursor)
        found += page.rows
        sizes.append(len(page.rows))
        cursor = page.next_cursor
        if cursor is None:
            return found, sizes


@pytest.mark.django_db
@pytest.mark.parametrize(
    "keys", [("pk",), ("-pk",), ("actor_id", "pk"), ("-actor_id", "pk"), ("-at", "-pk"),
             ("at", "-actor_id", "pk")]
)
@pytest.mark.parametrize("size", [1, 4, 9, 10, 11])
def test_pages_over_ties_hold_every_row_once_and_in_order(keys, size):
    make_events(10)

    found, sizes = walk(AuditEvent.objects.all(), keys, size)

    assert found == list(AuditEvent.objects.order_by(*keys))
    assert sizes == [size] * (10 // size) + ([10 % size] if 10 % size else [])


@pytest.mark.django_db
def test_a_row_that_comes_in_between_moves_no_page():
    make_events(6)
    rows = AuditEvent.objects.all()
    first = keyset_page(rows, keys=("-pk",), size=3, cursor=None)
    make_events(2)

    second = keyset_page(rows, keys=("-pk",), size=3, cursor=first.next_cursor)

    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert second.next_cursor is None


@pytest.mark.django_db
def test_an_empty_list_is_one_empty_page():
    page = keyset_page(AuditEvent.objects.all(), keys=("pk",), size=5, cursor=None)

    assert (page.rows, page.next_cursor) == ([], None)


def encoded(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "garbage",
        "é",
        "====",
        encoded({}),
        encoded([]),
        encoded([1]),
        encoded([1, 2, 3]),
        encoded([None, 1]),
        encoded([[1], 1]),
        encoded(["yesterday", 1]),
        encoded(["2026-01-01 00:00:00+00:00", "many"]),
        encoded([True, 1]),
        encoded([float("nan"), 1]),
        encoded(["2026-01-01\x00", 1]),
        encoded(["[" * 50_000, 1]),
        base64.urlsafe_b64encode(b"[" * 50_000).decode(),
    ],
)
def test_a_cursor_that_the_portal_did_not_make_is_invalid(cursor):
    make_events(3)

    with pytest.raises(CursorInvalid):
        keyset_page(AuditEvent.objects.all(), keys=("-at", "-pk"), size=2, cursor=cursor)


@pytest.mark.django_db
def test_a_text_key_with_a_character_that_postgresql_cannot_hold_is_invalid():
    with pytest.raises(CursorInvalid):
        keyset_page(
            MailboxMessage.objects.all(),
            keys=("subject", "pk"), size=2, cursor=encoded(["a\x00b", 1]),
        )


@pytest.mark.django_db
def test_a_count_stops_at_its_cap():
    make_events(5)
    rows = AuditEvent.objects.order_by("at")

    assert capped_count(rows, cap=10) == (5, False)
    assert capped_count(rows, cap=5) == (5, False)
    assert capped_count(rows, cap=4) == (4, True)
