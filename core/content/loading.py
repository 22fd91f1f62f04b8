"""Loading content files without ever overwriting what an admin edited.

For each record three things are compared by digest: what the file says, what the database holds,
and what the file said when it was last loaded. A file that changed while the database did not is
loaded; an edit in the database stays; where both changed, that is a conflict for a person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, transaction

from core.content.documents import ContentInvalid, ContentModel, Document, Location, Problem
from core.models import ContentRecord


class ReferenceInvalid(ValueError):
    """A record that names something that isn't there; `field` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a file holds: its code, its content, and where it stands."""

    code: str
    content: ContentModel
    document: Document
    location: Location = ()


class ContentKind(Protocol):
    """One kind of content. `stored` gives everything that the database holds, in file form."""

    name: str

    def read(self, folder: Path) -> list[Record]: ...
    def stored(self) -> Mapping[str, ContentModel]: ...
    def save(self, content: Any) -> None: ...
    def write(self, folder: Path, contents: Iterable[Any]) -> None: ...


@dataclass(slots=True)
class LoadReport:
    """Codes by outcome, each as 'kind code'."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def digest(content: ContentModel) -> str:
    plain = content.model_dump(mode="json", exclude_defaults=True)
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def plain_data(content: ContentModel) -> dict[str, Any]:
    """What a file holds of `content`: fields at their default are left out."""
    return content.model_dump(mode="json", exclude_defaults=True)


@transaction.atomic
def load(
    kinds: Iterable[ContentKind], folder: Path, progress: Callable[[str], None] = lambda text: None
) -> LoadReport:
    """Load all `kinds` from `folder`, in order, or nothing at all.

    Raises ContentInvalid with every problem that was found.
    """
    kinds = list(kinds)
    records = _read_all(kinds, folder)
    report = LoadReport()
    for kind in kinds:
        progress(f"{kind.name}: {len(records[kind.name])}")
        _load_kind(kind, records[kind.name], report)
    if report.created or report.changed:
        # Until the planner knows of the new rows, a join over them can take minutes.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return report


def _read_all(kinds: list[ContentKind], folder: Path) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    problems: list[Problem] = []
    for kind in kinds:
        try:
            found[kind.name] = kind.read(folder)
        except ContentInvalid as error:
            problems += error.problems
            continue
        seen: set[str] = set()
        for record in found[kind.name]:
            if record.code in seen:
                message = f"{kind.name} {record.code} stands in two places"
                problems.append(record.document.problem(record.location, message))
            seen.add(record.code)
    if problems:
        # Kinds that share a file meet the same problem in it.
        raise ContentInvalid(list(dict.fromkeys(problems)))
    return found


def _load_kind(kind: ContentKind, records: list[Record], report: LoadReport) -> None:
    stored = kind.stored()
    loaded = dict(ContentRecord.objects.filter(kind=kind.name).values_list("code", "digest"))
    noted: list[ContentRecord] = []
    for record in records:
        name = f"{kind.name} {record.code}"
        new = digest(record.content)
        now = digest(stored[record.code]) if record.code in stored else None
        last = loaded.get(record.code)
        if now == new:
            report.unchanged.append(name)
        elif now is None or now == last:
            _save(kind, record)
            (report.created if now is None else report.changed).append(name)
        elif new == last:
            report.left_alone.append(name)
            continue
        else:
            report.conflicts.append(name)
            continue
        if last != new:
            noted.append(ContentRecord(kind=kind.name, code=record.code, digest=new))
    ContentRecord.objects.bulk_create(
        noted,
        update_conflicts=True,
        unique_fields=["kind", "code"],
        update_fields=["digest", "loaded_at"],
    )


def _save(kind: ContentKind, record: Record) -> None:
    try:
        kind.save(record.content)
    except ReferenceInvalid as error:
        location = (*record.location, error.field)
        raise ContentInvalid([record.document.problem(location, str(error))]) from None


def export(kinds: Iterable[ContentKind], folder: Path) -> int:
    """Write everything that the database holds of `kinds` under `folder`; the number of records."""
    count = 0
    for kind in kinds:
        contents = list(kind.stored().values())
        kind.write(folder, contents)
        count += len(contents)
    return count
