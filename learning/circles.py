"""Things that wait for each other. Pure: no Django."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def find_circle(needs: Mapping[Node, Iterable[Node]]) -> list[Node]:
    """A circle in which each needs the next, the first one named again at the end; [] for none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle: list[Node] = error.args[1]
        return circle[::-1]
    return []
