"""Runs the benchmark: example and large data against the control, prints a table, returns the figures.

Ratios are within this one run on this one machine. `cpu_ratio` (processor time of the server for one request, over the
control's) is the least noisy figure; requests per second come from one visitor over one connection.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import words
from .servers import ROOT, Server, running
from .visitor import Visitor

PAGES: list[tuple[str, str, str]] = [
    ("citizen home", "citizen-1", "/"),
    ("tell", "citizen-1", "/fortell/"),
    ("group", "citizen-1", "{peer}"),
    ("board", "citizen-1", "{process}/tavla/"),
    ("host home", "host-peer", "/"),
    ("coordinator home", "coordinator", "/"),
    ("process desk", "coordinator", "{process}/"),
    ("people", "coordinator", "{process}/folk/"),
    ("employee home", "employee-1", "/"),
    ("leader home", "leader", "/"),
]
MAX_QUERIES, MAX_CPU_RATIO, MIN_RPS_RATIO, MAX_LARGE_RATIO = 12, 50.0, 0.02, 1.3
MAX_FIRST_BYTES, MAX_FIRST_REQUESTS, MAX_LATER_BYTES = 90_000, 8, 15_000


def run(requests: int, say: Callable[[str], None], out: Path, *, large: bool = True) -> dict[str, Any]:
    """Measure everything; write `out`. Takes some minutes, most of it filling the large folder."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="langbord-bench-") as folder:
        say("the control ...")
        with running("bench.control:application", "/") as control:
            base = _measure(control, Visitor(control.port), "/", requests * 4)
        for size in ("example", "large") if large else ("example",):
            say(f"data: {size} ...")
            environment = {"LANGBORD_DATA": str(Path(folder) / size), "NO_BROWSER": "1"}
            _make(environment, size)
            with running("langbord.config.wsgi:application", "/readyz", environment) as server:
                people = _personas(environment, server)
                visitors: dict[str, Visitor] = {}
                for page, who, path in PAGES:
                    if who not in visitors:  # a link signs in once
                        visitors[who] = Visitor(server.port)
                        visitors[who].sign_in(people[who]["url"])
                    rows.append(
                        _row(
                            server,
                            visitors[who],
                            people[who],
                            page,
                            who,
                            path,
                            size,
                            requests,
                            base,
                            environment,
                        )
                    )
                    say(f"  {page}")
    say("word help ...")
    result = {
        "machine": f"{platform.machine()} {os.cpu_count()} cores, Python {platform.python_version()}",
        "rows": rows,
        "other": {
            "control_ms": round(base["p50"] * 1000, 3),
            "control_cpu_ms": round(base["cpu"] * 1000, 3),
            "control_rps": round(base["rps"], 1),
        },
        "words": words.measure(),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")
    for line in [*table(result), *words.table(result["words"])]:
        say(line)
    return result


def _python(environment: dict[str, str], *words: str) -> str:
    env = {**os.environ, **environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def _make(environment: dict[str, str], size: str) -> None:
    Path(environment["LANGBORD_DATA"]).mkdir(parents=True)
    for alias in ("vault", "default"):
        _python(environment, "-m", "langbord", "migrate", "--database", alias, "--verbosity", "0")
    _python(environment, "-m", "langbord", "example", "create")
    if size == "large":
        _python(environment, "-m", "bench.fill")


def _personas(environment: dict[str, str], server: Server) -> dict[str, Any]:
    told = _python(
        {**environment, "LANGBORD_PUBLIC_URL": server.address}, "-m", "langbord", "personas", "--json"
    )
    return {person["key"]: person for person in json.loads(told)}


def _measure(server: Server, visitor: Visitor, path: str, count: int) -> dict[str, float]:
    visitor.times(path, max(10, count // 10))
    before = server.cpu_seconds()
    spent = visitor.times(path, count)
    cpu = (server.cpu_seconds() - before) / count
    ordered = sorted(spent)
    return {
        "p50": statistics.median(spent),
        "p95": ordered[int(len(ordered) * 0.95) - 1],
        "rps": count / sum(spent),
        "cpu": cpu,
    }


def _row(
    server: Server,
    visitor: Visitor,
    person: Any,
    page: str,
    who: str,
    path: str,
    size: str,
    requests: int,
    base: dict[str, float],
    environment: dict[str, str],
) -> dict[str, Any]:
    path = path.replace("{process}", f"/s/{person['process']}")
    if path == "{peer}":
        path = visitor.ask("GET", "/gruppa/").location
    measured = _measure(server, visitor, path, requests)
    first_bytes, first_requests = visitor.first_visit(path)
    html = visitor.ask("GET", path, brotli=True)
    return {
        "page": page,
        "size": size,
        "queries": _queries(environment, who, path),
        "p50_ms": round(measured["p50"] * 1000, 2),
        "p95_ms": round(measured["p95"] * 1000, 2),
        "control_ratio": round(measured["rps"] / base["rps"], 4),
        "cpu_ratio": round(measured["cpu"] / base["cpu"], 1),
        "html_bytes": html.size,
        "first_visit_bytes": first_bytes,
        "first_visit_requests": first_requests,
    }


def _queries(environment: dict[str, str], who: str, path: str) -> int:
    return int(_python(environment, "-m", "bench.queries", who, path))


def table(result: dict[str, Any]) -> list[str]:
    """The figures as lines, with a mark where a goal is missed."""
    rows: list[dict[str, Any]] = result["rows"]
    small = {row["page"]: row for row in rows if row["size"] == "example"}
    lines = [
        f"control: {result['other']['control_ms']} ms, {result['other']['control_cpu_ms']} ms of processor time",
        f"{'page':18} {'size':8} {'queries':>7} {'p50 ms':>8} {'p95 ms':>8} {'cpu x':>7} {'rps /':>7} "
        f"{'html':>7} {'first':>7} {'req':>4} {'large/small':>12}",
    ]
    for row in rows:
        first = small.get(row["page"], row)
        growth = row["p50_ms"] / first["p50_ms"] if first["p50_ms"] else 0.0
        missed = [
            name
            for name, bad in (
                ("queries", row["queries"] > MAX_QUERIES or row["queries"] != first["queries"]),
                ("cpu", row["cpu_ratio"] > MAX_CPU_RATIO),
                ("rps", row["control_ratio"] < MIN_RPS_RATIO),
                ("growth", row["size"] == "large" and growth > MAX_LARGE_RATIO),
                ("first visit", row["first_visit_bytes"] > MAX_FIRST_BYTES),
                ("requests", row["first_visit_requests"] > MAX_FIRST_REQUESTS),
                ("html", row["html_bytes"] > MAX_LATER_BYTES),
            )
            if bad
        ]
        lines.append(
            f"{row['page']:18} {row['size']:8} {row['queries']:7} {row['p50_ms']:8.2f} {row['p95_ms']:8.2f} "
            f"{row['cpu_ratio']:7.1f} {row['control_ratio']:7.4f} {row['html_bytes']:7} {row['first_visit_bytes']:7} "
            f"{row['first_visit_requests']:4} {growth:12.2f}"
            + (f"  falls short: {', '.join(missed)}" if missed else "")
        )
    return lines
