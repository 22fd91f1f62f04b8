from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics.timing import deadline, extra_time, remaining

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
durations = st.timedeltas(timedelta(0), timedelta(days=2))


def test_deadline_adds_what_is_owed():
    found = deadline(START, 20 * MINUTE, extra=5 * MINUTE, paused=2 * MINUTE, credited=MINUTE)

    assert found == START + 28 * MINUTE


def test_an_untimed_attempt_has_no_deadline():
    assert deadline(START, None) is None
    assert remaining(START, START, None) is None


def test_no_deadline_can_be_named_during_a_pause():
    assert deadline(START, 20 * MINUTE, paused_since=START + MINUTE) is None


def test_remaining_time_stands_still_during_a_pause():
    since = START + 5 * MINUTE
    for now in (since, since + MINUTE, since + timedelta(days=3)):
        assert remaining(now, START, 20 * MINUTE, paused_since=since) == 15 * MINUTE


def test_resuming_goes_on_where_the_pause_began():
    since, resumed = START + 5 * MINUTE, START + 65 * MINUTE
    left = remaining(resumed, START, 20 * MINUTE, paused=resumed - since)

    assert left == 15 * MINUTE


def test_remaining_is_never_negative():
    assert remaining(START + 21 * MINUTE, START, 20 * MINUTE) == timedelta(0)


def test_a_clock_that_is_behind_gives_nobody_more_time():
    assert remaining(START - MINUTE, START, 20 * MINUTE) == 20 * MINUTE


@pytest.mark.parametrize(
    ("seconds", "percent", "extra"), [(1200, 25, 300), (61, 25, 16), (60, 0, 0), (1, 1, 1)]
)
def test_extra_time_is_rounded_up_to_a_whole_second(seconds, percent, extra):
    assert extra_time(timedelta(seconds=seconds), percent) == timedelta(seconds=extra)


def test_an_untimed_attempt_gets_no_extra_time():
    assert extra_time(None, 50) == timedelta(0)


def test_negative_durations_are_refused():
    with pytest.raises(ValueError, match="negative"):
        extra_time(MINUTE, -1)
    with pytest.raises(ValueError, match="negative"):
        extra_time(-MINUTE, 10)
    with pytest.raises(ValueError, match="negative"):
        deadline(START, MINUTE, paused=-MINUTE)
    with pytest.raises(ValueError, match="negative"):
        remaining(START, START, MINUTE, credited=-MINUTE)


@given(durations, st.integers(0, 300))
def test_extra_time_is_the_smallest_whole_second_that_is_enough(limit, percent):
    extra = extra_time(limit, percent)

    assert extra.microseconds == 0
    assert 100 * extra >= percent * limit
    assert 100 * (extra - timedelta(seconds=1)) < percent * limit


@given(durations, durations, durations, durations, durations)
def test_remaining_ends_exactly_at_the_deadline(limit, extra, paused, credited, elapsed):
    owed = {"extra": extra, "paused": paused, "credited": credited}
    end = deadline(START, limit, **owed)
    now = START + elapsed

    assert remaining(now, START, limit, **owed) == max(end - now, timedelta(0))
    assert (remaining(now, START, limit, **owed) == timedelta(0)) == (now >= end)
