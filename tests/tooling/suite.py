"""`make test` and `make lint`: every check and every test, each part named, and a count that cannot be misread.

    python -m tests.tooling.suite          all of it
    python -m tests.tooling.suite lint     style, types and the direction of imports only

Ends with 1 if anything failed, was skipped for lack of a browser or database, or could not run. The last line is
"N passed, N failed".
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
MOST_LINES = 60
_telling = threading.Lock()
TEST_SETTINGS = {"DJANGO_SETTINGS_MODULE": "langbord.config.settings_test"}


@dataclass
class Outcome:
    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def all_well(self) -> bool:
        return not self.failed


def tool(name: str) -> str:
    return str(Path(PYTHON).parent / name)


LINT: dict[str, list[str]] = {
    "ruff": [tool("ruff"), "check", "--quiet", "src", "tests"],
    "ruff format": [tool("ruff"), "format", "--check", "--quiet", "src", "tests"],
    "imports run one way": [tool("lint-imports"), "--no-cache"],
    "mypy": [PYTHON, "-m", "mypy", "--no-error-summary"],
}
CHECKS: dict[str, list[str]] = {
    "system checks": [PYTHON, "-m", "langbord", "check", "--fail-level", "WARNING"],
    "no migration missing": [PYTHON, "-m", "langbord", "makemigrations", "--check", "--dry-run"],
    "deployment checks": [PYTHON, "-m", "langbord", "check", "--deploy", "--fail-level", "WARNING"],
}


def run_check(name: str, command: list[str], extra: dict[str, str] | None = None) -> Outcome:
    """One command that is right when it ends with 0. What it said is shown only when it is not."""
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **(extra or {})},
    )
    right = done.returncode == 0
    outcome = Outcome(name, int(right), int(not right), seconds=time.monotonic() - began)
    if not right:
        lines = done.stdout.rstrip().splitlines()
        left = [f"... and {len(lines) - MOST_LINES} lines before"] if len(lines) > MOST_LINES else []
        print("\n".join(["", f"--- {name}", *left, *lines[-MOST_LINES:], ""]), flush=True)
    return show(outcome)


def run_pytest(name: str, *arguments: str, database: str) -> tuple[Outcome, set[str]]:
    """One run of pytest; also the names of the tests that ran. A skipped test has not run: it counts as failed.

    Its lines are told when it ends, in one piece, since others run beside it.
    """
    began = time.monotonic()
    print(f"...    {name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        done = subprocess.run(
            [
                PYTHON,
                "-m",
                "pytest",
                "-q",
                "--no-header",
                "-p",
                "no:cacheprovider",
                f"--junitxml={report}",
                *arguments,
            ],
            cwd=ROOT,
            env={**os.environ, "LANGBORD_TEST_DB": database},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        outcome, ran = read_report(name, report)
    outcome.seconds = time.monotonic() - began
    if done.returncode and outcome.all_well:
        outcome.failed += 1
        outcome.notes.append(f"pytest ended with {done.returncode}")
    with _telling:
        print(done.stdout, flush=True)
        return show(outcome), ran


def read_report(name: str, report: Path) -> tuple[Outcome, set[str]]:
    """What pytest's own report says. No report, or no test in it, is a failure."""
    if not report.exists():
        return Outcome(name, failed=1, notes=["could not run"]), set()
    outcome, ran = Outcome(name), set()
    for case in ET.parse(report).getroot().iter("testcase"):
        ran.add(f"{case.get('classname')}::{case.get('name')}")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        elif (skipped := case.find("skipped")) is not None:
            outcome.skipped += 1
            outcome.notes.append(f"did not run: {case.get('name')} ({skipped.get('message')})")
        else:
            outcome.passed += 1
    outcome.failed += outcome.skipped
    if not ran:
        outcome.failed += 1
        outcome.notes.append("there was no test to run")
    return outcome, ran


def same_tests(one: set[str], two: set[str]) -> Outcome:
    """The two databases are held to the same: as many tests on each, and the same ones."""
    apart = sorted(one ^ two)
    outcome = Outcome("same tests on both databases", int(not apart), int(bool(apart)))
    outcome.notes.append(f"SQLite {len(one)}, PostgreSQL {len(two)}")
    outcome.notes += [f"only on one of them: {name}" for name in apart[:10]]
    return show(outcome)


def show(outcome: Outcome) -> Outcome:
    mark = "ok    " if outcome.all_well else "FAILED"
    print(
        f"{mark} {outcome.name}: {outcome.passed} passed, {outcome.failed} failed ({outcome.seconds:.0f} s)",
        flush=True,
    )
    for note in outcome.notes:
        print(f"         {note}", flush=True)
    return outcome


def lint() -> list[Outcome]:
    return [run_check(name, command) for name, command in LINT.items()]


def checks() -> list[Outcome]:
    extra = {**TEST_SETTINGS}
    outcomes = [run_check(name, command, extra) for name, command in list(CHECKS.items())[:2]]
    with tempfile.TemporaryDirectory() as folder:
        real = {
            "LANGBORD_DATA": folder,
            "LANGBORD_PUBLIC_URL": "https://langbord.example",
            "LANGBORD_DEBUG": "",
        }
        outcomes.append(run_check("deployment checks", CHECKS["deployment checks"], real))
    return outcomes


@dataclass(frozen=True)
class Part:
    """One run of pytest, beside others."""

    name: str
    database: str
    arguments: tuple[str, ...]


WALLS, REST = ("tests/access",), ("tests", "--ignore=tests/access")
BOTH = "not browser and not once and not bare"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
PARTS = [
    *(
        Part(f"tests on {NAMES[database]}: {what}", database, (*folders, "-m", BOTH))
        for what, folders in (("the walls", WALLS), ("the rest", REST))
        for database in ("postgres", "sqlite")
    ),
    Part("tests in a browser", "sqlite", ("-m", "browser")),
    Part("tests without a database", "sqlite", ("-m", "bare and not browser and not once")),
    Part("the proof of shredding", "sqlite", ("tests/proof", "-m", "once")),
]
"""The longest first, so that whoever is done takes the next. The first four are all tests that ask for a database, on
each; those that ask for none would be the same twice."""


def all_tests() -> list[Outcome]:
    """Every part, as many at a time as there are cores (at least two)."""
    with ThreadPoolExecutor(min(len(PARTS), max(2, os.cpu_count() or 2))) as beside:
        running = [
            (part, beside.submit(run_pytest, part.name, *part.arguments, database=part.database))
            for part in PARTS
        ]
        ended = [(part, *run.result()) for part, run in running]
    ran: dict[str, set[str]] = {database: set() for database in NAMES}
    for part, _outcome, names in ended:
        if BOTH in part.arguments:
            ran[part.database] |= names
    return [*(outcome for _part, outcome, _names in ended), same_tests(ran["sqlite"], ran["postgres"])]


def main(arguments: list[str]) -> int:
    outcomes = lint()
    if arguments != ["lint"]:
        outcomes += checks()
        print("The tests run beside each other. Each part is told when it ends.", flush=True)
        outcomes += all_tests()
    failed = sum(outcome.failed for outcome in outcomes)
    for outcome in outcomes:
        if not outcome.all_well:
            print(f"Not right: {outcome.name}")
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
