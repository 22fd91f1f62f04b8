from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics.speed import (
    distance_to_nearest_prefix,
    is_valid_sample,
    plain_text,
    typing_speed,
)

FOX = "The quick brown fox jumps over the lazy dog."
short_text = st.text(alphabet="ab ", max_size=12)


def levenshtein(first, second):
    """Textbook table, apart from the code under test."""
    table = {(i, 0): i for i in range(len(first) + 1)} | {(0, j): j for j in range(len(second) + 1)}
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            table[i, j] = min(
                table[i - 1, j] + 1,
                table[i, j - 1] + 1,
                table[i - 1, j - 1] + (first[i - 1] != second[j - 1]),
            )
    return table[len(first), len(second)]


def test_a_faultless_copy():
    speed = typing_speed(FOX, FOX, 60_000)

    assert speed.gross_wpm == pytest.approx(44 / 5)
    assert speed.net_wpm == speed.gross_wpm
    assert (speed.accuracy, speed.errors) == (1.0, 0)


def test_time_running_out_is_no_error():
    speed = typing_speed(FOX, "The quick br", 30_000)

    assert speed.gross_wpm == pytest.approx(12 / 5 * 2)
    assert speed.errors == 0


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ("The quikc brown", 2),  # two letters exchanged
        ("The quick brwn fox", 1),  # one left out
        ("The quick browwn fox", 1),  # one too many
        ("Thequick brown fox", 1),  # a space left out
        ("the quick brown fox", 1),  # a capital
        ("The quick fox jumps", 6),  # a word left out
        ("zzzz", 4),
        ("", 0),
    ],
)
def test_errors_are_the_fewest_edits(typed, errors):
    assert typing_speed(FOX, typed, 60_000).errors == errors


def test_an_error_costs_a_word_a_minute():
    speed = typing_speed(FOX, "The quick brwn fox jumps over the lazy dog.", 30_000)

    assert speed.net_wpm == pytest.approx(speed.gross_wpm - 2)
    assert speed.accuracy == pytest.approx(1 - 1 / 43)


def test_nonsense_has_no_net_speed():
    speed = typing_speed(FOX, "x" * 200, 60_000)

    assert speed.gross_wpm == pytest.approx(40)
    assert speed.net_wpm == 0.0
    assert speed.accuracy == pytest.approx(1 / 200)  # the x of "fox"


def test_typing_past_the_end_counts_as_errors():
    assert typing_speed(FOX, FOX + FOX, 60_000).errors == len(FOX)


@pytest.mark.parametrize(
    "typed",
    [
        "It\u2019s  9\u20135,\r\n\u201cnot\u201d later\u2026\n",
        'It\'s 9-5, "not" later...',
        ' It\u00b4s 9\u20145,\t"not\u201d\u00a0later... ',
    ],
)
def test_what_a_keyboard_decides_is_no_error(typed):
    passage = "It's 9-5,\n\u201cnot\u201d later..."

    assert typing_speed(passage, typed, 60_000).errors == 0


def test_composed_and_decomposed_letters_are_alike():
    assert plain_text("Bogota\u0301") == plain_text("Bogot\u00e1")


def test_repeated_spaces_earn_no_speed():
    assert typing_speed(FOX, "The" + " " * 50 + "quick", 60_000).gross_wpm == pytest.approx(9 / 5)


@pytest.mark.parametrize(
    ("characters", "milliseconds", "valid"),
    [(50, 30_000, True), (49, 30_000, False), (50, 29_999, False), (400, 0, False)],
)
def test_a_valid_sample_has_fifty_characters_and_thirty_seconds(characters, milliseconds, valid):
    assert is_valid_sample("a" * characters, milliseconds) is valid


def test_spaces_do_not_make_a_sample_valid():
    assert not is_valid_sample("a" + " " * 60, 60_000)


@pytest.mark.parametrize("milliseconds", [0, -5])
def test_typing_takes_time(milliseconds):
    with pytest.raises(ValueError, match="milliseconds"):
        typing_speed(FOX, FOX, milliseconds)


@given(short_text, short_text)
def test_distance_is_the_least_over_all_prefixes(typed, passage):
    prefixes = [passage[:end] for end in range(len(passage) + 1)]

    assert distance_to_nearest_prefix(typed, passage) == min(
        levenshtein(typed, prefix) for prefix in prefixes
    )


@given(st.text(max_size=40), st.text(max_size=40), st.integers(1, 10**7))
def test_every_text_has_a_speed_within_bounds(passage, typed, milliseconds):
    speed = typing_speed(passage, typed, milliseconds)

    assert 0 <= speed.net_wpm <= speed.gross_wpm
    assert 0 <= speed.accuracy <= 1
    assert speed.errors <= len(plain_text(typed))


def test_a_thousand_characters_are_compared_quickly():
    passage = (FOX + " ") * 30
    started = perf_counter()
    typing_speed(passage, passage[:1000], 60_000)

    assert perf_counter() - started < 0.5
