"""A small load generator: keep-alive connections in threads, one person each."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

CSRF = "b" * 32


@dataclass(slots=True)
class Timings:
    """Seconds each call took, by step, and the time in which they were made."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, step: str, taken: float) -> None:
        with self.lock:
            self.seconds[step].append(taken)


class Visitor:
    """One signed-in person with a connection that stays open."""

    def __init__(self, port: int, session: str | None, timings: Timings) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = f"csrftoken={CSRF}" + (f"; sessionid={session}" if session else "")
        self.timings = timings

    def get(self, step: str, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        return self._call(step, "GET", path, None)

    def post(
        self, step: str, path: str, fields: dict[str, str] | None = None, accept: str = "text/html"
    ) -> tuple[http.client.HTTPResponse, bytes]:
        return self._call(step, "POST", path, urlencode(fields or {}), accept)

    def _call(
        self, step: str, method: str, path: str, body: str | None, accept: str = "text/html"
    ) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {"Cookie": self.cookie, "X-CSRFToken": CSRF, "Accept": accept}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        self.timings.add(step, time.perf_counter() - begun)
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {content[:300]!r}")
        return response, content


def together(jobs: list[Callable[[], None]]) -> float:
    """Run all jobs at once, each in a thread; the seconds until the last has ended."""
    errors: list[BaseException] = []

    def guarded(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return time.perf_counter() - begun


def summary(seconds: list[float], concurrency: int) -> dict[str, float]:
    """Rate at this concurrency (calls a second while only this step ran), median and p95."""
    ordered = sorted(seconds)
    return {
        "per_second": round(concurrency * len(ordered) / sum(ordered), 1),
        "median_ms": round(1000 * statistics.median(ordered), 2),
        "p95_ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 2),
    }
