"""Loading compares the file, the database and what was last loaded; an edit is never lost."""

from pathlib import Path

import pytest
from django.db import transaction

from core.content.documents import ContentInvalid, ContentModel, Document
from core.content.loading import Record, ReferenceInvalid, export, load
from core.models import ContentRecord, MailboxMessage


class Note(ContentModel):
    code: str
    text: str
    mood: str = "calm"


class NoteKind:
    """Notes kept in a table that the tests have anyway; `file` stands for the folder."""

    name = "note"

    def __init__(self, *notes):
        self.file = list(notes)
        self.written = None

    def read(self, folder):
        document = Document("notes.yaml", {}, {(): 1, (0,): 2, (1,): 3, (1, "text"): 4})
        return [Record(note.code, note, document, (row,)) for row, note in enumerate(self.file)]

    def stored(self):
        return {
            row.subject: Note(code=row.subject, text=row.text, mood=row.html or "calm")
            for row in MailboxMessage.objects.all()
        }

    def save(self, note):
        if note.text == "broken":
            raise ReferenceInvalid("text", "there is no such text")
        MailboxMessage.objects.update_or_create(
            subject=note.code, defaults={"text": note.text, "html": note.mood}
        )

    def write(self, folder, contents):
        self.written = list(contents)


HERE = Path()
pytestmark = pytest.mark.django_db


def note(code, text="first", **fields):
    return Note(code=code, text=text, **fields)


def edit(code, text):
    MailboxMessage.objects.filter(subject=code).update(text=text)


def stored(code):
    return MailboxMessage.objects.get(subject=code).text


def outcomes(report):
    return {
        name: values
        for name in ("created", "changed", "unchanged", "left_alone", "conflicts")
        if (values := getattr(report, name))
    }


def test_new_records_are_created_and_then_unchanged():
    kind = NoteKind(note("a"), note("b"))

    assert outcomes(load([kind], HERE)) == {"created": ["note a", "note b"]}
    assert outcomes(load([kind], HERE)) == {"unchanged": ["note a", "note b"]}


def test_a_changed_file_is_loaded():
    load([NoteKind(note("a"))], HERE)

    assert outcomes(load([NoteKind(note("a", "second"))], HERE)) == {"changed": ["note a"]}
    assert stored("a") == "second"
    assert outcomes(load([NoteKind(note("a", "second"))], HERE)) == {"unchanged": ["note a"]}


def test_an_edit_is_left_alone_as_often_as_the_file_is_loaded():
    load([NoteKind(note("a"))], HERE)
    edit("a", "by an admin")

    for _ in range(2):
        assert outcomes(load([NoteKind(note("a"))], HERE)) == {"left_alone": ["note a"]}
    assert stored("a") == "by an admin"


def test_where_both_changed_that_is_a_conflict_until_a_person_settles_it():
    load([NoteKind(note("a"))], HERE)
    edit("a", "by an admin")

    for _ in range(2):
        assert outcomes(load([NoteKind(note("a", "second"))], HERE)) == {"conflicts": ["note a"]}
    assert stored("a") == "by an admin"

    edit("a", "second")
    assert outcomes(load([NoteKind(note("a", "second"))], HERE)) == {"unchanged": ["note a"]}
    assert outcomes(load([NoteKind(note("a", "third"))], HERE)) == {"changed": ["note a"]}


def test_both_changed_to_the_same_is_no_conflict():
    load([NoteKind(note("a"))], HERE)
    edit("a", "second")

    assert outcomes(load([NoteKind(note("a", "second"))], HERE)) == {"unchanged": ["note a"]}


def test_what_the_database_held_before_the_first_load_is_not_overwritten():
    MailboxMessage.objects.create(subject="a", text="made here", recipient="a@b.example")

    assert outcomes(load([NoteKind(note("a"))], HERE)) == {"conflicts": ["note a"]}
    assert stored("a") == "made here"


def test_what_is_no_longer_in_the_file_stays():
    load([NoteKind(note("a"), note("b"))], HERE)

    load([NoteKind(note("a"))], HERE)

    assert stored("b") == "first"


def test_a_field_left_at_its_default_is_no_change():
    load([NoteKind(note("a"))], HERE)

    assert outcomes(load([NoteKind(note("a", mood="calm"))], HERE)) == {"unchanged": ["note a"]}


def test_one_broken_record_and_nothing_is_loaded():
    with pytest.raises(ContentInvalid) as refusal, transaction.atomic():
        load([NoteKind(note("a"), note("b", "broken"))], HERE)

    assert str(refusal.value) == "notes.yaml:4: 1.text: there is no such text"
    assert not MailboxMessage.objects.exists()
    assert not ContentRecord.objects.exists()


def test_a_code_in_two_places_is_refused():
    with pytest.raises(ContentInvalid, match=r"notes\.yaml:3: 1: note a stands in two places"):
        load([NoteKind(note("a"), note("a", "second"))], HERE)

    assert not MailboxMessage.objects.exists()


def test_problems_of_all_kinds_are_told_at_once():
    other = NoteKind(note("x"), note("x"))
    other.name = "other"

    with pytest.raises(ContentInvalid) as refusal:
        load([NoteKind(note("a"), note("a")), other], HERE)

    assert len(refusal.value.problems) == 2


def test_export_hands_over_everything_that_is_stored():
    kind = NoteKind(note("a"), note("b"))
    load([kind], HERE)

    assert export([kind], HERE) == 2
    assert sorted(kind.written, key=lambda note: note.code) == [note("a"), note("b")]
