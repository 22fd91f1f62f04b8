"""When an attempt's time is up. The clock is an argument.

What is stored is the start, the limit, extra time, finished pauses, credited outages and, while
the attempt is paused, since when. The deadline follows from these, here and nowhere else.
"""

from __future__ import annotations

from datetime import datetime, timedelta

NO_TIME = timedelta(0)
_PERCENT_OF_A_SECOND = timedelta(seconds=100)


def extra_time(limit: timedelta | None, percent: int) -> timedelta:
    """`percent` of the limit, rounded up to a whole second; nothing where time is unlimited.

    Raises ValueError for a negative percentage or limit.
    """
    if percent < 0:
        raise ValueError("extra time can't be negative")
    if limit is None:
        return NO_TIME
    _require_not_negative(limit)
    return timedelta(seconds=-(-(limit * percent) // _PERCENT_OF_A_SECOND))


def deadline(
    started_at: datetime,
    limit: timedelta | None,
    extra: timedelta = NO_TIME,
    paused: timedelta = NO_TIME,
    credited: timedelta = NO_TIME,
    paused_since: datetime | None = None,
) -> datetime | None:
    """The moment from which answers come too late.

    `paused` sums the pauses that are over, `credited` the outages that don't count; both and
    `extra` move the deadline back. None where no moment can be named: the attempt is untimed
    (`limit` None), or it is paused now (`paused_since`) and the clock stands still.

    Raises ValueError for a negative duration.
    """
    if limit is None or paused_since is not None:
        return None
    _require_not_negative(limit, extra, paused, credited)
    return started_at + limit + extra + paused + credited


def remaining(
    now: datetime,
    started_at: datetime,
    limit: timedelta | None,
    extra: timedelta = NO_TIME,
    paused: timedelta = NO_TIME,
    credited: timedelta = NO_TIME,
    paused_since: datetime | None = None,
) -> timedelta | None:
    """Time left at `now`, never negative; None for an untimed attempt.

    During a pause it is what was left when the pause began. A `now` before the start counts as
    the start, so that two clocks that differ give nobody more time.

    Raises ValueError for a negative duration.
    """
    end = deadline(started_at, limit, extra, paused, credited)
    if end is None:
        return None
    counted_until = now if paused_since is None else min(now, paused_since)
    return max(end - max(counted_until, started_at), NO_TIME)


def _require_not_negative(*durations: timedelta) -> None:
    if any(duration < NO_TIME for duration in durations):
        raise ValueError("a duration can't be negative")
