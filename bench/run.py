"""Runs the benchmark: example and large data against the control, prints a table, returns the figures.

Ratios are within this one run on this one machine. `cpu_ratio` (processor time of the server for one request, over the
control's) is the least noisy figure; requests per second come from one visitor over one connection.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from . import words
from .sites import Measured, Site, growth, measure, python, site

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
    with tempfile.TemporaryDirectory(prefix="langbord-bench-") as folder, ExitStack() as running:
        names = ["control", "example", "large"] if large else ["control", "example"]
        sites = []
        for name in names:
            say(f"{name} ...")
            sites.append(running.enter_context(site(name, Path(folder))))
        control, *sizes = sites
        base: list[Measured] = []
        for page, who, path in PAGES:
            found = measure(control, sizes, who, path, requests)
            base.append(found["control"])
            for one in sizes:
                rows.append({"page": page, "size": one.name, **_row(one, who, path, found)})
            say(f"  {page}")
    say("word help ...")
    result = {
        "machine": f"{platform.machine()} {os.cpu_count()} cores, Python {platform.python_version()}",
        "rows": rows,
        "other": {
            "control_ms": round(min(one.p50 for one in base) * 1000, 3),
            "control_cpu_ms": round(min(one.cpu_each for one in base) * 1000, 3),
            "control_rps": round(max(one.rps for one in base), 1),
        },
        "words": words.measure(),
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")
    for line in [*table(result), *words.table(result["words"])]:
        say(line)
    return result


def _row(one: Site, who: str, path: str, found: dict[str, Measured]) -> dict[str, Any]:
    """The figures of one page at one size, over the control measured in the same rounds."""
    visitor, address = one.visitor(who), one.path(who, path)
    measured, control = found[one.name], found["control"]
    first_bytes, first_requests = visitor.first_visit(address)
    return {
        "queries": int(python(one.environment, "-m", "bench.queries", who, address)),
        "p50_ms": round(measured.p50 * 1000, 2),
        "p95_ms": round(measured.p95 * 1000, 2),
        "growth": round(growth(measured, found["example"]), 2),
        "control_ratio": round(measured.rps / control.rps, 4),
        "cpu_ratio": round(measured.cpu_each / control.cpu_each, 1),
        "html_bytes": visitor.ask("GET", address, brotli=True).size,
        "first_visit_bytes": first_bytes,
        "first_visit_requests": first_requests,
    }


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
        missed = [
            name
            for name, bad in (
                ("queries", row["queries"] > MAX_QUERIES or row["queries"] != first["queries"]),
                ("cpu", row["cpu_ratio"] > MAX_CPU_RATIO),
                ("rps", row["control_ratio"] < MIN_RPS_RATIO),
                ("growth", row["growth"] > MAX_LARGE_RATIO),
                ("first visit", row["first_visit_bytes"] > MAX_FIRST_BYTES),
                ("requests", row["first_visit_requests"] > MAX_FIRST_REQUESTS),
                ("html", row["html_bytes"] > MAX_LATER_BYTES),
            )
            if bad
        ]
        lines.append(
            f"{row['page']:18} {row['size']:8} {row['queries']:7} {row['p50_ms']:8.2f} {row['p95_ms']:8.2f} "
            f"{row['cpu_ratio']:7.1f} {row['control_ratio']:7.4f} {row['html_bytes']:7} {row['first_visit_bytes']:7} "
            f"{row['first_visit_requests']:4} {row['growth']:12.2f}"
            + (f"  falls short: {', '.join(missed)}" if missed else "")
        )
    return lines
