"""The form of the files that hold consent texts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from core.content.documents import ContentModel


class ConsentTextContent(ContentModel):
    kind: Literal["assessment"]
    version: Annotated[int, Field(ge=1)]
    title: Annotated[str, StringConstraints(min_length=1, max_length=150)]
    body: Annotated[str, StringConstraints(min_length=1)]

    @property
    def code(self) -> str:
        return f"{self.kind}-{self.version}"
