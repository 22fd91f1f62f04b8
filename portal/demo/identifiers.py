"""Identifiers from a stream of chance, so that one seed gives the same ones."""

from __future__ import annotations

from random import Random
from uuid import UUID


def uuid_from(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
