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
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
MOST_LINES = 60
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


def run_pytest(
    name: str, *arguments: str, database: str, told_at_end: bool = False
) -> tuple[Outcome, set[str]]:
    """One run of pytest; also the names of the tests that ran. A skipped test has not run: it counts as failed.

    `told_at_end`: for a run beside another one, so that their lines do not mix.
    """
    began = time.monotonic()
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
            stdout=subprocess.PIPE if told_at_end else None,
            stderr=subprocess.STDOUT if told_at_end else None,
            text=True,
        )
        if told_at_end:
            print(done.stdout, flush=True)
        outcome, ran = read_report(name, report)
    outcome.seconds = time.monotonic() - began
    if done.returncode and outcome.all_well:
        outcome.failed += 1
        outcome.notes.append(f"pytest ended with {done.returncode}")
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


def main(arguments: list[str]) -> int:
    outcomes = lint()
    if arguments != ["lint"]:
        outcomes += checks()
        with ThreadPoolExecutor(1) as beside:
            print("The tests on PostgreSQL run beside the others and are told at the end.", flush=True)
            other = beside.submit(
                run_pytest, "tests on PostgreSQL", "-m", "not browser", database="postgres", told_at_end=True
            )
            plain, on_sqlite = run_pytest("tests on SQLite", "-m", "not browser", database="sqlite")
            browser, _ = run_pytest("tests in a browser", "-m", "browser", database="sqlite")
            postgres, on_postgres = other.result()
        outcomes += [plain, browser, postgres, same_tests(on_sqlite, on_postgres)]
    failed = sum(outcome.failed for outcome in outcomes)
    for outcome in outcomes:
        if not outcome.all_well:
            print(f"Not right: {outcome.name}")
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
