"""`make bench`: see the package's docstring."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

CONCURRENCY = 8
ATTEMPTS_EACH = 3
BARE_CALLS_EACH = 400
LIST_CALLS_EACH = 15
FEW, MANY = 1_000, 100_000
PORTS = {"portal": 8091, "bare": 8092}
QUESTION = re.compile(rb'data-position="(\d+)" data-revision="\d+" data-type="([\w-]+)"')


def bench_database() -> str:
    """Make an empty database on the portal's server; its URL."""
    import psycopg
    from django.conf import settings

    from portal.boot import ensure_surroundings

    ensure_surroundings()
    database = settings.DATABASES["default"]
    place = {"host": database["HOST"], "user": database["USER"], "port": database.get("PORT")}
    place |= {"password": database.get("PASSWORD")}
    place = {name: value for name, value in place.items() if value}
    with psycopg.connect(**place, dbname="postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS portal_bench WITH (FORCE)")
        connection.execute("CREATE DATABASE portal_bench")
    user = place["user"] + (f":{place['password']}" if "password" in place else "")
    if str(place["host"]).startswith("/"):
        host = str(place["host"]).replace("/", "%2F")
    else:
        host = place["host"] + (f":{place['port']}" if "port" in place else "")
    return f"postgresql://{user}@{host}/portal_bench"


@contextmanager
def served(name: str, settings: str) -> Iterator[int]:
    """Serve with granian as `make run` does; the port."""
    port = PORTS[name]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-access-log"]
    command += ["--log-level", "critical", "portal.wsgi:application"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    process = subprocess.Popen(command, env=environment)  # noqa: S603  (our own command)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    import socket

    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"no server on port {port}")


def an_answer(html: bytes, item_type: str) -> dict[str, str]:
    """Some valid answer to the question in `html`."""
    codes = [code.decode() for code in re.findall(rb'(?:value|data-code)="([a-f])"', html)]
    codes = list(dict.fromkeys(codes))
    random.shuffle(codes)
    match item_type:
        case "single-choice":
            return {"choice": codes[0]}
        case "multiple-choice":
            return {"choices": codes[0]}
        case "situational":
            return {"most": codes[0], "least": codes[1]}
        case "rating":
            names = set(re.findall(rb'name="(rating-[a-f])"', html))
            return {name.decode(): str(random.randint(1, 4)) for name in names}
        case "ordering":
            return {"order": ",".join(codes)}
        case "numeric":
            return {"value": str(random.randint(1, 99))}
        case _:
            words = "Thank you for calling about your order, I am looking into it now. " * 3
            return {"text": words, "milliseconds": "60000", "device": "keyboard"}


def split_questions(html: bytes) -> dict[int, tuple[str, bytes]]:
    """Questions in a page or fragment by position: their type and their HTML."""
    found = {}
    marks = list(QUESTION.finditer(html))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(html)
        found[int(mark[1])] = (mark[2].decode(), html[mark.start() : end])
    return found


def take(visitor, code: str) -> None:  # type: ignore[no-untyped-def]
    """One complete attempt, step by step, each answer by save-and-next and one by save."""
    response, _ = visitor.post("start", f"/assessments/{code}/start/")
    location = response.headers["Location"]
    response, _ = visitor.get("resume", location)
    _, page = visitor.get("question", response.headers["Location"])
    total = int(re.search(rb'data-total="(\d+)"', page)[1])  # type: ignore[index]
    questions = split_questions(page)
    for position in range(1, total + 1):
        item_type, html = questions[position]
        envelope = {"answer_id": str(uuid.uuid4()), "revision": "0"}
        base = f"{location}questions/{position}/"
        if position == total:
            fields = {**envelope, **an_answer(html, item_type)}
            visitor.post("save", f"{base}save/", fields, "application/json")
            continue
        fields = {**envelope, **an_answer(html, item_type), "held": ",".join(map(str, questions))}
        _, reply = visitor.post("save_answer", f"{base}next/", fields, "application/json")
        for text in json.loads(reply)["questions"].values():
            questions |= split_questions(text.encode())
    visitor.post("submit", f"{location}submit/")
    visitor.get("result", f"{location}result/")


