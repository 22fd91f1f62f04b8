"""How consent texts are read from files, stored and written back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from accounts.content.schema import ConsentTextContent
from accounts.models import Consent, ConsentText
from core.content.documents import ContentInvalid, read_document, write_document
from core.content.loading import Record, ReferenceInvalid, plain_data


class ConsentTextKind:
    name = "consent text"

    def read(self, folder: Path) -> list[Record]:
        records = []
        for path in sorted((folder / "consents").glob("*.yaml")):
            document = read_document(path, f"consents/{path.name}")
            text = document.parse(ConsentTextContent)
            if path.stem != text.code:
                message = f"this text belongs into {text.code}.yaml"
                raise ContentInvalid([document.problem(("version",), message)])
            records.append(Record(text.code, text, document))
        return records

    def stored(self) -> Mapping[str, ConsentTextContent]:
        texts = [
            ConsentTextContent(
                kind=text.kind, version=text.version, title=text.title, body=text.body
            )
            for text in ConsentText.objects.order_by("kind", "version")
        ]
        return {text.code: text for text in texts}

    def save(self, content: ConsentTextContent) -> None:
        agreed = Consent.objects.filter(text__kind=content.kind, text__version=content.version)
        if agreed.exists():
            message = f"version {content.version} was agreed to; write a new version"
            raise ReferenceInvalid("body", message)
        ConsentText.objects.update_or_create(
            kind=content.kind,
            version=content.version,
            defaults={"title": content.title, "body": content.body},
        )

    def write(self, folder: Path, contents: Iterable[ConsentTextContent]) -> None:
        for text in contents:
            write_document(folder / "consents" / f"{text.code}.yaml", plain_data(text))


KINDS = (ConsentTextKind(),)
