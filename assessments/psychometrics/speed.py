"""Typing speed and accuracy of a copied passage.

Errors are the minimum string distance: the fewest characters to insert, delete or replace
(Levenshtein 1966; Soukoreff & MacKenzie 2001, CHI extended abstracts, 319; 2003, CHI, 113).
A candidate whose time ran out has copied only a beginning, so the typed text is compared with that
prefix of the passage which is nearest to it. A word is five characters, spaces included
(Yamada 1980).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np

CHARACTERS_PER_WORD = 5
SHORTEST_MILLISECONDS = 30_000
FEWEST_CHARACTERS = 50

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u00b4`"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PLAIN = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
)


@dataclass(frozen=True, slots=True)
class TypingSpeed:
    """Words per minute before and after errors count, share of right characters, error count."""

    gross_wpm: float
    net_wpm: float
    accuracy: float
    errors: int


def plain_text(text: str) -> str:
    """Text without the differences that a keyboard makes and a typist doesn't.

    Line ends and runs of white space become one space, none stays at either end; curly quotes,
    long dashes and composed characters become their plain forms.
    """
    composed = unicodedata.normalize("NFKC", text.translate(_PLAIN))
    return " ".join(composed.split())


def is_valid_sample(typed: str, milliseconds: int) -> bool:
    """Whether enough was typed for long enough (50 characters, 30 seconds) to speak of a speed."""
    return milliseconds >= SHORTEST_MILLISECONDS and len(plain_text(typed)) >= FEWEST_CHARACTERS


def typing_speed(passage: str, typed: str, milliseconds: int) -> TypingSpeed:
    """Speed and accuracy of `typed` as a copy of the beginning of `passage`.

    gross = typed characters / 5 per minute; net = gross - errors per minute, at least 0 (each
    error costs a word); accuracy = 1 - errors / typed characters, between 0 and 1. Characters are
    those of `plain_text`. Raises ValueError unless `milliseconds` is positive.
    """
    if milliseconds <= 0:
        raise ValueError("typing takes time: milliseconds must be positive")
    copy = plain_text(typed)
    errors = distance_to_nearest_prefix(copy, plain_text(passage))
    minutes = milliseconds / 60_000
    gross = len(copy) / CHARACTERS_PER_WORD / minutes
    return TypingSpeed(
        gross_wpm=gross,
        net_wpm=max(0.0, gross - errors / minutes),
        accuracy=1 - errors / max(len(copy), 1),
        errors=errors,
    )


def distance_to_nearest_prefix(typed: str, passage: str) -> int:
    """Fewest edits that turn `typed` into any prefix of `passage`; at most len(typed).

    Row by row (Wagner & Fischer 1974): entry j of row i is the distance between the first i
    characters typed and the first j of the passage. Within a row an insertion depends on its left
    neighbour; a running minimum of (entry - j) settles all of them at once.
    """
    letters = np.frombuffer(passage.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    places = np.arange(len(letters) + 1)
    row = places.copy()
    for count, letter in enumerate(typed, start=1):
        by_replacing = row[:-1] + (letters != ord(letter))
        by_deleting = row[1:] + 1
        row = np.concatenate(([count], np.minimum(by_replacing, by_deleting)))
        row = np.minimum.accumulate(row - places) + places
    return int(row.min())