def statements() -> dict[str, int]:
    """SQL statements of each step, session and user included, BEGIN and COMMIT not."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from portal.bench.people import candidates, signed_in

    user = candidates(1, prefix="counted")[0]
    client = Client(headers={"Host": "127.0.0.1"})
    client.cookies["sessionid"] = signed_in(user)
    counted: dict[str, int] = {}

    class Counting:
        def __getattr__(self, method: str):  # type: ignore[no-untyped-def]
            def call(step, path, fields=None, accept="text/html"):  # type: ignore[no-untyped-def]
                with CaptureQueriesContext(connection) as queries:
                    verb = getattr(client, method)
                    response = verb(path, fields or {}, headers={"Accept": accept})
                sent = [
                    query["sql"]
                    for query in queries.captured_queries
                    if query["sql"] not in {"BEGIN", "COMMIT"}
                ]
                counted[step] = max(counted.get(step, 0), len(sent))
                return response, response.content

            return call

    take(Counting(), "listening")
    return counted


def measure() -> dict[str, dict[str, float]]:
    from django.db import connection

    from accounts.models import Employer
    from portal.bench import load, people
    from portal.bench.bare import TABLE

    sql = statements()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id bigserial PRIMARY KEY, value text)")
    users = people.candidates(CONCURRENCY)
    sessions = [people.signed_in(user) for user in users]
    employer = Employer.objects.create(name="Bench", slug="bench")
    staff = people.signed_in(people.recruiter(employer))
    print(f"making openings with {FEW:,} and {MANY:,} applicants …", flush=True)
    openings = {count: people.opening(employer, count) for count in (FEW, MANY)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    timings = load.Timings()
    bare = load.Timings()
    codes = ["listening", "written", "empathy", "composure"]

    def bare_calls(visitor: load.Visitor) -> None:
        for _ in range(BARE_CALLS_EACH):
            visitor.post("bare", "/bare/")

    def attempts(visitor: load.Visitor) -> None:
        for code in codes[:ATTEMPTS_EACH]:
            take(visitor, code)

    def lists(visitor: load.Visitor) -> None:
        for _ in range(LIST_CALLS_EACH):
            for count, opening in openings.items():
                path = f"/hr/bench/requisitions/{opening.pk}/applicants/"
                visitor.get(f"applicant_list_{count}", path)

    print(f"the minimal view, {CONCURRENCY} visitors at once …", flush=True)
    with served("bare", "portal.bench.bare_settings") as port:
        visitors = [load.Visitor(port, None, load.Timings()) for _ in range(CONCURRENCY)]
        load.together([partial(bare_calls, visitor) for visitor in visitors])
        visitors = [load.Visitor(port, None, bare) for _ in range(CONCURRENCY)]
        load.together([partial(bare_calls, visitor) for visitor in visitors])
    print(f"complete attempts, {CONCURRENCY} candidates at once …", flush=True)
    with served("portal", "portal.settings") as port:
        warm = load.Timings()
        warm_up = people.signed_in(people.candidates(1, prefix="warm")[0])
        take(load.Visitor(port, warm_up, warm), "analysis")
        visitors = [load.Visitor(port, session, timings) for session in sessions]
        load.together([partial(attempts, visitor) for visitor in visitors])
        print("the applicant list …", flush=True)
        lists(load.Visitor(port, staff, timings))
    bare_rate = load.summary(bare.seconds["bare"], CONCURRENCY)
    results = {"bare": bare_rate}
    for step, seconds in timings.seconds.items():
        concurrency = 1 if step.startswith("applicant") else CONCURRENCY
        row = load.summary(seconds, concurrency)
        row["ratio_to_bare"] = round(row["per_second"] / bare_rate["per_second"], 3)
        if step in sql:
            row["sql_statements"] = sql[step]
        results[step] = row
    return results


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if os.environ.get("PORTAL_BENCH") != "1":
        import django

        django.setup()
        url = bench_database()
        environment = {**os.environ, "DATABASE_URL": url, "PORTAL_BENCH": "1"}
        command = [sys.executable, "-m", "portal.bench"]
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603
    import django
    from django.core.management import call_command

    django.setup()
    print("setting up a database of its own …", flush=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_content")
    results = measure()
    print(f"\n{'step':24}{'per second':>12}{'median ms':>12}{'p95 ms':>10}{'ratio':>8}{'SQL':>6}")
    for step, row in results.items():
        ratio, sql = row.get("ratio_to_bare", ""), row.get("sql_statements", "")
        print(
            f"{step:24}{row['per_second']:>12}{row['median_ms']:>12}{row['p95_ms']:>10}"
            f"{ratio:>8}{sql:>6}"
        )
    growth = (
        results[f"applicant_list_{MANY}"]["median_ms"]
        / results[f"applicant_list_{FEW}"]["median_ms"]
    )
    print(f"\napplicant list: {MANY:,} applicants take {growth:.2f} times as long as {FEW:,}")
    target = Path("var") / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, indent=2))
    print(f"written to {target}")


if __name__ == "__main__":
    main()
