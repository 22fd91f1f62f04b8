"""CSV that a spreadsheet can't take for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

FORMULA_STARTS = (
    *("=", "+", "-", "@", "\t", "\r", "\n", "|", "%"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),  # full-width =, +, - and @
)


def harmless(value: Any) -> str:
    """The value as text, with an apostrophe before anything a spreadsheet could calculate.

    Numbers stay numbers, negative ones too. (OWASP, CSV Injection.)
    """
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float):
        return text
    starts = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if starts else text


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Lines of a CSV file in UTF-8, beginning with a byte-order mark for spreadsheets."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([harmless(value) for value in header])
    yield buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([harmless(value) for value in row])
        yield buffer.getvalue()
