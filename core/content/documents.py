"""YAML files read with the line of every field, so that an error can name it. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Location = tuple[str | int, ...]


class ContentModel(BaseModel):
    """Base of everything that is read from a content file: unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


Model = TypeVar("Model", bound=ContentModel)


class FieldInvalid(ValueError):
    """A field that breaks a rule over several fields; a model's validator raises it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a content file; `line` counts from 1."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class ContentInvalid(Exception):
    """Content files that can't be loaded; `problems` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: its data, and the line on which each field begins."""

    file: str
    data: Any
    lines: dict[Location, int]

    def line_of(self, location: Location) -> int:
        """The line of the field, or of the nearest enclosing one that the file holds."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def problem(self, location: Location, message: str) -> Problem:
        name = ".".join(str(step) for step in location) or "file"
        return Problem(self.file, self.line_of(location), name, message)

    def parse(self, model: type[Model]) -> Model:
        """The document as `model`. Raises ContentInvalid."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise ContentInvalid(
                [self.problem(*located(detail)) for detail in error.errors()]
            ) from None


def located(detail: Mapping[str, Any]) -> tuple[Location, str]:
    """Where a validation error of pydantic stands, and what it says."""
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, FieldInvalid):
        return (*detail["loc"], cause.field), str(cause)
    return detail["loc"], str(cause) if isinstance(cause, ValueError) else detail["msg"]


class _StrictLoader(yaml.SafeLoader):
    """Safe YAML without dates and yes/no booleans, so that text stays text.

    Aliases are refused: nobody needs them here, and nested ones grow without bound.
    """

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "aliases are not allowed", mark)
        return super().compose_node(parent, index)


_StrictLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _word in ("true", "false"):
    _StrictLoader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile(f"^{_word}$"), [_word[0]]
    )


def read_document(path: Path, name: str | None = None) -> Document:
    """Read one YAML file.

    Raises ContentInvalid for a file that is missing, and for bad encoding, syntax or a repeated
    field.
    """
    name = name or str(path)
    try:
        loader = _StrictLoader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        if node is None:
            raise ContentInvalid([Problem(name, 1, "file", "the file is empty")])
        lines = _field_lines(node, (), name)
        return Document(name, loader.construct_document(node), lines)
    except OSError as error:
        message = f"the file can't be read: {error.strerror}"
        raise ContentInvalid([Problem(name, 1, "file", message)]) from None
    except UnicodeDecodeError:
        raise ContentInvalid([Problem(name, 1, "file", "the file is not UTF-8 text")]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentInvalid([Problem(name, line, "file", error.problem or "not YAML")]) from None
    except yaml.YAMLError:
        raise ContentInvalid([Problem(name, 1, "file", "a character that YAML forbids")]) from None


def _field_lines(node: yaml.Node, location: Location, name: str) -> dict[Location, int]:
    lines = {location: node.start_mark.line + 1}
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise ContentInvalid([Problem(name, line, "file", "a field's name must be a word")])
            if key.value in seen:
                raise ContentInvalid([Problem(name, line, key.value, "this field stands twice")])
            seen.add(key.value)
            lines |= _field_lines(value, (*location, key.value), name)
            lines[(*location, key.value)] = line
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            lines |= _field_lines(value, (*location, position), name)
    return lines


class _ReadableDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_ReadableDumper.add_representer(str, _text)


def write_document(path: Path, data: Any) -> None:
    """Write `data` in the form in which content files are kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=_ReadableDumper, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8")
