"""What must never be in the repository: addresses of registries, paths of somebody's machine, very long files."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tests.tooling.files import ROOT, text_of, tracked

LONGEST = 450
# The oracle is one table kept by hand; it is read whole.
MAY_BE_LONG = {"package-lock.json", ".po", ".txt", ".yaml", ".md", ".svg"}
# Put together, so that this file does not hold what it looks for.
MACHINE = re.compile(
    r"(?<![\w.>}])/(?:"
    + "|".join(("ro" + "ot", "wo" + "rk", "ho" + "me", "Use" + "rs", "o" + "pt", "t" + "mp"))
    + r")/[\w.]"
)
REGISTRY = re.compile(
    "|".join(
        (
            r"registry\.[\w-]+\.\w+",
            r"pyp" + r"i\.org",
            r"files\.python" + r"hosted",
            r"://[\w.-]*(?:nexus|artifactory)",
        )
    )
)


@pytest.mark.parametrize(
    "pattern", [MACHINE, REGISTRY], ids=["paths of a machine", "addresses of registries"]
)
def test_no_trace_of_where_it_was_made(pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []


def test_what_the_patterns_find() -> None:
    assert MACHINE.search("see /" + "home/kari/langbord")
    assert not MACHINE.search("https://example.no/work/")
    assert not MACHINE.search("s/<process>/" + "work/x")
    assert REGISTRY.search("https://registry." + "npmjs.org/x")


def test_files_are_short_enough_to_read() -> None:
    long = {}
    for path in tracked():
        if path.name in MAY_BE_LONG or path.suffix in MAY_BE_LONG or "migrations" in path.parts:
            continue
        lines = len((text_of(path) or "").splitlines())
        if lines > LONGEST:
            long[str(path.relative_to(ROOT))] = lines
    assert long == {}


def test_python_locks_have_hashes_and_no_addresses() -> None:
    locks = sorted(Path(ROOT, "requirements").glob("*.txt"))
    assert [lock.stem for lock in locks] == ["dev", "node", "run", "uv"]
    for lock in locks:
        text = lock.read_text()
        assert [mark for mark in ("://", "--index", "--find-links") if mark in text] == []
        pins = re.findall(r"^([\w.-]+)==(.*(?:\n    .*)*)", text, re.MULTILINE)
        assert pins
        assert [name for name, rest in pins if "--hash=sha256:" not in rest] == []
        for wanted in re.findall(r"^([A-Za-z][\w-]*)", lock.with_suffix(".in").read_text(), re.MULTILINE):
            assert re.search(rf"^{wanted.lower()}==", text, re.MULTILINE), (
                f"{wanted} is not in {lock.name}: make lock"
            )


def test_the_npm_lock_has_no_addresses() -> None:
    lock = json.loads(Path(ROOT, "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_run_and_dev_pin_the_same_versions() -> None:
    def pins(name: str) -> dict[str, str]:
        return dict(
            re.findall(r"^([\w.-]+)==([\w.]+)", Path(ROOT, "requirements", name).read_text(), re.MULTILINE)
        )

    run, dev = pins("run.txt"), pins("dev.txt")
    assert {name: (version, dev.get(name)) for name, version in run.items() if dev.get(name) != version} == {}


def imported(path: Path) -> set[str]:
    """Every module that a Python file names in an import."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module or ''}.{alias.name}" for alias in node.names} | {node.module or ""}
    return found


def test_the_journey_goes_through_the_pages_and_never_through_the_models() -> None:
    """A journey that reached behind the pages could not show that people can walk it."""
    journeys = [p for p in tracked() if p.suffix == ".py" and "journey" in str(p.relative_to(ROOT)).lower()]
    reached = {
        str(p.relative_to(ROOT)): sorted(m for m in imported(p) if re.search(r"langbord.*\.models\b", m))
        for p in journeys
    }
    assert {path: modules for path, modules in reached.items() if modules} == {}
